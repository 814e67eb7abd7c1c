"""Where a command writes: standard output, a device, or a file that stands whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from accordingto.errors import UserError

DEVICES = ("/dev/", "/proc/")


@contextmanager
def written(output: Path | None) -> Iterator[TextIO]:
    """The stream to write to: standard output, which stays open, or the file of that name.

    A file is written beside itself and takes its name when all is there, so that a run that is stopped or finds the disk full leaves
    the old one.

    Raises:
        UserError: where the file can't be written.
    """
    if output is None or is_standard_output(output):
        yield sys.stdout
        return
    try:
        if is_plain(output):
            with replaced(output.resolve()) as stream:
                yield stream
        else:
            with output.open("w", encoding="utf-8", newline="") as stream:
                yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UserError(f"{output} can't be written ({error.strerror}); choose another file.") from None


def keep_apart(output: Path | None, files: Iterable[str | Path], what: str) -> None:
    """Let an output not be one of some files, under whatever name; `what` says what these are ("the ledger itself").

    Raises:
        UserError: where it is.
    """
    if output is None or not is_plain(output):
        return
    if any(is_same(output, Path(file)) for file in files):
        raise UserError(f"{output} is {what}, which would be lost; write the output to another file.")


def keep_apart_from_input(output: Path | None) -> None:
    """Let an output not be the file that standard input is taken from.

    Raises:
        UserError: where it is.
    """
    with suppress(OSError, ValueError):
        if (
            output
            and sys.stdin
            and is_plain(output)
            and os.path.samestat(output.stat(), os.fstat(sys.stdin.fileno()))
        ):
            raise UserError(
                f"{output} is what is read, which would be lost; write the output to another file."
            )


def is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, or would."""
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()


def is_plain(output: Path) -> bool:
    """Whether it is a file, or will be one; a device or a pipe is written to as it is."""
    return not os.path.abspath(output).startswith(DEVICES) and (output.is_file() or not output.exists())


def is_standard_output(output: Path) -> bool:
    """Whether it is what standard output goes to, as `/dev/stdout` is."""
    try:
        return os.path.samestat(output.stat(), os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError):
        return False


@contextmanager
def replaced(target: Path) -> Iterator[TextIO]:
    """A new file that takes the name of `target` at the end, with its rights; what goes wrong leaves the old one."""
    there = target.exists()
    if there and not os.access(target, os.W_OK):
        raise PermissionError(13, "Permission denied")
    part = target.with_name(f".accordingto-{secrets.token_hex(6)}.part")
    try:
        stream = part.open("x", encoding="utf-8", newline="")
    except PermissionError:
        if not there:
            raise
        with target.open("w", encoding="utf-8", newline="") as stream:  # in a folder that takes no new file
            yield stream
        return
    try:
        with stream:
            yield stream
        if there:
            shutil.copymode(target, part)
            with suppress(OSError, AttributeError):
                os.chown(part, target.stat().st_uid, target.stat().st_gid)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
