"""A claim as one cites it: who, the words, the report and where in it they stand."""

from __future__ import annotations

from collections.abc import Sequence

from accordingto.record import Claim
from accordingto.spans import Span
from accordingto.web.words import claim_sign, day_words


def citation(
    claim: Claim, *, who: str, words: str, title: str, outlet: str | None, published: str | None
) -> str:
    """One line to paste; words that are not the speaker's own are said to be the report's.

    `Yonas Kebede denies, as reported: “…”. Rift Wire, “…”, 3 March 2031, characters 812–861.`
    """
    told = f"{who} {claim_sign(claim).words}"
    own = claim.quotation == "direct"
    where = ", ".join(
        x
        for x in (outlet, f"“{title}”", day_words(published) if published else "undated", at(claim.content))
        if x
    )
    return f"{told}{': ' if own else ', as reported: '}“{words}”. {where}."


def at(spans: Sequence[Span]) -> str:
    """The character offsets of spans, half-open as in the record."""
    return f"characters {', '.join(f'{s.start}–{s.end}' for s in spans)}" if spans else ""
