"""The labelled claims: what the table holds."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from training import marked, snippets
from training.labels import FILE, FURTHER, PLACES, SINGLE, WHOLE, read

from accordingto.reading.acts import NO_CLAIM, WRONG
from accordingto.record import Act


@pytest.mark.parametrize(("file", "least"), [(FILE, 600), (FURTHER, 200)])
def test_rows_are_claims_with_acts_in_the_order_of_the_text(file: Path, least: int) -> None:
    labelled = read(file)
    assert len(labelled) > least
    for rows in labelled.values():
        begins = [min(r.start for r in (x.source, x.cue, *x.content) if r) for x in rows]
        assert all(a <= b for a, b in pairwise(begins))
        for x in rows:
            assert x.act in {*Act, NO_CLAIM, WRONG}
            assert x.content
            assert all(r.start < r.end for r in (x.source, x.cue, x.who, *x.content) if r)
            assert x.found or x.act not in (NO_CLAIM, WRONG)


def test_no_article_that_is_measured_with_is_labelled() -> None:
    _, held = marked.parts(marked.read())
    assert not held & set(read())
    with PLACES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) > 6000
    assert not held & {r["article"] for r in rows}
    assert all(int(r["start"]) < int(r["end"]) and r["place"] in "01" for r in rows)


def test_further_claims_are_of_articles_that_are_not_labelled_yet() -> None:
    labelled, whole, single = read(), read(WHOLE), read(SINGLE)
    _, held = marked.parts(marked.read())
    assert len(whole) > 200
    assert len(single) > 200
    assert not set(labelled) & (set(whole) | set(single))
    assert not set(whole) & set(single)
    assert not held & (set(whole) | set(single))
    for rows in (whole, single):
        for mine in rows.values():
            assert all(x.cue and x.content and x.act in {*Act, NO_CLAIM} for x in mine)
            assert len(set(mine)) == len(mine)


def test_claims_of_our_own_reports_lie_in_those_that_are_not_held_out() -> None:
    further = read(FURTHER)
    _, held = marked.parts(marked.read())
    assert not set(further) & (held | set(read()))
    own = dict(snippets.lines())
    measured = set(list(own)[::10])  # as `snippets.parts` parts them
    mine = set(further) & set(own)
    assert len(mine) > 100
    assert not mine & measured
    for id in mine:
        text, _ = snippets.unmarked(own[id])
        assert all(c.end <= len(text) for r in further[id] for c in (*r.content, r.cue, r.source, r.who) if c)
