"""Who does what a mention tells, where the phrase marked as the doer only describes the deed or none is marked.

What several verbs share is the subject of each: "police arrested the man and charged him", "after closing the road, police left".
"An overnight Freedonian strike": the doer is "Freedonian", whether the network marked it or not. "Military strikes" are nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from accordingto.reading.bidding import asked, asks, bidden
from accordingto.reading.constituents import head_among, plain_phrase
from accordingto.reading.layers import Happening, Layers, Part, Syntax
from accordingto.spans import Range

ARMED = frozenset("strike bombing attack invasion deployment".split())  # what peoples' forces do
CALLED = 0.3  # sureness of a doer that only describes the deed
RELATIVE = re.compile(r"who|which|that|there|it", re.I)
REACH = 25  # words between a verb and what hangs on it
CLIMB = 3  # verbs from one without a subject to the one with it
CHARGED = frozenset(("for", "of", "with"))  # before what somebody else is said to have done
LOOKING = re.compile(
    r"(?:investigat|prob|examin|review|condemn|denounc|criticiz|criticis|mourn|witness|surviv|report|discuss|survey|document|verif|deplor|welcom|recall)"
    r"(?:e|es|ed|ing|ion|s|y|ies|ied)?",
    re.I,
)
FLEEING = re.compile(
    r"fle(?:e|es|d|eing)|(?:escap|endur|evad|fac|outliv)(?:e|es|ed|ing)|(?:fear|weather|shelter|surviv)(?:e|s|ed|es|ing)?"
    r"|hid(?:e|es|den|ing)?|(?:see|hear)(?:s|ing|n|d)?|saw",
    re.I,
)
PRAISING = re.compile(  # as well done to a deed by those who only speak of it: "slammed the verdict"
    r"(?:slam|blast|lament|applaud|bemoan|hail|prais|decr|regret)(?:s|e|es|ed|med|ted|ing|ming|ting|y|ies|ied|ying)?",
    re.I,
)
SHUNNING = re.compile(r"(?:boycott|skip|shun|snub|miss)(?:s|es|ed|ped|ned|bed|ing|ping|ning|bing)?", re.I)
ATTENDING = re.compile(r"(?:attend|join)(?:s|ed|ing)?", re.I)
REFUSING = re.compile(r"(?:refus|declin|fail)(?:e|es|ed|s|ing)?", re.I)
NOT = re.compile(r"not|never|n['’]?t|t", re.I)
ABSTAINING = re.compile(r"abstain(?:s|ed|ing)?", re.I)
REFUTING = re.compile(r"den(?:y|ies|ied|ying)|(?:dismiss|reject|refut|disput)(?:e|es|s|ed|ing)?", re.I)
REPORTED = re.compile(r"(?:report|claim|rumou?r|allegation|suggestion|accusation)s?", re.I)
COMING = re.compile(r"c(?:a|o)me?s?|coming|follow(?:s|ed|ing)?", re.I)
SPOKEN = frozenset(("accusation", "rejection", "request", "support", "threat"))  # done by speaking
TOLD_OF = (
    frozenset(  # what comes after somebody did something else: who vowed to attack may well have attacked
        (
            "legal",
            "accusation",
            "politics",
            "sanction",
            "meeting",
            "negotiation",
            "agreement",
            "investigation",
        )
    )
)
DYING = re.compile(r"die[sd]?|dying|(?:suffer|perish|recover)(?:s|ed|es|ing)?", re.I)
TELLS_OF = re.compile(  # between a deed and those who only tell of it
    r"(?:[^.;]{0,80}[\w,])?(?<! in)(?<! from)(?<! during)(?<! after)(?<! for) (?:that|which) (?:the )?|[^.;]{0,80}\baccording to (?:the )?"
)
BY = re.compile(r"\bby\s")
ASIDE = 15  # characters between those who tell and their verb: "rebels later said"
OF_OWN = re.compile(  # behind "said" or "claimed" where the deed is the speaker's own
    r"\W*(?:that )?(?:to|it|they|he|she|we|its|their|his|her|responsib\w+|credit|as|$|[,.;])(?:\b|$|\W)", re.I
)
JUDGING = re.compile(  # done to a deed by those who only speak of it: "the claim was rejected by", "the attack was confirmed by"
    rf"{LOOKING.pattern}|(?:den(?:ied|ying)|(?:reject|dismiss|refut|disput|repudiat|contest|describ|brand|label|call|hail|prais|slamm|decri)(?:ed|ing))",
    re.I,
)
CONFIRMING = re.compile(r"(?:confirm|verifi|corroborat)ed", re.I)
OWNED = frozenset("strike deployment invasion".split())  # what those who do it confirm
TAKING = re.compile(  # by whom a deed is own up to or had done: "was claimed by", "was ordered by"
    r"(?:claim|order|announc|admitt|acknowledg|confess|declar|launch|authori[sz]|approv|direct|command|promis|threaten|plann|pledg|vow|sign"
    r"|call|urg|demand|request|offer|propos|agree|provid|told|credit)(?:e?d)?",
    re.I,
)
NATURAL = frozenset(("hunger_disease", "disaster"))
DECLARING = re.compile(
    r"(?:declar|announc|confirm|notif|register|detect|record)(?:e|es|s|d|ed|ing|ies|ied)?", re.I
)
AGENT = frozenset(("obl:agent", "obl"))
DESCRIBING = frozenset(("det", "compound", "amod", "nmod:poss"))
OWN = frozenset(("nsubj", "nsubj:pass", "aux:pass", "csubj", "expl"))
STATE = re.compile(r"U\.?S\.?|U\.?K\.?|NATO")


def with_doer(text: str, mention: Happening, layers: Layers) -> Happening:
    """A mention whose doer, where it stands as adjectives before the deed, is the name among them; none where there is none."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return mention
    told = [
        q
        for p in mention.parts
        if (q := bidden(text, before_deed(text, p, mention, layers, syntax), mention, layers, syntax))
        is not None
        and not (
            p.role == "actor"
            and (
                looks_on(text, p, mention, layers, syntax)
                or tells_of(text, p, mention, layers)
                or judges(text, p, mention, layers, syntax)
                or stays_away(text, p, mention, layers, syntax)
                or does_else(text, p, mention, layers, syntax)
            )
        )
    ]
    if mention.type in ARMED and not any(p.role == "actor" for p in told):
        told += [Part("actor", at, CALLED) for at in of_people(text, mention, layers, syntax)[:1]]
    return replace(mention, parts=tuple(told))


def looks_on(text: str, part: Part, mention: Happening, layers: Layers, syntax: Syntax) -> bool:
    """Whether a phrase is the subject of a verb that has the deed as its object and is none itself: who investigates a killing,
    who flees the shelling or dies in it.
    """
    deed = spoken_of(text, mention, layers, syntax)
    verb, relation = int(syntax.heads[deed]), syntax.relation(deed)
    told = layers.words[verb]
    looks = (relation == "obj" or names_deed(deed, syntax)) and (
        LOOKING.fullmatch(text, *told) or PRAISING.fullmatch(text, *told)
    )
    bears = FLEEING.fullmatch(text, *told) or (mention.type != "clash" and DYING.fullmatch(text, *told))
    declares = mention.type in NATURAL and relation in ("obj", "xcomp") and DECLARING.fullmatch(text, *told)
    if not (looks or declares) and not (
        relation in ("obj", "obl") and bears
    ):  # who dies in a clash may well have fought
        return False
    inside = layers.words_in(part.at)
    if looks and syntax.relation(verb) == "acl" and int(syntax.heads[verb]) in inside:
        return True  # "the officers investigating the killing"
    owned = (
        {int(syntax.heads[w]) for w in inside if syntax.relation(w) == "nmod"} if looks or declares else set()
    )
    return any(syntax.heads[w] == verb and syntax.relation(w) == "nsubj" for w in {*inside, *owned})


def names_deed(deed: int, syntax: Syntax) -> bool:
    """Whether a word that the tree takes for a clause is a noun: "condemned [the arrest] of two men", "spoke after the Kuka [shooting]"."""
    before = range(max(0, deed - 4), deed)
    return syntax.relation(deed) in ("xcomp", "ccomp", "advcl") and any(
        syntax.heads[w] == deed and syntax.relation(w) in DESCRIBING for w in before
    )


def spoken_of(text: str, mention: Happening, layers: Layers, syntax: Syntax) -> int:
    """The word that names a mention's deed: where that is "condemned", its object if it is told as the same deed ("condemned the verdict")."""
    deed = layers.word_at(mention.trigger.end) - 1
    at = layers.words[deed]
    if mention.type in SPOKEN or not (LOOKING.fullmatch(text, *at) or PRAISING.fullmatch(text, *at)):
        return deed
    for other in layers.happenings:
        named = layers.word_at(other.trigger.end) - 1
        same = other.type == mention.type and named != deed and syntax.heads[named] == deed
        if same and (syntax.relation(named) == "obj" or names_deed(named, syntax)):
            return named
    return deed


def stays_away(text: str, part: Part, mention: Happening, layers: Layers, syntax: Syntax) -> bool:
    """Whether a phrase is who stays away from what a mention tells of or abstains from it: "Kor skipped the talks", "did not attend the
    talks", "Ostan abstained".
    """
    inside = layers.words_in(part.at)
    subject_of = {int(syntax.heads[w]) for w in inside if syntax.relation(w) == "nsubj"}
    own = layers.words_in(mention.trigger)
    if mention.type != "politics" and any(
        v not in own and ABSTAINING.fullmatch(text, *layers.words[v]) for v in subject_of
    ):
        return True
    deed = layers.word_at(mention.trigger.end) - 1
    verb = int(syntax.heads[deed])
    if verb in own or syntax.relation(deed) != "obj":
        return False
    if SHUNNING.fullmatch(text, *layers.words[verb]):
        return verb in subject_of
    if not ATTENDING.fullmatch(text, *layers.words[verb]):
        return False
    above = int(syntax.heads[verb])
    refused = syntax.relation(verb) == "xcomp" and REFUSING.fullmatch(text, *layers.words[above]) is not None
    if refused:
        return above in subject_of
    before = range(max(0, verb - REACH), verb)
    return verb in subject_of and any(
        syntax.heads[w] == verb and NOT.fullmatch(text, *layers.words[w]) for w in before
    )


def does_else(text: str, part: Part, mention: Happening, layers: Layers, syntax: Syntax) -> bool:
    """Whether a phrase only does something else, in a clause that tells when the deed was ("the charges came after Bo signed a law") or
    that is itself denied ("denied reports that instructors had left").
    """
    inside = layers.words_in(part.at)
    deed = layers.word_at(mention.trigger.end) - 1
    for verb in {int(syntax.heads[w]) for w in inside if syntax.relation(w) == "nsubj"}:
        above, relation = int(syntax.heads[verb]), syntax.relation(verb)
        if verb == above or is_below(deed, verb, syntax):
            continue
        came = COMING.fullmatch(text, *layers.words[above]) and syntax.heads[deed] == above
        if relation == "advcl" and came and syntax.relation(deed) == "nsubj" and mention.type in TOLD_OF:
            return True
        if relation == "acl" and REPORTED.fullmatch(text, *layers.words[above]):
            relation, above = "ccomp", int(syntax.heads[above])
        if relation == "ccomp" and REFUTING.fullmatch(text, *layers.words[above]):
            return True
    return False


def is_below(word: int, above: int, syntax: Syntax) -> bool:
    """Whether a word is another one or stands below it."""
    for _ in range(REACH):
        if word == above:
            return True
        if syntax.heads[word] == word:
            return False
        word = int(syntax.heads[word])
    return False


def judges(text: str, part: Part, mention: Happening, layers: Layers, syntax: Syntax) -> bool:
    """Whether "by" brings a phrase in as those who speak of the deed: "the attack was condemned by", "claims that they were killed were
    dismissed by". Who claims a deed, orders or announces it may well have done it.
    """
    head = head_among(layers.words_in(part.at), syntax)
    if head >= len(syntax.heads) or syntax.labels[int(syntax.relations[head])] not in AGENT:
        return False
    verb = int(syntax.heads[head])
    at = layers.words[verb]
    led = BY.search(text, at.end, part.at.start + 4)
    if led is None or at.start < mention.trigger.end or verb >= head:
        return False
    if JUDGING.fullmatch(text, *at):
        return True
    if CONFIRMING.fullmatch(text, *at):
        return mention.type not in OWNED
    return TAKING.fullmatch(text, *at) is None and any(
        a.source is not None
        and a.cue is not None
        and a.source.overlaps(part.at)
        and a.cue.overlaps(at)
        and any(c.contains(mention.trigger) for c in a.content)
        for a in layers.attributions
    )


def tells_of(text: str, part: Part, mention: Happening, layers: Layers) -> bool:
    """Whether a phrase behind a deed only names who tells of it: "a strike that rebels said killed nine", "a strike, according to rebels".

    The deed stays with who says to have done it: "a strike that rebels said they carried out", "which rebels claimed".
    """
    between = text[mention.trigger.end : part.at.start]
    bare = between == " " and mention.type in ARMED
    if mention.trigger.end > part.at.start or not (bare or TELLS_OF.fullmatch(between)):
        return False
    for told in layers.attributions:
        if told.source is None or told.cue is None or not told.source.overlaps(part.at):
            continue
        if told.cue.start >= part.at.end:
            return told.cue.start - part.at.end <= ASIDE and OF_OWN.match(text, told.cue.end) is None
        if not bare and told.cue.end <= part.at.start and "ccording to" in text[slice(*told.cue)]:
            return True
    return False


def sharing(text: str, mention: Happening, layers: Layers, roles: Mapping[tuple[str, str], str]) -> Happening:
    """A mention whose verb has no doer of its own, with the one that it shares with the verb that it hangs on."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels or roles.get((mention.type, "ARG0")) != "actor":
        return mention
    if mention.type == "displacement" or any(p.role == "actor" for p in mention.parts):
        return mention
    verb = layers.word_at(mention.trigger.start)
    subject = None if names_deed(verb, syntax) else shared_subject(text, verb, layers, syntax)
    if subject is None or RELATIVE.fullmatch(text, *layers.words[subject]):
        return mention
    at = plain_phrase(subject, layers, syntax, led=False)
    if any(p.at.overlaps(at) for p in mention.parts) or at.overlaps(mention.trigger):
        return mention
    return replace(mention, parts=(*mention.parts, Part("actor", at, CALLED)))


def shared_subject(text: str, verb: int, layers: Layers, syntax: Syntax) -> int | None:
    """The word that is the subject of the verb on which another one hangs, where that one does something and has no own."""
    below = syntax.labels
    for _ in range(CLIMB):
        head = int(syntax.heads[verb])
        label = below[int(syntax.relations[verb])]
        ing = text[slice(*layers.words[verb])].endswith("ing")
        if (
            ing and head == verb - 1 and syntax.relation(head) == "advmod"
        ):  # "for allegedly killing", hung on its adverb
            label, head = "advcl", int(syntax.heads[head])
        if head == verb or not (label in ("conj", "xcomp") or (label == "advcl" and ing)):
            return None
        near = range(max(0, head - REACH), min(head + REACH, len(syntax.heads)))
        own = {below[int(syntax.relations[w])] for w in near if syntax.heads[w] == verb and w != verb}
        if own & OWN:
            return None
        told = {below[int(syntax.relations[w])]: w for w in near if syntax.heads[w] == head and w != verb}
        why = {
            text[slice(*layers.words[w])].lower()
            for w in near
            if syntax.heads[w] == verb and below[int(syntax.relations[w])] == "mark"
        }
        if why & CHARGED:  # "they arrested the man for beating", "he was accused of beating"
            return told.get("obj", told.get("nsubj:pass"))
        if "from" in why and "obj" in told:  # "guards kept him from fleeing"
            return told["obj"]
        if asks(text, head, verb, layers, syntax):  # "call on [the rebels] to free them"
            return asked(text, head, verb, layers, syntax)
        if label == "xcomp" and ("obj" in told or "iobj" in told):
            return told.get("obj", told.get("iobj"))
        if "nsubj" in told:
            return told["nsubj"]
        if "nsubj:pass" in told:
            return None
        verb = head
    return None


def of_people(text: str, mention: Happening, layers: Layers, syntax: Syntax) -> list[Range]:
    """The names of peoples, or of states by their letters, that describe the trigger: "a US drone strike", "the Freedonian raid"."""
    last = layers.word_at(mention.trigger.end) - 1
    out = []
    for n in layers.names:
        word = layers.word_at(n.at.end) - 1
        people = n.label == "NORP" or STATE.fullmatch(text, *n.at)
        if (
            people
            and word < last
            and syntax.heads[word] == last
            and syntax.relation(word) in ("amod", "compound")
        ):
            out.append(n.at)
    return out


def before_deed(text: str, part: Part, mention: Happening, layers: Layers, syntax: Syntax) -> Part | None:
    """A part as it was, but for a doer of adjectives before the trigger: that from its first name on, or none."""
    if part.role != "actor" or text[part.at.end : mention.trigger.start] not in (" ", "-"):
        return part
    last = layers.word_at(part.at.end) - 1
    if syntax.relation(last) != "amod":
        return part
    names = [n.at for n in layers.names if part.at.contains(n.at)]
    if names:
        return replace(part, at=Range(names[0].start, part.at.end))
    return None if text[part.at.start].islower() else part
