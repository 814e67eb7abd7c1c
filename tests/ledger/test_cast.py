"""Who takes part in an event, and under which name."""

from __future__ import annotations

import msgspec
import pytest
from tests.ledger.builder import Story
from tests.ledger.test_statements import told

from accordingto.record import Participant, Role


def test_who_gets_a_thing_is_its_target_where_nobody_else_is() -> None:
    s = Story("Belmar shipped crates to the Hill Front.")
    s.event("arms_transfer", "shipped")
    v = s.parts["V"][0]
    got = Participant(Role.RECIPIENT, None, s.at("the Hill Front"))
    s.parts["V"][0] = msgspec.structs.replace(v, participants=(got,))
    assert [v for v, *_ in told(s, "target")] == ["the Hill Front"]
    held = Participant(Role.TARGET, None, s.at("crates"))
    s.parts["V"][0] = msgspec.structs.replace(v, participants=(held, got))
    assert [v for v, *_ in told(s, "target")] == ["crates"]
    s.parts["V"][0] = msgspec.structs.replace(v, type="request", participants=(got,))
    assert told(s, "target") == []


@pytest.mark.parametrize(
    ("words", "name", "kind", "value"),
    [
        ("the mayor of a hill town, Ann Roe", "Ann Roe", "person", "Ann Roe"),
        ("the Deputy Minister, Ann Roe", "Ann Roe", "person", "Ann Roe"),
        ("the firm, Ridge Export", "Ridge Export", "organization", "Ridge Export"),
        ("the Dawn Army, Ridge Export", "Ridge Export", "organization", "the Dawn Army"),
        ("the family of a dead boy, Ann Roe", "Ann Roe", "person", "the family of a dead boy"),
        ("the mayor, Ann Roe and a clerk", "Ann Roe", "person", "the mayor"),
    ],
)
def test_the_name_behind_a_description_names_who_took_part(
    words: str, name: str, kind: str, value: str
) -> None:
    s = Story(f"Police in Marda arrested {words}.")
    s.entity(name, kind)
    s.event("detention", "arrested", target=words, place=s.place("Marda"))
    assert [v for v, *_ in told(s, "target")] == [value]


@pytest.mark.parametrize(
    ("words", "value"), [("the mayor", "Ann Roe"), ("the latter", "the latter"), ("the clerk", "the clerk")]
)
def test_a_person_described_beside_the_name_has_it(words: str, value: str) -> None:
    s = Story(f"Officials met Ann Roe, {words} who was held in Marda.")
    roe = s.entity("Ann Roe", "person")
    s.event("detention", "held", target=words, place=s.place("Marda"))
    v = s.parts["V"][0]
    whom = tuple(
        msgspec.structs.replace(p, entity=None if value == "the clerk" else roe)
        if p.role is Role.TARGET
        else p
        for p in v.participants
    )
    s.parts["V"][0] = msgspec.structs.replace(v, participants=whom)
    assert [v for v, *_ in told(s, "target")] == [value]
