"""What the programs beside the package take from it is there: no test runs those that train or measure speed."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PROGRAMS = sorted(
    p for folder in ("benchmarks", "training", "gazetteer") for p in (ROOT / folder).rglob("*.py")
)


def taken(program: Path) -> list[tuple[str, str]]:
    """The modules of the package that a program imports from, each with a name."""
    nodes = ast.walk(ast.parse(program.read_text(encoding="utf-8")))
    return [
        (node.module, name.name)
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "accordingto"
        for name in node.names
    ]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_program_finds_what_it_imports_from_the_package(program: Path) -> None:
    for module, name in taken(program):
        found = importlib.import_module(module)
        if not hasattr(found, name):
            importlib.import_module(f"{module}.{name}")


def test_programs_import_from_the_package_at_all() -> None:
    assert len(PROGRAMS) > 60
    assert ("accordingto.running.streaming", "stream") in taken(ROOT / "benchmarks/speed.py")
