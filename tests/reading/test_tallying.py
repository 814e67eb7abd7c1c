"""Which event a figure counts, and what befell people whom it only counts. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from accordingto.reading.eventlinks import link_events
from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers, Part
from accordingto.reading.reader import Reader
from accordingto.reading.tallying import Telling, event_of, own_toll
from accordingto.record import (
    Act,
    Claim,
    Document,
    Factuality,
    Figure,
    Measure,
    Place,
    Precision,
    Quotation,
    Record,
    Source,
    SourceKind,
    Time,
    TimeType,
)
from accordingto.spans import Range, span

Make = Callable[..., Layers]
NOUNS = frozenset(["passenger", "farmer", "prisoner"])


def place(text: str, words: str) -> Range:
    """Where words stand; `word#2` means the second time."""
    body, _, nth = words.partition("#")
    start = -1
    for _ in range(int(nth or 1)):
        start = text.index(body, start + 1)
    return Range(start, start + len(body))


def counted(
    layers: Make,
    text: str,
    events: Sequence[tuple[str, str]],
    figures: Sequence[tuple[str, Measure]],
    *,
    cues: Sequence[str] = (),
    towns: Sequence[tuple[str, str]] = (),
    parts: Sequence[tuple[str, str, str]] = (),
    factuality: Factuality = Factuality.OCCURRED,
) -> list[tuple[str, str | None]]:
    """Each figure's measure and the words that name its event; `towns` are (words, where they are marked: an event's trigger or "")."""
    found = [
        FoundEvent(
            kind,
            place(text, words),
            (place(text, words),),
            tuple(
                [Part("place", place(text, t), 0.9) for t, of in towns if of == words]
                + [Part(role, place(text, at), 0.9) for of, role, at in parts if of == words]
            ),
            factuality,
        )
        for kind, words in events
    ]
    claims = tuple(
        Claim(f"C{n}", "S1", None, span(text, place(text, cue)), (), Quotation.INDIRECT, Act.ASSERT)
        for n, cue in enumerate(cues, 1)
    )
    record = Record(
        document=Document("d", text),
        sources=(Source("S1", SourceKind.ANONYMOUS),),
        claims=claims,
        figures=tuple(
            Figure(f"F{n}", span(text, place(text, words)), n, n, n, measure)
            for n, (words, measure) in enumerate(figures, 1)
        ),
        places=tuple(
            Place(f"P{n}", span(text, place(text, t)), t, country="MLI", precision=Precision.EXACT)
            for n, (t, _) in enumerate(towns, 1)
        ),
    )
    made = layers(text, [(t, "Location") for t, _ in towns], [])
    made = replace(made, paragraphs=(Range(0, len(text)),))
    done = link_events(record, found, made)
    named = {e.id: e.trigger.text for e in done.events}
    read = {f.span.start: f for f in done.figures}
    return [
        (f.measure.value, named.get(f.event or "")) for f in (read[place(text, w).start] for w, _ in figures)
    ]


def events_of(*args: object, **more: object) -> list[str | None]:
    return [event for _, event in counted(*args, **more)]  # type: ignore[arg-type]


KILLED, WOUNDED = Measure.KILLED, Measure.WOUNDED


@pytest.mark.parametrize(
    ("rebuttal", "count", "deed", "cues"),
    [
        ("Police put the toll at 12 and said they had bombed a camp.", "12", "bombed", ["put", "said"]),
        ("Police said nine people died, and that officers bombed a camp.", "nine", "bombed", ["said"]),
        ("The government said 17 soldiers died and that its aircraft had bombed a camp.", "17", "bombed", ["said"]),
        ("Police confirmed 15 deaths and said soldiers bombed a camp.", "15", "bombed", ["confirmed", "said"]),
        ("Police put the death toll at nine and said officers bombed a camp.", "nine", "bombed", ["put", "said"]),
        ("It confirmed the raid, saying three people died, and said its jets had also bombed a camp.", "three", "bombed",
         ["confirmed", "saying", "said"]),
        ("The army said 20 people were killed and that its drones bombed a camp.", "20", "bombed", ["said"]),
        ("Police said nine people died and officers bombed a camp.", "nine", "bombed", ["said"]),
    ],
)  # fmt: skip
def test_what_a_source_counts_is_not_of_the_deed_that_it_tells_then(
    rebuttal: str, count: str, deed: str, cues: list[str], layers: Make
) -> None:
    text = f"Gunmen stormed Zurmi on Friday. {rebuttal}"
    told = [("attack", "stormed"), ("strike", deed)]
    assert events_of(layers, text, told, [(count, KILLED)], cues=cues) == ["stormed"]


@pytest.mark.parametrize(
    ("text", "told", "count", "cues"),
    [
        ("A raid hit Kor. Two people died when a shell struck a house.", "struck", "Two", []),
        ("A raid hit Kor. Two people died, officials said, when a shell struck a house.", "struck", "Two", ["said"]),
        ("A raid hit Kor. Troops shelled the village, killing 14.", "shelled", "14", []),
        ("A raid hit Kor. Nine were killed and 22 injured in the blast.", "blast", "Nine", []),
        ("A raid hit Kor. Nine were killed and 22 injured in the blast.", "blast", "22", []),
        ("A raid hit Kor. Nine were killed and dozens hurt in the blast.", "blast", "Nine", []),
        ("A raid hit Kor. Residents said gunmen struck a farm and police confirmed 15 deaths.", "struck", "15",
         ["said", "confirmed"]),
        ("Police said nine people died and that officers bombed a camp.", "bombed", "nine", ["said"]),  # no other
    ],
)  # fmt: skip
def test_a_figure_keeps_the_event_of_its_clause(
    text: str, told: str, count: str, cues: list[str], layers: Make
) -> None:
    numbers = [
        (n, KILLED if n in ("Nine", count) and n != "22" else WOUNDED) for n in ("Nine", "22") if n in text
    ]
    figures = numbers if count in ("Nine", "22") else [(count, KILLED)]
    events = [*([("attack", "raid")] if "raid" in text else []), ("strike", told)]
    found = dict(
        zip([n for n, _ in figures], events_of(layers, text, events, figures, cues=cues), strict=True)
    )
    assert found[count] == told


def test_who_puts_a_toll_otherwise_counts_the_same_event(layers: Make) -> None:
    text = "The attack killed 30 people. Gunmen shot at a bus. Police put the toll at 12."
    told = [("attack", "attack"), ("clash", "shot")]
    assert events_of(layers, text, told, [("30", KILLED), ("12", KILLED)], cues=["put"]) == [
        "attack",
        "attack",
    ]


@pytest.mark.parametrize(
    ("sentence", "count", "event"),
    [
        ("The insurgency has killed more than 6,000 since 2017.", "6,000", None),
        ("It said Russia lost 1,140 troops over the past day.", "1,140", None),
        ("It said Russia has lost 1,140 troops.", "1,140", None),
        ("Over the past month, 300 people have died.", "300", None),
        ("Some 300 people have died since the rebellion began.", "300", None),
        ("The death toll has since risen to 12.", "12", "raided"),
        ("So far 12 people have died.", "12", "raided"),
        ("The army lost 12 soldiers.", "12", "raided"),
        ("It was the deadliest day since 2015 and 12 people died.", "12", "raided"),
    ],
)
def test_a_toll_of_years_and_a_country_s_losses_are_of_no_single_raid(
    sentence: str, count: str, event: str | None, layers: Make
) -> None:
    text = f"Insurgents raided Palma on Monday, killing six. {sentence}"
    found = events_of(layers, text, [("attack", "raided")], [("six", KILLED), (count, KILLED)])
    assert found == ["raided", event]


def test_a_toll_of_years_is_of_the_war_told_before(layers: Make) -> None:
    text = "The war goes on. Troops raided Kor. Some 6,000 people have died since 2017."
    told = [("invasion", "war"), ("attack", "raided")]
    assert events_of(layers, text, told, [("6,000", KILLED)]) == ["war"]


def test_a_total_beside_a_day_s_toll_is_not_of_the_day(layers: Make) -> None:
    text = "Shelling killed 14 people on Friday and 300 since the start of the year."
    assert events_of(layers, text, [("strike", "Shelling")], [("14", KILLED), ("300", KILLED)]) == [
        "Shelling",
        None,
    ]
    text = "Since January, 60 people died in raids, 14 of them in the past week."
    assert events_of(layers, text, [("attack", "raids")], [("60", KILLED), ("14", KILLED)]) == [
        "raids",
        "raids",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Attacks have killed six people and wounded nine since May.",
        "Attacks killed six people and wounded nine over the past day.",
        "Six people were killed and nine wounded in the past 24 hours in attacks on Kor.",
        "Attacks killed six people since May and injured nine in the past month.",
    ],
)
def test_dead_and_wounded_of_one_spell_share_their_event(sentence: str, layers: Make) -> None:
    six = "six" if "six" in sentence else "Six"
    kind, words = "attack", "Attacks" if "Attacks" in sentence else "attacks"
    told = [(six, KILLED), ("nine", Measure.WOUNDED)]
    assert events_of(layers, sentence, [(kind, words)], told) == [words, words]


def test_the_wounded_of_a_spell_share_a_killing(layers: Make) -> None:
    text = "Six people were killed and nine were hurt over the past day in Kor."
    told = [("Six", KILLED), ("nine", Measure.WOUNDED)]
    assert events_of(layers, text, [("killing", "killed")], told) == ["killed", "killed"]


def test_a_total_with_a_verb_of_its_own_keeps_its_event(layers: Make) -> None:
    text = "Shells hit Kor, killing 14 people, and 300 have died since January."
    told = [("strike", "hit"), ("death", "died")]
    parts = [("died", "killed", "14")]  # of what the network takes for the same deed
    found = events_of(layers, text, told, [("14", KILLED), ("300", KILLED)], parts=parts)
    assert found[1] == "died"


def test_what_a_toll_is_compared_with_is_of_no_event(layers: Make) -> None:
    text = "Raids killed 14 people, compared with 30 a year earlier."
    assert events_of(layers, text, [("attack", "Raids")], [("14", KILLED), ("30", KILLED)]) == ["Raids", None]


@pytest.mark.parametrize(
    ("sentence", "kind", "event"),
    [
        ("In Bara, five were killed.", "attack", None),
        ("In Bara, five were killed.", "disaster", "raided"),  # which is in many places
        ("In Kor, five were killed.", "attack", "raided"),
        ("In the market, five were killed.", "attack", "raided"),
        ("Separately, five were killed.", "attack", None),
        ("Elsewhere, five were killed.", "disaster", "raided"),
        ("It killed five.", "attack", "raided"),
    ],
)
def test_who_died_elsewhere_did_not_die_in_the_deed_before(
    sentence: str, kind: str, event: str | None, layers: Make
) -> None:
    text = f"Troops raided Kor on Monday. {sentence}"
    towns = [("Kor", "raided"), *([("Bara", "")] if "Bara" in text else [])]
    for parts in ([], [("raided", "killed", "five")]):  # the network may have marked it, too
        assert events_of(layers, text, [(kind, "raided")], [("five", KILLED)], towns=towns, parts=parts) == [
            event
        ]


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("Its rocket fire was in retaliation for the killing of two medics.", "raided"),
        ("It fired rockets and said it was avenging the death of two medics.", "raided"),
        ("Its rocket fire led to the death of two medics.", "fire"),
    ],
)
def test_whom_a_deed_avenges_it_did_not_kill(sentence: str, event: str, layers: Make) -> None:
    text = f"Troops raided Kor on Monday. {sentence}"
    told = [("attack", "raided"), ("strike", "fire")]
    assert events_of(layers, text, told, [("two", KILLED)]) == [event]


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("Hundreds mourned the deaths of 12 miners in a blast at Soma.", "blast"),
        ("It struck Bara in response to the deaths of 12 villagers in an air blast.", "blast"),
        ("After the blast it fired in retaliation for the killing of 12 medics.", None),
        ("In retaliation for the killing of 12 medics, it set off a blast.", None),
    ],
)
def test_deaths_that_are_mourned_or_avenged_are_of_the_deed_behind_them(
    sentence: str, event: str | None, layers: Make
) -> None:
    assert events_of(layers, sentence, [("strike", "blast")], [("12", KILLED)]) == [event]


def test_a_count_is_of_the_nearest_event_that_is_marked_with_it(layers: Make) -> None:
    text = "The war goes on. The blasts add to the 900 people who have been killed in a year of war."
    counts = (Part("killed", place(text, "900 people"), 0.9),)
    last = text.rindex("war")
    war = FoundEvent(
        "invasion",
        place(text, "war"),
        (place(text, "war"), Range(last, last + 3)),
        counts,
        Factuality.ONGOING,
    )
    killing = FoundEvent(
        "killing", place(text, "killed"), (place(text, "killed"),), counts, Factuality.CLAIMED
    )
    figure = Figure(
        id="F1",
        span=span(text, place(text, "900 people")),
        low=900,
        best=900,
        high=900,
        measure=Measure.KILLED,
    )
    told = Telling(text, layers(text, [], []), (figure.span.range,), ())
    assert event_of(figure, [war, killing], told) == "V2"
    assert event_of(figure, [war], told) == "V1"


@pytest.mark.parametrize(
    ("type", "role", "text", "measure"),
    [
        ("detention", "target", "Rebels seized 14 passengers.", Measure.DETAINED),
        ("release", "target", "Rebels freed 14 farmers.", Measure.DETAINED),
        ("release", "target", "Divers rescued 14 farmers.", Measure.OTHER),  # from a flood
        ("release", "target", "Troops rescued 14 kidnapped farmers.", Measure.DETAINED),
        ("aid", "recipient", "Medics gave tents to 14 families.", Measure.REACHED),
        ("detention", "target", "Rebels seized 14 villages.", Measure.OTHER),
        ("strike", "target", "Rebels struck 14 passengers.", Measure.OTHER),
        ("detention", "target", "Rebels seized the owner of 14 farmers.", Measure.OTHER),
    ],
)
def test_people_counted_are_those_whom_the_event_befell(
    type: str, role: str, text: str, measure: Measure, layers: Make
) -> None:
    read = befallen(layers, type, role, text, Factuality.OCCURRED)
    assert (read.measure, read.event) == (measure, "V1" if measure is not Measure.OTHER else None)


@pytest.mark.parametrize("told", [Measure.OTHER, Measure.REACHED])
@pytest.mark.parametrize(
    ("type", "factuality", "measure"),
    [
        ("aid", Factuality.NEGATED, Measure.OTHER),
        ("aid", Factuality.PLANNED, Measure.OTHER),
        ("aid", Factuality.OCCURRED, Measure.REACHED),
        ("aid", Factuality.CLAIMED, Measure.REACHED),
        ("release", Factuality.PLANNED, Measure.DETAINED),
    ],
)
def test_aid_that_was_not_given_reached_nobody(
    type: str, factuality: Factuality, measure: Measure, told: Measure, layers: Make
) -> None:
    if type == "release" and told is Measure.REACHED:
        return
    role = "recipient" if type == "aid" else "target"
    read = befallen(layers, type, role, "Medics gave tents to 14 families.", factuality, told)
    assert (read.measure, read.event) == (measure, "V1")


def befallen(
    layers: Make, type: str, role: str, text: str, factuality: Factuality, told: Measure = Measure.OTHER
) -> Figure:
    """The figure of 14 of a text whose second word names an event."""
    subject, verb, _ = text.split(maxsplit=2)
    trigger = Range(len(subject) + 1, len(subject) + 1 + len(verb))
    start = text.index("14") if "owner" not in text else text.index("the owner")
    number, of = Range(text.index("14"), text.index("14") + 2), Range(text.index("14") + 3, len(text) - 1)
    parts = (Part("actor", Range(0, len(subject)), 0.9), Part(role, Range(start, len(text) - 1), 0.9))
    figure = Figure("F1", span(text, number), 14, 14, 14, told, of=span(text, of))
    found = [FoundEvent(type, trigger, (trigger,), parts, factuality)]
    done = link_events(Record(Document("d", text), figures=(figure,)), found, layers(text, [], []), NOUNS)
    (read,) = (f for f in done.figures if f.best == 14)
    return read


def test_those_freed_by_the_other_side_are_prisoners_too(layers: Make) -> None:
    text = "Russia freed 90 prisoners. Ukraine released 63."
    freed, released = place(text, "freed"), place(text, "released")
    found = [
        FoundEvent("release", freed, (freed,), (Part("target", place(text, "90 prisoners"), 0.9),), Factuality.OCCURRED),
        FoundEvent("release", released, (released,), (Part("target", place(text, "63"), 0.9),), Factuality.OCCURRED),
    ]  # fmt: skip
    of = span(text, place(text, "prisoners"))
    figures = (
        Figure("F1", span(text, place(text, "90")), 90, 90, 90, Measure.OTHER, of=of),
        Figure("F2", span(text, place(text, "63")), 63, 63, 63, Measure.OTHER),
    )
    done = link_events(Record(Document("d", text), figures=figures), found, layers(text, [], []), NOUNS)
    assert [(f.measure, f.event) for f in done.figures] == [
        (Measure.DETAINED, "V1"),
        (Measure.DETAINED, "V2"),
    ]


@pytest.mark.parametrize(
    ("rest", "measure"),
    [
        ("received 137 in return", Measure.DETAINED),
        ("received 137 in exchange", Measure.DETAINED),
        ("searched 137", Measure.OTHER),
    ],
)
def test_those_received_in_return_are_prisoners_too(rest: str, measure: Measure, layers: Make) -> None:
    text = f"Moscow freed 181 people and {rest}."
    freed = place(text, "freed")
    found = [
        FoundEvent("release", freed, (freed,), (Part("target", place(text, "181 people"), 0.9),), Factuality.OCCURRED)
    ]  # fmt: skip
    of = span(text, place(text, "people"))
    figures = tuple(
        Figure(f"F{n}", span(text, place(text, w)), 1, 1, 1, Measure.OTHER, of=of)
        for n, w in enumerate(("181", "137"), 1)
    )
    done = link_events(Record(Document("d", text), figures=figures), found, layers(text, [], []), NOUNS)
    assert [f.measure for f in done.figures] == [Measure.DETAINED, measure]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Gunmen killed 30 people in Yelwata on Friday, residents said. Police put the toll at 12 and said they had killed two attackers.",
            [(30, 0), (12, 0), (2, 1)],
        ),
        (
            "Rebels shelled a camp near Goma, killing 31, a monitor said. The army said 20 people were killed and that its drones destroyed "
            "a rebel column, killing 40.",
            [(31, 0), (20, 0), (40, 1)],
        ),
        (
            "Gunmen killed 18 soldiers in an ambush near Menaka on Tuesday, the army said. On the same day, a roadside bomb killed five outside Gossi.",
            [(18, 0), (5, 1)],
        ),
        (
            "A drone hit a bus in Kherson on Monday, killing two. The General Staff said Russia lost 1,140 troops over the past day.",
            [(2, 0), (1140, None)],
        ),
    ],
)
def test_whole_reports_count_each_deed_s_dead(
    text: str, wanted: list[tuple[int, int | None]], reader: Reader
) -> None:
    seen = reader.read(text)
    numbers = {e.id: n for n, e in enumerate(seen.events)}
    killed = [f for f in seen.figures if f.measure is Measure.KILLED]
    assert [(f.best, numbers.get(f.event or "")) for f in killed] == wanted


@pytest.mark.parametrize(
    ("toll", "own"),
    [
        ("At least 52 people have died since late March.", True),
        ("At least 52 people have died over the past few months.", True),
        ("At least 52 people have died since Monday.", False),
        ("At least 52 people have died.", False),
    ],
)
def test_a_toll_of_months_is_not_of_last_night_s_raid(toll: str, own: bool, layers: Make) -> None:
    raid = "Soldiers killed two men in a raid overnight."
    text = f"{raid} {toll}"
    figure = Figure("F1", span(text, place(text, "52")), 52, 52, None, KILLED, cumulative=True, event="V1")
    night = Time(
        "T1",
        span(text, place(text, "overnight")),
        TimeType.TIME,
        "2030-04-16TNI",
        date(2030, 4, 16),
        date(2030, 4, 17),
    )
    days = [night]
    for words, first, last in (
        ("late March", date(2030, 3, 21), date(2030, 3, 31)),
        ("Monday", date(2030, 4, 15), date(2030, 4, 15)),
    ):
        if words in toll:
            days.append(Time("T2", span(text, place(text, words)), TimeType.DATE, None, first, last))
    ends = len(raid)
    seen = replace(layers(text, [], []), sentences=(Range(0, ends), Range(ends + 1, len(text))))
    told = Telling(text, seen, (), ())
    assert (own_toll(told, figure, night, days, place(text, "raid")).event is None) is own
    assert own_toll(told, figure, night, days, place(text, "died")).event == "V1"
    assert own_toll(told, figure, night, days, None).event == "V1"
