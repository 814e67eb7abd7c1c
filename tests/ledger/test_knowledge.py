"""What the tables say of a claim's words."""

from __future__ import annotations

import pytest

from accordingto.ledger.accounts import Field
from accordingto.ledger.knowledge import FIELDS, knowledge


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("denied that any militants used the hospital", "use_of_site"),
        ("said no fighters had used the school", "use_of_site"),
        ("said there were no weapons in the hospital", "use_of_site"),
        ("denied that any weapons were stored there", "use_of_site"),
        ("denied that it had ever supplied any weapons", "happened"),
        ("denied sending any fighters to Aland", "happened"),
        ("denied that any arms had been delivered to the rebels", "happened"),
        ("denied using tear gas", "instrument"),
    ],
)
def test_what_a_denial_is_about(words: str, field: str) -> None:
    assert knowledge().field_of(words) == field


@pytest.mark.parametrize(
    ("words", "use"),
    [
        ("there were no weapons there", True),
        ("it had given any weapons to the militia", False),
        ("that it supplied any arms", False),
        ("any arms had been delivered to the rebels", False),
    ],
)
def test_weapons_that_go_to_somebody_are_no_use_of_a_site(words: str, use: bool) -> None:
    assert any(p.search(words) for p, _ in knowledge().uses) is use


@pytest.mark.parametrize(
    "words",
    [
        "fighters were hiding in the school",
        "that there were militants in the school",
        "there were no Hill Front militants in the school",
        "militants inside the hospital",
        "soldiers were based in homes",
        "its fighters had been in either building",
        "there was never a soldier of any side in my school",
        "soldiers had been eating at a stall beside the market",
        "gunmen hid in a mosque",
        "militants operated from a hospital",
        "troops stationed near a school",
        "militants were holding hostages in a school",
        "it had struck militants in a school",
        "the army had put soldiers in the school",
        "militants who were hiding in a mosque fired on the troops",
        "fighters from the Front were inside a clinic",
        "the presence of soldiers in the market",
        "soldiers may have been in the market",
        "the Front had fighters in the school",
        "fighters in the building",
    ],
)
def test_who_is_at_a_site_is_a_use_of_it(words: str) -> None:
    assert [u for p, u in knowledge().uses if p.search(words)][:1] == ["fighters inside"]


@pytest.mark.parametrize(
    "words",
    [
        "soldiers shot dead three pupils in a school in Monywa on Saturday",
        "gunmen killed 20 people in a market in Kirkuk",
        "gunmen killed at least nine worshippers in a church",
        "gunmen opened fire in a school",
        "troops shot a doctor in a hospital",
        "soldiers burned 14 houses and looted shops near the market",
        "fighters fired at people near the hospital",
        "militants opened fire at a checkpoint near a mosque",
        "a suicide bomber killed five soldiers at a market",
        "soldiers freed 40 hostages from gunmen at a hotel near a church",
        "five soldiers were killed in a church",
        "troops were wounded when a bomb exploded near a market",
        "gunmen stormed a hospital and abducted two nurses from a ward",
        "rebels attacked villagers sheltering in a church",
        "gunmen shot people who were hiding in a church",
        "rebels were firing at people in the market",
        "the army had killed soldiers in a school",
        "the killing of five soldiers in a market",
        "soldiers held a ceremony at a school",
        "soldiers placed under house arrest",
        "militants gathered the villagers in a mosque and shot them",
        "no one had seen the soldiers shoot a boy in a school",
        "rebels ambushed an army convoy and killed two soldiers near a market",
    ],
)
def test_a_deed_at_a_site_is_no_use_of_it(words: str) -> None:
    assert [u for p, u in knowledge().uses if p.search(words)] == []


@pytest.mark.parametrize(
    "words", ["it served army patrols", "no army convoys crossed it", "military traffic"]
)
def test_what_the_military_moves_over_a_road_is_a_use_of_it(words: str) -> None:
    assert [u for p, u in knowledge().uses if p.search(words)] == ["military road"]


def test_the_fields_of_the_tables_are_those_of_incidents() -> None:
    assert FIELDS.codes == frozenset(map(str, Field))
