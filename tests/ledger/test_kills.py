from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.ledger.test_deriving import DAY, add, incidents, story

from accordingto.ledger.deriving import bring_up_to_date, rebuild
from accordingto.ledger.session import open_ledger
from accordingto.ledger.verifying import verify

MOMENTS = int(os.environ.get("ACCORDINGTO_TEST_KILLS", "6"))  # more for the long run
WORKER = """
import sys
from tests.ledger import test_deriving as t
from tests.ledger.test_kills import told
with t.open_ledger(sys.argv[1]) as book:
    print("open", flush=True)
    for s in told():
        t.add(book, s)
        if hash(s.text) % 3 == 0:
            t.bring_up_to_date(book)
    while True:
        t.bring_up_to_date(book)
        t.rebuild(book)
"""


def told() -> list[Any]:
    towns = ("Marda", "Tel Rif", "Belmar")
    return [story(n, DAY, "a school", "four", 4 + n % 3, towns[n % 3]) for n in range(30)]


def test_killed_while_entering_deriving_or_rebuilding(ledger_url: str, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "whole.db") as book:
        add(book, *told())
        bring_up_to_date(book)
        expected = incidents(book)
    moments = random.Random(11)
    for _ in range(MOMENTS):
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER, ledger_url], cwd=Path(__file__).parents[2], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moments.uniform(0, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with open_ledger(ledger_url) as book:
            assert verify(book).faults == ()
            bring_up_to_date(book)
            got = incidents(book)
            rebuild(book)
            assert incidents(book) == got
    with open_ledger(ledger_url) as book:
        add(book, *told())
        bring_up_to_date(book)
        assert incidents(book) == expected


def test_two_who_add_and_derive_at_once(ledger_url: str, tmp_path: Path) -> None:
    open_ledger(ledger_url).close()
    half = WORKER.replace("told():", "told()[int(sys.argv[2]):int(sys.argv[3])]:").partition("    while")[0]
    root = Path(__file__).parents[2]
    processes = [
        subprocess.Popen([sys.executable, "-c", half, ledger_url, a, b], cwd=root, stdout=subprocess.PIPE)
        for a, b in (("0", "20"), ("10", "30"))
    ]
    for p in processes:
        p.communicate()
        assert p.returncode == 0
    with open_ledger(ledger_url) as book, open_ledger(tmp_path / "whole.db") as whole:
        add(whole, *told())
        bring_up_to_date(whole)
        bring_up_to_date(book)
        assert incidents(book) == incidents(whole)
        assert verify(book).faults == ()
