"""Names and words made comparable across reports: keys of names, words of a text, tagged hashes."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
INITIALS = re.compile(r"\b[^\W\d_](?:\.[^\W\d_]\b|\.\s[^\W\d_](?=\.))+\.?")  # “U.S.”, “J. R.”
DROPPED = frozenset({"the", "a", "an", "mr", "mrs", "ms", "dr", "of", "and", "al", "s"})
CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
WATERS = frozenset({"river", "lake", "strait", "straits", "gulf", "bay", "sea", "canal", "creek", "channel"})
SHORTEST = 4  # letters of a word that tells something by itself
IDLE = frozenset(
    "that with from have been were they them this these those will would could should said says their there "
    "what when which while where whom whose than then into onto over also more most some such each after "
    "before about again being other only under until very your ours does doing because".split()
)


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """A name without case, accents, articles, possessive marks and punctuation; dotted initials are one word.

    `name_key("The Ministry of Défense's") == "ministry defense"`, `name_key("the U.S. Army") == "us army"`,
    `name_key("J.R.Tamm") == name_key("JR Tamm")`.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("’", "'")
    plain = re.sub(r"'s\b|'(?=\s|$)", "", plain)
    plain = INITIALS.sub(joined_initials, plain)
    tokens = re.findall(r"[^\W_]+", plain)
    kept = [t for t in tokens if t not in DROPPED]
    return " ".join(kept or tokens)


def joined_initials(found: re.Match[str]) -> str:
    """Dotted initials as one word, apart from the name that may follow without a blank."""
    letters = "".join(c for c in found[0] if c.isalpha())
    return f"{letters} " if found.string[found.end() : found.end() + 1].isalpha() else letters


def same_name(one: str, other: str) -> bool:
    """True for equal keys, or where every word of the shorter name stands in the longer."""
    a, b = name_key(one), name_key(other)
    if not a or not b:
        return False
    if a == b:
        return True
    x, y = set(a.split()), set(b.split())
    small, large = (x, y) if len(x) <= len(y) else (y, x)
    return small <= large and (len(small) > 1 or len(max(small, key=len)) > SHORTEST)


def telling_words(text: str) -> frozenset[str]:
    """The longer words and the numbers of a text, without case and without plural or past endings."""
    return frozenset(stem(w) for w in WORD.findall(text.casefold()) if len(w) >= SHORTEST or w[0].isdigit())


def stem(word: str) -> str:
    """A word's beginning, alike for its forms: `killed`, `killing` and `kills` all give `kill`."""
    for ending in ("ings", "ing", "ied", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words in common (Jaccard), 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0


@lru_cache(maxsize=65536)
def tagged(tag: str, *parts: str | None) -> str:
    """A content id: the tag and 16 hex digits of the SHA-256 over the parts as canonical JSON."""
    text = CANONICAL(parts)
    return tag + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
