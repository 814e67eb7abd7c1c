"""Who threatens, asks, accuses or rejects, where the word for it also tells whose words are reported: their speaker.

"Deputies denounced the ruling": who denounces is the source of what is denounced, never the one who is denounced or the one named next.
"""

from __future__ import annotations

import re
from dataclasses import replace

from accordingto.reading.constituents import Words, head_among, hung_on, plain_phrase
from accordingto.reading.doers import shared_subject
from accordingto.reading.layers import Attribution, Happening, Layers, Part
from accordingto.reading.ownplaces import sentence_of
from accordingto.spans import Range, trim

SPEAKING = frozenset(("accusation", "request", "rejection", "threat"))
TO = {"request": "recipient", "accusation": "target"}  # the role of whom one of these is addressed to
RELATIVE = re.compile(r"who|whom|which|that|whose", re.I)
OWNER = re.compile(r"['’]s?$")
OWN = re.compile(r"(?:his|her|its|their|my|our|your)\b", re.I)
EDGES = " ,;:"
ANSWERING = re.compile(
    r"(?:accept|reject|turn|grant|refus|answer|ignor|heed|approv|dismiss|honou?r|declin)(?:e?d|s|es|ing|al)?|den(?:y|ies|ied|ying|ial)"
    r"|(?:respon[ds]\w*|repl(?:y|ies|ied|ying))",
    re.I,
)
PROMISING = re.compile(
    r"(?:promis|pledg|vow|offer|guarante|assur)(?:e?[sd]|ing|e)?|sw(?:ear|ears|ore|earing)", re.I
)
STEPS = 3  # from a request to the verb of who answers it
GIVEN = 0.5  # sureness of a doer who is a source
NEAR = 25  # words between a word and what hangs on it
DOING = ("nsubj", "obl:agent", "nmod:poss", "nmod", "obl")
BY = frozenset(("by", "of", "from"))


def by_speaker(text: str, mention: Happening, layers: Layers) -> Happening:
    """A mention of a threat, a request, an accusation or a rejection whose doer is the source of the attribution whose cue it is.

    A relative pronoun, who was found for it, keeps its antecedent; a doer in the deed's sentence stays where the tree doesn't tell
    that it is the source's.
    """
    syntax = layers.syntax
    if mention.type not in SPEAKING or syntax is None or not syntax.labels:
        return mention
    told = next((a for a in layers.attributions if is_cue(mention.trigger, a)), None)
    if told is None or told.source is None:
        return mention
    deed = head_among(layers.words_in(mention.trigger), syntax)
    words = Words(text, layers, syntax)
    source = trim(text, told.source, EDGES)
    shared = shared_subject(text, deed, layers, syntax)
    inside = layers.words_in(source)
    behind = inside.start > deed and any(  # “…,” denounced the league
        words.head(w) == deed and words.label(w) in ("obj", "obl") and not led(words, w) for w in inside
    )
    hung = behind or hangs(words, source, deed, layers) or (shared is not None and shared in inside)
    doers = [p for p in mention.parts if p.role == "actor"]
    around = sentence_of(mention.trigger, layers.sentences)
    named = any(around.contains(p.at) for p in doers)
    if RELATIVE.fullmatch(text, *source) or (not hung and (is_passive(words, deed) or named)):
        return mention
    if owner := OWNER.search(text, *source):
        source = Range(source.start, owner.start())
    others = tuple(p for p in mention.parts if p.role != "actor" and not p.at.overlaps(source))
    doer = next((p for p in doers if p.at.overlaps(source)), None)
    if doer is None and doers and OWN.fullmatch(text, *source):
        doer = doers[0]  # "its request": whom the network found for it
    parts = (*others, doer or Part("actor", source, GIVEN))
    if mention.type not in TO or any(p.role in ("target", "recipient") for p in others):
        return replace(mention, parts=parts)
    spoken = [
        p.at for p in doers if around.contains(p.at)
    ]  # “The army must leave,” demanded the league: of the army
    to = next(iter(spoken), None) if mention.type != "request" or spoken else answerer(words, deed, layers)
    if to is not None and not any(p.at.overlaps(to) for p in parts):
        parts = (*parts, Part(TO[mention.type], to, GIVEN))
    return replace(mention, parts=parts)


def by_promiser(text: str, mention: Happening, layers: Layers) -> Happening:
    """A mention whose doer is who promises to do it, not to whom that is promised: “[the mayor] promised the villagers to rebuild”."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels or not any(p.role == "actor" for p in mention.parts):
        return mention
    words = Words(text, layers, syntax)
    deed = head_among(layers.words_in(mention.trigger), syntax)
    verb = words.head(deed) if deed < len(syntax.heads) else deed
    if (
        verb >= deed
        or words.label(deed) not in ("xcomp", "ccomp")
        or not PROMISING.fullmatch(words.said(verb))
    ):
        return mention
    hung = hung_on(verb, syntax, NEAR, deed - verb)
    whom = {w for w in hung if verb < w < deed and words.label(w) in ("obj", "iobj")}
    who = next((w for w in hung if words.label(w) == "nsubj"), None)
    if who is None or not whom:
        return mention
    parts = []
    for p in mention.parts:
        if p.role == "actor" and not whom.isdisjoint(layers.words_in(p.at)):
            p = replace(p, at=plain_phrase(who, layers, syntax))
        parts.append(p)
    return replace(mention, parts=tuple(parts))


def answerer(words: Words, deed: int, layers: Layers) -> Range | None:
    """Who answers a request, to whom it was made: "[Kor] turned down their request", "in response to their request, [Kor] …"."""
    answers = False
    for _ in range(STEPS):
        above = words.head(deed)
        if above == deed or words.syntax.relation(deed) not in ("obj", "obl", "nmod", "nsubj"):
            return None
        answers = answers or ANSWERING.fullmatch(words.said(above)) is not None
        hung = hung_on(above, words.syntax, NEAR)
        subject = next((w for w in hung if words.label(w) == "nsubj" and w != deed), None)
        if subject is not None:
            return plain_phrase(subject, layers, words.syntax) if answers else None
        deed = above
    return None


def is_cue(trigger: Range, told: Attribution) -> bool:
    """Whether an attribution's cue holds a trigger."""
    return told.cue is not None and told.cue.contains(trigger)


def is_passive(words: Words, deed: int) -> bool:
    """Whether a deed is told as undergone: "was accused"."""
    labels = {words.label(w) for w in hung_on(deed, words.syntax, NEAR)}
    return bool(labels & {"aux:pass", "nsubj:pass"})


def hangs(words: Words, at: Range, deed: int, layers: Layers) -> bool:
    """Whether a phrase does a deed by the tree: its subject or owner, or the one whom "by" or "of" names behind it."""
    head = head_among(layers.words_in(at), words.syntax)
    if head >= len(words.syntax.heads) or words.head(head) != deed or words.label(head) not in DOING:
        return False
    if words.label(head) not in ("nmod", "obl"):
        return True
    return bool(BY.intersection(led(words, head)))


def led(words: Words, word: int) -> list[str]:
    """The prepositions that lead to a word."""
    before = hung_on(word, words.syntax, NEAR)
    return [words.said(w).lower() for w in before if w < word and words.syntax.relation(w) == "case"]
