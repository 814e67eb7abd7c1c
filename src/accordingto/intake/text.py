"""Plain text: one report, or several one after the other."""

from __future__ import annotations

import hashlib

from accordingto.errors import ReportError
from accordingto.intake.bundles import split as bundle
from accordingto.intake.decoding import to_text
from accordingto.intake.report import Known, RawReport

LONGEST = 200_000  # characters of one report, some 33,000 words; a bundle may be longer


def split(data: bytes, name: str, known: Known) -> list[RawReport | ReportError]:
    """The reports of a text file.

    Raises:
        ReportError: where the file as a whole can't be read as text.
    """
    text = to_text(data, name, declared=known.charset)
    pieces = bundle(text)
    digest = hashlib.sha256(data).hexdigest()
    out: list[RawReport | ReportError] = []
    for number, (start, end, headline) in enumerate(pieces, 1):
        own = name if len(pieces) == 1 else f"{name}#{number}"
        body = text[start:end].strip("\n") if len(pieces) > 1 else text
        out.append(limited(own, body, data, digest, known, headline or None))
    return out


def limited(
    name: str, text: str, data: bytes, digest: str, known: Known, headline: bool | None
) -> RawReport | ReportError:
    """A report, or the reason why it is too long to be one."""
    if len(text) > LONGEST:
        return ReportError(
            name,
            f"{len(text):,} characters are more than one report has (at most {LONGEST:,}); "
            "split the file, or part its reports by lines of ***.",
        )
    return RawReport(
        name,
        text,
        data,
        "text/plain",
        published=known.published,
        outlet=known.outlet,
        headline_first=headline,
        digest=digest,
    )
