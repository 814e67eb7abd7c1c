"""What speaks for and against two accounts telling of one incident: named signs, each with the words that say so.

A sign has a name (a row of `data/match_weights.csv`), a strength from 0 to 1 and, where a reader would want to hear
of it, words. What rules a match out altogether is `Apart`. Nothing here weighs signs; `matching.py` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from accordingto.ledger.accounts import Account, Count, Field, Stance
from accordingto.ledger.bodies import bodies, of_its_men, same_body
from accordingto.ledger.days import WAR
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.names import name_key, overlap, same_name, telling_words
from accordingto.record import Measure

LIKE_WORDS = 0.3  # share of words from which two sentences are called much alike
LIKE_NAMES = 0.5  # share of names from which two reports are said to name the same
FEW_NAMES = 4  # a report with fewer names than this is not alike by one of them alone
A_NIGHT = 2  # days that a night has
FAR_APART = 3.0  # ratio of two counts of the same from which they speak against one incident
MEASURES = ("killed", "wounded", "detained", "missing", "displaced", "weapons")


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign by its name, how strong it is (0 to 1), and its words."""

    name: str
    words: str | None = None
    strength: float = 1.0


class Apart(Exception):
    """Two accounts can't tell of one incident; the message says why."""


def kind(a: Account, b: Account) -> Iterator[Sign]:
    """Types and families, and whether one report tells both.

    Raises:
        Apart: where the types have no family in common, one is only planned, or a report tells them apart or has only a
            denial of one, or only one is a whole war or sums up several.
    """
    if not set(a.kin) & set(b.kin):
        raise Apart(f"{a.type} and {b.type} are different things")
    if a.hypothetical != b.hypothetical:
        raise Apart("one is planned, the other is told as fact")
    if is_whole_war(a) != is_whole_war(b) and not at_war(a, b):
        raise Apart("one is a whole war")
    if any(is_sum(x) and not several(y) for x, y in ((a, b), (b, a))):
        raise Apart("one sums up several")
    if b.key in a.apart:
        raise Apart("one report tells them apart")
    if a.document == b.document and only_denied(a) != only_denied(b):
        raise Apart("one report tells the one and has only a denial of the other")
    if a.type == b.type:
        yield Sign("same type", f"both {a.type}")
        if knowledge().is_split(a.type, a.told) != knowledge().is_split(b.type, b.told):
            yield Sign("two deeds of a type", f"{a.told} and {b.told}")
    elif a.family != b.family:
        yield Sign("another family", f"{a.type} and {b.type}")
    if a.document == b.document and b.again != a.key:
        yield Sign("one report", "one report tells them as two")
        if a.headline != b.headline:
            yield Sign("one in the headline", "one in the headline")


def several(a: Account) -> bool:
    """True where an account counts more than one attack: “two strikes”."""
    return any(c.measure == Measure.ATTACKS and (c.best or c.low or 0) > 1 for c in a.counts)


def is_sum(a: Account) -> bool:
    """True for several attacks of more than a day or of two kinds of site, told in one; “two strikes hit the market” are one deed."""
    days = a.days if a.dated and not a.lent_day else None
    return several(a) and ((days or 0) > A_NIGHT or len(a.sites) > 1)


def at_war(*accounts: Account) -> bool:
    """True where the word for each is one for a war."""
    return all(WAR.fullmatch(a.told) for a in accounts)


def is_whole_war(a: Account) -> bool:
    """True for a war of which neither a day nor a town is told: it may be in the news wherever something of it happens."""
    dated = a.dated and not a.lent_day
    placed = a.placed and not a.lent_place and a.place is not None and a.place.fine
    return at_war(a) and not dated and not placed


def only_denied(a: Account) -> bool:
    """True for what its report knows by denials alone."""
    how = {s.stance for s in a.statements if s.field is Field.HAPPENED}
    return Stance.DENIES in how and Stance.ASSERTS not in how


def site(a: Account, b: Account) -> Iterator[Sign]:
    """What was hit: the same named site, the same class, or two different ones."""
    same = next((x for x in a.site_names for y in b.site_names if same_name(x, y)), None)
    if same:
        yield Sign("same named site", f"same {same}")
        return
    for x in a.site_names:
        for y in b.site_names:
            if x.split()[-1] == y.split()[-1] and not is_place(x, a, b) and not is_place(y, a, b):
                if a.document == b.document:
                    raise Apart(f"{x} and {y} are two")
                yield Sign("two named sites", f"{x} and {y} are two")
                return
    common = sorted(set(a.sites) & set(b.sites))
    if common:
        yield Sign("same site", f"same {common[0]}")
    elif a.sites and b.sites:
        yield Sign("two sites", f"{a.sites[0]} and {b.sites[0]}")


def is_place(site_name: str, *accounts: Account) -> bool:
    """True where a site is only named after its town, such as the Marda school."""
    proper = site_name.rsplit(" ", 1)[0]
    return any(a.place is not None and same_name(proper, a.place.name) for a in accounts)


def figures(a: Account, b: Account) -> Iterator[Sign]:
    """Counts of the same measure and people: equal, grown with the days, or far apart. `a` was published first."""
    for measure in MEASURES:
        found = [
            agreement(x, y, a, b)
            for x in a.counts
            if x.measure == measure
            for y in b.counts
            if y.measure == measure and x.part == y.part
        ]
        for best in sorted((f for f in found if f), key=lambda f: f[0])[:1]:
            _, name, words = best
            if measure == "killed":
                yield Sign(
                    {"same": "same killed", "grown": "killed grown"}.get(name, f"killed {name}"),
                    said(name, measure, words),
                )
            else:
                yield Sign(
                    "same count" if name in ("same", "grown") else "counts differ", said(name, measure, words)
                )


def said(name: str, measure: str, words: str) -> str:
    """The words of two counts: `both killed 4, later 9`, `4 and 40 (killed)`."""
    return f"both {measure} {words}" if name in ("same", "grown") else f"{words} ({measure})"


def agreement(x: Count, y: Count, a: Account, b: Account) -> tuple[int, str, str] | None:
    """How two counts of the same stand to each other: rank (0 best), name, words. What was hit at another site doesn't grow."""
    first, second = (c.best if c.best is not None else c.low for c in (x, y))
    if first is None or second is None:
        return None
    if first == second:
        return 0, "same", f"{first:g}"
    small, large = sorted((first, second))
    elsewhere = bool(a.sites and b.sites and not set(a.sites) & set(b.sites))
    grown = second > first and a.published != b.published and not elsewhere
    if small and large / small <= FAR_APART:
        return (
            (1, "grown", f"{first:g}, later {second:g}")
            if grown
            else (2, "differ", f"{first:g} and {second:g}")
        )
    return (
        (2, "differ", f"{first:g} and {second:g}")
        if not small
        else (3, "far apart", f"{first:g} and {second:g}")
    )


def who(a: Account, b: Account) -> Iterator[Sign]:
    """Participants in common, other than a site that is known to be the same. Rival accounts name different actors, so that says nothing; two named targets do."""
    for role in ("actor", "target", "recipient"):
        mine = [p for p in a.parties if p.role == role]
        theirs = [p for p in b.parties if p.role == role]
        telling = [[p for p in ps if p.named or not set(a.sites) & set(b.sites)] for ps in (mine, theirs)]
        shared = next((m for m in telling[0] for t in telling[1] if one_name(m.name, t.name)), None)
        if shared and role == "target" and shared.person and shared.named:
            yield Sign("same person", f"of the same person ({shared.name})")
        elif shared and (role != "target" or shared.named or a.document == b.document):
            yield Sign(f"same {role}", f"same {role} ({shared.name})")
        elif role == "target":
            named = [[p.name for p in ps if p.named] for ps in (mine, theirs)]
            if all(named):
                yield Sign("two targets", f"{named[0][0]} and {named[1][0]}")
            elif not set(a.sites) & set(b.sites):
                alike = max(
                    (overlap(telling_words(m.name), telling_words(t.name)) for m in mine for t in theirs),
                    default=0,
                )
                if alike:
                    yield Sign("target in the same words", None, alike)


def one_name(one: str, other: str) -> bool:
    """True for one name in two forms, an acronym and its long form among them."""
    return same_name(one, other) or same_body(of_its_men(one), of_its_men(other))


def wording(a: Account, b: Account) -> Iterator[Sign]:
    """The same trigger word; words and names in common, of the sentence and of the whole report."""
    if a.trigger == b.trigger:
        yield Sign("same trigger", "same word for it")
    alike = overlap(frozenset(a.words), frozenset(b.words))
    if alike:
        yield Sign("like words", "much the same words" if alike >= LIKE_WORDS else None, alike)
    if a.document != b.document and a.names and b.names:
        known = {name_key(x.place.name) for x in (a, b) if x.place}  # places have their own signs
        mine, theirs = (set(x.names) - known - bodies().countries.keys() for x in (a, b))
        share = len(mine & theirs) / max(FEW_NAMES, min(len(mine), len(theirs)))
        if share:
            yield Sign("like names", "reports that name the same" if share >= LIKE_NAMES else None, share)
