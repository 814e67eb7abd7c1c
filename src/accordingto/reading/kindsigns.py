"""What is told of a source's kind by the words of one of its claims, beside the network's numbers: the signs of `kinds`.

The rules of `sourcekinds` read a table of nouns and a phrase's form. Signs are what they say, the noun and the words before it, whether a name stands in the phrase, and
how and by what cue the source is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accordingto.reading.entities import Found
from accordingto.reading.kinds import SOMEBODY
from accordingto.reading.lemmas import endings
from accordingto.reading.sourcekinds import DETERMINERS, head_end
from accordingto.reading.speakers import Speaker
from accordingto.record import EntityKind, Quotation
from accordingto.spans import Range

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
OWNED = re.compile(r"[^\W_]{2}['’]s?\s")
MANY = 12  # signs of a mention's words at most, of each sort


def naming(text: str, mention: Range) -> Range:
    """The part of a mention that names the source, without what follows its noun."""
    return Range(mention.start, mention.start + head_end(text[slice(*mention)]))


def signs(
    text: str,
    speaker: Speaker,
    entities: Sequence[Found],
    mention: Range | None,
    quotation: Quotation,
    cue: str,
) -> list[str]:
    """What is told of a source by one of its claims: `mention` is what it is called there, None where it is elided; `cue` the cue's lemma."""
    entity = entities[speaker.entity] if speaker.entity is not None else None
    return list(dict.fromkeys(_signs(text, speaker, entity, mention, quotation, cue)))


def _signs(
    text: str, speaker: Speaker, entity: Found | None, mention: Range | None, quotation: Quotation, cue: str
) -> Iterator[str]:
    ruled = speaker.kind.value
    yield "always"
    if speaker.somebody:
        yield SOMEBODY
    yield f"rule {ruled}"
    yield f"a {entity.kind.value if entity else 'nameless'}"
    yield f"rule {ruled}, a {entity.kind.value if entity else 'nameless'}"
    yield f"quoted {quotation.value}"
    yield f"rule {ruled}, quoted {quotation.value}"
    yield f"cue {cue}"
    if mention is None:
        yield "elided"
        return
    yield from of_phrase(text[slice(*mention)], "")
    if speaker.description and len(text[slice(*mention)].split()) == 1:
        yield from of_phrase(speaker.description, "meant ")
    if entity is not None and entity.kind is not EntityKind.PERSON:
        yield from (f"name {w}" for w in WORD.findall(entity.name.lower())[:MANY])


def of_phrase(body: str, which: str) -> Iterator[str]:
    """The signs of a phrase: its noun, what stands before it, what follows it."""
    core = WORD.findall(body[: head_end(body)])
    if not core:
        return
    low = [w.lower() for w in core]
    first = low[0] if low[0] in DETERMINERS else "name" if core[0][:1].isupper() else "word"
    if len(core) == 1:
        yield f"{which}single {low[0]}"
    head = low[-1]
    capital = core[-1][:1].isupper()
    yield f"{which}first {first}"
    yield f"{which}head {head}"
    yield from (f"{which}head form {h}" for h in endings(head) if h and h != head)
    yield f"{which}ends {head[-3:]}"
    yield f"{which}ends {head[-2:]}"
    many = head.endswith("s") and not head.endswith("ss")
    yield f"{which}first {first}, {'many' if many else 'one'}"
    if capital:
        yield f"{which}capital head"
    if any(w[:1].isupper() for w in core[1:-1]):
        yield f"{which}name inside"
    if OWNED.search(body):
        yield f"{which}owned"
    if any(c.isdigit() for c in body):
        yield f"{which}number"
    yield from (f"{which}with {w}" for w in low[:-1][-MANY:])
    behind = WORD.findall(body[head_end(body) :].lower())[:3]
    if behind:
        yield f"{which}behind {behind[0]}"
        yield f"{which}first {first}, behind {behind[0]}"
