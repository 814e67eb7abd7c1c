from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from accordingto import hooks
from accordingto.errors import FatalError, ReportError
from accordingto.intake.report import RawReport, checked
from accordingto.intake.sources import from_bytes

BODY = "The mayor said that the bridge would be closed for a week."
WHOLE = RawReport("a", BODY, BODY.encode(), "text/plain")


@pytest.mark.parametrize("field", ["id", "text", "title", "outlet", "url", "author"])
def test_a_nul_written_as_an_escape_fails_its_report_by_name_and_no_other(field: str) -> None:
    lines = [json.dumps({"id": x, "text": BODY}) for x in "abc"]
    lines[1] = json.dumps({"id": "b", "text": BODY} | {field: "Lake\x00side"})
    first, bad, last = from_bytes("\n".join(lines).encode(), "f", format="jsonl")
    assert (first.name, last.name) == ("a", "c")
    assert isinstance(bad, ReportError)
    assert bad.name == ("f#2" if field == "id" else "b")
    assert "NUL" in bad.reason
    assert field in bad.reason


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": "\ud83d"}, "half"),
        ({"outlet": ["x"]}, "outlet"),
        ({"text": None}, "text"),
        ({"text": b"bytes"}, "text"),
        ({"published": "2031-03-07"}, "published"),
        ({"original": "letters"}, "original"),
    ],
)
def test_a_report_that_can_not_be_kept_is_named_with_its_reason(change: dict[str, Any], told: str) -> None:
    bad = checked(replace(WHOLE, **change), "f")
    assert isinstance(bad, ReportError)
    assert bad.name == "a"
    assert told in bad.reason


def test_a_failure_can_always_be_written_down() -> None:
    bad = checked(ReportError("a\x00", "half a letter: \ud83d"), "f")
    assert isinstance(bad, ReportError)
    assert bad.name == "f"
    assert str(bad).encode().isascii() is False
    assert checked(WHOLE, "f") is WHOLE


def odd(*_: object) -> list[Any]:
    return [BODY, WHOLE, 7]


def breaking(*_: object) -> Any:
    raise KeyError("headline")


def half_way(*_: object) -> Iterator[RawReport]:
    yield WHOLE
    raise ValueError("no such page")


def stopping(*_: object) -> Any:
    raise FatalError("no licence")


@pytest.mark.parametrize(
    ("intake", "good", "told"),
    [
        (odd, 1, ["str", "int"]),
        (breaking, 0, ["'boom' failed (KeyError"]),
        (half_way, 1, ["no such page"]),
        (lambda *_: BODY, 0, ["str"]),
        (lambda *_: None, 0, ["'boom' failed"]),
        (lambda *_: [], 0, ["no report"]),
    ],
)
def test_what_an_intake_does_wrong_is_a_failure_of_its_file(
    intake: Callable[..., Any], good: int, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "load", lambda *_: intake)
    found = from_bytes(b"x", "f", format="boom")
    failed = [x for x in found if isinstance(x, ReportError)]
    assert len(found) - len(failed) == good
    assert [x.name for x in failed] == ["f"] * len(told)
    assert all(words in x.reason for words, x in zip(told, failed, strict=True))


def test_an_intake_may_stop_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "load", lambda *_: stopping)
    with pytest.raises(FatalError, match="licence"):
        from_bytes(b"x", "f", format="boom")
