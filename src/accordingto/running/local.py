"""Worker processes on this machine, each with a reader of its own.

The network of one reader runs on all cores, but what is read after it takes turns in one process (Python's interpreter lock), so
several processes read more. Each takes memory of its own, and a second to begin.
"""

from __future__ import annotations

from pathlib import Path

from accordingto import crews
from accordingto.reading.reader import Reader
from accordingto.running.tasks import Readers

MOST = 8  # processes
ROOM = 600 << 20  # bytes that a process may need


def affordable(reader: Reader) -> int:
    """How many processes fit this machine: one a core, as far as its free memory goes; none beside a GPU."""
    if reader.network.backend == "cuda":
        return 1
    cores = min(crews.processors(), reader.options.threads or MOST, MOST)
    free = free_memory()
    return cores if free is None else min(cores, free // ROOM)


def free_memory() -> int | None:
    """Bytes that the system could give to new processes; None where it doesn't tell."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError):
        return None


def work() -> None:
    """A worker of `streaming.stream`."""
    crews.serve(Readers().answered)
