"""What nobody sees of a text: soft hyphens and zero-width spaces, carriage returns before line ends, of which kind a blank or a line end is,
which way round quotation marks stand, and that one is typed as two (``We will go,'' she said).

It is left out of what is read, and kept in what a record quotes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from accordingto.reading.singlemarks import with_double_marks
from accordingto.spans import Range

JOINERS = "\u200c\u200d"
HIDDEN = "".join(  # Unicode's format characters, but for those that are part of a letter or an emoji
    map(
        chr,
        (0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF),
    )
)
WRITTEN_WITH_JOINERS = r"\u0590-\u061b\u061d-\u180d\u180f-\u1dff\u2190-\ufefe\uff00-\U0010ffff"
INVISIBLE = re.compile(rf"[{HIDDEN}]|(?<![{WRITTEN_WITH_JOINERS}])[{JOINERS}]|\r(?=\n)")
BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
ENDS = "\r\u2028\u2029"  # of lines and paragraphs
BEGINNING_WITH_OPENING = re.compile(r"(?<!\S)“(?=\w)")
BEGINNING_WITH_CLOSING = re.compile(r"(?<!\S)”(?=\w)")
ENDING_WITH_OPENING = re.compile(r"(?<=[\w.,!?])“(?!\w)")
PAIR = re.compile(  # quotation marks typed as two: the first of those that open and the last of those that close is read
    r"(?:(?<=^)|(?<=[\s(\[“\"—–-]))(?P<opens>(?:``|''|‘‘)(?=[^\s`]))|(?P<closes>(?:''|’’)(?!['’]))(?<!\d'')"
)
PAIRS = ("``", "''", "‘‘", "’’")
TURNED = str.maketrans("“”", "”“")
PLAIN = str.maketrans(BLANKS + ENDS, " " * len(BLANKS) + "\n" * len(ENDS))


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as it is seen, with the way from and to the text as given; `left_out` are offsets there, ascending."""

    text: str
    left_out: tuple[int, ...] = ()

    def of_given(self, at: Range) -> Range:
        """A stretch of the text as given as one of the text as seen; empty where nothing of it is seen."""
        start, end = (offset - bisect_left(self.left_out, offset) for offset in at)
        return Range(start, end)

    def as_given(self, at: Range) -> Range:
        """A stretch of the text as seen as one of the text as given, without what is not seen at its edges."""
        if not self.left_out:
            return at
        start = self._place(at.start)
        return Range(start, self._place(at.end - 1) + 1 if at.end > at.start else start)

    def _place(self, seen: int) -> int:
        """Where a character that is seen stands in the text as given."""
        return seen + bisect_right(range(len(self.left_out)), seen, key=lambda k: self.left_out[k] - k)


def seen(text: str) -> Seen:
    """A text without the characters that nobody sees, with plain blanks and line ends alone."""
    doubled = any(pair in text for pair in PAIRS)
    if text.isascii() and "\r" not in text and not doubled:
        return Seen(with_double_marks(text))
    left_out: tuple[int, ...] = ()
    if "\r\n" in text or any(c in text for c in HIDDEN + JOINERS):
        left_out = tuple(m.start() for m in INVISIBLE.finditer(text))
        text = INVISIBLE.sub("", text)
    text = text.translate(PLAIN) if any(c in text for c in BLANKS + ENDS) else text
    text = text.translate(TURNED) if reversed_marks(text) else text
    shown = with_whole_marks(Seen(text, left_out)) if doubled else Seen(text, left_out)
    return Seen(with_double_marks(shown.text), shown.left_out)


def with_whole_marks(shown: Seen) -> Seen:
    """A text whose quotation marks that are typed as two are read as one, where any of them opens a quotation."""
    pairs = list(PAIR.finditer(shown.text))
    if not any(m["opens"] for m in pairs):
        return shown
    text = PAIR.sub(lambda m: "“" if m["opens"] else "”", shown.text)
    second = (
        shown.as_given(Range(at, at + 1)).start for at in (m.start() + (not m["closes"]) for m in pairs)
    )
    return Seen(text, tuple(sorted({*shown.left_out, *second})))


def reversed_marks(text: str) -> bool:
    """Whether a text opens quotations with the mark that closes them elsewhere: ”We will go,“ she said."""
    opens, closes = (
        len(pattern.findall(text)) for pattern in (BEGINNING_WITH_OPENING, BEGINNING_WITH_CLOSING)
    )
    return closes > opens and len(ENDING_WITH_OPENING.findall(text)) > 0
