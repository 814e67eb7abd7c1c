"""Cues as the guidelines have them: the smallest string that tells of words, so without what only helps it, colours it or tells when and where.

“has promised” is “promised”, “also noted” “noted”, “said in a statement on Monday” “said”; a negation stays (“not commented”, “did not add”), and so do a
preposition that the verb governs (“called for”, “accused of”) and what may be (“could say”).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.acts import cue_row
from accordingto.reading.layers import Attribution, Layers
from accordingto.reading.tables import Cue, ReadingTables
from accordingto.spans import Range

FARTHEST = 24  # characters before a cue in which a negation stands
HELPER = r"(?:has|have|had|is|are|was|were|be|been|being|am|having|to|['’](?:s|re|ve|m))"
MANNER = (
    r"(?!(?:reply|rely|comply|apply|imply|supply|only|barely|hardly|scarcely|rarely|merely|simply)\b)[a-z]+ly"
)
ADVERB = (
    r"(?:also|later|earlier|now|further|then|once|again|even|still|already|long|often|always|just|soon|first|"
    r"yesterday|today|tonight|(?:last|this) (?:night|morning|afternoon|evening|week|month|year)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    rf"{MANNER})"
)
LEADING = re.compile(
    rf"(?>(?:(?:{HELPER}|{ADVERB})\s+)+)(?!(?:no|yet|an?|the|about|to|on|in|of|at|concerned)\b)", re.I
)
DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|tonight|earlier|(?:\w+ )?(?:(?:hour|day|week|month|year)s? )?later|afterwards?|"
    r"recently|last|this|once again|again)"
)
GOVERNED = re.compile(  # behind a day or place the verb goes on
    r"\b(?:for|about|against|of|on|with|to|as|at|from|over|\w+ing)$|\sto\s\w", re.I
)
TAIL = re.compile(
    rf"(?<=[a-z])\s+(?:(?:in|at|on|during|via|through|after|before|ahead of|as part of)\s+\S.*|{DAY}\b.*|{MANNER}|"
    r"with an?\s(?:grin|smile|laugh|shrug|sigh|wink|nod|chuckle|smirk|sneer))$",
    re.I | re.S,
)
STATEMENT = re.compile(
    r"(?:issued|released|made|published)\s.*\bstatements?\s(?:\w+\s)?(?=\w+ing$)", re.I | re.S
)
BY_DEED = re.compile(  # a deed with its object, and behind it what is said by that: “filed a brief in Bor on Monday [arguing]”
    r"(?!(?:has|have|had|is|are|was|were|be|been)\b)[a-z’'-]+(?:(?:\s\w+){0,3}\swith)?(?:\s(?:an?|the|its|his|her|their|another|two|several)\s.*?(?P<before>[^\s,]+)|,)"
    r"\s+(?=[a-z]+ing(?:\s(?:on|for|of|against))?$)",
    re.S,
)
OF_OBJECT = frozenset(
    "a an the its his her their and of by in on to at for from with without while when after before during against "
    "decree order edict ruling".split()  # these tell what is said by themselves
)
INFINITIVE = re.compile(r"(?<!\byet)\s+to$", re.I)
GERUND = r"(?:[a-z]+ly\s+)?[a-z]*[aeiouy][a-z]*ing\b"  # a vowel: “bring” is none
BEFORE_GERUND = re.compile(rf"\s+{GERUND}", re.I)
WITH_GERUND = re.compile(
    rf"\s+to\s+(?={GERUND})|(?:(?<=commitment)|(?<=opposition)|(?<=committed)|(?<=opposed))"
    r"\s+to\s+(?=(?:the|an?|any|all|his|her|its|their|this|that|these|those)\b)",
    re.I,
)
QUOTED_AS = re.compile(rf"(?:(?<=quoted)|(?<=cited))\s+as\s+(?={GERUND})", re.I)
NEGATED = re.compile(
    r"\b(?:(?:do|does|did|has|have|had|is|are|was|were)(?:\snot|n['’]t)|never)\s(?:\w+ly\s)?$", re.I
)
IF = re.compile(r"\b(?:if|unless) (?:[\w’'-]+ ){1,3}$", re.I)  # nobody is told to have kept silent yet
SIGNS = re.compile(r"(?<=\w)[\s:,;–—-]+$")


def with_negations(text: str, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions, each cue with the negation right before it: “[don’t feel] safe”."""
    out = []
    for a in attributions:
        m = NEGATED.search(text, max(0, a.cue.start - FARTHEST), a.cue.start) if a.cue else None
        supposed = m and IF.search(text, max(0, m.start() - FARTHEST), m.start())
        if (
            a.cue
            and m
            and not supposed
            and not any(r.end > m.start() and r.start < a.cue.end for r in parts(a))
        ):
            a = replace(a, cue=Range(m.start(), a.cue.end))
        out.append(a)
    return tuple(out)


def parts(a: Attribution) -> tuple[Range, ...]:
    """The source and the contents of an attribution."""
    return a.content if a.source is None else (a.source, *a.content)


def smallest(text: str, cue: Range, tables: ReadingTables) -> Range:
    """A cue without helping verbs and adverbs before it, and without days, places and media behind it.

    The row of `data/cues.csv` that it has stays the same, so that nothing is lost of what it tells; but of a deed by which something is said the
    word for that alone is the cue: “filed a brief arguing” is “arguing”.
    """
    row = cue_row(text, cue, tables)
    for pattern in (SIGNS, TAIL, STATEMENT, LEADING):
        m = pattern.search(text[slice(*cue)]) if pattern in (SIGNS, TAIL) else pattern.match(text, *cue)
        if m is None or (pattern is TAIL and GOVERNED.search(m[0])):
            continue
        behind = pattern in (SIGNS, TAIL)
        at = Range(cue.start, cue.start + m.start()) if behind else Range(m.end(), cue.end)
        if at.end > at.start and act_of(text, at, row, tables):
            cue = at
    deed = BY_DEED.match(text, *cue)
    said = Range(deed.end(), cue.end) if deed and deed["before"] not in OF_OBJECT else cue
    return said if cue_row(text, said, tables) is not None else cue


def act_of(text: str, at: Range, row: Cue | None, tables: ReadingTables) -> bool:
    """Whether a shorter cue does the same by the tables; one that no table knew may become any word."""
    mine = cue_row(text, at, tables)
    return mine == row if row is None or mine is None else (mine.act, mine.plain) == (row.act, row.plain)


def without_infinitive(
    text: str, cue: Range, content: tuple[Range, ...], layers: Layers
) -> tuple[Range, tuple[Range, ...]]:
    """A cue without the “to” of what is planned or asked, which begins the content: “plans [to leave]”; a governed “to” stays: “objected to”,
    “committed to opening”.
    """
    m = INFINITIVE.search(text[slice(*cue)])
    first = next((c for c in content if c.start == cue.end + 1), None)
    syntax = layers.syntax
    if (
        m is None
        or first is None
        or syntax is None
        or not syntax.labels
        or BEFORE_GERUND.match(text, cue.end)
    ):
        return cue, content
    to = layers.word_at(cue.end - len("to"))
    if syntax.relation(to) != "mark":
        return cue, content
    at = Range(cue.end - len("to"), first.end)
    return Range(cue.start, cue.start + m.start()), tuple(at if c == first else c for c in content)


def with_governed(text: str, cue: Range, content: tuple[Range, ...]) -> tuple[Range, tuple[Range, ...]]:
    """A cue with the “to” or “as” that it governs, which begins the content: “committed to [opening the dam]”, “quoted as [saying]”."""
    m = WITH_GERUND.match(text, cue.end) or QUOTED_AS.match(text, cue.end)
    word = Range(m.start() + 1, m.end()) if m else cue
    first = next((c for c in content if c.start == word.start and c.end > word.end), None)
    if m is None or first is None:
        return cue, content
    own = Range(word.end, first.end)
    return Range(cue.start, word.start + 2), tuple(own if c == first else c for c in content)
