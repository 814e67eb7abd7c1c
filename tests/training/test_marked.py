from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks import reports
from tokenizers import Tokenizer
from training import marked
from training.corpora import Doc, base_doc
from training.snippets import FACTUALITY, OPEN, PARTS, TYPES, Malformed

TEXT = "\nRaid kills two\n\nSoldiers raided a yard in Kutum, residents said. The raid went on.\n"
INLINE = (
    "[1=:Raid] kills two\n\n{1.actor:Soldiers} [1:attack.claimed:raided] {1.target:a yard} "
    "in {1.place:Kutum}, residents said. [1=:The raid] went on.\n"
)


def test_inline_marks_become_offsets_into_the_article() -> None:
    rows = marked.taken("x", TEXT, INLINE)
    assert [(TEXT[a:b], kept) for _, a, b, kept in rows] == [
        ("Raid", "1="),
        ("Soldiers", "1.actor"),
        ("raided", "1:attack.claimed"),
        ("a yard", "1.target"),
        ("Kutum", "1.place"),
        ("The raid", "1="),
    ]


def test_an_article_without_events_is_kept_as_such() -> None:
    assert marked.taken("x", TEXT, TEXT) == [("x", 0, 0, "")]


def test_a_text_that_was_changed_is_refused() -> None:
    with pytest.raises(Malformed, match="x: not the article's text"):
        marked.taken("x", TEXT, INLINE.replace("yard", "court"))


def kept(tmp_path: Path, tokenizer: Tokenizer) -> tuple[dict[str, list[marked.Mark]], Doc]:
    """The article's marks by way of a file, and the article."""
    file = tmp_path / "marks.csv"
    rows = [*marked.taken("x", TEXT, INLINE), ("y", 0, 0, "")]
    file.write_text("article,start,end,mark\n" + "".join(f"{i},{a},{b},{m}\n" for i, a, b, m in rows))
    return marked.read(file), base_doc("x", TEXT, tokenizer)


def test_articles_get_the_events_of_the_file(tmp_path: Path, tokenizer: Tokenizer) -> None:
    marks, doc = kept(tmp_path, tokenizer)
    assert marks["y"] == []
    one, other = marked.articles([doc, base_doc("y", "Nothing.", tokenizer)], marks)
    assert [(TYPES[t.type], t.factuality, t.event) for t in one.triggers or ()] == [
        ("attack", None, 1),
        ("attack", FACTUALITY.index("claimed"), 1),
        ("attack", None, 1),
    ]
    assert [PARTS[p.role] for p in one.participants] == ["actor", "target", "place"]
    assert other.triggers == []
    assert doc.triggers is None


def test_a_wrong_mark_names_its_article(tokenizer: Tokenizer) -> None:
    with pytest.raises(Malformed, match="x: unknown type"):
        marked.articles([base_doc("x", TEXT, tokenizer)], {"x": [("[1:picnic.claimed:", 1, 5)]})


def test_an_annotation_of_events_for_the_scorer(tmp_path: Path, tokenizer: Tokenizer) -> None:
    marks, _ = kept(tmp_path, tokenizer)
    (event,) = reports.annotation("x", marks["x"])["events"]
    assert (event["type"], event["factuality"]) == ("attack", "claimed")
    at = {role: TEXT[slice(*event[role])] for role in ("trigger", *reports.SINGLE) if event[role]}
    assert at == {"trigger": "raided", "actor": "Soldiers", "target": "a yard", "place": "Kutum"}


def test_what_is_held_out_is_not_learned() -> None:
    train, held = marked.parts(marked.read())
    assert len(train) > 3 * len(held) > 0
    learned, wider = marked.to_learn(), marked.read(marked.WIDER)
    assert set(learned) == train | set(wider)
    assert not set(learned) & held


@pytest.mark.parametrize("file", [marked.FILE, marked.WIDER])
def test_the_marks_that_ship_can_be_read(file: Path) -> None:
    marks = marked.read(file)
    assert marks
    for article, mine in marks.items():
        full = {m.group(1) for o, _, _ in mine if (m := OPEN.match(o)) and m.group(2)}
        for opening, start, end in mine:
            m = OPEN.match(opening)
            assert m, (article, opening)
            assert start < end
            assert not m.group(2) or (m.group(2) in TYPES and m.group(3) in FACTUALITY)
            numbers = [m.group(1)] if m.group(1) else [p.split(".")[0] for p in opening[1:-1].split("+")]
            assert set(numbers) <= full, (article, opening)
