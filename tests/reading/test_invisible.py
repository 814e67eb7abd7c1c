"""Characters that nobody sees change nothing that is read, and stay in what is quoted. All reports are invented."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto.integrity import violations
from accordingto.reading.invisible import seen
from accordingto.reading.reader import Reader
from accordingto.record import Quotation, Record
from accordingto.spans import Range

PLAIN = (
    "Kramatorsk officials said that 12 people were killed on Monday. The ministry said that the bridge was closed. "
    "“We will go,” Mayor Rosa Lima said. Police denied that they had fired."
)
SOFT, ZERO = "\u00ad", "\u200b"


def told(record: Record) -> list[tuple[str, ...]]:
    sources = {s.id: s for s in record.sources}
    names = {e.id: e.name for e in record.entities}
    return [
        (
            names.get(sources[c.source].entity or "") or seen(sources[c.source].description or "").text,
            c.act.value,
            *(seen(x.text).text for x in c.content),
        )
        for c in record.claims
    ]


@pytest.mark.parametrize(
    "hide",
    [
        lambda text: " ".join(w[:3] + SOFT + w[3:] if len(w) > 4 else w for w in text.split(" ")),
        lambda text: text.replace(" ", f" {ZERO}"),
        lambda text: text.replace(" ", f"{ZERO} "),
        lambda text: f"\ufeff\u200e{text}\u2060",
        lambda text: "\u200d".join(text),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(", ", ",\u202f").replace("12 ", "12\u2009"),
    ],
)
def test_a_report_tells_the_same_with_what_nobody_sees(reader: Reader, hide) -> None:
    text = hide(PLAIN)
    record, plain = reader.read(text), reader.read(PLAIN)
    assert told(record) == told(plain)
    assert len(told(plain)) == 4
    assert [e.name for e in record.entities] == [e.name for e in plain.entities]
    assert [(f.low, f.high) for f in record.figures] == [(f.low, f.high) for f in plain.figures]
    assert record.document.text == text
    assert violations(record) == ()


def test_what_is_quoted_keeps_its_characters(reader: Reader) -> None:
    record = reader.read(f"Police de{SOFT}nied that they had fi{SOFT}red.")
    (claim,) = record.claims
    assert claim.cue is not None
    assert claim.cue.text == f"de{SOFT}nied"
    assert claim.content[0].text == f"that they had fi{SOFT}red"


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2009"])
def test_days_and_amounts_are_read_whatever_blank_is_in_them(reader: Reader, blank: str) -> None:
    text = "At least 12 000 people fled on 5 March, and $2 million was lost, Mr. Hamid Tolba said."
    record = reader.read(text.replace(" ", blank), published=date(2031, 3, 7))
    plain = reader.read(text, published=date(2031, 3, 7))
    assert [t.value for t in record.times] == ["2031-03-05"]
    assert {f.best for f in record.figures} == {12_000, 2_000_000}
    assert told(record) == told(plain)
    assert all(f.span.text == text[f.span.start : f.span.end].replace(" ", blank) for f in record.figures)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028"])
def test_line_ends_of_other_systems_change_nothing(reader: Reader, end: str) -> None:
    text = (
        "Two Die in Beni Blast\n\nBENI, Congo, March 6 — A bomb exploded at a church in Beni on Tuesday, "
        "killing two, the mayor, Nyonyi Kalume, said.\n\nCasualties:\n- two killed\n- six wounded\n\n"
        "“We heard it,” she said.\n\nThe army denied that it was to blame."
    )
    record, plain = reader.read(text.replace("\n", end)), reader.read(text)
    assert told(record) == told(plain)
    assert record.document.text == text.replace("\n", end)
    for kind in ("entities", "events", "figures", "times", "places"):
        assert len(getattr(record, kind)) == len(getattr(plain, kind))
    assert [p.kind for p in record.document.parts] == [p.kind for p in plain.document.parts]
    assert violations(record) == ()


@pytest.mark.parametrize("text", ["👩‍🚒 came", "❤️‍🔥", "می‌خواهم", "क्‍ष", "Ana’s naïve résumé", ""])
def test_scripts_and_emoji_keep_their_joiners(text: str) -> None:
    assert seen(text).text == text


@given(st.text(alphabet="ab \r\n\u2028\u00a0\u00ad\u200b\u200d\ufeff“", max_size=40), st.data())
def test_every_stretch_finds_its_way_there_and_back(text: str, data: st.DataObject) -> None:
    shown = seen(text)
    start = data.draw(st.integers(0, len(shown.text)))
    end = data.draw(st.integers(start, len(shown.text)))
    given_at = shown.as_given(Range(start, end))
    assert seen(text[slice(*given_at)]).text == shown.text[start:end]
    if start < end:
        assert shown.of_given(given_at) == Range(start, end)
        assert seen(text[given_at.start]).text == shown.text[start]


def test_quotation_marks_that_stand_the_wrong_way_round_are_read_as_meant(reader: Reader) -> None:
    text = "”We will answer every attack,“ Musa Bello said in Kano. ”Nobody will be spared.“"
    record = reader.read(text)
    (claim,) = record.claims
    assert [c.text for c in claim.content] == ["We will answer every attack,", "Nobody will be spared."]
    assert record.document.text == text


def test_quotation_marks_that_stand_right_stay() -> None:
    for text in (
        "“We will go,” she said.",
        "Ein „Haus“ am See, sagte er, und „mehr“.",
        "The so-called ”zone” was shut.",
    ):
        assert seen(text).text == text


@pytest.mark.parametrize(("opens", "closes"), [("``", "''"), ("''", "''"), ("‘‘", "’’")])
def test_marks_typed_as_two_are_quotation_marks(reader: Reader, opens: str, closes: str) -> None:
    plain = (
        "“We will answer every attack,” Musa Bello said in Kano. “Nobody will be spared. It's a 'red' line.”"
    )
    text = plain.replace("“", opens).replace("”", closes)
    record = reader.read(text)
    assert told(record) == told(reader.read(plain))
    (claim,) = record.claims
    assert claim.quotation is Quotation.DIRECT
    assert [c.text for c in claim.content] == [
        "We will answer every attack,",
        "Nobody will be spared. It's a 'red' line.",
    ]
    assert violations(record) == ()


def test_marks_typed_as_two_keep_both_characters_in_a_content_that_holds_them(reader: Reader) -> None:
    record = reader.read("Mayor Rosa Lima said that the ''new'' bridge was ''unsafe.''")
    (claim,) = record.claims
    assert claim.content[0].text == "that the ''new'' bridge was ''unsafe.''"
    assert claim.quotation is Quotation.MIXED


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("''He shouted 'stop,''' Lima said.", "“He shouted 'stop,'” Lima said."),
        ("A ''6'2'' man'' fled.", "A “6'2'' man” fled."),
        ("The value was '' or x''.", "The value was '' or x''."),
        ("The soldiers'' boots were new.", "The soldiers'' boots were new."),
    ],
)
def test_marks_typed_as_two_are_known_by_where_they_stand(text: str, shown: str) -> None:
    assert seen(text).text == shown


@given(st.text(alphabet="ab `'‘’ \u00ad", max_size=30), st.data())
def test_stretches_with_marks_typed_as_two_find_their_way_back(text: str, data: st.DataObject) -> None:
    shown = seen(text)
    start = data.draw(st.integers(0, len(shown.text)))
    at = Range(start, data.draw(st.integers(start, len(shown.text))))
    if at.start < at.end:
        assert shown.of_given(shown.as_given(at)) == at
