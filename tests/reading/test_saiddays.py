"""Days that stand in a claim's sentence and date neither the saying nor what is said. All text is invented."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from accordingto.reading.reader import Reader
from accordingto.reading.saiddays import SaidDays
from accordingto.record import Act, Claim, Quotation
from accordingto.spans import Range, span


def place(text: str, words: str) -> Range:
    return Range(text.index(words), text.index(words) + len(words))


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "barred"),
    [
        ("Envoys sat Friday in Lam after Kor's decision to leave.", "Kor", "decision", "to leave", True),
        ("Ana Orth, elected in May, said men will leave.", "Ana Orth", "said", "men will leave", True),
        ("On Friday Kor made known its decision to leave.", "Kor", "decision", "to leave", False),
        ("Envoys sat in Lam after Kor's decision to leave on Friday.", "Kor", "decision", "to leave on Friday", False),
    ],
)  # fmt: skip
def test_a_day_of_another_clause_dates_nothing_that_is_said(
    text: str, source: str, cue: str, content: str, barred: bool
) -> None:
    day = place(text, "May" if "May" in text else "Friday")
    by, word, said = (span(text, place(text, w)) for w in (source, cue, content))
    told = Claim("C1", "S1", by, word, (said,), Quotation.INDIRECT, Act.ASSERT)
    days = SaidDays(text, [told], [Range(0, len(text))])
    assert days.bars(day, place(text, "leave")) is barred
    assert not days.bars(day, place(text, text.split()[0]))


def test_the_day_of_an_outer_claim_is_of_what_stands_in_it() -> None:
    text = "The army told on Friday that boats left, but guards refused to help."
    said = {w: span(text, place(text, w)) for w in ("The army", "told", "guards", "refused", "to help")}
    whole = span(text, place(text, "that boats left, but guards refused to help"))
    outer = Claim("C1", "S1", said["The army"], said["told"], (whole,), Quotation.INDIRECT, Act.ASSERT)
    inner = Claim("C2", "S2", said["guards"], said["refused"], (said["to help"],), Quotation.INDIRECT, Act.REFUSE)  # fmt: skip
    day, sentences = place(text, "Friday"), [Range(0, len(text))]
    nested = replace(inner, parent="C1")
    assert not SaidDays(text, [outer, nested], sentences).bars(day, said["refused"].range)
    assert SaidDays(text, [outer, inner], sentences).bars(day, said["refused"].range)
    more = span(text, place(text, "on Friday that boats left"))
    other = Claim("C3", "S1", said["The army"], said["told"], (more,), Quotation.INDIRECT, Act.ASSERT)
    assert not SaidDays(text, [other, inner], sentences).bars(day, said["refused"].range)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("The frigate was launched a month ago, and experts say it will hold sea trials soon.", None),
        ("The army will hold a missile test on Friday, officers said.", "2031-03-07"),
    ],
)
def test_what_is_planned_is_on_no_day_that_is_over(text: str, when: str | None, reader: Reader) -> None:
    record = reader.read(text, published=date(2031, 3, 5))
    times = {t.id: t.value for t in record.times}
    assert [times.get(e.time or "") for e in record.events if e.type == "weapons_test"] == [when]


def test_a_distance_from_a_deed_is_no_day_of_saying(reader: Reader) -> None:
    text = (
        "In a letter dated Feb. 12, 2012 — seven months before the raid — Karl Berg, head of the port, told Ana Ruiz that he would come.\n\n"
        "The raid on Sept. 11, 2012 killed four."
    )
    told = next(
        c for c in reader.read(text, published=date(2031, 3, 7)).claims if c.cue and "told" in c.cue.text
    )
    assert told.said_on is not None
    assert told.said_on.value == "2012-02-12"
