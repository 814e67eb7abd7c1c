from __future__ import annotations

import gzip
import json
from pathlib import Path

from training.corpora import FILLERS, capitals_of, geo, muc, truecased

from accordingto.reading.network import load_tokenizer, model_folder

TEXT = "LIMA, 3 MAY 89 (AFP) -- [TEXT] GUERRILLAS BLEW UP\nA BRIDGE NEAR LIMA WITH DYNAMITE. NOBODY DIED."


def test_capitals_are_counted_inside_sentences_only() -> None:
    seen = capitals_of(["Rain fell, and Lima slept. Rain again in Lima.", "the rain in Lima"])
    assert seen["lima"] == 1.0
    assert seen["rain"] == 0.0  # the first word of a sentence tells nothing


def test_a_text_in_capitals_gets_its_small_letters_in_place() -> None:
    small = dict.fromkeys("guerrillas blew up a bridge near with dynamite nobody died text may".split(), 0.0)
    prose = truecased(TEXT, small)
    assert len(prose) == len(TEXT)
    assert "[text] guerrillas blew up\nA bridge near Lima with dynamite. Nobody died." in prose
    assert prose.startswith("Lima, 3 may 89 (Afp)")


def test_a_word_has_the_slot_that_it_fills(tmp_path: Path) -> None:
    def slot(words: str) -> list[dict[str, object]]:
        start = TEXT.index(words)
        return [{"alts": [words], "spans": [[[start, start + len(words)]]]}]

    template = {
        "perp_individual_id": slot("GUERRILLAS"),
        "phys_tgt_id": slot("A BRIDGE"),
        "incident_instrument_id": slot("DYNAMITE"),
        "hum_tgt_name": None,
    }
    message = {"id": "X-1", "text": TEXT, "templates": [template]}
    shut_out = {"id": "DEV-MUC3-1133", "text": TEXT, "templates": []}
    with gzip.open(tmp_path / "train.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(m) + "\n" for m in (message, shut_out))
    [doc] = muc(tmp_path, "train", load_tokenizer(model_folder()), {})
    assert doc.fillers is not None
    kinds = ["", *FILLERS.values()]
    found = {
        doc.text[w.start : w.end].lower(): kinds[k] for w, k in zip(doc.words, doc.fillers, strict=True) if k
    }
    assert found == {"guerrillas": "PerpInd", "a": "Target", "bridge": "Target", "dynamite": "Weapon"}


def test_only_wanted_articles_of_the_toponym_corpus_are_read(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": f"lgl-{n}", "text": f"A bridge fell in town {n}.", "toponyms": []}) for n in (1, 2)
    ]
    with gzip.open(tmp_path / "train.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write("\n".join(lines))
    tokenizer = load_tokenizer(model_folder())
    (doc,) = geo(tmp_path, "train", tokenizer, {"lgl-2", "lgl-9"})
    assert (doc.id, doc.text, doc.names, doc.triggers) == ("lgl-2", "A bridge fell in town 2.", None, None)
