"""What is done for a purpose isn't said: “Thousands filled the square to protest the ban.”, “The miners downed tools to demand higher pay.”

The sentence's tree tells: such a word is an infinitive that hangs on another verb as an adverb. Where that verb is one of saying, or between the two a
medium is named (“went on television to oppose it”), something is said all the same.
"""

from __future__ import annotations

import re

from accordingto.reading.layers import Attribution, Layers, Syntax
from accordingto.reading.tables import ReadingTables
from accordingto.spans import Range

PURPOSE = re.compile(
    r"(?:^|\s)to (?P<verb>oppose|protest|resist|support|back|demonstrate|demand|hear|see|understand|remember|mark)\b"
    r"(?: (?:for|against))?$",
    re.I,
)
ON_A_MEDIUM = re.compile(
    r"\b(?:twitter|facebook|instagram|x|weibo|telegram|whatsapp|media|internet|online|website|tv|television|radio|air|airwaves|letters?|"
    r"statements?|petitions?|tweets?|posts?|video|speech|briefing|conference|interviews?|article|column|song|platform|platforms|hearing|court|"
    r"meeting|rostrum|floor|microphone)\b",
    re.I,
)

DEEDS = frozenset("gather launch put carry back".split())  # cues that are seldom ones with a purpose


def without_purposes(
    text: str, layers: Layers, attributions: tuple[Attribution, ...], tables: ReadingTables
) -> tuple[Attribution, ...]:
    """The attributions without those that tell for which purpose something was done, by the sentence's tree."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return attributions
    return tuple(a for a in attributions if not (a.cue and for_purpose(text, a.cue, layers, syntax, tables)))


def for_purpose(text: str, cue: Range, layers: Layers, syntax: Syntax, tables: ReadingTables) -> bool:
    """Whether a cue ends in an infinitive that tells the purpose of a deed without words."""
    m = PURPOSE.search(text[slice(*cue)])
    if m is None:
        return False
    verb = layers.word_at(cue.start + m.start("verb"))
    deed = int(syntax.heads[verb])
    if syntax.relation(verb) != "advcl" or deed >= verb:
        return False
    done = layers.words[deed]
    lemma = tables.lemma(text[slice(*done)].lower())
    said = lemma not in DEEDS and (lemma,) in tables.cues
    return not said and ON_A_MEDIUM.search(text, done.end, layers.words[verb].start) is None
