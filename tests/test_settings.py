from __future__ import annotations

from pathlib import Path

import pytest

from accordingto import hooks
from accordingto.errors import UserError
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
