"""Which named place “the city”, “the country”, “the province” means: one of that sort that was told of before.

A settlement or a division is the last of its sort that a preposition of place, an event or the dateline brought in, in the paragraph or
the two before it, else the dateline's; a country the last one named, where the report tells of no other more often; the capital the last
seat of a government; a territory the last one named; “there” the last place named in the sentence. What has a name behind it (“the city of Kor”) or another before it (“the Sudanese capital”) means none of these.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence

from accordingto.reading.stretches import holding
from accordingto.record import Document, PartKind, Place, Precision
from accordingto.spans import Range

SORTS = {
    "country": "country|nation|republic|kingdom",
    "capital": "capital(?: city)?",
    "settlement": "city|town|village|settlement",
    "region": "region|state",
    "division": "province|district|county|governorate|prefecture|department",
    "island": "island|peninsula",
    "territory": "territory|enclave|strip",
}
THERE = re.compile(r"there", re.I)
NOUNS = "|".join(f"(?P<{sort}>{words})" for sort, words in SORTS.items())
WORD = re.compile(
    rf"(?:the|this)\s+(?:(?:whole|entire|same|besieged|war-torn|embattled|impoverished)\s+)?(?:{NOUNS})\b"
    r"(?!['’-]|\s+(?:of|that|which|called|named|known|where|department|police|government|council|hall|centre|center|capital|governor|media|television|tv|"
    r"house|assembly|court|prosecutor|attorney|official|minister|[A-Z]))",
    re.I,
)
LEADING = re.compile(
    r"\b(?:in|at|near|inside|outside|across|around|throughout|within|over)\s+(?:(?:(?:other|various|several|many|some|most|different)\s+)?parts\s+of\s+|"
    r"(?:the\s+)?(?:north|south|east|west|cent(?:er|re)|heart|rest)\s+of\s+)?$",
    re.I,
)
TERRITORIES = frozenset(("TERR", "PCLD", "PCLS", "PCLIX", "RGN", "PEN"))  # kinds of places that are called so
LED_BY = 60  # characters before the words in which their preposition stands
LINES = 2  # paragraphs before that of the words which may name the place


class PlaceWords:
    """The words of one document that stand for a place named before; `brought` are ids of places where something is told to have been."""

    def __init__(
        self,
        document: Document,
        paragraphs: Sequence[Range],
        places: Sequence[Place],
        brought: Collection[str],
        sentences: Sequence[Range] = (),
    ) -> None:
        self.text, self.paragraphs, self.sentences = document.text, paragraphs, sentences
        self.places = sorted(places, key=lambda p: p.span.start)
        lines = [Range(p.start, p.end) for p in document.parts if p.kind is PartKind.DATELINE]
        self.written = {p.id for p in places if any(x.contains(p.span.range) for x in lines)}
        self.brought = set(brought) | self.written
        lands = Counter(p.country for p in places if p.country)
        self.main = {c for c, n in lands.items() if n == max(lands.values())}

    def led(self, around: Range) -> list[Range]:
        """The words for a place in a stretch of text to which a preposition of place leads."""
        found = (Range(*m.span()) for m in WORD.finditer(self.text, *around))
        return [at for at in found if LEADING.search(self.text, max(0, at.start - LED_BY), at.start)]

    def meant(self, at: Range) -> Place | None:
        """The named place that words mean; None where they are no such words or leave it open. Offsets in the document."""
        if THERE.fullmatch(self.text, *at):
            around = holding(self.sentences, at.start)
            here = [p for p in self.places if around.start <= p.span.start and p.span.end <= at.start]
            return here[-1] if here else None
        found = WORD.fullmatch(self.text, *at) or WORD.match(self.text, *at)
        if found is None:
            return None
        sort = str(found.lastgroup)
        before = [p for p in self.places if p.span.end <= at.start and of_sort(p, sort)]
        if sort in ("country", "capital"):
            home = [p for p in before if p.country in self.main]
            told = home or (before if sort == "capital" else [])
            return told[-1] if told else None
        line = bisect_right(self.paragraphs, at.start, key=lambda s: s.start) - 1
        since = self.paragraphs[max(0, line - LINES)].start if line >= 0 else 0
        brought = self.brought if sort != "territory" else {p.id for p in before}
        near = [p for p in before if p.id in brought and (p.span.start >= since or p.id in self.written)]
        return near[-1] if near else None


def of_sort(place: Place, sort: str) -> bool:
    """Whether a place is of the sort that a noun tells."""
    feature = place.feature or ""
    if sort == "country":
        return place.precision is Precision.COUNTRY
    if sort == "capital":
        return feature == "PPLC"
    if sort == "region":
        return place.precision is Precision.ADMIN1
    if sort == "division":
        return place.precision in (Precision.ADMIN1, Precision.ADMIN2)
    if sort == "island":
        return feature.startswith(("ISL", "PEN"))
    if sort == "territory":
        return place.precision in (Precision.ADMIN1, Precision.ADMIN2) or feature in TERRITORIES
    return feature.startswith("PPL") and place.precision in (Precision.EXACT, Precision.NEAR)
