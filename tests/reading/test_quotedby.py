"""Whom a medium quotes in the passive. All text is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accordingto.reading.layers import Layers
from accordingto.reading.quotedby import with_passives
from accordingto.reading.reader import Reader

Make = Callable[..., Layers]


def parts(text: str, layers: Layers) -> list[tuple[str | None, str | None, list[str]]]:
    cut = lambda r: text[slice(*r)] if r else None  # noqa: E731
    return [
        (cut(a.source), cut(a.cue), [text[slice(*c)] for c in a.content])
        for a in with_passives(text, layers.attributions)
    ]


@pytest.mark.parametrize(
    ("tail", "outlet", "cue"),
    [
        ("was quoted by TASS as saying", "TASS", "was quoted"),
        ("was cited by the state agency as saying on Sunday", "the state agency", "was cited"),
        ("was quoted as saying by the IRNA news agency", "the IRNA news agency", "was quoted"),
        ("was quoted on Monday by the daily El Watan as saying", "the daily El Watan", "was quoted"),
        ("was later quoted by the radio on Friday as telling envoys", "the radio", "was later quoted"),
        ("has been quoted as stating by Al Jazeera on Monday", "Al Jazeera", "has been quoted"),
    ],
)
@pytest.mark.parametrize(
    "who", ["Russia's Defence Ministry", "Dr. Samir Aziz", "Omar Haddad, a tribal leader,", "he"]
)
def test_the_one_quoted_speaks_inside_of_what_the_medium_tells(
    who: str, tail: str, outlet: str, cue: str, layers: Make
) -> None:
    text = f"“We will respond,” {who} {tail}."
    seen = layers(text, [], [(outlet, cue, "“We will respond,”", who)])
    outer, inner = parts(text, seen)
    assert outer[:2] == (outlet, cue)
    assert outer[2][0] == "“We will respond,”"
    assert (inner[0], inner[2]) == (who, ["“We will respond,”"])
    assert inner[1] in ("saying", "telling", "stating")


def test_what_the_network_saw_as_one_content_ends_with_the_quotation(layers: Make) -> None:
    text = "“Nobody was hurt,” the chief was quoted as saying by the agency."
    seen = layers(text, [], [("the agency", "was quoted as saying", "“Nobody was hurt,” the chief")])
    assert parts(text, seen)[1] == ("the chief", "saying", ["“Nobody was hurt,”"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "“We ran,” the minister was quoted as saying.",
            ("the minister", "was quoted as saying", "“We ran,”"),
        ),
        (
            "The minister was quoted by media as saying that it rained.",
            ("media", "was quoted", "that it rained"),
        ),
        ("The agency quoted the minister as saying two had died.", ("The agency", "quoted", "two had died")),
    ],
)
def test_other_quoting_stays(text: str, said: tuple[str, str, str], layers: Make) -> None:
    seen = layers(text, [], [said])
    assert parts(text, seen) == [(*said[:2], [said[2]])]


@pytest.mark.parametrize(
    "quoting", ["which quoted three envoys", "which had cited two envoys", "citing two envoys"]
)
def test_what_is_told_according_to_a_medium_that_quotes_others_is_the_mediums(
    quoting: str, layers: Make
) -> None:
    text = f"According to Le Phare, {quoting}, the truce will hold."
    verb = next(w for w in quoting.split() if w in ("quoted", "cited", "citing"))
    whom = f"{quoting.partition(verb)[2].strip()}, the truce will hold"
    seen = layers(text, [], [("Le Phare", verb, whom)])
    assert parts(text, seen) == [("Le Phare", "According to", ["the truce will hold"])]


def test_a_medium_that_quotes_somebody_reports_itself(reader: Reader) -> None:
    [claim] = reader.read(
        "Fars news agency, quoting a police commander, reported that four gunmen were killed in Zahedan."
    ).claims
    assert claim.source_span is not None
    assert claim.source_span.text == "Fars news agency"


def told(text: str, reader: Reader) -> list[tuple[str | None, str | None, list[str], bool]]:
    """Source, cue and contents of each claim, and whether it stands in another."""
    return [
        (
            c.source_span.text if c.source_span else None,
            c.cue.text if c.cue else None,
            [x.text for x in c.content],
            c.parent is not None,
        )
        for c in reader.read(text).claims
    ]


@pytest.mark.parametrize(
    ("text", "whom", "verb", "said"),
    [
        (
            "The Kano Herald reported on Monday that two judges had been dismissed, quoting the court.",
            "the court",
            "quoting",
            "that two judges had been dismissed",
        ),
        (
            "The Kano Herald reported, citing two officials, that the truce had failed.",
            "two officials",
            "citing",
            "that the truce had failed",
        ),
    ],
)
def test_whom_a_medium_cites_says_it_inside(
    text: str, whom: str, verb: str, said: str, reader: Reader
) -> None:
    outer, inner = told(text, reader)
    assert outer[:2] == ("The Kano Herald", "reported")
    assert said in outer[2]
    assert inner == (whom, verb, [said], True)


def test_what_is_cited_as_a_reason_says_nothing(reader: Reader) -> None:
    found = told("The ministry closed the road to Bor, citing security concerns.", reader)
    assert all(source == "The ministry" for source, *_ in found)


def test_a_quotation_before_who_was_quoted_stands_in_two_claims(reader: Reader) -> None:
    text = "“We will answer every attack,” the general was quoted as saying. “Nobody will be spared.”"
    outer, inner = reader.read(text).claims
    assert (outer.source_span, outer.act.value, inner.parent) == (None, "assert", outer.id)
    assert [c.text for c in inner.content] == ["We will answer every attack,", "Nobody will be spared."]
