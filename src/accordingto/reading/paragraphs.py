"""Quotations that fill a paragraph of their own: whose they are, and that they are claims of their own.

The network gives every content in reach to a cue. A paragraph of quotation beside one of indirect speech (“Berg said the dam was safe.¶‘I have
walked it.’”) is a bare quotation, though, and one behind a quotation goes on with that, whoever speaks in the next paragraph. What the
report itself says of a quotation there (“‘Haste makes waste’ is an old saw”) is nobody's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from accordingto.reading.layers import Attribution, Layers
from accordingto.spans import Range

OPENING = '“"«'
CLOSING = '”"»'
MARKS = OPENING + CLOSING
MARK = re.compile(rf"[{MARKS}]")
LEADING = 24  # characters of titles before a name with which a paragraph begins
GOES_ON = re.compile(r" [a-z]")  # a sentence of the report's behind what it quotes


@dataclass(frozen=True, slots=True)
class Lines:
    """A document's paragraphs, asked for by what stands in them."""

    text: str
    lines: Sequence[Range]
    sentences: Sequence[Range]

    def number(self, at: Range) -> int:
        """The number of the paragraph in which a stretch begins."""
        return max(0, bisect_right(self.lines, at.start, key=lambda line: line.start) - 1)

    def line(self, at: Range) -> Range:
        """That paragraph."""
        return self.lines[self.number(at)]

    def quoted(self, at: Range) -> bool:
        """Whether a stretch has a quotation mark."""
        return any(c in MARKS for c in self.text[slice(*at)])

    def filled(self, said: Range) -> bool:
        """Whether a content is all of its paragraph."""
        line = self.line(said)
        return not any(
            c.isalnum() for c in self.text[line.start : said.start] + self.text[said.end : line.end]
        )

    def own(self, a: Attribution) -> list[Range]:
        """The contents in the paragraph of an attribution's cue."""
        return [c for c in a.content if a.cue and self.number(c) == self.number(a.cue)]

    def runs(self, parts: Sequence[Range]) -> list[tuple[Range, ...]]:
        """Contents in runs of neighbouring paragraphs."""
        out: list[list[Range]] = []
        for part in parts:
            if out and self.number(part) - self.number(out[-1][-1]) < 2:
                out[-1].append(part)
            else:
                out.append([part])
        return [tuple(run) for run in out]


def with_own_paragraphs(text: str, layers: Layers) -> list[Attribution]:
    """The attributions, quotations in other paragraphs than their cue taken from it where they don't belong to it.

    Those beside indirect speech become bare quotations, neighbouring ones together, unless it is a body that speaks before them
    and the cue's a person who spoke before that; so does one that is closed before a sentence of indirect speech. A paragraph of quotation before
    one that quotes somebody goes on with the quotation that ends the paragraph before it, and a quotation in a paragraph where somebody is quoted is theirs.
    """
    lines = Lines(text, layers.paragraphs, layers.sentences)
    out: list[Attribution] = []
    gone: list[tuple[Attribution, tuple[Range, ...]]] = []
    for a in layers.attributions:
        own = lines.own(a) if a.cue and any(c.isalpha() for c in text[slice(*a.cue)]) else []
        away = [c for c in a.content if c not in own and text[c.start] in OPENING] if own else []
        taken: list[Range] = []
        if a.cue is None or not away or text[slice(*lines.line(a.cue))].rstrip().endswith(":"):
            pass
        elif not any(lines.quoted(c) and not is_indirect(text, c, a.cue) for c in own):
            mixed = [c for c in away if is_mixed(text, c)]
            runs = lines.runs([c for c in away if c not in mixed])
            runs = [run for run in runs if not follows_body(run, a, layers, lines)]
            taken = [*mixed, *(c for run in runs for c in run)]
            out += [Attribution(None, None, run, a.score) for run in runs]
        else:
            for run in lines.runs([c for c in away if c.end <= a.cue.start]):
                if (holder := holder_before(run, a, layers.attributions, lines)) is not None:
                    gone.append((holder, run))
                    taken += run
            for run in lines.runs([c for c in away if c.start >= a.cue.end and lines.filled(c)]):
                if speaks_between(run[0], a, layers, lines):
                    taken += run
                    out.append(Attribution(None, None, run, a.score))
            for c in (c for c in away if c not in taken and not lines.filled(c)):
                if (speaker := holder_beside(c, a, layers.attributions, lines)) is not None:
                    gone.append((speaker, (c,)))
                if speaker is not None or GOES_ON.match(text, c.end):
                    taken.append(c)
        for c in own:
            if told_before(text, c, a, own, lines):
                taken.append(c)
                out.append(Attribution(None, None, (c,), a.score))
        out.append(replace(a, content=tuple(c for c in a.content if c not in taken)) if taken else a)
    for holder, run in gone:
        at = next(k for k, a in enumerate(out) if a.cue and (a.source, a.cue) == (holder.source, holder.cue))
        out[at] = replace(out[at], content=(*out[at].content, *run))
    return out


def speaks_between(said: Range, a: Attribution, layers: Layers, lines: Lines) -> bool:
    """Whether somebody else by name speaks in a paragraph between an attribution and a later paragraph of quotation, or such a paragraph begins with the name."""
    number = lines.number(said)
    held = {lines.number(r) for r in (a.cue, *a.content) if r is not None}
    last = max(n for n in held if n < number)
    between = set(range(last + 1, number))
    if not between:
        return False
    own = lines.text[slice(*a.source)] if a.source else ""
    speak = [b.source for b in layers.attributions if b.cue and b.source and lines.number(b.cue) in between]
    return any(
        n.label == "Person"
        and lines.number(n.at) in between
        and lines.text[slice(*n.at)].split()[-1] not in own
        and (any(s.contains(n.at) for s in speak) or n.at.start - lines.line(n.at).start < LEADING)
        for n in layers.names
    )


def is_indirect(text: str, said: Range, cue: Range) -> bool:
    """Whether what stands behind a cue is in the report's own words and only holds quotations, all of them closed: “that the “new” dam was safe”."""
    opened = sum(text.count(mark, *said) for mark in "“«") - sum(text.count(mark, *said) for mark in "”»")
    closed = not opened and text.count('"', *said) % 2 == 0
    return said.start >= cue.end and text[said.start] not in OPENING and closed


def told_before(text: str, said: Range, a: Attribution, own: Sequence[Range], lines: Lines) -> bool:
    """Whether a content is a whole quotation that ends before the sentence with its cue, which has its own content in the report's words:
    “‘The talks have stalled.’ [He] then [insisted] [that trade would go on].”
    """
    if a.cue is None or text[said.start] not in OPENING or text[said.end - 1] not in CLOSING:
        return False
    begin = min(r.start for r in (a.source, a.cue) if r is not None)
    behind = [c for c in own if c.start >= a.cue.end]
    whole = said.end < begin and text[said.end - 2] in ".!?" and not text[said.end : begin].strip()
    return whole and bool(behind) and not any(lines.quoted(c) for c in behind)


def holder_beside(
    said: Range, a: Attribution, attributions: Sequence[Attribution], lines: Lines
) -> Attribution | None:
    """The attribution of a quotation in the paragraph of another one, which its own cue doesn't stand in."""
    number = lines.number(said)
    beside = (b for b in attributions if b is not a and b.cue and lines.number(b.cue) == number)
    return next((b for b in beside if any(lines.quoted(c) for c in lines.own(b))), None)


def is_mixed(text: str, said: Range) -> bool:
    """Whether a stretch that begins with a quotation goes on behind it in the report's own words; what is quoted within it is part of it."""
    depth = 0
    for m in MARK.finditer(text, *said):
        at = m.start()
        opens = m[0] in "“«" or (m[0] == '"' and (at == said.start or text[at - 1].isspace()))
        depth += 1 if opens else -1
        if depth < 1 and GOES_ON.match(text, m.end(), said.end):
            return True
    return False


def follows_body(run: Sequence[Range], a: Attribution, layers: Layers, lines: Lines) -> bool:
    """Whether no person speaks last before paragraphs of quotation, and the person does earlier to whom the network gives them."""
    before = [
        b for b in layers.attributions if b.cue and b.source and max(b.cue.end, b.source.end) <= run[0].start
    ]
    if (
        a.cue is None
        or a.cue.start < run[-1].end
        or not before
        or not is_person(lines.text, layers, a.source)
    ):
        return False
    last = max(before, key=lambda b: b.cue.start if b.cue else 0)
    if is_person(lines.text, layers, last.source) or a.source is None:
        return False
    name = lines.text[slice(*a.source)].split()[-1]
    return any(b.source and name in lines.text[slice(*b.source)].split() for b in before)


def is_person(text: str, layers: Layers, source: Range | None) -> bool:
    """Whether a source is a person by name or a pronoun for one."""
    if source is None:
        return False
    named = any(n.label == "Person" and source.overlaps(n.at) for n in layers.names)
    return named or text[slice(*source)].lower() in ("he", "she", "i")


def holder_before(
    run: Sequence[Range], a: Attribution, attributions: Sequence[Attribution], lines: Lines
) -> Attribution | None:
    """The attribution of a quotation that ends the paragraph before closed paragraphs of quotation, if they go on with it."""
    number = lines.number(run[0])
    if number == 0 or not all(lines.filled(c) for c in run) or lines.text[run[-1].end - 1] not in CLOSING:
        return None
    before = lines.lines[number - 1]
    last = next((s for s in reversed(lines.sentences) if before.contains(s)), before)
    for b in attributions:
        if b is a or b.cue is None or lines.number(b.cue) != number - 1:
            continue
        own = lines.own(b)
        if any(last.overlaps(r) for r in (b.cue, *own)) and any(lines.quoted(c) for c in own):
            return b
    return None
