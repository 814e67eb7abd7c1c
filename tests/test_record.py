from __future__ import annotations

import json
from datetime import date

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordingto.integrity import violations
from accordingto.record import (
    Act,
    Claim,
    Document,
    Entity,
    EntityKind,
    Mention,
    MentionForm,
    Part,
    PartKind,
    Quotation,
    Record,
    SaidOn,
    Source,
    SourceKind,
    Time,
    TimeType,
    document_id,
)
from accordingto.schema import schema
from accordingto.spans import Range, Span, hull, span, trim

TEXT = "The mayor said on Monday that the bridge was closed."


def at(words: str) -> Span:
    """Where some words stand."""
    return span(TEXT, (TEXT.index(words), TEXT.index(words) + len(words)))


def sound() -> Record:
    return Record(
        document=Document(
            document_id(TEXT, None, date(2031, 3, 4)),
            TEXT,
            published=date(2031, 3, 4),
            parts=(Part(PartKind.BODY, 0, len(TEXT)),),
        ),
        entities=(
            Entity(
                "E1",
                "The mayor",
                EntityKind.PERSON,
                mentions=(Mention(0, 9, "The mayor", MentionForm.NOMINAL),),
            ),
        ),
        sources=(Source("S1", SourceKind.PERSON, "E1", True, None),),
        claims=(
            Claim(
                "C1",
                "S1",
                at("The mayor"),
                at("said"),
                (at("that the bridge was closed"),),
                Quotation.INDIRECT,
                Act.ASSERT,
                SaidOn("2031-03-03", at("Monday")),
            ),
        ),
        times=(Time("T1", at("Monday"), TimeType.DATE, "2031-03-03", date(2031, 3, 3), date(2031, 3, 3)),),
    )


def test_plain_dicts_hold_lists_and_fit_the_schema() -> None:
    plain = sound().to_dict()
    assert type(plain["claims"]) is list
    assert type(plain["claims"][0]["content"]) is list
    assert json.loads(json.dumps(plain)) == plain
    jsonschema.validate(plain, schema())


def test_a_round_trip_changes_nothing() -> None:
    record = sound()
    assert Record.from_dict(json.loads(json.dumps(record.to_dict()))) == record


def test_the_schema_accepts_records_and_refuses_others() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    plain = json.loads(json.dumps(sound().to_dict()))
    validator.validate(plain)
    plain["claims"][0]["act"] = "mutter"
    assert not validator.is_valid(plain)


def test_unknown_fields_are_refused() -> None:
    plain = sound().to_dict()
    plain["document"]["mood"] = "grim"
    with pytest.raises(msgspec.ValidationError, match="mood"):
        Record.from_dict(plain)


def test_records_are_frozen() -> None:
    with pytest.raises(AttributeError):
        sound().document.text = "x"  # type: ignore[misc]


def test_the_id_is_of_text_title_and_date() -> None:
    ids = {
        document_id("a", None, None),
        document_id("b", None, None),
        document_id("a", "t", None),
        document_id("a", None, date(2031, 1, 1)),
    }
    assert len(ids) == 4


def test_a_sound_record_breaks_no_rule() -> None:
    assert violations(sound()) == ()


def change(record: Record, **fields: object) -> Record:
    return msgspec.structs.replace(record, **fields)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (
            lambda r: change(r, times=(msgspec.structs.replace(r.times[0], span=Span(0, 6, "Monday")),)),
            "time T1",
        ),
        (lambda r: change(r, sources=()), "refers to S1"),
        (lambda r: change(r, claims=r.claims * 2), "used twice"),
        (lambda r: change(r, claims=(msgspec.structs.replace(r.claims[0], parent="C1"),)), "circle"),
        (lambda r: change(r, claims=(msgspec.structs.replace(r.claims[0], about=("V9",)),)), "V9"),
        (
            lambda r: change(r, claims=(*r.claims, msgspec.structs.replace(r.claims[0], id="C2"))),
            "told again",
        ),
        (
            lambda r: change(
                r,
                claims=(
                    *r.claims,
                    msgspec.structs.replace(r.claims[0], id="C2", content=(at("bridge"),), parent="C1"),
                ),
            ),
            "no content of its parent",
        ),
        (
            lambda r: change(
                r,
                sources=(msgspec.structs.replace(r.sources[0], id="S2"), *r.sources),
                claims=(
                    *r.claims,
                    msgspec.structs.replace(
                        r.claims[0],
                        id="C2",
                        source="S2",
                        source_span=None,
                        cue=at("was closed"),
                        content=(at("bridge"),),
                    ),
                ),
            ),
            "sources: not in order",
        ),
        (
            lambda r: change(
                r,
                document=msgspec.structs.replace(
                    r.document, parts=(Part(PartKind.BODY, 0, 9), Part(PartKind.BODY, 5, 12))
                ),
            ),
            "overlaps",
        ),
        (
            lambda r: change(r, times=(r.times[0], Time("T2", span(TEXT, (0, 3)), TimeType.DATE, None))),
            "order",
        ),
    ],
)
def test_each_broken_rule_is_told(broken: object, says: str) -> None:
    assert any(says in v for v in violations(broken(sound())))  # type: ignore[operator]


def test_ranges() -> None:
    assert hull([Range(4, 6), Range(1, 2)]) == Range(1, 6)
    assert trim("  ab ", Range(0, 5)) == Range(2, 4)
    assert trim("   ", Range(0, 3)).start == trim("   ", Range(0, 3)).end
    assert Range(0, 3).overlaps(Range(2, 5))
    assert not Range(0, 3).overlaps(Range(3, 5))


SENTENCES = st.sampled_from(
    [
        "“We will not leave,” said Mayor Rosa Lima.",
        "The army denied it.",
        "According to two officials, six died.",
        "On Monday, the U.N. said that 40 people fled.",
        "He did not say why.",
        "By Ana Ruiz",
        "",
        "???",
        "A—B.",
        "Ferry Sinks Off the Coast of Pemba",
        "她说。",
        "e\u0301te\u0301 🙂 said \u202eabc\u202c it",
        "“Quote” “again",
        "The ministry told reporters that “nothing” had happened, but did not add whether it knew.",
        "said said said",
    ]
)


KEPT = st.characters(codec="utf-8", exclude_characters="\0")  # what files and databases keep


@settings(max_examples=40)
@given(
    st.one_of(st.text(KEPT, max_size=200), st.lists(SENTENCES, max_size=12).map("\n".join)),
    st.none() | st.dates(),
)
def test_every_record_of_the_reader_keeps_the_rules(reader, text: str, published: date | None) -> None:  # type: ignore[no-untyped-def]
    record = reader.read(text, published=published)
    assert violations(record) == ()
    assert record.document.text == text
    assert Record.from_dict(json.loads(json.dumps(record.to_dict()))) == record
