"""Our own annotated event snippets (`training/events/*.txt`, see `FORMAT.md` there) as training documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from accordingto.vocabularies import event_types
from training.corpora import Doc, Participant, Trigger, base_doc, to_words

FACTUALITY = tuple("occurred claimed denied planned possible negated conditional ongoing".split())
PARTS = tuple("actor target recipient instrument place time killed wounded".split())
PART_TAGS = ("O", *(f"{p}-{r}" for r in PARTS for p in "BI"))
TYPES = ("O", *(t.code for t in event_types()))
FOLDER = Path(__file__).parent / "events"
OPEN = re.compile(r"\[(\d+)(?::(\w+)\.(\w+)|=):|\{((?:\d+\.\w+\+?)+):")


class Malformed(ValueError):
    """A snippet that can't be read; the message says where and why."""


def unmarked(line: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The bare text of a snippet and its marks as (opening, start, end) in it."""
    text, marks, stack = "", list[tuple[str, int, int]](), list[tuple[str, str, int]]()
    i = 0
    while i < len(line):
        if m := OPEN.match(line, i):
            stack.append((m.group(), "]" if line[i] == "[" else "}", len(text)))
            i = m.end()
        elif line.startswith(" // ", i):
            text, i = text + "\n\n", i + 4
        elif stack and line[i] == stack[-1][1]:
            opening, _, start = stack.pop()
            marks.append((opening, start, len(text)))
            i += 1
        elif line[i] in "[]{}":
            raise Malformed(f"stray {line[i]!r} at character {i}")
        else:
            text += line[i]
            i += 1
    if stack:
        raise Malformed(f"not closed: {stack[-1][0]!r}")
    return text, marks


def snippet(id: str, line: str, tokenizer: Tokenizer) -> Doc:
    """One snippet as a document.

    Raises:
        Malformed: where brackets, types, factualities, roles or numbers are wrong.
    """
    text, marks = unmarked(line)
    doc = base_doc(id, text, tokenizer)
    mark(doc, marks)
    return doc


def mark(doc: Doc, marks: Sequence[tuple[str, int, int]]) -> None:
    """Give a document the events of its marks: (opening, start, end) in characters of its text.

    Raises:
        Malformed: where types, factualities, roles or numbers are wrong.
    """
    triggers: list[Trigger] = []
    types: dict[int, int] = {}
    for opening, start, end in marks:
        m = OPEN.match(opening)
        at = to_words(doc.words, start, end)
        if m is None or at is None:
            raise Malformed(f"empty mark {opening!r}")
        if m.group(2):
            if m.group(2) not in TYPES or m.group(3) not in FACTUALITY:
                raise Malformed(f"unknown type or factuality: {opening!r}")
            types[int(m.group(1))] = TYPES.index(m.group(2))
            triggers.append(
                Trigger(at, TYPES.index(m.group(2)), FACTUALITY.index(m.group(3)), int(m.group(1)))
            )
        elif m.group(1):
            triggers.append(Trigger(at, -1, None, int(m.group(1))))
        else:
            for part in m.group(4).strip("+").split("+"):
                event, role = part.split(".")
                if role not in PARTS:
                    raise Malformed(f"unknown role: {opening!r}")
                doc.participants.append(Participant(int(event), PARTS.index(role), at))
    for event in {t.event for t in triggers} | {p.event for p in doc.participants}:
        if event not in types:
            raise Malformed(f"event {event} has no full mention")
    doc.triggers = sorted(
        (t if t.type > 0 else Trigger(t.at, types[t.event], None, t.event) for t in triggers),
        key=lambda t: t.at,
    )


def lines(folder: Path = FOLDER) -> Iterator[tuple[str, str]]:
    """The snippets as they are written, each with its id: file and line."""
    for file in sorted(folder.glob("*.txt")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                yield f"{file.stem}{number}", line.strip()


def load(tokenizer: Tokenizer, *, folder: Path = FOLDER) -> tuple[list[Doc], list[str]]:
    """All snippets, and the complaints about those that can't be read."""
    docs, complaints = [], []
    for id, line in lines(folder):
        try:
            docs.append(snippet(id, line, tokenizer))
        except Malformed as error:
            complaints.append(f"{id}: {error}")
    return docs, complaints


def parts(docs: Sequence[Doc]) -> tuple[list[Doc], list[Doc]]:
    """Nine tenths to train on, every tenth to measure with."""
    return [d for i, d in enumerate(docs) if i % 10], [d for i, d in enumerate(docs) if not i % 10]


def type_row(doc: Doc) -> np.ndarray:
    """Each word's event type, 0 where it is no trigger."""
    out = np.zeros(len(doc.words), np.int64)
    for t in doc.triggers or ():
        out[t.at.start : t.at.end] = t.type
    return out
