from __future__ import annotations

from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from accordingto.coding import Codebooks
from accordingto.errors import UserError
from accordingto.ledger.accounts import Field
from accordingto.ledger.knowledge import FIELDS, knowledge
from accordingto.reading.events import EventTables
from accordingto.reading.eventwords import EventWord, EventWords
from accordingto.reading.figures import FigureTables
from accordingto.reading.gazetteer import Gazetteer
from accordingto.reading.placeuses import PlaceUses
from accordingto.reading.tables import ReadingTables, SourceNoun
from accordingto.reading.timegrammar import TimeTables
from accordingto.record import Act
from accordingto.vocabularies import FIXED, lines, names, table


def load_all(folder: Path) -> None:
    """Everything that reads tables of the user's."""
    ReadingTables.load(folder)
    EventTables.load(folder)
    EventWords.load({}, folder)
    FigureTables.load(folder)
    TimeTables.load(folder)
    Codebooks.load(folder)
    Gazetteer(tables_dir=folder)
    PlaceUses.load(folder)
    knowledge(folder)


def test_a_word_that_alone_names_no_event_may_in_another_form() -> None:
    words = EventWords.load({})
    assert [words.hint(w) for w in ("back", "Backed", "backing", "endorsements", "saying")] == [
        -1,
        0,
        0,
        1,
        -1,
    ]


WRONG = [
    ("event_senses", "pattern,wrong,right", "march,protest,qqq", "right", "protest"),
    ("event_senses", "pattern,wrong,right", "march,qqq,protest", "wrong", "protest"),
    ("events", "lemma,type", "march,qqq", "type", "protest"),
    ("event_roles", "type,arg0", "qqq,actor", "type", "protest"),
    ("event_roles", "type,arg0", "protest,qqq", "arg0", "recipient"),
    ("type_families", "type,family", "qqq,violence", "type", "protest"),
    ("type_families", "type,family,counted", "protest,protest,qqq", "counted", "actor"),
    ("actors", "name,country,sector", "Tamarisk Front,qqq,REB", "country", "country_codes.csv"),
    ("actors", "name,country,sector", "Tamarisk Front,TCD,qqq", "sector", "REB"),
    ("regions", "name,country", "Marsh Belt,TD", "country", "country_codes.csv"),
    ("demonyms", "demonym,country", "Marshman,qqq", "country", "country_codes.csv"),
    ("country_names", "name,country", "Marshland,qqq", "country", "country_codes.csv"),
    ("seats", "seat,country,sector", "Reed House,qqq,GOV", "country", "country_codes.csv"),
    ("sector_codes", "code,what,plover,side", "XYZ,things,XYZ,qqq", "side", "civilian"),
    ("sectors", "word,sector,weight", "posse,CRM,qqq", "weight", "through"),
    ("cues", "cue,act", "mumble,qqq", "act", "deny"),
    ("field_words", "pattern,field", "mumble,qqq", "field", "use_of_site"),
    ("saying_words", "pattern,field", "mumble,qqq", "field", "use_of_site"),
    ("saying_words", "pattern,field,stance", "mumble,actor,qqq", "stance", "denies"),
    ("saying_words", "pattern,field,stance,who", "mumble,actor,denies,qqq", "who", "speaker"),
    ("number_words", "key,word,group,value", "x,umpteen,qqq,15", "group", "ordinal"),
    ("time_words", "key,word,group,value", "x,marchtide,qqq,3", "group", "schedule or noun"),
    ("figure_phrases", "key,pattern,kind", "x,mumble,qqq", "kind", "caveat"),
    ("measure_words", "key,pattern,measure,place", "x,mumble,killed,qqq", "place", "participle"),
    ("measure_words", "key,pattern,measure,place", "x,mumble,qqq,before", "measure", "killed"),
    ("units", "key,pattern,unit,measure,place", "x,reeds?,reed,other,qqq", "place", "hyphen"),
    ("approximators", "key,words,bound,place", "x,give or take,about,qqq", "place", "after"),
]


@pytest.mark.parametrize(
    ("name", "header", "row", "column", "choice"), WRONG, ids=[f"{w[0]}-{w[3]}" for w in WRONG]
)
def test_a_code_that_there_is_not_is_the_users_to_mend(
    tmp_path: Path, name: str, header: str, row: str, column: str, choice: str
) -> None:
    (tmp_path / f"{name}.csv").write_text(f"# mine\n{header}\n{row}\n")
    with pytest.raises(UserError) as caught:
        load_all(tmp_path)
    value = "TD" if "TD" in row.split(",") else "qqq"
    for said in (f"{name}.csv, line 3", repr(value), column, choice):
        assert said in str(caught.value)


def test_the_packages_own_rows_would_pass_as_a_users(tmp_path: Path) -> None:
    for name in names() - FIXED:
        text = (resources.files("accordingto.data") / f"{name}.csv").read_text(encoding="utf-8")
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    load_all(tmp_path)


def test_a_type_of_the_users_own_is_known_in_the_other_tables(tmp_path: Path) -> None:
    (tmp_path / "event_types.csv").write_text("code,what\nparade,parades\n")
    (tmp_path / "event_senses.csv").write_text("pattern,wrong,right\nfloats,protest,parade\n")
    (tmp_path / "events.csv").write_text("lemma,type\nfloat,parade\nstand,never\n")
    load_all(tmp_path)


def test_the_fields_of_words_are_those_of_incidents() -> None:
    assert FIELDS.codes == set(Field)


def test_a_users_file_adds_and_replaces(tmp_path: Path) -> None:
    (tmp_path / "source_nouns.csv").write_text("noun,kind\nmedic,group\nblogger,media\n")
    rows = {r.noun: r.kind for r in table("source_nouns", SourceNoun, extra_dir=tmp_path)}
    assert rows["medic"] == "group"
    assert rows["blogger"] == "media"
    assert rows["ministry"] == "organization"


def test_a_users_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    (tmp_path / "source_nouns.csv").write_text("kind,noun\nmedia,blogger\nmedia,vlogger\ngroup,medic\n")
    rows = {r.noun: r.kind for r in table("source_nouns", SourceNoun, extra_dir=tmp_path)}
    assert (rows["blogger"], rows["vlogger"], rows["medic"]) == ("media", "media", "group")
    assert [r.noun for r in table("source_nouns", SourceNoun, extra_dir=tmp_path)].count("medic") == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("actors", "name,sector\nReed Front,REB\nReed Front,GOV\n", "line 3.*'Reed Front'.*line 2.*one"),
        ("actors", "country,sector\nSDN,REB\n", "line 1.*'name'.*add"),
        ("regions", "name,lat,lon\nReedland,200,30\n", "line 2.*200.*earth"),
        ("regions", "name,lat,lon\nReedland,20,-181\n", "line 2.*-181.*earth"),
        ("regions", "name,lat,lon\nReedland,nan,10\n", "line 2.*earth"),
        ("regions", "name,lat\nReedland,20\n", "line 2.*lat and lon"),
        ("vague_numbers", "key,words,view,low,high\nx,a heap,words,90,9\n", "line 2.*90, 9.*ascend"),
        ("vague_numbers", "key,words,view,low,best,high\nx,a heap,words,9,99,90\n", "line 2.*ascend"),
    ],
)
def test_rows_that_would_be_lost_or_wrong_are_the_users_to_mend(
    tmp_path: Path, name: str, content: str, says: str
) -> None:
    (tmp_path / f"{name}.csv").write_text(content)
    with pytest.raises(UserError, match=says) as caught:
        load_all(tmp_path)
    assert f"{name}.csv" in str(caught.value)


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
