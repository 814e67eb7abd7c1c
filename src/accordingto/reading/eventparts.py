"""Who and what takes part in one mention of an event: whole phrases, each in one role.

What the network marks comes first, PropBank's arguments fill the roles that it left empty. The subject of a passive is what the
deed is done to, those who flee are its target, and a phrase in two roles keeps the one that it is surest in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from accordingto.reading.constituents import head_among, noun_start, phrase_of
from accordingto.reading.layers import Happening, Layers, Part, Syntax, Timex
from accordingto.spans import Range, gap, trim

SINGLE = frozenset(("actor", "recipient", "instrument", "place", "time", "killed", "wounded"))
PARTAKING = frozenset(("actor", "target", "recipient", "instrument"))
WAYS = frozenset(
    "road roads traffic highway motorway street rail railway railroad air aviation mine mining sea".split()
)
NAMES = frozenset(("Person", "Organization", "Location", "Facility", "Misc", "NORP"))
TIMED = frozenset(("time", "killed", "wounded"))
BORROWED = 0.3  # sureness of a participant that is a PropBank argument
UNSURE = 0.5  # a role that the network marks less surely yields to PropBank's for the same phrase
NEARLY = 0.7  # share of the surest target's chance that a further target needs
IDEAS = {  # nobody and nothing that a war is waged on or that a change of rulers befalls: "war of independence", "seized power"
    "invasion": frozenset("independence liberation attrition succession secession".split()),
    "politics": frozenset(("power",)),
}
NUMBERS = frozenset(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "hundreds thousand thousands million millions".split()
)
SELF = re.compile(
    r"(?:him|her|it|them|my|your|our)sel(?:f|ves)|there", re.I
)  # "what he did to get himself elected"
ABOUT = re.compile(
    r"about (?!(?:\w+ )?(?:\d|[A-Z]{0,3}[$€£¥])|(?:an?|one|half|dozens|"
    + "|".join(sorted(NUMBERS))
    + r")\b)",
    re.I,
)
WORD = re.compile(r"\w+")
EDGES = " \t\n,;:.!?“”\"'’()[]—–-"
OWNER = re.compile(r"['’]s$")  # "Freedonia’s invasion" is by Freedonia
QUANTIFIED = re.compile(
    r"(?:some|one|two|three|many|most|all|several|each|a few|both) of\s+(?=\S)", re.I
)  # "some of Ada Brook’s rallies"
LEADING = re.compile(
    r"(?:of|in|at(?! (?:least|most)\b)|on|by|to|from|with|for|and|or|but|(?:near|over)(?! \d)|against|into|between|that|which)\s+",
    re.I,
)
BARE = frozenset(
    "the a an of in on at to by from with for and or but that which what his her its their s against favor favour".split()
)
SCORE = re.compile(r"\d+(?:[-–—]| to )\d+(?:\s+(?=(?:for|against|to|in favou?r|on)\b)|$)", re.I)  # of a vote
NOBODY = frozenset(("no one", "nobody", "none", "no-one"))
PRONOUNS = frozenset(
    "he she it they him her them his its their who that which this these those anyone someone nobody".split()
)
LEAVING = frozenset(
    "flee flees fled fleeing escape escapes escaped escaping leave leaves left leaving settle settled settling return returns "
    "returned returning migrate migrated migrating".split()
)
SUBJECT = 40  # words between a subject and its verb
LINE = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
REST = 20  # characters
BEFORE = re.compile(r"(?:\b\w+-|\b(?:[A-Z]\.)+)$")
AFTER = re.compile(r"(?:-\w+)+|(?<=\.[A-Z])\.")  # "the U.S[.]"
LEADS_ON = re.compile(
    r"\s+(?:and|or|of|for|by|the|an?|to|in|into|with|from|his|her|its|their|(?-i:is|are|was|were|has|have|had|will|would))$",
    re.I,
)
RELATIVE = re.compile(r"who|whom|which|that|what", re.I)
GIVING = frozenset(("arms_transfer", "aid", "support"))
OPPOSED = re.compile(r"\b(?:on|against)\s+(?:the\s+)?$", re.I)  # before a phrase to which nothing is given
GAPPED = re.compile(r"(?:^|(?<=, )|,\s+(?:and\s+)?)(?:the\s+)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*$")
AMOUNT = re.compile(
    r"\s+(?:an?other\s+)?(?:[A-Z]{0,3}[$€£¥]\s?\d|\d[\d.,]*\s+(?:million|billion|trillion)\b)"
)
ENDS = frozenset(("death", "killing"))
BLAMED = re.compile(r" on (?:the )?", re.I)  # "blaming her death on soldiers"
BLAMING = re.compile(r"\bblam(?:e[sd]?|ing)\s[^.;:]*$", re.I)
HARMING = re.compile(r"(?:kill|wound|injur|maim|hurt|shoot|shot|burn|behead)\w*|slain|slay(?:s|ing)?", re.I)
DYING = re.compile(r"die[sd]?|dying|perish\w*", re.I)
DEEP = 5  # steps from a word in a clause about a noun up to that noun
TITLE = re.compile(r"(?:Mr|Ms|Mrs|Dr|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|Prof|Rev)\.?\s")  # before a name
DIGITS = re.compile(r"\d[.,]$")
MORE_DIGITS = re.compile(r"[.,]\d[\d.,]*")


def filled(mention: Happening, roles: Mapping[tuple[str, str], str]) -> Happening:
    """A mention with the roles that the event head left empty filled by PropBank arguments that it marked as nothing else."""
    have = {p.role for p in mention.parts}
    more = [
        Part(role, a.at, BORROWED)
        for a in mention.arguments
        if (role := roles.get((mention.type, a.label))) and role not in have
    ]
    return replace(mention, parts=(*mention.parts, *more)) if more else mention


def tidy(
    text: str, mention: Happening, instruments: frozenset[str], times: Sequence[Timex] = ()
) -> Happening:
    """A mention whose parts have no marks, prepositions or conjunctions at their edges and no half numbers or brackets; bare
    function words go, and days that would do something or be where it was done ("Tuesday’s strike").

    A weapon that stands as the doer is the instrument; "sanctions on Iran" gives Iran nothing, and those on whom a deed is blamed did
    not suffer it.
    """
    parts = []
    for p in mention.parts:
        at = trim(text, p.at, EDGES)
        if p.role == "target" and mention.type == "politics" and (score := SCORE.match(text, *at)):
            at = Range(score.end(), at.end)
        while m := LEADING.match(text, at.start, at.end):
            at = trim(text, Range(m.end(), at.end), EDGES)
        at = bracketed(text, whole_number(text, in_one_line(text, at, mention.trigger)))
        at = whole_words(text, at, mention.trigger)
        if owner := OWNER.search(text, *at):
            some = QUANTIFIED.match(text, *at)
            at = Range(some.end() if some else at.start, owner.start())
        if (
            mention.type in GIVING
            and (own := GAPPED.search(text, at.start, at.end))
            and AMOUNT.match(text, at.end)
        ):
            at = Range(at.start, own.start())  # "for Sudan, Canada $25 million": Canada gives
        words = [w.casefold() for w in WORD.findall(text[at.start : at.end])]
        opposed = (
            p.role == "recipient"
            and mention.type in GIVING
            and OPPOSED.search(text[max(0, at.start - 20) : at.start])
        )
        blamed = (
            p.role == "target"
            and BLAMED.fullmatch(text, mention.trigger.end, at.start)
            and (
                mention.type in ENDS
                or (mention.type == "attack" and BLAMING.search(text, 0, mention.trigger.start))
            )
        )
        way = p.role == "target" and mention.type == "accident" and set(words) <= WAYS  # of a "road accident"
        dated = p.role not in TIMED and any(t.at.contains(at) for t in times)
        if set(words) <= BARE or opposed or blamed or dated or way or no_partaker(text, p.role, at, mention):
            continue
        weapon = p.role == "actor" and words[-1] in instruments
        parts.append(replace(p, at=at, role="instrument" if weapon else p.role))
    return replace(mention, parts=tuple(parts))


def no_partaker(text: str, role: str, at: Range, mention: Happening) -> bool:
    """Whether a phrase can't do a deed or suffer it: a number cut off what it counts or "himself" as the doer, or what a war is for
    ("war of independence").
    """
    words = [w.casefold() for w in WORD.findall(text[slice(*at)])]
    if role == "actor":
        cut = all(w.isdigit() or w in NUMBERS or w in ("one", "and") for w in words) and words[-1] != "one"
        return (cut and text[at.end : mention.trigger.start] != " ") or SELF.fullmatch(text, *at) is not None
    return role == "target" and set(words) <= IDEAS.get(mention.type, frozenset())


def whole_names(text: str, mention: Happening, names: Sequence[Range]) -> Happening:
    """A mention whose parts cut no names in two: one that ends in a name, or is a title alone, goes on to its end, none stands in the midst of one.

    `names` are those that are labelled as one of `NAMES`, in text order.
    """
    parts = []
    for p in mention.parts:
        number = bisect_left(names, (p.at.end,)) - 1  # the last that begins before the end
        following = names[number + 1 : number + 2]
        if following and TITLE.fullmatch(text, p.at.start, following[0].start):
            parts.append(replace(p, at=Range(p.at.start, following[0].end)))
            continue
        cut = names[number] if number >= 0 and p.at.end < names[number].end else None
        if cut is None or p.role in TIMED or OWNER.fullmatch(text, p.at.end, cut.end):
            parts.append(p)
        elif p.at.start <= cut.start or text[cut.start : p.at.start].casefold() == "the ":
            owner = OWNER.search(text, *cut)
            whole = trim(text, Range(p.at.start, owner.start() if owner else cut.end), EDGES)
            parts.append(p if whole.overlaps(mention.trigger) else replace(p, at=whole))
    return replace(mention, parts=tuple(parts))


def in_one_line(text: str, at: Range, trigger: Range) -> Range:
    """A stretch that no paragraph ends in; of one that runs on, the side of the trigger."""
    lines = [m.span() for m in LINE.finditer(text, *at)]
    return (
        trim(text, Range(*min(lines, key=lambda x: gap(Range(*x), trigger))), EDGES) if len(lines) > 1 else at
    )


def whole_words(text: str, at: Range, trigger: Range) -> Range:
    """A stretch with the rest of the hyphened word or of the letters that it begins or ends in, and nothing that leads on to more."""
    start, end = at
    if text.startswith("s ", start) and text[start - 1 : start] in ("'", "’"):
        start += 2  # "[the mayor’]s envoy"
    elif start and (before := BEFORE.search(text, max(0, start - REST), start)):
        start = before.start()
    if after := AFTER.match(text, end):
        end = after.end()
    while leads := LEADS_ON.search(text, start, end):
        end = leads.start()
    whole = trim(text, Range(start, end), " ,;")
    return whole if whole.start < whole.end and (not whole.overlaps(trigger) or at.overlaps(trigger)) else at


def whole_number(text: str, at: Range) -> Range:
    """A stretch with all of the number that it begins or ends in: "14,000 people", not "000 people"."""
    start, end = at
    if text[start : start + 1].isdigit():
        while DIGITS.match(text, max(0, start - 2), start):
            start -= 2
            while start and text[start - 1].isdigit():
                start -= 1
    if text[end - 1 : end].isdigit() and (more := MORE_DIGITS.match(text, end)):
        end = trim(text, Range(start, more.end()), EDGES).end
    return Range(start, end)


def bracketed(text: str, at: Range) -> Range:
    """A stretch with the mark that closes its bracket, where that follows; else up to the bracket."""
    opened = text.rfind("(", *at)
    if opened < 0 or text.find(")", opened, at.end) >= 0:
        return at
    if text[at.end : at.end + 1] == ")":
        return Range(at.start, at.end + 1)
    return trim(text, Range(at.start, opened), EDGES) if opened > at.start else at


def in_one_role(
    text: str, mention: Happening, layers: Layers, roles: Mapping[tuple[str, str], str]
) -> Happening:
    """A mention none of whose phrases takes part twice; subjects of passives and those who leave are set right first.

    An adjective that only describes the deed ("modern imprisonment") takes no part in it.
    """
    syntax = layers.syntax
    if syntax is None or not syntax.labels or not mention.parts:
        return mention
    deed = layers.words_in(mention.trigger)
    undergoing, leaving = undergoers(text, mention, layers, syntax)
    told: list[tuple[Part, int]] = []
    single = (without_verb(text, p, mention, layers, syntax) for p in mention.parts)
    for p in (whole_target(text, p, mention, layers, syntax) for p in single):
        head = head_of(layers, syntax, p.at) if p.role in PARTAKING else -1
        if head in leaving:  # "thousands fled their homes": the homes are no target beside them
            p = replace(p, role="target", score=p.score + 1)
        elif head in undergoing and p.role == "actor":
            p = replace(p, role=roles.get((mention.type, "ARG1"), p.role))
        last = layers.word_at(p.at.end) - 1
        describes = head >= 0 and syntax.relation(last) == "amod" and syntax.heads[last] in deed
        if not (describes and text[slice(*p.at)].islower()):
            told.append((p, head))
    surest = sorted(told, key=lambda x: (-(UNSURE if x[0].score == BORROWED else x[0].score), x[0].at))
    first: dict[int, Part] = {}
    targets = {head for p, head in told if p.role == "target"}
    for p, head in surest:
        doers = any(q.role == "actor" for q in first.values())
        if not (p.role == "actor" and doers and head in targets):  # whom the doer meets is no second doer
            first.setdefault(head, p)
    return replace(mention, parts=tuple(p for p, head in told if head < 0 or first[head] is p))


def without_verb(text: str, part: Part, mention: Happening, layers: Layers, syntax: Syntax) -> Part:
    """A participant that runs over no verb with its subject: of “Smith said he” the one who takes part in the deed."""
    inside, deed = layers.words_in(part.at), layers.words_in(mention.trigger)
    if part.role not in PARTAKING or len(inside) < 2:
        return part
    verb = head_among(inside, syntax)
    subject = next(
        (w for w in inside if w < verb and syntax.heads[w] == verb and syntax.relation(w) == "nsubj"), None
    )
    if subject is None or verb in deed or RELATIVE.fullmatch(text, *layers.words[subject]):
        return part
    behind = range(verb + 1, inside.stop)
    own = next((w for w in behind if syntax.heads[w] in deed), None)
    obj = next((w for w in behind if syntax.heads[w] == verb and syntax.relation(w) == "obj"), None)
    beside = obj if own is None and part.at.end <= mention.trigger.start else None  # nearer to the deed
    words = phrase_of(next((w for w in (own, beside) if w is not None), subject), syntax)
    if words is None:
        return part
    first = max(words.start, inside.start)
    last = (inside.stop if beside is not None else min(words.end, inside.stop)) - 1
    return replace(part, at=Range(layers.words[first].start, layers.words[last].end))


def whole_target(text: str, part: Part, mention: Happening, layers: Layers, syntax: Syntax) -> Part:
    """A target that stands in what describes somebody to whom the deed is done, with all of that phrase: "a bridge" of “Three soldiers
    guarding a bridge were killed”.
    """
    if part.role != "target":
        return part
    deed, word = layers.words_in(mention.trigger), head_of(layers, syntax, part.at)
    for _ in range(DEEP):
        above = int(syntax.heads[word])
        if word in deed or above == word:
            return part
        described = syntax.relation(word) in ("acl", "appos") and above < word
        if described and is_hit(text, above, deed, layers, syntax):
            first = noun_start(above, syntax)
            start = layers.words[above if first is None else first].start
            whole = Range(min(start, part.at.start), part.at.end)
            return part if whole.overlaps(mention.trigger) else replace(part, at=whole)
        word = above
    return part


def is_hit(text: str, noun: int, deed: range, layers: Layers, syntax: Syntax) -> bool:
    """Whether a deed is done to a noun: as its object, or as that of the verb that tells what it did ("the strike killed people")."""
    verb, label = int(syntax.heads[noun]), syntax.labels[int(syntax.relations[noun])]
    told = layers.words[verb]
    if label == "nsubj":
        return verb in deed and DYING.fullmatch(text, *told) is not None
    if label not in ("obj", "nsubj:pass"):
        return False
    does = any(syntax.heads[w] == verb and syntax.relation(w) in ("nsubj", "obl") for w in deed)
    return verb in deed or (does and HARMING.fullmatch(text, *told) is not None)


def undergoers(
    text: str, mention: Happening, layers: Layers, syntax: Syntax
) -> tuple[frozenset[int], frozenset[int]]:
    """The words to which a deed is done, by the tree, and those that leave in it: "the law was adopted", "the law, adopted in May";
    "thousands fled", "thousands fleeing".
    """
    deed = layers.words_in(mention.trigger)
    word = text[slice(*mention.trigger)].casefold()
    labels = [syntax.labels[r] for r in syntax.relations[deed.start : deed.stop].tolist()]
    above = {int(syntax.heads[w]) for w, label in zip(deed, labels, strict=True) if label == "acl"} - {*deed}
    subjects: dict[str, set[int]] = {"nsubj": set(), "nsubj:pass": set()}
    near = slice(max(0, deed.start - SUBJECT), deed.stop + SUBJECT)
    hung = np.flatnonzero((syntax.heads[near] >= deed.start) & (syntax.heads[near] < deed.stop)) + near.start
    for w in hung.tolist():
        label = syntax.labels[int(syntax.relations[w])]
        if label in subjects and w not in deed:
            subjects[label].add(w)
    if mention.type == "displacement" and word in LEAVING:
        return frozenset(), frozenset(above | subjects["nsubj"])
    doing = {head_of(layers, syntax, a.at) for a in mention.arguments if a.label == "ARG0"}
    done = set() if word.endswith("ing") or text.endswith("to ", 0, mention.trigger.start) else above - doing
    return frozenset(done | subjects["nsubj:pass"]), frozenset()


def head_of(layers: Layers, syntax: Syntax, at: Range) -> int:
    """The word of a stretch on which the others hang."""
    inside = layers.words_in(at)
    return head_among(range(inside.start, min(max(inside.start + 1, inside.stop), len(syntax.heads))), syntax)
