"""What a claim says of an event by a negated verb, and what is only done to an event or known of it."""

from __future__ import annotations

import pytest
from tests.ledger.builder import Story
from tests.ledger.test_statements import told

DENIED = [(True, "asserts", "the union"), (True, "denies", "the minister")]


def arrested(answer: str, *, target: str = "the nurse Lena Orth", act: str = "assert") -> Story:
    """The union tells of an arrest; the minister's words about it carry the same event, told in the union's."""
    s = Story(f"Soldiers arrested {target} in Marda, the union said. {answer}, the minister said.")
    one = s.claim("the union", "said", f"Soldiers arrested {target} in Marda")
    other = s.claim("the minister", "said#2", answer, act=act)
    s.event(
        "detention",
        "arrested",
        target=target,
        place=s.place("Marda"),
        factuality="claimed",
        claims=(one, other),
    )
    return s


def happened(s: Story) -> list[tuple[object, str, str | None]]:
    return sorted(told(s, "happened"), key=lambda x: x[1])


@pytest.mark.parametrize("act", ["assert", "deny"])
@pytest.mark.parametrize(
    "answer",
    [
        "Lena Orth had not been arrested",
        "The nurse was not arrested",
        "The nurse wasn’t arrested",
        "The nurse has never been arrested",
        "Soldiers have not arrested Lena Orth",
        "The army did not arrest anyone in Marda",
        "The nurse was not arrested but taken home",
        "Marda's nurse was not arrested",
    ],
)
def test_who_says_by_a_negated_verb_that_it_was_not_denies_it(answer: str, act: str) -> None:
    assert happened(arrested(answer, act=act)) == DENIED


@pytest.mark.parametrize(
    ("answer", "is_told"),
    [
        ("The nurse had not expected the arrest", True),
        ("The army has not confirmed the arrest", True),
        ("It was unclear why the nurse had not been arrested", True),
        ("The nurse had not been arrested before", False),
        ("The nurse was not arrested by soldiers", False),
        ("The headmaster was not arrested", False),
        ("The nurse's brother was not arrested", False),
        ("Lena Orth’s brother was not arrested", False),
    ],
)
def test_who_denies_another_thing_does_not_deny_the_deed(answer: str, is_told: bool) -> None:
    found = happened(arrested(answer))
    assert ("denies" in [how for _, how, _ in found], len(found)) == (False, 2 if is_told else 1)


def test_not_only_this_is_no_denial() -> None:
    assert "denies" not in [
        how for _, how, _ in happened(arrested("Soldiers not only arrested but beat her"))
    ]


def test_the_other_half_of_what_was_said_denies_its_own_deed() -> None:
    s = Story("The nurse was not kidnapped, her aunt said; she was arrested in Marda.")
    c = s.claim("her aunt", "said", "The nurse was not kidnapped", "she was arrested in Marda")
    s.event("kidnapping", "kidnapped", target="The nurse", factuality="negated", claims=(c,))
    s.event("detention", "arrested", target="she", factuality="claimed", claims=(c,))
    assert told(s, "happened") == [(True, "denies", "her aunt"), (True, "asserts", "her aunt")]


def test_the_report_itself_does_not_say_that_there_was_no_truce_where_breaking_one_is_denied() -> None:
    s = Story("The Front denied breaking a truce when it shelled Marda.")
    c = s.claim("The Front", "denied", "breaking a truce", act="deny")
    s.event("ceasefire", "truce", factuality="negated", claims=(c,))
    assert told(s, "happened") == []


@pytest.mark.parametrize(
    ("words", "trigger", "how"),
    [
        ("Belmar has not delivered any weapons to Aland", "delivered", "denies"),
        ("Belmar never delivered weapons", "delivered", "denies"),
        ("Belmar had not only delivered weapons", "delivered", "asserts"),
        ("Belmar has not delivered the weapons yet", "delivered", "asserts"),
    ],
)
def test_a_negation_beside_the_verb_denies_whatever_was_read(words: str, trigger: str, how: str) -> None:
    s = Story(f"{words}, the minister said.")
    c = s.claim("the minister", "said", words)
    s.event("arms_transfer", trigger, factuality="claimed", claims=(c,))
    assert told(s, "happened") == [(True, how, "the minister")]


def test_what_the_report_was_read_to_tell_itself_is_not_told_where_all_deny_it() -> None:
    s = Story("The mill was not shelled, the minister said.")
    c = s.claim("the minister", "said", "The mill was not shelled")
    s.event("strike", "shelled", target="The mill", claims=(c,))
    assert told(s, "happened") == [(True, "denies", "the minister")]


@pytest.mark.parametrize(
    "words",
    ["violating the truce", "that they had broken the truce", "having breached the terms of the truce"],
)
def test_who_denies_breaking_a_truce_denies_the_deed_that_broke_it(words: str) -> None:
    s = Story(f"The Front shelled a post, breaking a truce, the army said. The Front denied {words}.")
    one = s.claim("the army", "said", "The Front shelled a post, breaking a truce")
    other = s.claim("The Front#2", "denied", words, act="deny")
    s.event("strike", "shelled", actor="The Front", factuality="claimed", claims=(one,))
    s.event("ceasefire", "truce", factuality="denied", claims=(one, other))
    assert told(s, "happened") == [(True, "asserts", "the army")] * 2
    assert told(s, "actor") == [("The Front", "asserts", "the army"), ("The Front", "denies", "The Front")]


def test_who_is_accused_of_breaking_a_truce_did_not_make_it() -> None:
    s = Story("The army accused the Front of breaking a truce by shelling Marda.")
    s.entity("the Front", party="XAA REB")
    c = s.claim("The army", "accused", "the Front of breaking a truce by shelling Marda", act="accuse")
    s.event("ceasefire", "truce", claims=(c,))
    s.event("strike", "shelling", factuality="claimed", claims=(c,))
    assert told(s, "actor") == [("the Front", "asserts", "The army")]


@pytest.mark.parametrize(
    "words",
    [
        "that troops had been warned of the raid",
        "that it had been told of the raid",
        "having had advance knowledge of the raid",
        "ignoring warnings of the raid",
        "failing to stop the raid",
        "covering up the raid",
    ],
)
def test_who_denies_what_is_beside_a_deed_takes_it_for_granted(words: str) -> None:
    s = Story(f"Gunmen raided Marda, residents said. The army denied {words}.")
    one = s.claim("residents", "said", "Gunmen raided Marda", kind="group")
    other = s.claim("The army", "denied", words, act="deny")
    s.event("attack", "raided", target="Marda", factuality="denied", claims=(one, other))
    assert told(s, "happened") == [(True, "asserts", "residents")]
    assert told(s, "actor") == []


@pytest.mark.parametrize(
    "words", ["the raid", "carrying out the raid", "being behind the raid", "any knowledge of the raid"]
)
def test_who_denies_a_deed_denies_it(words: str) -> None:
    s = Story(f"Gunmen raided Marda, residents said. The army denied {words}.")
    one = s.claim("residents", "said", "Gunmen raided Marda", kind="group")
    other = s.claim("The army", "denied", words, act="deny")
    s.event("attack", "raided", target="Marda", factuality="denied", claims=(one, other))
    assert told(s, "actor") == [("The army", "denies", "The army")]


def test_who_denies_that_there_was_a_truce_denies_it() -> None:
    s = Story("The Front denied that there was a truce.")
    c = s.claim("The Front", "denied", "that there was a truce", act="deny")
    s.event("ceasefire", "truce", factuality="denied", claims=(c,))
    assert told(s, "happened") == [(True, "denies", "The Front")]
