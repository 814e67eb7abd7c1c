"""A desk of several processes: they take requests from one socket, share the ledger and the key of their forms.

Each process is started anew and gets what it needs to know on standard input; it ends when that is closed, so none outlives the
one that started it. What is kept in memory is each process's own, and holds as long as the ledger stays as it is. Requests are
counted by each process by itself, so each has its share of the limits.
"""

from __future__ import annotations

import math
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from types import FrameType
from typing import NoReturn

import msgspec
import uvicorn

from accordingto.errors import FatalError, UserError
from accordingto.ledger.meanings import MeaningIndex
from accordingto.ledger.ranking import Search
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.reading.meaning import Embedder
from accordingto.settings import load
from accordingto.web.app import make_app
from accordingto.web.desk import Desk, Options
from accordingto.web.jobs import Worker

START = "import sys; sys.path[:] = sys.argv[1:]; from accordingto.web.processes import work; work()"
READY = b"ready"  # what a process says when it begins to serve
OFTEN_S = 0.2  # between two looks at the processes
BACKLOG = 2048


class Task(msgspec.Struct, frozen=True):
    """What a process needs to know: the ledger, the options, the forms' key, the number of its socket."""

    ledger: str
    options: Options
    secret: bytes
    socket: int


def make_desk(ledger: Ledger, options: Options, secret: bytes = b"") -> Desk:
    """A desk with its worker and its search, under the settings."""
    settings = load()
    embedder = Embedder(threads=settings.threads, backend=settings.backend)
    return Desk(
        ledger,
        settings,
        options,
        secret=secret,
        worker=Worker(ledger, settings, embed=embedder),
        finder=Search(MeaningIndex(ledger), embedder),
    )


def shared(rate: str, processes: int) -> str:
    """One process's share of a rate: `120/minute` of two is `60/minute`."""
    count, _, per = rate.partition("/")
    return f"{math.ceil(int(count) / processes)}/{per}"


def share(options: Options, processes: int) -> Options:
    """The options of one process among several."""
    return replace(
        options,
        reads_rate=shared(options.reads_rate, processes),
        writes_rate=shared(options.writes_rate, processes),
        signin_rate=shared(options.signin_rate, processes),
        fetch_rate=shared(options.fetch_rate, processes),
    )


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        FatalError: where the port is taken, or the address isn't this machine's.
    """
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=BACKLOG
        )
    except OSError as error:
        raise FatalError(
            f"The desk can't listen on {host}:{port} ({error.strerror}); try another --port."
        ) from error


def run(ledger: str, options: Options, at: socket.socket, processes: int) -> NoReturn:
    """Keep so many processes until a signal ends them.

    Raises:
        FatalError: where a process ends before it serves: another would, too.
        UserError: on Windows, whose processes can't share a socket.
    """
    if os.name == "nt":
        raise UserError("Several processes can't share a socket on Windows; leave out --workers.")
    task = Task(ledger, share(options, processes), secrets.token_bytes(32), at.fileno())

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    begun: list[subprocess.Popen[bytes]] = []
    try:
        while True:
            begun += [start(task) for _ in range(processes - len(begun))]
            for process in [p for p in begun if p.poll() is not None]:
                begun.remove(process)
                said, _ = process.communicate()
                if READY not in said:
                    raise FatalError("A process of the desk ended before it served; its reason stands above.")
            time.sleep(OFTEN_S)
    finally:
        for process in begun:
            assert process.stdin is not None
            process.stdin.close()
        for process in begun:
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


def start(task: Task) -> subprocess.Popen[bytes]:
    """Start one process."""
    process = subprocess.Popen(
        [sys.executable, "-c", START, *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=(task.socket,),
    )
    assert process.stdin is not None
    process.stdin.write(msgspec.json.encode(task) + b"\n")
    process.stdin.flush()
    return process


def work() -> None:
    """One process: serves until its standard input ends."""
    task = msgspec.json.decode(sys.stdin.buffer.readline(), type=Task)
    with open_ledger(task.ledger) as book, socket.socket(fileno=task.socket) as at:
        server = server_of(make_desk(book, task.options, task.secret))
        sys.stdout.buffer.write(READY)
        sys.stdout.flush()
        threading.Thread(target=until_closed, args=(lambda: end(server),), daemon=True).start()
        server.run(sockets=[at])


def server_of(desk: Desk) -> uvicorn.Server:
    """The server of a desk's app; where it listens is the caller's."""
    config = uvicorn.Config(
        make_app(desk), log_level="warning", server_header=False, proxy_headers=desk.options.https
    )
    return uvicorn.Server(config)


def end(server: uvicorn.Server) -> None:
    """Let a server end its requests and stop."""
    server.should_exit = True


def until_closed(then: Callable[[], None]) -> None:
    """Wait until standard input ends."""
    sys.stdin.buffer.read()
    then()
