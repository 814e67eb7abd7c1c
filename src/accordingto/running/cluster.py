"""Readers as actors of a Ray cluster (Moritz et al. 2018), on all of its machines.

Ray brings tasks to machines and tells when one is lost; what is asked and answered is the same as on one machine (`tasks`). The
ledger is written where the command runs, so no machine of the cluster needs to reach it. Records of different models must not
mix: a machine that reads with another version or model stops the run.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from types import ModuleType
from typing import Any, TypeVar

import accordingto
from accordingto.crews import in_order
from accordingto.errors import FatalError, UserError
from accordingto.reading.reader import Making
from accordingto.running.local import ROOM
from accordingto.running.tasks import Readers

T = TypeVar("T")
U = TypeVar("U")

HERE = "local"  # a Ray of this run's own, on this machine alone
KNOCK = 10  # seconds that a machine may take to answer at all
PATIENCE = 300  # seconds that the cluster may take to begin a reader: machines may have to start
SMALL = 256 << 20  # bytes of Ray's store of objects, which hold a few reports here
Told = tuple[str, str, str]


class ClusterReader:
    """What runs on the cluster: one process with its readers. Made an actor by `Hired`."""

    def __init__(self) -> None:
        self._readers = Readers()

    def ready(self, making: Making) -> Told:
        """Make the reader: this machine's name, the package's version, the model's name."""
        return socket.gethostname(), accordingto.__version__, self._readers.of(making).model

    def answered(self, message: bytes) -> bytes:
        """The answer to a task."""
        return self._readers.answered(message)

    def process(self) -> int:
        """The process's number on its machine."""
        return os.getpid()


class Hired:
    """Readers on a cluster, at most `count`; each begins when it is first needed. Made by `crew`."""

    def __init__(self, ray: ModuleType, making: Making, model: str, count: int) -> None:
        self.count = count
        self._ray = ray
        self._actor = ray.remote(num_cpus=1, memory=ROOM, max_restarts=0)(ClusterReader)
        self._making = making
        self._expected = (accordingto.__version__, model)
        self._working: set[Any] = set()
        self._free: SimpleQueue[Any] = SimpleQueue()
        for _ in range(count):
            self._free.put(None)

    def ask(self, message: bytes) -> bytes | None:
        """A reader's answer; None where it, or its machine, ended before that. Another one takes its place at the next message.

        Raises:
            FatalError: where no reader can begin, or it reads otherwise than here.
        """
        actor = None
        while actor is None:  # a place for which the cluster has no room is given up
            actor = self._free.get()
            if actor is None:
                try:
                    actor = self._begin()
                except BaseException:
                    self._free.put(None)  # for whoever waits for one
                    raise
        answer: bytes | None = None
        try:
            answer = self._ray.get(actor.answered.remote(message))
        except self._ray.exceptions.RayActorError:
            self._end(actor)
        finally:
            self._free.put(actor if answer is not None else None)
        return answer

    def each(self, items: Iterable[T], do: Callable[[T], U]) -> Iterator[U]:
        """What `do` makes of each item, in order; it is called in threads, as many at once as there are readers."""
        return in_order(items, do, self.count)

    def close(self) -> None:
        """Let all readers end."""
        for actor in list(self._working):
            self._end(actor)

    def _begin(self) -> Any:
        """A new reader; None where the cluster has no room for it now and others work.

        Raises:
            FatalError: where no machine has room, can make the reader, or makes the same one.
        """
        errors = self._ray.exceptions
        actor = self._actor.remote()
        try:
            host, *told = self._ray.get(actor.ready.remote(self._making), timeout=PATIENCE)
        except errors.GetTimeoutError:
            self._ray.kill(actor)
            if self._working:
                return None
            free = self._ray.available_resources().get("CPU", 0)
            raise FatalError(
                f"The Ray cluster began no reader within {PATIENCE} seconds ({free:g} of its processors are free; a reader takes "
                f"one, and {ROOM >> 20} MB). Wait for its other work to end, or add machines."
            ) from None
        except errors.RayError as error:
            reason = getattr(error, "cause", None) or error
            raise FatalError(
                f"A machine of the Ray cluster can't read ({last_line(reason)}). Each needs accordingto {self._expected[0]}, and the same "
                "tables, gazetteer and model under the same paths."
            ) from error
        if tuple(told) != self._expected:
            raise FatalError(
                f"{host} in the Ray cluster reads with accordingto {told[0]} and {told[1]}, this machine with {self._expected[0]} and "
                f"{self._expected[1]}. Install the same on all: their records would not agree."
            )
        self._working.add(actor)
        return actor

    def _end(self, actor: Any) -> None:
        self._working.discard(actor)
        with suppress(self._ray.exceptions.RayError):
            self._ray.kill(actor)


@contextmanager
def crew(address: str, making: Making, model: str, processes: int = 0) -> Iterator[Hired]:
    """Readers on a Ray cluster, which end with the block.

    Args:
        address: `HOST:6379` or `ray://HOST:10001`; `auto` for the cluster that this machine belongs to; `local` for one of this
            machine alone, which ends with the block. A program that has joined a cluster stays in that one.
        making: how the readers are made; paths are taken from the folder of this process.
        model: the model's name that they must tell.
        processes: how many at most; 0 for one a processor of the cluster.

    Raises:
        UserError: where Ray isn't installed.
        FatalError: where the cluster can't be reached.
    """
    ray = imported(address)
    joined = not ray.is_initialized()
    if joined:
        join(ray, address)
    hired = None
    try:
        processors = max(1, int(ray.cluster_resources().get("CPU", 1)))
        hired = Hired(ray, absolute(making), model, min(processes or processors, processors))
        yield hired
    finally:
        if hired:
            hired.close()
        if joined:
            ray.shutdown()


def imported(address: str) -> ModuleType:
    """Ray, which tells its makers nothing of its use.

    Raises:
        UserError: where it isn't installed.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # no warning of what will change
    try:
        import ray
        import ray.exceptions
    except ImportError as error:
        raise UserError(
            f"ACCORDINGTO_CLUSTER is {address!r}, but Ray isn't installed here ({error}). Run: pip install 'accordingto[ray]'"
        ) from error
    found: ModuleType = ray
    return found


def join(ray: ModuleType, address: str) -> None:
    """Become a part of the cluster.

    Raises:
        FatalError: where nobody answers.
    """
    mine = {"include_dashboard": False, "object_store_memory": SMALL} if address == HERE else {}
    try:
        knock(address)
        ray.init(address=address, namespace="accordingto", log_to_driver=False, logging_level="ERROR", **mine)
    except (OSError, ValueError, RuntimeError, ray.exceptions.RayError, SystemExit) as error:
        raise FatalError(
            f"No Ray cluster answers at {address!r} ({last_line(error)}). ACCORDINGTO_CLUSTER is HOST:6379 or ray://HOST:10001, auto for the "
            "cluster that this machine belongs to, or local; leave it out to read with this machine's processes."
        ) from error


def knock(address: str) -> None:
    """See whether a machine that an address names answers: Ray itself would wait for minutes and end the process.

    Raises:
        OSError: where it does not.
        ValueError: where the address names no port.
    """
    if address in ("auto", HERE):
        return
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host or not port.isdigit():
        raise ValueError("it is no address")
    socket.create_connection((host.strip("[]"), int(port)), timeout=KNOCK).close()


def absolute(making: Making) -> Making:
    """The same with whole paths, for processes that begin in other folders."""
    model, tables, places = (
        None if p is None else str(Path(p).absolute())
        for p in (making.model, making.tables_dir, making.gazetteer)
    )
    return replace(making, model=model, tables_dir=tables, gazetteer=places)


def last_line(error: object) -> str:
    """What an error says, without the trace that Ray puts before it."""
    lines = str(error).strip().splitlines()
    return lines[-1].strip().rstrip(".") if lines else type(error).__name__
