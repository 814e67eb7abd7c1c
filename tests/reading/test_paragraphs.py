"""Whose quotations in paragraphs of their own are. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.reader import Reader
from accordingto.record import Quotation, Record


def told(record: Record) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    """Who says it, the cue and the contents of each claim that stands in no other."""
    names = {e.id: e.name for e in record.entities}
    by = {s.id: names.get(s.entity or "") or s.description for s in record.sources}
    return [
        (by[c.source], c.cue.text if c.cue else None, tuple(x.text for x in c.content))
        for c in record.claims
        if c.parent is None
    ]


@pytest.mark.parametrize(
    ("opening", "who"),
    [
        ("Musa Bello said the dam near Zaria could burst.", "Musa Bello"),
        ("The mayor Ana Ruiz warned that the bridge near Zaria was unsafe.", "Ana Ruiz"),
    ],
)
def test_a_paragraph_of_quotation_behind_indirect_speech_is_a_claim(
    opening: str, who: str, reader: Reader
) -> None:
    said = "In my time I have seen three of them go. Nobody listens to us."
    record = reader.read(f"{opening}\n\n“{said}”\n\nSoldiers reached the town on Monday.")
    first, second = record.claims[:2]
    assert (first.quotation, len(first.content)) == (Quotation.INDIRECT, 1)
    assert told(record)[1] == (who, None, (said,))
    assert second.quotation is Quotation.DIRECT


def test_what_is_quoted_within_a_quotation_ends_none(reader: Reader) -> None:
    said = "They tell me that I am “too loud” or “too old” for the town. Nobody listens."
    text = (
        f"Musa Bello said the dam near Zaria could burst.\n\n“{said}”\n\nSoldiers reached the town on Monday."
    )
    assert told(reader.read(text))[1] == ("Musa Bello", None, (said,))


def test_neighbouring_paragraphs_of_quotation_are_one_claim(reader: Reader) -> None:
    text = "Musa Bello said the dam near Zaria could burst.\n\n“I have seen three of them go.\n\n“Nobody listens to us up here.”"
    said = ("I have seen three of them go.", "Nobody listens to us up here.")
    assert told(reader.read(text))[1:] == [("Musa Bello", None, said)]


def test_a_quotation_goes_on_into_the_next_paragraph(reader: Reader) -> None:
    text = (
        "ZARIA — The water came at night.\n\n“We ran to the hill,” Musa Bello said.\n\n“There was only so much that we could carry.”\n\n"
        "“The bridge was gone by noon,” another witness said."
    )
    first, second = told(reader.read(text))
    assert first == (
        "Musa Bello",
        "said",
        ("We ran to the hill,", "There was only so much that we could carry."),
    )
    assert second[2] == ("The bridge was gone by noon,",)


def test_a_quotation_whose_speaker_is_named_behind_it_stays_with_them(reader: Reader) -> None:
    text = "The water reached Zaria at night.\n\n“We ran to the hill. There was no light.\n\n“Nobody came,” Musa Bello said."
    assert told(reader.read(text)) == [
        ("Musa Bello", "said", ("We ran to the hill. There was no light.", "Nobody came,"))
    ]


def test_what_a_colon_leads_to_stays_with_its_cue(reader: Reader) -> None:
    text = "Musa Bello said this of the dam near Zaria:\n\n“I have seen three of them go. Nobody listens.”"
    assert all(cue for _, cue, _ in told(reader.read(text)))


@pytest.mark.parametrize(
    ("opening", "who"),
    [
        ("I asked Musa Bello what had become of the dam near Zaria.", "Musa Bello"),
        ("Reporters asked the mayor of Zaria whether the dam was safe.", "the mayor of Zaria"),
        ("I asked what had become of the dam near Zaria.", None),
    ],
)
def test_an_answer_is_that_of_who_is_asked(opening: str, who: str | None, reader: Reader) -> None:
    text = f"{opening}\n\n“It is gone. Nobody came to mend it.”"
    assert [who for who, cue, _ in told(reader.read(text)) if cue is None] == [who]


@pytest.mark.parametrize(("first", "who"), [("Captain Musa Bello", "Musa Bello"), ("The army", "the police")])
def test_a_paragraph_of_quotation_behind_a_body_is_that_of_the_person_who_goes_on(
    first: str, who: str, reader: Reader
) -> None:
    said = "The boy was handed to his parents. He may not be held."
    text = f"{first} said on Friday that two men were held in Kor.\n\nThe police said they had found the stolen shoes.\n\n“{said}”\n\nBello said the search went on in Kor."
    [speaker] = [name for name, _, content in told(reader.read(text)) if said in content]
    assert speaker is not None
    assert speaker.lower() == who.lower()


@pytest.mark.parametrize(
    "saw",
    [
        "“Better late than never” which means “mend it now.”",
        "His win is one over the old guard. “Not for love of the hare but for hatred of the fox” is the saying, which means “my foe's foe is my friend.” It fits.",
    ],
)
def test_a_quotation_within_the_reports_own_words_is_no_claim_of_nobody(saw: str, reader: Reader) -> None:
    text = f"Musa Bello said the dam near Zaria could burst.\n\n{saw}\n\nThe army said it would send boats."
    assert [(who, cue) for who, cue, _ in told(reader.read(text))] == [
        ("Musa Bello", "said"),
        ("The army", "said"),
    ]


def test_a_quotation_beside_narration_is_of_whom_that_paragraph_quotes(reader: Reader) -> None:
    text = (
        "“We ran to the hill,” Musa Bello said.\n\n“These floods come often,” said the engineer Ana Ruiz. "
        "“It may just be a matter of a gate.”\n\nSoldiers reached the town on Monday."
    )
    by = {who: said for who, _, said in told(reader.read(text))}
    assert by["Ana Ruiz"][-1] == "It may just be a matter of a gate."
    assert by["Musa Bello"] == ("We ran to the hill,",)


def test_what_is_quoted_before_a_paragraph_of_indirect_speech_stands_alone(reader: Reader) -> None:
    text = (
        "The envoy toured the port of Bor.\n\n“We were very impressed by the turnout of the young people here.”\n\n"
        "Odek said that the visitors praised the “modern” port and its staff."
    )
    said = told(reader.read(text))
    assert ("We were very impressed by the turnout of the young people here.",) in [
        what for _, _, what in said
    ]
    assert ("Odek", "said", ("that the visitors praised the “modern” port and its staff",)) in said


def test_a_quotation_behind_the_words_of_somebody_else_is_theirs(reader: Reader) -> None:
    text = (
        "Port director Karl Berg said the fund would help the town.\n\n“I look forward to the next year,” he said in a statement.\n\n"
        "Wissa Lech is a cook who works in the kitchen of the port.\n\n“When I came there were only two of us. Now there are nine.”"
    )
    assert told(reader.read(text))[-1] == (
        "Wissa Lech",
        None,
        ("When I came there were only two of us. Now there are nine.",),
    )
