"""Sources and entities as they stand in a record. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from accordingto.reading.acts import Telling
from accordingto.reading.assembly import assemble
from accordingto.reading.document import document_of
from accordingto.reading.layers import Layers
from accordingto.reading.tables import ReadingTables
from accordingto.record import Act, Record

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
