from __future__ import annotations

import pytest
from tests.ledger.builder import Story

from accordingto.ledger.bodies import body_key, is_any_state_s, of_its_men, of_state, same_body, same_person
from accordingto.ledger.independence import joined_sources
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.observing import observe

ONE = [
    ("IDF", "Israel Defense Forces"),
    ("the Israeli military", "IDF"),
    ("Israel's army", "the Israel Defence Forces"),
    ("the Sudanese army", "Sudan's military"),
    ("the government of Mali", "the Malian government"),
    ("Russian forces", "the Russian army"),
    ("Malian troops", "Mali's soldiers"),
    ("WHO", "World Health Organization"),
    ("KVL", "the Kayah Valley League"),
    ("U.S. Central Command", "US Central Command"),
    ("the U.S. Army", "US Army"),
    ("U.N. Human Rights Office", "the UN human rights office"),
    ("U.N.", "the UN"),
    ("J.R. Tamm", "J. R. Tamm"),
    ("PKK", "the Kurdistan Workers' Party"),
    ("LeT", "Lashkar-e-Taiba"),
    ("ELN", "National Liberation Army"),
    ("ELN", "The National Liberation Army (ELN)"),
    ("the Kayah Valley League (KVL)", "KVL"),
    ("the Hill Guard (HG)", "the Hill Guard"),
    ("TTP", "Tehreek-e-Taliban Pakistan"),
    ("TTP", "the Pakistani Taliban"),
    ("AQAP", "al-Qaeda in the Arabian Peninsula"),
    ("JNIM", "Jama'at Nusrat al-Islam wal-Muslimin"),
    ("ISIS", "Islamic State"),
    ("IS", "the Islamic State group"),
    ("FARC", "the Revolutionary Armed Forces of Colombia"),
    ("M23", "the March 23 Movement"),
    ("Ansar Allah", "the Houthis"),
    ("Al-Shabaab", "the Shabab"),
]
TWO = [
    ("Lebanese Forces", "the Lebanese army"),  # a party
    ("Israeli Air Force", "Israeli military"),
    ("the Sudanese army", "the army"),
    ("the Sudanese army", "the Israeli army"),
    ("the Malian government", "the Malian army"),
    ("UN", "Unity Now"),  # two letters stand for too much
    ("Kayah Valley League", "Karen Village Line"),
    ("the Israeli Border Police", "the Israeli police"),
    ("the health ministry", "the Iraqi health ministry"),
    ("U.N.", "the U.S."),
    ("John F. Tamm", "Jo H. N. F. Tamm"),
    ("ELN", "the Karen National Liberation Army"),
    ("the Free Syrian Army", "the Syrian army"),
    ("Islamic State", "Islamic State West Africa Province"),
    ("Islamic State", "is"),
    ("Lashkar-e-Taiba", "let"),
    ("the Hill Guard (north)", "the Hill Guard"),
    ("fighters from the RSF", "the RSF"),  # some of its men are not the body, when they speak
]


@pytest.mark.parametrize(("a", "b"), ONE)
def test_one_body(a: str, b: str) -> None:
    assert same_body(a, b)
    assert same_body(b, a)


@pytest.mark.parametrize(("a", "b"), TWO)
def test_two_bodies(a: str, b: str) -> None:
    assert not same_body(a, b)
    assert not same_body(b, a)


@pytest.mark.parametrize(
    ("men", "body"),
    [
        ("fighters from the RSF", "RSF"),
        ("Fighters of the Rapid Support Forces", "Rapid Support Forces"),
        ("soldiers of the Syrian army", "Syrian army"),
        ("armed members of the Hill Guard", "Hill Guard"),
        ("soldiers from Chad", "soldiers from Chad"),
        ("fighters from the north", "fighters from the north"),
        ("officials of the Hill Guard", "officials of the Hill Guard"),
        ("the Hill Guard", "the Hill Guard"),
    ],
)
def test_men_of_a_body(men: str, body: str) -> None:
    assert of_its_men(men) == body


def test_persons() -> None:
    assert same_person("Imran Marwat", "Marwat")
    assert same_person("Dr. Imran Marwat", "Imran Marwat")
    assert not same_person("Imran Marwat", "Imran")
    assert not same_person("Imran Marwat", "Imran Khan")


def test_a_surname_of_two_people_is_nobodys() -> None:
    told = []
    for who in ("Imran Marwat", "Salma Marwat", "Marwat"):
        story = Story(f"{who} said that a strike hit Marda.", outlet=f"Outlet of {who}")
        claim = story.claim(who, "said", "a strike hit Marda", kind="person")
        story.event("strike", "strike", place=story.place("Marda"), claims=(claim,))
        [account] = observe(story.record(), who, knowledge())
        told += account.statements
    assert joined_sources(told) == {}
    without = [s for s in told if s.by != "Salma Marwat"]
    assert len(joined_sources(without)) == 1


@pytest.mark.parametrize(
    ("name", "any_state"),
    [
        ("the Interior Ministry", True),
        ("National Police Agency", True),
        ("Ministry of Government Legislation", True),
        ("the Iraqi foreign ministry", False),
        ("Shenyang police", False),
        ("Mossad", False),
        ("Kurdish Interior Ministry", False),
        ("the Red Cross", False),
    ],
)
def test_bodies_that_every_state_has(name: str, any_state: bool) -> None:
    assert is_any_state_s(name) is any_state


def test_a_state_s_body_has_one_key_with_its_country_named() -> None:
    assert of_state("the army", "SYR") == body_key("the Syrian army")
    assert of_state("Interior Ministry", "EGY") == body_key("Egypt's Ministry of the Interior")
    assert of_state("National Police Agency", "KOR") != of_state("National Police Agency", "JPN")
