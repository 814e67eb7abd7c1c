"""What counts and units of time expressions mean, by the table of their words."""

from __future__ import annotations

import re

from accordingto.reading.tokens import lowered


def number(m: re.Match[str], words: dict[str, dict[str, str]]) -> str:
    """A count as digits, or X where it is vague."""
    text = lowered(m.groupdict().get("n") or "").replace(",", "")
    plain = text.replace("½", "").removesuffix(" hundred")
    count = words["number"].get(plain or "0", plain or "0")
    if not re.fullmatch(r"\d+(?:\.\d+)?", count):
        return "X"
    half = 0.5 * bool("½" in text or m.groupdict().get("half_more"))
    return f"{float(count) * (100 if plain != text and text.endswith('hundred') else 1) + half:g}"


def unit_of(name: str, words: dict[str, dict[str, str]]) -> str:
    """A unit's code from its singular or plural."""
    low = lowered(name)
    return words["unit"].get(low) or words["unit"].get({"centuries": "century"}.get(low, low[:-1]), "D")
