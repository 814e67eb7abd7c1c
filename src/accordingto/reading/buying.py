"""Who buys, gets or takes delivery of something, and from whom: the buyer is given it, the seller gives it.

"Russia bought shells from Kor", "Kor has denied receiving arms from Ostan", "the junta took delivery of four jets from Kor".
"""

from __future__ import annotations

import re
from dataclasses import replace

from accordingto.reading.constituents import head_among, hung_on, plain_phrase
from accordingto.reading.doers import shared_subject
from accordingto.reading.layers import Happening, Layers, Part, Syntax
from accordingto.spans import Range

GIVEN = frozenset(("arms_transfer", "aid"))
BOUGHT = 0.3  # sureness of a buyer and of a seller
NEAR = 25  # words between a verb and what hangs on it
BUYING = re.compile(
    r"b(?:uy(?:s|ing)?|ought)|(?:purchas|acquir|procur|receiv)(?:e[sd]?|ing)|import(?:s|ed|ing)?", re.I
)
GETTING = re.compile(  # so only from somebody: "got arms from Kor", not "got shells to the front"
    r"g[eo]t(?:s|ten|ting)?|(?:obtain|accept)(?:s|ed|ing)?|secur(?:e[sd]?|ing)", re.I
)
TAKING = re.compile(r"t(?:akes?|ook|aken|aking)", re.I)
DELIVERY = re.compile(r"deliver(?:y|ies)|receipt", re.I)
FROM = re.compile(r"from\s", re.I)
TO = frozenset(("to", "into"))


def bought(text: str, mention: Happening, layers: Layers) -> Happening:
    """A mention of a purchase with its buyer as recipient and its seller as actor; who denies or admits buying is the buyer."""
    if mention.type not in GIVEN:
        return mention
    syntax = layers.syntax if layers.syntax is not None and layers.syntax.labels else None
    verb = None if syntax is None else buying_verb(text, mention, layers, syntax)
    plain = BUYING.fullmatch(text, *mention.trigger) is not None
    if verb is None and not plain:
        return mention
    sellers = [a.at for a in mention.arguments if a.label != "ARGM-TMP" and FROM.match(text, *a.at)]
    buyers = [a.at for a in mention.arguments if a.label == "ARG0" and a.at not in sellers]
    seller, buyer = next(iter(sellers), None), next(iter(buyers), None)
    if syntax is not None and verb is not None:
        plain = BUYING.fullmatch(text, *layers.words[verb]) is not None
        if not plain and hung_by(text, verb, TO, layers, syntax):
            return mention
        seller = seller or seller_of(text, verb, layers, syntax)
        buyer = buyer or buyer_of(text, verb, layers, syntax)
    if seller is None and (buyer is None or not plain):
        return mention
    return with_sides(mention, buyer, seller)


def with_sides(mention: Happening, buyer: Range | None, seller: Range | None) -> Happening:
    """A mention with a buyer and a seller, where they are known, and nobody else as who gives or is given something."""
    gone = {"actor"} if buyer is None else {"actor", "recipient"}
    kept = [
        p for p in mention.parts if p.role not in gone and not (seller is not None and p.at.overlaps(seller))
    ]
    sides = (("recipient", buyer), ("actor", seller))
    return replace(mention, parts=(*kept, *(Part(role, at, BOUGHT) for role, at in sides if at is not None)))


def buying_verb(text: str, mention: Happening, layers: Layers, syntax: Syntax) -> int | None:
    """The verb that tells that something was got: the mention's own, or the one whose object names the deed or the goods."""
    inside = layers.words_in(mention.trigger)
    if not inside:
        return None
    deed = head_among(inside, syntax)
    for word in inside:
        if is_buying(text, word, layers):
            return word
    above = int(syntax.heads[deed])
    taken = next((w for w in inside if DELIVERY.fullmatch(text, *layers.words[w])), None)
    for verb in (deed, above):
        if taken is not None and TAKING.fullmatch(text, *layers.words[verb]):
            return verb
    return above if syntax.relation(deed) == "obj" and is_buying(text, above, layers) else None


def is_buying(text: str, word: int, layers: Layers) -> bool:
    """Whether a word is a verb of buying or getting."""
    at = layers.words[word]
    return BUYING.fullmatch(text, *at) is not None or GETTING.fullmatch(text, *at) is not None


def below(word: int, syntax: Syntax) -> list[int]:
    """The words near a word that hang on it."""
    return hung_on(word, syntax, NEAR, NEAR - 1)


def hung_by(text: str, verb: int, markers: frozenset[str], layers: Layers, syntax: Syntax) -> list[int]:
    """The nouns behind a verb that a preposition hangs on it or on its object."""
    objects = [w for w in below(verb, syntax) if w > verb and syntax.relation(w) == "obj"]
    inner = [w for o in objects for w in below(o, syntax) if w > o and syntax.relation(w) in ("obj", "nsubj")]
    hung = [w for head in (verb, *objects, *inner) for w in below(head, syntax) if w > verb]
    return [
        w
        for w in sorted(set(hung))
        if syntax.relation(w) in ("obl", "nmod")
        and any(
            syntax.relation(c) == "case" and text[slice(*layers.words[c])].lower() in markers
            for c in below(w, syntax)
            if c < w
        )
    ]


def seller_of(text: str, verb: int, layers: Layers, syntax: Syntax) -> Range | None:
    """The phrase behind a verb or its object that "from" leads to."""
    found = hung_by(text, verb, frozenset(("from",)), layers, syntax)
    return plain_phrase(found[0], layers, syntax) if found else None


def buyer_of(text: str, verb: int, layers: Layers, syntax: Syntax) -> Range | None:
    """The phrase of a verb's subject, or of the subject of the verb on which one without hangs: "[Kor] denied buying"."""
    hung = {syntax.labels[int(syntax.relations[w])]: w for w in below(verb, syntax)}
    word = hung.get("nsubj")
    if word is not None and word > verb:  # "receiving arms", misread
        word = None
    if word is None and "nsubj:pass" not in hung and "aux:pass" not in hung:
        word = controlling(text, verb, layers, syntax)
    return None if word is None else plain_phrase(word, layers, syntax)


def controlling(text: str, verb: int, layers: Layers, syntax: Syntax) -> int | None:
    """The subject that a verb without one has from the verb on which it hangs; "[Kor] denied buying arms", "accused [Kor] of buying arms"."""
    shared = shared_subject(text, verb, layers, syntax)
    if shared is not None and shared < verb:
        return shared
    gerund = text.endswith("ing", 0, layers.words[verb].end) and syntax.relation(verb) in ("xcomp", "ccomp")
    if not gerund:
        return None
    head = int(syntax.heads[verb])
    return next((w for w in below(head, syntax) if w < head and syntax.relation(w) == "nsubj"), None)
