"""Lemmas of the words of cues: a table of irregular forms, else English endings tried on known lemmas."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping


def endings(form: str) -> Iterator[str]:
    """Likely lemmas of an inflected form, likeliest first."""
    yield form
    for ending in ("ies", "ied"):
        if form.endswith(ending):
            yield form[:-3] + "y"
    for ending in ("ing", "ed", "es", "s"):
        if form.endswith(ending) and len(form) > len(ending) + 1:
            stem = form[: -len(ending)]
            yield stem
            yield stem + "e"
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


def lemma(form: str, irregular: Mapping[str, str], known: Collection[str]) -> str:
    """The lemma of a lower-case form: the table's, else the first ending-less form that is known."""
    if form in irregular:
        return irregular[form]
    return next((e for e in endings(form) if e in known), form)
