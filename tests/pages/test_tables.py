"""Tables of the terminal."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from rich.console import Console, RenderableType

from accordingto.ledger.commitments import Commitment, Occasion
from accordingto.ledger.contest import FieldState, FieldValue, State
from accordingto.ledger.grading import Grading
from accordingto.ledger.incidents import Incident
from accordingto.ledger.lists import ContestedField
from accordingto.ledger.queries import ClaimRow, SourceRow
from accordingto.ledger.tolls import Toll, TollEntry
from accordingto.ledger.voices import Voice
from accordingto.pages.incident import page, title
from accordingto.pages.lists import claim_table
from accordingto.pages.tables import (
    bounds,
    commitment_table,
    contested_table,
    incident_table,
    source_table,
    toll_table,
)
from accordingto.record import Act, Claim, Quotation, SourceKind
from accordingto.spans import Span
from accordingto.web.words import bounds_words


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (None, None, None, "–"),
        (4, 4, 4, "4"),
        (4, 6, 9, "4–9 (best 6)"),
        (41, 40, None, "41 or more"),
        (None, 9, 9, "9 or fewer"),
        (None, 1200, None, "1,200"),
    ],
)
def test_bounds_in_words(low: int | None, best: int | None, high: int | None, words: str) -> None:
    assert bounds(FieldState(State.SINGLE, (), low, best, high)) == words
    assert (bounds_words(low, best, high) or "–") == words  # the desk says the same


W = "[they] shut [/x] [red]"


def told(value: str, by: str = W) -> FieldValue:
    return FieldValue(value, "asserts", by, "person", None, W, W, Span(0, len(W), W))


def an_incident(*values: FieldValue) -> Incident:
    fields = {"killed": FieldState(State.UNKNOWN), "where": FieldState(State.CONTESTED, values)}
    grading = Grading(W, (W,))
    return Incident("I1", W, W, None, None, None, (W,), 1, (), State.CONTESTED, grading, "machine", fields)


def a_claim() -> ClaimRow:
    at = Span(0, len(W), W)
    claim = Claim("C1", "S1", at, at, (at,), Quotation.INDIRECT, Act.ASSERT)
    source = SourceRow("S1", "V1", W, SourceKind.PERSON, True, None)
    return ClaimRow(W, W, W, None, source, W, "assert", W, claim)


ENTRY = TollEntry(W, None, 4, None, W, (W,), W, None)
MANY = [told(f"{W} {n}") for n in range(5)]


@pytest.mark.parametrize(
    ("made", "times"),
    [
        (lambda: claim_table([a_claim()]), 4),  # outlet, title, who, what
        (lambda: incident_table([an_incident()]), 2),
        (
            lambda: contested_table(
                [ContestedField("I1", W, W, State.CONTESTED, None, FieldState(State.CONTESTED, (told(W),)))]
            ),
            4,  # title, field, value, who
        ),
        (lambda: toll_table([Toll("T1", W, W, W, None, W, (ENTRY,))]), 8),
        (lambda: commitment_table([Commitment("K1", W, W, W, W, W, (Occasion(W, W, "C1"),), W)]), 7),
        (lambda: source_table([Voice("V1", W, None, W, True, None, None, {W: 1}, {}, (W,), {W: 1}, (W,), None, None)]), 5),
        (lambda: page(an_incident(told(W)), (), ()), 9),  # title, type, grade, reason, value; who, words, report, claim
        (lambda: page(an_incident(*MANY), (), ()), 29),
    ],
)  # fmt: skip
def test_brackets_in_a_reports_words_are_words(made: Callable[[], RenderableType], times: int) -> None:
    out = io.StringIO()
    Console(file=out, width=2000, highlight=False, emoji=False).print(made())
    assert out.getvalue().count(W) == times


def test_an_incidents_counts_are_written_out() -> None:
    open_ended = FieldState(State.SINGLE, (), 1_234_567, 1_250_000, None)
    assert title("killed", open_ended).plain.endswith("1,234,567 or more, best 1,250,000")
    assert title("killed", FieldState(State.SINGLE, (), 4, 6, 9)).plain.endswith("  4–9 (best 6)")
