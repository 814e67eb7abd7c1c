"""Whom a medium quotes in the passive: “We will respond,” [the ministry] was quoted by [the agency] as [saying]; and for what a medium quotes others.

Who was quoted has said what is quoted, the medium has told it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.layers import Attribution, Layers
from accordingto.reading.lemmas import endings
from accordingto.reading.tables import ReadingTables
from accordingto.record import SourceKind
from accordingto.spans import Range, trim

CLOSING = '”"»’'
WHEN = r"(?:on|in|at|late|early|earlier|last|this|yesterday|today)\b"
WORD = rf"(?!{WHEN})[^\s,;:“”\"()]+"
OUTLET = rf"{WORD}(?: {WORD}){{0,9}}?"
DAY = rf"(?: {WHEN}(?: [\w’']+){{0,3}}?| [A-Z]\w+day)?"
SAYING = r"as (?P<saying>saying|stating|telling|adding|warning|claiming|confirming|denying|declaring|announcing|writing)\b"
PASSIVE = re.compile(
    rf"(?P<cue>\b(?:was|were|is|are|(?:has|have|had) been)(?: (?:also|later|\w+ly))? (?:quoted|cited))"
    rf"(?:{DAY} by (?P<ahead>{OUTLET}){DAY} {SAYING}|{DAY} {SAYING.replace('saying>', 'told>')}{DAY} by (?P<behind>{OUTLET})"
    rf"(?=[.,;:\n]|$| (?:{WHEN}|that\b)))"
)
SPEAKER = re.compile(
    r"(?:[^.!?\n“”\"]|(?:(?<=\b[A-Z])|(?<=\b[A-Z][a-z])|(?<=\b[A-Z][a-z][a-z]))\.){2,140}"
)  # the dot of an abbreviation ends no sentence
FAR = 600  # characters before the verb in which a quotation may stand
QUOTES = re.compile(r"\b(?:quot|cit)(?:ed|es|ing)\b")
ACCORDING = re.compile(
    r"(?P<cue>[Aa]ccording to|[Aa]s per) (?P<who>[^,;:.\n]{2,70}), "
    r"(?:(?:which|who) (?:\w+ ){0,2}?(?:quot|cit)(?:ed|es|ing)|quoting|citing) (?P<whom>[^,;:.\n]{2,90}), "
)


def with_passives(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions; behind a quotation whoever “was quoted by” a medium “as saying” it speaks inside of what the medium tells."""
    out = list(attributions)
    for m in PASSIVE.finditer(text):
        at, cue = Range(*m.span()), Range(*m.span("cue"))
        own = [a for a in out if a.cue is not None and a.cue.overlaps(at)]
        said = fronted(text, cue, own or out)
        if said is None:
            continue
        quotation, who = said
        saying = Range(*m.span("saying" if m["saying"] else "told"))
        medium = trim(text, Range(*m.span("ahead" if m["ahead"] else "behind")), ".")
        later = [c for a in own for c in a.content if c.start >= at.end and not c.contains(medium)]
        heard = (*quotation, who, Range(saying.start - len("as "), saying.end), *sorted(set(later))[:1])
        out = [a for a in out if a not in own and not (a.cue is None and a.content == quotation)]
        out.append(Attribution(medium, cue, heard, 0.5))
        out.append(Attribution(who, saying, (*quotation, *sorted(set(later))[:1]), 0.5))
    return [accorded(text, a) for a in out]


def fronted(text: str, cue: Range, said: Sequence[Attribution]) -> tuple[tuple[Range, ...], Range] | None:
    """What stands before a passive verb of quoting, and who said it; None where nothing was said before it.

    The speaker stands between the quotation's closing mark and the verb; where there is no mark, a content of the network's does.
    """
    begin = max(0, cue.start - FAR, text.rfind("\n", 0, cue.start) + 1)
    close = max(text.rfind(mark, begin, cue.start) for mark in CLOSING[:3])
    parts = sorted({c for a in said for c in a.content if begin <= c.start < cue.start})
    if close > begin and SPEAKER.fullmatch(text, close + 1, cue.start - 1):
        who = trim(text, Range(close + 1, cue.start))
        quotation = tuple(Range(c.start, min(c.end, close + 1)) for c in parts if c.start < close)
    elif len(parts) > 1 and parts[-1].end == cue.start - 1:
        who, quotation = parts[-1], tuple(parts[:-1])
    else:
        return None
    near = tuple(c for c in quotation if c.end >= quotation[-1].end - FAR)
    return (near, who) if near and who.end > who.start else None


def accorded(text: str, a: Attribution) -> Attribution:
    """What is told according to a medium that quotes others is the medium's: “According to [the daily], which quoted two envoys, [the truce holds]”."""
    if a.cue is None or QUOTES.search(text, *a.cue) is None:
        return a
    m = ACCORDING.search(text, max(0, a.cue.start - 120), a.content[-1].end)
    if m is None or not Range(*m.span("who")).end < a.cue.start < m.start("whom"):
        return a
    said = trim(text, Range(m.end(), a.content[-1].end))
    if not a.content[0].start <= m.end() or said.end - said.start < len("it fell"):
        return a
    return replace(a, source=Range(*m.span("who")), cue=Range(*m.span("cue")), content=(said,))


CITING = re.compile(r"(?:quoting|citing)", re.I)
CITED = re.compile(r"(?P<who>[^,;:.\n“”\"]{2,90}?)(?:, (?P<said>that\b.+))?", re.S)
TELLS = re.compile(r"\s(?P<cue>\w+)(?: (?:on|late|early) [^,]{3,20})?, $")
HEAD = re.compile(r"\s(?:of|in|from|at|on|for|that|who|which|with|close|familiar|as)\b")


def with_cited(
    text: str, layers: Layers, attributions: Sequence[Attribution], tables: ReadingTables
) -> list[Attribution]:
    """The attributions; whom a medium quotes or cites says the same inside of what the medium tells: “[The daily] reported [a raid], quoting [the army]”.

    What is cited as a reason says nothing: “citing security concerns”.
    """
    out = list(attributions)
    for b in attributions:
        if b.cue is None or b.source is None or CITING.fullmatch(text, *b.cue) is None:
            continue
        behind = next((c for c in b.content if c.start == b.cue.end + 1), None)
        m = CITED.fullmatch(text, *behind) if behind else None
        if m is None or not may_speak(text, Range(*m.span("who")), layers, tables):
            continue
        who = Range(*m.span("who"))
        told = next((a for a in out if a is not b and tells(text, a, b, layers)), None)
        if told is not None and told.cue is not None and m["said"] is None:
            outer, said = told, told.content
        elif (
            m["said"]
            and (verb := TELLS.match(text, b.source.end, b.cue.start))
            and tables.says(verb["cue"].lower())
        ):
            outer, said = replace(b, cue=Range(*verb.span("cue"))), (Range(*m.span("said")),)
        else:
            continue
        out = [x for x in out if x is not b and x is not told]
        heard = tuple(sorted((*said, Range(b.cue.start, who.end))))
        out += [replace(outer, content=heard), Attribution(who, b.cue, said, b.score)]
    return out


def tells(text: str, a: Attribution, b: Attribution, layers: Layers) -> bool:
    """Whether an attribution is what the source of one of citing tells in the same sentence."""
    if a.cue is None or b.cue is None or a.source is None or CITING.fullmatch(text, *a.cue):
        return False
    same = a.source == b.source or (b.source is not None and a.source.overlaps(b.source))
    inside = next((s for s in layers.sentences if s.contains(b.cue)), b.cue)
    return same and inside.contains(a.cue) and all(c.end <= b.cue.start for c in a.content)


def may_speak(text: str, who: Range, layers: Layers, tables: ReadingTables) -> bool:
    """Whether a phrase names people, a body or a document by its first noun."""
    cut = HEAD.search(text, *who)
    end = cut.start() if cut else who.end
    last = text[who.start : end].split()[-1:]
    named = any(n.label in ("Person", "Organization") and n.at.start < end <= n.at.end for n in layers.names)
    kinds = {tables.nouns.get(form) for word in last for form in endings(word.lower())} - {None}
    of = text.startswith(" of ", end) and end < who.end  # “the release of prisoners” is no document
    return named or bool(kinds - {SourceKind.DOCUMENT} if of else kinds)
