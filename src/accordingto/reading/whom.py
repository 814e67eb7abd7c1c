"""Which entity a phrase means that takes part in an event."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.reading.barred import (
    around,
    named_before,
    noun_of,
    of_no_such_kind,
    of_several,
    only_describes,
    owns,
)
from accordingto.reading.centres import centre
from accordingto.reading.constituents import climb, head_among, phrase_of
from accordingto.reading.layers import Layers, Phrase, Syntax
from accordingto.reading.pronouns import HE_OR_SHE, quoted, sex_fits, sex_told
from accordingto.record import Entity, EntityKind, Mention, MentionForm
from accordingto.spans import Cover, Range

DESCRIBING = frozenset(("compound", "amod", "flat"))
NAMING = frozenset(("appos", "flat", "inner"))  # what else names whom a noun names: "the leader, [Ada Brook]"
SINGLE_SPAN = 0.6  # of a phrase that the mention of a place must cover to be what it means
WHOLE = 0.85  # of a phrase that a mention must cover to be who it means, whatever the phrase's head
WORD = re.compile(r"\w+")
FORCES = re.compile(
    r"army|military|navy|air force|(?:armed )?forces|troops|soldiers?|police(?:men)?|officers?", re.I
)
BEARING_ARMS = re.compile(
    r"rebels?|insurgents?|militants?|guerrillas?|separatists?|militia(?:s|men)?|fighters", re.I
)
CENTRED = frozenset(("he", "she"))
SEVERAL = frozenset(("they", "them", "their", "themselves"))
NEW = re.compile(r"(?:an?|another|one|two|some|any|either|neither|every|no|\d[\d.,]*)\s", re.I)
ARTICLE = re.compile(r"the\s+(?=\S)", re.I)
OBJECTS = ("obj", "iobj")
OFFICERS = frozenset(("COP", "JUD", "LEG"))
REFLEXIVE = frozenset(("himself", "herself", "itself"))
CHAINED = ("conj", "xcomp")  # clauses that may have the subject of the one above
OPENING = re.compile(r"\s*(?:that\s+)?")
QUOTED = re.compile(r"[“\"]")
OF = re.compile(r"\s+of\s+(?:the\s+)?$")
STATE = frozenset(("MIL", "COP", "SPY", "GOV"))
ARMED = frozenset(("REB", "PRM", "UAF", "CRM"))
STEM = 4  # letters by which a country's people are known by its name: "Freedonian", "Freedonia"


class Mentioned:
    """The mentions of all entities, to be asked for by place."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._all = [(e, m) for e in entities for m in e.mentions]
        self._cover = Cover([m.range for _, m in self._all])

    def on(self, at: Range) -> list[tuple[Entity, Mention]]:
        """The mentions that overlap a stretch, with their entities, in the entities' order."""
        return [self._all[k] for k in self._cover.touching(at)]

    def kind(self, id: str) -> EntityKind:
        """The kind of an entity that has a mention."""
        return next(e.kind for e, _ in self._all if e.id == id)

    def names(self, id: str | None, at: Range) -> bool:
        """Whether a stretch holds a name of an entity."""
        return any(e.id == id and m.form is MentionForm.NAME for e, m in self.on(at))


def entity_of(text: str, at: Range, layers: Layers, people: Mentioned) -> str | None:
    """The entity that a phrase means: the one whose mention holds its head or covers nearly all of it; a pronoun's by its chain.

    "Ada, the head of the Red Front" means Ada, and "a doctor of the Red Front" nobody who is named. "Ada and her brother" means no one
    of the two, unless a name covers it all; nor does a phrase with one person's name mean another.
    """
    several = coordinated(at, layers)
    named = named_by(at, layers)
    article = ARTICLE.match(text, *at)
    start = article.end() if article else at.start
    best: tuple[bool, float, str] | None = None
    for e, m in people.on(at):
        cover = (min(m.end, at.end) - max(m.start, start)) / (at.end - start)
        first = bool(named) and m.range.contains(named[0])
        held = m.end == at.end if not named else any(m.range.contains(w) for w in named)
        meant = held and (cover >= SINGLE_SPAN or (e.kind is not EntityKind.PLACE and at.contains(m.range)))
        if (cover >= WHOLE or (meant and not several)) and not around(text, at, m):
            best = max(best or (False, 0.0, ""), (first, cover, e.id))
    if best is not None or several:
        return best[2] if best else None
    if text[slice(*at)].lower() == "it" and (said := own_words(text, at, layers)) is not None:
        body = entity_of(text, said, layers, people)
        if body is not None and people.kind(body) is not EntityKind.PERSON:
            return body
    if text[slice(*at)].lower() in REFLEXIVE and (doer := own_subject(at, layers)) is not None:
        return entity_of(text, doer, layers, people)
    words = naming_words(at, layers)
    word, chain = next(
        ((w, c) for w in words for p, c in layers.linked(w) if p.head.contains(w)), (Range(0, 0), ())
    )
    for phrase in chain:
        for e, m in people.on(phrase.at):
            named_there = phrase.at.contains(m.range) and m.range.contains(phrase.head)
            other = acts_on(text, at, e, chain, layers, people)
            if m.form is MentionForm.NAME and named_there and not other and of_its_sex(text, at, e, layers):
                meant = fits(text, at, e, layers) and of_its_side(text, at, e, layers, people)
                own = of_its_land(text, at, e, chain, layers, people) and not brought_in(
                    text, at, e, layers, people
                )
                own = own and not (word != words[0] and only_describes(text, at, e, layers))
                own = own and not no_such(text, at, e, chain, layers, people)
                if not (meant and own and of_its_number(text, at, e, layers, people)):
                    return None
                return about(text, at, e, layers, people)
    return None


def about(text: str, at: Range, entity: Entity, layers: Layers, people: Mentioned) -> str:
    """Whom a pronoun means that its chain gives to an entity: another person, where the sentences before it are about that one."""
    if text[slice(*at)].lower() not in CENTRED:
        return entity.id
    other = centre(text, at, layers, people.on, entity)
    return entity.id if other is None or not of_its_sex(text, at, other, layers) else other.id


def no_such(
    text: str, at: Range, entity: Entity, chain: Sequence[Phrase], layers: Layers, people: Mentioned
) -> bool:
    """Whether an entity of its chain is of another kind than a phrase, or owns what it tells of."""
    told = said_around(at, layers)
    says = told is not None and people.names(entity.id, told[1])
    return (
        of_no_such_kind(text, at, entity, layers)
        or of_several(text, at, entity, layers)
        or owns(text, at, entity, chain, layers, people.on, says)
    )


def own_subject(at: Range, layers: Layers) -> Range | None:
    """The subject of the clause of a reflexive, “[Ana Ruiz] proclaimed [herself] queen”, with what stands before its noun and its name."""
    syntax, inside, words = layers.syntax, layers.words_in(at), layers.words
    if syntax is None or not syntax.labels or len(inside) != 1:
        return None
    word = inside.start
    for up in climb(syntax, word)[1:]:
        subjects = [k for k in range(up) if syntax.heads[k] == up and syntax.relation(k) == "nsubj"]
        if subjects and subjects[-1] < word:
            phrase = phrase_of(subjects[-1], syntax)
            return Range(words[phrase.start].start, words[phrase.end - 1].end) if phrase else None
        if syntax.relation(up) not in CHAINED:
            return None
    return None


def own_words(text: str, at: Range, layers: Layers) -> Range | None:
    """Whose words, told without quotation marks, a pronoun is the subject of: it opens them, behind “that”, or its verb hangs on none of them."""
    holding = said_around(at, layers)
    if holding is None or QUOTED.search(text, holding[0].start, at.start):
        return None
    content, source = holding
    if OPENING.fullmatch(text, content.start, at.start):
        return source
    syntax, inside, words = layers.syntax, layers.words_in(at), layers.words_in(content)
    if syntax is None or not inside or syntax.relation(inside.start) != "nsubj":
        return None
    verb = int(syntax.heads[inside.start])
    return source if verb in words and syntax.heads[verb] not in words else None


def said_around(at: Range, layers: Layers) -> tuple[Range, Range] | None:
    """The narrowest content that a phrase stands in, with its source."""
    holding = (
        (c, a.source)
        for a in (*layers.attributions, *layers.inner)
        for c in a.content
        if a.source is not None and c.contains(at) and not c.overlaps(a.source)
    )
    return min(holding, key=lambda x: x[0].end - x[0].start, default=None)


def of_its_number(text: str, at: Range, entity: Entity, layers: Layers, people: Mentioned) -> bool:
    """Whether a pronoun may mean an entity of its chain: in a quotation none who speaks of it, them, him or her, and if for several no
    person, nor a country but in its own words.
    """
    word, holding = text[slice(*at)].lower(), said_around(at, layers)
    if word in ("himself", "herself"):
        return True
    if word in HE_OR_SHE:
        own = holding is not None and people.names(entity.id, holding[1])
        return not (own and quoted(text, at.start) and text[at.start - 1 : at.start] != "[")
    if word != "it" and word not in SEVERAL:
        return True
    if holding and QUOTED.search(text, holding[0].start, at.start) and people.names(entity.id, holding[1]):
        return False
    if word == "it":
        return True
    if entity.kind is EntityKind.PLACE:
        source = own_words(text, at, layers)
        return source is not None and people.names(entity.id, source)
    return entity.kind is not EntityKind.PERSON


def of_its_sex(text: str, at: Range, entity: Entity, layers: Layers) -> bool:
    """Whether “he”, “she” or “the young woman” may mean an entity, as far as a person's name and description tell."""
    if entity.kind is not EntityKind.PERSON:
        return True
    told = entity.description or ""
    return sex_fits(noun_of(text, at, layers), sex_told(entity.name, told, told))


def acts_on(
    text: str, at: Range, entity: Entity, chain: Sequence[Phrase], layers: Layers, people: Mentioned
) -> bool:
    """Whether an entity, by name or by a pronoun of its chain, is the subject of the verb whose object a pronoun is: “[Ana] gave [her] a book”."""
    syntax, inside, words = layers.syntax, layers.words_in(at), layers.words
    if (
        syntax is None
        or not syntax.labels
        or len(inside) != 1
        or syntax.relation(inside.start) not in OBJECTS
    ):
        return False
    verb = int(syntax.heads[inside.start])
    subjects = [words[k] for k in range(verb) if syntax.heads[k] == verb and syntax.relation(k) == "nsubj"]
    return any(
        any(e.id == entity.id for e, _ in people.on(s)) or any(p.head.contains(s) for p in chain)
        for s in subjects
    )


def brought_in(text: str, at: Range, entity: Entity, layers: Layers, people: Mentioned) -> bool:
    """Whether a phrase brings in somebody new, “a man”, “any club”: none who is named before it but right beside it (“Ada, a nurse”), no
    person that tells of it, nor an officer, judge or legislator whom nothing calls so.
    """
    if NEW.match(text, at.start, at.end) is None:
        return False
    if named_before(text, at, entity):
        return True
    if entity.kind is not EntityKind.PERSON:
        return False
    tells = any(
        a.source is not None and people.names(entity.id, a.source) and any(c.contains(at) for c in a.content)
        for a in (*layers.attributions, *layers.inner)
    )
    named = named_by(at, layers)
    noun = text[slice(*named[0])].lower() if named else ""
    holds = entity.actor is not None and entity.actor.sector in OFFICERS
    return tells or (holds and noun not in WORD.findall((entity.description or "").lower()))


def of_its_land(
    text: str, at: Range, entity: Entity, chain: Sequence[Phrase], layers: Layers, people: Mentioned
) -> bool:
    """Whether a phrase may mean a person of its chain: what the chain told last is of no other country, “Freedonia’s minister … he”, and no
    source of its own, which would be a mention of the person if it meant them.
    """
    if entity.kind is not EntityKind.PERSON:
        return True
    theirs = {entity.actor.country} if entity.actor and entity.actor.country else set()
    for phrase in chain:
        if people.names(entity.id, phrase.at):
            theirs |= countries_in(text, phrase, people)
    for phrase in reversed([p for p in chain if p.at.start <= at.start]):
        if any(e is entity for e, _ in people.on(phrase.head)):
            return True
        told = countries_in(text, phrase, people)
        if (told and theirs and not told & theirs) or heard(phrase.at, layers):
            return False
        if told:
            return True
    return True


def countries_in(text: str, phrase: Phrase, people: Mentioned) -> set[str]:
    """The countries that an office is told to belong to, by names before its noun or behind “of”."""
    return {
        e.actor.country
        for e, m in people.on(phrase.at)
        if e.kind is not EntityKind.PERSON
        and e.actor
        and e.actor.country
        and phrase.at.contains(m.range)
        and (m.end < phrase.head.start or OF.search(text, phrase.head.end, m.start))
    }


def heard(at: Range, layers: Layers) -> bool:
    """Whether a phrase of several words is a source."""
    several = len(layers.words_in(at)) > 1
    return several and any(a.source == at for a in (*layers.attributions, *layers.inner))


def named_by(at: Range, layers: Layers) -> list[Range]:
    """The words of which a mention has to hold one to be who a phrase means: its head, then those that name the same or hang beside it;
    none without a tree.
    """
    inside, syntax = layers.words_in(at), layers.syntax
    if syntax is None or not inside:
        return []
    head = head_among(inside, syntax)
    same = [head]
    for w in inside:
        alike = syntax.relation(w) in (*NAMING, syntax.relation(head))
        if w != head and ((syntax.heads[w] == syntax.heads[head] and alike) or hung_on(w, same, syntax)):
            same.append(w)
    return [layers.words[w] for w in same]


def coordinated(at: Range, layers: Layers) -> bool:
    """Whether a phrase names two or more: another word is joined to its head."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return False
    inside = layers.words_in(at)
    head = head_among(inside, syntax)
    return any(syntax.heads[w] == head and w != head and syntax.relation(w) == "conj" for w in inside)


def fits(text: str, at: Range, entity: Entity, layers: Layers) -> bool:
    """Whether a phrase may mean an entity of its chain: no other person is named in it, nor, where that is a place, anything else."""
    named = [
        n
        for n in layers.names
        if at.contains(n.at) and (n.label == "Person" or entity.kind is EntityKind.PLACE)
    ]
    if not named:
        return True
    known = {
        w.casefold() for m in entity.mentions if m.form is MentionForm.NAME for w in WORD.findall(m.text)
    }
    return any(w.casefold() in known for n in named for w in WORD.findall(text[slice(*n.at)]))


def hung_on(word: int, others: Sequence[int], syntax: Syntax) -> bool:
    """Whether a word hangs on one of others as one more name of it."""
    return int(syntax.heads[word]) in others and syntax.relation(word) in NAMING


def of_its_side(text: str, at: Range, entity: Entity, layers: Layers, people: Mentioned) -> bool:
    """Whether a phrase may mean a body of its chain: an army is never those whom it fights, nor that of another country."""
    named = named_by(at, layers)
    sector = entity.actor.sector if entity.actor else None
    if named and BEARING_ARMS.fullmatch(text, *named[0]):
        return sector not in STATE
    if not named or not FORCES.fullmatch(text, *named[0]):
        return True
    if sector in ARMED or entity.kind is EntityKind.PERSON:
        return False
    names = " ".join(m.text for m in entity.mentions if m.form is MentionForm.NAME).casefold()
    lands = [
        e for e, m in people.on(at) if e is not entity and m.form is MentionForm.NAME and at.contains(m.range)
    ]
    return all(
        land.name[:STEM].casefold() in names or (sector in STATE and one_land(land, entity)) for land in lands
    )


def one_land(one: Entity, other: Entity) -> bool:
    """Whether two entities are of one country, as far as it is known."""
    countries = {e.actor.country for e in (one, other) if e.actor and e.actor.country}
    return len(countries) < 2


def naming_words(at: Range, layers: Layers) -> list[Range]:
    """The words of a phrase by which its chain is known: its head, the first that hangs on a word outside of it, then the words
    that describe it from before ("Red Front fighters"), no owner ("her brother") and nothing behind it ("airfields in Chad").
    """
    inside, syntax = layers.words_in(at), layers.syntax
    if syntax is None or not inside:
        return list(layers.words[inside.start : inside.stop])
    head = head_among(inside, syntax)
    before = [
        w for w in range(inside.start, head) if syntax.heads[w] == head and syntax.relation(w) in DESCRIBING
    ]
    return [layers.words[w] for w in (head, *reversed(before))]
