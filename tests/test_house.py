from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import accordingto

ROOT = Path(__file__).parent.parent
SOURCE = sorted((ROOT / "src/accordingto").rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
FORBIDDEN = re.compile(
    "|".join(
        [
            r"/(?:wor" + r"k|roo" + r"t|hom" + r"e)/[a-z.]",
            "py" + r"pi\.org",
            "python" + "hosted",
            "npm" + r"js\.org",
        ]
    )
)


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = [n for n in done.stdout.decode().split("\0") if n]
    return [ROOT / n for n in names] or [p for p in ROOT.rglob("*") if p.is_file() and "." not in p.parts]


def test_no_path_of_a_machine_and_no_index_host() -> None:
    bad = []
    for file in tracked():
        if file.suffix in (".onnx", ".npz", ".bin", ".png") or not file.exists():
            continue
        if FORBIDDEN.search(file.read_text(encoding="utf-8", errors="replace")):
            bad.append(str(file))
    assert bad == []


@pytest.mark.parametrize("file", SOURCE, ids=lambda f: f.relative_to(ROOT / "src").as_posix())
def test_modules_are_short_and_say_what_they_are(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    if file.name == "__init__.py" and not text:
        return
    assert len(text.splitlines()) <= 400
    assert ast.get_docstring(ast.parse(text))


def test_every_dependency_earns_its_line() -> None:
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8").lower()
    wanted = [
        *PROJECT["dependencies"],
        *(d for group in PROJECT["optional-dependencies"].values() for d in group),
    ]
    names = [re.match(r"[\w-]+", d)[0].lower() for d in wanted]
    assert [n for n in names if f"`{n}`" not in page] == []


def test_the_source_archive_holds_what_its_tests_and_its_readme_ask_for() -> None:
    hatch = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]
    kept = hatch["sdist"]["include"]
    assert all(
        name.startswith("/") and (ROOT / name[1:]).exists() for name in kept
    )  # else it means any depth
    wanted = {"Makefile", "benchmarks", "docs", "samples", "src", "tests", "training"}
    assert {f"/{name}" for name in wanted} <= set(kept)


def test_the_package_needs_no_torch() -> None:
    code = "import sys, accordingto; sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_public_names() -> None:
    assert accordingto.__all__ == ["Reader", "Record", "read", "resolve_places"]
