"""Phrases that are marked beside a deed and take no part in it.

Who visits a town meets nobody by it: it is where they were. An adjective or a noun before the deed's own tells which it was (“ethnic
clashes”, “a climate conference”, “the cholera outbreak”), and a phrase that holds the deed's word doesn't suffer it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.barred import LAND, TOWN, acting_nouns, noun_of, person_nouns
from accordingto.reading.constituents import head_among
from accordingto.reading.layers import Happening, Layers, Part, Syntax
from accordingto.spans import Range, trim

SITED = frozenset(  # where a place is where it was, not what it was done to
    "meeting negotiation displacement clash accident deployment".split()
)
VISITS = re.compile(
    r"(?:visit|tour|travel|trip|journey)(?:s|ed|l?ing|l?ed)?|stopovers?|pilgrimages?|went|arriv(?:e[sd]?|als?|ing)",
    re.I,
)
PLACES = (
    LAND
    | TOWN
    | {
        "region",
        "province",
        "site",
        "sites",
        "villages",
        "towns",
        "cities",
        "border",
        "borders",
        "camp",
        "camps",
    }
)
OPENED = re.compile(r"launch|commission|inaugurat|open|unveil|dedicat", re.I)  # done to a place
FOUNDING = frozenset(("economy", "meeting", "aid"))  # what is launched in these is often a thing
LANDS = frozenset(("Location", "Facility"))
TOLD = frozenset(  # deeds of which a noun before theirs says what they are about, not whom they hit
    "meeting negotiation agreement politics legal protest clash hunger_disease disaster abuse".split()
)
PEOPLES = frozenset(
    ("politics", "protest")
)  # of whom an adjective only tells whose they are: “the Freedonian revolution”
PEOPLE = re.compile(
    r"(?:civilian|child|woman|man|people|migrant|refugee|minority|worker)s?|children|women|men", re.I
)
BEFORE = ("amod", "compound")
OWNING = (*BEFORE, "nmod:poss")
COUNTING = (*BEFORE, "nummod")
TELLING_WHERE = frozenset(  # deeds before whose word the name of a place only tells where they were: “the Kuka killings”, “Kuka’s election”
    "attack killing death politics protest repression meeting legal".split()
)
DONE = frozenset(("actor", "target", "recipient"))
UNSURE = 0.5  # of an actor beside one that only tells which deed it was
SURE = 0.9  # sureness of a place that stands before the deed's word
OPPOSING = re.compile(r"(?:pro|anti|counter)[-‑].+|.+[-‑](?:like|style)", re.I)
SHARE = frozenset(("target", "recipient", "instrument"))
OWNER = re.compile(r"['’]s?\b|['’]\s")
WHOLE = SHARE | {"actor", "place"}
CLAUSE = re.compile(r",\s+(?:who|whom|which|where|whose|along with|together with)\b", re.I)
TAIL = re.compile(r"\s+(?:after|at|on|against|as|who|which|that|whose)$", re.I)
AS = re.compile(r"as\s", re.I)  # "resigned [as mayor]"
EDGES = ' \t\n,;:.!?“”"’()[]—–-'
BY = re.compile(r"\bby (?:the |an? )?$", re.I)


def without_bystanders(text: str, mention: Happening, layers: Layers) -> Happening:
    """A mention without the phrases that take no part: targets that are only where it was or tell which deed it was, words before the deed's
    own that name, count or describe it. Where a visit was, if nothing else tells it, or what names a deed is its place.
    """
    syntax = layers.syntax
    if syntax is None or not syntax.labels or not mention.parts:
        return mention
    sites = [p.at for p in mention.parts if p.role == "place"]
    own = [before_deed(text, bare(text, p), mention, layers, syntax) for p in mention.parts]
    telling = [p for p in own if p.role in DONE and names_site(text, p, mention, sites, layers, syntax)]
    if telling:
        there = Part("place", without_article(text, telling[0].at), SURE)
        own = [*(p for p in own if p.role != "place" or not p.at.overlaps(there.at)), there]
    tellers = [p for p in own if p.role == "actor" and only_tells(text, p, mention, layers, syntax)]
    parts: list[Part] = []
    for p in own:
        if p in telling or (p.role in DONE and is_purpose(text, p, layers, syntax)):
            continue
        if p.role == "actor" and (
            inside_target(text, p, mention) or p in tellers or (tellers and p.score < UNSURE)
        ):
            continue
        if p.role != "target":
            parts.append(p)
        elif tells_which(text, p, mention, layers, syntax) or is_site(
            text, p, mention, sites, layers, syntax
        ):
            continue
        elif not sites and visited(text, p, mention, layers):
            parts.append(replace(p, role="place"))
        else:
            parts.append(p)
    return mention if parts == [*mention.parts] else replace(mention, parts=tuple(parts))


def emptied(text: str, before: Happening, after: Happening) -> frozenset[str]:
    """The roles of a mention that `without_bystanders` emptied of a place or of what somebody would do, not of a word that only tells which
    deed it was: it tells nothing more of whom the deed hit.
    """
    lost = {
        p.role for p in before.parts if p.at.end > before.trigger.start or not text[slice(*p.at)].islower()
    }
    return frozenset(lost - {p.role for p in after.parts})


def bare(text: str, part: Part) -> Part:
    """A phrase without the clause that only tells more of it, “Ada Brook, [who runs a shop]”, or a word that leads on to more."""
    if part.role not in WHOLE:
        return part
    at = part.at
    if told := CLAUSE.search(text, min(at.start + 1, at.end), at.end):
        at = Range(at.start, told.start())
    if tail := TAIL.search(text, *at):
        at = Range(at.start, tail.start())
    return part if at == part.at else replace(part, at=at)


def before_deed(text: str, part: Part, mention: Happening, layers: Layers, syntax: Syntax) -> Part:
    """A phrase that runs on over the deed's word, of whom it is told: “[the mayor] accusing him”, without that."""
    deed = mention.trigger
    if part.role not in SHARE or part.at == deed or not part.at.contains(deed) or deed.start <= part.at.start:
        return part
    at = trim(text, Range(part.at.start, deed.start), EDGES)
    inside = layers.words_in(at)
    head = head_among(layers.words_in(part.at), syntax)
    return replace(part, at=at) if head in inside and head not in layers.words_in(deed) else part


def is_site(
    text: str, part: Part, mention: Happening, sites: Sequence[Range], layers: Layers, syntax: Syntax
) -> bool:
    """Whether a target of what hits no place is the place where it was."""
    if mention.type not in SITED or OPENED.match(text, *mention.trigger):
        return False
    inside = layers.words_in(part.at)
    head = layers.words[head_among(inside, syntax)] if inside else part.at
    return any(s.contains(part.at) or (s.contains(head) and part.at.contains(s)) for s in sites)


def visited(text: str, part: Part, mention: Happening, layers: Layers) -> bool:
    """Whether a target is the place that somebody visits, by name or as “that country”."""
    if mention.type != "meeting" or VISITS.fullmatch(text, *mention.trigger) is None:
        return False
    named = any(n.label in LANDS and n.at == without_article(text, part.at) for n in layers.names)
    return named or noun_of(text, part.at, layers) in PLACES


def without_article(text: str, at: Range) -> Range:
    """A stretch without “the” before it."""
    return Range(at.start + 4, at.end) if text[at.start : at.start + 4].lower() == "the " else at


def tells_which(text: str, part: Part, mention: Happening, layers: Layers, syntax: Syntax) -> bool:
    """Whether a target is an adjective or noun before the deed's word that only tells which it was; people are hit: “civilian abuse”."""
    deed, inside = layers.words_in(mention.trigger), layers.words_in(part.at)
    if mention.type not in TOLD or not inside or part.at.end > mention.trigger.start:
        return False
    last = inside.stop - 1
    if syntax.relation(last) not in BEFORE or int(syntax.heads[last]) not in deed:
        return False
    word = text[slice(*layers.words[last])]
    if PEOPLE.fullmatch(word) or {word.lower(), word.lower().removesuffix("s")} & person_nouns():
        return False
    name = next((n for n in layers.names if n.at.overlaps(part.at)), None)
    if name is None or mention.type == "hunger_disease":
        return name is None or name.label not in ("Person", "NORP", *LANDS)
    return name.label == "NORP" and mention.type in PEOPLES


def names_site(
    text: str, part: Part, mention: Happening, sites: Sequence[Range], layers: Layers, syntax: Syntax
) -> bool:
    """Whether a name before a deed's word that tells where that was, “the Kuka killings”, is marked as who did it or whom it hit."""
    at, inside = without_article(text, part.at), layers.words_in(part.at)
    if mention.type not in TELLING_WHERE or not inside or at.end > mention.trigger.start:
        return False
    head = head_among(inside, syntax)
    if syntax.relation(head) not in OWNING or int(syntax.heads[head]) not in layers.words_in(mention.trigger):
        return False
    if part.role == "target" and any(n.label == "Location" and n.at == at for n in layers.names):
        return True
    return any(without_article(text, s) == at for s in sites)


def is_purpose(text: str, part: Part, layers: Layers, syntax: Syntax) -> bool:
    """Whether a phrase is nobody and nothing but what somebody would do, “refused to [free the crew]”, or what somebody is, “[as mayor]”."""
    inside = layers.words_in(part.at)
    if not inside or AS.match(text, *part.at):
        return bool(inside)
    to, verb = inside.start - 1, head_among(inside, syntax)
    return (
        to >= 0
        and part.role != "recipient"  # "demands to Commissioner Ada Brook"
        and text[layers.words[verb].start].islower()
        and syntax.relation(to) == "mark"
        and int(syntax.heads[to]) == verb
        and text[slice(*layers.words[to])].lower() == "to"
    )


def only_tells(text: str, part: Part, mention: Happening, layers: Layers, syntax: Syntax) -> bool:
    """Whether a doer is a number or a word before the deed's own that is for no person and no body: “[two] marches”, “[street] riots”, an
    “[anti-Kor] rally”.
    """
    deed, inside = layers.words_in(mention.trigger), layers.words_in(part.at)
    if not inside or part.at.end > mention.trigger.start:
        return False
    last = inside.stop - 1
    if syntax.relation(last) not in COUNTING or int(syntax.heads[last]) not in deed:
        return False
    word = text[slice(*layers.words[last])]
    if syntax.relation(last) == "nummod" or OPPOSING.fullmatch(text, *part.at):
        return True
    does = word.endswith("s") and text[slice(*mention.trigger)].endswith("ing")  # "shops closing"
    return (
        text[slice(*part.at)].islower() and not does and not {word, word.removesuffix("s")} & acting_nouns()
    )


def inside_target(text: str, part: Part, mention: Happening) -> bool:
    """Whether a doer is only a piece of the phrase for whom the deed hits: no owner in it and none whom “by” names."""
    within = any(
        q.role == "target"
        and q.at.contains(part.at)
        and q.at.end > part.at.end
        and without_article(text, q.at).start == without_article(text, part.at).start
        and not q.at.overlaps(mention.trigger)
        for q in mention.parts
    )
    return (
        within
        and OWNER.match(text, part.at.end) is None
        and BY.search(text, max(0, part.at.start - 8), part.at.start) is None
    )


def holds_deed(text: str, part: Part, best: Happening, mentions: Sequence[Happening], layers: Layers) -> bool:
    """Whether a phrase that would suffer or receive a deed, or be its means, is the deed itself: it holds the word of the fullest mention,
    or its noun is that of another one. What was done with is often told by the word for the deed: “bombs”.
    """
    if part.role not in SHARE or (part.role == "instrument" and any(part.at == h.trigger for h in mentions)):
        return False
    inside, syntax = layers.words_in(part.at), layers.syntax
    if syntax is None or not inside:
        return part.at.contains(best.trigger)
    head = head_among(inside, syntax)
    above = int(syntax.heads[head])
    if best.type in FOUNDING and OPENED.match(text, *layers.words[above]):
        return False  # "launched the programme", told as the programme
    if part.at.contains(best.trigger):
        return True
    if above in layers.words_in(best.trigger):
        return False
    word = layers.words[head]
    return any(part.at.contains(h.trigger) and h.trigger.overlaps(word) for h in mentions)
