"""Worker processes that answer messages: each is this Python with one module's `work`, which is made of `serve`.

A message has its length before it. A worker holds nothing that outlives it and ends with its input, so whoever asks may be killed
at any moment. Processes are started when they are first needed, without forking, so they share no lock and no connection.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from typing import Any, BinaryIO, TypeVar

T = TypeVar("T")
U = TypeVar("U")

WORKER = (  # an interrupt is for whoever asks, from the beginning
    "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); "
    "import sys; sys.path[:] = sys.argv[1:]; from {} import work; work()"
)
LENGTH = struct.Struct("<Q")
AHEAD = 2  # tasks that each worker has before it


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Crew:
    """Workers of one module, at most `count`. Safe to ask from several threads; made by `crew`."""

    def __init__(self, module: str, count: int) -> None:
        self.count = count
        self._command = [sys.executable, "-c", WORKER.format(module), *sys.path]
        self._hired: list[subprocess.Popen[bytes]] = []
        self._free: SimpleQueue[subprocess.Popen[bytes] | None] = SimpleQueue()
        for _ in range(count):
            self._free.put(None)

    def ask(self, message: bytes) -> bytes | None:
        """A worker's answer; None where it ended before that. Another one takes its place at the next message."""
        process = self._free.get()
        answer = None
        try:
            if process is None:
                process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                self._hired.append(process)
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(BrokenPipeError):
                send(process.stdin, message)
                answer = receive(process.stdout)
            if answer is None:
                process.kill()
                process.wait()
        finally:
            self._free.put(process if answer is not None else None)
        return answer

    def each(self, items: Iterable[T], do: Callable[[T], U]) -> Iterator[U]:
        """What `do` makes of each item, in order; it is called in threads, as many at once as there are workers."""
        return in_order(items, do, self.count)

    def close(self) -> None:
        """Let all workers end."""
        for process in self._hired:
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(BrokenPipeError):
                process.stdin.close()
            process.stdout.close()
            process.wait()


def in_order(items: Iterable[T], do: Callable[[T], U], count: int) -> Iterator[U]:
    """What `do` makes of each item, in order; it is called in `count` threads, not far ahead of what is taken."""
    waiting: deque[Future[U]] = deque()
    with ThreadPoolExecutor(count, thread_name_prefix="crew") as pool:
        try:
            for item in items:
                waiting.append(pool.submit(do, item))
                if len(waiting) >= AHEAD * count:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


@contextmanager
def crew(module: str, count: int) -> Iterator[Crew]:
    """Workers of a module, which end with the block."""
    hired = Crew(module, count)
    try:
        yield hired
    finally:
        hired.close()


def serve(answer: Callable[[bytes], bytes]) -> None:
    """A worker: answers one message after another until its input ends, or nobody listens any longer."""
    try:
        while (message := receive(sys.stdin.buffer)) is not None:
            send(sys.stdout.buffer, answer(message))
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # for what Python still writes at its end


def send(pipe: BinaryIO | Any, message: bytes) -> None:
    """Write a message with its length before it."""
    pipe.write(LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: BinaryIO | Any) -> bytes | None:
    """The next message; None at the end."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    size = LENGTH.unpack(head)[0]
    body: bytes = pipe.read(size)
    return body if len(body) == size else None
