"""A second word of saying in what is said; what looks like a claim and is none. All text is invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from accordingto.errors import UserError
from accordingto.reading.contrasts import part_contrasts
from accordingto.reading.layers import Layers
from accordingto.reading.reader import Reader
from accordingto.reading.tables import NoClaim, ReadingTables, no_claims_of


def said(reader: Reader, text: str) -> list[tuple[str | None, str, str, str]]:
    """Source, cue, content and act of each claim."""
    record = reader.read(text, published=date(2031, 3, 7))
    return [
        (
            c.source_span.text if c.source_span else None,
            c.cue.text if c.cue else "",
            " … ".join(x.text for x in c.content),
            c.act.value,
        )
        for c in record.claims
    ]


def test_a_second_verb_of_the_speaker_is_a_claim_of_its_own(reader: Reader) -> None:
    text = "The ministry said that the dam was safe but denied that it had been inspected."
    assert said(reader, text) == [
        ("The ministry", "said", "that the dam was safe", "assert"),
        ("The ministry", "denied", "that it had been inspected", "deny"),
    ]


def test_so_is_a_participle_behind_a_comma(reader: Reader) -> None:
    text = "Officials urged calm in Kutum, stressing that help was on its way."
    assert [(s, cue, what) for s, cue, what, _ in said(reader, text)] == [
        ("Officials", "urged", "calm in Kutum"),
        ("Officials", "stressing", "that help was on its way"),
    ]


def test_what_the_subject_of_the_content_says_stays_its_own(reader: Reader) -> None:
    text = "The mayor said that the minister wept and denied that anyone drowned."
    assert said(reader, text)[0][:3] == (
        "The mayor",
        "said",
        "that the minister wept and denied that anyone drowned",
    )


def test_a_quotation_is_not_parted(reader: Reader) -> None:
    text = "“It rained all day but we denied that it flooded,” the mayor said."
    assert said(reader, text)[0][2].startswith("It rained all day but we denied")


@pytest.mark.parametrize(
    "text",
    [
        "A judge denied bail to the four men on Monday.",
        "The rebels contested the presidency in 2028.",
        "The union filed an appeal against the ruling on Monday.",
        "The town, also known as Little Kutum, flooded on Monday.",
        "The ministry seeks to open the road by Friday.",
        "Guards saw a truck at the gate on Monday.",
        "The army summoned the drivers on Monday.",
        "The prosecution didn’t challenge the decision at that time.",
    ],
)
def test_deeds_names_and_aims_are_no_claims(text: str, reader: Reader) -> None:
    assert said(reader, text) == []


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The army denied that anyone was shot on Monday.", "denied"),
        ("The rebels contested the election results on Monday.", "contested"),
        ("The union appealed for calm after the ruling on Monday.", "appealed for"),
        ("Guards saw that the truck was empty.", "saw"),
    ],
)
def test_their_look_alikes_are(text: str, cue: str, ruled: Reader) -> None:
    assert [c for _, c, _, _ in said(ruled, text)] == [cue]


@pytest.mark.parametrize(
    ("content", "act"),
    [
        ("“Someone must have paid him,” Karl Berg said.", "assert"),
        ("“Where were the guards? Who opened the gate?” the mayor said.", "ask"),
        ("“We had no such plan,” the mayor said.", "deny"),
        ("The council asked that the mayor resign.", "request"),
        ("The council instructed drivers to turn back.", "announce"),
    ],
)
def test_acts(content: str, act: str, ruled: Reader) -> None:
    assert [a for *_, a in said(ruled, content)] == [act]


def test_a_row_that_parts_no_cue_from_its_content_is_the_users_to_mend() -> None:
    with pytest.raises(UserError, match=r"'granted' has no \\\| between cue and content"):
        no_claims_of([NoClaim("granted")])
    fits = no_claims_of([NoClaim(r"granted \| bail", sourced=True)])
    assert len(fits("granted")) == 1
    assert fits("denied") == ()


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("the crew was tired but very happy", ["the crew was tired but very happy"]),
        ("the crew was tired but it declined", ["the crew was tired but it declined"]),
        ("the crew was tired but declined.”", ["the crew was tired but declined"]),
        (
            "the crew was tired but declined to say why",
            ["the crew was tired", "why"],
        ),
    ],
)
def test_a_contrast_needs_words_behind_its_verb(
    content: str, parts: list[str], layers: Callable[..., Layers]
) -> None:
    text = f"Ana Ruiz said {content}"
    kept, made = part_contrasts(text, layers(text, [], [("Ana Ruiz", "said", content)]), ReadingTables.load())
    assert [text[slice(*c)].rstrip(".”") for a in (*kept, *made) for c in a.content] == parts


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "The mayor said the clerks failed to mention the flags and they did not explain why they were banned.",
            "the clerks failed to mention the flags",
        ),
        (
            "The envoy blamed the driver who stopped the truck and threatened to burn it.",
            "the driver who stopped the truck and threatened to burn it",
        ),
        (
            "The footage confirmed that the car pulled over to the sidewalk, then charged off the seawall.",
            "that the car pulled over to the sidewalk, then charged off the seawall",
        ),
    ],
)
def test_verbs_of_others_are_no_second_word_of_the_speaker(text: str, content: str, reader: Reader) -> None:
    claims = said(reader, text)
    assert claims[0][2].startswith(content)
    assert not any(
        cue.startswith(("explain", "charged")) for source, cue, _, _ in claims if source == claims[0][0]
    )


def test_who_speaks_promises_where_the_subject_of_what_is_said_cant(reader: Reader) -> None:
    text = "The ministry said the road was closed and promised to open it by Friday."
    assert [(s, cue, what) for s, cue, what, _ in said(reader, text)] == [
        ("The ministry", "said", "the road was closed"),
        ("The ministry", "promised", "to open it by Friday"),
    ]
