"""Fixed-width copy and copy in capitals: read as prose, offsets kept. All reports are invented."""

from accordingto.integrity import violations
from accordingto.reading.layers import Layers, Name
from accordingto.reading.reader import Reader
from accordingto.reading.wirecopy import as_given, flowing, in_capitals, recased
from accordingto.record import EntityKind, Measure
from accordingto.spans import Range

CAPITALS = """TEGUCIGALPA, 4 MAY 2031 (INVENTED) -- GUNMEN ATTACKED THE OFFICES OF
THE NORTHERN COFFEE BOARD IN EL PROGRESO ON MONDAY AND WOUNDED SIX
GUARDS, POLICE SPOKESMAN CARLOS ZELAYA SAID.

   ZELAYA SAID THAT THE ATTACKERS FLED IN A TRUCK. NO GROUP CLAIMED
RESPONSIBILITY FOR THE ATTACK, WHICH WAS THE SECOND THIS MONTH.
ARGENTINA'S EMBASSY HAS ASKED FOR AN INQUIRY.
"""


def test_breaks_of_a_fixed_width_are_joined_and_offsets_hold():
    text = flowing(CAPITALS)
    assert len(text) == len(CAPITALS)
    assert "OFFICES OF THE NORTHERN COFFEE" in text
    assert "SAID.\n\n   ZELAYA" in text  # paragraphs stay


def test_lines_that_are_paragraphs_stay():
    text = "Shells hit the port\n" + "A short first paragraph.\n" * 3 + "Word " * 60 + "\n" + "Word " * 30
    assert flowing(text) == text


def test_a_list_of_short_lines_stays():
    text = (
        "Killed\nWounded\nMissing\nDisplaced by the flood in the northern districts of the town\nDetained\n"
    )
    assert flowing(text) == text


def test_only_whole_texts_in_capitals_are_such():
    assert in_capitals(CAPITALS)
    assert not in_capitals("Shells hit the PORT of Aden. " * 10)
    assert not in_capitals("UN")


def test_names_and_first_words_keep_their_capitals():
    text = "THE FMLN HELD THE BANK OF PERU IN ARGENTINA'S NORTH."
    at = lambda words: Range(text.index(words), text.index(words) + len(words))  # noqa: E731
    names = tuple(
        Name(at(w), label, 1.0)
        for w, label in (
            ("FMLN", "Organization"),
            ("BANK OF PERU", "Organization"),
            ("ARGENTINA'S", "Location"),
        )
    )
    layers = Layers((), (Range(0, len(text)),), (Range(0, len(text)),), names, ())
    assert recased(text, layers) == "The FMLN held the Bank of Peru in Argentina's north."


def test_arms_that_are_numbered_keep_their_capitals():
    text = "TROOPS SEIZED 14 M-16 RIFLES AND AN AK-47, AND THE G7 MET."
    whole = (Range(0, len(text)),)
    layers = Layers((), whole, whole, (), ())
    assert recased(text, layers) == "Troops seized 14 M-16 rifles and an AK-47, and the G7 met."


def test_numbered_arms_are_counted_and_not_measured(reader: Reader):
    text = f"{CAPITALS}\n\nTROOPS ALSO SEIZED 14 M-16 RIFLES NEAR THE BORDER."
    (rifles,) = (f for f in reader.read(text).figures if f.best == 14)
    assert (rifles.measure, rifles.unit) == (Measure.WEAPONS, "rifles")


def test_a_record_of_capitals_points_into_the_report_as_given(reader: Reader):
    record = reader.read(CAPITALS)
    assert record.document.text == CAPITALS
    assert violations(record) == ()
    assert any(e.name == "Carlos Zelaya" and e.kind is EntityKind.PERSON for e in record.entities)
    assert any("attack" in e.trigger.text.lower() for e in record.events)
    assert as_given(record, CAPITALS) == record
