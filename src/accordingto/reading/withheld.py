"""Answers that are held back or taken back: who never admits a thing confirms nothing, who doesn't deny it denies nothing, who withdraws a claim
makes it no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accordingto.reading.tables import ReadingTables
from accordingto.record import Act
from accordingto.spans import Range

SURE = r"(?:confirm|verif|corroborat)\w*"
ANSWER = (
    rf"(?:{SURE}|(?:acknowledg|admit|conced|confess|den(?:y|i)|disput|contest|refut|rebut|disavow)\w*|rul(?:e[sd]?|ing) out\b|"
    r"(?:dismiss|reject)\w*(?= (?:[\w’'-]+ ){0,3}(?:claim|report|allegation|accusation|suggestion|rumou?r|possib|idea)))"
)
NEVER = (
    r"(?:\b(?:not|never|neither|nor (?:has|have|had|did|does|do)(?: [\w’'-]+){1,3}?|nor|cannot|without|instead of|rather than|rarely|seldom|"
    r"scarcely|barely|hardly|no longer|short of|yet to|fail\w* to|avoid\w*)|"
    r"n['’]t)\b"
)
BETWEEN = (
    r"(?: (?!(?:only|merely|simply|surprisingly|unexpectedly)\b)"
    rf"(?:\w+ly|yet|ever|even|once|either|to|be|been|being|or|nor|have|had|having|{SURE} n?or)\b)*"
)
ABLE = r"(?:\b(?:can(?:not| not|['’]t| neither)|could(?: not|n['’]t| neither)|unable to|(?:im|not )possible to)|(?:not|n['’]t|never)(?: been| be)? able to)"
ANSWERING = re.compile(ANSWER, re.I)
WOULD = r"(?:\b(?:wo|would)n['’]t|\b(?:will|would) (?:not|never)|\bneither)"
ASKED = r"whether|if|how|who|whom|whose|what|which|when|where|why|anything|more|much"
TELL = r"(?:give|provide|release|disclose|share|offer|reveal)(?: [\w’'-]+){0,2} (?:details?|information|explanations?|comments?|answers?|specifics|particulars)"
GIVING = r"\b(?:giv(?:e|es|ing)|gave|given|offer\w*|provid\w*|presented?|releas\w*|disclos\w*|shar(?:e|es|ed|ing)|cit(?:e|es|ed|ing)|nam(?:e|es|ed|ing))"
TOLD = r"(?:evidence|proof|details?|information|explanations?|reasons?|particulars|specifics|figures?|suspects?|names?|sources?|comments?|responses?|answers?)"
REFUSES = r"\b(?:(?:declin|refus)\w*|reluctant|unwilling)(?: either)? to"
COMMENT = (
    r"(?:comment|elaborate|answer|respond|react|reply|speculate|discuss|be drawn|say (?:more|anything)|"
    r"(?:speak|talk)(?= (?:about|on|to (?:the )?(?:press|media|reporters|journalists))\b|[.,;]| ?$))\b"
)
WITHHELD = tuple(  # what the words before an answer make of it; the first that is found decides
    (re.compile(pattern), act)
    for pattern, act in (
        (rf"\bneither {SURE} n?or{BETWEEN} den", Act.DECLINE),
        (rf"{ABLE}{BETWEEN} (?:{SURE}|rule out\b)", Act.UNCERTAIN),
        (rf"{NEVER}{BETWEEN} be(?:en)?(?: \w+ly)? {SURE}", Act.UNCERTAIN),
        (rf"{WOULD}{BETWEEN} (?:{ANSWER}|speculate|elaborate|comment|discuss|be drawn)\b", Act.DECLINE),
        (rf"{NEVER}{BETWEEN} (?:verif|corroborat)", Act.UNCERTAIN),
        (
            rf"{REFUSES}{BETWEEN} (?:{SURE}|deny|rule out|comment|elaborate|answer|speculate|discuss|talk (?:about|of)|say (?:{ASKED})|{TELL})\b",
            Act.DECLINE,
        ),
        (rf"{REFUSES}{BETWEEN} (?:acknowledge|admit) (?:that|it|any|its|his|her|their)\b", Act.DECLINE),
        (rf"{NEVER}{BETWEEN} (?:wish|want|care|like|choose)\w* to {COMMENT}", Act.DECLINE),
        (rf"\b(?:prefer\w*|chose|opt(?:s|ed)|elected|decided) not to {COMMENT}", Act.DECLINE),
        (rf"{NEVER}{BETWEEN} rul(?:e|ed|ing) out\b", Act.DECLINE),
        (rf"{NEVER}{BETWEEN} {ANSWER}", Act.SILENT),
        (r"\bno (?:\w+ )?(?:confirmation|acknowledge?ment|admission|denial)\b", Act.SILENT),
        (rf"{GIVING} no (?:\w+ ){{0,2}}{TOLD}\b", Act.SILENT),
    )
)
STEMS = tuple(  # of words one of which stands in all of those above and below
    "confirm verif corrob acknowl admi conced confess deny deni disput contest refut rebut disavow dismiss reject rul comment elabor answer specul "
    "discuss talk speak say react respon repl detail inform expla specif partic retract recant withdr correct back stand drawn eviden proof reason figure suspect name "
    "source".split()
)
HELD_BACK = re.compile(rf"(?:{NEVER}|{REFUSES}){BETWEEN} $|\bno (?:\w+ )?$", re.I)  # before a denial
INVERTED = re.compile(  # before a cue: “nor did the premier [say]”
    r"\b(?:nor|neither) (?P<helper>did|do|does|has|have|had|was|were|is|are|would|will|could|can|may|should)(?P<who>(?: [\w.’'-]+){1,7}?) $",
    re.I,
)
WILLING = frozenset(("would", "will"))
TOLD_OF = r"(?:reports?|claims?|allegations?|accusations?|suggestions?|assertions?|insinuations?|rumou?rs?|stor(?:y|ies))"
REPORTED = re.compile(
    rf"(?:[\w’'-]+ ){{0,4}}?{TOLD_OF}\b", re.I
)  # a content that begins with what others say
UNTRUE = (
    r"(?:false|untrue|lies?|fabricat(?:ed|ions?)|fakes?|nonsense|nonsensical|absurd(?:ity)?|baseless|unfounded|groundless|propaganda|"
    r"fantas(?:y|ies)|inventions?|invented|hoax(?:es)?|fiction|rubbish|slander(?:ous)?|(?:dis|mis)information|smears?)"
)
JUDGED_UNTRUE = re.compile(  # not what a report is about: “described reports of disinformation”
    rf".*?(?:\bas\b[^.;]{{0,60}}|(?<!\bof)(?<!\babout)(?<!\bspread)(?<!\bspreading))[\s\W]\b{UNTRUE}\W*$",
    re.I | re.S,
)
BRUSHED = r"(?:dismiss|reject|call|brand|describ|label|term|characteri[sz]|denounc|brush|portray)\w*"
WAVED_OFF = re.compile(
    rf"(?:(?:was|were|is|are|has|have|had|been|being) )*(?:\w+ly )?(?:(?P<sure>(?:dismissed|rejected|brushed)\b)|{BRUSHED})"
    rf"(?:[^.;\n]{{0,120}}?\b(?P<untrue>{UNTRUE})\b)?",
    re.I,
)
RETRACTING = re.compile(
    r"\b(?:retract\w*|recant\w*|withdr[ae]w\w*(?! from\b)|correct(?:s|ed|ing)?(?= .{3,30} that\b)|back(?:track|pedal)\w*|no longer stands? by|"
    r"(?:t(?:ake|akes|aking|ook|aken)|walk(?:s|ed|ing)?) back|(?:go(?:es|ing|ne)?|went) back on)\b(?: (?:on|from))?",
    re.I,
)
TELLING = frozenset((Act.ASSERT, Act.ACCUSE, Act.CONFIRM, Act.ESTIMATE))  # the acts of what can be retracted
BEHIND = re.compile(
    r" (?!\w+(?<!find)ing\b)([\w’'-]+)"
)  # no verb of a clause beside: "withdrew [claiming that …]"
NAMED_IN = 4  # words behind one of retracting, the last of which may name what is retracted
ELSEWHERE = frozenset(
    "of for from in to with that which and but say says said told after before as when while amid since because over despite following under at by".split()
)  # before them it is named
FARTHEST = 120  # characters from calls to whether they were answered
NEAR = 48  # characters before a cue, and of what follows it, that may bear on it
NOBODY = re.compile(
    r"(?:[Nn]obody|[Nn]o[ -]one|[Nn]one|[Nn]either)\b(?! (?:other|less) than\b)|"
    r"[Nn]o (?!(?:fewer|less|more|doubt|wonder)\b)(?:[A-Z]\w+ )?(?=[a-z])"
)
UNHEARD = re.compile(
    r"\bthere (?:(?:was|were|is|are)(?: still)?|(?:has|have|had)(?: still)? been|remained) no ((?:[\w’'-]+ ){0,3}"
    r"(?:comments?|responses?|reactions?|repl(?:y|ies)|word|statement|explanations?|confirmation|acknowledge?ment|denials?))(?: so far| (?:as )?yet)? from\b",
    re.I,
)
ABOUT = r"who|whom|whose|what|which|when|where|why|how|whether|if"
UNCLEAR = re.compile(
    rf"\bit(?:['’]s| is| was| remain(?:s|ed))(?P<not> not|n['’]t)?(?: (?:still|yet|immediately|entirely|fully|exactly))* (?(not)(?:clear|known)|un(?:clear|known))"
    rf"(?= (?:{ABOUT})\b)",
    re.I,
)
WORDLESS = (  # what is answered without words
    r"(?: to)?(?: (?:the|a|an|any|his|her|their|its))?(?: [\w’'-]+){0,2} (?:door|doorbell|knocks?|knocking|treatments?|therapy|medication|medicines?|drugs?|"
    r"vaccines?|antibiotics|gunfire|fire|shots|shooting|robbery|attack|crash|alarms?|sirens?|outbreak|flood|emergency)\b"
)
NEWSROOM = (
    r"(?:us\b|me\b|(?:our|this|the) (?:\w+ )?(?:newspaper|paper|correspondents?|reporters?|newsroom|agency|station)\b|"
    r"(?:[A-Z][\w.]+ )+(?:as (?:of|at)|at|before|by) (?:press|filing|publication|the time))"
)
UNANSWERED = re.compile(
    r"\b(?:(?P<none>(?:has|have|had) no) (?P<word>(?:\w+ )?comments?)\b(?! (?:on|about|to)\b)|"
    r"(?P<not>(?:do|does|did|has|have|had)(?: not|n['’]t)) (?P<say>(?:immediately |yet )?(?:(?:elaborate|respond|reply|replie|comment|answer)e?d?(?=[.,;:!?”\"\n]|$)|"
    rf"(?:return(?:ed)?|pick(?:ed)?(?: up)?) (?:\w+ ){{0,3}}(?:calls?|messages?|e-?mails?|texts?)|(?:get|got(?:ten)?) back to (?={NEWSROOM})))\b|"
    r"(?P<absent>(?:was|were|is|are)(?: not|n['’]t)?) (?P<free>(?:immediately )?(?:un)?available for comment)\b|"
    r"(?P<far>(?:could|can)(?: not|not|n['’]t)(?: immediately)? be) (?P<near>(?:immediately )?reached)(?= for comment\b|[.,;:!?”\"\n]|$| by (?:tele)?phone\b)|"
    r"(?P<yet>(?:has|have|had|is|are|was|were) yet to) (?P<reply>(?:officially |formally |publicly )?"
    rf"(?:respond|reply|comment|react|answer|(?:issue|release|make) (?:an? |any )?(?:\w+ )?(?:statement|comment|reaction|response))\b(?!{WORDLESS})))",
    re.I,
)
CALLING = re.compile(
    r"\b(?P<calls>(?:phone |repeated |several )*(?:calls?|messages?|e-?mails?|texts?|letters?|requests? for comment|questions))(?: (?:and|or) [\w-]+){0,2}"
    r"(?: sent| made| placed)? to (?P<who>[^,.;:“”\"\n]{2,60}?) (?P<went>(?:went|(?:has|have|had) gone|remained|rang|(?:was|were) left) (?:un(?:answered|returned)|out)|"
    r"(?:was|were|(?:has|have|had) been|has|have|had)(?: not|n['’]t)(?: been)?(?: immediately)? (?:answered|returned))\b",
    re.I,
)
ONE_SENTENCE = r"(?!.*\bbut\b)[^.!?]*[.!?]?,?$"
DECLINING = re.compile(
    rf"(?:(?:(?:i|we|he|she|it|they) (?:have|has|had) )?no (?:\w+ )?comments?\b|"
    r"(?:that )?(?:i|we|he|she|it|they)(?:"
    r"(?: (?:am|are|is|was|were|will|would|wo|do|does|did|ca|can|could)|['’](?:m|re|ll))?(?: ?not|n['’]t| never)"
    r"(?: (?:\w+ly|be|going to|able to|allowed to|prepared to|authori[sz]ed to|in a position to))* (?:comment|speculat)|"
    r"(?: \w+){0,2} neither confirm(?:ed|s)? n?or den|"
    rf" (?:(?:will|would) (?:not|never)|(?:wo|would)n['’]t)(?: \w+ly)? confirm))(?:\w*){ONE_SENTENCE}"
)


def unclear(text: str, cue: Range) -> bool:
    """Whether a cue is among the words for what nobody knows: “it is [unclear] whether”."""
    told = UNCLEAR.finditer(text, max(0, cue.start - NEAR), cue.end + NEAR)
    return any(m.start() < cue.end and m.end() > cue.start for m in told)


def unsaid(text: str, cue: Range) -> Act | None:
    """What is done where a report tells that somebody has not been heard, or that nobody knows something."""
    if unclear(text, cue):
        return Act.UNCERTAIN
    calls = CALLING.finditer(text, max(0, cue.start - FARTHEST), cue.end)
    silent = UNHEARD.match(text, cue.start) or UNANSWERED.match(text, cue.start)
    return Act.SILENT if silent or any(m.start("went") == cue.start for m in calls) else None


def held_back(text: str, cue: Range, content: Sequence[Range], tables: ReadingTables) -> Act | None:
    """What is done where an answer is held back or taken back: "never admitted", "stopped short of denying", "withdrew its claim".

    The words that tell it may stand before the cue or go on where the content begins. None where nothing is.
    """
    if (act := unsaid(text, cue)) is not None:
        return act
    if (act := inverted(text, cue, content, tables) or waved_off(text, cue, content)) is not None:
        return act
    before = text[max(0, cue.start - NEAR) : cue.start].rpartition("\n")[2].lower()
    called = text[cue.start : cue.end].lower()
    follows = content and content[0].start >= cue.end
    said = text[content[0].start : content[0].end][:NEAR].lower() if follows else ""
    words = f"{before}{called} {said}"
    if not any(stem in words for stem in STEMS):
        return None
    at = Range(len(before), len(before) + len(called))
    if (taken := taken_back(words, at, tables)) is not None:
        return taken
    return withheld(words, at)


def withheld(words: str, cue: Range) -> Act | None:
    """What the words around a cue among small letters make of an answer."""
    for pattern, act in WITHHELD:
        if any(m.start() < cue.end and m.end() > cue.start for m in pattern.finditer(words)):
            return act
    return None


def inverted(text: str, cue: Range, content: Sequence[Range], tables: ReadingTables) -> Act | None:
    """The act of a cue behind an inverted negation, the same as of the plain one: “nor did the premier [say] when”, “nor would he [promise] that”."""
    before = text[max(0, cue.start - 2 * NEAR) : cue.start].rpartition("\n")[2]
    m = INVERTED.search(before)
    called = text[cue.start : cue.end].lower()
    row = tables.cues.get((tables.lemma(called.partition(" ")[0]),))
    if m is None or row is None or any(tables.says(word) for word in m["who"].lower().split()):
        return None
    helper = m["helper"].lower()
    said = text[content[0].start : content[0].end][:NEAR].lower() if content else ""
    begin = len(helper) + len(" not ")
    plain = withheld(f"{helper} not {called} {said}", Range(begin, begin + len(called)))
    if plain is not None or helper not in WILLING:
        return plain or Act.SILENT
    return Act.DECLINE if row.plain else Act.REFUSE


def waved_off(text: str, cue: Range, content: Sequence[Range]) -> Act | None:
    """A denial where what others say is called untrue, or dismissed at all in the passive: “Reports of a riot were dismissed by [the prison service]”."""
    m = WAVED_OFF.match(text, cue.start) if content else None
    if m is None or m.end() < cue.end - len(" as") or REPORTED.match(text, *content[0]) is None:
        return None
    if content[0].start >= cue.end:
        return Act.DENY if m["untrue"] and JUDGED_UNTRUE.match(text, *content[-1]) else None
    return Act.DENY if m["sure"] or m["untrue"] else None


def taken_back(words: str, cue: Range, tables: ReadingTables) -> Act | None:
    """The act of a cue among small letters by which words are taken back: a denial, or a silence where they just aren't."""
    for m in (m for m in RETRACTING.finditer(words) if m.start() < cue.end):
        for word in words_behind(words, m.end()):
            row = tables.cues.get((tables.lemma(word[1]),))
            if word.end() > cue.start and row is not None and row.act in TELLING:
                return Act.SILENT if HELD_BACK.search(words[: m.start()]) else Act.DENY
    return None


def words_behind(words: str, start: int) -> Iterator[re.Match[str]]:
    """The words that follow at once, up to one behind which nothing is named that belongs to what stands before."""
    for _ in range(NAMED_IN):
        word = BEHIND.match(words, start)
        if word is None or word[1] in ELSEWHERE:
            return
        yield word
        start = word.end()
