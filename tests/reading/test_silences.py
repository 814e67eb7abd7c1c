"""Who is told not to have answered, and what nobody knows. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        ("The minister's office had no comment.", "The minister's office", "comment"),
        ("The ministry did not elaborate.", "The ministry", "elaborate"),
        ("Calls to the port authority went unanswered.", "the port authority", "Calls"),
        ("Several messages to the mayor were not immediately returned.", "the mayor", "Several messages"),
        ("The navy could not be reached for comment.", "The navy", "reached"),
        ("The northern army could not be reached by phone.", "The northern army", "reached"),
        ("The rebels have yet to respond.", "The rebels", "respond"),
        ("The mayor did not return calls seeking comment.", "The mayor", "return calls"),
        ("A spokesman was unavailable for comment.", "A spokesman", "unavailable for comment"),
        ("The ministry hasn't responded.", "The ministry", "responded"),
        ("The ministry has not gotten back to us.", "The ministry", "gotten back to"),
        ("The ministry did not get back to Kutum Post as of press time.", "The ministry", "get back to"),
        ("The commissioner did not pick his calls.", "The commissioner", "pick his calls"),
        ("The police are yet to react.", "The police", "react"),
        ("The police are yet to react to the killing.", "The police", "react"),
    ],
)
def test_who_does_not_answer_is_silent(text: str, who: str, said: str, reader: Reader) -> None:
    (claim,) = reader.read(f"It rained on Monday. {text}").claims
    assert (claim.act, claim.source_span and claim.source_span.text) == ("silent", who)
    assert [c.text for c in claim.content] == [said]


@pytest.mark.parametrize(
    "text",
    [
        "The road had no bridge.",
        "The village could not be reached by road.",
        "The letter to the mayor was returned to its sender by rail.",
        "A deal with the rebels could not be reached.",
        "The patient did not respond.",
        "The tumour did not respond.",
        "The fire brigade has yet to respond to the fire.",
        "Controllers called twice, but there was no reply from the pilot.",
        "Calls to the emergency number went unanswered for an hour.",
        "The refugees did not get back to Kutum as of Monday.",
        "The village could not be reached on foot.",
        "The mayor has not heard from his son since Monday.",
        "The family never received a reply from the hospital.",
    ],
)
def test_things_are_not_silent(text: str, reader: Reader) -> None:
    assert [c for c in reader.read(f"It rained on Monday. {text}").claims if c.act == "silent"] == []


def test_who_is_not_reached_by_those_who_look_for_them_is_not_silent(reader: Reader) -> None:
    (claim,) = reader.read("Rescuers said the hikers could not be reached.").claims
    assert claim.source_span is not None
    assert claim.source_span.text == "Rescuers"


def test_calls_that_go_unanswered_twice_are_two_silences(reader: Reader) -> None:
    text = "Calls to his office went unanswered. Messages to the navy went unanswered."
    sources = [c.source_span.text for c in reader.read(text).claims if c.source_span]
    assert sources == ["his office", "the navy"]


def test_who_has_no_comment_by_their_own_word_says_no_more(reader: Reader) -> None:
    (claim,) = reader.read("The general said he had no comment.").claims
    assert claim.act == "decline"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It was not immediately clear who carried out the attack.", "who carried out the attack"),
        ("Six people died. It is still unclear who fired first.", "who fired first"),
        ("It is unclear whether any of the boats can sail.", "whether any of the boats can sail"),
        ("It’s not yet clear when the trial will begin.", "when the trial will begin"),
        ("It isn't known who came to the camp.", "who came to the camp"),
        (
            "The secrecy around the leaders of Kor is such that it’s unclear whether anyone married.",
            "whether anyone married",
        ),
    ],
)
def test_what_is_not_clear_nobody_knows(text: str, said: str, reader: Reader) -> None:
    (claim,) = reader.read(text).claims
    assert (claim.act, claim.source_span) == ("uncertain", None)
    assert [c.text for c in claim.content] == [said]


def test_several_things_may_be_unclear_and_others_clear(reader: Reader) -> None:
    text = "It isn't clear who fired the shots. It's not immediately clear if the boat sank. It is clear why he left."
    claims = reader.read(text).claims
    assert [c.act for c in claims] == ["uncertain", "uncertain"]
    assert [c.content[0].text for c in claims] == ["who fired the shots", "if the boat sank"]


def test_what_somebody_finds_unclear_is_theirs(reader: Reader) -> None:
    (claim,) = reader.read("“It is not clear who fired first,” said Karl Berg.").claims
    assert claim.source_span is not None
    assert claim.source_span.text == "Karl Berg"


def test_how_long_nobody_heard_from_somebody_is_no_part_of_their_name(reader: Reader) -> None:
    (claim,) = reader.read("There was no response from the fire brigade for an hour.").claims
    assert claim.source_span is not None
    assert claim.source_span.text == "the fire brigade"
