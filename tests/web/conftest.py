from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web import stage

from accordingto.ledger.session import Ledger, open_ledger


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "ledger.db"
    with open_ledger(path) as book:
        stage.fill(book)
    return path


@pytest.fixture
def book(filled: Path, tmp_path: Path) -> Iterator[Ledger]:
    """The small ledger, a copy of its own."""
    path = tmp_path / "ledger.db"
    shutil.copy(filled, path)
    with open_ledger(path) as ledger:
        yield ledger


@pytest.fixture
def browser(book: Ledger) -> Iterator[TestClient]:
    with stage.client(book) as made:
        yield made
