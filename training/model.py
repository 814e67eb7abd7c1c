"""The network in torch: a BERT-shaped encoder, one small head a task, linear-chain CRFs, a link scorer.

Method: BIOES tags under a linear-chain conditional random field (Lafferty et al. 2001; Lample et al.
2016), one sequence a paragraph; links as bilinear scores between cue and source, cue and content
(Dozat and Manning 2017), with a learned bias for the distance in words.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

LINK = 64
BUCKETS = 24


class Layer(nn.Module):
    """One transformer layer of BERT."""

    def __init__(self, size: int, heads: int, inner: int, drop: float, eps: float) -> None:
        super().__init__()
        self.heads, self.drop = heads, drop
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.norm1 = nn.LayerNorm(size, eps=eps)
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)
        self.norm2 = nn.LayerNorm(size, eps=eps)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, t, d = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        if torch.onnx.is_in_onnx_export():
            weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(d // self.heads) + bias, -1)
            mixed = weights @ v
        else:
            mixed = F.scaled_dot_product_attention(
                q, k, v, attn_mask=bias.to(q.dtype), dropout_p=self.drop if self.training else 0
            )
        y = self.out(mixed.transpose(1, 2).reshape(b, t, d))
        x = self.norm1(x + F.dropout(y, self.drop, self.training))
        y = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(y, self.drop, self.training))


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

    def forward(self, pieces: Tensor, shape: Tensor, mask: Tensor) -> Tensor:
        x = self.word(pieces) + self.place.weight[: pieces.shape[1]] + self.shape(shape)
        x = F.dropout(self.norm(x), self.drop, self.training)
        bias = (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

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
        """Mean negative log likelihood a word; `scores` (sequences, words, tags), longest first."""
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
        return (total - gold) / lengths.sum()


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


class Network(nn.Module):
    """Encoder and heads. Outputs are one row a word piece; the first piece of a word stands for it."""

    def __init__(self, encoder: Encoder, attribution: tuple[str, ...], names: tuple[str, ...]) -> None:
        super().__init__()
        self.encoder = encoder
        self.attribution, self.names = head(encoder.size, len(attribution)), head(encoder.size, len(names))
        self.ends = nn.Linear(encoder.size, 1)
        self.links = Links(encoder.size)
        self.attribution_crf, self.names_crf = CRF(attribution), CRF(names)

    def forward(self, pieces: Tensor, shape: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Attribution and name emissions, sentence-end logits, link vectors."""
        x = self.encoder(pieces, shape, mask).float()
        return self.attribution(x), self.names(x), self.ends(x)[..., 0], self.links.project(x)
