from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.web import stage

from accordingto.errors import FatalError
from accordingto.ledger.session import Ledger
from accordingto.web import jobs
from accordingto.web.desk import Options
from accordingto.web.formviews import JobPage
from accordingto.web.processes import listen, run, share, start

PATIENCE_S = 120


def served(*command: str) -> tuple[subprocess.Popen[str], str]:
    """`accordingto serve` in a process of its own, and where it is open."""
    code = "import sys; sys.path[:] = eval(sys.argv.pop(1)); from accordingto.cli.main import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, repr(sys.path), "serve", *command], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    at = re.search(r"http://\S+/", process.stdout.readline())
    assert at
    return process, at[0]


@pytest.fixture
def two(book: Ledger, filled: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    path = str(book.engine.url.database)
    process, at = served(path, "--port", str(port), "--workers", "2")
    yield process, at
    process.terminate()
    process.communicate(timeout=PATIENCE_S)


def children(process: subprocess.Popen[str]) -> set[int]:
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii")
    return {int(n) for n in found.split()}


def until(true) -> None:  # type: ignore[no-untyped-def]
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks /proc for children")
def test_two_processes_share_forms_and_jobs_and_are_replaced(two: tuple[subprocess.Popen[str], str]) -> None:
    process, at = two
    until(lambda: len(children(process)) == 2)
    visit = {"visit": "one"}

    def ask(path: str) -> httpx.Response:  # a connection of its own each time, so that both processes answer
        return httpx.get(f"{at}{path}", cookies=visit, timeout=PATIENCE_S)

    assert ask("about").status_code == 200
    tokens = {re.search(r'name="?csrf"? value="([^"]+)"', ask("add").text)[1] for _ in range(4)}  # type: ignore[index]
    for n, token in enumerate(tokens):
        form = {"csrf": token, "url": "http://10.0.0.1/x" if n else "http://192.168.0.1/"}
        sent = httpx.post(f"{at}add/url", data=form, cookies=visit, timeout=PATIENCE_S)
        assert sent.status_code == 303, sent.text[:300]
        until(lambda where=sent.headers["location"]: ask(f"{where[1:]}.json").json()["finished"])
        assert all(ask(f"{sent.headers['location'][1:]}.json").json()["failed"] == 1 for _ in range(6))
    first = children(process)
    victim = min(first)
    subprocess.run(["kill", "-9", str(victim)], check=True)
    until(lambda: len(children(process) - {victim}) == 2)
    assert ask("about").status_code == 200
    process.terminate()
    assert process.wait(PATIENCE_S) == 0


def test_what_a_closed_desk_had_not_done_has_failed(book: Ledger) -> None:
    page = JobPage("j1", "/add/jobs/j1", "Pasted", "reading", False, 1, 3, 1, 0, 0, "2031-03-07T00:00:00", ())
    jobs.keep(book, page, new=True)
    jobs.end_unfinished(book)
    found = jobs.kept(book, "j1")
    assert found
    assert (found.stage, found.finished, found.entered) == ("failed", True, 1)
    assert "The desk ended" in (found.failure or "")


def test_the_oldest_finished_jobs_are_forgotten(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "KEPT", 2)
    for n in range(5):
        page = JobPage(f"j{n}", "", "x", "done", n != 0, 1, 1, 1, 0, 0, "2031-03-07T00:00:00", ())
        jobs.keep(book, page, new=True)
    with book.begin() as connection:
        held = sorted(connection.scalars(jobs.select(jobs.tables.jobs.c.id)))
    assert held == ["j0", "j3", "j4"]  # the unfinished one stays
    assert [p.id for p in jobs.recent(book)] == ["j4", "j3"]


def test_each_process_has_its_share_of_the_limits() -> None:
    one = share(Options(reads_rate="1200/minute", signin_rate="5/minute", idle_s=7), 2)
    assert (one.reads_rate, one.signin_rate, one.idle_s) == ("600/minute", "3/minute", 7)


def test_a_taken_port_is_told() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(FatalError, match="another --port"):
        listen("127.0.0.1", taken.getsockname()[1])


def test_a_process_that_ends_at_once_ends_the_desk(tmp_path: Path) -> None:
    (tmp_path / "no.db").write_text("no ledger at all, only words\n" * 100, encoding="utf-8")
    with listen("127.0.0.1", 0) as at, pytest.raises(FatalError, match="before it served"):
        run(str(tmp_path / "no.db"), Options(), at, 1)


def test_a_process_ends_with_its_input(book: Ledger) -> None:
    from accordingto.web.processes import Task

    with listen("127.0.0.1", 0) as at:
        port = at.getsockname()[1]
        process = start(Task(str(book.engine.url.database), stage.MANY, b"x" * 32, at.fileno()))
        answer = httpx.get(f"http://127.0.0.1:{port}/about", timeout=PATIENCE_S)
        assert answer.status_code == 200
        assert answer.headers["server-timing"].startswith("desk;dur=")
        process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 0
