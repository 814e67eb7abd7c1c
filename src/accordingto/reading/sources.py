"""Source mentions to who they are: names, bodies, anonymous people, documents, media, pronouns.

A mention is resolved in this order: pronoun → the last speaker or person it can mean; a name or a description (see `described`), which,
as a pronoun, is weighed by the ranker of `whoranking` too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from accordingto.reading.described import Called
from accordingto.reading.entities import Found, words_of
from accordingto.reading.governing import Governing
from accordingto.reading.layers import Layers
from accordingto.reading.pronouns import (
    GOING_ON,
    HE_OR_SHE,
    OWN,
    PLURAL,
    RELATIVE,
    SAYING,
    SINGULAR,
    THING,
    quoted,
    sentence_start,
    tags,
)
from accordingto.reading.sourcekinds import POINTING, head_end
from accordingto.reading.speakers import Speaker
from accordingto.reading.tables import ReadingTables
from accordingto.reading.whoranking import Asked, Candidate, best_of
from accordingto.reading.whose import Relatives
from accordingto.record import SourceKind
from accordingto.spans import Range

OWNING = re.compile(r"(?<=\w)['’]s?$")
CROWDS = (SourceKind.GROUP, SourceKind.ANONYMOUS, SourceKind.ORGANIZATION)
THINGS = (SourceKind.ORGANIZATION, SourceKind.DOCUMENT, SourceKind.MEDIA)
ACCUSED = frozenset(
    "suspect accused defendant attacker assailant perpetrator culprit victim deceased".split()
)
NO_THIRD = OWN | {"you"}
OWNERS = {"their": "they", "its": "it", "his": "he", "her": "she"}
OWNING_UP = re.compile(r"\s(?:\w+ly\s|also\s|then\s|had\s|have\s)*(?:confess|admit)")  # what people do
JUST_BEFORE = 3  # sentences
QUOTED = re.compile(r"\s+(?:is|was)\s+(?:also\s+)?(?:quot|cit)ed\s+as\s+(?:saying|telling)\b")


class Speakers(Called):
    """The sources of one document, found mention by mention in order of appearance."""

    def __init__(self, text: str, entities: list[Found], tables: ReadingTables, layers: Layers) -> None:
        super().__init__(text, entities, tables, layers)
        self.resolved: dict[Range, Speaker] = {}
        self.clauses = Governing(self.people, self.kinds)
        self.relatives = Relatives(self.people, self.kinds)
        self.choose = best_of(tables.who_weights)
        self.meant_by: dict[str, list[Speaker]] = {}  # what definite descriptions meant

    def resolve(self, at: Range | None, *, within: Speaker | None = None) -> Speaker:
        """The source of a mention; None for an elided one. `within` speaks the words it stands in."""
        if at is None:
            if self.nobody is None:
                self.nobody = Speaker(SourceKind.GROUP, None, False, None, "", frozenset())
                self.found.append(self.nobody)
            return self.nobody
        body = self.text[at.start : at.end]
        at = Range(at.start, at.start + len(OWNING.sub("", body)))
        if at in self.resolved:
            return self.resolved[at]
        self.sure = None
        words = words_of(self.text[at.start : at.end])
        short = len(words) == 1 and self.clauses.acronym(at)
        if short and (number := self.people.so_named(at)) is not None:
            speaker: Speaker | None = self.of_entity(
                number, self.kinds.of_entity(self.entities[number], ()), at
            )
        else:
            speaker = self.pronoun(words, at, within) if len(words) == 1 and not short else None
        goes_on = speaker is not None and speaker.is_told and GOING_ON.match(self.text, at.end)
        if (
            speaker is not None
            and words[0] in HE_OR_SHE
            and not goes_on
            and not QUOTED.match(self.text, at.end)
        ):
            speaker = self.weighed(at, words, within, speaker)
        if speaker is None:
            number = self.people.shortly_called(at)
            speaker = self.of_entity(number, SourceKind.PERSON, at) if number is not None else None
        speaker = speaker or self.named(at)
        if speaker is None and at in self.turns:
            speaker = self.of_label(at, words)
        elif speaker is None:
            speaker = self.described(at, words)
            if words and words[0] in POINTING:
                if speaker is not self.sure:
                    speaker = self.weighed(at, words, within, speaker)
                speaker = self.demanding(at, speaker)
                self.meant_by.setdefault(self.text[slice(*at)].lower(), []).append(speaker)
                self.ranking.laypeople.note(speaker.entity, at)
        if within is not None:
            self.inner.add(at.start)
        elif words and words[0] in HE_OR_SHE and tags(self.text, at):
            self.people.note(words[0], speaker.entity)
        self.recent.append((at.start, speaker))
        self.resolved[at] = speaker
        return speaker

    def weighed(self, at: Range, words: Sequence[str], within: Speaker | None, ruled: Speaker) -> Speaker:
        """Whom the ranker holds a pronoun or a definite description to mean, which knows of the rules' choice (see `whoranking`)."""
        body = self.text[slice(*at)]
        core = words_of(body[: head_end(body)]) or tuple(words)
        told_by, within = within, self.quoter(at, within)
        wrong = ruled.entity in self.people.told_of(at) or self.speaks(ruled, at, within)
        known = not wrong and (ruled.entity is not None or any(s is ruled for _, s in self.recent))
        asked = Asked(
            at,
            tuple(words),
            core,
            self.kinds.of_noun(core)
            or self.kinds.by_form(body[: head_end(body)], core, opens=self.people.opens(at)),
            told_by,
            ruled if known else None,
            self.meant_by.get(body.lower(), ()),
        )
        candidates = self.others(self.ranking.candidates(asked, self.recent), at, ruled, within)
        if not candidates:
            opens = ruled.entity in self.people.told_of(at, first=True)
            return self.fresh(at, words) if opens or self.speaks(ruled, at, within) else ruled
        rows = self.ranking.rows(asked, candidates, self.recent)
        chosen = candidates[self.choose(asked, candidates, rows)]
        if chosen.is_(asked.ruled) or (chosen.is_new and not known):
            return self.fresh(at, words) if wrong else ruled
        if not known and not wrong:
            self.found = [s for s in self.found if s is not ruled]
        if chosen.is_new:
            return self.fresh(at, words)
        meant = chosen.speaker or self.of_entity(
            chosen.entity or 0, self.kinds.of_entity(self.entities[chosen.entity or 0], core), at
        )
        if not asked.pronoun:
            self.called[body] = meant
        return meant

    def others(
        self, candidates: Sequence[Candidate], at: Range, ruled: Speaker, within: Speaker | None
    ) -> list[Candidate]:
        """The candidates whom a mention of a speaker can mean: none who is named in what it says, where the rules chose one who is but those told of
        shortly before, and not who speaks the quotation that it stands in.
        """
        told, owners = self.people.told_of(at), self.people.told_of(at, owners=True)
        kept = [
            c
            for c in candidates
            if c.entity not in told and not (within and c.is_(within) and self.speaks_of(at, within))
        ]
        if ruled.entity not in owners:
            return kept
        near = [c for c in kept if c.entity not in owners and (c.is_new or self.just_told(c, at))]
        return near or ([] if ruled.entity in told else kept)

    def just_told(self, c: Candidate, at: Range) -> bool:
        """Whether a candidate was told of or spoke in the few sentences before a mention."""
        named = (
            [m.start for m in self.ranking.of.get(c.entity, ()) if m.start < at.start]
            if c.entity is not None
            else []
        )
        last = max([p for p, s in self.recent if p < at.start and c.is_(s)] + named, default=-1)
        return last >= 0 and self.ranking.sentence(at.start) - self.ranking.sentence(last) <= JUST_BEFORE

    def quoter(self, at: Range, within: Speaker | None) -> Speaker | None:
        """Who speaks the quotation in which a mention of another stands, where somebody else is quoted there than `within`."""
        source = self.people.quoter(at) if within is not None else None
        heard = (s for r, s in self.resolved.items() if source is not None and r.start == source.start)
        return next(heard, within)

    def speaks(self, who: Speaker, at: Range, within: Speaker | None) -> bool:
        """Whether somebody speaks the quotation in which a mention of another stands."""
        same = within is not None and (
            who is within or (who.entity is not None and who.entity == within.entity)
        )
        return same and self.speaks_of(at, within)

    def speaks_of(self, at: Range, within: Speaker | None) -> bool:
        """Whether a mention stands in quoted words of a person, who would say “I” of oneself."""
        person = within is not None and within.kind in (SourceKind.PERSON, SourceKind.ANONYMOUS)
        words = words_of(self.text[slice(*at)])
        spoken_of = words[-1:] and (words[-1] in ACCUSED or (len(words) == 1 and words[0] in HE_OR_SHE))
        return (
            person
            and bool(spoken_of)
            and quoted(self.text, at.start)
            and self.text[at.start - 1 : at.start] != "["
        )

    # ------------------------------------------------------------------ pronouns
    def pronoun(self, words: Sequence[str], at: Range, within: Speaker | None) -> Speaker | None:
        """Whom a pronoun means, by the nearest earlier speaker or name that it can mean."""
        word = words[0]
        if word == "this":  # “This showed that …”: a deed or a finding, nobody who spoke
            return self.fresh(at, words)
        same = within is not None and within.head == OWNERS.get(word) and not quoted(self.text, at.start)
        if word in OWN or same:  # “They voiced [their] wish”
            return within
        if word in RELATIVE and (owner := self.relatives.antecedent(at)) is not None:
            meant = words_of(self.text[slice(*owner)])
            other = self.pronoun(meant, owner, within) if len(meant) == 1 else None
            return other or self.named(owner) or self.described(owner, meant)
        before = [(p, s) for p, s in reversed(self.recent) if p < at.start and s is not self.nobody]
        if word in SINGULAR:
            since = before[0][0] if before else -1
            if within is None and (new := self.people.introduced(word, at, since)) is not None:
                return self.of_entity(new[1], SourceKind.PERSON, new[0])
            if (teller := self.teller(word, at, before)) is not None:
                return teller
            if (person_of := self.people.chained(word, at)) is not None:
                return self.of_entity(person_of, SourceKind.PERSON, at)
            if within is None and (subject := self.people.subject(word, at)) is not None:
                return self.of_entity(subject[1], SourceKind.PERSON, subject[0])
            fits = [(p, s) for p, s in before if self.can_be(word, s)]
            person = self.people.nearest(word, at)
            if fits and (
                person is None
                or fits[0][0] >= sentence_start(self.text, at.start)
                or person[0].start < fits[0][0]
                or self.topical(fits[0][1], at)
            ):
                return fits[0][1]
            if person is not None:
                return self.of_entity(person[1], SourceKind.PERSON, person[0])
            return next((s for _, s in before if s.person and s.of_sex(word)), None)
        if word in PLURAL:
            return self.several(at, words, before, within)
        return self.thing(at, words, before, within) if word in THING else None

    def several(
        self, at: Range, words: Sequence[str], before: Sequence[tuple[int, Speaker]], within: Speaker | None
    ) -> Speaker | None:
        """Whom “they” means: two joined by “and”, whom the clause or the sentence before tells of, or those who spoke last."""
        if within is None and not tags(self.text, at):
            pair = self.clauses.pair(at)
            if pair is None and (told := self.clauses.several_before(at, before[0][0] if before else -1)):
                pair = told if self.named(told) or self.kinds.may_speak(self.text[slice(*told)]) else None
            if pair is not None:
                return self.of_phrase(pair)
        return self.heard_last(at, words, before, within, CROWDS)

    def thing(
        self, at: Range, words: Sequence[str], before: Sequence[tuple[int, Speaker]], within: Speaker | None
    ) -> Speaker | None:
        """Whom “it” means: nobody, a body that its clause or its chain tells of, or which spoke last."""
        if words[0] == "it" and self.clauses.nothing(at):
            return self.resolve(None)
        free = within is None if words[0] == "it" else words[0] == "its" and not quoted(self.text, at.start)
        free = free and not tags(self.text, at)
        if free and (told := self.clauses.thing_before(at)) is not None:
            return self.of_phrase(told)
        return self.heard_last(at, words, before, within, THINGS)

    def heard_last(
        self,
        at: Range,
        words: Sequence[str],
        before: Sequence[tuple[int, Speaker]],
        within: Speaker | None,
        kinds: Collection[SourceKind],
    ) -> Speaker | None:
        """Who spoke last, of some kinds; in a quotation somebody whom its own words name, else someone new."""
        inside = within is not None and self.people.quotation(at.start) is not None
        heard = self.people.heard_with
        near = [(p, s) for p, s in before if s.kind in kinds and (not inside or heard(p, s.entity, at))]
        if within is None:  # not who speaks in another's words, nor, for “they”, one person
            many = words[0] in PLURAL
            here = sentence_start(self.text, at.start) if many else at.start
            outer = [(p, s) for p, s in near if p not in self.inner or p >= here]
            near = [(p, s) for p, s in outer if not (many and (s.one or s.head in NO_THIRD))] or near
            if many and near and near[0][0] < here and near[0][1].kind is SourceKind.ORGANIZATION:
                if (people := self.clauses.people_before(at)) and not tags(self.text, at):
                    return self.of_phrase(people)
                if OWNING_UP.match(self.text, at.end) and "\n" in self.text[near[0][0] : at.start]:
                    return self.fresh(at, words)
        return near[0][1] if near else self.fresh(at, words) if inside else None

    def brought_in(self, at: Range) -> Speaker | None:
        """Whom a bare quotation that opens a paragraph is of, where the paragraph before it brings in somebody and nobody speaks there."""
        line = self.text.rfind("\n", 0, at.start)
        before = self.text.rfind("\n", 0, len(self.text[: max(0, line)].rstrip())) + 1
        if self.text[line + 1 : at.start].strip() or any(p >= before for p, _ in self.recent[-3:]):
            return None
        new = self.people.introduced("", at, before - 1)
        fresh = new is not None and self.entities[new[1]].mentions[0][0] == new[0]
        return self.of_entity(new[1], SourceKind.PERSON, new[0]) if new is not None and fresh else None

    def of_phrase(self, at: Range) -> Speaker:
        """Who words mean that a pronoun stands for."""
        return self.named(at) or self.described(at, words_of(self.text[slice(*at)]))

    def teller(self, word: str, at: Range, before: Sequence[tuple[int, Speaker]]) -> Speaker | None:
        """The last speaker, for a pronoun that tags what was just said ("…," he added) or opens it (she said she …).

        In a tag the last speaker of the report itself is meant, whoever else was named since (Muzny et al. 2017) or speaks in what was quoted.
        """
        opens = SAYING.search(self.text[max(0, at.start - 20) : at.start]) is not None
        going_on = GOING_ON.match(self.text, at.end) is not None
        if not (opens or going_on or tags(self.text, at)):
            return None
        before = before if opens else [(p, s) for p, s in before if p not in self.inner]
        since = sentence_start(self.text, at.start) if opens else -1
        last = next((s for p, s in before if p >= since and s.kind is not SourceKind.GROUP), None)
        if last is None or not self.can_be(word, last):
            return None
        near = opens or going_on or self.topical(last, at)
        return last if near else None

    def fits(self, word: str, number: int) -> bool:
        """Whether a pronoun can mean a person, an entity of that number."""
        return self.people.fits(word, number)
