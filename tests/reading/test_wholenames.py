"""Names that the network cuts in two."""

from __future__ import annotations

import pytest

from accordingto.reading.layers import Layers, Name
from accordingto.reading.lexicon import Lexicon
from accordingto.reading.reader import Reader
from accordingto.reading.wholenames import with_whole_names
from accordingto.record import EntityKind
from accordingto.spans import Range

LEXICON = Lexicon.load()


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Guards blamed Islamic State in the Greater Sahara for it.", "Islamic State in the Greater Sahara"),
        ("Police said al-Qaeda in the Islamic Maghreb had left.", "al-Qaeda in the Islamic Maghreb"),
        ("Guards blamed Islamic State in Kutum for it.", "Kutum"),
        ("Guards met the Lake Front in the Greater Sahara.", "Greater Sahara"),
    ],
)
def test_a_body_that_a_table_knows_by_a_name_with_a_place(text: str, whole: str) -> None:
    last = " ".join(whole.split()[-2:]) if "Islamic Maghreb" in whole or "Sahara" in whole else whole
    at = Range(text.index(last), text.index(last) + len(last))
    layers = Layers(
        words=(), sentences=(), paragraphs=(), names=(Name(at, "Location", 1.0),), attributions=()
    )
    found = with_whole_names(text, layers, lambda name: False, LEXICON)
    assert [(text[slice(*n.at)], n.label == "Organization") for n in found.names] == [(whole, whole != last)]


def test_such_a_body_is_no_place_of_a_deed(reader: Reader) -> None:
    record = reader.read("Soldiers blamed Islamic State in the Greater Sahara for the abduction of a nurse.")
    assert [p.name for p in record.places] == []
    assert [e.name for e in record.entities if e.kind is EntityKind.ORGANIZATION] == [
        "Islamic State in the Greater Sahara"
    ]
    assert all(v.place is None for v in record.events)


def test_the_letters_of_a_currency_are_no_name() -> None:
    text = "The US gave Kutum US$5 million."
    names = tuple(Name(Range(a, a + 2), "Location", 1.0) for a in (4, 18))
    assert [text[slice(*n.at)] for n in names] == ["US", "US"]
    layers = Layers(words=(), sentences=(), paragraphs=(), names=names, attributions=())
    found = with_whole_names(text, layers, lambda name: False, LEXICON)
    assert [n.at for n in found.names] == [names[0].at]
