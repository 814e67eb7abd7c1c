from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from accordingto.reading.hearsay import with_subjects
from accordingto.reading.layers import Attribution, Layers, Syntax
from accordingto.reading.plainspeech import (
    find_plain,
    with_own_subjects,
    with_quoted,
    with_speakers,
)
from accordingto.reading.reader import Reader
from accordingto.reading.tables import ReadingTables
from accordingto.record import Record
from accordingto.spans import Range

LABELS = ("root", "nsubj", "ccomp", "parataxis", "det", "punct", "obl", "mark")
TABLES = ReadingTables.load()


def tree(layers: Callable[..., Layers], text: str, *arcs: tuple[int, str]) -> Layers:
    """Layers of one sentence with a tree: each word's head (itself for the root) and relation."""
    seen = layers(text, [], [])
    heads, relations = zip(*arcs, strict=True)
    numbers = np.array([LABELS.index(r) for r in relations])
    assert len(seen.words) == len(arcs)
    return replace(seen, syntax=Syntax(np.zeros(len(arcs), np.int64), np.array(heads), numbers, LABELS))


@pytest.fixture
def hung(request: pytest.FixtureRequest) -> Callable[..., Layers]:
    """The common fixture `tree`, whose name this file has for its own."""
    made: Callable[..., Layers] = request.getfixturevalue("tree")
    return made


def words(text: str, found: list[Attribution]) -> list[tuple[str, str, str]]:
    cut = lambda r: text[r.start : r.end]  # noqa: E731
    return [(cut(a.source), cut(a.cue), cut(a.content[0])) for a in found if a.source and a.cue]


BROKE = "The dam broke early, officials said."
BROKE_TREE = (
    (1, "det"),
    (2, "nsubj"),
    (2, "root"),
    (2, "obl"),
    (6, "punct"),
    (6, "nsubj"),
    (2, "parataxis"),
    (2, "punct"),
)


def test_a_verb_of_saying_that_hangs_on_what_was_said_is_a_cue(layers: Callable[..., Layers]) -> None:
    seen = tree(layers, BROKE, *BROKE_TREE)
    assert words(BROKE, find_plain(BROKE, seen, TABLES)) == [("officials", "said", "The dam broke early")]


def test_a_clause_that_a_verb_of_saying_governs_is_its_content(layers: Callable[..., Layers]) -> None:
    text = "Officials said that the dam broke."
    seen = tree(
        layers,
        text,
        (1, "nsubj"),
        (1, "root"),
        (5, "mark"),
        (4, "det"),
        (5, "nsubj"),
        (1, "ccomp"),
        (1, "punct"),
    )
    assert words(text, find_plain(text, seen, TABLES)) == [("Officials", "said", "that the dam broke")]


def test_what_the_network_found_is_not_found_again_and_other_verbs_say_nothing(
    layers: Callable[..., Layers],
) -> None:
    seen = tree(layers, BROKE, *BROKE_TREE)
    known = Attribution(None, None, (Range(0, 13),), 0.9)
    assert find_plain(BROKE, replace(seen, attributions=(known,)), TABLES) == []
    slept = BROKE.replace("said", "slept")
    assert find_plain(slept, tree(layers, slept, *BROKE_TREE), TABLES) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The bridge was closed on Tuesday, the mayor said.", "The bridge was closed on Tuesday"),
        ("Four people died, the mayor said.", "Four people died"),
        ("A strike hit the market, residents said.", "A strike hit the market"),
        ("Rain fell. The dam broke at noon, officials said.", "The dam broke at noon"),
        (
            "Shells fell on Kutum at dawn, killing nine, the army said on Monday.",
            "Shells fell on Kutum at dawn, killing nine",
        ),
    ],
)
def test_the_plainest_sentences_are_read(reader: Reader, text: str, content: str) -> None:
    assert content in [s.text for c in reader.read(text).claims for s in c.content]


def test_what_hangs_on_behind_the_speaker_is_not_said(layers: Callable[..., Layers]) -> None:
    text = "The dam broke, officials said without elaborating."
    seen = tree(
        layers,
        text,
        (1, "det"),
        (2, "nsubj"),
        (5, "ccomp"),
        (2, "punct"),
        (5, "nsubj"),
        (5, "root"),
        (7, "mark"),
        (2, "obl"),
        (5, "punct"),
    )
    assert words(text, find_plain(text, seen, TABLES)) == [("officials", "said", "The dam broke")]


def test_hearsay_has_its_subject(layers: Callable[..., Layers]) -> None:
    text = "The crew allegedly sank the boat."
    seen = tree(
        layers,
        text,
        (1, "det"),
        (3, "nsubj"),
        (3, "obl"),
        (3, "root"),
        (5, "det"),
        (3, "obl"),
        (3, "punct"),
    )
    half = Attribution(None, Range(9, 18), (Range(19, 32),), 0.9)
    told = with_subjects(text, replace(seen, attributions=(half,)))
    assert [text[slice(*c)] for c in told[0].content] == ["The crew", "sank the boat"]
    named = replace(half, source=Range(0, 8))
    assert with_subjects(text, replace(seen, attributions=(named,))) == (named,)


def speaker(text: str, seen: Layers, source: str, cue: str) -> str | None:
    """The source that an attribution has by the tree."""
    at = lambda w: Range(text.index(w), text.index(w) + len(w))  # noqa: E731
    said = Attribution(at(source), at(cue), (Range(text.index(cue) + len(cue) + 1, len(text) - 1),), 0.9)
    [found] = with_speakers(text, replace(seen, attributions=(said,)))
    return text[slice(*found.source)] if found.source else None


def test_a_clause_is_no_speaker(hung: Callable[..., Layers]) -> None:
    text = "The man whom Berg betrayed said it rained."
    hangs = {
        "man": ("said", "nsubj"),
        "The": ("man", "det"),
        "Berg": ("betrayed", "nsubj"),
        "betrayed": ("man", "acl"),
    }
    seen = hung(text, hangs, ("root", "nsubj", "nsubj:pass", "det", "acl", "aux:pass"))
    assert speaker(text, seen, "Berg betrayed", "said") == "The man"
    assert speaker(text, seen, "The man", "said") == "The man"


def test_who_is_told_by_nobody_in_particular_is_no_speaker(hung: Callable[..., Layers]) -> None:
    text = "Readers are advised that it rains."
    hangs = {"Readers": ("advised", "nsubj:pass"), "are": ("advised", "aux:pass")}
    seen = hung(text, hangs, ("root", "nsubj", "nsubj:pass", "det", "acl", "aux:pass"))
    assert speaker(text, seen, "Readers", "advised") is None


def test_a_source_without_a_word_in_it_stays(hung: Callable[..., Layers]) -> None:
    text = "Officials said it rained.”"
    seen = hung(
        text, {"Officials": ("said", "nsubj")}, ("root", "nsubj", "nsubj:pass", "det", "acl", "aux:pass")
    )
    end = Range(len(text), len(text))
    said = Attribution(end, Range(10, 14), (Range(15, 24),), 0.9)
    assert with_speakers(text, replace(seen, attributions=(said,))) == (said,)


@pytest.mark.parametrize(
    ("text", "cue", "hangs", "whose"),
    [
        (
            "Berg said Ana Ruiz was planning a march.",
            "planning",
            {"Ana": ("planning", "nsubj"), "Ruiz": ("Ana", "flat")},
            "Ana Ruiz",
        ),
        (
            "Berg said the crew agreed and promised a march.",
            "promised",
            {"the": ("crew", "det"), "crew": ("agreed", "nsubj"), "promised": ("agreed", "conj")},
            "the crew",
        ),
        (
            "Berg refused Freedonia's requests for a march.",
            "requests",
            {"Freedonia": ("requests", "nmod:poss")},
            "Freedonia",
        ),
        ("Berg said crews were told of a march.", "told", {"crews": ("told", "nsubj:pass")}, None),
    ],
)
def test_what_stands_in_a_content_without_a_source_has_its_subject_or_owner(
    text: str, cue: str, hangs: dict[str, tuple[str, str]], whose: str | None, hung: Callable[..., Layers]
) -> None:
    labels = ("root", "nsubj", "nsubj:pass", "nmod:poss", "det", "flat", "conj")
    at = lambda w: Range(text.index(w), text.index(w) + len(w))  # noqa: E731
    inside = Attribution(None, at(cue), (at("a march"),), 0.9)
    seen = replace(hung(text, hangs, labels), inner=(inside, replace(inside, source=at("Berg"))))
    first, second = with_own_subjects(seen)
    assert (text[slice(*first.source)] if first.source else None) == whose
    assert second.source == at("Berg")


def contents(record: Record, cue: str) -> list[str]:
    return [x.text for c in record.claims if c.cue and c.cue.text == cue for x in c.content]


def test_whom_a_medium_quotes_speaks_too(reader: Reader) -> None:
    record = reader.read(
        '"Israel bombed our consulate in Homs on Sunday," Syrian state television quoted Foreign Minister Adel Hamdan as saying.'
    )
    outer, inner = record.claims
    assert (outer.source_span and outer.source_span.text, inner.source_span and inner.source_span.text) == (
        "Syrian state television",
        "Foreign Minister Adel Hamdan",
    )
    assert inner.parent == outer.id
    assert contents(record, "saying") == ["Israel bombed our consulate in Homs on Sunday,"]


def test_whom_a_medium_quotes_said_no_more_than_the_quotation(reader: Reader) -> None:
    record = reader.read("“We won,” the agency quoted him as saying on Monday.")
    assert contents(record, "saying") == ["We won,"]


def test_who_was_quoted_by_a_medium_speaks(reader: Reader) -> None:
    record = reader.read(
        "The mayor, Karl Berg, was quoted by the daily Lakeside as saying that six people had died."
    )
    (inner,) = [c for c in record.claims if c.parent]
    assert next(s for s in record.sources if s.id == inner.source).kind == "person"


@pytest.mark.parametrize(
    ("line", "speaks"),
    [
        ("IDF: Six soldiers were killed near Rafah on Monday.", True),
        ("Apple: Shares fell 3 percent on Monday.", False),
        ("Rafah: Six soldiers were killed on Monday.", False),
    ],
)
def test_a_body_speaks_under_its_name_alone(line: str, speaks: bool, reader: Reader) -> None:
    record = reader.read(f"Six die near Rafah\n\nIt rained on Monday.\n\n{line}")
    assert [c.cue.text for c in record.claims if c.cue] == ([":"] if speaks else [])


def test_a_deed_that_a_body_tells_under_its_name_is_its_claim(reader: Reader) -> None:
    line = "Hamas: We fired rockets at the base near Rafah on Monday."
    record = reader.read(f"Six die near Rafah\n\nIt rained on Monday.\n\n{line}")
    assert [e.factuality for e in record.events if e.claims] == ["claimed"]


@pytest.mark.parametrize(
    ("text", "whose", "cue", "said"),
    [
        (
            "There was no immediate comment from the Freedonian navy on the raid.",
            "the Freedonian navy",
            "There was no immediate comment from",
            "the raid",
        ),
        ("There has been no reaction from Rabat.", "Rabat", "There has been no", "reaction"),
        (
            "There was no immediate response from either side on Monday.",
            "either side",
            "There was no",
            "immediate response",
        ),
        (
            "There was no reaction from the White House or the Pentagon to the report of Monday.",
            "the White House or the Pentagon",
            "There was no reaction from",
            "the report of Monday",
        ),
        (
            "There is no word from officials whether the road is open.",
            "officials",
            "There is no word from",
            "whether the road is open",
        ),
        ("There had been no word from the crew since Monday.", "the crew", "There had been no", "word"),
        ("There has been no comment so far from guards.", "guards", "There has been no", "comment"),
        (
            "There was no word from the mayor, who left on Monday.",
            "the mayor",
            "There was no",
            "word",
        ),
    ],
)
def test_nobody_has_heard_from_somebody(text: str, whose: str, cue: str, said: str, reader: Reader) -> None:
    (claim,) = reader.read(text).claims
    assert (claim.act, claim.source_span and claim.source_span.text) == ("silent", whose)
    assert (claim.cue and claim.cue.text, [c.text for c in claim.content]) == (cue, [said])


def test_a_silence_that_somebody_tells_of_stands_inside_of_their_claim(reader: Reader) -> None:
    for text in (
        "The mayor said there was no reply from Rabat to the offer.",
        "“There was no comment from Rabat about this,” said Karl Berg.",
    ):
        outer, inner = reader.read(text).claims
        assert inner.parent == outer.id
        assert inner.source_span is not None
        assert inner.source_span.text == "Rabat"


def test_who_was_quoted_as_saying_so_said_it_and_a_medium_that(reader: Reader) -> None:
    record = reader.read("General Karim was cited as saying that six people had died.")
    outer, inner = record.claims
    assert (outer.source_span, inner.parent) == (None, outer.id)
    assert inner.source_span is not None
    assert inner.source_span.text == "General Karim"
    assert contents(record, "saying") == ["that six people had died"]
    assert next(s for s in record.sources if s.id == inner.source).kind == "person"


def test_a_quotation_goes_on_behind_who_was_quoted_as_saying_it(layers: Callable[..., Layers]) -> None:
    text = "“Why us?” he was quoted as saying. “They hate us.”"
    seen = layers(text, [], [(None, "was quoted as saying", "“Why us?”", "he", "“They hate us.”")])
    outer, inner = with_quoted(text, seen.attributions)
    assert [text[slice(*c)] for c in outer.content] == ["“Why us?”", "he", "as saying. “They hate us.”"]
    assert words(text, [inner]) == [("he", "saying", "“Why us?”")]
    assert len(inner.content) == 2


@pytest.mark.parametrize(
    ("who", "cue", "said"),
    [
        ("The Health Ministry", "revised", "the death toll from the fire in Kutum to 138 from 145"),
        ("The police", "lowered", "the death toll from the fire to nine, down from 12"),
        ("The ministry", "raised", "the number of people killed to at least 1,287"),
    ],
)
def test_a_body_that_changes_a_toll_says_what_it_is(reader: Reader, who: str, cue: str, said: str) -> None:
    [claim] = reader.read(f"{who} {cue} {said}.").claims
    assert claim.source_span is not None
    assert claim.cue is not None
    found = (claim.source_span.text, claim.cue.text, [s.text for s in claim.content])
    assert found == (who, cue, [said])


@pytest.mark.parametrize(
    "text",
    [
        "The attack raised the death toll to 12.",
        "The ministry cut the number of troops to 12,000.",
        "The police raised the flag to half-mast.",
    ],
)
def test_what_happens_to_a_toll_is_no_word_of_it(reader: Reader, text: str) -> None:
    assert reader.read(text).claims == ()


def test_nobody_waits_for_an_answer_from_those_who_are_looked_for(reader: Reader) -> None:
    text = "There was no word from the 40 miners trapped near Lakeside, their families said on Tuesday."
    (claim,) = reader.read(text).claims
    assert claim.source_span is not None
    assert claim.source_span.text == "their families"


@pytest.mark.parametrize(
    ("text", "medium", "who"),
    [
        (
            "The Daily Lakeside quoted the mayor as saying that the bridge had sunk.",
            "The Daily Lakeside",
            "the mayor",
        ),
        (
            "Radio Lakeside quoted General Ali Obi as saying the base was safe.",
            "Radio Lakeside",
            "General Ali Obi",
        ),
        (
            '"I saw them come," the Herald quoted a witness, Ana Moor, as saying.',
            "the Herald",
            "a witness, Ana Moor",
        ),
    ],
)
def test_whom_a_medium_quotes_is_the_speaker(text: str, medium: str, who: str, reader: Reader) -> None:
    outer, inner = reader.read(text).claims
    assert inner.parent == outer.id
    assert [c.source_span and c.source_span.text for c in (outer, inner)] == [medium, who]


def test_who_was_quoted_behind_a_quotation_is_its_source(reader: Reader) -> None:
    text = 'One survivor, a student, told the agency that he had fled. "I ran," he was quoted as saying.'
    claim = reader.read(text).claims[-1]
    assert claim.source_span is not None
    assert (claim.source_span.text, [c.text for c in claim.content]) == ("he", ["I ran,"])


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "An army officer in Lakeside, asked whether the men had been held, said they had not.",
            {"asked": None},
        ),
        ("The minister, when asked whether troops had left, said it rained.", {"asked": None}),
        ("The mayor asked whether the men had been held, and said it rained.", {"asked": "The mayor"}),
    ],
)
def test_who_is_asked_asks_nothing(text: str, sources: dict[str, str | None], reader: Reader) -> None:
    asked = {c.cue.text: c.source_span and c.source_span.text for c in reader.read(text).claims if c.cue}
    assert asked["asked"] == sources["asked"]
    assert asked["said"]


def test_the_day_of_a_quotation_is_not_its_speaker(reader: Reader) -> None:
    text = "The owners were quoted on Tuesday in newspapers, including the Daily Lakeside, as saying that the depot had burned."
    sources = [c.source_span.text for c in reader.read(text).claims if c.source_span]
    assert not any(s.startswith("on Tuesday") for s in sources)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "The mayor said, and the governor confirmed, that two people were killed.",
            "The mayor",
            "the governor",
        ),
        ("The union said, and the ministry denied, that four miners had died.", "The union", "the ministry"),
        (
            "Officials in Homs said and residents confirmed that the bridge was bombed.",
            "Officials in Homs",
            "residents",
        ),
    ],
)
def test_two_who_say_one_thing_both_say_it(text: str, first: str, second: str, reader: Reader) -> None:
    claims = reader.read(text).claims
    assert [c.source_span and c.source_span.text for c in claims] == [first, second]
    assert claims[0].content == claims[1].content
    assert {c.parent for c in claims} == {None}


def test_the_subject_of_another_paragraph_is_no_source(reader: Reader) -> None:
    text = "The bridge was shut, confirming the fears.\n\nPriests complain that it was old."
    source, cue, said = (
        Range(text.index(w), text.index(w) + len(w)) for w in ("Priests", "confirming", "the fears")
    )
    (seen,) = reader.layers([text])
    (out,) = with_speakers(text, seen.with_attributions([Attribution(source, cue, (said,), 1.0)]))
    assert out.source is None
