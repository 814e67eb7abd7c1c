from __future__ import annotations

from collections import Counter
from importlib import resources
from pathlib import Path

import msgspec
import pytest

from accordingto.errors import UserError
from accordingto.ledger.knowledge import knowledge
from accordingto.reading.eventwords import EventWord
from accordingto.reading.tables import ReadingTables
from accordingto.record import Act
from accordingto.vocabularies import FIXED, lines, names, table


class Noun(msgspec.Struct, frozen=True):
    noun: str
    kind: str


def test_a_users_file_adds_and_replaces(tmp_path: Path) -> None:
    (tmp_path / "source_nouns.csv").write_text("noun,kind\nmedic,group\nblogger,media\n")
    rows = {r.noun: r.kind for r in table("source_nouns", Noun, extra_dir=tmp_path)}
    assert rows["medic"] == "group"
    assert rows["blogger"] == "media"
    assert rows["ministry"] == "organization"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("cue,act\nmumble,mutter\n", "line 2"),
        ("cue,act,mood\nmumble,assert,low\n", "mood"),
        ("cue,act\nmumble,assert,x,y\n", "cells"),
        ("cue\nmumble\n", "act"),
    ],
)
def test_a_malformed_file_names_its_place(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "cues.csv").write_text(content)
    with pytest.raises(UserError, match=says) as caught:
        ReadingTables.load(tmp_path)
    assert "cues.csv" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("lemma,type\nçırak,strike\ncafé,x\n".encode("cp1254"), "line 2.*UTF-8"),
        (b'lemma,type\n"mumble,strike\ngrumble,strike\n', "line 2.*quot"),
        (b'lemma,type\n"mumble"x,strike\n', "line 2"),
    ],
)
def test_a_file_that_is_no_csv_names_its_line(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "events.csv").write_bytes(content)
    with pytest.raises(UserError, match=says):
        table("events", EventWord, extra_dir=tmp_path)


def test_a_file_of_excels_is_read_and_spaces_count_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_bytes(b"\xef\xbb\xbflemma,type\r\n strike ,parade\r\n")
    rows = table("events", EventWord, extra_dir=tmp_path)
    assert [r.type for r in rows if r.lemma == "strike"] == ["parade"]


def test_a_folder_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="typo"):
        table("events", EventWord, extra_dir=tmp_path / "typo")


@pytest.mark.parametrize(
    ("name", "says"), [("event.csv", "no table"), ("sides.csv", "can't be extended"), ("notes.txt", "")]
)
def test_a_file_that_nothing_reads_is_an_error(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / name).write_text("word,side\n")
    if not says:
        assert table("events", EventWord, extra_dir=tmp_path)
        return
    with pytest.raises(UserError, match=says) as caught:
        table("events", EventWord, extra_dir=tmp_path)
    assert name in str(caught.value)


def test_patterns_of_the_ledgers_tables_are_the_users_to_mend(tmp_path: Path) -> None:
    (tmp_path / "field_words.csv").write_text("pattern,field\n((,killed\n")
    with pytest.raises(UserError, match=r"field_words\.csv.*regular expression"):
        knowledge(tmp_path)


@pytest.mark.parametrize("name", sorted(names()))
def test_no_package_table_has_a_key_twice(name: str) -> None:
    text = (resources.files("accordingto.data") / f"{name}.csv").read_text(encoding="utf-8")
    keys = [cells[0] for _, cells in lines(text, name)]
    assert [k for k, n in Counter(keys).items() if n > 1] == []


def test_the_docs_list_every_table_and_which_are_fixed() -> None:
    page = (Path(__file__).parent.parent / "docs/tables.md").read_text(encoding="utf-8")
    listed, _, fixed = page.partition("not extended")
    assert [n for n in names() - FIXED if f"`{n}.csv`" not in listed] == []
    assert [n for n in FIXED if f"`{n}.csv`" not in fixed] == []


def test_a_bad_pattern_is_the_users_to_mend(tmp_path: Path) -> None:
    (tmp_path / "media.csv").write_text("pattern,medium\n((,letter\n")
    with pytest.raises(UserError, match="regular expression"):
        ReadingTables.load(tmp_path)


def test_the_package_tables_load() -> None:
    tables = ReadingTables.load()
    assert tables.cues[("deny",)].act is Act.DENY
    assert len(tables.cues) > 500
