"""Names with “Said”, which is a name and the commonest verb of saying: “Mayor Said Azizi”, “Mohammed Said, the commander”, “Badr bin Said”.

The network takes the word for the verb. With a capital that opens neither a sentence nor a quotation, beside a name or a title, it is a name; where
it opens one it is one too if the name's own verb follows: “Said Khalil, a shopkeeper, said”. Headlines in title case tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.layers import Attribution, Layers, Name
from accordingto.reading.tables import ReadingTables
from accordingto.spans import Range, trim

SAID = re.compile(r"\bSaid\b")
BEFORE = re.compile(r"(\w[\w.’'-]*) $")
BEHIND = re.compile(r" (\w[\w’'-]*)")
PARTICLES = frozenset("bin ibn ben bint abu al el ould".split())
AUXILIARIES = frozenset("was were is are has had will would did does".split())
ASIDE = r"(?:, [^,.;:\n“”\"]{2,80},)?"
OWN_VERB = re.compile(rf"(?: [A-Z][\w’'-]+){{1,3}}{ASIDE} (?:also |then |later )?([a-z]+)\b")
WORD = re.compile(r"[^\W\d_]{4,}")
LONGEST_TITLE = 240  # characters
FEWEST_STOPPED = 7  # longer words of a headline that ends with a full stop
FEW_SMALL = 0.1  # of a line's longer words at most begin with small letters in title case


def said_in_names(text: str, layers: Layers, tables: ReadingTables) -> list[Range]:
    """The words “Said” of a document that are parts of names."""
    opening = {s.start for s in layers.sentences}
    return [
        at
        for m in SAID.finditer(text)
        if not titled(text, at := Range(*m.span())) and is_name(text, at, at.start in opening, layers, tables)
    ]


def is_name(text: str, at: Range, opens: bool, layers: Layers, tables: ReadingTables) -> bool:
    """Whether a word “Said” is part of a name, by its neighbours."""
    before = BEFORE.search(text, max(0, at.start - 40), at.start)
    behind = BEHIND.match(text, at.end)
    titled_so = before is not None and before[1].endswith(".") and tables.titles.match(before[1]) is not None
    if before is None or (opens and not titled_so):
        own = OWN_VERB.match(text, at.end)
        return own is not None and verbal(own[1], tables)
    word, following = before[1], behind[1] if behind else ""
    if word.islower() and tables.says(word):  # “… ,” said Said
        return True
    if any(n.label == "Person" and n.at.contains(at) and n.at != at for n in layers.names):
        return True
    left = next((n.label for n in layers.names if n.at.end == at.start - 1), None)
    right = next((n.label for n in layers.names if n.at.start == at.end + 1), None)
    if left is not None or word.lower() in PARTICLES:
        return left in (None, "Person")
    if following[:1].isupper():
        return right == "Person" or (right is None and word[0].isupper())
    return word[0].isupper() and verbal(following, tables)


def verbal(word: str, tables: ReadingTables) -> bool:
    """Whether a word in small letters begins what somebody says or does."""
    return word in AUXILIARIES or (word.islower() and (tables.lemma(word),) in tables.cues)


def titled(text: str, at: Range) -> bool:
    """Whether a word stands in a line whose words nearly all have capitals, and are no mere name: “Mayor Said Azizi.”"""
    start, end = text.rfind("\n", 0, at.start) + 1, text.find("\n", at.end)
    end = end if end >= 0 else len(text)
    line = text[start:end]
    if len(line) > LONGEST_TITLE:
        return False
    words = WORD.findall(line)
    stopped = line.rstrip(' "”').endswith(".") and len(words) < FEWEST_STOPPED
    return not stopped and sum(w[0].islower() for w in words) <= FEW_SMALL * len(words)


def whole(at: Range, names: Sequence[Name]) -> Range:
    """The name to which a word “Said” belongs, with the parts of it that the network saw as a person's."""
    persons = [n.at for n in names if n.label == "Person"]
    at = next((p for p in persons if p.contains(at)), at)
    start = next((p.start for p in persons if p.end == at.start - 1), at.start)
    end = next((p.end for p in persons if p.start == at.end + 1), at.end)
    return Range(start, end)


def with_names(text: str, layers: Layers, tables: ReadingTables) -> tuple[Name, ...]:
    """The names of a document, those with “Said” as one."""
    said = said_in_names(text, layers, tables)
    if not said:
        return layers.names
    made = [whole(at, layers.names) for at in said]
    rest = [n for n in layers.names if not any(m.overlaps(n.at) for m in made)]
    return tuple(sorted([*rest, *(Name(m, "Person", 1.0) for m in set(made))], key=lambda n: n.at))


def without_names(text: str, layers: Layers, tables: ReadingTables) -> tuple[Attribution, ...]:
    """The attributions of a document without those whose cue is a name; a cue that holds one is the rest of it, and sources are whole."""
    said = said_in_names(text, layers, tables)
    if not said:
        return layers.attributions
    out = (mended(text, a, said, layers.names, tables) for a in layers.attributions)
    return tuple(a for a in out if a is not None)


def mended(
    text: str, a: Attribution, said: Sequence[Range], names: Sequence[Name], tables: ReadingTables
) -> Attribution | None:
    """An attribution with the name's part taken from its cue and added to its source; None where nothing is left of the cue."""
    at = next((s for s in said if a.cue and s.overlaps(a.cue)), None)
    if a.cue is None or at is None:
        return replace(a, source=grown(a.source, said, names))
    name = whole(at, names)
    ahead, rest = trim(text, Range(a.cue.start, at.start)), trim(text, Range(at.end, a.cue.end))
    if ahead.start < ahead.end:
        return replace(a, source=name, cue=ahead)
    if rest.start < rest.end:
        return replace(a, source=grown(a.source, said, names) or name, cue=rest)
    if a.source is not None and tables.says(text[slice(*a.source)]):  # “said [Said] Khalil”
        return replace(a, source=name, cue=a.source)
    verb = BEHIND.match(text, name.end)
    if verb is not None and tables.says(verb[1]) and (a.source is None or name.contains(a.source)):
        return replace(a, source=name, cue=Range(*verb.span(1)))
    return None


def grown(source: Range | None, said: Sequence[Range], names: Sequence[Name]) -> Range | None:
    """A source with the words “Said” that stand right beside it."""
    if source is None:
        return None
    for at in said:
        if at.start == source.end + 1:
            source = Range(source.start, whole(at, names).end)
        elif at.end + 1 == source.start:
            source = Range(whole(at, names).start, source.end)
    return source
