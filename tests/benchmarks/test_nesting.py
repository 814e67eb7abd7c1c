"""Claims inside claims, counted."""

from __future__ import annotations

from benchmarks.nesting import annotated, counted, inside, recorded, row

from accordingto.record import Act, Claim, Document, Quotation, Record
from accordingto.spans import Range, span

TEXT = "The mayor said the dockers demanded a new bridge."


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


OUTER = (at("said"), (at("the dockers demanded a new bridge"),))
INNER = (at("demanded"), (at("a new bridge"),))


def test_what_stands_in_another_is_inside_and_no_claim_is_in_itself() -> None:
    assert inside([OUTER, INNER]) == [INNER]
    assert inside([OUTER]) == []


def test_a_bare_quotation_holds_claims_and_is_none() -> None:
    bare = {"cue": None, "content": [list(OUTER[1][0])]}
    held = {"cue": list(INNER[0]), "content": [list(INNER[1][0])]}
    assert annotated([bare, held]) == [INNER]


def test_a_claim_is_right_by_its_cue_and_half_of_its_content_once() -> None:
    short = (INNER[0], (at("bridge"),))
    other = (at("mayor"), INNER[1])
    assert counted([INNER], [INNER, INNER]) == (1, 2, 1)
    assert counted([INNER], [short]) == (1, 1, 1)
    assert counted([INNER], [(INNER[0], (at("new"),))]) == (1, 1, 0)
    assert counted([INNER], [other]) == (1, 1, 0)


def test_records_are_moved_to_the_text_that_was_annotated() -> None:
    parts = [
        Claim(
            id=f"C{n}",
            source="S1",
            source_span=None,
            cue=span(TEXT, Range(*cue)),
            content=tuple(span(TEXT, Range(*c)) for c in content),
            quotation=Quotation.INDIRECT,
            act=Act.ASSERT,
        )
        for n, (cue, content) in enumerate((OUTER, INNER), 1)
    ]
    record = Record(document=Document("d", TEXT), claims=tuple(parts))
    assert recorded(record, 0) == [INNER]
    assert recorded(record, 5) == [
        ((INNER[0][0] + 5, INNER[0][1] + 5), ((INNER[1][0][0] + 5, INNER[1][0][1] + 5),))
    ]


def test_counts_are_pooled() -> None:
    assert row([(2, 1, 1), (2, 3, 1)]) == {"P": 50.0, "R": 50.0, "F1": 50.0, "gold": 4, "pred": 4}
    assert row([(2, 0, 0)])["F1"] == 0.0
