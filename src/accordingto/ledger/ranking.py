"""Search by words and by meaning together: two lists of claims, or of incidents, made one.

The lists are fused by reciprocal ranks (Cormack et al. 2009): what stands at place r of a list gets 1 / (60 + r) of it, and
the sums order the whole. What is near in meaning but not near enough to be of use is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any, TypeVar

from accordingto.ledger.incidents import Incident
from accordingto.ledger.lists import Filter, incidents_by_id
from accordingto.ledger.meanings import CLAIMS, INCIDENTS, Embed, MeaningIndex, Near, model_of
from accordingto.ledger.queries import ClaimFilter, ClaimRow, claims_by_id
from accordingto.ledger.searching import best_matches, quoted

K = TypeVar("K", int, str)
SMOOTHING = 60  # of reciprocal rank fusion, as its authors have it
LEAST = 0.30  # cosine; `python -m benchmarks.search` shows what it lets through
COUNT = 20  # rows of a search without a limit
STEP = 100  # candidates whose rows are read in one go
WORDS = 500  # claims that hold the words, at most


class By(StrEnum):
    """What a search goes by."""

    BOTH = "both"
    WORDS = "words"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim found: its cosine with the query (None where it was not near) and whether it holds the words."""

    row: ClaimRow
    cosine: float | None
    words: bool

    def to_dict(self) -> dict[str, Any]:
        """The claim's row with `cosine` and `words`."""
        return self.row.to_dict() | {"cosine": rounded(self.cosine), "words": self.words}


@dataclass(frozen=True, slots=True)
class FoundIncident:
    """An incident found: its title's cosine with the query, and how many of the found claims speak of it."""

    incident: Incident
    cosine: float | None
    claims: int

    def to_dict(self) -> dict[str, Any]:
        """The incident's row with `cosine` and `found_claims`."""
        return self.incident.to_dict() | {"cosine": rounded(self.cosine), "found_claims": self.claims}


def rounded(cosine: float | None) -> float | None:
    """A cosine with the digits that it is worth."""
    return None if cosine is None else round(cosine, 3)


def fused(lists: Iterable[Sequence[K]]) -> list[K]:
    """One order of several: the sums of reciprocal ranks, ties by key."""
    scores: dict[K, float] = {}
    for ranked in lists:
        for place, key in enumerate(ranked, 1):
            scores[key] = scores.get(key, 0.0) + 1 / (SMOOTHING + place)
    return sorted(scores, key=lambda key: (-scores[key], key))


class Search:
    """Searches one ledger; keep it for many searches.

    Args:
        index: the ledger's vectors.
        embed: makes the query's vector; None searches by words alone.
    """

    def __init__(self, index: MeaningIndex, embed: Embed | None) -> None:
        self.index, self.ledger, self.embed = index, index.ledger, embed

    def has_meaning(self) -> bool:
        """Whether the ledger has vectors that can be compared with the query's."""
        if self.embed is None:
            return False
        with self.ledger.begin() as connection:
            return model_of(connection) == self.embed.name

    def claim_ids(self, text: str, *, by: By = By.BOTH) -> list[int]:
        """Ids of the claims found, best first.

        Raises:
            UserError: where there is no word in `text`.
        """
        return self._ranked(text, by)[0]

    def told_apart(self, text: str) -> tuple[list[int], list[int]]:
        """Ids of the claims that hold the words and of those that are only near in meaning, both best first.

        Raises:
            UserError: where there is no word in `text`.
        """
        ids, _, said = self._ranked(text, By.BOTH)
        return [i for i in ids if i in said], [i for i in ids if i not in said]

    def claims(self, text: str, wanted: ClaimFilter = ClaimFilter(), *, by: By = By.BOTH) -> list[FoundClaim]:
        """The claims found, best first, at most `wanted.limit` (else 20); `wanted.text` does not count.

        Raises:
            UserError: where there is no word in `text`.
        """
        ids, near, said = self._ranked(text, by)
        found = self._let_through(ids, wanted)
        limited = islice(found, wanted.offset, wanted.offset + (wanted.limit or COUNT))
        return [FoundClaim(row, near.get(i), i in said) for i, row in limited]

    def incidents(self, text: str, wanted: Filter = Filter(), *, by: By = By.BOTH) -> list[FoundIncident]:
        """The incidents found, by their titles' nearness and by the claims found that speak of them.

        Raises:
            UserError: where there is no word in `text`.
        """
        ids, _, _ = self._ranked(text, by)
        about: dict[str, int] = {}
        for row in claims_by_id_in_order(self, ids[: 5 * STEP]):
            for key in row.incidents:
                about[key] = about.get(key, 0) + 1
        titles = {str(n.key): n.cosine for n in self._near(INCIDENTS, text)} if by is not By.WORDS else {}
        order = fused([list(about), list(titles)])
        found = (
            i for part in parts(order) for i in in_order(part, incidents_by_id(self.ledger, part, wanted))
        )
        return [
            FoundIncident(i, titles.get(i.id), about.get(i.id, 0))
            for i in islice(found, wanted.limit or COUNT)
        ]

    def _ranked(self, text: str, by: By) -> tuple[list[int], dict[int, float], frozenset[int]]:
        """Claims in order, the cosines of those that are near, and those that hold the words."""
        quoted(text)
        near = {int(n.key): n.cosine for n in self._near(CLAIMS, text)} if by is not By.WORDS else {}
        said: list[int] = []
        if by is not By.MEANING:
            with self.ledger.begin() as connection:
                said = best_matches(connection, text, WORDS)
        return fused([list(near), said]), near, frozenset(said)

    def _near(self, kind: Any, text: str) -> list[Near]:
        if self.embed is None or not self.has_meaning():
            return []
        [vector] = self.embed([text.replace('"', "")])
        return [n for n in self.index.nearest(kind, vector) if n.cosine >= LEAST]

    def _let_through(self, ids: Sequence[int], wanted: ClaimFilter) -> Iterator[tuple[int, ClaimRow]]:
        for part in parts(ids):
            rows = claims_by_id(self.ledger, part, wanted)
            yield from ((i, rows[i]) for i in part if i in rows)


def claims_by_id_in_order(search: Search, ids: Sequence[int]) -> Iterator[ClaimRow]:
    """Rows of claims in the order given."""
    for part in parts(ids):
        yield from in_order(part, claims_by_id(search.ledger, part))


def in_order(keys: Sequence[K], rows: dict[K, Any]) -> Iterator[Any]:
    """The rows that there are, in the keys' order."""
    return (rows[k] for k in keys if k in rows)


def parts(keys: Sequence[K]) -> Iterator[Sequence[K]]:
    """Slices, so that only the rows that are needed are read."""
    return (keys[i : i + STEP] for i in range(0, len(keys), STEP))
