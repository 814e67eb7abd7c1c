"""Who is bidden to do a deed: "the general ordered [troops] to fire", "called on [the rebels] to stop shelling".

Who bids others does nothing of it, and what hangs on the deed they are bidden to do is theirs, too.
"""

from __future__ import annotations

import re
from dataclasses import replace

from accordingto.reading.constituents import plain_phrase, preposition
from accordingto.reading.layers import Happening, Layers, Part, Syntax

BIDDING = re.compile(  # whose object is to do what they say: "ordered [troops] to fire"
    r"(?:order|urg|ask|call|forc|allow|instruct|permit|invit|command|direct|persuad|encourag|compel|tell)(?:e?s|e?d|ing)?|told|telling",
    re.I,
)
ON = frozenset(("on", "upon", "to", "for"))  # before whom one calls, appeals
BELOW = ("conj", "xcomp")  # of a deed that is told along with what somebody is bidden: "to stop [shelling]"
CLIMB = 3  # such steps
REACH = 25  # words between a verb and what hangs on it


def bidden(text: str, part: Part | None, mention: Happening, layers: Layers, syntax: Syntax) -> Part | None:
    """A part as it was, but for a doer who only bids others to do the deed: those others. "The general ordered [troops] to fire"."""
    if part is None or part.role != "actor":
        return part
    deed = layers.word_at(mention.trigger.end) - 1
    if syntax.relation(deed) == "obj":
        deed = int(syntax.heads[deed])
    for _ in range(CLIMB):
        above = int(syntax.heads[deed])
        if syntax.relation(deed) not in BELOW or BIDDING.fullmatch(text, *layers.words[above]):
            break
        deed = above
    verb = int(syntax.heads[deed])
    if verb >= deed or syntax.relation(deed) not in ("xcomp", "ccomp", "advcl"):
        return part
    inside = layers.words_in(part.at)
    bids = any(syntax.heads[w] == verb and syntax.relation(w) == "nsubj" for w in inside)
    if not bids or not BIDDING.fullmatch(text, *layers.words[verb]):
        return part
    between = range(verb + 1, deed)
    to = any(syntax.heads[w] == deed and text[slice(*layers.words[w])].casefold() == "to" for w in between)
    others = [
        w
        for w in between
        if (syntax.heads[w] == verb and syntax.relation(w) in ("obj", "iobj", "obl"))
        or (syntax.heads[w] == deed and syntax.relation(w) == "nsubj")
    ]
    if not to or not others:
        return part
    at = plain_phrase(others[0], layers, syntax, led=False)
    return None if any(p.at.overlaps(at) for p in mention.parts) else replace(part, at=at)


def asks(text: str, verb: int, deed: int, layers: Layers, syntax: Syntax) -> bool:
    """Whether a verb bids somebody to do a deed that hangs on it behind "to"."""
    return BIDDING.fullmatch(text, *layers.words[verb]) is not None and any(
        syntax.heads[w] == deed and text[slice(*layers.words[w])].casefold() == "to"
        for w in range(verb + 1, deed)
    )


def asked(text: str, verb: int, deed: int, layers: Layers, syntax: Syntax) -> int | None:
    """Whom a verb bids to do a deed that hangs on it: its object, else who is named behind "on" or "to"."""
    between = [w for w in range(verb + 1, deed) if syntax.heads[w] == verb]
    objects = [w for w in between if syntax.relation(w) in ("obj", "iobj")]
    led = [w for w in between if syntax.relation(w) == "obl" and preposition(text, w, layers, syntax) in ON]
    passive = [
        w
        for w in range(max(0, verb - REACH), verb)
        if syntax.heads[w] == verb and syntax.labels[int(syntax.relations[w])] == "nsubj:pass"
    ]
    return next(iter((*objects, *led, *passive)), None)
