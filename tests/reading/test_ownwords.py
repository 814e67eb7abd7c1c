from __future__ import annotations

from collections.abc import Callable

from accordingto.reading.layers import Happening, Layers, Part
from accordingto.reading.ownwords import asserting
from accordingto.record import Factuality
from accordingto.spans import Range

TEXT = (
    "Gunmen of the Red Line raided villages near Dorra, a teacher said. Border guards were attacked by the militia at Lom. "
    "The attack lasted an hour. The raid on the villages by the Red Line shocked many. The affair was over by noon."
)


def at(words: str) -> Range:
    start = TEXT.index(words)
    return Range(start, start + len(words))


def deed(trigger: str, *parts: tuple[str, str], kind: str = "attack") -> Happening:
    found = tuple(Part(role, at(words), 0.8) for role, words in parts)
    return Happening(at(trigger), kind, Factuality.OCCURRED, found, (), (), 0.9)


def told(layers: Callable[..., Layers], best: Happening, *others: Happening) -> set[Range]:
    read = [(best, False), *((h, True) for h in others)]
    return set(asserting(TEXT, best, best.parts, read, layers(TEXT, [], [])))


def test_what_is_of_another_deed_and_what_stands_behind_it_asserts_nothing(
    layers: Callable[..., Layers],
) -> None:
    best = deed("raided", ("target", "villages"))
    guards = deed("attacked", ("target", "Border guards"))
    assert told(layers, best, guards, deed("attack lasted"), deed("affair")) == set()
    raid = deed("raid on", ("target", "the villages"))
    assert told(layers, best, guards, raid, deed("hour"), deed("affair")) == {
        raid.trigger,
        deed("hour").trigger,
    }
    assert told(layers, best, deed("attacked", ("place", "Lom"))) == {at("attacked")}
    assert told(layers, deed("raided", ("place", "Dorra")), deed("attacked", ("place", "Lom"))) == {
        at("attacked")
    }
    near = deed("raided", ("place", "Dorra"), ("target", "villages"))
    assert told(layers, near, deed("raid on", ("place", "Lom"), ("target", "the villages"))) == set()


def test_a_crime_is_a_fact_with_its_doer_alone(layers: Callable[..., Layers]) -> None:
    best = deed("raided", ("actor", "Gunmen of the Red Line"), ("target", "villages"))
    named = deed("raid on", ("actor", "the Red Line"))
    assert told(layers, best, deed("hour"), named) == {named.trigger}
    assert told(
        layers, deed("raided", ("actor", "Gunmen of the Red Line"), kind="meeting"), deed("hour")
    ) == {at("hour")}
