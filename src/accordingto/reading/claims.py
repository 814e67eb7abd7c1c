"""Attributions to claims: the source resolved, content trimmed, quotation, act, date, medium, parent."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from accordingto.reading import kindsigns
from accordingto.reading.acts import cue_row, is_plain, owed, rule, settled, signs
from accordingto.reading.contents import EDGES, OPENING, clean, quotation, without_addressee
from accordingto.reading.cuespans import smallest, with_governed, without_infinitive
from accordingto.reading.entities import Found, words_of
from accordingto.reading.grounds import GROUND
from accordingto.reading.holders import holding, parents
from accordingto.reading.layers import Attribution, Layers, Timex
from accordingto.reading.lemmas import endings
from accordingto.reading.rises import CHANGED_TOLL
from accordingto.reading.saidnames import without_names
from accordingto.reading.saidwhen import medium, said_on
from accordingto.reading.sources import Speakers
from accordingto.reading.speakers import BODIES, Speaker
from accordingto.reading.tables import ReadingTables
from accordingto.reading.turns import STAMP
from accordingto.reading.withheld import unclear, unsaid
from accordingto.record import Act, Quotation, SourceKind
from accordingto.spans import Cover, Range, gap, trim

NO_CLAIM_FROM = 0.5  # chance of being no claim; best F1 of claims over the labelled articles
APPOSED = re.compile(
    r"(?:(?<=\w)[”\"]?|(?<=[.)\]])(?!,\s+(?:the|an?)\s(?:[A-Z][\w’'-]*\s)+and\b)),\s+(?:(?:who|whom|whose|which|where|a|an|the)\b"
    r"|[RDI]-[A-Z](?!.*\sand\s)|(?:signed|written|led|backed|headed|run|chaired) by\b|(?:\w+|\d+) (?:more|fewer) than\b"
    r"|(?:surnamed|nicknamed|(?:identified|known)(?: only)? as)\b"
    r"|(?:[A-Z][\w-]+\s){0,2}[A-Z][\w-]*['’]s?\s(?=[a-z])(?!.*\band\s(?:the\s)?[A-Z]))"  # “China, Orlow's ally”, no list
    r"|(?<=\w)\s+(?:[—–]+\s*|-+\s+|\()(?:an?|the|who|which)\s"  # “The minister (a former teacher)”
)
NAMED = re.compile(
    r",\s+(?:surnamed|named|identified(?: only)? as)\s+(?P<name>[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)"
)
ASKED = re.compile(  # whom a question goes to: “I asked [Ana Ruiz] what she knew”
    r"\s+(?!(?:what|whether|if|how|why|when|where|who|which|about|for|to|that)\b)(?P<who>[^,;:.?!\n“”\"]{2,60}?)"
    r"(?:,|\s(?:what|whether|if|how|why|when|where|who|which|about|for|to)\b)",
    re.I,
)
REASON_END = re.compile(
    r"[—–]|\s+but\b|(?:[,;”]|(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bGov)\.)(?=[\s”\"’)]|$)"
)
GOES_ON = re.compile(r"(?:(?P<who>He|She|They|Both|All|Each)|The|That|Those|These)\b")
BESIDE = 3  # words between a source and its own cue
GOING_BACK = 3  # sentences
EXPLETIVE = re.compile(
    r"it (?:is|was|has been|had been|remain(?:s|ed)) (?:(?:not|still|yet|\w+ly) )*\w*(?:ed|said|known|told|thought|clear)",
    re.I,
)
QUOTES = OPENING + " "
COMING = re.compile(r"(?:would|will|won['’]t|['’]ll|['’]d)\b", re.I)
SMALL = re.compile(r"\b[a-z]")  # a phrase without such words is a name with its titles, no group's
RELATIVE = frozenset("which who whom that what".split())


@dataclass(slots=True)
class Draft:
    """A claim while it is being made; `parent` is a number in the document's drafts."""

    speaker: Speaker
    source: Range | None
    cue: Range | None
    content: tuple[Range, ...]
    quotation: Quotation
    act: Act
    said_on: Timex | None = None
    medium: str | None = None
    parent: int | None = None
    reason: Range | None = None


def find_claims(
    text: str,
    layers: Layers,
    attributions: Sequence[Attribution],
    times: Sequence[Timex],
    entities: list[Found],
    tables: ReadingTables,
) -> tuple[list[Draft], list[Speaker]]:
    """Claims and sources of a document, claims in order of appearance."""
    speakers = Speakers(text, entities, tables, layers)
    whole = without_names(text, layers.with_attributions(attributions), tables)
    ordered = sorted(told_once(whole), key=begin)
    owners = parents(ordered)
    contents = [c for a in ordered for c in a.content]
    said = Cover(contents)
    drafts: list[Draft] = []
    sentences = [s.start for s in layers.sentences]
    labels = {label for label, _ in layers.turns}
    for number, a in enumerate(ordered):
        around = sentence_of(layers.sentences, sentences, a.cue or a.content[0])
        owner = owners[number]
        mark = a.cue or a.content[0]
        outer = None if owner is None else holding(ordered[owner], mark)
        within = drafts[owner].speaker if owner is not None and owner < number else None
        source, speaker = who(text, a, drafts, speakers, within)
        turn, written = source in labels, speaker.kind is SourceKind.DOCUMENT
        content = tuple(c for c in (clean(text, c, turn=turn) for c in a.content) if c.end > c.start)
        if not content:
            content = a.content
        by = text[a.cue.end : a.source.start].strip() == "by" if a.cue and a.source else False
        if a.cue and a.source and not by and all(text[slice(*c)].lower() in RELATIVE for c in content):
            behind = rest(text, a.cue, around, times)
            content = (*(c for c in content if not any(r.overlaps(c) for r in behind)), *behind)
        draft = Draft(
            speaker,
            source,
            a.cue,
            content,
            Quotation.DIRECT if turn else quotation(text, a),
            Act.ASSERT,
            said_on=said_on(text, a, times, around, ordered, layers, written=written, within=outer),
            medium=medium(text, a, around, said, contents, tables, written=written, within=outer),
            parent=owner,
        )
        drafts.append(draft)
    kept = with_acts(text, drafts, layers, tables)
    for d in kept:
        while d.parent is not None and not stands_in(d, kept[d.parent]):
            d.parent = kept[d.parent].parent
    for d in kept:
        if d.parent is not None and is_own(text, d, kept[d.parent], tables):
            kept[d.parent].act = Act.ASSERT
    give_reasons(text, kept, layers.sentences, tables)
    with_kinds(text, [d for d in kept if d.speaker is not speakers.nobody], entities, layers, tables)
    shorten(text, kept, layers, tables)
    return kept, speakers.found


def shorten(text: str, drafts: Sequence[Draft], layers: Layers, tables: ReadingTables) -> None:
    """Make the cues as small as they may be, now that all is read of them (see `cuespans`), and the contents without who is told; no two claims become the same."""
    known = {(d.cue, d.content) for d in drafts}
    for d in drafts:
        if d.cue is None:
            continue
        cue, content = without_infinitive(
            text, smallest(text, d.cue, tables), without_addressee(text, d.cue, d.content), layers
        )
        found = with_governed(text, cue, content)
        if found not in known:
            known.add(found)
            d.cue, d.content = found


def told_once(attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, of those with the same cue and contents the one that has a source."""
    out: dict[tuple[Range | None, tuple[Range, ...]], Attribution] = {}
    for a in attributions:
        known = out.setdefault((a.cue, a.content), a)
        if known.source is None and a.source is not None:
            out[a.cue, a.content] = a
    return list(out.values())


def is_own(text: str, inner: Draft, outer: Draft, tables: ReadingTables) -> bool:
    """Whether a claim does what its own speaker tells of in the report's words, which the other only asserts: “said [he [hopes] for rain]”; so are
    promises and refusals under other words: “reiterated [its [commitment] to help]”; not what is promised itself: “said [he [would order] tests]”.
    """
    row = cue_row(text, outer.cue, tables)
    owing = (Act.PROMISE, Act.REFUSE, Act.DENY)
    told = outer.cue is not None and is_plain(row) and outer.act not in (Act.DENY, Act.UNCERTAIN)
    held = inner.act in owing[:2] and outer.act in owing and (row is None or row.act not in owing)
    coming = outer.act is Act.PROMISE and inner.cue and COMING.match(text, inner.cue.start)
    return (
        inner.speaker is outer.speaker
        and not coming
        and outer.quotation is Quotation.INDIRECT
        and len(outer.content) == 1
        and (told or held)
        and inner.source is not None
        and (inner.cue is None or len(text[inner.source.end : inner.cue.start].split()) <= BESIDE)
        and text[outer.content[0].start : inner.source.start].strip(QUOTES) in ("", "that")
    )


def stands_in(inner: Draft, outer: Draft) -> bool:
    """Whether a claim's cue, or its content where it has none, is among what another one says."""
    mark = inner.cue or inner.content[0]
    return any(c.contains(mark) for c in outer.content)


def with_kinds(
    text: str, drafts: Sequence[Draft], entities: Sequence[Found], layers: Layers, tables: ReadingTables
) -> None:
    """Give the sources of claims the kinds that all of their claims tell (see `kinds`); those of settled nouns keep theirs, and who is named alone is no group."""
    if layers.kinds is None:
        return
    alone = {id(d.speaker) for d in drafts if d.source and SMALL.search(text, *d.source) is None}
    told: dict[int, tuple[Speaker, list[tuple[range, list[str]]]]] = {}
    for d in drafts:
        at = layers.words_in(kindsigns.naming(text, d.source)) if d.source else range(0)
        told.setdefault(id(d.speaker), (d.speaker, []))[1].append((at, kind_signs(text, d, entities, tables)))
    for speaker, every in told.values():
        settled_noun = speaker.entity is None and not tables.settled.isdisjoint(endings(speaker.head))
        if settled_noun or (speaker.several and speaker.kind is SourceKind.GROUP):
            continue
        kind = layers.kinds.choose(speaker.kind, every, known=speaker.entity is not None)
        if speaker.kind is SourceKind.PERSON and (
            kind in BODIES or (kind is SourceKind.GROUP and id(speaker) in alone)
        ):
            kind = speaker.kind  # also of “the DSP”, who looks like a body
        if kind is not speaker.kind and speaker.entity is None:
            speaker.named = kind in BODIES and speaker.definite
        speaker.kind = kind


def kind_signs(text: str, draft: Draft, entities: Sequence[Found], tables: ReadingTables) -> list[str]:
    """What a claim tells of its source's kind."""
    row = cue_row(text, draft.cue, tables)
    return kindsigns.signs(
        text, draft.speaker, entities, draft.source, draft.quotation, row.cue if row else ""
    )


def with_acts(text: str, drafts: Sequence[Draft], layers: Layers, tables: ReadingTables) -> list[Draft]:
    """The drafts with their acts, without those that are no claims (see `acts`); what stands in one of these belongs to what that stands in."""
    inner: list[list[Range]] = [[] for _ in drafts]
    for d in drafts:
        if d.parent is not None and d.cue is not None:
            inner[d.parent] += [d.cue, *d.content]
    kept: list[int] = []
    for number, (d, others) in enumerate(zip(drafts, inner, strict=True)):
        d.act, no = judged(text, d, others, layers, tables)
        if no < NO_CLAIM_FROM and not declined_already(d, drafts):
            kept.append(number)
    numbers = {old: new for new, old in enumerate(kept)}
    for d in drafts:
        while d.parent is not None and d.parent not in numbers:
            d.parent = drafts[d.parent].parent
    for d in (drafts[number] for number in kept):
        d.parent = None if d.parent is None else numbers[d.parent]
    return [drafts[number] for number in kept]


def declined_already(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a claim only tells how somebody declines who says so: “said he [could not comment on the audit]”."""
    outer = drafts[draft.parent] if draft.parent is not None else None
    return (
        outer is not None
        and outer.speaker is draft.speaker
        and outer.act is Act.DECLINE
        and draft.act in (Act.DECLINE, Act.SILENT)
    )


def judged(
    text: str, draft: Draft, inner: Sequence[Range], layers: Layers, tables: ReadingTables
) -> tuple[Act, float]:
    """A draft's act and the chance that it is no claim, by the head where there is one, else by the tables.

    Each turn of a transcript is a claim, and so is it that nobody has heard from somebody, or that a body has changed a toll.
    """
    content = [i for c in draft.content for i in layers.words_in(c)]
    cue, source = (layers.words_in(at) if at else range(0) for at in (draft.cue, draft.source))
    if layers.telling is None or not content:
        return rule(text, draft.cue, draft.content, inner, tables), 0.0
    told = signs(text, draft.cue, draft.content, tables, owned=draft.source is not None)
    act, no = layers.telling.judged(content, cue, source, told)
    sure = any(label == draft.source for label, _ in layers.turns) or (
        draft.cue is not None
        and (
            unsaid(text, draft.cue) is not None
            or CHANGED_TOLL.match(text, draft.cue.start)
            or GROUND.match(text, draft.cue.start)
        )
    )
    act = settled(text, draft.cue, draft.content, tables, draft.source) or act
    return owed(text, draft.cue, draft.content, act, tables), 0.0 if sure else no


def rest(text: str, cue: Range, sentence: Range, times: Sequence[Timex]) -> tuple[Range, ...]:
    """What a sentence says after a cue, and after a time that follows it at once: "which he said this week had doubled"."""
    start = trim(text, Range(cue.end, sentence.end)).start
    start = next((t.at.end for t in times if t.at.start == start), start)
    found = trim(text, trim(text, Range(start, sentence.end), EDGES), ". ")
    return (found,) if len(text[slice(*found)].split()) > 1 else ()


def begin(a: Attribution | Draft) -> int:
    """Where an attribution or a claim begins."""
    return min(r.start for r in (a.source, a.cue, *a.content) if r is not None)


def sentence_of(sentences: Sequence[Range], starts: list[int], at: Range) -> Range:
    """The sentence in which `at` begins."""
    i = max(0, bisect_left(starts, at.start + 1) - 1)
    return sentences[i] if sentences else at


def who(
    text: str, a: Attribution, drafts: Sequence[Draft], speakers: Speakers, within: Speaker | None
) -> tuple[Range | None, Speaker]:
    """The source of an attribution; a bare quotation goes on with the last speaker who was quoted."""
    if a.cue is None and a.source is None:
        if (new := speakers.brought_in(a.content[0])) is not None:
            return None, new
        last = next((d for d in reversed(drafts) if d.parent is None), None)
        if last is not None and (last.quotation is not Quotation.INDIRECT or goes_on(text, last, a)):
            row = cue_row(text, last.cue, speakers.tables)
            if row is not None and row.act is Act.ASK and last.quotation is Quotation.INDIRECT:
                asked = ASKED.match(text, last.cue.end) if last.cue else None
                return None, speakers.resolve(Range(*asked.span("who")) if asked else None)  # who answers
            headed = STAMP.search(text, begin(last), a.content[0].start)  # by a clock: an entry of its own
            return None, speakers.resolve(None) if headed else last.speaker
    if a.source is None or (
        a.cue
        and (EXPLETIVE.fullmatch(text, a.source.start, max(a.source.end, a.cue.end)) or unclear(text, a.cue))
    ):
        return None, speakers.resolve(None)
    together = speakers.people.joint(a.source)
    begun = together[-1][0].end if together else a.source.start
    tail = APPOSED.search(text, begun, a.source.end)
    source = Range(a.source.start, tail.start()) if tail else a.source
    source = source if together else speakers.people.bare(source)
    source = trim(text, source, EDGES) if text[source.start : source.end].strip(EDGES) else source
    called = NAMED.match(text, tail.start(), a.source.end) if tail else None
    return source, speakers.resolve(Range(*called.span("name")) if called else source, within=within)


def goes_on(text: str, last: Draft, a: Attribution) -> bool:
    """Whether a quotation opens the sentence or the paragraph after what somebody said last."""
    end = max(r.end for r in (last.cue, *last.content) if r is not None)
    at = a.content[0].start
    if text[at] not in OPENING or last.source is None:
        return False
    between = text[end:at]
    next_line = text[at - 1 : at] == "\n" and not between.partition("\n")[2].strip()
    return next_line or not any(c.isalnum() for c in between)


def give_reasons(
    text: str, drafts: Sequence[Draft], sentences: Sequence[Range], tables: ReadingTables
) -> None:
    """Give each reason for not naming a source to the one without a name that begins last before it in its sentence, else to the nearest;
    where its sentence has none, to the one that it goes on about.

    The reason ends where what such a source says goes on: “an aide who spoke on condition of anonymity [to discuss it] said …”.
    """
    starts = [s.start for s in sentences]
    for m in tables.anonymity.finditer(text):
        at = Range(*m.span())
        if at.start == at.end and any(c.contains(at) for d in drafts for c in d.content):
            continue  # “the mayor, he said, was not authorized to speak”
        around = sentence_of(sentences, starts, at)
        near = [
            (d.source.start > at.start, is_inside(d, drafts, at), gap(d.source, at), number)
            for number, d in enumerate(drafts)
            if d.source and d.speaker.entity is None and around.start <= d.source.start < around.end
        ]
        meant = drafts[min(near)[-1]] if near else gone_on(text, drafts, sentences, around, at)
        begun = trim(text, Range(at.end, around.end)).start
        parts = (r.start for d in drafts if begin(d) < at.start for r in (d.source, d.cue, *d.content) if r)
        until = min((p for p in parts if begun <= p < around.end), default=around.end)
        end = REASON_END.search(text, at.end, until)
        found = trim(text, Range(at.end, end.start() if end else until))
        if meant and found.end > found.start and not (meant.reason and meant.reason.contains(at)):
            meant.reason = found


def gone_on(
    text: str, drafts: Sequence[Draft], sentences: Sequence[Range], around: Range, at: Range
) -> Draft | None:
    """The claim just before a sentence whose source without a name that sentence goes on about: “The official spoke on …”, “They asked …”."""
    subject = GOES_ON.match(text, around.start, at.start)
    if subject is None:
        return None
    first = sentences[max(0, sentences.index(around) - GOING_BACK)].start
    said = set(words_of(text[around.start : at.start]))
    before = (
        d
        for d in drafts
        if d.source and first <= d.source.start < around.start and d.speaker.entity is None and d.speaker.head
    )
    meant = [d for d in before if subject["who"] or {d.speaker.head, d.speaker.head.removesuffix("s")} & said]
    return max(meant, key=lambda d: d.source.start if d.source else 0, default=None)


def is_inside(draft: Draft, drafts: Sequence[Draft], at: Range) -> bool:
    """Whether a claim stands in what another says, and `at` does not."""
    return draft.parent is not None and not any(c.contains(at) for c in drafts[draft.parent].content)
