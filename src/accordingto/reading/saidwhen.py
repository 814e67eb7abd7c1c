"""When and where something was said: the date and the medium that stand with source and cue, outside of all that is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.reading.layers import Attribution, Layers, Syntax, Timex
from accordingto.reading.reputed import is_reputed
from accordingto.reading.tables import ReadingTables
from accordingto.reading.timeshifts import before_a_thing
from accordingto.spans import Cover, Range, gap

NEAR = 80  # characters around source and cue in which a date or a medium belongs to them
ABOUT_SPEAKER = re.compile(r"\b(?:who|whom|whose|which)\b", re.I)
THAT_DID = re.compile(
    r"\bthat (?:has|have|had|was|were)\b", re.I
)  # in a source: “groups that have raised money”
OF_SPEECH = re.compile(  # an aside that begins so tells how or when it was said, others who says it
    r"\s*(?:$|(?:in|on|at|during|after|before|late|early|earlier|speaking|spoke|talking|writing|asked|addressing|"
    r"responding|answering|appearing|testifying|reached|interviewed|briefing)\b)",
    re.I,
)
PUBLISHED = re.compile(  # an aside of a document that begins so tells when it came out
    r"\s*(?:(?:was|were|is|has been|had been)\s+)?(?:(?:\w+ly|first|made)\s+){0,2}"
    r"(?:published|released|issued|dated|filed|unsealed|broadcast|aired|televised|leaked|posted|circulated|distributed|printed|submitted|"
    r"delivered|signed|sent|written|obtained|seen|public|presented|adopted|uploaded|shared)\b",
    re.I,
)
PASSIVE = re.compile(  # a word of saying that tells what was done on a day: "was last ordered", where the cue may begin with any word of it
    r"\b(?:was|were)\s+(?:(?:\w+ly|first|last|also|again|then)\s+)*(?:told|\w+ed)\b", re.I
)
BELIEF = re.compile(  # what is held of somebody is so on no day, nor is what one is charged with
    r"\w+ly$|\b(?:expect|deem|view|consider|believ|suspect|fear|regard|project|forecast|estimat|anticipat|see|know|suppos|presum)(?:ed|n)\b|(?:thought|felt)\b|charges?\b",
    re.I,
)
OTHER_CLAUSE = re.compile(  # between a day and a word of saying: they are of two clauses
    r"[;:—–]|\b(?:after|before|since|until|till|and|but|though|although|because|whereas|while|which|that|who|when|where|as|if|than)\b",
    re.I,
)
OWNED = re.compile(r"(?:['’]s?)?\s(?:[\w-]+\s)?")  # "Monday's announcement", "on Monday angrily announced"
MORE_THAN = re.compile(r"\bthan (?:in |on |at )?$", re.I)
JOINED = re.compile(  # between a day and a source: the day is of the clause before, "launched in May, and analysts say"
    r",?\s(?:after|before|since|until|and|but|though|although|because|whereas)\s(?:(?!\w+day\b)[a-z’'-]+\s){0,2}$"
)
JUST_AFTER = re.compile(  # the day of a deed that soon follows or leads to somebody's words is theirs too
    r"(?:hours?|minutes?|moments?|shortly|soon|immediately|right|just) (?:after|before)\s", re.I
)
BESIDE = re.compile(  # a source beside another subject of its clause
    r"\b(?:when|while|as|after|before|since|because|if|where|that)\s(?:it|he|she|they|we)\sand\s(?:the\s)?$"
)
AFTERWARDS = re.compile(r"\safter\s")  # behind a year or month, which holds both
COARSE = re.compile(r"\d{4}(?:-\d\d)?$")
OF_PHRASES = ("nmod", "obl", "nsubj", "obj", "compound", "advmod")  # relations within one clause
FRONTED = re.compile(r"(?:after|since|following|having)\s[^,;:—–]*$", re.I)
ON_WHAT = re.compile(  # a phrase that opens a sentence and names what is spoken of: “in the days following Friday's raid, she said”
    r"(?:in the (?:days|weeks|months|wake) (?:after|before|following|since|of)|(?:[\w-]+ ){0,3}(?:days?|weeks?|months?|years?) (?:after|before|following)|"
    r"after|before|since|following|regarding|amid|despite|(?:respond|react)ing to|in (?:response|reaction) to|ahead of)\s[^,;:—–]*$",
    re.I,
)
OF_DEED = re.compile(  # behind the day of something on which nobody need have spoken: “Friday's raid”
    r"['’]s?\s(?!(?:[\w’'-]+\s){0,3}?(?:meetings?|talks|speech|briefing|summit|hearing|session|visit|conference|calls?|debate|address|interview|rally|vote|"
    r"announcement|statement|remarks|comments|event)\b)"
)
CLAUSE = re.compile(r"[;:—–]|,\s(?:where|who|which|while|but|and|though|although|whereas)\b")
PERFECT = re.compile(r"(?:\b(?:has|have|had)|\w['’](?:d|ve))\s(?:(?:\w+ly|also|long|once|since)\s)?$")
HAD = re.compile(r"(?:has|have|had)\s")
BUT = re.compile(r",?\s(?:but|yet)\s(?:(?:\w+ly|also|later|then)\s)?")
COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|(?:up|down) from)\b[^.;:]*$"
)  # “down from 33 percent last month”
WHO = re.compile(r"(?:[A-Z][^,]*, )?(?:(?:the|an?|its|his|her|their)\s)?", re.I)  # “[the] 2012 [laureate]”
APPOSED = re.compile(
    r"[A-Z][\w.’'-]*, (?:(?:the|an?|its|his|her|their) )?$"
)  # “Karl Berg, [the] 2008 [nominee]”
WRITTEN = re.compile(  # behind a year on which something was written or held
    r"\s(?:[\w’'-]+\s){0,3}?(?:stud(?:y|ies)|reports?|books?|memoir|rulings?|decision|surveys?|polls?|analysis|papers?|articles?|letters?|memos?|statements?|"
    r"interviews?|speech|laws?|acts?|bills?|agreement|review|investigation|inquiry|audit|census|documents?|lawsuit|complaint|indictment|film|documentary|"
    r"posts?|tweets?|column|editorial|essay|data|statistics|figures|estimates?|assessment|guidelines|resolution|convention|treaty|plan|budget|platform|"
    r"manifesto|index|record|video|verdict|order|edition|issue|version)\b|\W*$"
)
FOR_SAYING = re.compile(
    r"\bfor \w+ing\b", re.I
)  # “fined on Monday [for saying] so”: what was said was said before
PARTICIPLE = re.compile(r",\s\w+ing$", re.I)  # a cue behind a comma, which only hangs on the main clause
ASIDE = re.compile(r",\s(?:which|who|whom|whose)\s[^,]*$", re.I)  # a clause that still goes on
BARE = re.compile(
    r"\s(?:(?:on|in|at|during|the|late|early|earlier|last|this)\s)*", re.I
)  # from "who" to a day
SPOKE = (
    re.compile(  # from a day to the cue, where it is said on that day: "who on Monday visited Kor and [said]"
        r"\s(?:(?:\w+ly|also|again|first)\s)*|\s(?:[^,;:]*\sand|(?:spoke|testified|talked)\b.*)\s", re.I
    )
)
RIGHT_BEHIND = re.compile(r"\s+(?:(?:on|in|at|late|early|earlier|again)\s+)*", re.I)
YEAR = re.compile(r"\d{4}")
NAMING = re.compile(
    r"[\w,’'-]\s+(?!(?:In|Since|By|Until|During|From|Before|After)\s)[A-Z][\w’'-]*\s+$"
)  # what stands before a number that belongs to a name
JOINED_YEAR = re.compile(r"\d{4}\sand\s$")
AND_YEAR = re.compile(r"\sand\s\d{4}\b")
PROGRAMME = re.compile(r"This (?:Morning|Week)|Tonight|Today")
CAPITALS = re.compile(r"\b[A-Z]{2,}(?:[’']s?)?\s(?:News(?:['’]s?)?\s)?[“\"‘]?$")  # letters of a broadcaster
OF_DOCUMENT = re.compile(  # behind a document's noun
    r",?\s(?:by|of|from|on|in|about|that|which|who|issued|released|published|posted|signed|sent|dated|to|for|at|with|shared|seen|obtained|provided)\s"
)
NOT_DAYS = re.compile(r"P|\d{3}$|PRESENT|PAST|FUTURE")


def said_on(
    text: str,
    a: Attribution,
    times: Sequence[Timex],
    around: Range,
    others: Sequence[Attribution],
    layers: Layers,
    *,
    written: bool = False,
    within: Range | None = None,
) -> Timex | None:
    """The date expression that stands with source and cue, outside of all that is said.

    The one right behind the cue comes first; another source's own day is not taken. Where the source is `written`, a document, the day on which
    it came out is meant. What is said inside of what another says, `within` that, has its day there, in its own clause: “said the court [ordered] on
    Monday the release”.
    """
    marks = [r for r in (a.source, a.cue) if r is not None]
    if not marks or is_reputed(text, a):  # “thought to be bandits”: whatever day follows is their deed's
        return None
    if within is not None:
        times = [t for t in times if within.contains(t.at) and of_its_clause(text, a, t.at, t.value)]
    contents = [
        c for o in others for c in o.content if within is None or a.cue is None or not c.contains(a.cue)
    ]
    syntax = layers.syntax if layers.syntax is not None and layers.syntax.labels else None
    near = [
        (min(gap(t.at, m) for m in marks), t.at.start, t)
        for t in times
        if t.value
        and not NOT_DAYS.match(t.value)
        and around.contains(t.at)
        and not named(text, t.at, a.source)
        and (text.startswith("the ", t.at.start) or not before_a_thing(text, t.at))
        and not of_speaker(text, a, t.at, written=written)
        and not of_other_clause(text, a, t.at, around, t.value)
        and not any(c.overlaps(t.at) for c in contents)
    ]
    behind = (t for *_, t in near if a.cue and RIGHT_BEHIND.fullmatch(text, a.cue.end, t.at.start))
    if (own := next(behind, None)) is not None:
        return own
    near = [x for x in near if x[0] <= NEAR and not any(taken(text, o, x[2].at, a) for o in others)]
    if (
        a.source is None and a.cue is not None
    ):  # "repeated at a summit in July": what stands before is another's day
        near = [
            x
            for x in near
            if is_own_day(text, a.cue, x[2].at)
            or (syntax is not None and of_one_clause(layers, syntax, a.cue, x[2].at))
        ]
        near = [x for x in near if x[1] > marks[0].start] or near
    return min(near, key=lambda x: x[:2])[2] if near else None


def named(text: str, day: Range, source: Range | None) -> bool:
    """Whether a year is the end of a name, “Radio Lakeside 2000”, one of several, “the 2015 and 2018 meetings”, or tells who somebody is, “the 2012
    laureate”, as in the words for a person who is the `source`; or a day is a programme's name: “KBC This Morning”.
    """
    whole = YEAR.fullmatch(text, *day)
    if whole and source and not WRITTEN.match(text, day.end, day.end + NEAR):
        if source.contains(day) and WHO.fullmatch(text, source.start, day.start):
            return True
        if APPOSED.search(text, max(0, day.start - NEAR), day.start):
            return True
    if whole and (
        JOINED_YEAR.search(text, max(0, day.start - 9), day.start) or AND_YEAR.match(text, day.end)
    ):
        return True
    if PROGRAMME.fullmatch(text, *day):
        return CAPITALS.search(text, max(0, day.start - NEAR), day.start) is not None
    return whole is not None and NAMING.search(text, max(0, day.start - NEAR), day.start) is not None


def of_speaker(text: str, a: Attribution, day: Range, *, written: bool) -> bool:
    """Whether a date tells of the source's life: “Ana Ruiz, elected in 2019, said”, “said Karl Berg, who was freed on Tuesday”; not when a
    document came out: “The report, released on Tuesday, said”.
    """
    if a.source is None or day.start < a.source.start:
        return False
    between = a.cue is not None and day.end <= a.cue.start
    start = a.source.start if between or a.cue is None else max(a.source.start, a.cue.end)
    _, comma, clause = text[start : day.start].rpartition(",")
    who = ABOUT_SPEAKER.search(clause)
    closed = between and a.cue is not None and "," in text[day.end : a.cue.start]
    if who is None and between and THAT_DID.search(text, a.source.start, min(day.start, a.source.end)):
        return not (written and PUBLISHED.search(clause))
    if who is None and not (comma and closed):
        return False
    begun = who.end() if who else 0
    if who and a.cue is not None and between and BARE.fullmatch(clause, begun):
        return SPOKE.fullmatch(text, day.end, a.cue.start) is None
    return OF_SPEECH.match(clause, begun) is None and not (written and PUBLISHED.match(clause, begun))


def of_other_clause(text: str, a: Attribution, day: Range, around: Range, value: str | None) -> bool:
    """Whether a date before the source is of a clause that ends before it: “stabbed her on Friday, after [she] refused”, “the truce, which
    began on Friday, [the mayor] said”, “after Friday's raid, [she] said”; not “on Friday, hours after [she] refused”, “last year after [she] refused”, “in July, when it and [the
    unions] appealed”.
    """
    if a.source is None:
        return False
    if a.cue is not None and parted(text, a, a.cue, day):
        return True
    if (
        a.cue is not None
        and day.end < a.cue.start
        and FOR_SAYING.search(text, max(0, a.cue.start - len("for ")), a.cue.end)
    ):
        return True
    if a.source.start < day.end:
        return False
    if JOINED.search(text, day.end, a.source.start) and not BESIDE.search(text, day.end, a.source.start):
        soon = JUST_AFTER.search(text, day.end, a.source.start)
        coarse = COARSE.match(value or "") and AFTERWARDS.match(text, day.end, a.source.start)
        return soon is None and not coarse
    closed = "," in text[day.end : a.source.start]
    hanging = a.cue is not None and PARTICIPLE.match(text, max(0, a.cue.start - len(", ")), a.cue.end)
    if closed and hanging and FRONTED.match(text, around.start, day.start):
        return True  # “After a hearing on Friday, [he] is set to go, [suggesting] that it fell”
    if closed and ON_WHAT.match(text, around.start, day.start) and OF_DEED.match(text, day.end):
        return True
    return closed and ASIDE.search(text, around.start, day.start) is not None


def parted(text: str, a: Attribution, cue: Range, day: Range) -> bool:
    """Whether a date is told of something else than a cue whose subject it may share: “shot her in May, but [claimed] that …”, “had [pledged] to go,
    but wavered this week”, “[said] so, compared with 33 percent last month”.
    """
    if day.end <= cue.start:
        if BUT.fullmatch(text, day.end, cue.start):
            return True
        between = Range(day.end, cue.start)
    else:
        between = Range(max([cue.end, *(c.end for c in a.content if c.end <= day.start)]), day.start)
        if COMPARED.search(text, *between):
            return True
    had = PERFECT.search(text, max(0, cue.start - 24), cue.start) or HAD.match(text, *cue)
    return had is not None and CLAUSE.search(text, *between) is not None


def of_its_clause(text: str, a: Attribution, day: Range, value: str | None) -> bool:
    """Whether a date is of the clause of a word of saying that tells more than a belief: before it, or right behind it or what is said."""
    if (
        a.cue is None
        or BELIEF.search(text[slice(*a.cue)])
        or MORE_THAN.search(text, max(0, day.start - 12), day.start)
    ):
        return False
    if day.start >= a.cue.start:
        ends = (a.cue.end, *(c.end for c in a.content))
        return a.cue.contains(day) or any(RIGHT_BEHIND.fullmatch(text, end, day.start) for end in ends)
    if COARSE.match(value or "") and AFTERWARDS.match(text, day.end):
        return True
    return OTHER_CLAUSE.search(text, day.end, a.cue.start) is None


def of_one_clause(layers: Layers, syntax: Syntax, cue: Range, day: Range) -> bool:
    """Whether a date is of the clause in which the cue is an object: “His speech on Friday held [an admission] that it fell”."""
    said, when = (list(layers.words_in(at))[-1:] for at in (cue, day))
    if not said or not when:
        return False
    verb, told = climbed(syntax, said[0], ("conj", "obj"))
    return told == "obj" and verb == climbed(syntax, when[0], OF_PHRASES)[0]


def climbed(syntax: Syntax, word: int, relations: Sequence[str]) -> tuple[int, str]:
    """The word that some relations lead up to from a word, and the last of them that is no coordination."""
    last = ""
    while (relation := syntax.relation(word)) in relations and syntax.heads[word] != word:
        last = last if relation == "conj" else relation
        word = int(syntax.heads[word])
    return word, last


def is_own_day(text: str, cue: Range, day: Range) -> bool:
    """Whether a date is that of a cue for which nobody is named, and not of the deed told of: beside it, or of its clause where it is a passive.

    “Was ordered in May to leave”, not “on Monday, a man reportedly died” nor “is expected in May”.
    """
    if cue.contains(day):
        return True
    if BELIEF.search(text[slice(*cue)]) or MORE_THAN.search(text, max(0, day.start - 12), day.start):
        return False
    if RIGHT_BEHIND.fullmatch(text, cue.end, day.start) or OWNED.fullmatch(text, day.end, cue.start):
        return True
    start = max(0, cue.start - NEAR)
    if not any(
        m.start() <= cue.end and cue.start < m.end() <= cue.end
        for m in PASSIVE.finditer(text, start, cue.end)
    ):
        return False
    between = text[day.end : cue.start] if day.end <= cue.start else text[cue.end : day.start]
    return OTHER_CLAUSE.search(between) is None


def taken(text: str, other: Attribution, day: Range, a: Attribution) -> bool:
    """Whether a date is that of another source's attribution: right behind its cue, or with its words between date and `a`."""
    if other.source is None or a.source is None or other.source.overlaps(a.source):
        return False
    if any(c.contains(other.source) for c in a.content):
        return False
    if other.cue and RIGHT_BEHIND.fullmatch(text, other.cue.end, day.start):
        return True
    marks = [r for r in (a.source, a.cue) if r is not None]
    ahead = Range(day.end, min(m.start for m in marks))
    since = Range(max(m.end for m in marks), day.start)
    return any(at.contains(m) for at in (ahead, since) for m in (other.source, other.cue) if m is not None)


def medium(
    text: str,
    a: Attribution,
    around: Range,
    said: Cover,
    contents: Sequence[Range],
    tables: ReadingTables,
    *,
    written: bool = False,
    within: Range | None = None,
) -> str | None:
    """How it was said: the noun of a source that is a `written` one, else what the words of the sentence tell that are nobody's content.

    `contents` are those of all claims, `said` the same to be asked by place. What is said inside of what another says, `within` that, has its own
    medium there.
    """
    if written and a.source is not None and (found := tables.media.first(f"in {document(text, a.source)}")):
        return found
    if a.cue is None:
        return None
    start, end = max(around.start, a.cue.start - NEAR), min(around.end, a.cue.end + NEAR)
    if within is not None:
        start, end = max(start, within.start), min(end, within.end)
    window = Range(start, max(start, end))
    hidden = (contents[k] for k in said.touching(window))
    words = text[start:end]
    for c in hidden:
        if c not in a.content and c.contains(a.cue):
            continue
        at = Range(max(c.start, start) - start, min(c.end, end) - start)
        if at.start < at.end:
            words = words[: at.start] + " " * (at.end - at.start) + words[at.end :]
    return tables.media.first(words)


def document(text: str, source: Range) -> str:
    """The noun of a source with what stands before it: “a board report” of “a board report by the auditors”."""
    return OF_DOCUMENT.split(text[slice(*source)], maxsplit=1)[0]


def stands_apart(text: str, a: Attribution, day: Range, around: Range, value: str | None = None) -> bool:
    """Whether a date of the sentence `around`, outside of what is said, is of the speaker's life or of a clause that ends before who says it."""
    if a.cue is not None and text[day.end : a.cue.start] == " and ":  # “who erred in June and refused”
        return False
    return of_speaker(text, a, day, written=False) or of_other_clause(text, a, day, around, value)
