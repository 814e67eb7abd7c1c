from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest

from accordingto.crews import WORKER, crew, send

SLOW = """
import pathlib, time
pathlib.Path(__file__).with_suffix(".begun").touch()
time.sleep(0.4)
from accordingto import crews

def work():
    crews.serve(lambda message: message + b"!")
"""


def test_an_interrupt_while_a_worker_starts_is_for_whoever_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "slow_to_start.py").write_text(SLOW)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    told: list[bytes | None] = []
    with crew("slow_to_start", 1) as hired:
        asking = Thread(target=lambda: told.append(hired.ask(b"here")))
        asking.start()
        begun = tmp_path / "slow_to_start.begun"
        for _ in range(500):
            if begun.exists():
                break
            time.sleep(0.01)
        os.kill(hired._hired[0].pid, signal.SIGINT)
        asking.join()
    assert told == [b"here!"]
    assert capfd.readouterr().err == ""


def test_a_worker_whose_asker_is_gone_ends_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "slow_to_start.py").write_text(SLOW)
    command = [sys.executable, "-c", WORKER.format("slow_to_start"), str(tmp_path), *sys.path]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as worker:  # type: ignore[call-overload]
        send(worker.stdin, b"x" * 100_000)
        worker.stdout.close()
        assert worker.stderr.read() == b""
    assert worker.returncode == 0
