"""The desk itself: the open ledger, its options, and what is kept in memory between requests."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from accordingto.ledger import tables
from accordingto.ledger.ranking import Search
from accordingto.ledger.session import Ledger, state_of
from accordingto.pages.map import City
from accordingto.reading.gazetteer import Candidate, Gazetteer
from accordingto.settings import Settings
from accordingto.web.jobs import Worker

T = TypeVar("T")
KEPT = 400  # answers kept in memory


@dataclass(frozen=True, slots=True)
class Options:
    """How a desk is run.

    `signs_in`: people must sign in. `hosts`: the names under which it may be asked, none meaning any. `https`: it
    stands behind TLS, so cookies are marked Secure. Sizes in bytes, times in seconds, rates as `60/minute`.
    `proxies`: addresses of proxies whose `X-Forwarded-For` is believed.
    """

    signs_in: bool = False
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    https: bool = False
    me: str = "me"
    tile_url: str | None = None
    most_bytes: int = 20_000_000
    most_form_bytes: int = 2_000_000
    most_files: int = 500
    idle_s: int = 8 * 3600
    longest_s: int = 7 * 24 * 3600
    reads_rate: str = "1200/minute"
    writes_rate: str = "120/minute"
    signin_rate: str = "10/minute"
    fetch_rate: str = "20/minute"


class Kept:
    """Answers kept while the ledger stays as it is; the least used go first. Safe to share between threads."""

    def __init__(self, most: int = KEPT) -> None:
        self._held: OrderedDict[Any, Any] = OrderedDict()
        self._most = most
        self._lock = threading.Lock()
        self._making: dict[Any, threading.Lock] = {}

    def get(self, key: Any, make: Callable[[], T]) -> T:
        """The answer under `key`, made now where there is none; who asks meanwhile waits for it, and makes no other."""
        with self._lock:
            if key in self._held:
                return self._found(key)  # type: ignore[no-any-return]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._held:
                    return self._found(key)  # type: ignore[no-any-return]
            try:
                made = make()
                with self._lock:
                    self._held[key] = made
                    while len(self._held) > self._most:
                        self._held.popitem(last=False)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return made

    def _found(self, key: Any) -> Any:
        self._held.move_to_end(key)
        return self._held[key]


class Ground:
    """The gazetteer: towns for labels on maps, places by name; asked by one at a time, since its file is opened once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._names: Gazetteer | None = None

    def within(self, south: float, north: float, west: float, east: float, *, most: int) -> list[City]:
        """The most populous towns of a frame in degrees."""
        with self._lock:
            return self._opened().within(south, north, west, east, most=most)

    def bearing(self, name: str) -> tuple[Candidate, ...]:
        """All places that bear a name."""
        with self._lock:
            return self._opened().candidates(name)

    def _opened(self) -> Gazetteer:
        if self._names is None:
            self._names = Gazetteer(self._settings.gazetteer, tables_dir=self._settings.data_dir)
        return self._names


@dataclass(slots=True)
class Desk:
    """What every request works with."""

    ledger: Ledger
    settings: Settings
    options: Options = Options()
    static: Path = Path(__file__).parent / "static"
    kept: Kept = field(default_factory=Kept)
    secret: bytes = b""
    worker: Worker | None = None
    ground: Ground | None = None
    finder: Search | None = None

    def near(self, words: str) -> tuple[list[int], list[int]] | None:
        """Ids of claims that hold the words and of those near in meaning alone, best first; None where the ledger has no vectors or there
        is no word.
        """
        if self.finder is None or not any(c.isalnum() for c in words) or not self.finder.has_meaning():
            return None
        return self.finder.told_apart(words)

    def places(self, name: str) -> tuple[Candidate, ...]:
        """All places that bear a name; none where the desk has no gazetteer."""
        return self.ground.bearing(name) if self.ground else ()

    def keep(
        self, connection: Connection, name: str, key: Any, make: Callable[[], T], *, state: int | None = None
    ) -> T:
        """An answer that holds as long as the ledger stays as it is; `state`: where it is known already."""
        return self.kept.get((name, key, state_of(connection) if state is None else state), make)


def pending_reports(connection: Connection) -> int:
    """How many reports wait to be derived."""
    return connection.scalar(select(func.count()).select_from(tables.pending)) or 0
