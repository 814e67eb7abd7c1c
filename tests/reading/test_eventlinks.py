"""Denials and refusals whose words name no event, each with the event that they are about. All text is invented."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from accordingto.reading.eventlinks import link_events
from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers, Part
from accordingto.reading.reader import Reader
from accordingto.record import (
    Act,
    Claim,
    Document,
    Entity,
    EntityKind,
    Factuality,
    Figure,
    Measure,
    Mention,
    MentionForm,
    Place,
    Quotation,
    Record,
    Source,
    SourceKind,
    Time,
    TimeType,
)
from accordingto.spans import Range, span

TEXT = (
    "Freedonia has sent rockets to Sylvania, officials said. They met on Monday. "
    "Freedonia denied providing weapons. A spokesman declined to confirm the rocket transfers. He denied a cold."
)


def at(words: str) -> Range:
    start = TEXT.index(words)
    return Range(start, start + len(words))


def claim(number: int, source: str, cue: str, content: str, act: Act) -> Claim:
    cues, contents = span(TEXT, at(cue)), (span(TEXT, at(content)),)
    return Claim(f"C{number}", source, None, cues, contents, Quotation.INDIRECT, act)


def test_a_denial_is_about_the_deed_of_its_speaker(layers: Callable[..., Layers]) -> None:
    mentions = tuple(
        Mention(m.start(), m.end(), m.group(), MentionForm.NAME) for m in re.finditer("Freedonia", TEXT)
    )
    record = Record(
        document=Document("d", TEXT),
        entities=(Entity("E1", "Freedonia", EntityKind.PLACE, mentions=mentions),),
        sources=(
            Source("S1", SourceKind.ANONYMOUS),
            Source("S2", SourceKind.ORGANIZATION, "E1", True),
            Source("S3", SourceKind.ANONYMOUS),
        ),
        claims=(
            claim(1, "S1", "said", "Freedonia has sent rockets to Sylvania", Act.ASSERT),
            claim(2, "S2", "denied", "providing weapons", Act.DENY),
            claim(3, "S3", "declined", "to confirm the rocket transfers", Act.DECLINE),
            claim(4, "S3", "He denied"[3:], "a cold", Act.DENY),
        ),
    )
    sent = FoundEvent(
        "arms_transfer",
        at("sent"),
        (at("sent"),),
        (Part("actor", at("Freedonia"), 0.9), Part("instrument", at("rockets"), 0.9)),
        Factuality.CLAIMED,
    )
    met = FoundEvent("meeting", at("met"), (at("met"),), (), Factuality.OCCURRED)
    done = link_events(record, [sent, met], layers(TEXT, [("Freedonia", "Location")], []))
    assert done.events[0].claims == ("C1", "C2", "C3")
    assert done.events[0].factuality is Factuality.DENIED
    assert done.events[1].claims == ()


def test_a_count_stays_with_the_event_of_its_sentence_and_no_continent_is_where_it_happened(
    layers: Callable[..., Layers],
) -> None:
    text = "In Farwa, as elsewhere in Africa, a strike wounded 20. The other strike killed no one."
    place = lambda words: Range(text.index(words), text.index(words) + len(words))  # noqa: E731
    first = place("strike")
    second = Range(text.rindex("strike"), text.rindex("strike") + 6)
    found = [
        FoundEvent("strike", first, (first,), (), Factuality.OCCURRED),
        FoundEvent("strike", second, (second,), (Part("wounded", place("20"), 0.9),), Factuality.OCCURRED),
    ]
    record = Record(
        document=Document("d", text),
        figures=(
            Figure(id="F1", span=span(text, place("20")), low=20, best=20, high=20, measure=Measure.WOUNDED),
        ),
        places=(
            Place("P1", span(text, place("Farwa")), "Farwa", country="SDN"),
            Place("P2", span(text, place("Africa")), "Africa"),
        ),
    )
    seen = layers(text, [], [])
    linked = link_events(record, found, seen)
    assert [f.event for f in linked.figures] == ["V1"]
    assert linked.events[0].place == "P1"


@pytest.mark.parametrize(
    ("text", "factuality", "time"),
    [
        (
            "An overnight strike hit Farwa. It had been under fire since the Tamsit raid of Monday.",
            "occurred",
            "overnight",
        ),
        ("A strike hit Farwa. It had been under fire since the Tamsit raid of Monday.", "occurred", None),
        ("A strike hit Farwa. The raid came on Monday.", "occurred", "Monday"),
        (
            "A siege of Farwa goes on. It has been cut off since the Tamsit raid of Monday.",
            "ongoing",
            "Monday",
        ),
    ],
)
def test_a_time_lent_by_another_sentence_yields_and_since_when_is_no_day_of_a_deed(
    text: str, factuality: str, time: str | None, layers: Callable[..., Layers]
) -> None:
    place = lambda words: Range(text.index(words), text.index(words) + len(words))  # noqa: E731
    trigger = place("siege" if "siege" in text else "strike")
    event = FoundEvent(
        "strike", trigger, (trigger,), (Part("time", place("Monday"), 0.9),), Factuality(factuality)
    )
    times = tuple(
        Time(f"T{n}", span(text, place(words)), TimeType.DATE, "2031-03-03")
        for n, words in enumerate(("overnight", "Monday"))
        if words in text
    )
    linked = link_events(Record(document=Document("d", text), times=times), [event], layers(text, [], []))
    found = {t.id: t.span.text for t in times}.get(linked.events[0].time or "")
    assert found == time


@pytest.mark.parametrize(
    ("type", "doer", "factuality", "actors"),
    [
        ("killing", "the army", Factuality.OCCURRED, []),  # only the family names it
        ("killing", "the army", Factuality.CLAIMED, ["the army"]),
        ("killing", "Guards", Factuality.OCCURRED, ["Guards"]),  # the report's own word
        ("meeting", "the army", Factuality.OCCURRED, ["the army"]),
    ],
)
def test_whom_only_a_claim_names_did_not_commit_the_crime_that_the_report_tells(
    type: str, doer: str, factuality: Factuality, actors: list[str], layers: Callable[..., Layers]
) -> None:
    text = "Guards saw the killing of Ada on Monday. It was done by the army, her family said."
    place = lambda words: Range(text.index(words), text.index(words) + len(words))  # noqa: E731
    trigger = place("killing")
    event = FoundEvent(type, trigger, (trigger,), (Part("actor", place(doer), 0.9),), factuality)
    said = Claim(
        "C1", "S1", None, span(text, place("said")), (span(text, place("It was done by the army")),),
        Quotation.INDIRECT, Act.ASSERT,
    )  # fmt: skip
    record = Record(document=Document("d", text), sources=(Source("S1", SourceKind.GROUP),), claims=(said,))
    [linked] = link_events(record, [event], layers(text, [], [])).events
    assert [p.span.text for p in linked.participants] == actors


@pytest.mark.parametrize(
    ("text", "deed", "denied"),
    [
        (
            "An Israeli airstrike on a building in Tyre killed five people on Tuesday, the ministry said. "
            "Hezbollah denied that any of its members were in the building.",
            "airstrike",
            False,
        ),
        (
            "Gunmen attacked a village in Benue on Monday, residents said. The army denied that there was a camp near the village.",
            "attacked",
            False,
        ),
        (
            "Israel bombed a school in Rafah on Monday, killing 12, medics said. Israel denied that the school was a shelter.",
            "bombed",
            False,
        ),
        (
            "Rwanda sent troops to Congo in May, officials said. Rwanda denied that its troops were in Congo.",
            "sent",
            True,
        ),
        (
            "Israel bombed a school in Rafah on Monday, killing 12, medics said. Israel denied that it was to blame.",
            "bombed",
            True,
        ),
        (
            "A drone strike hit a hospital in Gao, doctors said. The army denied carrying out the strike.",
            "strike",
            True,
        ),
        (
            "A bomb exploded at a market in Kano on Monday, police said. The group denied planting the bomb.",
            "exploded",
            True,
        ),
    ],
)
def test_a_denial_of_a_detail_denies_no_deed(text: str, deed: str, denied: bool, reader: Reader) -> None:
    record = reader.read(text)
    [found] = [e for e in record.events if deed in e.trigger.text]
    [denial] = [c.id for c in record.claims if c.act is Act.DENY]
    assert (found.factuality is Factuality.DENIED) == (denial in found.claims) == denied


@pytest.mark.parametrize(
    ("actor", "target", "role", "meant"),
    [
        ("She", "Ada", "target", [None, "E1"]),
        ("She", "her", "target", [None, None]),
        ("She", "the chief", "target", [None, None]),
        ("She", "herself", "target", ["E1", "E1"]),
        ("Ada", "Ada Brook", "target", ["E1", "E1"]),
        ("She", "Ada", "recipient", [None, "E1"]),
        ("She", "her", "recipient", [None, None]),
        ("She", "the chief", "recipient", [None, "E1"]),
        ("Ada", "the chief", "recipient", ["E1", None]),
    ],
)
def test_nobody_does_to_themselves_what_is_done_to_others(
    actor: str, target: str, role: str, meant: list[str | None], layers: Callable[..., Layers]
) -> None:
    text = f"{actor} shot {target}."
    parts = (
        Part("actor", Range(0, len(actor)), 0.9),
        Part(role, Range(len(text) - len(target) - 1, len(text) - 1), 0.9),
    )
    forms = (MentionForm.NAME if p.startswith("Ada") else MentionForm.PRONOUN for p in (actor, target))
    mentions = tuple(Mention(*p.at, text[slice(*p.at)], form) for p, form in zip(parts, forms, strict=True))
    record = Record(
        Document("d", text), entities=(Entity("E1", "Ada Brook", EntityKind.PERSON, mentions=mentions),)
    )
    trigger = Range(len(actor) + 1, len(actor) + 5)
    found = [FoundEvent("attack", trigger, (trigger,), parts, Factuality.OCCURRED)]
    done = link_events(record, found, layers(text, [], []))
    assert [p.entity for p in done.events[0].participants] == meant


@pytest.mark.parametrize(
    ("then", "about"),
    [
        ("The guards were not sure how to reach the people of Kestrel.", False),
        ("The guards were not sure who led the attackers.", True),
        ("The army could not confirm reports from Kestrel.", True),
    ],
)
def test_a_doubt_is_about_an_event_by_its_word_not_by_those_in_it(
    then: str, about: bool, reader: Reader
) -> None:
    record = reader.read(f"Raiders attacked Kestrel on Monday. {then}")
    (attack,) = (e.id for e in record.events if e.type == "attack")
    assert [attack in c.about for c in record.claims] == [about]
