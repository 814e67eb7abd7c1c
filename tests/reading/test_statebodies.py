"""Ministries, armies and police of several countries in one report. All text is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accordingto.reading.entities import find_entities
from accordingto.reading.layers import Layers
from accordingto.reading.tables import ReadingTables

MINISTRY, AGAIN = ("Defense Ministry", "Organization"), ("Defense Ministry#2", "Organization")


@pytest.mark.parametrize(
    ("text", "names", "bodies"),
    [
        (
            "Ukraine’s Defense Ministry counted two drones. Russia’s Defense Ministry counted nine.",
            [("Ukraine", "Location"), MINISTRY, ("Russia", "Location"), AGAIN],
            ["Ukraine’s Defense Ministry", "Russia’s Defense Ministry"],
        ),
        (
            "Russia's Defense Ministry counted two. The Russian Defense Ministry then counted nine.",
            [("Russia", "Location"), MINISTRY, ("Russian Defense Ministry", "Organization")],
            ["Russia's Defense Ministry"],
        ),
        (
            "The Syrian Defense Ministry counted two. The Defense Ministry in Moscow counted nine.",
            [("Syrian Defense Ministry", "Organization"), AGAIN],
            ["Syrian Defense Ministry", "Defense Ministry"],
        ),
        (
            "Meanwhile Ukraine’s Defense Ministry counted two. Russia’s Defense Ministry counted nine.",
            [("Ukraine", "Location"), MINISTRY, ("Russia", "Location"), AGAIN],
            ["Ukraine’s Defense Ministry", "Russia’s Defense Ministry"],
        ),
        (
            "The Defense Ministry in Damascus counted two. The Defense Ministry in Moscow counted nine.",
            [MINISTRY, AGAIN],
            ["Defense Ministry", "Defense Ministry"],
        ),
        (
            "The Syrian Defense Ministry counted two. The Defense Ministry in Damascus counted nine.",
            [("Syrian Defense Ministry", "Organization"), AGAIN],
            ["Syrian Defense Ministry"],
        ),
        (
            "Kenya's Red Crescent helped.",
            [("Kenya", "Location"), ("Red Crescent", "Organization")],
            ["Red Crescent"],
        ),
        ("Baraka's Defense Ministry file.", [("Baraka", "Person"), MINISTRY], ["Defense Ministry"]),
    ],
)
def test_a_body_of_a_state_is_told_by_its_country(
    text: str, names: list[tuple[str, str]], bodies: list[str], layers: Callable[..., Layers]
) -> None:
    found = find_entities(text, layers(text, names, []), ReadingTables.load())
    assert [e.name for e in found if e.kind == "organization"] == bodies
