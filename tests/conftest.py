from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from accordingto.reading.layers import Attribution, Layers, Name, Syntax
from accordingto.reading.reader import Reader, Reading
from accordingto.reading.sentences import breaks_before, find_words, rough_ends
from accordingto.spans import Range

# which of the tests' processes this is, "" where there is but one
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


def own_database(given: str | None) -> str | None:
    """The address of this process's database, which is emptied before each test: the given one, or one beside it for each worker."""
    if not given or not WORKER:
        return given
    from sqlalchemy import create_engine, text
    from sqlalchemy.engine import make_url

    url = make_url(given)
    name = f"{url.database}_{WORKER}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


POSTGRES = own_database(os.environ.get("ACCORDINGTO_TEST_POSTGRES"))
SAMPLES = Path(__file__).parent.parent / "samples"

settings.register_profile("steady", deadline=None)  # a busy machine is no fault
settings.load_profile("steady")


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(options=Reading(threads=2))


@pytest.fixture(scope="session")
def ruled(reader: Reader) -> Reader:
    """The reader without the heads that judge claims, names of places and sources: its tables and rules alone."""
    made = copy(reader)
    made.network = copy(reader.network)
    made.network.decoder = replace(reader.network.decoder, claims=None, places=None, kinds=None)
    return made


@pytest.fixture
def samples() -> Path:
    return SAMPLES


def place(text: str, words: str | None) -> Range | None:
    """Where `words` stand in `text`; `word#2` means the second time."""
    if words is None:
        return None
    body, _, nth = words.partition("#")
    at = -1
    for _ in range(int(nth or 1)):
        at = text.index(body, at + 1)
    return Range(at, at + len(body))


@pytest.fixture
def layers() -> Callable[..., Layers]:
    """Layers made by hand: names as (words, label), attributions as (source, cue, contents…)."""

    def make(text: str, names: list[tuple[str, str]], said: list[tuple[str | None, ...]]) -> Layers:
        words = find_words(text)
        ends = rough_ends(text, words, breaks_before(text, words))
        starts = [0, *ends[:-1]]
        sentences = tuple(Range(words[a].start, words[b - 1].end) for a, b in zip(starts, ends, strict=True))
        return Layers(
            words=tuple(words),
            sentences=sentences,
            paragraphs=sentences,
            names=tuple(sorted((Name(place(text, n), label, 1.0) for n, label in names), key=lambda x: x.at)),
            attributions=tuple(
                Attribution(place(text, s), place(text, c), tuple(place(text, x) for x in rest), 1.0)
                for s, c, *rest in said
            ),
        )

    return make


@pytest.fixture
def tree(layers: Callable[..., Layers]) -> Callable[..., Layers]:
    """Layers made by hand with a tree: words hang as told by (head, label); all others on themselves by the first label, or `onward`,
    on the word behind them by the second.
    """

    def make(
        text: str, hangs: Mapping[str, tuple[str, str]], labels: Sequence[str], *, onward: bool = False
    ) -> Layers:
        bare = layers(text, [], [])
        starts = [w.start for w in bare.words]
        heads = np.minimum(np.arange(len(starts)) + onward, len(starts) - 1)
        relations = np.full(len(starts), int(onward))
        for word, (head, relation) in hangs.items():
            at = starts.index(text.index(word))
            heads[at], relations[at] = starts.index(text.index(head)), labels.index(relation)
        return replace(bare, syntax=Syntax(np.zeros(len(starts), np.int64), heads, relations, tuple(labels)))

    return make


@pytest.fixture(params=["sqlite", *(["postgres"] if POSTGRES else [])])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty ledger's address, on each database that there is to test."""
    if request.param == "sqlite":
        yield str(tmp_path / "ledger.db")
        return
    from sqlalchemy import create_engine, text

    assert POSTGRES is not None
    engine = create_engine(POSTGRES)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    yield POSTGRES
