"""Mentions of events to events: one event for each happening, however often it is named.

Mentions that the network joins are one event. Its trigger is the fullest mention (see `fullest`); participants that only
another mention has are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from accordingto.reading.addressing import by_promiser, by_speaker
from accordingto.reading.buying import bought
from accordingto.reading.bystanders import emptied, holds_deed, without_bystanders
from accordingto.reading.deeds import deeds, only
from accordingto.reading.doers import sharing, with_doer
from accordingto.reading.eventparts import (
    ABOUT,
    NAMES,
    NOBODY,
    PARTAKING,
    filled,
    in_one_role,
    tidy,
    whole_names,
)
from accordingto.reading.fiction import Imagined
from accordingto.reading.foretold import foretold
from accordingto.reading.fullest import features, fullest
from accordingto.reading.grouping import groups
from accordingto.reading.layers import Happening, Layers, Part, Timex
from accordingto.reading.lexicon import Lexicon
from accordingto.reading.mentions import People, attached, placed, told_of
from accordingto.reading.owneddeeds import with_owners
from accordingto.reading.ownplaces import NOWHERE, Grounds
from accordingto.reading.ownwords import asserting
from accordingto.reading.senses import one_sense, sense
from accordingto.reading.strays import in_one_sentence, without_far, without_strays
from accordingto.reading.tables import Form
from accordingto.reading.togetherparts import joined
from accordingto.reading.unreal import Outcomes, UndoingVerb
from accordingto.reading.unsettled import left_open
from accordingto.record import Act, Factuality
from accordingto.spans import Range
from accordingto.vocabularies import compiled, table, type_codes

CHARGED = re.compile(  # what stands before a deed that is laid to somebody: its doer is that charge's word alone
    r"\b(?:accused of|suspected of|charged with|suspicion of|charges? of|indicted for|accusations? of|allegations? of)\s+(?:[\w’'-]+ ){0,2}$",
    re.I,
)
ADDRESSED = frozenset(("threat", "request", "accusation", "rejection"))
ANYONE = re.compile(  # no one in particular; "all Kor parties" are some
    r"(?:others?|all|any|some|more|many|every)\b(?!(?:\s[\w’'-]+){0,2}\s(?-i:[A-Z]))|every(?:one|body)$|any(?:one|body)$|people$",
    re.I,
)
ABLE = re.compile(r"\b(?:can|could|may|might)(?: not)?(?: have(?: been)?)? $", re.I)
UNFULFILLED = re.compile(r"\b(?:would(?: not|n['’]t)?|should|ought to) have (?:been )?$", re.I)
BROUGHT_ABOUT = re.compile(  # what somebody was made to do was done: "led the minister to resign"
    r"(?<!\bto have )\b(?:led|prompted|forced|caused|drove|compelled|obliged) (?:(?!to\b)[\w’'-]+ ){1,6}to (?:(?:announce|tender|submit|declare) (?:[\w’'-]+ ){0,2})?$",
    re.I,
)
GOING_ON = re.compile(r"\b(?:(?:has|have) been|keeps?|continues?) (?:\w+ly )?$", re.I)
NEEDED = re.compile(r"\b(?:should|must|ought to|needs? to|can|could|may|might)(?: not)?(?: also)? be $", re.I)
AHEAD = re.compile(
    r"\b(?:expected|due|scheduled|set|likely|poised|slated|intend(?:s|ed|ing)?|intent|plan(?:s|ned|ning)?) to (?:be )?$"
    r"|\b(?:is|are) (?:also |now |soon )?to (?:be )?$",
    re.I,
)
NOT_DONE = re.compile(
    r"\b(?:(?:was|were|is|are|has|have|had|did|does|do)(?: not| never|n['’]t)|never)(?: yet)?(?: been)? $",
    re.I,
)
UNTIL = re.compile(
    r"[^.;]{0,60}\b(?:until|till|because|merely|only|alone|but)\b", re.I
)  # "not held until May": held then
NOTHING = re.compile(r"(?:no (?!(?:fewer|less|more|longer|doubt)\b)|nobody\b|none\b)", re.I)
HELPERS = re.compile(r"(?: (?:has|have|had|is|are|was|were|been|being|be|yet|ever|so far|since))* ")
UNQUESTIONED = frozenset((Factuality.OCCURRED, Factuality.ONGOING, Factuality.CLAIMED, Factuality.DENIED))
SURE = 0.4  # of a trigger's mean probability; below it a mention that stands alone is dropped; tuned on gold/dev and the held-out articles


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event while it is being made; `mentions` are the triggers of all its mentions, in text order, `asserted` those that tell it
    for a fact.
    """

    type: str
    trigger: Range
    mentions: tuple[Range, ...]
    parts: tuple[Part, ...]
    factuality: Factuality
    asserted: frozenset[Range] = frozenset()


@dataclass(frozen=True, slots=True)
class Voice:
    """A claim as far as factuality needs it: its contents and its act."""

    content: tuple[Range, ...]
    act: Act


RoleCell = Literal["", "actor", "target", "instrument", "recipient", "location"]


class RoleRow(msgspec.Struct, frozen=True):
    """One row of `event_roles.csv`: the role that each PropBank argument fills, empty for none."""

    type: str
    arg0: RoleCell = ""
    arg1: RoleCell = ""
    arg2: RoleCell = ""


class Instrument(msgspec.Struct, frozen=True):
    """One row of `instruments.csv`."""

    noun: str


class Negator(msgspec.Struct, frozen=True):
    """One row of `negators.csv`."""

    word: str


class SenseRow(msgspec.Struct, frozen=True):
    """One row of `event_senses.csv`; without a right type it is no event."""

    pattern: str
    wrong: str
    right: str = ""


class Deverbal(msgspec.Struct, frozen=True):
    """One row of `deverbal.csv`."""

    noun: str
    verb: str


@dataclass(frozen=True, slots=True)
class EventTables:
    """What the tables say of events' participants.

    `roles` maps (type, PropBank label) to a role (`event_roles.csv`); `instruments` are nouns of things that do nothing by
    themselves (`instruments.csv`); `senses` are patterns with a wrong and a right type (`event_senses.csv`); `negators`
    finds the words without which nothing is said not to have happened (`negators.csv`), None where all is believed;
    `verbs` knows irregular forms and the verbs that nouns are made from (`deverbal.csv`); `undoing` are verbs whose objects come to nothing
    or are others' deeds (`undoing_verbs.csv`).
    """

    roles: Mapping[tuple[str, str], str]
    instruments: frozenset[str]
    senses: tuple[tuple[re.Pattern[str], str, str], ...] = ()
    negators: re.Pattern[str] | None = None
    irregular: Mapping[str, str] = field(default_factory=dict)
    lexicon: Lexicon | None = None
    verbs: Mapping[str, str] = field(default_factory=dict)
    undoing: Mapping[str, UndoingVerb] = field(default_factory=dict)

    @classmethod
    def load(cls, extra_dir: Path | None = None, lexicon: Lexicon | None = None) -> EventTables:
        """The package's tables, extended by the user's; `lexicon` where it is loaded already.

        Raises:
            UserError: where a table of the user's is malformed or names a type that there is not.
        """
        types = type_codes(extra_dir)
        roles = {}
        for row in table("event_roles", RoleRow, extra_dir=extra_dir, known={"type": types}):
            for label, role in (("ARG0", row.arg0), ("ARG1", row.arg1), ("ARG2", row.arg2)):
                if role:
                    roles[row.type, label] = role
        nouns = table("instruments", Instrument, extra_dir=extra_dir)
        senses = tuple(
            (compiled(r.pattern, "event_senses.csv"), r.wrong, r.right)
            for r in table(
                "event_senses", SenseRow, extra_dir=extra_dir, known={"wrong": types, "right": types}
            )
        )
        negators = "|".join(re.escape(r.word) for r in table("negators", Negator, extra_dir=extra_dir))
        irregular = {f.form: f.lemma for f in table("irregular", Form, extra_dir=extra_dir)}
        nouns_of = table("deverbal", Deverbal, extra_dir=extra_dir)
        made = {n: r.verb for r in nouns_of for n in (r.noun, f"{r.noun}s")}
        return cls(
            roles,
            frozenset(r.noun.casefold() for r in nouns),
            senses,
            re.compile(rf"(?:\b|(?=n['’]t))(?:{negators})\b", re.I),
            irregular,
            lexicon or Lexicon.load(extra_dir),
            irregular | made,
            {r.verb: r for r in table("undoing_verbs", UndoingVerb, extra_dir=extra_dir)},
        )


def grouped(
    text: str,
    layers: Layers,
    headlines: Sequence[Range],
    tables: EventTables,
    times: Sequence[Timex] = (),
    outcomes: Outcomes | None = None,
) -> Iterator[tuple[list[Happening], list[NDArray[np.float64]]]]:
    """The mentions of each event in text order, with their `features`; `outcomes` are those of the document, where they are known."""
    outcomes = outcomes or Outcomes(text, layers, tables.undoing, tables.irregular)
    own = outcomes.without_undoers(deeds(text, layers, layers.happenings, tables.irregular))
    meant = [sense(text, h, tables.senses) for h in own]
    imagined = Imagined(text, layers.sentences)
    kept = {i: h for i, h in enumerate(own) if meant[i] != "" and not imagined.holds(h)}
    seen = one_sense(text, only(kept), [meant[i] for i in kept])
    single = [
        in_one_sentence(text, filled(bought(text, h, layers), tables.roles), layers.sentences) for h in seen
    ]
    tidied = [tidy(text, h, tables.instruments, times) for h in single]
    names = sorted(n.at for n in layers.names if n.label in NAMES)
    parted = [in_one_role(text, whole_names(text, h, names), layers, tables.roles) for h in tidied]
    done = [
        foretold(
            text,
            left_open(
                text,
                outcomes.told(
                    by_promiser(text, by_speaker(text, with_doer(text, h, layers), layers), layers)
                ),
                layers,
            ),
            layers,
        )
        for h in parted
    ]
    mentions = [sharing(text, h, layers, tables.roles) for h in done]
    pairs = attached(text, layers, mentions)
    named = {mentions[i].trigger for i, j in pairs if mentions[i].type == mentions[j].type}
    seen_as = [
        told_of(text, h, times, layers, tables.irregular, tables.verbs, tables.lexicon) for h in mentions
    ]
    headed = [any(x.contains(h.trigger) for x in headlines) for h in mentions]
    grounds, people = Grounds(text, layers, tables.lexicon), People(text, layers)
    seen_as = [
        # a headline may name the country where its report names the town
        placed(t, NOWHERE if head else grounds.of(h, definite=t.definite, new=t.new), people.the_one(h))
        for h, t, head in zip(mentions, seen_as, headed, strict=True)
    ]
    numbers = groups(mentions, headed, {max(p): min(p) for p in pairs}, seen_as)
    where = {h.trigger: t.where for h, t in zip(mentions, seen_as, strict=True)}
    for event in without_strays([[mentions[i] for i in n] for n in numbers], where, layers.sentences):
        mine = without_far(text, event, layers)
        yield (
            mine,
            [
                features(text, h, place, layers, headlines, names=h.trigger in named)
                for place, h in enumerate(mine)
            ],
        )


def find_events(
    text: str,
    layers: Layers,
    headlines: Sequence[Range],
    tables: EventTables,
    times: Sequence[Timex] = (),
) -> list[FoundEvent]:
    """The events of one document in the order of their triggers; `times` are its time expressions.

    Who is charged with a deed that the report tells as having happened is not its actor.
    """
    out = []
    outcomes = Outcomes(text, layers, tables.undoing, tables.irregular)
    for mine, rows in grouped(text, layers, headlines, tables, times, outcomes):
        if max(h.score for h in mine) < SURE and len(mine) == 1:
            continue
        read = mine[number := fullest(rows)]
        mine = with_owners(text, [without_bystanders(text, h, layers) for h in mine], layers)
        best = mine[number]
        factual = told(text, best, mine, layers.sentences, tables.negators, outcomes)
        alleged = factual is Factuality.OCCURRED and CHARGED.search(
            text, max(0, best.trigger.start - 60), best.trigger.start
        )
        parts = tuple(
            p
            for p in joined(text, best, mine, layers, emptied(text, read, best))
            if text[slice(*p.at)].casefold() not in NOBODY
            and not holds_deed(text, p, best, mine, layers)
            and not (p.role == "target" and ABOUT.match(text, *p.at))  # "warnings about sanctions"
            and not (
                p.role == "actor" and (alleged or any(p.at.contains(h.trigger) for h in mine))
            )  # "charged with murdering"; "a second strike" hit …
        )
        if best.type in ADDRESSED and not any(
            p.role in ("target", "recipient") and not ANYONE.match(text, *p.at) for p in parts
        ):
            continue  # a threat, request, accusation or rejection needs someone that it is addressed to
        facts = [(h, by_verb(text, h) is Factuality.OCCURRED) for h in mine]
        told_so = frozenset(asserting(text, best, parts, facts, layers))
        triggers = tuple(sorted(h.trigger for h in mine))
        out.append(FoundEvent(best.type, best.trigger, triggers, parts, factual, told_so))
    return sorted(out, key=lambda e: e.trigger)


def told(
    text: str,
    best: Happening,
    mentions: Sequence[Happening],
    sentences: Sequence[Range],
    negators: re.Pattern[str] | None,
    outcomes: Outcomes,
) -> Factuality:
    """What the words of an event tell of its factuality: the fullest mention's, unless it is *negated* for no word of its
    sentence; then the surest other mention's, and *claimed*, which the claims set right, where there is none.
    """
    for h in (best, *sorted(mentions, key=lambda h: -h.score)):
        if any(m.type == h.type and m.factuality in UNQUESTIONED for m in mentions) and outcomes.is_attempt(
            h
        ):
            continue  # "tried to free the hostages" where another mention tells that they were freed
        if h.factuality is not Factuality.NEGATED or negators is None:
            return by_verb(text, h)
        around = next((s for s in sentences if s.contains(h.trigger)), h.trigger)
        if negators.search(text, *around) or outcomes.undone(h) or outcomes.is_unreal(h):
            return h.factuality
    return by_verb(text, replace(best, factuality=Factuality.CLAIMED))


def by_verb(text: str, mention: Happening) -> Factuality:
    """A mention's factuality, set right by the words before its verb: what somebody can do or what should be done is *possible*,
    what they are due to do is *planned*, what they have been doing or keep doing is *ongoing*, what would have been is *conditional*,
    what nobody did or nothing underwent is *negated*.
    """
    read = mention.factuality
    if read is Factuality.POSSIBLE and BROUGHT_ABOUT.search(
        text, max(0, mention.trigger.start - 80), mention.trigger.start
    ):
        return Factuality.CLAIMED
    if read in UNQUESTIONED and by_nobody(text, mention):
        return Factuality.NEGATED
    before = text[max(0, mention.trigger.start - 30) : mention.trigger.start]
    held = read in (Factuality.OCCURRED, Factuality.ONGOING) and NOT_DONE.search(before)
    if held and not UNTIL.match(text, mention.trigger.end):
        return Factuality.NEGATED
    word = text[mention.trigger.start : mention.trigger.end]
    if read in (Factuality.OCCURRED, Factuality.ONGOING, Factuality.CLAIMED) and (
        ABLE.search(before) or NEEDED.search(before)
    ):
        return Factuality.POSSIBLE
    if read in (Factuality.OCCURRED, Factuality.CLAIMED) and UNFULFILLED.search(before):
        return Factuality.CONDITIONAL
    if read in (Factuality.OCCURRED, Factuality.ONGOING, Factuality.CLAIMED) and AHEAD.search(before):
        return Factuality.PLANNED
    if read in (Factuality.OCCURRED, Factuality.CLAIMED) and word.endswith("ing") and GOING_ON.search(before):
        return Factuality.ONGOING
    return read


def by_nobody(text: str, mention: Happening) -> bool:
    """Whether it was nobody and nothing that took part in a deed: "no shells had arrived", "no child died", "killed no civilians"."""
    deed = mention.trigger
    return any(
        HELPERS.fullmatch(text, p.at.end, deed.start) or text[deed.end : p.at.start] == " "
        for p in mention.parts
        if p.role in PARTAKING and NOTHING.match(text, *p.at)
    )


def factuality(event: FoundEvent, voices: Sequence[Voice]) -> Factuality:
    """Whose word an event is: the network's reading of its words, set right by the claims that it stands in.

    What stands outside of all claims, or is told outside of them as a fact, is the reporter's own word, so it is never *claimed*; what is only asked for is
    *possible*, not *planned*; what stands in nothing but claims, one of them a denial, is *denied*.
    """
    inside = [[v for v in voices if any(c.contains(m) for c in v.content)] for m in event.mentions]
    own = inside[event.mentions.index(event.trigger)]
    read = event.factuality
    if read in (Factuality.OCCURRED, Factuality.ONGOING, Factuality.CLAIMED):
        if any(v.act is Act.DENY for v in voices) and all(inside):
            return Factuality.DENIED
        own_words = any(
            m in event.asserted and not held for m, held in zip(event.mentions, inside, strict=True)
        )
        if read is Factuality.CLAIMED and (own_words or not any(inside)):
            return Factuality.OCCURRED
    if read is Factuality.NEGATED and all(inside):
        denied = [any(v.act is Act.DENY for v in held) for held in inside]
        if any(denied) and not all(denied):  # "said they had signed it": "there was no such agreement"
            return Factuality.DENIED
    if read in (Factuality.PLANNED, Factuality.CLAIMED, Factuality.CONDITIONAL) and own:
        nearest = min(own, key=lambda v: sum(c.end - c.start for c in v.content))
        if nearest.act in (Act.REQUEST, Act.REFUSE, Act.ASK):
            return Factuality.POSSIBLE
    return read
