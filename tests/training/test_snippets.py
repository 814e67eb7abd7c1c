from __future__ import annotations

import pytest
from tokenizers import Tokenizer
from training import snippets
from training.snippets import FACTUALITY, PARTS, TYPES, Malformed, snippet, unmarked

LINE = (
    "Raid kills two // {1.actor:Soldiers from {1.place+1.target:Kutum}} [1:attack.claimed:raided] a yard, "
    "residents said. [1=:The raid] went on."
)


def test_marks_come_off() -> None:
    text, marks = unmarked(LINE)
    assert text == "Raid kills two\n\nSoldiers from Kutum raided a yard, residents said. The raid went on."
    assert [text[a:b] for _, a, b in marks] == ["Kutum", "Soldiers from Kutum", "raided", "The raid"]


def test_a_snippet_is_a_document(tokenizer: Tokenizer) -> None:
    doc = snippet("x", LINE, tokenizer)
    assert doc.triggers is not None
    assert [(TYPES[t.type], t.factuality and FACTUALITY[t.factuality], t.event) for t in doc.triggers] == [
        ("attack", "claimed", 1),
        ("attack", None, 1),
    ]
    assert sorted(PARTS[p.role] for p in doc.participants) == ["actor", "place", "target"]
    assert snippets.type_row(doc).sum() == 3 * TYPES.index("attack")


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("[1:attack.claimed:raided a yard", "not closed"),
        ("raided} a yard", "stray"),
        ("[1:picnic.claimed:ate]", "unknown type"),
        ("[1:attack.maybe:raided]", "unknown type"),
        ("{1.baker:Ana} [1:attack.claimed:raided]", "unknown role"),
        ("{2.actor:Ana} [1:attack.claimed:raided]", "no full mention"),
    ],
)
def test_what_is_wrong_is_said(tokenizer: Tokenizer, line: str, word: str) -> None:
    with pytest.raises(Malformed, match=word):
        snippet("x", line, tokenizer)


def test_all_our_snippets_can_be_read(tokenizer: Tokenizer) -> None:
    docs, complaints = snippets.load(tokenizer)
    assert complaints == []
    assert len(docs) > 1000
    train, held = snippets.parts(docs)
    assert not {d.text for d in train} & {d.text for d in held}
