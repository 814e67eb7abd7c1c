"""Events that one report tells apart: “hours later a drone struck …”, “in another attack …”, one in the morning, one in the evening.

Words of order alone part nothing, since a report comes back to what it has told: the two must also differ in weapon, in
victims or in a count, and agree in none of these. Of “in another attack” and what is told right before it is enough that
they don't agree. What a report tells apart never becomes one incident, whatever else is like both.

What is done after people were killed didn't kill them (“a curfew after a student was killed”), and what only tells who or what
took part (“arrested men who helped to abduct …”) is no part of the deed; two such are apart by these words alone.

What it only denies of a deed that it has told, “denied that a mosque was hit”, is no deed beside it: the denial goes to that one;
so does “denied that any prisoners were executed”, and “denied opening fire” by whom the report has blamed for firing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from accordingto.ledger.accounts import Account, Field, Stance
from accordingto.ledger.bodies import same_body
from accordingto.ledger.differences import compared
from accordingto.ledger.knowledge import Knowledge
from accordingto.ledger.names import same_name, telling_words
from accordingto.ledger.nearness import relation
from accordingto.ledger.signs import Apart, several
from accordingto.ledger.values import TOGETHER
from accordingto.passages import sentence
from accordingto.record import Event, Record, Role
from accordingto.spans import Range

ANOTHER, LATER = "another", "later"
AGAIN = frozenset({"the", "this", "that", "these", "those", "its", "their"})  # before what was told before
Marks = Sequence[tuple[str, int]]  # words of order: how they order, and where they begin
AFTER_THAT = re.compile(
    r"\b(?:after|following)\b(?:(?!\band\b)[^,;:.])*$"
)  # “struck after dark and killed …” is none
TAKING_PART = frozenset((Role.ACTOR, Role.TARGET, Role.RECIPIENT))
NONE_OF = re.compile(r"(?:any|no|none of(?: the)?|any of(?: the)?)\s+", re.I)
BARE_PLURAL = re.compile(r"(?:[a-z]+ )?[a-z]+(?<!s)s|civilians|children|women|people|men")
NAMED = frozenset({Field.TARGET, Field.INSTRUMENT})
THE = re.compile(r"\b(?:the|this|that)\s+$", re.I)  # before a noun that takes up what was told
WHICH = re.compile(r"\s+(?:on|in|of|at|against|near|outside|by|to|from|that|which|who|where|when)\b")
MOVING = re.compile(
    r"\b(?:drones?|aircraft|helicopters?|(?:war)?planes?|jets?|missiles?|rockets?|ships?)\b", re.I
)  # what is hit elsewhere, in flight
CLOSE = 2  # claims from blame to its answer
ARTICLE = 8  # characters before a word in which its article is looked for


@dataclass(frozen=True, slots=True)
class Told:
    """An account with its event, and the sentence that tells it."""

    account: Account
    event: Event
    around: Range


def parted(accounts: Sequence[Account], record: Record, known: Knowledge) -> tuple[Account, ...]:
    """A record's accounts, each with the keys of those that the report tells apart from it, and with its parts of the day."""
    accounts = with_answers(with_denials(accounts, record, known))
    text = record.document.text
    words = [(how, m.start()) for pattern, how in known.orders for m in pattern.finditer(text)]
    deeds = [a for a in accounts if not (a.consequence or a.lasting or a.hypothetical)]
    every = in_their_sentences(accounts, record)
    told = [t for t in every if t.account in deeds]
    marks = {t.account.key: [w for w in words if goes_with(w, t, told, record)] for t in told}
    found = {t.account.key: set_apart(t, every, text) for t in every}
    for n, other in enumerate(told):
        for one in told[:n]:
            a, b = one.account, other.account
            order = in_order(a, marks[a.key], marks[b.key]) if set(a.kin) & set(b.kin) else ""
            flatly = order == ANOTHER and one is told[n - 1] and not a.headline
            signs = compared(a, b) if order else []
            if order and True not in signs and (flatly or False in signs):
                found[a.key].add(b.key)
                found[b.key].add(a.key)
    hours = {t.account.key: hours_of([w for w in words if goes_with(w, t, every, record)]) for t in every}
    again = taken_up(every, text)
    return tuple(
        msgspec.structs.replace(
            a,
            apart=tuple(sorted(found[a.key])),
            hours=tuple(sorted(hours[a.key])),
            again=again.get(a.key),
        )
        for a in accounts
    )


def taken_up(every: Sequence[Told], text: str) -> dict[str, str]:
    """Each account whose word is a definite noun with nothing to tell which (“the flood”, not “the strike on a mill”) and without a day of its own, with the last of its type told before it."""
    out: dict[str, str] = {}
    last: dict[str, Account] = {}
    for t in every:
        a, at = t.account, t.event.trigger
        definite = THE.search(text[max(0, at.start - ARTICLE) : at.start]) and not WHICH.match(text, at.end)
        if a.type in last and definite and not a.dated and not several(last[a.type]):
            out[a.key] = last[a.type].key
        last[a.type] = a
    return out


def set_apart(mine: Told, every: Sequence[Told], text: str) -> set[str]:
    """The keys of those that the words between them and an event set apart from it."""
    return {
        t.account.key
        for t in every
        if set(t.account.kin) & set(mine.account.kin)
        and (follows(mine, t, text) or follows(t, mine, text) or describes(mine, t) or describes(t, mine))
    }


def follows(deed: Told, before: Told, text: str) -> bool:
    """True where a sentence tells a deed and after which killing it came: “troops came in after rebels killed a guard”."""
    if deed.account.consequence or not before.account.consequence or deed.around != before.around:
        return False
    between = text[deed.event.trigger.end : before.event.trigger.start]
    return AFTER_THAT.search(between) is not None


def describes(one: Told, other: Told) -> bool:
    """True where a deed stands in the words for who did or suffered another: “arrested two who were in the raid”."""
    if one.account.consequence or other.account.consequence:
        return False
    at, mine = one.event.trigger, other.event.trigger
    whole = [p.span for p in other.event.participants if p.role in TAKING_PART]
    return any(s.start <= at.start < s.end and not s.start <= mine.start < s.end for s in whole)


def with_denials(accounts: Sequence[Account], record: Record, known: Knowledge) -> tuple[Account, ...]:
    """A record's accounts; what is only denied of a deed that the record has told goes to that one, the last before it."""
    kept = {a.key: a for a in sorted(accounts, key=lambda a: a.order)}
    for a in [a for a in kept.values() if is_only_denied(a)]:
        here = tells_place(a, record)
        told = [b for b in kept.values() if b.start < a.start and is_denied_by(b, a, known, here=here)]
        if told:
            del kept[a.key]
            one = told[-1]
            added = [s for s in a.statements if s.field not in NAMED or not none_of(str(s.value))]
            kept[one.key] = msgspec.structs.replace(
                one, statements=(*one.statements, *added), claims={**one.claims, **a.claims}
            )
    return tuple(kept[a.key] for a in accounts if a.key in kept)


def with_answers(accounts: Sequence[Account]) -> tuple[Account, ...]:
    """A record's accounts; what somebody just blamed says of having hit “a depot” goes to the deed that was laid to them."""
    kept = {a.key: a for a in sorted(accounts, key=lambda a: a.order)}
    for a in list(kept.values()):
        told = [b for b in kept.values() if b.start < a.start and is_owned(b, a)]
        if told:
            del kept[a.key]
            one = told[-1]
            kept[one.key] = msgspec.structs.replace(
                one, statements=(*one.statements, *a.statements), claims={**one.claims, **a.claims}
            )
    return tuple(kept[a.key] for a in accounts if a.key in kept)


def is_owned(told: Account, mine: Account) -> bool:
    """True where who has just been blamed for a deed, or the claim after, tells it as their own: of its type, with no day or place, said by nobody else."""
    happened = [s for s in mine.statements if s.field is Field.HAPPENED]
    voices = {s.by for s in happened}
    doers = {s.value for s in mine.statements if s.field is Field.ACTOR}
    alone = (
        len(voices) == 1 and voices == doers and all(s.claim and s.stance is Stance.ASSERTS for s in happened)
    )
    if not alone or told.type != mine.type or mine.dated or mine.placed or several(mine):
        return False
    if any(p.role == Role.TARGET and MOVING.search(p.name) for p in mine.parties):
        return False
    first = min(mine.claims.values())
    return any(
        s.field is Field.ACTOR
        and s.stance is Stance.ASSERTS
        and s.by != s.value
        and s.claim
        and 0 < first - told.claims.get(s.claim, first) <= CLOSE
        and same_body(str(s.value), str(mine_by))
        for s in told.statements
        for mine_by in voices
    )


def is_only_denied(account: Account) -> bool:
    """True where speakers deny an event, and nothing is said for it, nor when it was."""
    said = account.statements
    return (
        bool(said)
        and not account.dated
        and all(s.stance is Stance.DENIES and s.claim is not None for s in said)
    )


def tells_place(account: Account, record: Record) -> bool:
    """True where an event's place is its own, not lent from what another claim tells beside it."""
    event = next(v for v in record.events if v.id == account.event)
    at = next((p.span.range for p in record.places if p.id == event.place), None)
    holding = {c.id for c in record.claims if at and any(s.range.contains(at) for s in c.content)}
    return not holding or bool(holding & set(event.claims))


def is_denied_by(told: Account, denied: Account, known: Knowledge, *, here: bool) -> bool:
    """True where what is only denied is a deed told as one that happened: of its kind, of the same thing, in no other place.

    `here`: the denial's place is its own.
    """
    of_any = told.type == denied.type and denies_any(told, denied)
    if told.hypothetical or (told.consequence and not of_any) or not set(told.kin) & set(denied.kin):
        return False
    if not any(s.field is Field.HAPPENED and s.stance is Stance.ASSERTS for s in told.statements):
        return False
    if here and told.placed and denied.placed and told.place and denied.place:
        try:
            if relation(told.place, denied.place).name not in TOGETHER:
                return False
        except Apart:
            return False
    if of_any or is_laid_to(told, denied):
        return True
    roles = {Role.TARGET, Role.INSTRUMENT} if known.is_secret(told.type) else {Role.TARGET}
    return any(
        p.role == q.role and p.role in roles and same_name(p.name, q.name)
        for p in told.parties
        for q in denied.parties
    )


def denies_any(told: Account, denied: Account) -> bool:
    """True where a denial is of whatever there may be of what a deed befell: “that any prisoners were executed”."""
    things = {w for p in told.parties for w in telling_words(p.name)} | set(told.words)
    return any(
        (words := none_of(p.name)) and words <= things
        for p in denied.parties
        if p.role in (Role.TARGET, Role.INSTRUMENT)
    )


def none_of(name: str) -> frozenset[str]:
    """The telling words of “any prisoners”, “no pupils” or bare “prisoners”; empty for what is not named so."""
    found = NONE_OF.match(name)
    if found is None and BARE_PLURAL.fullmatch(name) is None:
        return frozenset()
    return telling_words(name[found.end() :] if found else name)


def is_laid_to(told: Account, denied: Account) -> bool:
    """True where who denies a deed, of nobody in particular, is whom the report has blamed for the one told: “denied opening fire”."""
    if any(p.role is Role.TARGET for p in denied.parties):
        return False
    spared = [str(s.value) for s in denied.statements if s.field is Field.ACTOR and s.value == s.by]
    blamed = [
        str(s.value)
        for s in told.statements
        if s.field is Field.ACTOR and s.stance is Stance.ASSERTS and s.value != s.by
    ]
    return any(same_body(a, b) for a in spared for b in blamed)


def in_their_sentences(accounts: Sequence[Account], record: Record) -> list[Told]:
    """Accounts in their order, with their events and sentences."""
    events, text = {v.id: v for v in record.events}, record.document.text
    return [
        Told(a, events[a.event], sentence(text, events[a.event].trigger).range)
        for a in sorted(accounts, key=lambda a: a.order)
    ]


def hours_of(marks: Marks) -> set[str]:
    """The parts of the day that words of order tell."""
    return {how for how, _ in marks} - {ANOTHER, LATER}


def in_order(first: Account, one: Marks, other: Marks) -> str:
    """How words of order tell the second event after the first; empty where they don't. Two parts of a day tell it, too."""
    after = [how for how, at in other if how in (ANOTHER, LATER) and first.start < at]
    if after:
        return ANOTHER if ANOTHER in after else LATER
    mine, theirs = hours_of(one), hours_of(other)
    return LATER if mine and theirs and not mine & theirs else ""


def goes_with(word: tuple[str, int], mine: Told, told: Sequence[Told], record: Record) -> bool:
    """True for a word of order in an event's sentence that goes with it, not with another event or with a saying."""
    how, at = word
    if not mine.around.start <= at < mine.around.end or owner(at, told, mine.around) is not mine:
        return False
    trigger = mine.event.trigger.start
    if how == ANOTHER:
        return at < trigger
    first, last = sorted((at, trigger))
    said = any(c.cue and first <= c.cue.start < last for c in record.claims)
    return not said and not is_told_again(mine.event, record.document.text)


def owner(at: int, told: Sequence[Told], around: Range) -> Told | None:
    """The event that words in a sentence go with: the first one told after them, else the last before."""
    here = [t for t in told if around.start <= t.event.trigger.start < around.end]
    return next((t for t in here if t.event.trigger.start >= at), here[-1] if here else None)


def is_told_again(event: Event, text: str) -> bool:
    """True for “the strike” and “the bomb went off”, which take up what was told before."""
    arms = [p.span for p in event.participants if p.role is Role.INSTRUMENT]
    return any(
        word.casefold() in AGAIN
        for s in (event.trigger, *arms)
        for word in (*text[max(0, s.start - ARTICLE) : s.start].split()[-1:], *s.text.split()[:1])
    )
