"""Who speaks by a colon alone: “IDF: Six soldiers were killed.”, and in a headline behind it: “Six soldiers killed: IDF”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.reading.frames import said_already
from accordingto.reading.layers import Attribution, Layers
from accordingto.reading.lemmas import endings
from accordingto.reading.lexicon import Class
from accordingto.reading.tables import ReadingTables
from accordingto.spans import Range, trim

SCORE = 0.5
TELLING = frozenset("GOV MIL COP SPY REB PRM IGO NGO".split())  # sectors whose bodies speak under their names
LAST = re.compile(r"(?P<said>[^:\n]{15,}?): (?P<who>(?:[^\s:;,!?“”\"]+ ?){1,5})$")
OFFICE = re.compile(r"(?:FM|PM|MP|MoD|MoH|UN|EU|NATO|CEO|DIG|DGP|IG|CM|AG)s?$")
HELPING = frozenset(
    "is are was were will would can could has have had do does did to how why what who when where".split()
)


def find_labelled(
    text: str, layers: Layers, headlines: Sequence[Range], tables: ReadingTables
) -> list[Attribution]:
    """What a paragraph gives as a known body's words by its name and a colon alone: “IDF: Six soldiers were killed.”"""
    taken = said_already(layers)
    first = {name.at.start: name.at for name in layers.names if name.label == "Organization"}
    out = []
    for line in layers.paragraphs:
        who = first.get(line.start)
        if who is None or text[who.end : who.end + 2] != ": " or any(h.contains(line) for h in headlines):
            continue
        said = trim(text, Range(who.end + 1, line.end))
        body = any(
            i.entry and i.entry.kind is Class.BODY and i.entry.sector in TELLING
            for i in tables.actors.items(text[slice(*who)])
        )
        sentence = text[said.end - 1 : said.end] in '.!”"'
        if body and sentence and layers.words_in(said) and not taken.touching(line):
            out.append(Attribution(who, Range(who.end, who.end + 1), (said,), SCORE))
    return out


def find_headed(
    text: str, layers: Layers, headlines: Sequence[Range], tables: ReadingTables
) -> list[Attribution]:
    """What a headline gives as somebody's words by a colon and who says it alone: “Ministers to meet in Bor: Chad FM”."""
    taken = said_already(layers)
    out = []
    for line in headlines:
        m = LAST.match(text, *line)
        if m is None or taken.touching(line):
            continue
        said, who = trim(text, Range(*m.span("said"))), trim(text, Range(*m.span("who")))
        words = text[slice(*who)].split()
        last = words[-1]
        named = any(
            n.label in ("Person", "Organization") and n.at.end >= who.end and n.at.overlaps(who)
            for n in layers.names
        )
        noun = last.lower() == last and any(form in tables.nouns for form in endings(last))
        if not (named or noun or OFFICE.match(last)) or any(
            tables.says(w.lower()) or w.lower() in HELPING for w in words
        ):
            continue
        if layers.words_in(said):
            out.append(Attribution(who, None, (said,), SCORE))
    return out
