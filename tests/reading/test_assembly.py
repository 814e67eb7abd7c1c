"""Sources and entities as they stand in a record. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from accordingto.reading.acts import Telling
from accordingto.reading.assembly import assemble
from accordingto.reading.document import document_of
from accordingto.reading.layers import Layers, Timex
from accordingto.reading.tables import ReadingTables
from accordingto.record import Act, Record, TimeType
from accordingto.spans import Range

TABLES = ReadingTables.load()
Make = Callable[..., Layers]


def read(text: str, layers: Layers) -> Record:
    return assemble(document_of(text, published=date(2031, 3, 7), headline_first=False), layers, (), TABLES)


@pytest.mark.parametrize("pronoun", ["It", "They"])
def test_a_body_without_a_name_has_pronouns_among_its_mentions(pronoun: str, layers: Make) -> None:
    text = f"The military said it rained. {pronoun} urged calm."
    said = [("The military", "said", "it rained"), (pronoun, "urged", "calm")]
    (body,) = read(text, layers(text, [], said)).entities
    assert [(m.text, m.form.value) for m in body.mentions] == [
        ("The military", "nominal"),
        (pronoun, "pronoun"),
    ]


@pytest.mark.parametrize(
    ("source", "body", "sector"),
    [
        ("Blue Harbour President Rosa Lima", "Blue Harbour", None),
        ("Blue Harbour vice president Rosa Lima", "Blue Harbour", None),
        ("The union’s president, Rosa Lima,", None, None),
        ("Chadian President Rosa Lima", None, "GOV"),
        ("Blue Harbour and President Rosa Lima", "Blue Harbour", "GOV"),
        ("The Senate’s president, Rosa Lima,", "Senate", "LEG"),
    ],
)
def test_who_presides_over_a_body_is_not_of_a_government(
    source: str, body: str | None, sector: str | None, layers: Make
) -> None:
    text = f"{source} said it rained."
    names = [("Rosa Lima", "Person"), *([(body, "Organization")] if body else [])]
    record = read(text, layers(text, names, [("Rosa Lima", "said", "it rained")]))
    (actor,) = (e.actor for e in record.entities if e.name == "Rosa Lima")
    assert (actor.sector if actor else None) == sector


def test_a_name_of_a_day_within_a_time_is_no_entity(layers: Make) -> None:
    text = "It rained on Thursday. Bloody Sunday was in January."
    made = layers(text, [("Thursday", "Misc"), ("Bloody Sunday", "Misc")], [])
    at = text.index("Thursday")
    times = [
        Timex(Range(at, at + len("Thursday")), TimeType.DATE, "2031-03-06", None, None),
        Timex(Range(text.index("Sunday"), text.index("Sunday") + 6), TimeType.DATE, "2031-03-09", None, None),
    ]
    record = assemble(document_of(text), made, times, TABLES)
    assert [e.name for e in record.entities] == ["Bloody Sunday"]


class Doubting(Telling):
    """A head that holds nothing to be a claim."""

    def __init__(self) -> None:
        pass

    def judged(
        self, content: Sequence[int], cue: range, source: range, signs: Sequence[str]
    ) -> tuple[Act, float]:
        return Act.ASSERT, 1.0


def test_a_body_that_says_nothing_is_no_entity(layers: Make) -> None:
    text = "The navy said it rained."
    seen = layers(text, [], [("The navy", "said", "it rained")])
    record = read(text, replace(seen, telling=Doubting()))
    assert (record.claims, record.entities) == ((), ())


class DoubtingAtFirst(Doubting):
    """A head that holds the first words of a text to be no claim."""

    def judged(
        self, content: Sequence[int], cue: range, source: range, signs: Sequence[str]
    ) -> tuple[Act, float]:
        return Act.ASSERT, float(source.start == 0)


def test_sources_stand_in_the_order_in_which_they_speak(layers: Make) -> None:
    text = "The navy said it rained. The army said it burned. The navy urged calm."
    said = [
        ("The navy", "said", "it rained"),
        ("The army", "said#2", "it burned"),
        ("The navy#2", "urged", "calm"),
    ]
    record = read(text, replace(layers(text, [], said), telling=DoubtingAtFirst()))
    assert [s.description or s.entity for s in record.sources] == [
        s.description or s.entity for c in record.claims for s in record.sources if s.id == c.source
    ]
    assert [c.source for c in record.claims] == ["S1", "S2"]
