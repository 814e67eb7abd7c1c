"""Which times of a sentence are not an event's own, however near: a toll's, another event's, those of what it is compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.reading.constituents import head_among, noun_start
from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers
from accordingto.reading.mentions import DATED, HARMFUL, OUTCOMES, REAL, lasting
from accordingto.reading.rises import day_of_rise
from accordingto.reading.sincewhen import compared
from accordingto.reading.timeshifts import BETWEEN
from accordingto.record import Factuality, Time, TimeType
from accordingto.spans import Range

RELATIVE = re.compile(
    r",\s(?:(?:in|from|at|to|of|for|by|near|during) )?(?P<word>where|who|whose|whom|which)\b", re.I
)
ALWAYS = re.compile(  # what a thing does or is, whenever: "which probes crimes", not "which officials say …"
    r" (?:also |now |still |usually |often )?(?:(?!was\b)[a-z]{2,}s|have|do)\b(?! (?:say|said|call|had|did|were|was)\b)"
)
TOLD_OF_IT = re.compile(
    r" (?:(?:was|were|had|has|have) )?(?:came|c[ao]me|happened|occurred|took place|beg[au]n|started|broke out|erupted|ran|lasted|opened|hit|struck|"
    r"targeted|kill\w*|injur\w*|wound\w*|left|carried out|launched|held|signed|"
    r"(?:took|came into|went into|entered into) (?:effect|force))\b",
    re.I,
)
APART = re.compile(  # but not "earlier in the day after they had marched"
    r"\b(?:(?:[\w-]+|\d+)\s)?(?:days|weeks|months|years|decades|(?:a|one|(?<!in )the) (?:day|week|month|year|decade))\s"
    r"(?:after|before)\s(?=\w)",
    re.I,
)
IT_BEGAN = re.compile(
    r"(?:it|they) (?:first )?(?:began|started|broke out|erupted|happened|occurred|took place)\b", re.I
)
WHEN = re.compile(r",? when\b")
PERFECT = re.compile(r"\b(?:has|have|had)\b", re.I)
PAUSE = re.compile(r",\s|[;:—–](?:\s|$)|\s-\s")
OWNED = re.compile(
    r"(?:['’]s?)?[ -](?:[\w-]+ ){0,2}?"
)  # between a date and a noun whose it is: "Monday’s deadly "
ARTICLE = re.compile(r"\b(?:the|an?|this|that|its|his|her|their) $", re.I)
YEARS = re.compile(r"(?:19|20)\d\d(?:[-–/](?:(?:19|20)\d\d|\d\d))?")
MADE = re.compile(  # what became of a law or a body in a year told aside: "the Mining Act (as amended in 2018)"
    r"\((?:(?:as|last|first|since) )*(?:amended|revised|adopted|enacted|passed|updated|established|founded|formed|created)"
    r"(?: (?:in|on|by))?(?: the)? $",
    re.I,
)
CALENDAR = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?|spring|summer|autumn|fall|winter|early|mid|late|"
    r"(?:day|week|month|quarter|half|year|start|beginning|middle|end|rest)s?",
    re.I,
)
NAMING = frozenset(("compound", "nummod", "amod", "nmod"))
NAMES = NAMING | {"flat"}
SAID_AFTER = re.compile(  # closes the clause before it: "expelled two envoys, the minister said, after a raid in May"
    r",\s[^,.;:\n]{2,60}\b(?:said|says|announced|reported|added|confirmed),\s(?:after|following|because|in response to)\b",
    re.I,
)
BECAUSE_OF = re.compile(
    r"\b(?:over|marking|mark|commemorat\w+|anniversary of|in connection with|linked to|tied to|in response to|retaliation for|"
    r"accused of|suspected of|charged with|convicted of|role in|part in|involved in|responsible for)\b",
    re.I,
)
CHARGED = re.compile(  # what follows is a crime for which somebody stands before a court
    r"\b(?:(?:accus|suspect|convict|acquitt?|clear|charg)\w*|(?:found |pleaded |plead |was |were )(?:not )?guilty|"
    r"(?:sentenced|jailed|imprisoned|tried|arrested|detained|wanted|prosecuted|indicted|extradited)(?: [^,.;:\n]{1,60}?)?)"
    r"(?: (?:[\w’'.-]+ ){0,5}?)?(?:of|with|for|over)\s",
    re.I,
)
FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will)\b", re.I)
AT_THE_TIME = re.compile(
    r"\b(?:(?:in|during|amid|at|by|when) (?:(?:an?|the|last|this) )?|(?:after|following) (?:an? )?)$", re.I
)
BY = re.compile(
    r"\bby (?:a further |another |an additional |an extra |up to |at least )?$", re.I
)  # "extended by 72 hours"
PART_OF = re.compile(r"\b(?:series|waves?|spate|string|rounds?|part) of (?:[\w-]+ ){0,2}$", re.I)
DESCRIBED = 60  # characters before a noun in which words may stand that describe it
UP = 8  # steps from a word up to the verb of its clause, at most
CLAUSAL = frozenset(("root", "conj", "ccomp", "advcl", "acl", "parataxis"))
ASIDE = 40  # characters before a time in which a bracket may open
NEAR = 30  # characters between a time and the noun whose it is
SPREADS = frozenset(("displacement",))  # what many do one after another, over a long time
MONTH = 27  # days that a month has at least, less one
STAYS = frozenset(
    "detention blockade deployment territory ceasefire invasion displacement clash sanction".split()
)


class Datings:
    """The times and events of one document: asked whether a time can be an event's.

    A time is no event's where it tells when a toll had come so far ("rose to 45 on Wednesday") or with what something is compared
    ("the deadliest since 2021"); it is only another's where that is named by it ("the June 2023 bombing"), or where a clause of its
    own parts it from the event ("in Borno, where an insurgency began in 2009", "ten days after she was arrested").
    """

    def __init__(self, text: str, times: Sequence[Time], found: Sequence[FoundEvent], layers: Layers) -> None:
        self.text, self.times, self.found, self.layers = text, times, found, layers

    def foreign(self, time: Time, number: int, around: Range) -> bool:
        """Whether a time of the sentence `around` isn't the event's."""
        event, at = self.found[number], time.span.range
        if self.measures(time):
            return True
        here = [m for m in event.mentions if around.contains(m)]
        if any(self.named_by(at, m) or self.right_before(at, m) for m in event.mentions):
            return False
        if here and all(self.charged(at, m, around) for m in here):
            return True
        if day_of_rise(self.text, around, at) or self.sets_a_limit(at, event, here, around):
            return True
        if self.told_aside(at, here) or (here and all(self.hung_on_other(at, m, event) for m in here)):
            return True
        if self.named(at, event, around) or self.counts_long(time, event):
            return True
        distance = next(
            (m for m in APART.finditer(self.text, *around) if m.start() <= at.start < m.end()), None
        )
        if distance:
            return not self.counts(time, distance, here, around)
        return bool(here) and all(
            self.parted(at, m, event, around) or self.joined(at, m, event) for m in here
        )

    def names_a_thing(self, time: Time) -> bool:
        """Whether years belong to the name of a thing that is no event: "the 1962 constitution", "the Fisheries Act of 2001"."""
        syntax, words = self.layers.syntax, self.layers.words
        if syntax is None or not YEARS.fullmatch(time.span.text):
            return False
        year = self.layers.word_at(time.span.start)
        noun = int(syntax.heads[year])
        if noun == year or syntax.relation(year) not in NAMES:
            return False
        if CALENDAR.fullmatch(self.text, *words[noun]):
            return False
        return not any(words[noun].overlaps(m) for e in self.found for m in e.mentions)

    def told_aside(self, at: Range, here: Sequence[Range]) -> bool:
        """Whether a time tells in brackets, in which no mention stands, when a law or a body was made or changed."""
        aside = MADE.search(self.text, max(0, at.start - ASIDE), at.start)
        return aside is not None and not any(aside.start() <= m.start < at.start for m in here)

    def hung_on_other(self, at: Range, mention: Range, event: FoundEvent) -> bool:
        """Whether a time hangs right behind the noun for another event: "despite a peace agreement in 2016"; not where the one came in the
        course of the other ("shot during protests in May").
        """
        syntax, words = self.layers.syntax, self.layers.words
        if syntax is None:
            return False
        time = head_among(self.layers.words_in(at), syntax)
        noun = int(syntax.heads[time])
        if noun >= time or syntax.relation(time) != "nmod" or words[noun].overlaps(mention):
            return False
        others = [
            e
            for e in self.found
            if e.type != event.type
            and not one_blow(event, e)
            and any(words[noun].overlaps(m) for m in e.mentions)
        ]
        if not others or (mention.start >= words[noun].start and mention.end <= at.start):
            return False
        while syntax.relation(noun) in ("conj", "appos") or PART_OF.search(
            self.text, max(0, words[noun].start - DESCRIBED), words[noun].start
        ):
            above = int(syntax.heads[noun])
            if words[above].overlaps(mention):  # "the assault and murder last week"
                return False
            if above >= noun:
                break
            noun = above
        first = noun_start(noun, syntax)
        return first is not None and not AT_THE_TIME.search(
            self.text, max(0, words[first].start - DESCRIBED), words[first].start
        )

    def charged(self, at: Range, mention: Range, around: Range) -> bool:
        """Whether a mention is the crime of which somebody is accused or convicted and a time before that word or of a clause behind tells
        when that was done, or what else was.
        """
        for court in CHARGED.finditer(self.text, *around):
            behind = self.text[self.pause(mention.end, around.end) : at.start]
            if (at.end <= court.end() or FINITE.search(behind)) and court.end() <= mention.start:
                between = self.text[court.end() : mention.start]
                return PAUSE.search(between) is None and FINITE.search(between) is None
        return False

    def measures(self, time: Time) -> bool:
        """Whether a time tells by how long something was made longer: "a truce extended by 72 hours"."""
        start = time.span.start
        return time.type is TimeType.DURATION and BY.search(self.text, max(0, start - 20), start) is not None

    def joined(self, at: Range, mention: Range, event: FoundEvent) -> bool:
        """Whether a time hangs on a verb that "and" or "but" joins to that of an event told before it, and dates it alone.

        "The junta condemned the coup and promised elections in May": such a time dates no object of the first verb, and nothing done
        or undone where what it hangs on is yet to come or was, "was never convicted and died in May".
        """
        syntax, words = self.layers.syntax, self.layers.words
        if syntax is None or not mention.end <= at.start:
            return False
        mine, its = (
            self.verb_of(self.layers.word_at(mention.start)),
            self.verb_of(self.layers.word_at(at.start)),
        )
        if (
            syntax.relation(its) != "conj"
            or int(syntax.heads[its]) != mine
            or not mention.end <= words[its].start
        ):
            return False
        if not mention.overlaps(words[mine]):
            return True
        real = event.factuality in REAL
        return any(
            (other.factuality in REAL) is not real
            for other in self.found
            if other is not event
            for m in other.mentions
            if words[its].start <= m.start and (m.overlaps(words[its]) or self.hangs_on(at, m))
        )

    def verb_of(self, word: int) -> int:
        """The verb of the clause in which a word stands, as far as the tree tells."""
        syntax = self.layers.syntax
        for _ in range(UP):
            if syntax is None or syntax.relation(word) in CLAUSAL:
                break
            word = int(syntax.heads[word])
        return word

    def sets_a_limit(self, at: Range, event: FoundEvent, here: Sequence[Range], around: Range) -> bool:
        """Whether a time tells since when something is the first or goes on, and the event is neither that nor what began then."""
        past = next((c for c in compared(self.text, around) if c.contains(at)), None)
        if past is None and not lasting(self.text, at.start):
            return False
        since = self.text.lower().rfind("since", around.start, at.start)
        when = WHEN.match(self.text, at.end) and any(m.start >= at.end for m in here)
        if since >= 0 and (when or any(since <= m.start <= at.start for m in here)):
            return False  # "since the truce began in March", "since March, when troops seized the town"
        going = event.factuality is Factuality.ONGOING or event.type in STAYS
        several = any(self.text[m.end - 1] == "s" for m in here)  # "a dozen massacres since 2021"
        return past is not None or not (going or several)

    def counts_long(self, time: Time, event: FoundEvent) -> bool:
        """Whether a time tells since which month or year people have fled: they did so on no day of it alone."""
        if event.type not in SPREADS or time.earliest is None or time.latest is None:
            return False
        return (time.latest - time.earliest).days >= MONTH and lasting(self.text, time.span.start)

    def counts(self, time: Time, distance: re.Match[str], here: Sequence[Range], around: Range) -> bool:
        """Whether a distance ("two days before") dates an event: reckoned from a day before it, what it is said of, else the other."""
        if time.value is None or time.type is TimeType.DURATION:
            return False
        clause = Range(distance.end(), self.pause(distance.end(), around.end))
        behind = any(clause.contains(m) for m in here)
        return behind if self.reckoned(time, around) else not behind

    def named(self, at: Range, event: FoundEvent, around: Range) -> bool:
        """Whether another event is named by a time: "over the June 2023 bombing"; not where the one came in the course of the other
        ("escaped during the May riot") or right after it ("seized power after a May coup", but not "after the May coup"), nor of those
        whom it killed.
        """
        start = next((m.end() for m in APART.finditer(self.text, *around) if m.end() <= at.end), around.start)
        if AT_THE_TIME.search(self.text, start, at.start):
            return False
        return any(
            self.named_by(at, m) or self.right_before(at, m)
            for other in self.found
            if other is not event and not one_blow(event, other)
            for m in other.mentions
        )

    def reckoned(self, time: Time, around: Range) -> bool:
        """Whether a distance is counted from a day right before it in its own sentence, on the other side of it than it says."""
        early = time.span.text.lower().endswith("after")
        return any(
            around.contains(t.span.range) and BETWEEN.fullmatch(self.text, t.span.end, time.span.start)
            for t in self.times
            if t.earliest is not None
            and t.earliest == t.latest
            and time.earliest is not None
            and time.earliest != t.earliest
            and (time.earliest < t.earliest) is early
        )

    def right_before(self, at: Range, mention: Range) -> bool:
        """Whether an article and a time stand right before a mention: "the Oct. 7 attacks"."""
        apart = OWNED.fullmatch(self.text, at.end, mention.start) if at.end <= mention.start else None
        return apart is not None and ARTICLE.search(self.text, max(0, at.start - 6), at.start) is not None

    def names(self, at: Range, mention: Range) -> bool:
        """Whether a time right before a mention tells which it is, by its owner or as a word of it: "Monday’s vote", "the May 4 attacks"."""
        return DATED.fullmatch(self.text, at.end, mention.start) is not None or self.named_by(at, mention)

    def named_by(self, at: Range, mention: Range) -> bool:
        """Whether a mention is named by a time in it or right before it: "Monday’s earthquake", "the June 2023 bombing"."""
        text, syntax, words = self.text, self.layers.syntax, self.layers.words
        if mention.contains(at):
            return True
        if not 0 <= mention.start - at.end <= NEAR or not OWNED.fullmatch(text, at.end, mention.start):
            return False
        if text.startswith(("'", "’"), at.end):
            return True
        return syntax is not None and any(
            words[int(syntax.heads[w])].overlaps(mention) and syntax.relation(w) in NAMING
            for w in self.layers.words_in(at)
        )

    def parted(self, at: Range, mention: Range, event: FoundEvent, around: Range) -> bool:
        """Whether a time stands in a clause in which a mention of the event doesn't, or the other way round."""
        if any(
            c.contains(at) != c.contains(mention) and (shut or c.contains(at))
            for c, shut in self.clauses(around)
        ):
            return True
        if at.start < mention.end:
            return False
        between = [
            m
            for other in self.found
            if other is not event and not one_blow(event, other)
            for m in other.mentions
            if mention.end <= m.start and m.end <= at.start
        ]
        return SAID_AFTER.search(self.text, mention.end, at.start) is not None or any(
            BECAUSE_OF.search(self.text, mention.end, m.start) and self.hangs_on(at, m) for m in between
        )

    def hangs_on(self, at: Range, mention: Range) -> bool:
        """Whether a time hangs on a word of a mention in the sentence's tree."""
        syntax, words = self.layers.syntax, self.layers.words
        if syntax is None:
            return False
        word = self.layers.word_at(at.start)
        for _ in range(3):
            word = int(syntax.heads[word])
            if words[word].overlaps(mention):
                return True
        return False

    def clauses(self, around: Range) -> list[tuple[Range, bool]]:
        """The stretches of a sentence that tell of a time or thing of their own, each with whether it takes no time from outside.

        Relative clauses, of which those of a place or thing may go on with what was told ("met in Kor, where they discussed trade"),
        and what something came so long after.
        """
        found = []
        for m in RELATIVE.finditer(self.text, *around):
            word = m["word"].lower()
            clause = Range(m.start("word"), self.pause(m.end(), around.end))
            if word != "which" or not TOLD_OF_IT.match(self.text, m.end()):
                persons = word not in ("where", "which")
                shut = persons or (word == "which" and ALWAYS.match(self.text, m.end()) is not None)
                found.append((clause, shut or PERFECT.search(self.text, *clause) is not None))
        for m in APART.finditer(self.text, *around):
            if not IT_BEGAN.match(self.text, m.end()):  # "put out on Wednesday, four days after it began"
                found.append((Range(m.start(), self.pause(m.end(), around.end)), True))
        return found

    def pause(self, start: int, end: int) -> int:
        """Where a clause that begins at a character ends, at most at `end`; not at the comma of "July 11, 2021"."""
        dates = [t.span.range for t in self.times]
        found = (m.start() for m in PAUSE.finditer(self.text, start, end))
        return next((n for n in found if not any(d.start < n < d.end for d in dates)), end)


def one_blow(event: FoundEvent, other: FoundEvent) -> bool:
    """Whether one of two events is what the other brought about: those whom a strike killed."""
    kinds = {event.type, other.type}
    return kinds <= HARMFUL and bool(kinds & OUTCOMES)
