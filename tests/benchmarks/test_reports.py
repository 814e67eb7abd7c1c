from __future__ import annotations

import json

import pytest
from benchmarks.reports import WHOLE
from training import marked

from accordingto.record import Act, Factuality, Measure, SourceKind

FILES = sorted(WHOLE.glob("*.json"))


def test_whole_reports_are_among_those_held_out_of_training() -> None:
    held = marked.parts(marked.read())[1]
    assert len(FILES) == 43
    assert {f.stem for f in FILES} <= held


@pytest.mark.parametrize("name", [f.stem for f in FILES])
def test_a_whole_report_is_in_itself_right(name: str) -> None:
    told = json.loads((WHOLE / f"{name}.json").read_text(encoding="utf-8"))
    ids = {c["id"] for c in told["claims"]}
    assert len(ids) == len(told["claims"]) > 0
    for c in told["claims"]:
        assert Act(c["act"])
        assert SourceKind(c["kind"])
        assert c["parent"] is None or c["parent"] in ids - {c["id"]}
        assert c["content"]
        assert all(a < b for a, b in (*c["content"], *filter(None, (c["cue"], c["source"]))))
    for e in told["events"]:
        assert Factuality(e["factuality"])
        assert set(e["claims"]) <= ids
        assert e["trigger"][0] < e["trigger"][1]
    for f in told["figures"]:
        assert Measure(f["measure"])
        assert set(f.get("claims") or []) <= ids
