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


class Room:
    """What one upload may still hold, all its files together: files, and bytes that its zip files unpack to."""

    def __init__(self, most_bytes: int, most_files: int) -> None:
        self.most_bytes, self.most_files = most_bytes, most_files
        self.bytes, self.files = most_bytes * UNPACKED, most_files


def opened(name: str, data: bytes, room: Room) -> Iterator[File | ReportError]:
    """One uploaded file: itself, or what a zip holds; a file named as a report is no zip, whatever it ends in.

    Bounds: files and unpacked bytes, those of the whole upload; growth. What goes beyond ends the zip with its reason.
    """
    name = plain_name(name)
    most_bytes, most_files = room.most_bytes, room.most_files
    if PurePosixPath(name).suffix.lower() in SUFFIXES or not zipfile.is_zipfile(io.BytesIO(data)):
        room.files -= 1
        yield File(name, data) if room.files >= 0 else ReportError(name, too_many(most_files))
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            infos = [i for i in held.infolist() if wanted(i)]
            if len(held.infolist()) > 20 * most_files or len(infos) > room.files:
                yield ReportError(name, too_many(most_files))
                return
            if not infos:
                yield ReportError(name, f"there is no report in it, no file named {', '.join(SUFFIXES)}.")
                return
            room.files -= len(infos)
            for info in infos:
                inner = plain_name(info.filename)
                if info.flag_bits & 1:
                    yield ReportError(inner, "it is locked with a password; send it unlocked.")
                    continue
                most = min(room.bytes, most_bytes, max(info.compress_size, 1024) * RATIO)
                found = bounded(held, info, most)
                if found is None:
                    yield ReportError(
                        inner, "it unpacks to far more than was sent; nothing after it was read."
                    )
                    return
                room.bytes -= len(found)
                yield File(inner, found)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, OSError, RuntimeError) as error:
        yield ReportError(name, f"this zip can't be opened ({error}).")


def too_many(most_files: int) -> str:
    """What is said of an upload with too many files."""
    return f"the upload holds more than {most_files} reports; send fewer at once."


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
