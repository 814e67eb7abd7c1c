"""Tables of the terminal."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from rich.console import Console, RenderableType

from accordingto.ledger.commitments import Commitment, Occasion
from accordingto.ledger.contest import FieldState, FieldValue, State
from accordingto.ledger.grading import Grading
from accordingto.ledger.history import Past
from accordingto.ledger.incidents import Incident
from accordingto.ledger.lists import ContestedField
from accordingto.ledger.queries import ClaimRow, SourceRow
from accordingto.ledger.tolls import Toll, TollEntry
from accordingto.ledger.voices import Voice
from accordingto.ledger.wording import bounds_words
from accordingto.pages.incident import judgement, page, title
from accordingto.pages.lists import claim_table
from accordingto.pages.tables import (
    bounds,
    commitment_table,
    contested_table,
    grouped,
    incident_table,
    short_names,
    source_table,
    toll_table,
)
from accordingto.record import Act, Claim, Quotation, SourceKind
from accordingto.spans import Span


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
    assert (bounds_words(low, best, high) or "–") == words


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


def test_files_are_called_by_the_end_of_their_path_that_no_other_has() -> None:
    assert short_names(["/in/a/one.txt", "/in/b/one.txt", "/in/b/two.txt", "wire 7", "a/b", "three.txt"]) == {
        "/in/a/one.txt": "a/one.txt",
        "/in/b/one.txt": "b/one.txt",
        "/in/b/two.txt": "two.txt",
        "wire 7": "wire 7",
        "a/b": "a/b",
        "three.txt": "three.txt",
    }
    assert short_names(["/a.txt", "/in/a.txt"]) == {"/a.txt": "/a.txt", "/in/a.txt": "in/a.txt"}


def test_an_incidents_counts_are_written_out() -> None:
    open_ended = FieldState(State.SINGLE, (), 1_234_567, 1_250_000, None)
    assert title("killed", open_ended).plain.endswith("1,234,567 or more, best 1,250,000")
    assert title("killed", FieldState(State.SINGLE, (), 4, 6, 9)).plain.endswith("  4–9 (best 6)")


def lines_of(made: RenderableType, width: int) -> str:
    out = io.StringIO()
    Console(file=out, width=width, highlight=False, emoji=False).print(made)
    return out.getvalue()


LONG = "Governmental prisoners of yesterday's bombardment"


def listed() -> list[RenderableType]:
    """A row of each list with the long words that such lists have."""
    killed = FieldState(State.CONTESTED, (), 12, 15, 1_215)
    graded = Grading("discounted", ())
    i = Incident(
        "I0123456789abcdef",
        "strike",
        LONG,
        None,
        None,
        None,
        ("a", "b"),
        1,
        (),
        State.SINGLE,
        graded,
        "second-reviewed",
        {"killed": killed},
    )
    clash = FieldState(
        State.CONTESTED,
        (told("prisoners", "the provisional government"), told("a confirmed bombardment", "spokeswoman")),
    )
    voice = Voice(
        "V1",
        "the provisional government",
        None,
        "organization",
        True,
        None,
        None,
        {"assert": 11, "uncertain": 2},
        {},
        ("a",),
        {"Continental Correspondent": 1},
        ("unauthorized personnel",),
        None,
        None,
    )
    entry = TollEntry(
        "2031-03-04", None, 40_000, None, "more than", ("unconfirmed independently",), "a.txt", None
    )
    promised = Commitment(
        "K1",
        "promise",
        "the provisional government",
        "negotiators",
        LONG,
        None,
        (Occasion("2031-03", "a", "C1"),),
        "broken",
    )
    return [
        incident_table([i]),
        contested_table([ContestedField("I1", LONG, "use_of_site", State.CONTESTED, None, clash)]),
        source_table([voice]),
        toll_table([Toll("T1", "the provisional government", "killed", "Palestinians", None, None, (entry,))]),
        commitment_table([promised]),
    ]  # fmt: skip


@pytest.mark.parametrize("width", [80, 100, 120])
@pytest.mark.parametrize("number", range(5))
def test_no_list_breaks_a_word(number: int, width: int) -> None:
    whole = lines_of(listed()[number], 400).split()
    shown = lines_of(listed()[number], width)
    assert all(len(line) <= width for line in shown.splitlines())
    assert set(shown.split()) - {w for w in shown.split() if set(w) == {"─"}} <= set(whole)


@pytest.mark.parametrize("width", [20, 30, 35, 40, 45, 60])
@pytest.mark.parametrize("number", range(5))
def test_a_narrow_terminal_shows_every_title_and_value_in_whole_words(number: int, width: int) -> None:
    shown = lines_of(listed()[number], width)
    assert all(len(line) <= width for line in shown.splitlines())
    words = LONG if number in (0, 1, 4) else "the provisional government"
    more = ("I01234567 12–1,215", "prisoners bombardment spokeswoman", "assert 11", "40,000 killed", "broken")
    assert {w for w in f"{words} {more[number]}".split() if len(w) <= width} <= set(
        re.sub(r"[;,()]", "", shown).split() + shown.split()
    )
    assert len(shown.splitlines()) <= 25


def test_a_narrow_list_tells_rows_apart_and_keeps_rival_values_together() -> None:
    rows = lines_of(incident_table([an_incident(), an_incident()]), 30).split("\n\n")
    assert [r.count("incident: ") for r in rows] == [1, 1, 0]
    clash = FieldState(State.CONTESTED, (told("1", "the mayor"), told("2", "a spokeswoman")))
    shown = lines_of(
        contested_table([ContestedField("I1", LONG, "killed", State.CONTESTED, None, clash)]), 30
    )
    assert "value: 1\nwho: the mayor\nvalue: 2\nwho: a spokeswoman\n" in shown


def test_what_weighs_least_gives_way_at_narrow_widths() -> None:
    assert "grading" in lines_of(listed()[0], 120)
    narrow = lines_of(listed()[0], 60)
    assert "killed" in narrow
    assert "reports" not in narrow


def test_a_promise_of_a_month_or_a_week_is_worded_so() -> None:
    made = [Commitment("K1", "promise", "A", None, "go", None, (Occasion(d, "a", "C1"),)) for d in ("2031-02", "2031-W45", "2031-02-03", None)]  # fmt: skip
    shown = lines_of(commitment_table(made), 200)
    assert all(w in shown for w in ("February 2031", "3–9 November 2031", "2031-02-03", "no date"))


CHILDREN = FieldState(
    State.CONTESTED,
    (
        FieldValue(12, "asserts", "the mayor", "person", None, "a", "C1", None),
        FieldValue(15, "asserts", "a spokesman", "anonymous", None, "a", "C2", None),
        FieldValue(4, "asserts", "a spokesman", "anonymous", None, "a", "C2", None, part="children"),
    ),
    12,
    15,
    15,
)


def test_a_count_of_children_is_shown_as_one() -> None:
    i = Incident("I1", "raid", "Raid", None, None, None, ("a",), 1, (), State.CONTESTED, Grading("weak", ()), "machine", {"killed": CHILDREN})  # fmt: skip
    assert "4 (children)" in lines_of(page(i, (), ()), 120)


def test_days_that_are_a_month_or_a_year_are_shown_as_one() -> None:
    when = FieldState(
        State.SINGLE,
        tuple(
            FieldValue(a, "asserts", W, "person", None, "a", "C1", None, end=b)
            for a, b in (("2031-05-01", "2031-05-31"), ("2030-01-01", "2030-12-31"), ("2031-03-03", "2031-03-09"), ("2031-06-02", None))
        ),
    )  # fmt: skip
    i = Incident("I1", "raid", "Raid", None, None, None, ("a",), 1, (), State.SINGLE, Grading("weak", ()), "machine", {"killed": CHILDREN, "when": when})  # fmt: skip
    shown = lines_of(page(i, (), ()), 200)
    assert all(w in shown for w in ("May 2031", " 2030 ", "3–9 March 2031", "2031-06-02"))
    assert "2031-05-01" not in shown


GAS = FieldState(
    State.CONTESTED,
    (
        told("tear gas", "the mayor"),
        told("Tear Gas", "the police"),
        FieldValue("the tear gas", "denies", "a spokesman", "person", None, "a", "C2", None),
    ),
)


def test_two_spellings_of_one_value_stand_together() -> None:
    assert grouped(GAS) == [("tear gas", ["the mayor", "the police", "a spokesman (denies it)"])]
    i = Incident("I1", "raid", "Raid", None, None, None, ("a",), 1, (), State.CONTESTED, Grading("weak", ()), "machine", {"instrument": GAS})  # fmt: skip
    assert "Tear Gas" not in lines_of(page(i, (), ()), 120)
    counts = FieldState(State.CONTESTED, (told("1,200"), told("1–200"), told("1 200")))
    assert [value for value, _ in grouped(counts)] == ["1,200", "1–200", "1 200"]


@pytest.mark.parametrize(
    ("reports", "origins", "words"),
    [
        (("a",), 1, "1 report · "),
        (("a", "b"), 2, "2 reports · "),
        (("a", "b", "c"), 2, "3 reports, 2 of their own · "),
        (("a",), 0, "1 report, 0 of its own · "),
    ],
)
def test_reports_are_counted_in_words(reports: tuple[str, ...], origins: int, words: str) -> None:
    fields = {"use_of_site": FieldState(State.UNKNOWN)}
    i = Incident("I1", "raid", "Raid", None, None, None, reports, origins, (), State.SINGLE, Grading("weak", ()), "machine", fields)  # fmt: skip
    shown = lines_of(page(i, (), ()), 120)
    assert f"\n{words}" in shown
    assert "Nothing is said of: use of site." in shown


def test_a_judgement_without_a_value_has_no_gap() -> None:
    past = Past("J1", "reject", "Ana", "no such raid", "2031-03-05T10:00", False)
    assert "Ana: reject – no such raid" in judgement(past).plain
