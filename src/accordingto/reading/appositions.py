"""What is told of a person beside the name: the titles before it, the apposition behind it or before it."""

from __future__ import annotations

import re

from accordingto.reading.constituents import head_among, noun_start
from accordingto.reading.layers import Layers
from accordingto.reading.tables import ReadingTables
from accordingto.record import SourceKind
from accordingto.spans import Range

ROLE = (
    r"(?:spokes(?:man|woman|person)|minister|president|director|chief|head|leader|secretary|ambassador|official|"
    r"analyst|lawyer|attorney|professor|chairman|chairwoman|commander|coordinator|commissioner|envoy|adviser|"
    r"advisor|governor|mayor|founder|member|representative|executive|officer|economist|historian|manager)s?\b"
)
SHORTENED = (  # the dot of an abbreviation; after a letter alone a sentence may end, as its next word tells
    r"(?-i:(?<=\b[A-Z])\.(?!\s+(?:He|She|It|They|We|His|Her|The|A|An|This|That|In|On|At|But|And|After|Mr|Mrs|Ms)\b)|"
    r"(?:(?<=\b(?:St|Dr|Mr|Ms|Lt|No|Mt|Ft))|(?<=\b(?:Mrs|Gen|Col|Maj|Sgt|Gov|Sen|Rep|Rev))|(?<=\b(?:Prof|Capt)))\.)"
)
WITHIN = rf"(?:[^,;:.\n“”\"()]|{SHORTENED})"
APPOSITION = re.compile(
    rf",\s+((?:a|an|the|his|her|its|their|one of)\s{WITHIN}{{3,110}}?"
    rf"|(?:\w+[ -]){{0,4}}{ROLE}{WITHIN}{{0,90}}?)(?=,|(?!{SHORTENED})\.|;|\s—|$)",
    re.I,
)
LONGEST_TITLE = 80
FOR_BEARER = re.compile(r".*\b(?:for|to)\s+(?:the\s+)?(?!Justice$)(\S.*)")  # “spokeswoman for President”
LONGEST_APPOSITION = 16  # words
NO_DESCRIPTION = re.compile(r"(?:the|a|an) (?:day|week|month|year)s?\b|(?:and|or|but)\b", re.I)
ROLES = re.compile(ROLE, re.I)
OFFICE_HELD = re.compile(rf"[a-z-]+(?:ing|ed)\s(?!\w+s\b){ROLE}(?!\s[A-Z])")  # “acting head of the port”
# relations of a clause's head and its helpers
CLAUSE = frozenset("root parataxis ccomp xcomp advcl acl cop aux".split())
CLOSED = re.compile(r"[,;:.)”\"]")
DETERMINED = re.compile(r"(?:an?|the|his|her|their|its|one of)\s", re.I)
BODIES = frozenset(("Organization", "Location", "Facility"))
NO_APPOSITION = re.compile(r"[,;:\n“”\"()]|\band\b")
UNDER = re.compile(r"(?<![\w-])(?:[Dd]eputy|[Vv]ice|[Aa]ssistant)[ -]$")  # before "governor"
FIRST = re.compile(r"[^\W_]+")


def apposition_behind(text: str, at: Range, tables: ReadingTables, layers: Layers) -> Range | None:
    """What is told of a person right behind the name: “Ana Ruiz, head of the port”."""
    m = APPOSITION.match(text, at.end, min(len(text), at.end + 150))
    if m is None or len(m[1].split()) > LONGEST_APPOSITION or NO_DESCRIPTION.match(m[1]):
        return None
    place = Range(*m.span(1))
    return None if tells(text, place, tables, layers) else place


def tells(text: str, at: Range, tables: ReadingTables, layers: Layers) -> bool:
    """Whether words behind a name say what somebody does, not what the person is: “…, said that the minister lied”, “…, the mayor said”."""
    if OFFICE_HELD.match(text, *at):
        return False
    first = FIRST.findall(text[slice(*at)].casefold())[:1]
    if any(
        (lemma := tables.lemma(w)) != w and not w.endswith("s") and (lemma,) in tables.cues for w in first
    ):
        return layers.syntax is None or not modifies(at, layers)
    syntax, inside = layers.syntax, layers.words_in(at)
    if syntax is None or not syntax.labels or not inside:
        return False
    head = head_among(inside, syntax)
    if syntax.relation(inside.start) in CLAUSE and not ROLES.match(text, at.start):
        return head == inside.start or syntax.relation(inside.start) in ("cop", "aux")
    own = {syntax.relation(w) for w in inside if syntax.heads[w] == head}
    return syntax.relation(head) in CLAUSE and "nsubj" in own and "cop" not in own


def modifies(at: Range, layers: Layers) -> bool:
    """Whether the first word describes the noun behind it: “alleged leader”."""
    syntax, inside = layers.syntax, layers.words_in(at)
    return syntax is not None and bool(inside) and syntax.relation(inside.start) in ("amod", "compound")


def behind_another(text: str, noun: int, layers: Layers, tables: ReadingTables) -> bool:
    """Whether a noun before a name is for whom or what its bearer is: a body, as in “the head of the council, Ana Ruiz”, or anybody behind “for”."""
    word = text[slice(*layers.words[noun])].lower()
    if tables.nouns.get(word) is SourceKind.ORGANIZATION and word not in tables.persons:
        return True
    first = noun_start(noun, layers.syntax) if layers.syntax else None
    return first is not None and first > 0 and text[slice(*layers.words[first - 1])] in ("for", "to")


def apposition_before(text: str, at: Range, layers: Layers, tables: ReadingTables) -> Range | None:
    """What is told of a person right before the name, between commas: “a teacher” in “A teacher, Luis Soto, said”."""
    syntax, inside = layers.syntax, layers.words_in(at)
    if syntax is None or not inside or not text.endswith(", ", 0, at.start) or not CLOSED.match(text, at.end):
        return None
    name = head_among(inside, syntax)
    noun = int(syntax.heads[name])
    if (
        syntax.relation(name) not in ("appos", "nmod")
        or noun >= inside.start
        or inside.start - noun > LONGEST_APPOSITION
    ):
        return None
    bodies = [n.at for n in layers.names if n.label in BODIES and n.at.end <= at.start]
    while any(b.contains(layers.words[noun]) for b in bodies) or behind_another(text, noun, layers, tables):
        if syntax.relation(noun) != "nmod":
            return None
        noun = int(syntax.heads[noun])
    first = noun_start(noun, syntax)
    if first is None:
        return None
    place = Range(layers.words[first].start, at.start - 2)
    return place if DETERMINED.match(text, *place) and not NO_APPOSITION.search(text, *place) else None


def ends_sentence(stretch: str, tables: ReadingTables) -> bool:
    """Whether a sentence ends where a stretch of titles does: “… the Sultan of Oman. Lima”, not “Brig. Gen. Lima”."""
    last = stretch.rsplit(None, 1)[-1]
    return last.endswith(".") and last.count(".") == 1 and len(last) > 2 and not tables.titles.fullmatch(last)


def title_before(text: str, start: int, tables: ReadingTables, *, since: int = 0) -> str | None:
    """The titles directly before a name, behind `since`: "Deputy Prime Minister", of "spokesman for President" the last; None without."""
    line = text[max(text.rfind("\n", 0, start) + 1, start - LONGEST_TITLE, since) : start]
    best: str | None = None
    for m in re.finditer(r"(?<![\w-])", line):
        if (hit := tables.titles.match(line, m.start())) is None:
            continue
        stretch = line[m.start() :].rstrip()
        if hit.end() - m.start() == len(stretch) or (
            re.fullmatch(
                r"(?:[A-Z][\w.'’-]*|of|for|the|and|spokes\w+|leader|analyst|[a-z]+er|chief|director)(?:[ -](?:[A-Z][\w.'’-]*|of|for|and|the|chief|leader|spokes\w+|director|analyst))*",
                stretch,
            )
            and not ends_sentence(stretch, tables)
        ):
            best = line[(UNDER.search(line, 0, m.start()) or m).start() :].rstrip()
            break
    if best and (own := FOR_BEARER.fullmatch(best)) and tables.titles.fullmatch(own[1]):
        return own[1]
    return best
