"""What a claim's words say of a deed without telling it: who did it, that the speaker did not, that something is not so.

“The army blamed the Front”, “claimed responsibility”, “called this a lie”: such claims carry no event of their own, or only
that of blaming. The patterns are those of `data/saying_words.csv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from accordingto.ledger.bodies import office_words
from accordingto.ledger.knowledge import Knowledge, SayingRow
from accordingto.ledger.names import WORD, stem
from accordingto.ledger.speakers import TAKEN_UP
from accordingto.ledger.values import sides
from accordingto.record import Act, Claim, Entity, EntityKind, MentionForm, Record
from accordingto.spans import Span

END = re.compile(
    r"(?:[,;.]| for\b| of\b| over\b| in \w+ing\b| who\b| which\b| that\b| and\b|(?<!known)(?<!such) as\b)"
)
LINKS = re.compile(r"(?:the|a|an|its|their|his|her|our)\s+", re.I)
BLAME = re.compile(r"\bblam\w+", re.I)
SOME = re.compile(
    r"(?:an?|some|two|three|several|members|men|fighters|soldiers|officers|units|parts|elements)\b", re.I
)
OF_A_BODY = re.compile(r"\s+(?:(?:the|its|their|his|her|our)\s+(?!\w+ing\b)\w|[A-Z])")
MEN = re.compile(  # words for people that no table has: smugglers, settlers; no errors
    r"(?!errors|factors|numbers|powers|dangers|disasters|waters|tremors|fevers|weather)\w+(?:ers|ors|ists|men)|owners?|opposition|rivals?|neighbou?rs?"
)
THE_THING = re.compile(r"(?:the|its|their|his|her)\s", re.I)
HEAD = re.compile(
    r"\s+(?:of|in|at|by|from|on|near|with|who|which|that|to|and)\b"
)  # behind it words tell more closely
AFTER = re.compile(r"\s+(?:of|for|over)\s+(?P<deed>.+)", re.S)
CLAUSE = re.compile(r"(?:that|how|whether|why|when|what|which|who)\b", re.I)  # tells what, not whom
NOBODY = re.compile(r"^(?:no|nobody|none|neither|no one)\b", re.I)
IT = re.compile(
    r"^(?:that |which )?(?:it|this|that|which|these|those|the (?:claim|charge|allegation|accusation|report)s?)\W*$",
    re.I,
)
WITHHELD = re.compile(
    r"\bconfirm\w*\W+(?:\w+\W+){0,2}?n?or\W+(?:\w+\W+){0,2}?den(?:y|ied|ying)\b|\bden(?:y|ied|ying)\W+n?or\W+(?:\w+\W+){0,2}?confirm\w*",
    re.I,
)  # “neither confirm nor deny”
UNSAID = re.compile(
    r"\b(?:no|not|never|nor|neither|den(?:y|ied|ies|ying)|refus\w+|declin\w+|yet to|without)\b|n['’]t\b", re.I
)
BODIES = frozenset({EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.GROUP})


@dataclass(frozen=True, slots=True)
class Saying:
    """What a claim says: the row of the table, and who is named, with the deed that is laid to them, if told."""

    row: SayingRow
    who: Span | None = None
    deed: str | None = None


def said(claim: Claim) -> str:
    """The content's words."""
    return " ".join(s.text for s in claim.content)


def words_of(claim: Claim) -> str:
    """Cue and content."""
    return f"{claim.cue.text if claim.cue else ''} {said(claim)}".strip()


def saying(claim: Claim, known: Knowledge) -> Saying | None:
    """What a claim says of a deed, by the first pattern that fits; None where none does."""
    words = words_of(claim)
    for pattern, row in known.sayings:
        found = pattern.search(words)
        if not found:
            continue
        if row.who == "speaker" and claim.source_span and NOBODY.match(claim.source_span.text):
            continue
        if row.who != "named":
            return Saying(row)
        blamed = BLAME.search(words, 0, found.start("who")) is not None
        who = named_in(claim, found["who"], known, blamed=blamed)
        if who is not None and blamed and not can_be_blamed(who.text, known):
            return None
        if who is not None:
            after = AFTER.match(found["who"][len(who.text) + found["who"].index(who.text) :])
            return Saying(row, who, after["deed"] if after else None)
    return None


def can_be_blamed(words: str, known: Knowledge) -> bool:
    """True for people, bodies and a thing that the report has told of (“the barge”), not for “heavy rain” or “a lack of care”."""
    if THE_THING.match(words):
        return True
    told = WORD.findall(HEAD.split(LINKS.sub("", words), maxsplit=1)[0])
    if not told or any(w[0].isupper() for w in told):
        return bool(told)
    head = told[-1].casefold()
    if MEN.fullmatch(head):
        return True
    return (
        head in sides()
        or head in TAKEN_UP
        or known.is_person(stem(f"{head}s"))
        or stem(head) in office_words()
    )


def named_in(claim: Claim, words: str, known: Knowledge, *, blamed: bool = False) -> Span | None:
    """The span of whoever stands at the beginning of these words, as it stands in the content.

    `blamed`: the verb is “blame”, after which “of” tells no deed: “blamed men of the Front”.
    """
    ends = (m for m in END.finditer(words) if m[0] != " of" or not is_of_whom(words, m, known, blamed=blamed))
    end = next((m.start() for m in ends), len(words))
    short = words[:end].strip(" \"“”'‘’")
    if (
        not short
        or CLAUSE.match(short)
        or short.casefold() in ("that", "it", "each other", "the other", "anyone", "nobody")
    ):
        return None
    for s in claim.content:
        at = s.text.find(short)
        if at >= 0:
            return Span(s.start + at, s.start + at + len(short), short)
    return None


def is_of_whom(words: str, of: re.Match[str], known: Knowledge, *, blamed: bool) -> bool:
    """True where “of” tells whose men they are, not what they did: “accused a sergeant [of the garrison]”, not “a sergeant of the murder”."""
    after = words[of.end() :]
    if blamed:
        return not LINKS.match(words) or SOME.match(words) is not None
    if not SOME.match(words) or not OF_A_BODY.match(after):
        return False
    first = (stem(w.casefold()) for w in WORD.findall(END.split(after, maxsplit=1)[0]))
    return not any(w in known.kinds or f"{w}e" in known.kinds for w in first)


def name_of(at: Span, entities: tuple[Entity, ...]) -> str:
    """The name of the person, body or group that these words name, else the words."""
    link = LINKS.match(at.text)
    bare = at.start + (len(link[0]) if link else 0)
    for e in entities:
        if e.kind not in BODIES and e.actor is None:
            continue
        for m in e.mentions:
            whole = m.start in (at.start, bare) and m.end >= at.end - 1
            if whole and m.form is MentionForm.NAME:
                return e.name
    return at.text


def heard_right(record: Record, known: Knowledge) -> Record:
    """A record whose claims do what their own words say, where these leave no doubt.

    Who “claimed responsibility” asserts, whatever act was read; who would “neither confirm nor deny” does neither.
    """
    acts = {c.id: act for c in record.claims if (act := told_act(c, known)) is not c.act}
    if not acts:
        return record
    claims = (msgspec.structs.replace(c, act=acts[c.id]) if c.id in acts else c for c in record.claims)
    return msgspec.structs.replace(record, claims=tuple(claims))


def told_act(claim: Claim, known: Knowledge) -> Act:
    """What a claim does by its own words, else as it was read."""
    cue = claim.cue.text if claim.cue else ""
    if claim.act in (Act.DENY, Act.CONFIRM, Act.ASSERT) and WITHHELD.search(cue):
        return Act.DECLINE
    if claim.act in (Act.DENY, Act.REFUSE) and not UNSAID.search(cue):
        told = saying(claim, known)
        if told is not None and told.row.who == "speaker" and told.row.stance == "asserts":
            return Act.ASSERT
    return claim.act


def answers(claim: Claim, told: Saying | None) -> bool:
    """True for a claim that is about what was said before it: “denied it”, “called this a lie”."""
    if told is not None and told.row.back:
        return True
    return claim.act in (Act.DENY, Act.REFUSE) and bool(IT.match(said(claim)))
