"""Who is told not to have answered, by the words behind them, and what nobody knows: “The ministry did not elaborate”, “Calls to the army went
unanswered”, “It was not clear who fired”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.reading.constituents import head_among, phrase_of
from accordingto.reading.layers import Attribution, Layers
from accordingto.reading.sentences import characters
from accordingto.reading.withheld import CALLING, UNANSWERED, UNCLEAR
from accordingto.spans import Cover, Range, trim

SCORE = 0.5
FARTHEST = 48  # words between a silence and its subject
SILENCES = (("none", "word"), ("not", "say"), ("far", "near"), ("absent", "free"), ("yet", "reply"))
REACHED = re.compile(
    r"\b(?:village|town|cit|area|region|district|camp|island|site|scene|spot|place|part|summit|house|building|wreck|ship|boat|vessel|survivor|"
    r"victim|people|resident|agreement|deal|accord|compromise|consensus|quorum|target|goal|decision|verdict|conclusion|settlement|truce|"
    r"ceasefire)(?:s|y|ies|age)?(?:$|\s(?:of|in|on|with)\b)",
    re.I,
)  # what is reached otherwise than for an answer
SPEECHLESS = re.compile(
    r"\b(?:patient|tumou?r|cancer|virus|infection|engine|brake|radar|system|machine|computer|phone|market|econom|body|heart|baby|babies|toddler|"
    r"dog|animal|victim|driver|motorist|pilot|crew|aircraft|plane|jet|helicopter|ship|vessel|boat)(?:s|y|ies)?$",
    re.I,
)  # who or what doesn't answer otherwise than the press
LOST = re.compile(
    r"\b(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozens?|hundreds?|scores|missing|trapped|"
    r"stranded|kidnapped|abducted|captured|buried|lost)\b",
    re.I,
)
ABOARD = re.compile(
    r"\b(?:pilot|crew|captain|cockpit|aircraft|plane|jet|helicopter|ship|vessel|boat|submarine|miner|climber|hiker|passenger|patient|survivor)s?$",
    re.I,
)
ANSWER = re.compile(r"(?:repl(?:y|ies)|responses?)$", re.I)
LINE = re.compile(r"\b(?:numbers?|lines?|hotlines?|prayers?|phones?)\b", re.I)
FOR_ANSWER = re.compile(r" (?:for comment|by (?:tele)?phone)\b")
NOTHING = re.compile(r"nothing|none|nobody|no .*", re.I)
PERSONAL = frozenset("he she it they we i who".split())


def find_unanswered(text: str, layers: Layers, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Silences of somebody before them, and what nobody knows: “[The ministry] did not [elaborate]”, “[Calls] to [the army] went unanswered”.

    What people say of their own silence is all that they say, and what they don't know is theirs.
    """
    taken = Cover([a.cue for a in attributions if a.cue])
    said = Cover([c for a in attributions for c in a.content if a.cue])
    out: list[Attribution] = []
    for m in UNANSWERED.finditer(text):
        cue, word = (Range(*m.span(g)) for g in pair_of(m))
        who = subject_before(layers.words_in(Range(*m.span())), layers)
        called = "" if who is None else text[slice(*who)]
        own = who is not None and called.lower() in PERSONAL and said.containing(who)
        sought = m["far"] and not FOR_ANSWER.match(text, m.end())
        mute = (m["not"] or m["yet"]) and SPEECHLESS.search(called)
        thing = (
            mute or NOTHING.fullmatch(called) or (sought and (REACHED.search(called) or said.containing(cue)))
        )
        if who is not None and not own and not thing and not taken.touching(Range(*m.span())):
            out.append(Attribution(who, cue, (word,), SCORE))
    for m in CALLING.finditer(text):
        if not LINE.search(m["who"]) and not taken.touching(went := Range(*m.span("went"))):
            out.append(Attribution(Range(*m.span("who")), went, (Range(*m.span("calls")),), SCORE))
    for m in UNCLEAR.finditer(text):
        cue = Range(*m.span())
        sentence = next((s for s in layers.sentences if s.contains(cue)), cue)
        what = trim(text, trim(text, Range(cue.end, sentence.end)), ".!?")
        if what.end > what.start and not taken.touching(cue) and not said.containing(cue):
            out.append(Attribution(None, cue, (what,), SCORE))
    return out


def looked_for(word: str, who: str) -> bool:
    """Whether no word or reply comes from people who are looked for, of whom nobody wants a comment: "no word from the missing miners", "no reply from the pilot"."""
    lost = word.lower().endswith("word") and LOST.search(who)
    return bool(lost or (ANSWER.search(word) and ABOARD.search(who)))


def pair_of(m: re.Match[str]) -> tuple[str, str]:
    """The names of the groups that a silence has matched: its cue's and that of what was left unsaid."""
    return next((a, b) for a, b in SILENCES if m[a])


def subject_before(silence: range, layers: Layers) -> Range | None:
    """The phrase of the noun that is the subject of a silence, or of the verb beside which it stands."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels or not silence:
        return None
    near = range(max(0, silence.start - 4 * FARTHEST), silence.start)
    top = head_among(silence, syntax)
    verbs = {*silence, int(syntax.heads[top])} if syntax.relation(top) == "conj" else {*silence}
    subject = next(
        (w for w in reversed(near) if int(syntax.heads[w]) in verbs and syntax.relation(w) == "nsubj"), None
    )
    at = None if subject is None else phrase_of(subject, syntax)
    return None if at is None else characters(layers.words, at)
