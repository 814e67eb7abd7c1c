"""Labelled claims as what a network learns."""

from __future__ import annotations

from training import claimed
from training.corpora import IGNORE, OWN, Doc, base_doc, bioes
from training.labels import ACTS, VERDICTS, Row

from accordingto.reading.network import load_tokenizer, model_folder
from accordingto.reading.tables import ReadingTables
from accordingto.spans import Range

TEXT = "The harbour master denied that fuel had leaked. “Nobody was hurt,” Ada said. Crews hoped to sail by noon."


def at(words: str) -> Range:
    start = TEXT.index(words)
    return Range(start, start + len(words))


def row(source: str, cue: str | None, content: str, act: str, *, found: bool = True) -> Row:
    return Row(
        "a-1", at(source) if source else None, at(cue) if cue else None, (at(content),), act, None, found
    )


ROWS = [
    row("The harbour master", "denied", "that fuel had leaked", "deny"),
    row("Ada", "said", "Nobody was hurt,", "assert", found=False),
    row("Crews", "hoped", "to sail by noon", "no"),
]


def doc() -> Doc:
    return base_doc("a-1", TEXT, load_tokenizer(model_folder()))


def test_every_eighth_article_is_held_out() -> None:
    learned, held = claimed.parts(f"{n:02}" for n in range(16))
    assert held == {"00", "08"}
    assert len(learned) == 14
    assert not learned & held


def test_claims_are_attributions_and_what_only_looks_like_one_is_none() -> None:
    made = claimed.attributed(doc(), ROWS)
    assert made.attribution is not None
    assert made.annotator == OWN
    tags = bioes(("source", "cue", "content"))
    told = {TEXT[w.start : w.end]: tags[t] for w, t in zip(made.words, made.attribution, strict=True) if t}
    assert told["denied"] == told["said"] == "S-cue"
    assert told["Ada"] == "S-source"
    assert told["“"] == "B-content"  # PolNeAR's contents hold their marks
    assert told["”"] == "E-content"
    assert "hoped" not in told
    assert [TEXT[slice(*made.words[a.cue.start])] for a in made.links] == ["denied", "said"]


def test_a_bare_quotation_is_no_attribution() -> None:
    bare = claimed.attributed(doc(), [row("", None, "Nobody was hurt,", "assert")])
    assert bare.attribution is not None
    assert not bare.attribution.any()


def test_acts_are_learned_of_claims_and_verdicts_of_what_the_reader_found() -> None:
    tables = ReadingTables.load()
    signs = claimed.kept_signs([claimed.told(TEXT, r, tables) for r in ROWS] * claimed.RARE)
    known = {s: n for n, s in enumerate(signs)}
    denied, said, hoped = claimed.claims_of(doc(), ROWS, known, tables)
    assert ACTS[denied.act] == "deny"
    assert ACTS[said.act] == "assert"
    assert hoped.act == IGNORE
    assert VERDICTS[denied.verdict] == "ok"
    assert said.verdict == IGNORE
    assert VERDICTS[hoped.verdict] == "no"
    assert "cue deny" in {signs[n] for n in denied.signs}
    words = [TEXT[slice(*doc().words[i])] for i in denied.content]
    assert words == ["that", "fuel", "had", "leaked"]


def test_signs_that_few_claims_have_are_not_kept() -> None:
    assert claimed.kept_signs([["a", "b"]] * 4 + [["a", "a"], ["c"]]) == ("a",)
