"""A source of a document while it is being made."""

from __future__ import annotations

from dataclasses import dataclass

from accordingto.record import SourceKind
from accordingto.spans import Range

BODIES = frozenset((SourceKind.ORGANIZATION, SourceKind.MEDIA))  # that a definite description names


@dataclass(slots=True)
class Speaker:
    """A source; `entity` is a number in the document's entities."""

    kind: SourceKind
    entity: int | None
    named: bool
    description: str | None
    head: str
    words: frozenset[str]
    first: Range | None = None
    definite: bool = False  # told of as a body of its own: "the ministry", "Harbour police"
    several: bool = False  # two or more, each told of: "the mayor and her deputy"

    @property
    def unnamed(self) -> bool:
        """Whether it is one without a name of its own, that words tell of."""
        return self.entity is None and not self.several and bool(self.words)
