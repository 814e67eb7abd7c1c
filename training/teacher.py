"""What the untouched encoder says of sentences: the measure of the sentence embedding.

The sentence embedding of all-MiniLM-L6-v2 is the mean of the last layer over all pieces, at unit length (Reimers and
Gurevych 2019).
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from accordingto.reading.windows import CLS, SEP
from training.model import Encoder

LONGEST = 126  # word pieces of a sentence; longer ones are no goals


def embed(encoder: Encoder, batch: Sequence[Sequence[int]]) -> Tensor:
    """(sentences, size) at unit length, of word piece rows without special pieces."""
    longest = max(map(len, batch)) + 2
    pieces, mask = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(2))
    for row, ids in enumerate(batch):
        pieces[row, : len(ids) + 2] = torch.tensor([CLS, *ids, SEP])
        mask[row, : len(ids) + 2] = 1
    half = torch.cpu._is_avx512_bf16_supported()  # elsewhere slower than floats
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
        hidden = encoder(pieces, torch.zeros_like(pieces), mask)[-1].float()
    return F.normalize((hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)
