from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer
from training.corpora import NAMES, bioes, read_lines
from training.material import HERE, Material, configuration, read_corpora

TEXT = "Governor Ilda Maren said that the ferry to Port Sarn had sunk."
TREE = """# newdoc id = ours-1
# sent_id = ours-1-1
1\tFerries\tferry\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\tsank\tsink\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""
OURS = ("polnear", "newswire", "ewt", "gum", "muc", "geo")


def span(words: str) -> list[int]:
    at = TEXT.index(words)
    return [at, at + len(words)]


def written(file: Path, lines: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(file, "wt", encoding="utf-8") as out:
        out.write(lines)
    return file.parent


@pytest.fixture
def own(tmp_path: Path) -> dict[str, dict[str, str]]:
    """Corpora of one's own, each of one document."""
    quotes = {"source": [span("Governor Ilda Maren")], "cue": [span("said")], "content": [span("the ferry")]}
    marked = {"id": "ours-2", "text": TEXT, "attributions": [quotes]}
    named = {"id": "ours-3", "text": TEXT, "entities": [[*span("Port Sarn"), "Location"]]}
    role = {
        "id": "ours-1-1",
        "words": ["Ferries", "sank", "."],
        "predicates": [{"index": 1, "roleset": "sink.01", "args": [["V", 1, 1], ["ARG1", 0, 0]]}],
    }
    (tmp_path / "events").mkdir()
    (tmp_path / "events/own.txt").write_text("A ferry [1:accident.occurred:sank] off Port Sarn.\n")
    folders = {
        "quotes": ("attribution", written(tmp_path / "quotes/train.jsonl.gz", json.dumps(marked) + "\n")),
        "places": ("names", written(tmp_path / "places/train.jsonl.gz", json.dumps(named) + "\n")),
        "grammar": ("trees", written(tmp_path / "grammar/train.conllu.gz", TREE)),
        "wrecks": ("events", tmp_path / "events"),
    }
    told = {name: {"format": form, "folder": str(folder)} for name, (form, folder) in folders.items()}
    told["grammar"]["roles"] = str(written(tmp_path / "roles/train.jsonl.gz", json.dumps(role) + "\n"))
    return told


def settings(folder: Path, **said: Any) -> dict[str, Any]:
    file = folder / "mine.json"
    file.write_text(json.dumps(said))
    return configuration(file)


def test_corpora_of_ones_own_are_read_and_ours_left_out(
    tmp_path: Path, tokenizer: Tokenizer, own: dict[str, dict[str, str]]
) -> None:
    config = settings(
        tmp_path,
        cycles=[{"epochs": 2, "rate": 1.0, "frozen": 0}],
        corpora=dict.fromkeys(OURS) | own,
        shares={"1": {"places": 0}},
    )
    material = Material(tmp_path / "nowhere", tokenizer, config, tmp_path / "none.npz", ["known"])
    assert {name: len(docs) for name, docs in material.every.items()} == dict.fromkeys(own, 1)
    quotes, places, grammar, wrecks = (material.every[n][0] for n in own)
    assert quotes.attribution is not None
    assert quotes.attribution.any()
    assert len(quotes.links) == 1
    assert places.names is not None
    assert {bioes(NAMES)[t] for t in places.names} == {"O", "B-Location", "E-Location"}
    assert grammar.heads is not None
    assert [p.roleset for p in grammar.predicates] == ["sink.01"]
    assert wrecks.triggers is not None
    assert len(wrecks.triggers) == 1
    assert "known" in material.signs  # what a model that training begins from knows is kept
    assert {d.id for d in material.of(0)} == {"ours-1", "ours-2", "ours-3", "own1"}
    assert {d.id for d in material.of(1)} == {"ours-1", "ours-2", "own1"}


def test_a_corpus_that_no_epoch_reads_need_not_be_there(
    tmp_path: Path, tokenizer: Tokenizer, own: dict[str, dict[str, str]]
) -> None:
    cycles = [{"epochs": 2, "rate": 1.0, "frozen": 0}]
    shares = {"0-1": {**dict.fromkeys(OURS, 0), "marked geo": 0}}
    config = settings(tmp_path, cycles=cycles, corpora=own, shares=shares)
    assert [name for name, _ in read_corpora(tmp_path, tokenizer, config)] == list(own)
    shares["0-1"]["polnear"] = 0.1
    config = settings(tmp_path, cycles=cycles, corpora=own, shares=shares)
    with pytest.raises(SystemExit, match=r"polnear.*ACCORDINGTO_SHARED"):
        list(read_corpora(tmp_path, tokenizer, config))


def test_the_package_trains_on_its_own_corpora_where_nothing_else_is_told() -> None:
    config = configuration(HERE / "config.json")
    assert tuple(config["corpora"]) == OURS
    assert config["marked_times"].keys() <= config["corpora"].keys()


def test_what_a_configuration_gets_wrong_is_named(
    tmp_path: Path, tokenizer: Tokenizer, own: dict[str, dict[str, str]]
) -> None:
    with pytest.raises(SystemExit, match="no setting cycle; there are: seed"):
        settings(tmp_path, cycle=[])
    with pytest.raises(SystemExit, match=r"nowhere\.json can't be read"):
        configuration(tmp_path / "nowhere.json")
    for name, told, words in (
        ("mine", own["quotes"] | {"format": "marks"}, "mine needs a folder and a format: attribution, names"),
        ("mine", {"format": "names"}, "mine needs a folder"),
        ("m", own["quotes"], "longer name"),
    ):
        config = settings(tmp_path, corpora=dict.fromkeys(OURS) | {name: told})
        with pytest.raises(SystemExit, match=words):
            list(read_corpora(tmp_path, tokenizer, config))
    named = {"id": "ours-9", "text": TEXT, "entities": [[*span("Port Sarn"), "Harbour"]]}
    written(tmp_path / "places/train.jsonl.gz", json.dumps(named) + "\n")
    config = settings(tmp_path, corpora=dict.fromkeys(OURS) | {"mine": own["places"]})
    with pytest.raises(SystemExit, match=r"ours-9.*no class 'Harbour'; there are: Person"):
        list(read_corpora(tmp_path, tokenizer, config))


def test_a_file_of_a_corpus_that_is_not_there_says_where_corpora_are_looked_for(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="ACCORDINGTO_SHARED"):
        next(read_lines(tmp_path / "train.jsonl.gz"))


def test_every_step_of_making_a_model_is_described() -> None:
    root = HERE.parent
    steps = (root / "Makefile").read_text().partition("\nmodel:")[2].partition("\n\n")[0]
    page = (root / "docs/training.md").read_text().partition("\n## ")[0]
    named = [line.split("-m ")[1].strip() for line in steps.splitlines() if "-m " in line]
    assert "training.train" in named
    assert [step for step in named if f"`{step}`" not in page] == []
