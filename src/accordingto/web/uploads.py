"""Uploaded files → named bytes; zip files are opened within bounds, whatever their headers say."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from accordingto.errors import ReportError
from accordingto.intake.sources import NOT_REPORTS, SUFFIXES

PIECE = 65536
RATIO = 200  # times that a file in a zip may grow; text grows some 3 to 20 times
UNPACKED = 4  # times the size limit of an upload that its zip files may unpack to


@dataclass(frozen=True, slots=True)
class File:
    """One file to read."""

    name: str
    data: bytes


def opened(name: str, data: bytes, *, most_bytes: int, most_files: int) -> Iterator[File | ReportError]:
    """The files of one upload: itself, or what a zip holds.

    Bounds: `most_files`; unpacked bytes; growth. What goes beyond ends the zip with its reason.
    """
    name = plain_name(name)
    if not zipfile.is_zipfile(io.BytesIO(data)):
        yield File(name, data)
        return
    left = most_bytes * UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            infos = [i for i in held.infolist() if wanted(i)]
            if len(held.infolist()) > 20 * most_files or len(infos) > most_files:
                yield ReportError(name, f"it holds more than {most_files} reports; send fewer at once.")
                return
            for info in infos:
                inner = plain_name(info.filename)
                if info.flag_bits & 1:
                    yield ReportError(inner, "it is locked with a password; send it unlocked.")
                    continue
                most = min(left, most_bytes, max(info.compress_size, 1024) * RATIO)
                found = bounded(held, info, most)
                if found is None:
                    yield ReportError(
                        inner, "it unpacks to far more than was sent; nothing after it was read."
                    )
                    return
                left -= len(found)
                yield File(inner, found)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, OSError, RuntimeError) as error:
        yield ReportError(name, f"this zip can't be opened ({error}).")


def wanted(info: zipfile.ZipInfo) -> bool:
    """True for a report's file: a known suffix, not hidden, not a read-me, no folder."""
    path = PurePosixPath(info.filename.replace("\\", "/"))
    hidden = any(p.startswith((".", "__MACOSX")) for p in path.parts if p not in ("..", "."))
    return (
        not info.is_dir()
        and not hidden
        and path.suffix.lower() in SUFFIXES
        and path.name.lower() not in NOT_REPORTS
    )


def bounded(held: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes | None:
    """A file's bytes; None where there are more than `most`."""
    out = bytearray()
    with held.open(info) as stream:
        while piece := stream.read(PIECE):
            out += piece
            if len(out) > most:
                return None
    return bytes(out)


def plain_name(name: str) -> str:
    """A file's name for lists: its last folders, without what steers terminals or databases."""
    parts = [p for p in name.replace("\\", "/").split("/") if p not in ("", ".", "..")]
    kept = "/".join(parts[-4:]).encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else "�" for c in kept)[:200] or "unnamed"
