"""Attributions that the network was not taught: speech inside speech, refusals and silences.

PolNeAR marks one layer of attribution; a report's sources quote further sources. Cues that
`data/cues.csv` calls nested are looked for inside contents, those it calls outside in the reporter's own
sentences where the network found nothing. The words before the cue are its source, those after its
content. "According to" is looked for everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.constituents import noun_start
from accordingto.reading.cuewords import Hit, Lemmas, longest_cue, word_range
from accordingto.reading.layers import Attribution, Layers, Syntax
from accordingto.reading.lemmas import endings
from accordingto.reading.tables import ReadingTables
from accordingto.record import Act, SourceKind
from accordingto.spans import Cover, Range, trim

AUXILIARIES = frozenset(
    (
        "only just even really has have had having is are was were be been being will would could should may might must "
        "can did does do also not already never once now then again still later long largely n t ’ ' "
        "don doesn didn hasn haven hadn isn aren wasn weren couldn wouldn shouldn mustn won "
        "to"
    ).split()
)
CLAUSE = frozenset(
    (
        "that which who whom and but or because as while when where if although though after before "
        "since until what"
    ).split()
)
OPEN = frozenset(',;:—–(“"‘')
LONGEST_SOURCE = 9


def find_more(text: str, layers: Layers, tables: ReadingTables) -> list[Attribution]:
    """Attributions by rule, to be added to the network's; see the module."""
    lemmas = Lemmas(text, layers.words, tables)
    people = [n.at for n in layers.names if n.label == "Person"]
    taken = Cover([a.cue for a in layers.attributions if a.cue] + people)
    contents = [c for a in layers.attributions for c in a.content]
    cover = Cover(contents)
    starts = [w.start for w in layers.words]
    out: list[Attribution] = []
    for sentence in layers.sentences:
        first, last = word_range(starts, layers.words, sentence)
        skip = first
        for i in range(first, last):
            at = layers.words[i]
            if i < skip or not tables.opens(text[at.start : at.end].lower()):
                continue
            inside = next((contents[k] for k in cover.containing(at)), None)
            hit = longest_cue(lemmas, i, last, tables, nested=inside is not None)
            if hit is None and inside is not None:
                hit = shown(lemmas, i, layers.syntax)
            if hit is None or i == first:
                continue
            cue = Range(layers.words[hit.start].start, layers.words[hit.end - 1].end)
            if taken.touching(cue) or not tells(text, layers, hit):
                continue
            limit = (
                Range(max(sentence.start, inside.start), min(sentence.end, inside.end))
                if inside
                else sentence
            )
            made = build(text, layers, hit, limit, lemmas, nested=inside is not None)
            if made is not None and inside is not None:
                made = grounded(text, layers, hit, made, starts)
            elif made is not None:
                made = outright(layers, made, starts)
            if made is not None:
                out.append(made)
                skip = hit.end
                if inside is not None:
                    out += going_on(text, layers, hit, made, word_range(starts, layers.words, limit), lemmas)
    return out


def going_on(
    text: str, layers: Layers, hit: Hit, made: Attribution, limit: tuple[int, int], lemmas: Lemmas
) -> list[Attribution]:
    """What the same source says by a second verb: "denied that it had fired and said that …"."""
    syntax, words = layers.syntax, layers.words
    if syntax is None or not syntax.labels:
        return []
    own = made.source is not None and text[slice(*made.source)].lower() in FIRST_PERSON
    out = []
    for j in range(hit.end, limit[1]):
        if syntax.heads[j] != hit.end - 1 or syntax.relation(j) != "conj":
            continue
        next_hit = longest_cue(lemmas, j, limit[1], lemmas.tables, nested=True)
        if next_hit is None or (own and feels(next_hit)):
            continue
        behind = next_hit.end, limit[1]
        end = governed(next_hit.end - 1, behind, syntax) or governed(hit.end - 1, behind, syntax)
        if end is not None and end > next_hit.end:
            said = Range(words[next_hit.end].start, words[end].end)
            out.append(
                Attribution(made.source, Range(words[j].start, words[next_hit.end - 1].end), (said,), 0.5)
            )
    return out


ARTICLES = frozenset("a an the this any no every".split())
FIRST_PERSON = frozenset(("i", "we"))
FEELING = frozenset({Act.OPINE, Act.ESTIMATE})


def grounded(text: str, layers: Layers, hit: Hit, made: Attribution, starts: list[int]) -> Attribution | None:
    """A claim inside another where its source is the subject or the owner of its cue, without an adverb at its end ("we strongly").

    What people say in their own words that they feel or want is part of what they say, no claim inside it.
    """
    syntax, source = layers.syntax, made.source
    if source is None:
        return None
    first, last = word_range(starts, layers.words, source)
    while syntax and last - 1 > first and syntax.relation(last - 1) in BETWEEN:
        last -= 1
    own = text[source.start : layers.words[last - 1].end].lower()
    if own in ARTICLES:
        return None
    if re.split(r"\W+", own)[-1] in FIRST_PERSON and feels(hit):
        return None
    if syntax is None or not syntax.labels or (made.cue and source.start > made.cue.start):
        return made
    noun = syntax.relation(hit.end - 1) in NOUNS
    read_as_noun = () if noun else ("compound",)  # "a bullet that [video shows] came from …"
    subjects = [
        i
        for i in range(first, last)
        if syntax.relation(i) in ("nsubj", "obl")
        or (syntax.relation(i) in read_as_noun and syntax.heads[i] == hit.start)
    ]
    while noun and last - 1 > first and syntax.relation(last - 1) in ("case", "inner"):
        last -= 1
    own_verb = any(syntax.heads[i] == hit.start for i in subjects)
    if syntax.relation(last - 1) == "det" if noun else syntax.relation(hit.start) == "acl" and not own_verb:
        return None  # "deaf to the plea", "the boats called unsafe"
    if not noun and not subjects:  # the last of two names: "Freedonia and Sylvania have agreed"
        both = (i for i in range(first - 1, max(-1, first - 6), -1) if syntax.heads[i] == hit.start)
        subject = next((i for i in both if syntax.relation(i) == "nsubj"), None)
        if subject is None or syntax.relation(last - 1) != "conj":
            return None
        begin = noun_start(subject, syntax)
        subjects, first = [subject], subject if begin is None else begin
    if (noun or subjects[-1] == last - 1) and (start := noun_start(last - 1, syntax)) is not None:
        first = max(first, start)  # what stands before is another clause
    said = made.content[0]
    end = governed(hit.end - 1, word_range(starts, layers.words, said), syntax)
    if end is not None:
        said = Range(said.start, layers.words[end].end)
    return replace(made, source=Range(layers.words[first].start, layers.words[last - 1].end), content=(said,))


def feels(hit: Hit) -> bool:
    """Whether a cue tells of a feeling or wish rather than of words."""
    return hit.cue.act in FEELING or hit.cue.cue.startswith("want")


def outright(layers: Layers, made: Attribution, starts: list[int]) -> Attribution:
    """An attribution whose source is a subject alone, where its verb stood in it too: “the envoy [told the press] without adding …”."""
    syntax, source = layers.syntax, made.source
    if syntax is None or not syntax.labels or source is None:
        return made
    inside = range(*word_range(starts, layers.words, source))
    told = (
        i
        for i in inside
        if syntax.relation(i) == "nsubj" and i < syntax.heads[i] and syntax.heads[i] in inside
    )
    subject = next(told, None)
    start = noun_start(subject, syntax) if subject is not None else None
    if subject is None or start is None or start < inside.start:
        return made
    end = int(syntax.heads[subject])
    while end - 1 > subject and syntax.relation(end - 1) in (*BETWEEN, "punct"):
        end -= 1
    return replace(made, source=Range(layers.words[start].start, layers.words[end - 1].end))


def governed(cue: int, said: tuple[int, int], syntax: Syntax) -> int | None:
    """The last word of what is said that hangs on the cue itself, not on a clause beside it ("… and will go on"), nor behind one."""
    beside = (i for i in range(*said) if syntax.heads[i] == cue and syntax.relation(i) == "conj")
    for i in range(next(beside, said[1]) - 1, said[0], -1):
        part, up = i, int(syntax.heads[i])
        while up not in (cue, part):
            part, up = up, int(syntax.heads[up])
        if up == cue and syntax.relation(part) not in ASIDE:
            return i
    return None


DESCRIBES = ("compound", "amod")
NOUNS = ("nsubj", "obj", "obl", "nmod", "appos")
RELATED = re.compile(r"\b(?:that|which) (?:video|footage|imagery|data|evidence|records) $", re.I)
OWNER = re.compile(r"(?:['’]s?|\b(?:my|our|his|her|its|their))\s+(?:\w+\s+){0,2}$", re.I)


def tells(text: str, layers: Layers, hit: Hit) -> bool:
    """Whether a cue tells of words, by the sentence's tree: none that only describes a noun ("opposition leaders"), and a noun only
    where somebody owns it ("her requests", not "a threat from the north") or what the tree reads as one is a verb with its subject
    behind a relative pronoun ("a shell that footage shows came from").
    """
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return True
    relation = syntax.relation(hit.end - 1)
    start = layers.words[hit.start].start
    owned = (
        OWNER.search(text, max(0, start - 40), start) is not None
        or RELATED.search(text, max(0, start - 40), start) is not None
    )
    return relation not in DESCRIBES and (relation not in NOUNS or owned)


ASIDE = ("conj", "cc", "punct", "parataxis")
BETWEEN = ("advmod", "inner", "aux")  # what stands between a subject and its verb
BESIDE_VERBS = ("case", "mark", "advmod")
REPEATED = re.compile(
    r"\b((?:an?|the|that|this|his|her|its|their)\s+(?:\w+\s+)?(?:warning|threat|call|appeal|demand|plea|request|pledge|"
    r"promise|vow|denial|accusation|allegation)s?),?\s+(?:that|which)\s+(?:(?:was|were|(?:has|have|had)\s+been)\s+)"
    r"(?:\w+ly\s+)?(repeated|reiterated|renewed|echoed|restated)\b",
    re.I,
)


def find_repeated(text: str, layers: Layers, said: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, with words that were said again, by no one who is named, having what was said as their content:
    "a warning that was repeated at a summit in July".
    """
    out = list(said)
    for sentence in layers.sentences:
        for m in REPEATED.finditer(text, *sentence):
            at, noun, cue = Range(*m.span()), Range(*m.span(1)), Range(*m.span(2))
            if any(a.source and a.cue and a.cue.overlaps(cue) for a in out):
                continue
            out = [a for a in out if a.source or a.cue is None or not a.cue.overlaps(at)]
            out.append(Attribution(None, cue, (noun,), 0.5))
    return out


def shown(lemmas: Lemmas, i: int, syntax: Syntax | None) -> Hit | None:
    """A plain cue straight after a document that speaks inside of what someone says: "video shows"; no "text for", no "video reportedly"."""
    if syntax is not None and syntax.relation(i) in BESIDE_VERBS:
        return None
    row = lemmas.tables.cues.get((lemmas[i],))
    if i == 0 or row is None or not row.plain or not papers(lemmas.text, lemmas.words[i - 1], lemmas.tables):
        return None
    return Hit(i, i + 1, row)


ACCORDING = re.compile(
    r"\b(?i:according to|as per)\b|\b[Pp]er(?= (?!(?:capita|cent|head|person|thousand|hundred|million)\b)(?:the |an? )?"
    r"(?:[A-Z]|(?:[a-z’'-]+ ){0,3}?(?:police|military|army|media|command|ministry|government|\w+s)\b))"
)
BEGINNING = ("", ",", "—", "–", ":")  # behind them "per" isn't one of a rate
SPEAKER_END = re.compile(r"[,;:—–“\"(]|\s+(?:who|which|that|and that|after|before|while|when|as|but)\b")


def find_accordances(text: str, layers: Layers) -> list[Attribution]:
    """Attributions by "according to" that the network missed: such words cover their whole sentence."""
    taken = [a.cue for a in layers.attributions if a.cue]
    out: list[Attribution] = []
    for sentence in layers.sentences:
        m = next((m for m in ACCORDING.finditer(text, *sentence) if accords(text, sentence, m, layers)), None)
        if m is None or any(Range(*m.span()).overlaps(c) for c in taken):
            continue
        end = SPEAKER_END.search(text, m.end() + 1, sentence.end)
        source = trim(text, trim(text, Range(m.end(), end.start() if end else sentence.end)), ".!?")
        before = trim(text, trim(text, Range(sentence.start, m.start())), ",;—–")
        after_all = trim(text, trim(text, Range(source.end, sentence.end)), ",;.—–")
        content = before if before.end - before.start >= 8 else trim(text, after_all)
        overlapped = any(c.overlaps(content) for a in layers.attributions for c in a.content)
        if source.end - source.start >= 2 and content.end - content.start >= 8 and not overlapped:
            out.append(Attribution(source, Range(*m.span()), (content,), 0.5))
    return out


def accords(text: str, sentence: Range, m: re.Match[str], layers: Layers) -> bool:
    """Whether words name whose word something is on; "per" does where a clause begins, and "Per Olsson" is a name."""
    if m[0].lower() != "per":
        return True
    begins = text[sentence.start : m.start()].rstrip()[-1:] in BEGINNING
    return begins and not any(n.at.start == m.start() for n in layers.names)


def told_by(text: str, layers: Layers, hit: Hit, limit: Range) -> Attribution | None:
    """The attribution of a passive cue whose speaker follows it: "were told by the ministry that …"."""
    syntax, words, verb = layers.syntax, layers.words, hit.end - 1
    if syntax is None or not syntax.labels or hit.cue.act in FEELING:
        return None
    if hit.end >= len(words) or text[slice(*words[hit.end])].lower() != "by":
        return None
    agent = int(syntax.heads[hit.end])
    if hit.start and text[slice(*words[hit.start - 1])].lower() == "as":  # "as required by the law"
        return None
    if syntax.heads[agent] != verb or not hit.end < agent < hit.end + LONGEST_SOURCE:
        return None
    end = agent + 1
    while end < len(words) and syntax.heads[end] == end - 1 and syntax.relation(end) in ("flat", "inner"):
        end += 1
    source = Range(words[hit.end + 1].start, words[end - 1].end)
    said = trim(text, Range(source.end, limit.end), ' .,;:!?”"’')
    if source.end <= source.start or said.end - said.start < 8 or source.end > limit.end:
        return None
    return Attribution(source, Range(words[hit.start].start, words[verb].end), (said,), 0.5)


def build(
    text: str, layers: Layers, hit: Hit, limit: Range, lemmas: Lemmas, *, nested: bool
) -> Attribution | None:
    """The attribution around a cue, or None where its words make no sense as one."""
    words = layers.words
    if (by := told_by(text, layers, hit, limit)) is not None:
        return by
    form = text[slice(*words[hit.start])].lower()
    left = hit.start - 1
    while left >= 0 and words[left].start >= limit.start and text[slice(*words[left])].lower() in AUXILIARIES:
        left -= 1
    auxiliaries = {text[slice(*words[k])].lower() for k in range(left + 1, hit.start)}
    to_infinitive = hit.start and text[slice(*words[hit.start - 1])].lower() == "to"
    if to_infinitive or (form.endswith("ing") and not auxiliaries & {"is", "are", "was", "were", "been"}):
        return None
    begin = left + 1
    while begin > 0 and words[begin - 1].start >= limit.start and left + 1 - begin < LONGEST_SOURCE:
        word = text[slice(*words[begin - 1])]
        owned = word.lower() == "and" and text[slice(*words[begin])].lower() in ("its", "their", "his", "her")
        if (word.lower() in CLAUSE and not owned) or word in OPEN or word in "”":
            break
        begin -= 1
    source = Range(words[begin].start, words[left].end) if begin <= left else None
    relative = begin > 0 and text[slice(*words[begin - 1])].lower() in ("that", "which", "who")
    told = source is not None and papers(text, source, lemmas.tables)
    if (
        relative and source and not told and not plausible(text, source)
    ):  # "the company that built it denied …"
        at = next(k for k in range(begin, -1, -1) if k == 0 or words[k - 1].start < limit.start)
        whole = Range(words[at].start, words[left].end)
        source = whole if left - at < 2 * LONGEST_SOURCE else source
    owner = (
        re.match(r"(.{2,40}?)['’]s\s+(?:\w+\s+)?$", text[source.start : words[hit.start].start])
        if source
        else None
    )
    if source and owner and not form.endswith("ed"):  # "the mayor’s repeated requests"
        source = Range(source.start, source.start + owner.end(1))
    content = after(text, words, hit, limit)
    if content is None or (source is None and nested):
        return None
    known = source is not None and (papers(text, source, lemmas.tables) or crowd(text, source, lemmas.tables))
    if source and not plausible(text, source) and not known:
        return None
    cue = Range(words[hit.start].start, words[hit.end - 1].end)
    passive = auxiliaries & {"is", "are", "was", "were", "been", "be", "being"} and form.endswith(PARTICIPLES)
    if passive:
        return None
    return Attribution(source, cue, (content,), 0.5)


PARTICIPLES = ("ed", "told", "said", "known", "thought", "written", "shown", "sworn")
TALKING = (SourceKind.ANONYMOUS, SourceKind.GROUP, SourceKind.ORGANIZATION, SourceKind.MEDIA)
POINTING = frozenset("this that these those there such what".split())
SPEAKING = frozenset("he she they it we i who the a an his her their its my some many several people".split())


def plausible(text: str, source: Range) -> bool:
    """Whether words can be a source: a pronoun, a name, or a phrase with an article."""
    first = text[source.start : source.end].split(maxsplit=1)[0]
    low = first.lower()
    return low not in POINTING and (low in SPEAKING or first[0].isupper())


def papers(text: str, source: Range, tables: ReadingTables) -> bool:
    """Whether a bare noun is a document that speaks: "a bullet that video shows came from …"."""
    return tables.nouns.get(text[slice(*source)].lower()) is SourceKind.DOCUMENT


def crowd(text: str, source: Range, tables: ReadingTables) -> bool:
    """Whether a bare plural is of people or of a body that speak: "in what villagers said was …"."""
    forms = endings(text[slice(*source)].lower().split()[-1])
    return text[source.end - 1] == "s" and any(tables.nouns.get(f) in TALKING for f in forms)


WHEN_SAID = re.compile(r"(?:\w+ly|earlier|before|again)\s+(?=that\b)", re.I)


def after(text: str, words: tuple[Range, ...], hit: Hit, limit: Range) -> Range | None:
    """What follows the cue up to the end of the clause that holds it."""
    start = words[hit.end - 1].end
    found = trim(text, Range(start, limit.end))
    if when := WHEN_SAID.match(text, *found):  # "made clear previously that …"
        found = Range(when.end(), found.end)
    found = trim(text, trim(text, found, '.,;:!?”"’'))
    return found if found.end - found.start >= 4 else None
