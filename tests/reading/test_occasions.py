"""When and where events are, where nothing marks it or another event's mark stands near. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import msgspec
import numpy as np
import pytest

from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers, Part, Phrase, Syntax
from accordingto.reading.occasions import Occasions
from accordingto.reading.whom import Mentioned, entity_of
from accordingto.record import (
    Act,
    Actor,
    Claim,
    Document,
    Entity,
    EntityKind,
    Factuality,
    Mention,
    MentionForm,
    PartKind,
    Place,
    Precision,
    Quotation,
    Record,
    SaidOn,
    Time,
    TimeType,
)
from accordingto.record import Part as PartOf
from accordingto.spans import Range, span


def place(text: str, words: str) -> Range:
    return Range(text.index(words), text.index(words) + len(words))


def event(
    text: str, kind: str, trigger: str, parts: Mapping[str, str], read: Factuality = Factuality.OCCURRED
) -> FoundEvent:
    at = place(text, trigger)
    return FoundEvent(
        kind, at, (at,), tuple(Part(r, place(text, words), 0.9) for r, words in parts.items()), read
    )


def occasions(
    layers: Callable[..., Layers],
    text: str,
    *found: FoundEvent,
    places: tuple[str, ...] = (),
    times: tuple[str, ...] = (),
) -> Occasions:
    record = Record(
        document=Document("d", text),
        places=tuple(Place(w, span(text, place(text, w)), w, country="SDN") for w in places),
        times=tuple(Time(w, span(text, place(text, w)), TimeType.DATE, "2031-03-03") for w in times),
    )
    return Occasions(record, found, layers(text, [], []), Mentioned(()))


def test_what_is_said_happens_nowhere_but_where_it_is_marked(layers: Callable[..., Layers]) -> None:
    text = "Freedonia urged the envoy in Kor to spare Farwa."
    sent = event(text, "request", "urged", {"recipient": "the envoy in Kor"})
    assert occasions(layers, text, sent, places=("Kor", "Farwa")).place_of(0) == "Kor"
    bare = event(text, "request", "urged", {})
    assert occasions(layers, text, bare, places=("Kor", "Farwa")).place_of(0) is None


@pytest.mark.parametrize(
    ("first", "kind", "there"),
    [
        ("Envoys discussed trade.", "meeting", True),
        ("Envoys discussed trade by phone.", "meeting", False),
        ("Envoys discussed trade.", "economy", False),
        ("Rain fell.", "meeting", False),
    ],
)
def test_people_who_met_in_the_first_paragraph_met_where_the_report_was_written(
    first: str, kind: str, there: bool, layers: Callable[..., Layers]
) -> None:
    text = f"KOR — {first}\n\nThe envoys later discussed trade again."
    told = event(text, kind, "discussed", {})
    lines = (Range(6, 6 + len(first)), Range(8 + len(first), len(text)))
    record = Record(
        document=Document(
            "d", text, parts=(PartOf(PartKind.DATELINE, 0, 5), PartOf(PartKind.BODY, 6, len(text)))
        ),
        places=(Place("P1", span(text, Range(0, 3)), "Kor", country="SDN"),),
    )
    seen = Occasions(
        record, [told], replace(layers(text, [], []), paragraphs=lines, sentences=lines), Mentioned(())
    )
    assert seen.place_of(0) == ("P1" if there else None)


@pytest.mark.parametrize(
    ("text", "role", "there"),
    [
        ("A shell hit people at the Dura clinic in Kor.", "place", "Dura clinic"),
        ("A shell hit the Dura clinic in Kor.", "target", "Kor"),
    ],
)
def test_a_building_is_where_something_happened_and_hit_it_is_hit_in_its_town(
    text: str, role: str, there: str, layers: Callable[..., Layers]
) -> None:
    hit = event(text, "strike", "hit", {role: "the Dura clinic in Kor"})
    record = Record(
        document=Document("d", text),
        places=(
            Place("Dura clinic", span(text, place(text, "Dura clinic")), "Dura", precision=Precision.NEAR),
            Place("Kor", span(text, place(text, "Kor")), "Kor", precision=Precision.EXACT),
        ),
    )
    assert Occasions(record, [hit], layers(text, [], []), Mentioned(())).place_of(0) == there


def test_a_description_of_a_place_is_the_place_that_it_means(layers: Callable[..., Layers]) -> None:
    text = "Kor lies near Farwa. Rebels killed ten people in the town last week."
    killed = event(text, "killing", "killed", {"place": "the town"})
    town, name = place(text, "the town"), place(text, "Kor")
    kor = Entity(
        "N1",
        "Kor",
        EntityKind.PLACE,
        mentions=(
            Mention(*name, text[slice(*name)], MentionForm.NAME),
            Mention(*town, "the town", MentionForm.NOMINAL),
        ),
    )
    record = Record(
        document=Document("d", text),
        entities=(kor,),
        places=tuple(
            Place(w, span(text, place(text, w)), w, country="SDN", precision=Precision.EXACT)
            for w in ("Kor", "Farwa")
        ),
    )
    seen = Occasions(record, [killed], layers(text, [], []), Mentioned(record.entities))
    assert seen.place_of(0) == "Kor"


@pytest.mark.parametrize("read", [Factuality.NEGATED, Factuality.OCCURRED])
def test_a_promise_is_not_where_the_meeting_was(read: Factuality, layers: Callable[..., Layers]) -> None:
    text = "They met in Kor and said that no shell would hit a town."
    met = event(text, "meeting", "met", {"place": "Kor"})
    hit = event(text, "strike", "hit", {}, read)
    assert occasions(layers, text, met, hit, places=("Kor",)).place_of(1) is None
    alone = occasions(layers, text, hit, places=("Kor",))
    assert alone.place_of(0) == "Kor"


def test_a_place_from_which_a_distance_is_measured_is_not_where_it_happened(
    layers: Callable[..., Layers],
) -> None:
    text = "A brawl broke out in Farwa, about 80 kilometres (50 miles) from Kor."
    brawl = event(text, "clash", "brawl", {})
    assert occasions(layers, text, brawl, places=("Kor",)).place_of(0) is None
    assert occasions(layers, text, brawl, places=("Farwa", "Kor")).place_of(0) == "Farwa"


def test_what_somebody_says_is_dated_by_when_it_is_said(layers: Callable[..., Layers]) -> None:
    text = "On Monday, at the old fair of the port, the mayor urged the army to leave Kor by Friday."
    claim = Claim(
        "C1",
        "S1",
        None,
        span(text, place(text, "urged")),
        (span(text, place(text, "to leave Kor by Friday")),),
        Quotation.INDIRECT,
        Act.REQUEST,
        SaidOn("2031-03-03", span(text, place(text, "Monday"))),
    )
    urged = event(text, "request", "urged", {"recipient": "the army"})
    told = occasions(layers, text, urged, times=("Monday", "Friday"))
    assert told.time_of(0) == "Friday"
    record = msgspec.structs.replace(told.record, claims=(claim,))
    assert Occasions(record, [urged], layers(text, [], []), Mentioned(())).time_of(0) == "Monday"


@pytest.mark.parametrize(
    ("source", "parent", "dated"), [("S1", None, True), ("S2", None, False), ("S1", "C1", False)]
)
def test_what_is_asked_is_asked_when_its_speaker_says_more_beside_it(
    source: str, parent: str | None, dated: bool, layers: Callable[..., Layers]
) -> None:
    text = "The mayor said on Monday it held and asked the army to leave."

    def claim(id: str, of: str, cue: str, content: str, day: str | None, inside: str | None) -> Claim:
        return Claim(
            id,
            of,
            None,
            span(text, place(text, cue)),
            (span(text, place(text, content)),),
            Quotation.INDIRECT,
            Act.ASSERT,
            SaidOn("2031-03-03", span(text, place(text, day))) if day else None,
            parent=inside,
        )

    claims = (
        claim("C1", "S1", "said", "it held", "Monday", None),
        claim("C2", source, "asked", "to leave", None, parent),
    )
    asked = event(text, "request", "asked", {"recipient": "the army"})
    told = occasions(layers, text, asked, times=("Monday",))
    record = msgspec.structs.replace(told.record, claims=claims)
    seen = Occasions(record, [asked], layers(text, [], []), Mentioned(())).time_of(0)
    assert seen == ("Monday" if dated else None)


def test_nothing_takes_the_day_by_which_another_deed_is_named(layers: Callable[..., Layers]) -> None:
    text = "The siege was the answer to the May 4 attacks."
    siege = event(text, "blockade", "siege", {"time": "May 4"}, Factuality.ONGOING)
    attacks = event(text, "attack", "attacks", {})
    both = occasions(layers, text, siege, attacks, times=("May 4",))
    assert (both.time_of(0), both.time_of(1)) == (None, "May 4")
    ended = event(text, "blockade", "siege", {"time": "May 4"})
    assert occasions(layers, text, ended, attacks, times=("May 4",)).time_of(0) is None
    later = "The siege, on May 4, was the answer to the attacks."
    ended = event(later, "blockade", "siege", {"time": "May 4"})
    attacks = event(later, "attack", "attacks", {})
    assert occasions(layers, later, ended, attacks, times=("May 4",)).time_of(0) == "May 4"


def test_a_phrase_means_what_its_head_means_not_what_stands_in_it(layers: Callable[..., Layers]) -> None:
    text = (
        "Missiles that can reach airfields in Chad. Chad fears them. Red Front fighters left. Red Front rose."
    )
    bare = layers(text, [], [])
    starts = [w.start for w in bare.words]

    def at(words: str) -> int:
        return starts.index(place(text, words).start)

    heads = np.arange(len(starts))
    relations = np.zeros(len(starts), np.int64)
    for word, head, relation in (
        ("in", "Chad", 0),
        ("Chad", "airfields", 0),
        ("Red", "fighters", 1),
        ("Front", "fighters", 1),
    ):
        heads[at(word)], relations[at(word)] = at(head), relation
    chad, front = place(text, "Chad"), place(text, "Front")
    again, risen = (Range(text.rindex(w), text.rindex(w) + len(w)) for w in ("Chad", "Red Front"))
    syntax = Syntax(np.zeros(len(starts), np.int64), heads, relations, ("nmod", "compound"))
    chains = (
        (Phrase(chad, chad), Phrase(again, again)),
        (Phrase(front, front), Phrase(risen, Range(risen.end - 5, risen.end))),
    )
    seen = Layers(
        words=bare.words,
        sentences=bare.sentences,
        paragraphs=bare.paragraphs,
        names=(),
        attributions=(),
        syntax=syntax,
        chains=chains,
    )

    def name(r: Range) -> Mention:
        return Mention(r.start, r.end, text[slice(*r)], MentionForm.NAME)

    people = Mentioned(
        (
            Entity("E1", "Chad", EntityKind.PLACE, mentions=(name(again),)),
            Entity("E2", "Red Front", EntityKind.ORGANIZATION, mentions=(name(risen),)),
        )
    )
    assert entity_of(text, place(text, "airfields in Chad"), seen, people) is None
    assert entity_of(text, place(text, "Red Front fighters"), seen, people) == "E2"


@pytest.mark.parametrize(
    ("text", "noun", "relation", "dated"),
    [
        ("Guards left after the 1962 constitution", "constitution", "compound", False),
        ("Guards left under the Fishing Act of 1962", "Act", "nmod", False),
        ("Guards left in spring 1962", "spring", "nmod", True),
        ("Guards left in 1962", "left", "obl", True),
    ],
)
def test_a_year_in_the_name_of_a_thing_dates_nothing(
    text: str, noun: str, relation: str, dated: bool, layers: Callable[..., Layers]
) -> None:
    bare = layers(text, [], [])
    starts = [w.start for w in bare.words]
    heads, labels = np.arange(len(starts)), ("root", "compound", "nmod", "obl")
    relations = np.zeros(len(starts), np.int64)
    year = starts.index(text.index("1962"))
    heads[year], relations[year] = starts.index(text.index(noun)), labels.index(relation)
    tree = Syntax(np.zeros(len(starts), np.int64), heads, relations, labels)
    left = event(text, "territory", "left", {})
    record = Record(
        document=Document("d", text),
        times=(Time("T1", span(text, place(text, "1962")), TimeType.DATE, "1962"),),
    )
    seen = Occasions(record, [left], replace(bare, syntax=tree), Mentioned(()))
    assert seen.time_of(0) == ("T1" if dated else None)


@pytest.mark.parametrize(
    ("kind", "who", "there"),
    [
        ("blockade", "Norland", False),
        ("killing", "Sudanese troops", True),
        ("killing", "Southern guards", True),
        ("killing", "Gunmen", True),
        ("killing", "The Norland Times", True),
        ("politics", "Gunmen", False),
        ("weapons_test", "Gunmen", False),
    ],
)
def test_what_another_country_does_or_what_is_decided_is_not_where_the_last_deed_was(
    kind: str, who: str, there: bool, layers: Callable[..., Layers]
) -> None:
    text = f"Southern rebels freed nine men in Kor. {who} acted."
    freed = event(text, "release", "freed", {"actor": "Southern rebels", "place": "Kor"})
    acted = event(text, kind, "acted", {"actor": who})

    def party(name: str, start: int, country: str) -> Entity:
        named = Mention(start, start + len(name), name, MentionForm.NAME)
        actor = Actor(country, "MED" if text.startswith(" Times", start + len(name)) else None)
        return Entity(f"E{start}", name, EntityKind.GROUP, actor=actor, mentions=(named,))

    people = [
        party(name, m, country)
        for name, country in (("Southern", "SSD"), ("Norland", "NOR"), ("Sudanese", "SDN"))
        for m in range(len(text))
        if text.startswith(name, m)
    ]
    record = Record(
        document=Document("d", text),
        entities=tuple(people),
        places=(Place("Kor", span(text, place(text, "Kor")), "Kor", country="SDN"),),
    )
    seen = replace(layers(text, [], []), paragraphs=(Range(0, len(text)),))
    assert Occasions(record, [freed, acted], seen, Mentioned(people)).place_of(1) == (
        "Kor" if there else None
    )


@pytest.mark.parametrize(
    ("first", "then", "there"),
    [
        (date(2031, 3, 2), date(2031, 3, 2), True),
        (date(2031, 3, 2), date(2031, 3, 4), True),
        (date(2031, 3, 2), date(2017, 5, 1), False),
        (date(2017, 5, 1), date(2031, 3, 2), False),
        (None, date(2017, 5, 1), True),
        (date(2031, 3, 2), None, True),
    ],
)
def test_what_was_at_another_time_is_not_where_the_last_deed_was(
    first: date | None, then: date | None, there: bool, layers: Callable[..., Layers]
) -> None:
    text = "A fire was told in Sor. A bomb exploded in Kor early. Rebels killed two late."
    found = (
        event(text, "bombing", "exploded", {"place": "Kor", "time": "early"}),
        event(text, "killing", "killed", {"time": "late"}),
    )
    times = tuple(
        Time(word, span(text, place(text, word)), TimeType.DATE, f"{day}", day, day)
        for word, day in (("early", first), ("late", then))
        if day
    )
    places = tuple(Place(w, span(text, place(text, w)), w, country="SDN") for w in ("Sor", "Kor"))
    record = Record(document=Document("d", text), places=places, times=times)
    seen = replace(layers(text, [], []), paragraphs=(Range(0, len(text)),))
    assert Occasions(record, found, seen, Mentioned(())).place_of(1) == ("Kor" if there else None)


def test_a_village_known_by_its_country_alone_is_smaller_than_the_country(
    layers: Callable[..., Layers],
) -> None:
    text = "Gunmen raided Mali's village of Tessomu."
    raided = event(text, "attack", "raided", {"place": "Mali's village of Tessomu"})
    places = (
        Place("Mali", span(text, place(text, "Mali")), "Mali", country="MLI", precision=Precision.COUNTRY),
        Place("Tessomu", span(text, place(text, "Tessomu")), "Tessomu", country="MLI"),
    )
    record = Record(document=Document("d", text), places=places)
    assert Occasions(record, [raided], layers(text, [], []), Mentioned(())).place_of(0) == "Tessomu"


def test_a_place_that_another_event_has_in_its_own_sentence_comes_last(layers: Callable[..., Layers]) -> None:
    text = "Artillery hit Kor on Friday. In Farwa, a drone raid killed two."
    hit = event(text, "strike", "hit", {"target": "Kor", "place": "Farwa"})
    raid = event(text, "strike", "raid", {"place": "Farwa"})
    assert occasions(layers, text, hit, raid, places=("Kor", "Farwa")).place_of(0) == "Kor"
    assert occasions(layers, text, hit, raid, places=("Kor", "Farwa")).place_of(1) == "Farwa"
    assert occasions(layers, text, hit, raid, places=("Farwa",)).place_of(0) == "Farwa"
    deaths = event(
        text, "killing", "killed", {"place": "Farwa"}
    )  # what a strike brings about is where it struck
    assert occasions(layers, text, hit, deaths, places=("Kor", "Farwa")).place_of(0) == "Farwa"


def test_attacks_in_two_countries_were_in_no_one_place(layers: Callable[..., Layers]) -> None:
    text = "The attacks in Lam and Kor killed nine."
    hit = event(text, "attack", "attacks", {"place": "Lam and Kor"})
    for land, at in (("SDN", "Lam"), ("TCD", None)):
        told = [
            Place(w, span(text, place(text, w)), w, country=c) for w, c in (("Lam", "SDN"), ("Kor", land))
        ]
        record = Record(document=Document("d", text), places=tuple(told))
        assert Occasions(record, (hit,), layers(text, [], []), Mentioned(())).place_of(0) == at


@pytest.mark.parametrize(
    ("kind", "part", "at"), [("invasion", "Lam, Kor", None), ("deployment", "Lam, Kor", "Lam")]
)
def test_a_war_in_a_row_of_countries_was_in_none_of_them(
    kind: str, part: str, at: str | None, layers: Callable[..., Layers]
) -> None:
    text = "The wars in Lam, Kor and Ost cost a lot."
    war = event(text, kind, "wars", {"place": part})
    told = [
        Place(w, span(text, place(text, w)), w, country=w.upper(), precision=Precision.COUNTRY)
        for w in ("Lam", "Kor", "Ost")
    ]
    record = Record(document=Document("d", text), places=tuple(told))
    assert Occasions(record, (war,), layers(text, [], []), Mentioned(())).place_of(0) == at


def test_what_hits_the_speakers_country_hits_no_state_of_it(layers: Callable[..., Layers]) -> None:
    text = "In Farwa he called the raid an attack on our country."
    for whom, at in (("our country", None), ("the raid", "Farwa")):
        hit = event(text, "attack", "attack", {"target": whom})
        assert occasions(layers, text, hit, places=("Farwa",)).place_of(0) == at


def test_a_debate_was_not_where_the_raid_of_its_sentence_was(layers: Callable[..., Layers]) -> None:
    text = "Since the debate they looked into the raid in Farwa."
    debate = event(text, "politics", "debate", {})
    raid, fair = (event(text, kind, "raid", {"place": "Farwa"}) for kind in ("attack", "economy"))
    assert occasions(layers, text, debate, raid, places=("Farwa",)).place_of(0) is None
    assert occasions(layers, text, debate, fair, places=("Farwa",)).place_of(0) == "Farwa"


def test_a_day_that_another_event_has_in_its_own_sentence_comes_last(layers: Callable[..., Layers]) -> None:
    text = "Artillery hit Kor on Friday. By Sunday a drone raid killed two."
    hit = event(text, "strike", "hit", {"time": "Sunday"})
    raid = event(text, "strike", "raid", {"time": "Sunday"})
    assert occasions(layers, text, hit, raid, times=("Friday", "Sunday")).time_of(0) == "Friday"
    assert occasions(layers, text, hit, raid, times=("Friday", "Sunday")).time_of(1) == "Sunday"


def test_a_body_that_speaks_is_not_where_it_happened(tree: Callable[..., Layers]) -> None:
    text = "Kor Hospital said shells hit homes"
    hung = {"Kor": ("Hospital", "nmod"), "Hospital": ("said", "nsubj"), "hit": ("said", "obj")}
    made = tree(text, hung, ("root", "nsubj", "obj", "nmod"))
    claim = Claim(
        "C1",
        "S1",
        span(text, place(text, "Kor Hospital")),
        span(text, place(text, "said")),
        (span(text, place(text, "shells hit homes")),),
        Quotation.INDIRECT,
        Act.ASSERT,
    )
    hit = event(text, "strike", "hit", {})
    for words, where in (("Kor Hospital", None), ("Kor", "Kor")):
        there = Place(words, span(text, place(text, words)), words, country="SDN")
        record = Record(document=Document("d", text), places=(there,), claims=(claim,))
        assert Occasions(record, [hit], made, Mentioned(())).place_of(0) == where
