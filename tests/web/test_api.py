"""The API as its description has it: asked whatever is allowed, it never fails."""

from __future__ import annotations

import shutil

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from starlette.testclient import TestClient
from tests.web import stage

from accordingto.ledger.session import open_ledger
from accordingto.web.desk import Options

EXAMPLES = 3
OPEN = Options(
    hosts=(),
    reads_rate="100000/minute",
    writes_rate="100000/minute",
    signin_rate="100000/minute",
    fetch_rate="100000/minute",
)


@pytest.fixture(scope="module")
def described(filled, tmp_path_factory):  # type: ignore[no-untyped-def]
    path = tmp_path_factory.mktemp("api") / "ledger.db"
    shutil.copy(filled, path)
    with open_ledger(path) as book, stage.client(book, OPEN) as browser:
        yield schemathesis.openapi.from_asgi("/openapi.json", browser.app)


BOUNDED = settings(
    max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    derandomize=True, database=None,
)  # fmt: skip
REFUSED = {303, 403, 404, 413, 422}


def ask(operation, asked: dict[str, int]) -> None:  # type: ignore[no-untyped-def]
    """Ask one operation a few times, each time something else that its description allows."""

    @BOUNDED
    @given(case=operation.as_strategy())
    def once(case) -> None:  # type: ignore[no-untyped-def]
        answer = case.call()
        assert answer.status_code in {200} | REFUSED, (operation.label, answer.status_code, answer.text[:300])
        asked[operation.label] = asked.get(operation.label, 0) + 1

    once()


@pytest.mark.filterwarnings("ignore")
def test_no_server_error(described) -> None:  # type: ignore[no-untyped-def]
    asked: dict[str, int] = {}
    for found in described.get_all_operations():
        ask(found.ok(), asked)
    assert len(asked) >= 35
    assert min(asked.values()) >= 1


def test_every_page_is_described(browser: TestClient) -> None:
    found = browser.get("/openapi.json").json()
    paths = found["paths"]
    for path in (
        "/index.json",
        "/incidents.json",
        "/incidents/{id}.json",
        "/reports/{id}.json",
        "/claims.json",
        "/review.json",
        "/search.json",
    ):
        what = paths[path]["get"]
        assert what["summary"]
        answer = what["responses"]["200"]
        name = answer["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        assert name in found["components"]["schemas"]
        assert all(p["schema"] for p in what.get("parameters", ()))
    listed = {p["name"]: p for p in paths["/incidents.json"]["get"]["parameters"]}
    assert {"from", "to", "place", "type", "actor", "source", "state", "q", "after"} <= set(listed)
    assert all(p["description"] for p in listed.values())
