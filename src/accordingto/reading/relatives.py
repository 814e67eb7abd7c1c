"""Contents that a relative clause cuts in two: "Police said [the men, who called themselves guards, took a boat away]".

The network often ends such a content before the clause, and where the clause has a verb of saying of its own, gives what follows it to that one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.constituents import climb, head_among
from accordingto.reading.contents import quoted
from accordingto.reading.layers import Attribution, Layers, Syntax
from accordingto.spans import Range, trim

RELATIVE = re.compile(r",\s+(?=(?:who|which|whose|whom)\s)")
RELATIVES = re.compile(r"(?:\w+ of )?(?:who|which|that|whom)", re.I)
EDGES = " \t\n,;:.!?"
CLAUSES = frozenset(("ccomp", "xcomp", "conj", "parataxis"))
FIRST = 3  # words of a content, by which it is told whose that is
BEFORE = 6  # words of a verb's helpers and adverbs
DEEP = 40  # steps from a word up to its verb


def with_whole_clauses(text: str, layers: Layers) -> tuple[Attribution, ...]:
    """The attributions, those whose content ends before the relative clause of its subject with all of it, and what is said in that
    clause ending where the clause does.
    """
    syntax = layers.syntax
    found = list(layers.attributions)
    if syntax is None or not syntax.labels:
        return tuple(found)
    for number, a in enumerate(found):
        if a.cue is None or not a.content:
            continue
        last = a.content[-1]
        clause = clause_behind(text, last, a.cue, layers, syntax)
        if clause is None:
            continue
        said, verb = clause
        inner = [k for k, b in enumerate(found) if k != number and b.cue is not None and said.contains(b.cue)]
        over = [c.end for k in inner for c in found[k].content if c.start < said.end < c.end]
        end = max([reach(verb, said.end, layers, syntax), *over])
        stops = [at.start for at in (a.source, a.cue) if at is not None and at.start > last.end]
        whole = trim(text, Range(last.start, min([end, *stops])), EDGES)
        if whole.end <= said.end:
            continue
        found[number] = replace(a, content=(*a.content[:-1], whole))
        for k in inner:
            found[k] = ended(text, found[k], said.end)
    return tuple(found)


def without_main_clauses(
    text: str, layers: Layers, attributions: Sequence[Attribution]
) -> tuple[Attribution, ...]:
    """The attributions, what is said in a clause on a noun, or by the noun itself, ending before the verb of that noun: “someone who [rejected]
    [the plan] | might win”, “the plan that they [want] [to sell] | is old”, “the [claim] [that it fell] | was repeated”.
    """
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return tuple(attributions)
    out = []
    for a in attributions:
        if (
            a.cue
            and layers.words_in(a.cue)
            and a.content[-1].start > a.cue.end
            and not quoted(text, a.content[-1])
        ):
            own, said = head_among(layers.words_in(a.cue), syntax), layers.words_in(a.content[-1])
            own = int(syntax.heads[own]) if syntax.relation(own) == "advmod" else own  # “allegedly”
            by_noun = any(syntax.heads[w] == own and syntax.relation(w) == "acl" for w in said)
            of_noun = syntax.relation(own) == "acl" or (a.source and RELATIVES.fullmatch(text, *a.source))
            noun = own if by_noun else int(syntax.heads[own])
            verb, its = int(syntax.heads[noun]), any(noun in climb(syntax, w) for w in said[:FIRST])
            is_its = (by_noun or of_noun) and its and syntax.relation(noun) == "nsubj"
            if is_its and noun < said.start < verb < said.stop:
                while verb - 1 > said.start and syntax.heads[verb - 1] == syntax.heads[noun]:
                    verb -= 1
                a = ended(text, a, layers.words[verb].start)
        out.append(a)
    return tuple(out)


def ended(text: str, a: Attribution, end: int) -> Attribution:
    """An attribution whose contents stop where its clause does; as it was where nothing would be left."""
    cut = [trim(text, Range(c.start, min(c.end, end)), EDGES) for c in a.content if c.start < end]
    kept = tuple(c for c in cut if c.start < c.end)
    return replace(a, content=kept) if kept else a


def clause_behind(
    text: str, content: Range, cue: Range, layers: Layers, syntax: Syntax
) -> tuple[Range, int] | None:
    """The relative clause right behind a content that is a bare subject, up to the comma that closes it, and the subject's verb behind it."""
    opened = RELATIVE.match(text, content.end)
    sentence = next((s for s in layers.sentences if s.contains(content)), None)
    if opened is None or sentence is None:
        return None
    inside, who = layers.words_in(content), layers.word_at(opened.end())
    subject = next(
        (w for w in inside if syntax.relation(w) == "nsubj" and int(syntax.heads[w]) not in inside), None
    )
    others = [w for w in inside if w != subject and syntax.relation(w) != "mark"]
    if subject is None or any(int(syntax.heads[w]) not in inside for w in others):
        return None
    verb = verb_behind(text, subject, who, layers.words_in(cue), layers.words_in(sentence), layers, syntax)
    if verb is None:
        return None
    told, comma = verb
    return Range(opened.end(), layers.words[comma].start), told


def verb_behind(
    text: str, subject: int, who: int, cue: range, sentence: range, layers: Layers, syntax: Syntax
) -> tuple[int, int] | None:
    """The verb of a subject with a relative clause behind that clause, and the comma before it."""
    told = {
        w for w in range(who, sentence.stop) if syntax.heads[w] == subject and syntax.relation(w) == "acl"
    }
    relative = min(told, default=int(syntax.heads[who]))
    own = int(syntax.heads[subject])
    heads = [w for w in range(relative + 1, sentence.stop) if int(syntax.heads[w]) in {*cue, relative}]
    further = [w for w in heads if syntax.relation(w) in CLAUSES]
    for verb in ([own] if own > relative and own not in cue else []) + further:
        comma = next(
            (
                w
                for w in range(verb - 1, max(relative, verb - BEFORE), -1)
                if text[slice(*layers.words[w])] == ","
            ),
            None,
        )
        if comma is not None and all(syntax.heads[w] == verb for w in range(comma + 1, verb)):
            joined = any(syntax.relation(w) == "cc" for w in range(comma + 1, verb))
            if not joined and (syntax.heads[verb] != relative or comma == verb - 1):
                return verb, comma
    return None


def reach(verb: int, least: int, layers: Layers, syntax: Syntax) -> int:
    """Where the words end that stand below a verb: characters."""
    end = max(least, layers.words[verb].end)
    for w in range(verb + 1, min(verb + DEEP * 2, len(syntax.heads))):
        at, steps = w, 0
        while at > verb and steps < DEEP and syntax.heads[at] != at:
            at, steps = int(syntax.heads[at]), steps + 1
        if at != verb:
            break
        end = layers.words[w].end
    return end
