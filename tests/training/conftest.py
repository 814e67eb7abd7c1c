from __future__ import annotations

import pytest
from tokenizers import Tokenizer

from accordingto.reading.network import model_folder


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    made = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made
