from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from accordingto.errors import UserError
from accordingto.reading.tables import ReadingTables
from accordingto.record import Act
from accordingto.vocabularies import table


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


def test_a_bad_pattern_is_the_users_to_mend(tmp_path: Path) -> None:
    (tmp_path / "media.csv").write_text("pattern,medium\n((,letter\n")
    with pytest.raises(UserError, match="regular expression"):
        ReadingTables.load(tmp_path)


def test_the_package_tables_load() -> None:
    tables = ReadingTables.load()
    assert tables.cues[("deny",)].act is Act.DENY
    assert len(tables.cues) > 500
