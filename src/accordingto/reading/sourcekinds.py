"""What kind of source a phrase names, by its noun or its form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.reading.entities import Found, words_of
from accordingto.reading.lemmas import endings
from accordingto.reading.pronouns import OWN, PLURAL, SINGULAR, THING
from accordingto.reading.tables import ReadingTables
from accordingto.record import EntityKind, SourceKind

DETERMINERS = frozenset(
    (
        "the a an this that these those his her its their some many several other another one two "
        "three all both each any no more most few dozens hundreds"
    ).split()
)
POINTING = frozenset("the this that these those".split())
ANOTHER = re.compile(  # who is told of so is none who was told of before
    r"(?:another|an?\s+(?:different|separate|further|second|third|fourth|fifth)|(?:(?:some|many|several|two|three|one|a few)\s+)?others?)"
    r"(?=\s+(?!of\b|than\b)|[,;]|$)",
    re.I,
)
TAIL = re.compile(
    r"\s+(?:of|in|from|for|with|at|on|near|who|whom|which|that|whose|by|to|about|including|such as|like(?=\s+[A-Z])|under|inside|"
    r"outside|within|behind|across|around|based|citing|familiar|speaking|briefed|released|issued|published|since|close|"
    r"against|between|during|after|before|aboard|along|himself|herself)\b|[,(;:—–]|\s+--?\s|"
    r"(?<!\b[Tt]he)(?<!\b[Aa])\s+(?:[a-z]{3,}ing\s+(?:the|an?|in|on|for|with|at|his|her|their|its|[A-Z]\w+)|"
    r"[a-z]{3,}ed\s+(?:by|as|in|to|on|from|with|at))\b"
)
PART = r"(?:[A-Z][\w’'.-]*|(?:of|for|on|and|the)(?=\s+(?:the\s+)?[A-Z]))"
BODY_S = re.compile(  # who or what belongs to a body whose name has “of” in it
    rf"(?:[Tt]he\s+|[Aa]n?\s+|[a-z-]+\s+)*(?:[A-Z][\w’'.-]*\s+)+(?:of|for|on)\s+{PART}(?:\s+{PART})*\s+(?:(?:senior|deputy|chief|vice|former)\s+)?"
    r"((?:[a-z]{2,}(?:er|or|ist|ian|man|men|woman|women|person|ant|chief|head)|official|judge|justice|report|statement|employee|staff|aide)s?)(?![\w’'-])"
)
NOBODY = frozenset(
    "center centre tower river border quarter power paper number water order former later matter sector harbour harbor".split()
)
WRITTEN = frozenset(  # that a document's name ends in
    "act agreement bill charter code constitution convention covenant declaration law protocol statute treaty yearbook".split()
)
MEN = re.compile(r"men$")
SHARE = re.compile(
    r"\d[\d.,]* ?(?:%|per ?cent\b)|(?:most|half|a (?:majority|third|quarter)|two[- ]thirds|one in) ", re.I
)
PRONOUNS = SINGULAR | PLURAL | THING | OWN
MANY = PLURAL | frozenset(("we", "us", "our", "ours"))
PERSONAL = re.compile(
    r"(?:[a-z]{3}er|[a-z]{2}or|ist|ian|man|woman|person|ant|chief|head)$"
)  # nouns for a person, by form
EACH = re.compile(r"\s(?:and|or)\s+(?:the|an?|his|her|their|another)\s", re.I)
PLURAL_BODIES = re.compile(
    r"(?:organi[sz]ations|groups|agencies|associations|unions|parties|charities|companies|bodies|ngos)$"
)


def plural(core: Sequence[str]) -> bool:
    """Whether a description is of several, by its last word."""
    return bool(core) and core[-1].endswith("s") and not core[-1].endswith("ss")


def several(body: str) -> bool:
    """Whether a description joins two or more who are each told of: “the mayor and her deputy”, not “the founder and head”."""
    return EACH.search(body, 1, head_end(body)) is not None


def head_end(body: str) -> int:
    """Where the head noun of a phrase ends: before what follows it ("of …", "who …"), behind somebody of a body named with “of”:
    “a Ministry of Health [official]”.
    """
    m = TAIL.search(body, 1)
    if m and (of_body := BODY_S.match(body)) and of_body.start(1) > m.start() and of_body[1] not in NOBODY:
        m = TAIL.search(body, of_body.end())
    return m.start() if m else len(body)


class SourceKinds:
    """The kinds, by the tables."""

    def __init__(self, tables: ReadingTables) -> None:
        self.tables = tables

    def of_noun(self, core: Sequence[str]) -> SourceKind | None:
        """The kind that a head noun makes; the longest phrase of the table decides."""
        for size in (3, 2, 1):
            if len(core) >= size:
                phrase = " ".join(core[-size:])
                for form in endings(phrase):
                    if form in self.tables.nouns:
                        return self.tables.nouns[form]
        return None

    def by_form(self, body: str, core: Sequence[str], *, opens: bool) -> SourceKind:
        """A guess where no table tells: an office is somebody's, another noun in capitals a body, a plural a group, else someone unnamed.

        `opens`: a sentence begins with it, so that the capital of a first word tells nothing.
        """
        if len(core) == 1 and core[0] in PRONOUNS and (len(body) < 2 or not body.isupper()):
            return SourceKind.GROUP if core[0] in MANY else SourceKind.ANONYMOUS
        if core and (core[-1] in self.tables.persons or self.tables.titles.fullmatch(core[-1].title())):
            return SourceKind.ANONYMOUS
        last = body.split()[-1:] if len(core) > 1 else [body]
        if any(w[:1].isupper() and not (opens and len(core) == 1 and w[1:].islower()) for w in last):
            return SourceKind.ORGANIZATION
        return SourceKind.GROUP if core and core[-1].endswith("s") else SourceKind.ANONYMOUS

    def may_speak(self, body: str) -> bool:
        """Whether a phrase is of people or bodies, by its noun: not “prices”, “her insults”."""
        core = words_of(body[: head_end(body)]) or words_of(body)
        forms = [f for w in core[-1:] for f in (w, *endings(w), MEN.sub("man", w))]
        return self.of_noun(core) is not None or any(
            f in self.tables.persons or PERSONAL.search(f) for f in forms
        )

    def somebody(self, body: str, core: Sequence[str]) -> bool:
        """Whether a phrase ends in a noun or title for one person in small letters or none: “Freedonia’s president”, “the Vida CEO”."""
        last = "".join(body[: head_end(body)].split()[-1:])
        person = bool(core) and (
            core[-1] in self.tables.persons or self.tables.titles.fullmatch(core[-1].title())
        )
        return bool(person) and (last.islower() or last.isupper()) and words_of(last)[-1:] == tuple(core[-1:])

    def sort(self, body: str, core: Sequence[str], *, definite: bool, opens: bool) -> SourceKind:
        """The kind of a source without a name, by its noun."""
        kind = SourceKind.GROUP if SHARE.match(body) else self.of_noun(core)
        kind = kind or self.by_form(body[: head_end(body)], core, opens=opens)
        many = PLURAL_BODIES.search(core[-1] if core else "")
        return SourceKind.GROUP if kind is SourceKind.ORGANIZATION and not definite and many else kind

    def of_entity(self, entity: Found, core: Sequence[str]) -> SourceKind:
        """The kind of source that an entity is."""
        if entity.kind is EntityKind.PERSON:
            return SourceKind.PERSON
        if entity.kind is EntityKind.GROUP:
            return SourceKind.GROUP
        name = words_of(entity.name)
        if len(name) > 1 and name[-1] in WRITTEN:
            return SourceKind.DOCUMENT
        media = SourceKind.MEDIA in map(self.of_noun, (name, core))
        return SourceKind.MEDIA if media else SourceKind.ORGANIZATION

    def apposed(self, before: str, entity: Found) -> bool:
        """Whether the words before a body's name say what it is: “the national rail union Vida”, “Freedonia’s aid agency Alba”."""
        if entity.kind is not EntityKind.ORGANIZATION or not before.endswith(" ") or before.endswith(" and "):
            return False
        return before[:1].lower() + before[1:] == before.lower() or self.of_noun(words_of(before)) in (
            SourceKind.ORGANIZATION,
            SourceKind.MEDIA,
        )
