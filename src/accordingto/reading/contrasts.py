"""Contents that hold a second cue of the same speaker: "declined to confirm it but hinted at more", "said it was late and denied that"."""

from __future__ import annotations

import numpy as np

from accordingto.reading.cuewords import Hit, Lemmas, longest_cue, word_range
from accordingto.reading.layers import Attribution, Layers, Syntax
from accordingto.reading.lemmas import endings
from accordingto.reading.pronouns import OWN, PLURAL, SINGULAR, THING
from accordingto.reading.reputed import without_reputed
from accordingto.reading.saidnames import without_names
from accordingto.reading.tables import ReadingTables
from accordingto.record import Act
from accordingto.spans import Range, trim

FARTHEST = 15  # words between a verb and its subject
PRONOUNS = SINGULAR | PLURAL | THING | OWN
RELATIVE = frozenset("who whom whoever".split())  # of somebody, who may speak
EDGES = " ,;\n"
FEWEST = 3  # words of a content
HELPING = frozenset("did has have had does do would could".split())
WITHHOLDING = frozenset({Act.DENY, Act.DECLINE, Act.REFUSE, Act.SILENT, Act.UNCERTAIN})


def part_contrasts(
    text: str, layers: Layers, tables: ReadingTables
) -> tuple[list[Attribution], list[Attribution]]:
    """Withheld words parted from what is said all the same: "declined to confirm it but hinted at more"; and what is
    said from what is left unsaid: "said that it had struck, but did not add whether".

    Gives the network's attributions, contents ending before such a "but", and the
    attributions that begin there, with the same source.
    """
    lemmas = Lemmas(text, layers.words, tables)
    starts = [w.start for w in layers.words]
    kept: list[Attribution] = []
    made: list[Attribution] = []
    for a in layers.attributions:
        split = contrast(text, layers.words, starts, a, lemmas) if a.cue and a.source else None
        if split is None:
            kept.append(a)
            continue
        but, hit = split
        last = a.content[-1]
        cue = Range(layers.words[hit.start].start, layers.words[hit.end - 1].end)
        first = trim(text, Range(last.start, layers.words[but].start))
        kept.append(Attribution(a.source, a.cue, (*a.content[:-1], first), a.score))
        made.append(Attribution(a.source, cue, (trim(text, Range(cue.end, last.end)),), a.score))
    return kept, made


def contrast(
    text: str, words: tuple[Range, ...], starts: list[int], a: Attribution, lemmas: Lemmas
) -> tuple[int, Hit] | None:
    """The word number of "but" and the cue after it in the last content of a refusal or denial."""
    first, last = word_range(starts, words, a.content[-1])
    cue_words = word_range(starts, words, a.cue) if a.cue else (0, 0)
    rows = [longest_cue(lemmas, i, first, lemmas.tables, nested=False) for i in range(*cue_words)]
    withheld = any(r is not None and r.cue.act in WITHHOLDING for r in rows)
    for i in range(first + 1, last - 2):
        if text[slice(*words[i])].lower() != "but":
            continue
        begin = i + 1
        while not withheld and begin < last and text[slice(*words[begin])].lower() in HELPING:
            begin += 1
        for size in (3, 2, 1):
            if begin + size >= last:
                continue
            row = lemmas.tables.cues.get(tuple(lemmas[k] for k in range(begin, begin + size)))
            rest = text[words[begin + size].start : a.content[-1].end]
            if row is None or not any(c.isalpha() for c in rest):
                continue
            if withheld or (row.act in WITHHOLDING and (begin > i + 1 or row.cue.startswith("decline"))):
                return i, Hit(i + 1, begin + size, row)
    return None


def part_coordinated(text: str, layers: Layers, tables: ReadingTables) -> list[Attribution]:
    """The attributions, each content ending where a second verb of saying goes on for the same speaker: "said that it rained but denied
    that it flooded", "urged calm, stressing that help was near".

    The sentence's tree tells: the second verb is joined to the cue, or hangs on it as a participle behind a comma. Where it is joined to a
    verb of what is said, the speaker still is meant if that verb's subject can't speak ("said the road was closed and promised to open it").
    """
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return list(layers.attributions)
    said = without_reputed(text, layers, without_names(text, layers, tables), tables)
    cues = {w for a in said if a.cue for w in layers.words_in(a.cue)}
    out: list[Attribution] = []
    for a in said:
        later = second(text, layers, a.cue, a.content[-1], cues, tables) if a.cue and a.content else None
        if later is None:
            out.append(a)
            continue
        begin, verb = later
        last, cue = a.content[-1], layers.words[verb]
        first = trim(text, Range(last.start, layers.words[begin].start), EDGES)
        out.append(Attribution(a.source, a.cue, (*a.content[:-1], first), a.score))
        out.append(Attribution(a.source, cue, (trim(text, Range(cue.end, last.end)),), a.score))
    return out


def second(
    text: str, layers: Layers, cue: Range, content: Range, cues: set[int], tables: ReadingTables
) -> tuple[int, int] | None:
    """Where the words of a second verb of saying begin in a content, and the verb, as word numbers."""
    syntax, words = layers.syntax, layers.words
    if syntax is None or content.start < cue.end:
        return None
    inside = layers.words_in(content)
    among = syntax.relations[inside.start : inside.stop]
    for v in (inside.start + np.flatnonzero(np.isin(among, joining(syntax)))).tolist():
        if v < inside.start + FEWEST:
            continue
        word = text[slice(*words[v])].lower()
        relation = syntax.relation(v)
        joined = relation == "conj" or (
            relation == "advcl" and word.endswith("ing") and text[words[v].start - 2] == ","
        )
        head = int(syntax.heads[v])
        by_thing = relation == "conj" and head in inside and not speaks(text, head, layers, tables)
        if not joined or v in cues or not (head in layers.words_in(cue) or by_thing):
            continue
        if relation == "conj" and not goes_with(text, v, layers, syntax, tables):
            continue
        if not tables.opens(word) or inside.stop - v <= FEWEST:
            continue
        row = tables.cues.get((tables.lemma(word),))
        clause = any(syntax.heads[w] == v and syntax.relation(w) == "ccomp" for w in inside if w > v)
        if (
            row is None
            or not (clause or not (row.plain or by_thing) or (by_thing and governs(v, inside, syntax)))
            or within_quotation(text, content.start, words[v].start)
        ):
            continue
        begin = v
        while begin - 1 > inside.start and syntax.heads[begin - 1] == v:
            begin -= 1
        either = text[slice(*words[begin])].lower() in ("or", "nor")
        return (begin, v) if begin - inside.start >= FEWEST - 1 and not either else None
    return None


def goes_with(text: str, verb: int, layers: Layers, syntax: Syntax, tables: ReadingTables) -> bool:
    """Whether a joined verb may have the subject of the one before it: it has none of its own ("and they explained why"), and is inflected where that is
    ("urged" goes on with "stressed", not with "take to the streets and demand").
    """
    head = int(syntax.heads[verb])
    one, other = (inflection(text[slice(*layers.words[w])].lower(), tables) for w in (head, verb))
    own = (w for w in range(head + 1, verb) if syntax.heads[w] == verb and syntax.relation(w) == "nsubj")
    nearer = (  # “blamed the driver who stopped the truck and threatened to burn it”
        w
        for w in range(head + 1, verb)
        if text[slice(*layers.words[w])].lower() in RELATIVE and head < syntax.heads[w] < verb
    )
    comma = "," in text[layers.words[verb - 2].start : layers.words[verb].start] if verb > 1 else False
    return one == other and next(own, None) is None and (comma or next(nearer, None) is None)


def inflection(form: str, tables: ReadingTables) -> str:
    """Whether a verb in small letters is a participle ("ing"), inflected otherwise or bare ("")."""
    if form.endswith("ing"):
        return "ing"
    return "" if tables.lemma(form) == form else "inflected"


def governs(verb: int, inside: range, syntax: Syntax) -> bool:
    """Whether a verb has an infinitive of its own: “promised to open it”."""
    return any(syntax.heads[w] == verb and syntax.relation(w) == "xcomp" for w in inside if w > verb)


def joining(syntax: Syntax) -> list[int]:
    """The numbers of the relations that join a verb to another."""
    return [i for i, label in enumerate(syntax.labels) if label.split(":")[0] in ("conj", "advcl")]


def speaks(text: str, verb: int, layers: Layers, tables: ReadingTables) -> bool:
    """Whether a verb's subject may be somebody who speaks: a name, a pronoun or a noun of the tables; True where it has none."""
    syntax, words = layers.syntax, layers.words
    if syntax is None:
        return True
    subject = next(
        (
            w
            for w in range(max(0, verb - FARTHEST), verb)
            if syntax.heads[w] == verb and syntax.relation(w) == "nsubj"
        ),
        None,
    )
    if subject is None:
        return True
    word = text[slice(*words[subject])]
    forms = endings(word.lower())
    return (
        word[:1].isupper()
        or word.lower() in PRONOUNS
        or word.lower() in RELATIVE
        or any(f in tables.nouns or f in tables.persons for f in forms)
    )


def within_quotation(text: str, start: int, at: int) -> bool:
    """Whether a quotation that opens after `start` is still open at `at`."""
    before = text[start:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
