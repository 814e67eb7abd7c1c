from __future__ import annotations

from pathlib import Path

from benchmarks import pronouns

from accordingto.reading.reader import Reader

TEXT = 'Amal Idris, a nurse, arrived on Monday. "We have no bread," she said. It was quiet.'


def test_a_pronoun_source_is_right_where_its_name_is(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT)
    gold = """claims:
- {source: "she", who: "Amal Idris"}
- {source: "she", who: "Omar Bakr"}
- {source: "a nurse", who: "Amal Idris"}
- {source: "It", who: "the town"}
"""
    (tmp_path / "one.yaml").write_text(gold)
    record = reader.read(TEXT)
    assert pronouns.resolved(tmp_path, {"one": record}) == (3, 2, 1)


def test_positions_count_from_the_first() -> None:
    assert pronouns.position("he said he would", "he@2") == 8
    assert pronouns.position("he said", "he") == 0
