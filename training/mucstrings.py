"""Strings of MUC-4's key: how GRIT compares them, and a noun phrase cut down to what a key would quote."""

from __future__ import annotations

import re
import string

PUNCTUATION = str.maketrans("", "", string.punctuation)
ARTICLES = re.compile(r"\b(a|an|the)\b")
LEAD = re.compile(
    r"(?:the|an?|his|her|its|their|our|this|that|these|those|some|several|about|at least|other|any|two of the|to|"
    r"all|various|approximately|nearly|practically|both|each|much|"
    r"one of the|alleged|suspected|unidentified|presumed)\s+",
    re.I,
)
TAIL = re.compile(
    r"\s*(?:[,;:(\[]|\s--?\s|\s(?:who|whom|whose|which|that|where|when|while|in|at|on|from|near|with|for|to|"
    r"during|after|before|by|located|belonging|against|under|was|were|had|has|is|are)(?:\s|$))",
    re.I,
)


def normal(mention: str) -> str:
    """A mention as GRIT compares it: lower case, no punctuation, no articles."""
    return " ".join(ARTICLES.sub(" ", mention.lower().translate(PUNCTUATION)).split())


def core(phrase: str) -> str:
    """A noun phrase without its determiner and what follows its head, but for "of …"."""
    phrase = " ".join(phrase.split()).strip(" \"'")
    while m := LEAD.match(phrase):
        phrase = phrase[m.end() :]
    m = TAIL.search(phrase, 1) if phrase else None
    return (phrase[: m.start()] if m else phrase).strip(" \"'.")
