"""The network in torch: a BERT-shaped encoder, one small head a task, linear-chain CRFs, a link scorer.

Method: BIOES tags under a linear-chain conditional random field (Lafferty et al. 2001; Lample et al.
2016), one sequence a paragraph; links as bilinear scores between cue and source, cue and content
(Dozat and Manning 2017), with a learned bias for the distance in words.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from accordingto.reading.kinds import KINDS
from training.corpora import OWN
from training.labels import ACTS, VERDICTS
from training.rounding import Linear8

LINK = 64
BUCKETS = 24
CLAIMS = (64, 64, 16)  # numbers of a word in a content, in a cue, in a source; see `accordingto.reading.acts`
LOOKS, INNER, HIDE, HIDE_SIGNS = 4, 96, 0.3, 0.2  # of the head that judges claims
POOL = 1 << 22


def dropped(x: Tensor, rate: float, training: bool) -> Tensor:
    """Dropout whose mask is a stretch of a fixed random row, from a random place on: an eighth of the cost."""
    if not training or rate == 0:
        return x
    if rate not in MASKS:
        MASKS[rate] = (torch.rand(2 * POOL, generator=torch.Generator().manual_seed(1)) >= rate) / (1 - rate)
    start = int(torch.randint(POOL, ()))
    mask = MASKS[rate][start : start + x.numel()].to(x.dtype)
    return x * mask.view(x.shape)


MASKS: dict[float, Tensor] = {}


def attention(q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
    """Scaled dot-product attention; in bfloat16 written out, which torch differentiates 2.6 times as fast on a CPU."""
    if q.dtype != torch.bfloat16:
        return F.scaled_dot_product_attention(q, k, v, bias)
    with torch.autocast("cpu", enabled=False):
        return torch.softmax(q / math.sqrt(q.shape[-1]) @ k.transpose(-1, -2) + bias, -1) @ v


class Layer(nn.Module):
    """One transformer layer of BERT."""

    def __init__(self, size: int, heads: int, inner: int, drop: float, eps: float) -> None:
        super().__init__()
        self.heads, self.drop = heads, drop
        self.qkv = Linear8(size, 3 * size)
        self.out = Linear8(size, size)
        self.norm1 = nn.LayerNorm(size, eps=eps)
        self.up, self.down = Linear8(size, inner), Linear8(inner, size)
        self.norm2 = nn.LayerNorm(size, eps=eps)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, t, d = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        mixed = attention(q, k, v, bias.to(q.dtype))  # no dropout: that of the outputs serves
        y = self.out(mixed.transpose(1, 2).reshape(b, t, d))
        x = self.norm1(x + dropped(y, self.drop, self.training))
        y = self.down(F.gelu(self.up(x)))
        return self.norm2(x + dropped(y, self.drop, self.training))


class Encoder(nn.Module):
    """BERT's encoder with a further embedding for each word's case and the break before it."""

    def __init__(self, config: dict[str, int | float], drop: float = 0.1) -> None:
        super().__init__()
        size = int(config["hidden_size"])
        self.size, self.drop = size, drop
        self.word = nn.Embedding(int(config["vocab_size"]), size)
        self.place = nn.Embedding(int(config["max_position_embeddings"]), size)
        self.shape = nn.Embedding(24, size)
        nn.init.zeros_(self.shape.weight)
        eps = float(config.get("layer_norm_eps", 1e-12))
        self.norm = nn.LayerNorm(size, eps=eps)
        self.layers = nn.ModuleList(
            Layer(size, int(config["num_attention_heads"]), int(config["intermediate_size"]), drop, eps)
            for _ in range(int(config["num_hidden_layers"]))
        )

    def forward(self, pieces: Tensor, shape: Tensor, mask: Tensor) -> list[Tensor]:
        """What each layer says, lowest first, each (windows, pieces, size)."""
        x = self.word(pieces) + self.place.weight[: pieces.shape[1]] + self.shape(shape)
        x = F.dropout(self.norm(x), self.drop, self.training)
        bias = (1.0 - mask[:, None, None, :].float()) * -1e4
        out = []
        for layer in self.layers:
            x = layer(x, bias)
            out.append(x)
        return out

    @classmethod
    def pretrained(cls, folder: Path) -> Encoder:
        """Weights of a Hugging Face BERT folder (config.json, model.safetensors)."""
        encoder = cls(json.loads((folder / "config.json").read_text()))
        weights = {
            k.removeprefix("bert."): v.float() for k, v in load_file(folder / "model.safetensors").items()
        }
        state = encoder.state_dict()
        state["word.weight"] = weights["embeddings.word_embeddings.weight"]
        state["place.weight"] = (
            weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        for part in ("weight", "bias"):
            state[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
            for i in range(len(encoder.layers)):
                old, new = f"encoder.layer.{i}.", f"layers.{i}."
                qkv = [weights[f"{old}attention.self.{x}.{part}"] for x in ("query", "key", "value")]
                state[f"{new}qkv.{part}"] = torch.cat(qkv)
                names = {
                    "out": "attention.output.dense",
                    "norm1": "attention.output.LayerNorm",
                    "up": "intermediate.dense",
                    "down": "output.dense",
                    "norm2": "output.LayerNorm",
                }
                for mine, theirs in names.items():
                    state[f"{new}{mine}.{part}"] = weights[f"{old}{theirs}.{part}"]
        encoder.load_state_dict(state)
        encoder.word.weight.requires_grad_(False)  # one table serves the reader and the sentence embedding
        return encoder


def legal(tags: tuple[str, ...]) -> tuple[Tensor, Tensor, Tensor]:
    """Which BIOES transitions, first tags and last tags are allowed."""
    inside = torch.tensor([t[0] in "BI" for t in tags])  # a span stays open after this tag
    goes_on = torch.tensor([t[0] in "IE" for t in tags])  # this tag continues a span
    kinds = [t[2:] for t in tags]
    same = torch.tensor([[a == b for b in kinds] for a in kinds])
    pairs = torch.where(inside[:, None], goes_on[None, :] & same, ~goes_on[None, :])
    return pairs, ~goes_on, ~inside


class CRF(nn.Module):
    """A linear-chain CRF over BIOES tags; emissions come from outside."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        super().__init__()
        n = len(tags)
        self.moves, self.first, self.last = (nn.Parameter(torch.zeros(s)) for s in ((n, n), (n,), (n,)))
        pairs, first, last = legal(tags)
        for name, allowed in (("no_moves", pairs), ("no_first", first), ("no_last", last)):
            self.register_buffer(name, torch.where(allowed, 0.0, -1e4), persistent=False)

    def loss(self, scores: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """Negative log likelihood; `scores` (sequences, words, tags), longest first."""
        moves, first, last = self.moves + self.no_moves, self.first + self.no_first, self.last + self.no_last
        n = torch.arange(len(lengths))
        seen = torch.arange(scores.shape[1])[None] < lengths[:, None]
        gold = (scores.gather(2, tags[..., None])[..., 0] * seen).sum()
        gold = gold + (moves[tags[:, :-1], tags[:, 1:]] * seen[:, 1:]).sum()
        gold = gold + first[tags[:, 0]].sum() + last[tags[n, lengths - 1]].sum()
        alpha = first + scores[:, 0]
        done = []
        active = len(lengths)
        for t in range(1, scores.shape[1]):
            now = int((lengths > t).sum())
            if now < active:
                done.append(alpha[now:])
                alpha, active = alpha[:now], now
            alpha = torch.logsumexp(alpha[:, :, None] + moves, 1) + scores[:now, t]
        done.append(alpha)
        total = torch.cat([torch.logsumexp(a + last, 1) for a in done]).sum()
        return total - gold


def head(size: int, out: int, inner: int = 256) -> nn.Sequential:
    """A head: one hidden layer, then scores."""
    return nn.Sequential(nn.Linear(size, inner), nn.GELU(), nn.Dropout(0.2), nn.Linear(inner, out))


def bucket(distance: Tensor) -> Tensor:
    """Signed word distances to `BUCKETS` classes: fine near 0, coarse far off."""
    half = BUCKETS // 2
    size = (distance.abs().float() + 1).log2().mul(1.6).long().clamp(max=half - 1)
    return torch.where(distance < 0, size, size + half)


class Links(nn.Module):
    """Scores of cue–source and cue–content links, from word vectors (see `accordingto.reading.decoding`)."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.project = head(size, 3 * LINK)  # cue, source, content
        self.none = nn.Parameter(torch.zeros(LINK))
        self.bias = nn.Parameter(torch.zeros(3))  # source, content, none
        self.distance = nn.Parameter(torch.zeros(2, BUCKETS))

    def score(self, cues: Tensor, others: Tensor, distance: Tensor, kind: int) -> Tensor:
        """(cues, others): bilinear score plus a bias for the signed distance in words."""
        return cues @ others.T / math.sqrt(LINK) + self.distance[kind][bucket(distance)] + self.bias[kind]

    def no_source(self, cues: Tensor) -> Tensor:
        """(cues,): the score of having no source."""
        return cues @ self.none / math.sqrt(LINK) + self.bias[2]


class Pairs(nn.Module):
    """Scores of pairs of words: relu(left + right + distance), then one linear layer (Dozat and Manning's arcs
    made deep; He et al. 2018 for roles, Dobrovolskii 2021 for word-level coreference).
    """

    def __init__(self, size: int, inner: int, out: int) -> None:
        super().__init__()
        self.left, self.right = Linear8(size, inner), Linear8(size, inner)
        self.distance = nn.Embedding(BUCKETS, inner)
        nn.init.normal_(self.distance.weight, std=0.02)
        self.out = nn.Linear(inner, out)

    def forward(self, words: Tensor, left: Tensor, right: Tensor, distance: Tensor) -> Tensor:
        """Shape (pairs, out): `words` (rows, size); `left` and `right` row numbers; distance right - left."""
        a, b = self.left(words), self.right(words)
        return self.out(
            F.dropout(F.relu(a[left] + b[right] + self.distance(bucket(distance))), 0.2, self.training)
        )


class Arcs(nn.Module):
    """Biaffine dependency scores (Dozat and Manning 2017); a root is its own head."""

    def __init__(self, size: int, labels: int, arc: int = 128, label: int = 64) -> None:
        super().__init__()
        self.arc, self.label = arc, label
        self.project = Linear8(size, 2 * arc + 2 * label)  # dependent, head, dependent, head
        self.weight = nn.Parameter(torch.zeros(arc, arc))
        self.head_bias = nn.Parameter(torch.zeros(arc))
        self.root = nn.Linear(arc, 1)  # of the dependent: being its own head
        self.labels = nn.Parameter(torch.randn(labels, label, label) * 0.02)
        self.label_dep, self.label_head = nn.Linear(label, labels), nn.Linear(label, labels, bias=False)

    def vectors(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Activated projections: arc dependent, arc head, label dependent, label head."""
        x = F.dropout(F.leaky_relu(self.project(words), 0.1), 0.2, self.training)
        a, b, c, d = x.split((self.arc, self.arc, self.label, self.label), -1)
        return a, b, c, d

    def arcs(self, dep: Tensor, head: Tensor) -> Tensor:
        """(sentences, words, words): score of each word's having each head, itself for a root."""
        scores = (
            dep @ self.weight @ head.transpose(1, 2) / math.sqrt(self.arc) + (head @ self.head_bias)[:, None]
        )
        own = torch.eye(scores.shape[1], dtype=torch.bool)
        return torch.where(own, self.root(dep), scores)

    def label_scores(self, dep: Tensor, head: Tensor) -> Tensor:
        """(arcs, labels) for given arcs' vectors."""
        mixed = torch.einsum("ai,lij,aj->al", dep, self.labels, head) / math.sqrt(self.label)
        return mixed + self.label_dep(dep) + self.label_head(head)


class Mix(nn.Module):
    """A learned mean of the upper layers (Peters et al. 2018): grammar stands lower than meaning."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.used = min(4, layers)
        self.weights = nn.Parameter(torch.tensor([0.0] * (self.used - 1) + [3.0]))

    def forward(self, layers: list[Tensor]) -> Tensor:
        """(windows, pieces, size)."""
        shares = torch.softmax(self.weights, 0)
        return sum(
            (w * x for w, x in zip(shares[1:], layers[1 - self.used :], strict=True)),
            shares[0] * layers[-self.used],
        )


class Judge(nn.Module):
    """What a claim does and whether it is one, from the words of its content, cue and source; `ClaimHead` in numpy is the same.

    `signs` are what it is told beside.
    """

    def __init__(self, size: int, signs: Sequence[str]) -> None:
        super().__init__()
        self.known = {s: n for n, s in enumerate(signs)}
        none, labels = len(signs), len(ACTS) + len(VERDICTS)
        self.content, self.cue, self.source = (nn.Linear(size, n) for n in CLAIMS)
        self.attention = nn.Linear(CLAIMS[0], LOOKS, bias=False)
        self.mixed = nn.Linear(LOOKS * CLAIMS[0] + sum(CLAIMS), INNER)
        self.lexical = nn.EmbeddingBag(none + 1, INNER, mode="sum", padding_idx=none)
        self.out = nn.Linear(INNER, labels)
        self.direct = nn.EmbeddingBag(none + 1, labels, mode="sum", padding_idx=none)
        nn.init.normal_(self.lexical.weight, std=0.02)
        nn.init.zeros_(self.direct.weight)

    def forward(self, states: Tensor, there: Tensor, cue: Tensor, source: Tensor, signs: Tensor) -> Tensor:
        """(claims, labels): of `states` (claims, words, size) are those `there` (claims, words) words of a content; `cue` and `source`
        (claims, size), `signs` (claims, some) numbers of signs, -1 for none.
        """
        signs = torch.where(signs < 0, len(self.known), signs)
        said = F.relu(self.content(states))
        weights = self.attention(said).masked_fill(~there[..., None], -1e4).softmax(1)
        looked = torch.einsum("cwh,cwz->chz", weights, said).flatten(1)
        most = said.masked_fill(~there[..., None], 0.0).max(1).values
        hide = lambda x: F.dropout(x, HIDE, self.training)  # noqa: E731
        parts = [looked, most, F.relu(self.cue(hide(cue))), F.relu(self.source(hide(source)))]
        if self.training:
            signs = torch.where(torch.rand(signs.shape) < HIDE_SIGNS, len(self.known), signs)
        hidden = self.mixed(hide(torch.cat(parts, 1))) + self.lexical(signs)
        scores: Tensor = self.out(hide(F.relu(hidden))) + self.direct(signs)
        return scores


@dataclass(frozen=True, slots=True)
class Labels:
    """The label sets of the heads."""

    attribution: tuple[str, ...]
    names: tuple[str, ...]
    pos: int
    relations: int
    roles: int
    types: int
    factuality: int
    parts: int
    fillers: int
    signs: tuple[str, ...] = ()


class Network(nn.Module):
    """Encoder and heads. A word is stood for by its first piece.

    Tags, trees, roles and chains read a mix of the upper layers, all else the last one. Attributions know whose marks they learn: a
    vector for each annotator of PolNeAR and one for our own labelled claims (`OWN`), none for anyone's, which is how the network is used.
    """

    def __init__(self, encoder: Encoder, labels: Labels) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.size
        self.grammar = Mix(len(encoder.layers))  # what tags, trees, roles and chains read
        self.attribution, self.names = head(size, len(labels.attribution)), head(size, len(labels.names))
        self.styles = nn.Embedding(1 + OWN, self.attribution[0].out_features, padding_idx=0)
        nn.init.zeros_(self.styles.weight)
        self.inner, self.inner_crf = head(size, len(labels.attribution)), CRF(labels.attribution)
        self.ends = nn.Linear(size, 1)
        self.links = Links(size)
        self.attribution_crf, self.names_crf = CRF(labels.attribution), CRF(labels.names)
        self.tags = nn.Linear(size, labels.pos + 2)  # parts of speech, predicate, head of a mention
        self.syntax = Arcs(size, labels.relations)
        self.roles = Pairs(size, 256, labels.roles)
        self.coref = Pairs(size, 64, 1)
        self.triggers = head(size, labels.types + labels.factuality, 192)
        self.fillers = head(size, labels.fillers, 128)
        self.parts = Pairs(size, 96, labels.parts)
        self.same = Pairs(size, 64, 1)
        self.claims = Judge(size, labels.signs)
        self.places = nn.Linear(size, 1)  # fitted by training.uses, on the network as it ships
        self.kinds = nn.Linear(size, len(KINDS))  # by training.kinds

    def scored(self, name: str, words: Tensor, annotators: Tensor | None = None) -> Tensor:
        """Scores of a head's tags for each of `words` (words, size); `annotators` (words,) for attributions."""
        first, *rest = getattr(self, name)
        inner = first(words) if annotators is None else first(words) + self.styles(annotators)
        for layer in rest:
            inner = layer(inner)
        return inner
