"""Paths, folders, globs and standard input to reports."""

from __future__ import annotations

import glob
import os
import re
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from accordingto import hooks
from accordingto.errors import AccordingToError, ReportError
from accordingto.intake.report import Known, Notes, RawReport, checked

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
}
NOT_REPORTS = frozenset({"readme.md", "readme.txt", "license.txt"})
BROKEN = "this link leads nowhere; correct it or take it away."
MOST_BYTES = 100_000_000
JSON = re.compile(rb"(?:\[\s*)?\{")  # an object, or a list of them


def load(
    paths: Iterable[str | Path],
    *,
    known: Known = Known(),
    format: str | None = None,
    max_bytes: int = MOST_BYTES,
) -> Iterator[RawReport | ReportError]:
    """All reports at `paths`, in order: files, folders (with all below them), globs, `-`.

    What can't be read comes out as a `ReportError`; the run goes on. In a folder, which may be a link, files whose suffix no
    intake knows, hidden files and read-me files are passed over; a file that is named is always read.
    """
    for path in paths:
        if str(path) == "-":
            data = sys.stdin.buffer.read(max_bytes + 1) if sys.stdin else None
            if data is None:
                yield ReportError("-", "standard input is closed; name a file, or send a report in.")
            elif len(data) > max_bytes:
                yield ReportError("-", f"more bytes came in than max_bytes ({max_bytes:,}); split the input.")
            else:
                yield from from_bytes(data, "-", known=known, format=format)
            continue
        try:
            found = {str(f): f for f in files(str(path), known.notes)}
        except OSError as error:
            yield ReportError(written(path), f"it can't be looked up ({error.strerror}).")
            continue
        if not found:
            yield ReportError(written(path), why_nothing(str(path)))
        for file in found.values():
            if isinstance(file, ReportError):
                yield file
            else:
                yield from from_file(file, known=known, format=format, max_bytes=max_bytes)


def files(path: str, notes: Notes | None = None) -> Iterator[Path | ReportError]:
    """The files that one path, folder or glob stands for, and what of it can't be looked into.

    What a folder holds besides is counted in `notes`.
    `**` gives those below a folder more than once.
    """
    here = Path(path)
    if here.is_file() or here.is_fifo() or here.is_char_device():
        yield here
    elif here.is_dir():
        yield from below(here, notes)
    elif glob.has_magic(path):
        for match in sorted(glob.glob(path, recursive=True)):
            if os.path.isfile(match) or os.path.isdir(match) or is_broken(match):
                yield from files(match, notes)
    elif is_broken(path):
        yield ReportError(written(path), BROKEN)


def inputs(paths: Iterable[str]) -> Iterator[Path]:
    """The files that `load` would open for some paths; what can't be looked up gives none."""
    for path in paths:
        try:
            yield from (f for f in files(path) if isinstance(f, Path))
        except OSError:
            continue


def why_nothing(path: str) -> str:
    """Why a path or a pattern gives no file."""
    if Path(path).is_dir() or glob.glob(path):
        return (
            f"there is no report in it ({', '.join(SUFFIXES)}); name a file to read it whatever its suffix."
        )
    return "nothing is there; check the path or the pattern."


def is_broken(path: str) -> bool:
    """Whether a path is a link that leads nowhere."""
    return os.path.islink(path) and not os.path.exists(path)


def below(folder: Path, notes: Notes | None = None) -> list[Path | ReportError]:
    """The report files of a folder and of the folders in it, by name, with what can't be looked into in its place.

    A folder that several links lead to is read once, where it can be under its own name.
    """
    found: dict[Path, Path | ReportError] = {}
    visited: set[tuple[int, int]] = set()
    waiting, linked = deque([folder]), deque[Path]()
    while waiting or linked:
        here = waiting.popleft() if waiting else linked.popleft()
        try:
            place = here.stat()
            if (place.st_dev, place.st_ino) in visited:
                continue
            visited.add((place.st_dev, place.st_ino))
            with os.scandir(here) as entries:
                inside = [here / e.name for e in entries if not e.name.startswith(".")]
        except OSError as error:
            found[here] = ReportError(written(here), f"this folder can't be looked into ({error.strerror}).")
            continue
        for path in inside:
            if os.path.isdir(path):
                (linked if path.is_symlink() else waiting).append(path)
            elif is_broken(str(path)) and (not path.suffix or is_report(path)):
                found[path] = ReportError(written(path), BROKEN)
            elif is_report(path) and os.path.isfile(path):
                found[path] = path
            elif notes and os.path.isfile(path) and path.name.lower() not in NOT_REPORTS:
                notes.passed_over[path.suffix.lower()] += 1
    return [found[path] for path in sorted(found)]


def is_report(file: Path) -> bool:
    """Whether a file in a folder is taken for a report, by its name."""
    return file.suffix.lower() in SUFFIXES and file.name.lower() not in NOT_REPORTS


def from_file(
    file: Path, *, known: Known = Known(), format: str | None = None, max_bytes: int = MOST_BYTES
) -> list[RawReport | ReportError]:
    """The reports of one file."""
    name = written(file)
    try:
        if (size := file.stat().st_size) > max_bytes:
            return [
                ReportError(name, f"{size:,} bytes are more than max_bytes ({max_bytes:,}); split the file.")
            ]
        with file.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except OSError as error:
        return [ReportError(name, f"it can't be opened ({error.strerror}).")]
    if len(data) > max_bytes:  # of a pipe, whose size nobody knows before
        return [ReportError(name, f"more bytes came in than max_bytes ({max_bytes:,}); split the input.")]
    return from_bytes(data, name, known=known, format=format or SUFFIXES.get(file.suffix.lower()))


def written(path: str | Path) -> str:
    """A path as a name that can be written: "�" for each byte that is no UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def from_bytes(
    data: bytes, name: str, *, known: Known = Known(), format: str | None = None
) -> list[RawReport | ReportError]:
    """The reports of a file's bytes; without `format` it is told from the first bytes.

    What an intake gives that is no report, and an intake that breaks, is a failure of this file.

    Raises:
        UserError: where no intake has the name `format`.
        FatalError: where the intake of that name can't be loaded.
    """
    kind = format or guess(data)
    make = hooks.load(hooks.INTAKES, kind)
    found: list[RawReport | ReportError] = []
    try:
        given = make(data, name, known)
        for one in [given] if isinstance(given, str | bytes) else given:
            found.append(checked(one, name))
    except ReportError as error:
        found.append(checked(error, name))
    except AccordingToError:
        raise
    except Exception as error:
        told = ReportError(
            name,
            f"the intake {kind!r} failed ({type(error).__name__}: {error}); mend what provides it, or read the file as another kind.",
        )
        found.append(checked(told, name))
    return found or [ReportError(name, "there is no report in it.")]


def guess(data: bytes) -> str:
    """`html`, `jsonl` or `text`, from how the bytes begin."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<article")):
        return "html"
    return "jsonl" if JSON.match(head) else "text"
