"""The phrase that leads to a person's name: “former Lake Party chief Ana Ruiz”, “the bus driver Luis Soto”."""

from __future__ import annotations

import re

from accordingto.reading.appositions import title_before
from accordingto.reading.layers import Layers, Syntax
from accordingto.reading.tables import ReadingTables
from accordingto.spans import Range

LONGEST = 9  # words of such a phrase
OF_NOUN = frozenset(("compound", "amod", "flat", "nummod", "nmod", "inner", "goeswith"))
# adverbs and prefixes of an office held at another time
TIMES = frozenset("then former acting interim outgoing incoming ex late".split())
OWN = frozenset("his her their its".split())
ARTICLES = frozenset("the a an this that these those some any whose".split())
WHERE = frozenset("in at near outside inside from around".split())
BODIES = frozenset(("Organization", "NORP"))
JOINING = frozenset(("and", "&"))
LONGEST_JOINED = 4
HYPHEN = re.compile(r"[-–‑]")
POSSESSIVE = re.compile(r"['’]s?")
KIN = re.compile(  # “Lima and her husband, the banker ”, “Lima's late brother ”
    r"(?:['’]s?|,? and (?:his|her)) (?:[a-z-]+ ){0,2}?(?:wife|husband|widow|widower|father|mother|son|daughter|brother|sister|uncle|aunt|nephew|"
    r"niece|cousin)(?:, (?:[\w.’'-]+ ){0,4}| )$"
)
LONGEST_KIN = 80
OPENING = re.compile(r"\s(?:\([A-Z]{2,6}\)\s)?")  # between a noun and the name, with the noun's abbreviation


def kin_of(text: str, name: int) -> int | None:
    """Where the name ends of whom the words before another name call somebody's kin: “[Lima] and her husband, the banker Pedro Lima”."""
    found = KIN.search(text, max(0, name - LONGEST_KIN), name)
    return found.start() if found else None


def lead_in(
    text: str, at: Range, title: str | None, layers: Layers, tables: ReadingTables, *, since: int = 0
) -> Range | None:
    """The whole phrase that ends in the title before a name, or in a noun for a person right before it; None without either.

    It goes on to the left as long as words belong to that noun in the tree, or are a body's name before it, and ends behind
    `since`, another name's end; an article is left out.
    """
    syntax, words = layers.syntax, layers.words
    name = layers.words_in(at)
    if syntax is None or not name or not syntax.labels:
        return None if title is None else _place(text, at, title)
    if title is None:
        first = noun_before(text, at, name, layers, tables)
        if first is None or words[first].start < since:
            return None
        end = words[first].end
    else:
        place = _place(text, at, title)
        first, end = layers.word_at(place.start), place.end
        if first >= name.start or words[first].start != place.start:
            return place
    first = widened(text, opening(first, syntax), Range(first, name.stop), layers, syntax, since)
    return Range(words[first].start, end)


def _place(text: str, at: Range, title: str) -> Range:
    start = text.rfind(title, 0, at.start)
    return Range(start, start + len(title))


def noun_before(text: str, at: Range, name: range, layers: Layers, tables: ReadingTables) -> int | None:
    """The number of a noun for a person that stands right before a name and belongs to it: “driver Luis Soto”."""
    noun = name.start - 1
    if noun < 0:
        return None
    syntax, place = layers.syntax, layers.words[noun]
    word = text[slice(*place)]
    if syntax is None or text[place.end : at.start] != " " or word.casefold() not in tables.persons:
        return None
    joined = int(syntax.heads[noun]) in name or any(int(syntax.heads[w]) == noun for w in name)
    linked = {syntax.relation(noun), *(syntax.relation(w) for w in name if int(syntax.heads[w]) == noun)}
    return noun if joined and linked & {"compound", "flat", "appos", "nmod", "amod"} else None


def widened(text: str, first: int, whole: Range, layers: Layers, syntax: Syntax, since: int) -> int:
    """The first word of the phrase that goes on at `first`; `whole` are the numbers of the words up to the name's end."""
    words = layers.words
    names = {n.at.end: n for n in layers.names}
    end, owned = first, False
    while first and end - first < LONGEST:
        left = opening(first - 1, syntax)
        at = Range(words[left].start, words[first - 1].end)
        word, inside = text[slice(*at)], Range(first, whole.end)
        if text[at.end : words[first].start] not in ("", " "):
            break
        if at.end <= since:
            hung = names.get(at.end)
            theirs = int(syntax.heads[left]) in range(first, end + 1) and syntax.relation(left) in OF_NOUN
            return layers.word_at(hung.at.start) if theirs and hung is not None else first
        if POSSESSIVE.fullmatch(word) and left and words[left - 1].end == at.start:
            owner, name = opening(left - 1, syntax), names.get(at.start)
            if name is not None and name.label == "Person":
                return layers.word_at(name.at.start)
            if not belongs(owner, inside, syntax):
                break
            first, owned = owner, True
        elif HYPHEN.fullmatch(word) and left and words[left - 1].end == at.start == words[first].start - 1:
            first = left - 1
        elif (low := word.casefold()) in ARTICLES:
            return left if owned and int(syntax.heads[left]) < end else first
        elif not word[0].isalnum() or (at.end in names and names[at.end].label == "Person"):
            break
        elif low in OWN:
            return left if belongs(left, inside, syntax) else first
        elif (low in TIMES and word.islower()) or belongs(left, inside, syntax):
            name = names.get(at.end)
            if name is not None and name.label == "Location" and led_by_case(text, left, layers):
                break
            body = name is not None and name.label in BODIES and name.at.start >= since
            first = layers.word_at(name.at.start) if name is not None and body else left
        elif (pair := coordinated(text, left, inside, layers, syntax)) is not None:
            first = pair
        else:
            break
    return first


def opening(word: int, syntax: Syntax) -> int:
    """The first part of the syntactic word to which a part belongs: “U” of “U.S.”."""
    while word and syntax.relation(word) == "inner" and int(syntax.heads[word]) < word:
        word = int(syntax.heads[word])
    return word


def led_by_case(text: str, word: int, layers: Layers) -> bool:
    """Whether a preposition of place stands before a word, so that a title behind it is of the next phrase: “in Kyoto President Lima”."""
    return word > 0 and text[slice(*layers.words[word - 1])].casefold() in WHERE


def belongs(word: int, whole: Range, syntax: Syntax) -> bool:
    """Whether a word describes one of those that stand between it and the name's end."""
    return whole.start <= int(syntax.heads[word]) < whole.end and syntax.relation(word) in OF_NOUN


def coordinated(text: str, word: int, whole: Range, layers: Layers, syntax: Syntax) -> int | None:
    """The first of two words joined before an office, the second of which is given: “Interior and Safety Minister”, “Social Aid and Home Safety Minister”."""
    first = int(syntax.heads[word])
    between = [text[slice(*w)] for w in layers.words[first + 1 : word]]
    if syntax.relation(word) != "conj" or not 0 < len(between) < LONGEST_JOINED:
        return None
    joined = any(w in JOINING for w in between) and all(w in JOINING or w[0].isupper() for w in between)
    capitals = all(text[layers.words[w].start].isupper() for w in (first, word))
    return first if joined and capitals and belongs(first, whole, syntax) else None


def names_another(text: str, at: Range, tables: ReadingTables, layers: Layers) -> bool:
    """Whether what stands behind a name and a comma is the next of a list, with an office before the name: “Ana Ruiz, mayor Luis Soto”."""
    last = next((n.at for n in layers.names if n.label == "Person" and n.at.end == at.end), None)
    if last is None or not at.start < last.start:
        return last is not None
    title = title_before(text, last.start, tables, since=at.start)
    lead = lead_in(text, last, title, layers, tables, since=at.start)
    return lead is not None and lead.start <= at.start
