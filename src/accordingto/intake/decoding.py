"""Bytes to text: encodings, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from accordingto.errors import ReportError

MAGIC = (
    (b"%PDF", "a PDF file; save its text first"),
    (b"PK\x03\x04", "a zip archive or office document; save it as text first"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document; save it as text first"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as text first"),
    (b"SQLite format 3", "a SQLite database; give the reports, not the ledger"),
)
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
HEADERS = re.compile(  # what a mail or web archive begins with, down to a line that tells its kind
    rb"(?:\xef\xbb\xbf)?(?:From [^\n]*\n)?(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){0,60}?(?:MIME-Version:[ \t]*1|Content-Type:[ \t]*(?:multipart/|message/))",
    re.I,
)
GUESSED = 200_000  # bytes that a guess of the encoding looks at
SOUND = 3  # characters beyond ASCII that outweigh one bad byte
PAGES = re.compile(r"iso8859|cp125|cp8|koi8|mac|gb|big5|euc|shift_jis|cp932|cp949|tis")
WIDER = {  # what a page means by a name (WHATWG, Encoding Standard), in Python's names
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}


EMPTY = "the file is empty; nothing to read."
MAIL = "this is a saved web archive or mail; save it as HTML or text."
WIDE = "this text is in UTF-16 or UTF-32 and does not say so; save it as UTF-8."
BINARY = "this is a binary file, not a text; give text, HTML or JSON Lines."


def to_text(data: bytes, name: str, *, declared: str | None = None, damaged: bool = False) -> str:
    """The text of a file, line ends made `\\n`.

    By byte order mark, else UTF-8 (a bad byte becomes � where it stands among sound characters), else the
    `declared` encoding, else Windows-1252 where accents are few, else what charset-normalizer finds likeliest.
    `damaged`: NUL characters may stand in it, for whoever looks at each line by itself.

    Raises:
        ReportError: where the file is empty, binary, or in no encoding that makes sense.
    """
    if not data.strip():
        raise ReportError(name, EMPTY)
    for magic, what in MAGIC:
        if data.startswith(magic):
            kind, _, hint = what.partition("; ")
            raise ReportError(name, f"this is {kind}, not a text{f'; {hint}' if hint else ''}.")
    if HEADERS.match(data):
        raise ReportError(name, MAIL)
    if is_wide(data):
        raise ReportError(name, WIDE)
    text = decoded(data, name, declared, damaged)
    if "\x00" in text and not (damaged and text.replace("\x00", "").strip()):
        raise ReportError(name, BINARY)
    if not text.strip():
        raise ReportError(name, EMPTY)
    harmless = "\t\n\r\f\x1b\x00" if damaged else "\t\n\r\f\x1b"
    odd = sum(1 for c in text[:4000] if ord(c) < 32 and c not in harmless)
    if odd > 0.02 * len(text[:4000]):
        raise ReportError(name, "this looks like a binary file, not a text; give text, HTML or JSON Lines.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def evened(data: bytes, name: str) -> bytes:
    """Lines as UTF-8, where some are and some are in another encoding, as in files joined to one; else `data` itself.

    Raises:
        ReportError: where the other encoding can't be told.
    """
    if data.startswith(UTF_16) or is_utf8(data):
        return data
    lines = data.split(b"\n")
    sound = [line.isascii() or is_utf8(line) for line in lines]
    if not any(good and not line.isascii() for good, line in zip(sound, lines, strict=True)):
        return data
    others = [line for good, line in zip(sound, lines, strict=True) if not good]
    known = [mended(line, "utf-8") for line in others]
    rest = iter(
        decoded(
            b"\n".join(x for x, k in zip(others, known, strict=True) if k is None), name, None, True
        ).split("\n")
    )
    told = iter([next(rest) if k is None else k for k in known])
    return b"\n".join(line if good else next(told).encode() for good, line in zip(sound, lines, strict=True))


def is_wide(data: bytes) -> bool:
    """Whether bytes are letters of two or four bytes each, mostly Latin ones, without the mark that tells."""
    head = data[:2000]
    if len(head) < 16 or (head.startswith(UTF_16) and not head.startswith(codecs.BOM_UTF32_LE)):
        return False
    empty = [head[lane::4].count(0) / len(head[lane::4]) for lane in range(4)]
    full, zero = [x < 0.1 for x in empty], [x > 0.8 for x in empty]
    two = (full[0] and full[2] and zero[1] and zero[3]) or (zero[0] and zero[2] and full[1] and full[3])
    return two or (sum(zero) == 3 and sum(full) == 1)


def is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 throughout."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def decoded(data: bytes, name: str, declared: str | None, damaged: bool = False) -> str:
    """`data` in the first encoding that fits."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                break
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if b"\x00" in data[:1000] and not damaged:
        raise ReportError(name, BINARY)
    for told in ("utf-8", page_encoding(declared)):
        if told and (text := mended(data, told)) is not None:
            return text
    if sum(b > 127 for b in data[:GUESSED]) < 0.2 * len(data[:GUESSED]):  # few accents: a Western text
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    best = from_bytes(data[:GUESSED]).best()
    if best is None:
        raise ReportError(name, "its encoding can't be told; save it as UTF-8.")
    return data.decode(best.encoding, "replace")


def page_encoding(declared: str | None) -> str | None:
    """The encoding that a page means by the name it declares; None where it is UTF-8 or none of pages."""
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):  # no such encoding, or no name at all
        return None
    return WIDER.get(name, name) if PAGES.match(name) else None


def mended(data: bytes, encoding: str) -> str | None:
    """`data` with � for bad bytes; None where those are not few beside sound characters beyond ASCII."""
    text = data.decode(encoding, "replace")
    bad = text.count("\ufffd")
    sound = len(text) - len(text.encode("ascii", "ignore")) - bad
    return text.removeprefix("\ufeff") if sound >= SOUND * bad else None
