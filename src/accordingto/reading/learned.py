"""What the network says and the learned numbers that decode it: one type for the scores, one for the numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from accordingto.reading.acts import ClaimHead
from accordingto.reading.kinds import KINDS
from accordingto.reading.pairs import Floats, PairScorer
from accordingto.reading.parsing import ARC, LABEL, TreeScorer, by_part_of_speech
from accordingto.reading.posterior import Crf
from accordingto.reading.roles import RoleScorer
from accordingto.reading.triggers import EventScorer

OUTPUTS = (
    "attribution",
    "inner",
    "names",
    "links",
    "tags",
    "triggers",
    "fillers",
    "wide",
    "claims",
    "places",
    "kinds",
)


@dataclass(frozen=True, slots=True)
class Scores:
    """What the heads say of one document; each array has one row a word.

    `attribution`, `inner` (attributions inside of contents) and `names` are emissions (words, tags) for a linear-chain CRF; `links` the vectors
    (words, 3 * 64) for cue, source, content; `tags` logits: parts of speech, then predicate, mention, sentence end;
    `triggers` logits of event types, then of factualities; `fillers` logits of the parts in
    an incident that MUC-4 asks for (`Decoder.fillers_tags`); `wide` the vectors of trees and pairs (see `parsing` and
    `pairs`); `claims` what a word says of a claim that it stands in (see `acts`); `places` (words, 1) whether
    a name that it stands in is used as a place (see `standing`); `kinds` (words, 6) what kind of source it names (see `kinds`).
    """

    attribution: Floats
    inner: Floats
    names: Floats
    links: Floats
    tags: Floats
    triggers: Floats
    fillers: Floats
    wide: Floats
    claims: Floats
    places: Floats
    kinds: Floats

    @property
    def ends(self) -> Floats:
        """Shape (words,): the logits of a sentence ending after the word."""
        ends: Floats = self.tags[:, -1]
        return ends


@dataclass(frozen=True, slots=True)
class Decoder:
    """The learned numbers and labels that decoding needs beside the scores.

    Tags are BIOES; transitions are (from, to), forbidden ones about -10000. `link_bias` is for source,
    content and no source; `link_distance` is (2, buckets) for source and content; `link_none` (64,);
    `link_weights` (2, features) and `link_none_weights` (2,) are those of the ranker in `linking`.
    """

    attribution_tags: tuple[str, ...]
    attribution_moves: Floats
    attribution_first: Floats
    attribution_last: Floats
    inner_moves: Floats
    inner_first: Floats
    inner_last: Floats
    names_tags: tuple[str, ...]
    names_moves: Floats
    names_first: Floats
    names_last: Floats
    link_bias: Floats
    link_distance: Floats
    link_none: Floats
    link_weights: Floats
    link_none_weights: Floats
    pos_tags: tuple[str, ...]
    relation_tags: tuple[str, ...]
    fillers_tags: tuple[str, ...]
    trees: TreeScorer
    roles: RoleScorer
    coref: PairScorer
    events: EventScorer
    claims_widths: Floats
    claims: ClaimHead | None
    places: Mapping[str, float] | None
    kinds: Mapping[str, Floats] | None

    def attribution(self) -> Crf:
        """The tags of sources, cues and contents."""
        return Crf(
            self.attribution_tags, self.attribution_moves, self.attribution_first, self.attribution_last
        )

    def inner(self) -> Crf:
        """The same inside of contents."""
        return Crf(self.attribution_tags, self.inner_moves, self.inner_first, self.inner_last)

    def names(self) -> Crf:
        """The tags of names."""
        return Crf(self.names_tags, self.names_moves, self.names_first, self.names_last)

    def sizes(self) -> tuple[int, ...]:
        """The width of each of the network's `OUTPUTS`."""
        pairs = (self.roles.pairs, self.coref, self.events.parts, self.events.same)
        return (
            len(self.attribution_tags),
            len(self.attribution_tags),
            len(self.names_tags),
            3 * len(self.link_none),
            len(self.pos_tags) + 3,
            len(self.events.types) + len(self.events.factuality),
            len(self.fillers_tags),
            2 * ARC + 2 * LABEL + 2 * sum(p.size for p in pairs),
            int(self.claims_widths.sum()),
            1,
            len(KINDS),
        )


def load_decoder(path: Path) -> Decoder:
    """The decoder's numbers from the `.npz` file that the exporter wrote.

    Raises:
        KeyError: where the file lacks one of them; an older version wrote it.
    """
    with np.load(path, allow_pickle=False) as data:
        numbers = {k: data[k].astype(np.float32) for k in data.files if not k.endswith("_tags")}
        tags = {k: tuple(str(t) for t in data[k]) for k in data.files if k.endswith("_tags")}
    at = 2 * ARC + 2 * LABEL
    scorers = {}
    for name in ("roles", "coref", "parts", "same"):
        distance = numbers[f"{name}_distance"]
        size = distance.shape[1]
        scorers[name] = PairScorer(at, size, distance, numbers[f"{name}_out"], numbers[f"{name}_bias"])
        at += 2 * size
    trees = TreeScorer(
        weight=numbers["arc_weight"],
        head=numbers["arc_head"],
        root=numbers["arc_root"],
        root_bias=numbers["arc_root_bias"],
        relations=by_part_of_speech(
            *(numbers[f"relation_{k}"] for k in ("weight", "dep", "head", "bias", "usual"))
        ),
    )
    roles = RoleScorer(scorers["roles"], tags["roles_tags"], numbers["roles_habits"])
    events = EventScorer(
        tags["type_tags"],
        tags["factuality_tags"],
        scorers["parts"],
        tags["parts_tags"],
        scorers["same"],
        roles,
    )
    fields = Decoder.__dataclass_fields__
    plain: dict[str, Any] = {f: x for f, x in (numbers | tags).items() if f in fields}
    made = {"trees", "roles", "coref", "events", "claims", "places", "kinds"}  # of several
    if lacking := sorted(fields.keys() - plain.keys() - made):
        raise KeyError(", ".join(lacking))
    return Decoder(
        **plain,
        trees=trees,
        roles=roles,
        coref=scorers["coref"],
        events=events,
        claims=claim_head(numbers, tags),
        places=dict(zip(tags["places_signs_tags"], numbers["places_weights"].tolist(), strict=True))
        if "places_weights" in numbers
        else None,
        kinds=dict(zip(tags["kinds_signs_tags"], numbers["kinds_weights"], strict=True))
        if "kinds_weights" in numbers
        else None,
    )


def claim_head(numbers: dict[str, Floats], tags: dict[str, tuple[str, ...]]) -> ClaimHead | None:
    """The head that judges claims, where it has been fitted."""
    if "claims_out" not in numbers:
        return None
    content, cue, source = (int(n) for n in numbers["claims_widths"])
    rest = ("attention", "mixed", "lexical", "bias", "out", "direct", "out_bias", "absent")
    return ClaimHead(
        tags["claims_tags"],
        tags["claims_signs_tags"],
        (content, cue, source),
        *(numbers[f"claims_{name}"] for name in rest),
    )
