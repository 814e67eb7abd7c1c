"""What those in an event did or suffered before it gives it neither day nor place. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from accordingto.reading.backgrounds import Backgrounds
from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers, Part
from accordingto.reading.reader import Reader
from accordingto.record import Factuality, Time, TimeType
from accordingto.spans import Range, span

PUBLISHED = date(2031, 3, 7)  # a Friday
LABELS = ("root", "acl", "nsubj", "obj", "obl", "aux", "nmod", "punct")


def told(reader: Reader, text: str, trigger: str) -> tuple[str | None, str | None]:
    """The words for the time and the place of the event with a trigger."""
    record = reader.read(text, published=PUBLISHED)
    times = {t.id: t.span.text for t in record.times}
    places = {p.id: p.span.text for p in record.places}
    event = next(e for e in record.events if e.trigger.text == trigger)
    return times.get(event.time or ""), places.get(event.place or "")


@pytest.mark.parametrize(
    ("text", "trigger", "time", "place"),
    [
        ("The navy freed nine villagers who were kidnapped in Katsina in January.", "freed", None, None),
        ("Rebels have freed six of the 14 people they seized last week.", "freed", None, None),
        ("Rebels freed five hostages seized on October 9.", "freed", None, None),
        ("The army released an editor arrested in Goma last week.", "released", None, None),
        ("The court jailed for life a man who bombed a ferry in 2016.", "jailed", None, None),
        ("A drone killed a general who led the raid on Gwoza in May 2024.", "killed", None, None),
        ("Gunmen shot dead a monk whose sister was killed in Aleppo in 2017.", "shot dead", None, None),
        ("The army recaptured a port that rebels seized last month.", "recaptured", None, None),
        ("The bandits who kidnapped 30 pupils on March 2 have released 11.", "released", None, None),
        (
            "A shell killed two nurses in Kherson on Thursday who had been displaced from Bakhmut in 2024.",
            "killed",
            "Thursday",
            "Kherson",
        ),
        (
            "Among those released were 11 nurses and a pilot who was captured in Mariupol in 2023.",
            "released",
            None,
            None,
        ),
        ("A bomb killed nine traders, who came from Lahore.", "killed", None, None),
        ("A mine killed five shepherds who were returning to Raqqa.", "killed", None, None),
        ("A ferry which had left Tripoli on Tuesday sank on Wednesday.", "sank", "Wednesday", None),
        ("The nuns, taken in Kaduna in May last year, were freed on Monday.", "freed", "Monday", None),
        ("An envoy who lived in Beirut in 2024 was killed.", "killed", None, None),
        ("A jet that took off from Juba crashed on Monday.", "crashed", "Monday", None),
    ],
)
def test_what_they_did_or_suffered_before_is_not_when_or_where(
    text: str, trigger: str, time: str | None, place: str | None, reader: Reader
) -> None:
    assert told(reader, text, trigger) == (time, place)


@pytest.mark.parametrize(
    ("text", "trigger", "time", "place"),
    [
        ("The president condemned a raid that killed four in Bria on Sunday.", "raid", "Sunday", "Bria"),
        ("Relatives mourned the people killed in Monday's blast in Bria.", "blast", "Monday", "Bria"),
        ("Police on Monday released a man arrested last week.", "released", "Monday", None),
        (
            "He is accused of a massacre at an old church that left nine dead last year.",
            "massacre",
            "last year",
            None,
        ),
        (
            "The mayor recalled an attack on a market in Kano that left nine wounded in May.",
            "attack",
            "May",
            "Kano",
        ),
        (
            "She met the families of the migrants who died asphyxiated inside a lorry in Texas on June 27.",
            "died asphyxiated",
            "June 27",
            "Texas",
        ),
        ("A bomb exploded in a market in Jos that was crowded with shoppers.", "exploded", None, "Jos"),
        ("The school in Rafah where 30 people sheltered was hit on Sunday.", "hit", "Sunday", "Rafah"),
        (
            "The boy was captured in Bukavu on Monday and freed in Goma on Tuesday.",
            "freed",
            "Tuesday",
            "Goma",
        ),
        ("The people who died in the blast on Monday in Homs were farmers.", "blast", "Monday", "Homs"),
        ("A bomb killed six people who were praying in a mosque in Kano.", "killed", None, "Kano"),
        ("A drone killed four soldiers stationed in Izium on Tuesday.", "killed", "Tuesday", "Izium"),
        (
            "Police opened fire on crowds who had gathered in Lome on Saturday.",
            "opened fire",
            "Saturday",
            "Lome",
        ),
        ("A ferry that capsized off Tripoli on Tuesday killed 18 people.", "killed", "Tuesday", "Tripoli"),
        ("A strike killed a family that had taken refuge in a school in Rafah.", "strike", None, "Rafah"),
        ("The navy rescued 30 sailors whose ship had sunk off Sfax on Sunday.", "rescued", "Sunday", "Sfax"),
        (
            "Protesters denounced the murder of a clerk who was shot in Sylhet in July.",
            "shot",
            "July",
            "Sylhet",
        ),
        ("The man murdered an uncle who was found dead in Jos on Monday.", "murdered", "Monday", "Jos"),
        (
            "Troops killed the gunmen who attacked a bus near Hebron on Wednesday.",
            "killed",
            "Wednesday",
            "Hebron",
        ),
    ],
)
def test_what_went_on_as_it_came_still_is(
    text: str, trigger: str, time: str | None, place: str | None, reader: Reader
) -> None:
    assert told(reader, text, trigger) == (time, place)


def event(text: str, kind: str, parts: Mapping[str, str], *mentions: str) -> FoundEvent:
    at = [place(text, m) for m in mentions]
    roles = tuple(Part(role, place(text, words), 0.9) for role, words in parts.items())
    return FoundEvent(kind, at[0], tuple(at), roles, Factuality.OCCURRED)


def place(text: str, words: str) -> Range:
    return Range(text.index(words), text.index(words) + len(words))


def backgrounds(
    text: str, layers: Layers, *found: FoundEvent, time: str, day: date
) -> tuple[Backgrounds, Time]:
    when = Time("T1", span(text, place(text, time)), TimeType.DATE, day.isoformat(), day, day)
    return Backgrounds(text, [when], found, layers, PUBLISHED), when


FREED = {
    "Rebels": ("freed", "nsubj"),
    "nuns": ("freed", "obj"),
    "seized": ("nuns", "acl"),
    "Kor": ("seized", "obl"),
    "Monday": ("freed", "obl"),
}


@pytest.mark.parametrize(("day", "held"), [(date(2031, 3, 3), False), (date(2031, 1, 6), True)])
def test_a_day_behind_the_clause_is_of_the_clause_where_it_is_long_past(
    day: date, held: bool, tree: Callable[..., Layers]
) -> None:
    text = "Rebels freed nuns seized in Kor on Monday"
    freed = event(text, "release", {"target": "nuns seized in Kor"}, "freed")
    layers = tree(text, FREED, LABELS)
    before, when = backgrounds(text, layers, freed, time="Monday", day=day)
    assert before.holds_time(when, 0) is held
    assert before.holds_place(place(text, "Kor"), 0)


def test_an_event_whose_only_words_are_in_the_clause_keeps_its_own(tree: Callable[..., Layers]) -> None:
    text = "Rebels freed nuns seized in Kor on Monday"
    taken = event(text, "detention", {"target": "nuns"}, "seized")
    layers = tree(text, FREED, LABELS)
    before, when = backgrounds(text, layers, taken, time="Monday", day=date(2031, 1, 6))
    assert before.told_before(0) == []
    assert not before.holds_time(when, 0)


def test_a_clause_on_what_names_an_event_or_did_the_harm_tells_of_the_event(
    tree: Callable[..., Layers],
) -> None:
    text = "Freedonia deplored raids that had killed nuns in Kor"
    hung = {
        "Freedonia": ("deplored", "nsubj"),
        "raids": ("deplored", "obj"),
        "that": ("killed", "nsubj"),
        "had": ("killed", "aux"),
        "killed": ("raids", "acl"),
        "nuns": ("killed", "obj"),
        "Kor": ("killed", "obl"),
    }
    layers = tree(text, hung, LABELS)
    deplored = event(text, "accusation", {"target": "raids that had killed nuns in Kor"}, "deplored")
    raids = event(text, "attack", {}, "raids")
    alone, _ = backgrounds(text, layers, deplored, time="nuns", day=PUBLISHED)
    both, _ = backgrounds(text, layers, deplored, raids, time="nuns", day=PUBLISHED)
    kor = place(text, "Kor")
    assert alone.holds_place(kor, 0)
    assert not both.holds_place(kor, 0)


def test_without_a_tree_nothing_is_known_to_be_of_before(layers: Callable[..., Layers]) -> None:
    text = "Rebels freed nuns seized in Kor on Monday"
    freed = event(text, "release", {"target": "nuns seized in Kor"}, "freed")
    bare = layers(text, [], [])
    before, when = backgrounds(text, bare, freed, time="Monday", day=date(2031, 1, 6))
    assert not before.holds_time(when, 0)
    assert not before.holds_place(place(text, "Kor"), 0)
