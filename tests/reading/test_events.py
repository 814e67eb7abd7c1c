from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from accordingto.reading.events import (
    EventTables,
    FoundEvent,
    Voice,
    by_verb,
    factuality,
    find_events,
)
from accordingto.reading.fullest import WEIGHTS, features, fullest
from accordingto.reading.layers import Argument, Happening, Layers, Part, Timex
from accordingto.reading.reader import Reader
from accordingto.reading.senses import one_sense, sense
from accordingto.record import Act, Factuality, TimeType
from accordingto.spans import Range
from accordingto.vocabularies import event_types

TEXT = (
    "Raid on Kutum market kills two. Soldiers raided the market in Kutum on Sunday, residents said. "
    "The raid lasted an hour. The army denied it. A march followed."
)


NONE = EventTables({}, frozenset())


def at(words: str) -> Range:
    body, _, nth = words.partition("#")
    start = -1
    for _ in range(int(nth or 1)):
        start = TEXT.index(body, start + 1)
    return Range(start, start + len(body))


def happening(
    trigger: str, kind: str, parts: list[tuple[str, str]], again: tuple[float, ...] = (), score: float = 0.9
) -> Happening:
    return Happening(
        at(trigger), kind, Factuality.OCCURRED, tuple(Part(r, at(w), 0.8) for r, w in parts), (), again, score
    )


def with_happenings(layers: Callable[..., Layers], *items: Happening) -> Layers:
    return replace(layers(TEXT, [], []), happenings=items)


def test_mentions_are_one_event_at_the_fullest(layers: Callable[..., Layers]) -> None:
    seen = with_happenings(
        layers,
        happening("Raid", "attack", [("target", "Kutum market"), ("killed", "two")]),
        happening(
            "raided",
            "attack",
            [("actor", "Soldiers"), ("target", "the market"), ("place", "Kutum#2")],
            (2.0,),
        ),
        happening("raid#2", "attack", [], (2.0, -1.0)),
        happening("march", "protest", []),
    )
    events = find_events(TEXT, seen, [at("Raid on Kutum market kills two.")], NONE)
    assert [e.type for e in events] == ["attack", "protest"]
    raid = events[0]
    assert raid.trigger == at("raided")
    assert len(raid.mentions) == 3
    assert [(p.role, TEXT[slice(*p.at)]) for p in raid.parts] == [
        ("killed", "two"),
        ("actor", "Soldiers"),
        ("target", "the market"),
        ("place", "Kutum"),
    ]


def test_an_unsure_mention_that_stands_alone_is_dropped(layers: Callable[..., Layers]) -> None:
    assert (
        find_events(TEXT, with_happenings(layers, happening("march", "protest", [], (), 0.2)), [], NONE) == []
    )


def event(read: Factuality, *mentions: str) -> FoundEvent:
    spans = tuple(at(m) for m in mentions)
    return FoundEvent("attack", spans[-1], spans, (), read)


def test_whose_word_it_is() -> None:
    said = Voice((at("Soldiers raided the market in Kutum on Sunday"),), Act.ASSERT)
    denied = Voice((at("Soldiers raided the market in Kutum on Sunday"),), Act.DENY)
    assert factuality(event(Factuality.CLAIMED, "raided"), [said]) is Factuality.CLAIMED
    assert factuality(event(Factuality.CLAIMED, "raided"), [denied]) is Factuality.DENIED
    assert factuality(event(Factuality.CLAIMED, "Raid", "raided"), [denied]) is not Factuality.DENIED
    assert factuality(event(Factuality.CLAIMED, "march"), [said]) is Factuality.OCCURRED
    assert factuality(event(Factuality.PLANNED, "raided"), [said]) is Factuality.PLANNED
    told = replace(event(Factuality.CLAIMED, "march", "raided"), asserted=frozenset([at("march")]))
    assert factuality(told, [said]) is Factuality.OCCURRED
    elsewhere = replace(told, asserted=frozenset([at("raided")]))
    assert factuality(elsewhere, [said]) is Factuality.CLAIMED


def test_what_one_says_was_done_and_another_that_there_was_none_is_denied() -> None:
    said = Voice((at("Soldiers raided the market in Kutum on Sunday"),), Act.ASSERT)
    none = Voice((at("march"),), Act.DENY)
    assert factuality(event(Factuality.NEGATED, "raided", "march"), [said, none]) is Factuality.DENIED
    assert factuality(event(Factuality.NEGATED, "march"), [said, none]) is Factuality.NEGATED
    assert factuality(event(Factuality.NEGATED, "raided", "march"), [said]) is Factuality.NEGATED


def test_propbank_fills_what_the_event_head_left_empty(layers: Callable[..., Layers]) -> None:
    mention = replace(
        happening("raided", "attack", [("target", "the market")]),
        arguments=(
            Argument("ARG0", at("Soldiers")),
            Argument("ARG1", at("Kutum#2")),
            Argument("ARGM-TMP", at("on Sunday")),
        ),
    )
    [event] = find_events(TEXT, with_happenings(layers, mention), [], EventTables.load())
    assert [(p.role, TEXT[slice(*p.at)]) for p in event.parts] == [
        ("actor", "Soldiers"),
        ("target", "the market"),
    ]


def test_every_type_has_its_row_of_roles() -> None:
    assert {kind for kind, _ in EventTables.load().roles} == {t.code for t in event_types()}


def test_parts_have_clean_edges_and_something_to_say(layers: Callable[..., Layers]) -> None:
    mention = happening(
        "raided",
        "attack",
        [("target", "the market in"), ("actor", ","), ("place", "in Kutum"), ("time", "on")],
    )
    [event] = find_events(TEXT, with_happenings(layers, mention), [], NONE)
    assert [(p.role, TEXT[slice(*p.at)]) for p in event.parts] == [
        ("target", "the market"),
        ("place", "Kutum"),
    ]


def test_a_weapon_is_no_actor(layers: Callable[..., Layers]) -> None:
    mention = happening("raided", "attack", [("actor", "the market"), ("target", "Kutum")])
    [event] = find_events(TEXT, with_happenings(layers, mention), [], EventTables({}, frozenset({"market"})))
    assert {p.role for p in event.parts} == {"instrument", "target"}


def test_a_word_has_one_sense_in_a_document_and_the_words_beside_it_tell(
    layers: Callable[..., Layers],
) -> None:
    tables = EventTables({}, frozenset(), ((re.compile("raid on Kutum", re.I), "protest", "attack"),))
    seen = with_happenings(
        layers,
        happening("Raid", "protest", [], (), 0.9),
        happening("raid#2", "protest", [], (), 0.5),
        happening("march", "protest", [], (), 0.9),
    )
    assert sorted({e.type for e in find_events(TEXT, seen, [], tables)}) == ["attack", "protest"]
    assert [h.type for h in one_sense(TEXT, seen.happenings)] == ["protest"] * 3
    mixed = [happening("Raid", "attack", [], (), 0.9), happening("raid#2", "protest", [], (), 0.5)]
    assert {h.type for h in one_sense(TEXT, mixed)} == {"attack"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The party plans a general strike on Monday", "protest"),
        ("Drivers began a strike on Friday over pay", None),
        ("Teachers ended a strike against pension cuts", "protest"),
        ("Nurses called a strike against the government's austerity plan", "protest"),
        ("A nationwide strike on Thursday shut schools", "protest"),
        ("The strike by dock workers goes on", "protest"),
        ("Dock workers went on strike in Kor", "protest"),
        ("Port strikes delayed ships for a week", "protest"),
        ("The Kor port strikes killed five people", "strike"),
        ("Rail strikes near Kor wounded nine", "strike"),
        ("A strike on the port of Kor", "strike"),
        ("The strikes against Freedonia on Friday", "strike"),
        ("A strike on Monday killed nine people", "strike"),
        ("An air strike shook Kor", "strike"),
    ],
)
def test_workers_strikes_are_no_air_strikes_and_the_other_way_round(text: str, wanted: str | None) -> None:
    start = text.index("strike")
    trigger = Range(start, start + (7 if text.startswith("strikes", start) else 6))
    for kind in ("strike", "protest"):
        mention = Happening(trigger, kind, Factuality.OCCURRED, (), (), (), 0.9)
        assert sense(text, mention, EventTables.load().senses) == wanted


def test_a_word_keeps_both_senses_where_the_words_beside_it_tell_of_both() -> None:
    items = [
        happening("Raid", "attack", []),
        happening("raid#2", "protest", [], (), 0.5),
        happening("raided", "protest", []),
    ]
    both = one_sense(TEXT, items, ["attack", None, "protest"])
    assert [h.type for h in both] == ["attack", "protest", "protest"]
    assert [h.type for h in one_sense(TEXT, items, ["attack", None, None])] == [
        "attack",
        "protest",
        "protest",
    ]


def test_negated_needs_a_word_that_negates(layers: Callable[..., Layers]) -> None:
    tables = EventTables.load()
    no = replace(happening("raided", "attack", [("actor", "Soldiers")]), factuality=Factuality.NEGATED)
    found = find_events(TEXT, with_happenings(layers, no), [], tables)
    assert [e.factuality for e in found] == [Factuality.CLAIMED]
    text = TEXT.replace("Soldiers raided", "No one raided")
    other = replace(layers(text, [], []), happenings=(replace(no, trigger=Range(*at("raided")), parts=()),))
    shift = text.index("raided") - TEXT.index("raided")
    moved = Range(at("raided").start + shift, at("raided").end + shift)
    other = replace(other, happenings=(replace(other.happenings[0], trigger=moved),))
    assert [e.factuality for e in find_events(text, other, [], tables)] == [Factuality.NEGATED]


def test_mentions_that_agree_on_doer_and_target_are_one(layers: Callable[..., Layers]) -> None:
    parts = [("actor", "Soldiers"), ("target", "the market")]
    items = happening("raided", "attack", parts), happening("lasted", "attack", parts)
    assert len(find_events(TEXT, with_happenings(layers, *items), [], NONE)) == 1


def test_times_part_mentions_by_days_not_by_words(layers: Callable[..., Layers]) -> None:
    text = "The attack of July 18, 2019 was marked. Three years ago the attack shook Kyoto. A new attack came in 2021."
    place = lambda words: Range(text.index(words), text.index(words) + len(words))  # noqa: E731
    times = [
        Timex(place(words), TimeType.DATE, None, first, last)
        for words, first, last in (
            ("July 18, 2019", date(2019, 7, 18), date(2019, 7, 18)),
            ("Three years ago", date(2019, 1, 1), date(2019, 12, 31)),
            ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        )
    ]
    starts = [m.start() for m in re.finditer("attack", text)]
    items = [
        Happening(Range(a, a + 6), "attack", Factuality.OCCURRED, (Part("time", t.at, 0.8),), (), (), 0.9)
        for a, t in zip(starts, times, strict=True)
    ]
    seen = replace(layers(text, [], []), happenings=tuple(items))
    assert [len(e.mentions) for e in find_events(text, seen, [], NONE, times)] == [2, 1]


def test_a_verb_after_those_who_names_no_earlier_event(layers: Callable[..., Layers]) -> None:
    text = "They plan elections in May. Those who have seized power waver."
    items = [
        Happening(
            Range(text.index(w), text.index(w) + len(w)), "politics", Factuality.OCCURRED, (), (), (), 0.9
        )
        for w in ("elections", "seized")
    ]
    seen = replace(layers(text, [], []), happenings=tuple(items))
    assert len(find_events(text, seen, [], NONE)) == 2


def test_the_fullest_mention_tells_most_in_its_own_sentence(layers: Callable[..., Layers]) -> None:
    text = "Soldiers raided Kutum. The raid shocked many."
    place = lambda words: Range(text.index(words), text.index(words) + len(words))  # noqa: E731
    lent = tuple(Part(r, place(w), 0.8) for r, w in (("actor", "Soldiers"), ("place", "Kutum")))
    sure = (*lent, Part("target", place("many"), 0.9))
    items = (
        Happening(place("raided"), "attack", Factuality.OCCURRED, lent, (), (), 0.6),
        Happening(place("raid shocked"), "attack", Factuality.OCCURRED, sure, (), (2.0,), 0.9),
    )
    seen = replace(layers(text, [], []), happenings=items)
    [one] = find_events(text, seen, [], NONE)
    assert one.trigger == place("raided")


def test_a_told_deed_is_fuller_than_one_only_thought_of(layers: Callable[..., Layers]) -> None:
    text = "Kutum has sent drones to Farwa. Any transfer of drones to Farwa would alarm Tamsit."
    place = lambda words, after=0: Range(  # noqa: E731
        text.index(words, after), text.index(words, after) + len(words)
    )
    done = [("actor", place("Kutum")), ("instrument", place("drones")), ("recipient", place("Farwa"))]
    again = [
        ("instrument", place("drones", 40)),
        ("recipient", place("Farwa", 40)),
        ("place", place("Farwa", 40)),
    ]
    items = tuple(
        Happening(
            place(word), "arms_transfer", kind, tuple(Part(r, at, 0.8) for r, at in parts), (), joins, score
        )
        for word, kind, parts, joins, score in (
            ("sent", Factuality.OCCURRED, done[1:], (), 0.6),
            ("transfer", Factuality.POSSIBLE, again, (5.0,), 0.9),
        )
    )
    rows = [features(text, h, 0, layers(text, [], []), [], names=False) for h in items]
    told, thought = (row @ np.array(list(WEIGHTS.values())) for row in rows)
    assert told > thought
    assert fullest(rows) == 0


def test_a_headline_and_a_name_told_again_tell_less(layers: Callable[..., Layers]) -> None:
    text = "Raid in Kutum. Soldiers raided it on Sunday. The raid went on."
    place = lambda words: Range(text.index(words), text.index(words) + len(words))  # noqa: E731
    words = ("Raid", "raided", "raid went")
    items = [Happening(place(w), "attack", Factuality.OCCURRED, (), (), (), 0.8) for w in words]
    seen = layers(text, [], [])
    rows = [features(text, h, i, seen, [Range(0, 14)], names=False) for i, h in enumerate(items)]
    told = [dict(zip(WEIGHTS, row, strict=True)) for row in rows]
    assert [(x["headline"], x["again"], x["later"]) for x in told] == [(1, 0, 0), (0, 0, 1), (0, 1, 2)]
    assert fullest(rows) == 1


@pytest.mark.parametrize("plainer", ["shooting", "fighting"])
def test_a_death_and_a_light_noun_tell_less(plainer: str, layers: Callable[..., Layers]) -> None:
    text = "Guards killed two. Violence broke out. Then came shooting and fighting."
    items = [
        Happening(at_word(text, w), "attack", Factuality.OCCURRED, (), (), (), 0.8)
        for w in ("killed", "Violence", plainer)
    ]
    rows = [features(text, h, 0, layers(text, [], []), [], names=False) for h in items]
    told = [dict(zip(WEIGHTS, row, strict=True)) for row in rows]
    assert [(x["outcome"], x["again"]) for x in told] == [(1, 0), (0, 1), (0, 0)]
    assert fullest(rows) == 2


def test_what_can_be_done_is_possible_and_what_is_kept_up_goes_on(layers: Callable[..., Layers]) -> None:
    text = "Rebels can attack Farwa. Envoys have been urging calm. Crowds marching in Tamsit sang."
    items = tuple(
        Happening(Range(text.index(w), text.index(w) + len(w)), kind, Factuality.OCCURRED, (), (), (), 0.9)
        for w, kind in (("attack", "strike"), ("urging", "negotiation"), ("marching", "protest"))
    )
    seen = replace(layers(text, [], []), happenings=items)
    assert [e.factuality for e in find_events(text, seen, [], NONE)] == [
        Factuality.POSSIBLE,
        Factuality.ONGOING,
        Factuality.OCCURRED,
    ]


def test_words_beside_a_trigger_tell_that_it_is_no_event(layers: Callable[..., Layers]) -> None:
    tables = EventTables({}, frozenset(), ((re.compile("march followed", re.I), "protest", ""),))
    seen = with_happenings(
        layers, happening("raided", "attack", [("target", "the market")]), happening("march", "protest", [])
    )
    assert [e.type for e in find_events(TEXT, seen, [], tables)] == ["attack"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("a scathing attack on the mayor", "accusation"),
        ("a heart attack", None),
        ("an attack on the mayor", "attack"),
    ],
)
def test_attacks_by_words_and_hearts_are_none(
    words: str, kind: str | None, layers: Callable[..., Layers]
) -> None:
    text = f"Reports told of {words} on Sunday."
    start, target = text.index("attack"), text.index("mayor") if "mayor" in text else 0
    parts = (Part("target", Range(target, target + 5), 0.8),)
    mention = Happening(Range(start, start + 6), "attack", Factuality.OCCURRED, parts, (), (), 0.9)
    found = find_events(text, replace(layers(text, [], []), happenings=(mention,)), [], EventTables.load())
    assert [e.type for e in found] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("Roads should be", Factuality.POSSIBLE),
        ("Roads are expected to be", Factuality.PLANNED),
        ("Roads are", Factuality.ONGOING),
    ],
)
def test_what_should_be_done_is_possible_and_what_is_due_planned(
    words: str, read: Factuality, layers: Callable[..., Layers]
) -> None:
    text = f"{words} blocked on Sunday."
    at = Range(text.index("blocked"), text.index("blocked") + 7)
    mention = Happening(at, "blockade", Factuality.ONGOING, (), (), (), 0.9)
    [event] = find_events(text, replace(layers(text, [], []), happenings=(mention,)), [], NONE)
    assert event.factuality is read


def test_nobody_takes_no_part(layers: Callable[..., Layers]) -> None:
    text = "No one was detained in Kutum."
    parts = (Part("target", Range(0, 6), 0.9),)
    mention = Happening(Range(11, 19), "detention", Factuality.NEGATED, parts, (), (), 0.9)
    [event] = find_events(text, replace(layers(text, [], []), happenings=(mention,)), [], NONE)
    assert event.parts == ()


@pytest.mark.parametrize(
    ("text", "deed", "part", "wanted"),
    [
        ("no shells had arrived in Kor", "arrived", "no shells", Factuality.NEGATED),
        ("No child died in Kor", "died", "No child", Factuality.NEGATED),
        ("guards hit no houses", "hit", "no houses", Factuality.NEGATED),
        ("the raid, no guards said, was in Kor", "raid", "no guards", Factuality.OCCURRED),
        ("no fewer than six died", "died", "no fewer than six", Factuality.OCCURRED),
        ("some shells had arrived", "arrived", "some shells", Factuality.OCCURRED),
    ],
)
def test_what_nobody_did_has_not_happened(text: str, deed: str, part: str, wanted: Factuality) -> None:
    start, begin = text.index(deed), text.index(part)
    told = Happening(
        Range(start, start + len(deed)), "aid", Factuality.OCCURRED, (Part("target", Range(begin, begin + len(part)), 0.9),), (), (), 0.9
    )  # fmt: skip
    assert by_verb(text, told) is wanted


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        ("Supporters invaded the podium in Rome on Sunday.", []),
        ("The winger went bombing down the touchline.", []),
        ("Norland invaded the island on Sunday.", ["invaded"]),
        ("A man was arrested and taken into custody on Monday.", ["arrested"]),
        ("The suspect was taken into custody on Monday.", ["custody"]),
    ],
)
def test_sport_is_no_violence_and_an_arrest_is_one(text: str, triggers: list[str], reader: Reader) -> None:
    assert [e.trigger.text for e in reader.read(text).events] == triggers


def test_attacks_in_three_towns_are_three_with_their_own_places(reader: Reader) -> None:
    record = reader.read(
        "Shelling killed two people in Kherson on Friday, a local official said.\n\n"
        "Shelling killed five people in Sumy on Friday, the governor said.\n\n"
        "In Kharkiv, the mayor said, shelling killed nine."
    )
    places = [[p.span.text for p in e.participants if p.role == "location"] for e in record.events]
    assert places == [["Kherson"], ["Sumy"], ["Kharkiv"]]


@pytest.mark.parametrize(
    ("text", "deed", "wanted"),
    [
        ("He was not elected and took power", "elected", Factuality.NEGATED),
        ("He has never been elected", "elected", Factuality.NEGATED),
        ("They did not attack", "attack", Factuality.NEGATED),
        ("He was not only elected", "elected", Factuality.OCCURRED),
        ("He was not elected until May", "elected", Factuality.OCCURRED),
        ("He was elected", "elected", Factuality.OCCURRED),
        ("Kor is to get missiles", "get", Factuality.PLANNED),
        ("Talks are to be held", "held", Factuality.PLANNED),
        ("Kor had to get missiles", "get", Factuality.OCCURRED),
        ("He should have been beaten", "beaten", Factuality.CONDITIONAL),
        ("He should not have been beaten", "beaten", Factuality.OCCURRED),
        ("He would not have been beaten", "beaten", Factuality.CONDITIONAL),
    ],
)
def test_what_was_not_done_is_negated_and_what_is_to_be_done_planned(
    text: str, deed: str, wanted: Factuality
) -> None:
    at = Range(text.index(deed), text.index(deed) + len(deed))
    assert by_verb(text, Happening(at, "politics", Factuality.OCCURRED, (), (), (), 0.9)) is wanted


@pytest.mark.parametrize(
    ("text", "deed", "wanted"),
    [
        ("The firm executed a bold sales campaign", "executed", ""),
        ("Guards executed four men", "executed", None),
        ("Kor released the lists of voters", "released", ""),
        ("Kor released 20 men from the lists", "released", None),
        ("Kor released three reporters", "released", None),
    ],
)
def test_a_campaign_is_not_killed_and_a_list_not_freed(text: str, deed: str, wanted: str | None) -> None:
    kind = "killing" if deed == "executed" else "release"
    told = Happening(at_word(text, deed), kind, Factuality.OCCURRED, (), (), (), 0.9)
    assert sense(text, told, EventTables.load().senses) == wanted


@pytest.mark.parametrize(
    ("text", "deed", "wanted"),
    [
        ("The row led the head of the port to resign", "resign", Factuality.CLAIMED),
        ("The row forced her to announce her resignation", "resignation", Factuality.CLAIMED),
        ("The row seems to have led him to resign", "resign", Factuality.POSSIBLE),
        ("Ada asked him to resign", "resign", Factuality.POSSIBLE),
    ],
)
def test_what_somebody_was_led_to_do_was_done(text: str, deed: str, wanted: Factuality) -> None:
    told = Happening(at_word(text, deed), "politics", Factuality.POSSIBLE, (), (), (), 0.9)
    assert by_verb(text, told) is wanted


def at_word(text: str, word: str) -> Range:
    return Range(text.index(word), text.index(word) + len(word))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Photographers captured the moment", ""),
        ("A camera captured them at the gate of Kor", ""),
        ("In the photo, the mayor was captured beside a smuggler", ""),
        ("He was captured on film with a smuggler", ""),
        ("A photographer was captured in Kor", None),
        ("Photos of captured soldiers spread", None),
        ("The picture shows captured soldiers", None),
        ("Guards captured him on Monday in Kor", None),
        ("A camera crew was captured in Kor", None),
    ],
)
def test_who_is_captured_in_a_picture_is_not_held(text: str, wanted: str | None) -> None:
    where = text.index("captured")
    told = Happening(Range(where, where + 8), "detention", Factuality.OCCURRED, (), (), (), 0.9)
    assert sense(text, told, EventTables.load().senses) == wanted


def test_what_is_only_spoken_about_is_no_target(layers: Callable[..., Layers]) -> None:
    text = "A meeting came after warnings about sanctions. A march on about 40 shops followed."
    parts = {"warnings": "about sanctions", "march": "about 40 shops"}
    seen = [
        Happening(
            Range(text.index(w), text.index(w) + len(w)),
            "protest",
            Factuality.OCCURRED,
            (Part("target", Range(text.index(p), text.index(p) + len(p)), 0.9),),
            (),
            (),
            0.9,
        )
        for w, p in parts.items()
    ]
    found = find_events(text, replace(layers(text, [], []), happenings=tuple(seen)), [], NONE)
    assert [[text[slice(*p.at)] for p in e.parts] for e in found] == [[], ["about 40 shops"]]
