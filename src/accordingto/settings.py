"""All settings in one table; the only reader of the environment.

Each setting has a name, a default, an environment variable and a help text; the command line and the
documentation are made from the same table.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from accordingto.errors import UserError

Value = str | int | Path | None


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table; `parse` turns the variable's text into a value or raises ValueError."""

    name: str
    default: Value
    parse: Callable[[str], Value]
    help: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"ACCORDINGTO_{self.name.upper()}"


def natural(text: str) -> int:
    """A whole number of 0 or more.

    Raises:
        ValueError: for anything else.
    """
    value = int(text)
    if value < 0:
        raise ValueError("must be 0 or more")
    return value


SETTINGS = (
    Setting("ledger", "ledger.db", str, "the ledger: a SQLite file or a database URL"),
    Setting("threads", 0, natural, "processor threads of the reader; 0 means all cores"),
    Setting(
        "processes",
        0,
        natural,
        "processes that read many reports at once; 0 means one a core, 1 none but its own",
    ),
    Setting(
        "cluster",
        None,
        str,
        "a Ray cluster that reads many reports: HOST:6379, ray://HOST:10001, auto or local; none means this machine's processes",
    ),
    Setting(
        "backend", None, str, "what runs the network: onnxruntime, cuda or openvino; none means the fastest"
    ),
    Setting("max_bytes", 100_000_000, natural, "the largest report file that is read, in bytes"),
    Setting("gazetteer", None, Path, "a file of place names that `accordingto gazetteer import` wrote"),
    Setting("data_dir", None, Path, "a folder with your own tables, which extend the package's"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force."""

    ledger: str
    threads: int
    processes: int
    cluster: str | None
    backend: str | None
    max_bytes: int
    gazetteer: Path | None
    data_dir: Path | None


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Defaults, overridden by the environment.

    Raises:
        UserError: where a variable holds a value that can't be read.
    """
    source = os.environ if environment is None else environment
    values: dict[str, Value] = {}
    for s in SETTINGS:
        text = source.get(s.variable)
        try:
            values[s.name] = s.default if text is None or text == "" else s.parse(text)
        except ValueError as error:
            raise UserError(f"{s.variable}={text!r} can't be used ({error}); it is {s.help}.") from error
    ledger, threads, processes, cluster, backend, most, names, folder = (values[s.name] for s in SETTINGS)
    assert isinstance(ledger, str)
    assert isinstance(threads, int)
    assert isinstance(processes, int)
    assert isinstance(most, int)
    paths = [p if isinstance(p, Path) else None for p in (names, folder)]
    asked, runs = (str(t) if t else None for t in (cluster, backend))
    return Settings(ledger, threads, processes, asked, runs, most, *paths)
