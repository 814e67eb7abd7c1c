"""The loss of every head that has targets in a batch, each summed over its items and divided by the batch's words.

So a word weighs the same whatever stands beside it in the batch; `config.json` weighs the heads.
"""

from __future__ import annotations

import time

import torch
import torch.nn.functional as F
from torch import Tensor

from training import corpora
from training.batches import Chains, Example, LinkTask
from training.labels import ACTS
from training.model import LINK, Network, Pairs
from training.targets import Antecedents, ClaimTask, Further, Tagged, Trees


def quickest() -> torch.dtype:
    """The number type in which this processor multiplies matrices of the encoder's size faster: bf16 or floats.

    Without AMX bf16 has no more arithmetic units than floats have, and without AVX-512's bf16 torch emulates it, a hundred times as slow.
    """
    if not torch.cpu._is_avx512_bf16_supported():
        return torch.float32
    times: dict[torch.dtype, float] = {}
    for kind in (torch.float32, torch.bfloat16) * 2:
        x, w = torch.ones(2048, 384, dtype=kind), torch.ones(384, 1536, dtype=kind)
        begun = time.perf_counter()
        for _ in range(10):
            (x @ w) @ w.T
        times[kind] = time.perf_counter() - begun  # the first round warms up
    return min(times, key=lambda kind: times[kind])


HALF = quickest() == torch.bfloat16
SMOOTH = 0.05  # of acts


def link_loss(net: Network, vectors: Tensor, task: LinkTask) -> list[Tensor]:
    """Cross-entropies of one window: each cue's source, each content's cue."""
    mine = vectors[task.row]
    mean = lambda spans, part: mine[spans][..., part * LINK : part * LINK + LINK].mean(1)  # noqa: E731
    cues, losses = mean(task.cues, 0), []
    here = task.cues[:, 0]
    scores = net.links.no_source(cues)[:, None]
    if len(task.sources):
        distance = task.sources[:, 0][None] - here[:, None]
        scores = torch.cat([net.links.score(cues, mean(task.sources, 1), distance, 0), scores], 1)
    known = task.source_of != corpora.IGNORE
    if known.any():
        losses.append(F.cross_entropy(scores[known], task.source_of[known], reduction="sum"))
    if len(task.contents):
        distance = task.contents[:, 0][None] - here[:, None]
        scores = net.links.score(cues, mean(task.contents, 2), distance, 1)
        losses.append(F.cross_entropy(scores.T, task.cue_of, reduction="sum"))
    return losses


def tree_loss(net: Network, flat: Tensor, trees: Trees) -> Tensor:
    """Heads and relations of whole sentences."""
    arc_dep, arc_head, label_dep, label_head = net.syntax.vectors(flat[trees.at])
    known = trees.heads != corpora.IGNORE
    scores = net.syntax.arcs(arc_dep, arc_head).masked_fill(~known[:, None, :], -1e4)
    arcs = F.cross_entropy(scores[known], trees.heads[known], reduction="sum")
    heads = torch.take_along_dim(label_head, trees.heads.clamp(min=0)[..., None], 1)
    labels = net.syntax.label_scores(label_dep[known], heads[known])
    return arcs + F.cross_entropy(labels, trees.relations[known], reduction="sum")


def tagged_loss(pairs: Pairs, flat: Tensor, task: Tagged) -> Tensor:
    """Cross-entropy of every pair's tag."""
    scores = pairs(flat, task.left, task.right, task.distance)
    return F.cross_entropy(scores, task.tag, reduction="sum")


def antecedent_loss(pairs: Pairs, flat: Tensor, task: Antecedents) -> Tensor:
    """Marginal log-likelihood of the true antecedents; having none scores 0 (Lee et al. 2017)."""
    scores = pairs(flat, task.left, task.right, task.distance)[:, 0]
    top = torch.zeros(task.groups).scatter_reduce(0, task.group, scores.detach(), "amax")
    weights = torch.exp(scores - top[task.group])
    none = torch.exp(-top)
    total = none.scatter_add(0, task.group, weights)
    right = torch.zeros(task.groups).scatter_add(0, task.group, weights * task.gold)
    has = torch.zeros(task.groups).scatter_add(0, task.group, task.gold.float()) > 0
    return (total.log() - torch.where(has, right, none).clamp(min=1e-30).log()).sum()


def claim_loss(net: Network, flat: Tensor, task: ClaimTask) -> Tensor:
    """Cross-entropies of what claims do, and of whether what the reader took for one is any."""

    def mean(at: Tensor, there: Tensor) -> Tensor:
        return (flat[at] * there[..., None]).sum(1) / there.sum(1).clamp(min=1)[:, None]

    source = flat[task.source] * task.source_there[:, None]
    scores = net.claims(
        flat[task.content], task.content_there, mean(task.cue, task.cue_there), source, task.signs
    )
    act = F.cross_entropy(
        scores[:, : len(ACTS)], task.act, ignore_index=corpora.IGNORE, label_smoothing=SMOOTH, reduction="sum"
    )
    verdict = F.cross_entropy(
        scores[:, len(ACTS) :], task.verdict, ignore_index=corpora.IGNORE, reduction="sum"
    )
    return act + verdict / 2


def further_losses(net: Network, words: Tensor, grammar: Tensor, x: Further) -> dict[str, Tensor]:
    """Sums of the losses of all heads but attribution, names, ends and links.

    `words` and `grammar` (windows, words, size): the last layer and the mix of layers.
    """
    flat, mixed = words.reshape(-1, words.shape[-1]), grammar.reshape(-1, words.shape[-1])
    out: dict[str, Tensor] = {}
    known = x.pos != corpora.IGNORE
    if known.any():
        out["pos"] = F.cross_entropy(net.tags(grammar[known])[:, :-2], x.pos[known], reduction="sum")
    for name, goal, column in (("predicate", x.predicate, -2), ("mention", x.mention, -1)):
        known = goal != corpora.IGNORE
        if known.any():
            scores = net.tags(grammar[known])[:, column]
            out[name] = F.binary_cross_entropy_with_logits(scores, goal[known].float(), reduction="sum")
    known = x.trigger != corpora.IGNORE
    if known.any():
        scores = net.triggers(words[known])
        types = scores.shape[1] - 8
        out["trigger"] = F.cross_entropy(scores[:, :types], x.trigger[known], reduction="sum")
        facts = x.factuality[known]
        if (facts != corpora.IGNORE).any():
            out["factuality"] = F.cross_entropy(
                scores[:, types:], facts, reduction="sum", ignore_index=corpora.IGNORE
            )
    known = x.fillers != corpora.IGNORE
    if known.any():
        out["fillers"] = F.cross_entropy(net.fillers(words[known]), x.fillers[known], reduction="sum")
    if x.trees is not None:
        out["trees"] = tree_loss(net, mixed, x.trees)
    for name, tagged, rows in (("roles", x.roles, mixed), ("parts", x.parts, flat)):
        if tagged is not None:
            out[name] = tagged_loss(getattr(net, name), rows, tagged)
    for name, chained, rows in (("coref", x.coref, mixed), ("same", x.same, flat)):
        if chained is not None:
            out[name] = antecedent_loss(getattr(net, name), rows, chained)
    return out


def losses(net: Network, x: Example) -> dict[str, Tensor]:
    """The loss of every head that has targets in the batch, a word of the batch."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
        layers = net.encoder(x.pieces, x.shape, x.mask)
    first = x.first[..., None]
    layers = [torch.take_along_dim(layer, first, 1).float() for layer in layers[-net.grammar.used :]]
    words, grammar = layers[-1], net.grammar(layers)
    flat = words.reshape(-1, words.shape[-1])
    out: dict[str, Tensor] = {}

    def chain(name: str, chains: Chains | None) -> None:
        if chains is not None:
            used = torch.unique(chains.at)
            whose = x.annotators[used // words.shape[1]] if name == "attribution" else None
            scores = torch.zeros(len(flat), getattr(net, name)[-1].out_features)
            scores = scores.index_copy(0, used, net.scored(name, flat[used], whose))
            out[name] = getattr(net, f"{name}_crf").loss(scores[chains.at], chains.tags, chains.lengths)

    chain("attribution", x.attribution)
    chain("inner", x.inner)
    chain("names", x.names)
    known = x.ends != corpora.IGNORE
    if known.any():
        out["ends"] = F.binary_cross_entropy_with_logits(
            net.ends(grammar[known])[:, 0], x.ends[known].float(), reduction="sum"
        )
    if x.links:
        vectors = net.links.project(words)
        parts = [p for task in x.links for p in link_loss(net, vectors, task)]
        if parts:  # a window may hold a cue whose parts all stand outside
            out["links"] = torch.stack(parts).sum()
    if x.claims is not None:
        out["claims"] = claim_loss(net, flat, x.claims)
    out |= further_losses(net, words, grammar, x.further)
    total = float((x.first > 0).sum())
    return {k: v / total for k, v in out.items()}
