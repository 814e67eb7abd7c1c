"""A record as pages show it: who, act, words and parts, joined and ready to print."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accordingto.record import Act, Claim, PartKind, Record, SourceKind

ACT_WORDS = {
    Act.ASSERT: ("says", "·"),
    Act.CONFIRM: ("confirms", "✓"),
    Act.DENY: ("denies", "✗"),
    Act.DECLINE: ("declines", "⊘"),
    Act.SILENT: ("leaves unsaid", "∅"),
    Act.UNCERTAIN: ("can’t tell", "?"),
    Act.ACCUSE: ("accuses", "☞"),
    Act.WARN: ("warns", "!"),
    Act.PROMISE: ("promises", "→"),
    Act.REQUEST: ("asks for", "↗"),
    Act.REFUSE: ("refuses", "⊗"),
    Act.ESTIMATE: ("estimates", "≈"),
    Act.ANNOUNCE: ("announces", "»"),
    Act.OPINE: ("holds", "~"),
    Act.ASK: ("asks", "¿"),
}
SAYS_NOT = (
    "says not",
    "✗",
)  # of who denies by a negated content, “said that no one had died”: “denies that no one …” would be its opposite
DENYING = re.compile(
    r"\b(?:den(?:y|ie|ial)|disput|dismiss|reject|refut|rebut|contradict|contest|disavow|disown|repudiat|disagree|differ|belie|debunk|negat|recant|"
    r"retract|rubbish|trash|discount|denounc|rul\w* out)",
    re.I,
)
NEGATED = re.compile(r"\b(?:no|not|never|nor|neither|none|nothing|nobody|cannot|without)\b|n['’]t\b", re.I)
STANDING_OUT = frozenset({Act.DENY, Act.DECLINE, Act.SILENT, Act.UNCERTAIN, Act.REFUSE})
ASIDE = {
    PartKind.EDITOR_NOTE: "house note",
    PartKind.BYLINE: "credit",
    PartKind.BOILERPLATE: "not part of the report",
    PartKind.CAPTION: "caption",
    PartKind.DATELINE: "dateline",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One claim, ready to show; `depth` counts the claims that it stands in."""

    id: str
    claim: Claim
    who: str
    about_who: str | None
    kind: SourceKind
    anonymous: bool
    reason: str | None
    act_word: str
    act_sign: str
    stands_out: bool
    words: str
    depth: int
    parent: str | None
    said: str | None


@dataclass(frozen=True, slots=True)
class Aside:
    """A part of the report that is no evidence."""

    label: str
    text: str


def cards(record: Record) -> list[Card]:
    """The claims of a record, each after the claim that it stands in."""
    sources = {s.id: s for s in record.sources}
    entities = {e.id: e for e in record.entities}
    children: dict[str | None, list[Claim]] = {}
    known = {c.id for c in record.claims}
    for c in record.claims:
        children.setdefault(c.parent if c.parent in known else None, []).append(c)
    out: list[Card] = []

    def visit(claim: Claim, depth: int) -> None:
        source = sources[claim.source]
        entity = entities.get(source.entity or "")
        word, sign = deed(claim)
        about = entity.description if entity else None
        if about is None and entity and entity.affiliation:
            about = entities[entity.affiliation].name
        said = [claim.said_on.value if claim.said_on else None, claim.medium]
        out.append(
            Card(
                id=claim.id,
                claim=claim,
                who=(entity.name if entity else None) or source.description or "no one named",
                about_who=about,
                kind=source.kind,
                anonymous=source.kind is SourceKind.ANONYMOUS,
                reason=source.anonymity_reason.text if source.anonymity_reason else None,
                act_word=word,
                act_sign=sign,
                stands_out=claim.act in STANDING_OUT,
                words=words(claim),
                depth=depth,
                parent=claim.parent,
                said=", ".join(s for s in said if s) or None,
            )
        )
        for child in children.get(claim.id, []):
            visit(child, depth + 1)

    for c in children.get(None, []):
        visit(c, 0)
    return out


def deed(claim: Claim) -> tuple[str, str]:
    """What a speaker does by speaking, in words, and its sign."""
    cue = claim.cue.text if claim.cue else ""
    if (
        claim.act is Act.DENY
        and not DENYING.search(cue)
        and any(NEGATED.search(c.text) for c in claim.content)
    ):
        return SAYS_NOT
    return ACT_WORDS[claim.act]


def words(claim: Claim) -> str:
    """The content in one line, in quotation marks where it is direct."""
    text = " … ".join(" ".join(c.text.split()) for c in claim.content)
    return f"“{text}”" if claim.quotation == "direct" else text


def asides(record: Record) -> list[Aside]:
    """The parts set apart: notes, credits, captions, datelines."""
    text = record.document.text
    return [
        Aside(ASIDE[p.kind], " ".join(text[p.start : p.end].split()))
        for p in record.document.parts
        if p.kind in ASIDE
    ]


def heading(record: Record) -> str:
    """The report's headline, or its first words."""
    d = record.document
    if d.title:
        return d.title
    told = (d.text[p.start : p.end] for p in d.parts if p.kind in (PartKind.HEADLINE, PartKind.BODY))
    body = " ".join((next(told, "") or d.text).split())
    return body if len(body) <= 70 else body[:67].rsplit(" ", 1)[0] + " …"
