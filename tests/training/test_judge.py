"""The head that judges claims: torch's and numpy's say the same."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
model = pytest.importorskip("training.model")
export = pytest.importorskip("training.export")

from training.labels import ACTS, VERDICTS  # noqa: E402

from accordingto.reading.acts import ClaimHead  # noqa: E402


def test_numpy_judges_as_torch_does():
    torch.manual_seed(3)
    judge = model.Judge(12, ("a", "b", "c")).eval()
    torch.nn.init.normal_(judge.direct.weight)
    with torch.no_grad():
        judge.direct.weight[-1] = 0.0
        judge.lexical.weight[-1] = 0.0
    words = torch.randn(9, 12)
    there = torch.tensor([[True] * 4 + [False]])
    cue = words[4:6].mean(0, keepdim=True)
    asked = judge(words[[0, 1, 2, 3, 0]][None], there, cue, words[7:8], torch.tensor([[2, 0, -1]]))
    arrays = export.judge_arrays(judge)
    made = {k.removeprefix("claims_"): v for k, v in arrays.items() if v.dtype.kind != "U"}
    widths = tuple(int(w) for w in made.pop("widths"))
    head = ClaimHead(labels=(*ACTS, *VERDICTS), signs=tuple(judge.known), widths=widths, **made)
    with torch.no_grad():
        vectors = torch.cat([f(words) for f in (judge.content, judge.cue, judge.source)], 1).numpy()
    told = head(vectors, head.seen(vectors), range(4), range(4, 6), range(6, 8), ["c", "a", "unheard of"])
    assert np.abs(told - asked.detach().numpy()[0]).max() < 1e-5
    none = torch.zeros(1, 12)
    alone = judge(words[[0, 1, 2, 3, 0]][None], there, none, none, torch.tensor([[1]]))
    told = head(vectors, head.seen(vectors), range(4), range(0), range(0), ["b"])
    assert np.abs(told - alone.detach().numpy()[0]).max() < 1e-5
