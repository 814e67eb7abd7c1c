"""A Ray cluster reads many reports; those with a real Ray run where it is installed (`.ci/run` does so)."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock
from types import ModuleType, SimpleNamespace
from typing import Any

import msgspec
import pytest

import accordingto
from accordingto.errors import FatalError, ReportError, UserError
from accordingto.intake.report import RawReport
from accordingto.reading.reader import Making, Reader, Reading
from accordingto.record import Record
from accordingto.running import cluster
from accordingto.running.cluster import Hired, absolute, crew, imported, join, knock
from accordingto.running.streaming import stream
from accordingto.running.tasks import Task


def report(number: int) -> RawReport:
    told = f"Police said that {number + 2} people were killed in Qelbin on Tuesday. The mayor denied it.\n"
    return RawReport(f"r{number}", told, told.encode(), "text/plain", published=date(2031, 5, 8))


def test_without_ray_it_says_how_to_get_it(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(
        UserError, match=r"'auto', but Ray isn't installed here .*pip install 'accordingto\[ray\]'"
    ):
        list(stream(reader, [report(n) for n in range(3)], processes=2, cluster="auto"))
    assert len(list(stream(reader, [report(0)], cluster="auto"))) == 1  # too few to ask anybody


def test_ray_tells_nobody_of_its_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.delenv("RAY_USAGE_STATS_ENABLED", raising=False)
    with pytest.raises(UserError):
        imported("auto")
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"


def closed_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@pytest.mark.parametrize("address", ["127.0.0.1:{}", "ray://127.0.0.1:{}", "[::1]:{}"])
def test_a_cluster_that_does_not_answer_is_told_at_once(address: str) -> None:
    never: Any = SimpleNamespace(exceptions=SimpleNamespace(RayError=RuntimeError))  # and has no `init`
    there = address.format(closed_port())
    with pytest.raises(
        FatalError, match=r"No Ray cluster answers at .*ACCORDINGTO_CLUSTER is HOST:6379"
    ) as told:
        join(never, there)
    assert there in str(told.value)


@pytest.mark.parametrize("address", ["", "here", "ray://there", "host:", ":6379", "host:port"])
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        knock(address)


def test_an_address_that_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        knock(f"ray://127.0.0.1:{server.getsockname()[1]}")
    knock("auto")
    knock("local")


def test_paths_are_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = absolute(Making("model", Reading(), None, "/data/places.sqlite"))
    assert told == Making(str(tmp_path / "model"), Reading(), None, "/data/places.sqlite")


@pytest.fixture(scope="module")
def ray() -> Iterator[ModuleType]:
    """A cluster of this machine alone, of two processors."""
    module = pytest.importorskip("ray")
    imported("local")
    module.init(
        address="local", num_cpus=2, include_dashboard=False, logging_level="ERROR", log_to_driver=False
    )
    yield module
    module.shutdown()


@pytest.fixture
def hired(ray: ModuleType, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> list[Hired]:
    """Those who are hired from now on."""
    made: list[Hired] = []
    init = Hired.__init__

    def noted(self: Hired, *given: Any) -> None:
        init(self, *given)
        made.append(self)

    monkeypatch.setattr(Hired, "__init__", noted)
    return made


def told(results: list[Record | ReportError]) -> list[object]:
    return [r.name if isinstance(r, ReportError) else r for r in results]


def test_a_cluster_reads_what_this_process_reads_in_the_same_order(
    hired: list[Hired], reader: Reader
) -> None:
    reports: list[RawReport | ReportError] = [report(n) for n in range(11)]
    reports.insert(5, ReportError("broken", "it is empty."))
    expected = told(list(reader.stream(reports)))
    assert told(list(stream(reader, reports, processes=9, cluster="local"))) == expected
    assert sum(isinstance(r, Record) and bool(r.claims) for r in expected) == 11
    assert [h.count for h in hired] == [2]  # the cluster has no more
    assert not hired[0]._working


def test_a_report_that_ends_its_reader_is_named_and_the_others_are_read(
    hired: list[Hired], ray: ModuleType, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = Hired.ask

    def deadly(self: Hired, message: bytes) -> bytes | None:
        task = msgspec.msgpack.decode(message, type=Task)
        if any(r.name == "r3" for r in task.reports):
            ask(self, msgspec.msgpack.encode(Task(task.making, [])))  # somebody is there
            os.kill(ray.get(next(iter(self._working)).process.remote()), signal.SIGKILL)
        return ask(self, message)

    monkeypatch.setattr(Hired, "ask", deadly)
    with crew("local", reader.making, reader.model, 1) as one:
        monkeypatch.setattr(cluster, "crew", lambda *_: Lent(one))
        results = list(stream(reader, [report(n) for n in range(9)], processes=2, cluster="local"))
    assert [i for i, r in enumerate(results) if isinstance(r, ReportError)] == [3]
    assert isinstance(results[3], ReportError)
    assert "ended before" in results[3].reason


class Lent:
    """A crew that somebody else lets go."""

    def __init__(self, hired: Hired) -> None:
        self.hired = hired

    def __enter__(self) -> Hired:
        return self.hired

    def __exit__(self, *_: object) -> None:
        return None


def test_machines_that_read_otherwise_stop_the_run(ray: ModuleType, reader: Reader) -> None:
    with crew("local", reader.making, "another-model-0123", 1) as one, pytest.raises(FatalError) as told:
        one.ask(b"")
    assert f"{reader.model}, this machine with" in str(told.value)
    assert "another-model-0123" in str(told.value)


def test_machines_that_cannot_read_stop_the_run(ray: ModuleType, reader: Reader, tmp_path: Path) -> None:
    making = replace(reader.making, gazetteer=str(tmp_path / "gone.sqlite"))
    with (
        crew("local", making, reader.model, 1) as one,
        pytest.raises(FatalError, match=r"can't read .*gone\.sqlite"),
    ):
        one.ask(b"")


def test_a_cluster_without_room(ray: ModuleType, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    class Busy:
        def here(self) -> bool:
            return True

    others = [ray.remote(num_cpus=1)(Busy).remote() for _ in range(2)]
    assert ray.get([o.here.remote() for o in others]) == [True, True]
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    reports = [report(n) for n in range(6)]
    with pytest.raises(FatalError, match=r"no reader within 1 seconds \(0 of its processors are free"):
        list(stream(reader, reports, processes=2, cluster="local"))
    for other in others:
        ray.kill(other)


class Late(Exception):
    """A reader did not begin in time."""


class FakeRay:
    """A cluster on which readers answer, but only the first `room` of them begin in time."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.begun = 0
        self.lock = Lock()
        self.exceptions = SimpleNamespace(GetTimeoutError=Late, RayError=Late, RayActorError=Late)

    def remote(self, **_: object) -> Any:
        return lambda _: self

    def kill(self, _: object) -> None:
        pass

    def available_resources(self) -> dict[str, float]:
        return {"CPU": 0.0}

    def get(self, answer: Any, timeout: int | None = None) -> Any:
        if timeout is None:
            return answer
        with self.lock:
            self.begun += 1
            if self.begun > self.room:
                raise Late
        return answer


def fake(room: int, count: int) -> Hired:
    ray: Any = FakeRay(room)
    made = Hired(ray, Making(None, Reading(), None, None), "m", count)
    begun = SimpleNamespace(remote=lambda _: ("host", accordingto.__version__, "m"))
    answered = SimpleNamespace(remote=lambda message: message + b"!")
    made._actor = SimpleNamespace(remote=lambda: Fake(begun, answered))
    return made


@dataclass(eq=False)
class Fake:
    ready: Any
    answered: Any


def test_places_for_which_there_is_no_room_are_given_up() -> None:
    with pytest.raises(FatalError, match=r"0 of its processors are free"):
        fake(0, 3).ask(b"0")
    one = fake(1, 3)
    messages = [b"%d" % n for n in range(20)]
    first = one.ask(b"x")  # somebody works, so the others are not waited for
    assert first == b"x!"
    assert list(one.each(messages, one.ask)) == [m + b"!" for m in messages]
    assert len(one._working) == 1


def test_the_command_reads_on_a_cluster(ray: ModuleType, tmp_path: Path) -> None:
    lines = [
        msgspec.json.encode({"id": f"r{n}", "text": report(n).text, "published": "2031-05-08"})
        for n in range(9)
    ]
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines))
    environment = {
        **os.environ,
        "ACCORDINGTO_CLUSTER": ray.get_runtime_context().gcs_address,
        "ACCORDINGTO_PROCESSES": "2",
    }
    program = "from accordingto.cli.main import main; main()"
    command = [sys.executable, "-c", program, "read", str(tmp_path / "in.jsonl"), "--format", "json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert [len(r["claims"]) for r in msgspec.json.decode(done.stdout)] == [2] * 9
