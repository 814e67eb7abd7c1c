from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import accordingto
from accordingto import hooks
from accordingto.errors import FatalError, UserError
from accordingto.record import Actor
from accordingto.settings import SETTINGS, load


def test_defaults() -> None:
    s = load({})
    assert (s.ledger, s.threads, s.data_dir) == ("ledger.db", 0, None)


def test_the_environment_overrides() -> None:
    s = load(
        {
            "ACCORDINGTO_LEDGER": "x.db",
            "ACCORDINGTO_THREADS": "3",
            "ACCORDINGTO_DATA_DIR": "tables",
            "ACCORDINGTO_BACKEND": "openvino",
        }
    )
    assert (s.ledger, s.threads, s.data_dir, s.backend) == ("x.db", 3, Path("tables"), "openvino")


@pytest.mark.parametrize("value", ["many", "-1", "1.5"])
def test_a_malformed_value_is_an_error(value: str) -> None:
    with pytest.raises(UserError, match="ACCORDINGTO_THREADS"):
        load({"ACCORDINGTO_THREADS": value})


def test_every_setting_has_help() -> None:
    assert all(s.help and s.variable.startswith("ACCORDINGTO_") for s in SETTINGS)


def test_the_built_in_intakes_are_found_by_hook() -> None:
    assert {"text", "html", "jsonl"} <= set(hooks.names(hooks.INTAKES))
    with pytest.raises(UserError, match="text"):
        hooks.load(hooks.INTAKES, "smoke-signals")


@pytest.mark.parametrize(
    "value", ["no_such_module:read", "accordingto.errors:no_such_name", "accordingto.errors:__doc__"]
)
def test_a_plugin_that_is_broken_is_named(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = EntryPoint("smoke-signals", value, hooks.INTAKES)
    monkeypatch.setattr(hooks, "entry_points", lambda **_: (broken,))
    with pytest.raises(FatalError, match="smoke-signals"):
        hooks.load(hooks.INTAKES, "smoke-signals")


@pytest.mark.parametrize("line", ["raise RuntimeError('no licence')", "1 / 0", "import no_such_module"])
def test_a_plugin_whose_module_breaks_is_named(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "breaking_plugin.py").write_text(line)
    monkeypatch.syspath_prepend(tmp_path)
    broken = EntryPoint("smoke-signals", "breaking_plugin:read", hooks.INTAKES)
    monkeypatch.setattr(hooks, "entry_points", lambda **_: (broken,))
    with pytest.raises(FatalError, match="smoke-signals"):
        hooks.load(hooks.INTAKES, "smoke-signals")


@pytest.fixture
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of tables that the environment names, while nothing is loaded yet."""
    monkeypatch.setenv("ACCORDINGTO_DATA_DIR", str(tmp_path))
    for made in (accordingto._reader, accordingto._finder):
        made.cache_clear()
    yield tmp_path
    for made in (accordingto._reader, accordingto._finder):
        made.cache_clear()


def test_python_takes_the_tables_that_the_environment_names(own_settings: Path) -> None:
    (own_settings / "actors.csv").write_text("name,country,sector\nTamarisk Front,TCD,REB\n")
    (own_settings / "regions.csv").write_text("name,country,lat,lon,kind\nQuillmarsh,TCD,12,15,RGN\n")
    text = "The Tamarisk Front said on Monday that it had captured a village in Quillmarsh."
    record = accordingto.read(text)
    assert [e.actor for e in record.entities if e.name == "Tamarisk Front"] == [Actor("TCD", "REB")]
    start = text.index("Quillmarsh")
    [place] = accordingto.resolve_places(text, [(start, start + len("Quillmarsh"))])
    assert (place.country, place.lat) == ("TCD", 12.0)


def test_python_takes_the_gazetteer_that_the_environment_names(
    own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCORDINGTO_GAZETTEER", str(own_settings / "none.sqlite"))
    with pytest.raises(FatalError, match=r"none\.sqlite"):
        accordingto.resolve_places("In Paris.", [(3, 8)])
    with pytest.raises(FatalError, match=r"none\.sqlite"):
        accordingto.read("In Paris.")
