from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from starlette.testclient import TestClient
from tests.conftest import POSTGRES, WORKER
from tests.web import stage

from accordingto.ledger.session import Ledger, open_ledger

BOTH = (
    "test_pages",
    "test_lists",
    "test_judging",
    "test_adding",
    "test_answers",
)  # modules whose tests run on each database
TEMPLATE, COPY = f"desk_filled{WORKER}", f"desk_of_a_test{WORKER}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "book" in metafunc.fixturenames:
        both = POSTGRES and metafunc.module.__name__.rpartition(".")[2] in BOTH
        metafunc.parametrize("book", ["sqlite", "postgres"] if both else ["sqlite"], indirect=True)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "ledger.db"
    with open_ledger(path) as book:
        stage.fill(book)
    return path


def database(name: str) -> str:
    """The address of another database beside the one for tests."""
    assert POSTGRES is not None
    return make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)


def make_database(name: str, template: str) -> None:
    """Make a database anew, as another is now."""
    assert POSTGRES is not None
    engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()


@pytest.fixture(scope="session")
def filled_postgres() -> str:
    """The name of a PostgreSQL database that holds the small ledger."""
    make_database(TEMPLATE, "template0")
    with open_ledger(database(TEMPLATE)) as book:
        stage.fill(book)
    return TEMPLATE


@pytest.fixture
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """The small ledger, a copy of its own."""
    if request.param == "sqlite":
        where = str(tmp_path / "ledger.db")
        shutil.copy(request.getfixturevalue("filled"), where)
    else:
        make_database(COPY, request.getfixturevalue("filled_postgres"))
        where = database(COPY)
    with open_ledger(where) as ledger:
        yield ledger


@pytest.fixture
def browser(book: Ledger) -> Iterator[TestClient]:
    with stage.client(book) as made:
        yield made
