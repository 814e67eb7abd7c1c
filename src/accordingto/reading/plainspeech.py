"""Attributions that a sentence's tree tells plainly and the network passed over: “The dam broke at noon, officials said.”

A plain cue of `data/cues.csv` with a subject of its own is one where the network marked none: its source is the subject, its
content the clause that it governs, or, where it hangs on what was said (`parataxis` in Universal Dependencies), all of the
sentence before it. A body that “lowered the death toll to 12” says so, too. Some forms of words tell as plainly who speaks, or does not:
whom a medium quotes as saying something, from whom there was no word (see also `silences`, `hearsay` and `labelled`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.constituents import head_among, phrase_of
from accordingto.reading.dismissals import with_dismissals
from accordingto.reading.frames import FARTHEST, frame, frame_of_count, said_already, span_of
from accordingto.reading.layers import Attribution, Layers, Syntax, Timex
from accordingto.reading.quotedby import with_passives
from accordingto.reading.rises import CHANGED_TOLL
from accordingto.reading.saidnames import SAID, said_in_names
from accordingto.reading.sentences import characters
from accordingto.reading.silences import find_unanswered, looked_for
from accordingto.reading.tables import ReadingTables
from accordingto.reading.withheld import UNHEARD
from accordingto.spans import Range, trim

EDGES = " \t\n,;:—–-"
SCORE = 0.5
QUOTES = '“"«‘'
SPOKEN_OF = frozenset("he she it they we i you who".split())  # may mean the cue's subject, too
TOLD = re.compile(
    r"\b(?:advised|informed|told|reminded|notified|warned|urged|asked|requested|assured|alerted)\b", re.I
)
REPUTED = re.compile(
    r"(?:expected|considered|believed|thought|said|reported|suspected|seen|regarded|feared|rumou?red)", re.I
)
SPEAKS = re.compile(r"(?:said|thought|reported|believed|feared)", re.I)  # in the past tense, too
QUOTING = re.compile(r"\b(?:quot(?:ed|es|ing)|cit(?:ed|es|ing))$", re.I)
SAYING = (
    r"as\s+(saying|stating|telling|adding|warning|claiming|confirming|denying|declaring|announcing|writing)\b"
)
WHOM = r"[^,;:“”\"()\n]"
AS_SAYING = re.compile(
    rf"\s+(?!(?:by|on|in|at|last|this|earlier|later|during|from|yesterday|\w+ly)\b)({WHOM}{{2,90}}?(?:, {WHOM}{{2,70}}?(?=,))?),?\s+{SAYING}"
)
ASKED = re.compile(r",\s+(?:when\s+|if\s+)?(?:asked|pressed|questioned)\b.*", re.S)
BESIDE = re.compile(r",? (?:and|but|while|though|although) ")
ANSWERS = re.compile(r",\s+(?:only\s+|also\s+)?")
QUOTED_AS_SAYING = re.compile(rf"\b(?:quot|cit)ed\s+({SAYING})")  # in one cue
UNHEARD_END = re.compile(  # what stands behind a source whom nobody has heard; `on` or `how` lead to what that was on
    r"[,;:—–“\"(\n]|\s+(?:(?P<on>on|about|over|regarding|concerning|to|as to)|(?=(?P<how>that|whether)\b)|"
    r"for (?:an?|several|many|more|\w+) (?:minute|hour|day|week|month|year)s?|as|when|while|after|before|by|until|since|during|amid|who|which|but|early|late|at)\b"
)
OWNING = ("nsubj", "nmod:poss")


def find_plain(text: str, layers: Layers, tables: ReadingTables) -> list[Attribution]:
    """The plain attributions of one document that are not among those of `layers`, in text order."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return []
    words = layers.words
    starts = [w.start for w in words]
    taken = said_already(layers)
    named = said_in_names(text, layers, tables)
    out: list[Attribution] = []
    changed = {m.start() for m in CHANGED_TOLL.finditer(text)}
    for s in layers.sentences:
        inside = Range(bisect_left(starts, s.start), bisect_left(starts, s.end))
        for v in range(*inside):
            cue = words[v]
            called = text[slice(*cue)].lower()
            counts = cue.start in changed
            if not (counts or tables.says(called)) or cue in named or taken.touching(cue):
                continue
            if (both := said_with(text, v, inside, layers, syntax)) is not None:
                out.append(both)
                continue
            found = frame_of_count(v, inside, text, layers, tables) if counts else frame(v, inside, syntax)
            if found is None:
                continue
            source, content = found
            at = trim(text, Range(words[content.start].start, words[content.end - 1].end), EDGES)
            if (
                taken.touching(at)
                or (out and out[-1].content[0].overlaps(at))
                or "\n" in text[at.start : cue.end]
            ):
                continue
            who = Range(words[source.start].start, words[source.end - 1].end)
            out.append(Attribution(who, cue, (at,), SCORE))
    return out


def said_with(text: str, v: int, s: Range, layers: Layers, syntax: Syntax) -> Attribution | None:
    """What a verb's subject says together with another: “[The union] [said], and the ministry confirmed, [that two had died]”."""
    cue, words = layers.words[v], layers.words
    for a in layers.attributions:
        if a.source is None or a.cue is None or a.source.start <= cue.end or a.content[0].start < a.cue.end:
            continue
        if BESIDE.fullmatch(text, cue.end, a.source.start):
            mine = (w for w in range(s.start, v) if syntax.heads[w] == v and syntax.relation(w) == "nsubj")
            subject = next(mine, None)
            who = None if subject is None else span_of(subject, s, syntax)
            if who is None or who.end > v:
                return None
            return Attribution(Range(words[who.start].start, words[who.end - 1].end), cue, a.content, SCORE)
    return None


def with_speakers(text: str, layers: Layers) -> tuple[Attribution, ...]:
    """The attributions, their sources set right by the tree: no clause is one ("the man on whose word Berg [was held] said"), for it the cue's
    subject stands; and whoever is told or warned by no one in particular is none ("readers are advised that").
    """
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return layers.attributions
    out = []
    for a in layers.attributions:
        inside, cue = (layers.words_in(r) if r is not None else range(0) for r in (a.source, a.cue))
        if a.cue is not None and a.source is not None and of_later_sentence(text, a, layers):
            own = subject_of(cue, layers, syntax) if cue else None
            away = text[slice(*a.source)].lower() not in SPOKEN_OF
            out.append(replace(a, source=own) if own or away else a)
            continue
        if a.cue is not None and inside and cue:
            head = head_among(inside, syntax)
            told = (
                syntax.labels[int(syntax.relations[head])] == "nsubj:pass" and int(syntax.heads[head]) in cue
            )
            if (by := said_of(text, a, head, cue, layers, syntax)) is not None:
                out.append(by)
                continue
            if (told and TOLD.search(text, *a.cue)) or asked_aside(text, a, a.cue, layers.attributions):
                a = replace(a, source=None)
            elif quoted_aside(text, a, head, layers, syntax) or (
                not SAID.search(text, *a.source or (0, 0))
                and any(
                    syntax.heads[w] == head and syntax.relation(w) == "nsubj" for w in inside if w != head
                )
            ):
                a = replace(a, source=subject_of(cue, layers, syntax))
        out.append(a)
    return tuple(out)


def of_later_sentence(text: str, a: Attribution, layers: Layers) -> bool:
    """Whether a source stands in a later sentence than its cue, and nothing between them or said is quoted, so that it is another's subject."""
    if a.cue is None or a.source is None or a.source.start <= a.cue.end:
        return False
    between = Range(a.cue.end, a.source.start)
    starts = any(between.start < s.start <= between.end for s in layers.sentences)
    return starts and not any(text[slice(*c)].strip()[:1] in QUOTES for c in (*a.content, between))


def said_of(
    text: str, a: Attribution, head: int, cue: range, layers: Layers, syntax: Syntax
) -> Attribution | None:
    """The attribution where its source is who or what is thought of, not who thinks: “[Two projects] are [expected] [to create jobs]”.

    Its source is then behind a “by”, or nobody; the subject belongs to what is said. None where that isn't so.
    """
    verb = next((w for w in cue if REPUTED.fullmatch(text, *layers.words[w])), None)
    if a.source is None or a.cue is None or verb is None or a.source.end > a.cue.start:
        return None
    raised = int(syntax.heads[head]) == verb and syntax.labels[int(syntax.relations[head])] == "nsubj:pass"
    behind = int(syntax.heads[verb]) == head and syntax.relation(verb) in ("acl", "amod")
    if text[slice(*a.source)].lower() in ("it", "there"):
        return None
    if not raised and not (
        behind
        and not SPEAKS.fullmatch(text, *layers.words[verb])
        and text[a.source.end : a.cue.start].strip() in ("", ",")
    ):
        return None
    agent = next(
        (
            w
            for w in range(verb + 1, min(len(syntax.heads), verb + FARTHEST))
            if syntax.heads[w] == verb and syntax.labels[int(syntax.relations[w])] == "obl:agent"
        ),
        None,
    )
    phrase = None if agent is None else phrase_of(agent, syntax)
    who = None if phrase is None else characters(layers.words, phrase)
    content = tuple(c for c in a.content if who is None or not c.overlaps(who))
    if not any(c.overlaps(a.source) for c in content):
        content = tuple(sorted((a.source, *content)))
    return replace(a, source=who, content=content)


def quoted_aside(text: str, a: Attribution, head: int, layers: Layers, syntax: Syntax) -> bool:
    """Whether a source is only quoted between commas by who speaks: “The agency, quoting [an officer], reported”."""
    verb = int(syntax.heads[head])
    if a.cue is None or a.source is None or verb >= head or syntax.relation(head) not in ("obj", "obl"):
        return False
    at, between = layers.words[verb], text[a.source.end : a.cue.start].strip()
    quotes = QUOTING.fullmatch(text, *at) is not None
    return quotes and between == "," and text[: at.start].rstrip().endswith(",")


def asked_aside(text: str, a: Attribution, cue: Range, others: Sequence[Attribution]) -> bool:
    """Whether a source is asked between commas, and then speaks: “The mayor, asked whether it had rained, said …”."""
    between = text[a.source.end : cue.start] if a.source is not None else ""
    if not ASKED.fullmatch(between + text[slice(*cue)]):
        return False
    end = max(c.end for c in a.content)
    return any(
        b.cue is not None
        and b.source == a.source
        and b.cue.start > end
        and ANSWERS.fullmatch(text, end, b.cue.start)
        for b in others
    )


def with_silences(
    text: str, layers: Layers, attributions: Sequence[Attribution], times: Sequence[Timex]
) -> list[Attribution]:
    """The attributions with what nobody has heard from someone: “There was no immediate comment from [the army] on [the raid].”

    Where it isn't told on what, the word itself is what was left unsaid: “There was no [comment] from the army.”
    """
    out = with_dismissals(text, layers, attributions)
    for m in UNHEARD.finditer(text):
        at = Range(*m.span())
        holders = (c for a in attributions for c in a.content if c.contains(at))
        end = min((r.end for r in (*layers.sentences, *holders) if r.contains(at)), default=m.end())
        rest = trim(text, Range(m.end(), end), ' ,.!?”"\n')
        when = min((t.at.start for t in times if rest.start < t.at.start < rest.end), default=rest.end)
        stop = UNHEARD_END.search(text, *rest)
        who = trim(text, Range(rest.start, min(when, stop.start() if stop else rest.end)))
        on = trim(text, Range(stop.end() if stop else rest.end, rest.end))
        told = stop is not None and (stop["on"] or stop["how"]) and on.start < min(when, on.end)
        said = on if told else Range(*m.span(1))
        cue = Range(m.start(), m.end() if told else said.start - 1)
        whole = Range(m.start(), max(who.end, said.end))
        if looked_for(m[1], text[slice(*who)]):
            continue
        if who.end > who.start and not any(a.source and a.cue and a.cue.overlaps(whole) for a in out):
            out = [a for a in out if a.cue or not any(whole.contains(c) for c in a.content)]
            out.append(Attribution(who, cue, (said,), SCORE))
    return [*out, *find_unanswered(text, layers, out)]


def with_quoted(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, those of media with the speaker's own inside: “… ,” the daily quoted [the mayor] as saying; [she] was quoted as saying."""
    attributions = with_passives(text, attributions)
    out: dict[int, Attribution] = dict(enumerate(attributions))
    made: list[Attribution] = []
    for number, a in enumerate(attributions):
        if (named := with_who_was_quoted(text, a)) is not None:
            out[number] = named
            continue
        if (pair := in_one_cue(text, a)) is not None:
            out[number] = pair[0]
            made.append(pair[1])
            continue
        if a.cue is None or not QUOTING.search(text, *a.cue):
            continue
        fronted = tuple(c for c in a.content if c.end <= a.cue.start)
        if (m := AS_SAYING.match(text, a.cue.end)) is None:
            for other, b in enumerate(attributions):
                spoken = b.cue is not None and b.source is None and text[: b.cue.start].endswith(" as ")
                if fronted and spoken and b.cue and a.content[-1].contains(b.cue):
                    out[other] = replace(b, source=fronted[0])
            continue
        who, cue = Range(*m.span(1)), Range(*m.span(2))
        told = Range(who.start, cue.end)
        holder = next((c for c in a.content if c.overlaps(told)), None)
        if holder is None:
            out[number] = replace(a, content=tuple(sorted((*a.content, told))))
        rivals = [n for n, b in enumerate(attributions) if b.cue and b.cue.overlaps(cue) and n != number]
        said = fronted or ((trim(text, Range(cue.end, holder.end)),) if holder else ())
        if not fronted:
            out |= {n: replace(out[n], source=who) for n in rivals if n in out and out[n].source is None}
        if said and said[0].end > said[0].start and (fronted or not rivals):
            out = {n: b for n, b in out.items() if n not in rivals}
            made.append(Attribution(who, cue, said, SCORE))
    return [*out.values(), *made]


def with_who_was_quoted(text: str, a: Attribution) -> Attribution | None:
    """An attribution without a source that has the one whom a medium quotes among its contents: “[I ran], [he] was quoted as saying”."""
    if a.cue is None or a.source is not None or not QUOTED_AS_SAYING.search(text, *a.cue):
        return None
    who = a.content[-1]
    if len(a.content) < 2 or who.end > a.cue.start or text[who.end : a.cue.start].strip():
        return None
    return replace(a, source=who, content=a.content[:-1])


def in_one_cue(text: str, a: Attribution) -> tuple[Attribution, Attribution] | None:
    """What a medium is told to have quoted and what the speaker said, of an attribution with the cue “was quoted as saying”."""
    one = QUOTED_AS_SAYING.search(text, *a.cue) if a.cue else None
    if a.cue is None or one is None:
        return None
    who = a.source or next((c for c in a.content if not text[c.end : a.cue.start].strip()), None)
    said = tuple(c for c in a.content if c != who)
    if who is None or who.end > a.cue.start or not said:
        return None
    fronted = sorted(c for c in (*said, who) if c.end <= a.cue.start)
    heard = (*fronted, Range(one.start(1), max(a.cue.end, said[-1].end)))
    outer = Attribution(None, Range(a.cue.start, one.start(1) - 1), heard, a.score)
    return outer, Attribution(who, Range(*one.span(2)), said, a.score)


def subject_of(cue: range, layers: Layers, syntax: Syntax) -> Range | None:
    """The phrase of the noun that is a cue's subject."""
    verb = head_among(cue, syntax)
    near = range(max(0, verb - 4 * FARTHEST), verb)
    subject = next(
        (w for w in reversed(near) if syntax.heads[w] == verb and syntax.relation(w) == "nsubj"), None
    )
    at = None if subject is None else phrase_of(subject, syntax)
    return None if at is None else characters(layers.words, at)


def with_told_subjects(layers: Layers, more: Sequence[Attribution]) -> list[Attribution]:
    """Attributions by rule; one without a source has its cue's subject, as behind an apposition: “[Ana Ruiz], the mayor, did not [reply]”."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return list(more)
    return [
        a
        if a.source or a.cue is None
        else replace(a, source=subject_of(layers.words_in(a.cue), layers, syntax))
        for a in more
    ]


def with_own_subjects(layers: Layers) -> tuple[Attribution, ...]:
    """The attributions inside of contents; one without a source has its cue's subject, or its owner where it is a noun: "[the crew] are
    planning", "[Freedonia’s] requests".
    """
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return layers.inner
    return tuple(
        a
        if a.source or a.cue is None
        else replace(a, source=owner_of(layers.words_in(a.cue), layers, syntax))
        for a in layers.inner
    )


def owner_of(cue: range, layers: Layers, syntax: Syntax) -> Range | None:
    """The phrase of the noun that is a cue's subject or owns it; of a verb beside another one ("agreed and promised"), of that one."""
    if not cue:
        return None
    at = head_among(cue, syntax)
    near = range(max(0, at - 4 * FARTHEST), min(len(layers.words), at + FARTHEST))
    for _ in range(3):
        found = next(
            (w for w in near if syntax.heads[w] == at != w and syntax.labels[syntax.relations[w]] in OWNING),
            None,
        )
        if found is not None or syntax.relation(at) != "conj":
            break
        at = int(syntax.heads[at])
    phrase = None if found is None else phrase_of(found, syntax)
    if phrase is None or phrase.overlaps(Range(cue.start, cue.stop)):
        return None
    return characters(layers.words, phrase)
