from __future__ import annotations

from collections.abc import Callable

import pytest

from accordingto.reading.entities import find_entities
from accordingto.reading.layers import Layers
from accordingto.reading.reader import Reader
from accordingto.reading.tables import ReadingTables

TABLES = ReadingTables.load()


@pytest.mark.parametrize(
    ("names", "different"),
    [
        (("United Nations Children's Fund", "United Nations"), 2),
        (("Islamic State", "Islamic State West Africa Province"), 2),
        (("Islamic State", "Islamic State in Khorasan"), 2),
        (("Islamic State", "Islamic State group"), 1),
        (("Islamic State", "ISIS"), 1),
        (("Daesh", "ISIL"), 1),
        (("Blue Harbour Union", "Blue Harbour Union Bank"), 2),
        (("Blue Harbour Union", "Blue Harbour Union of Dockers"), 1),
        (("Blue Harbour Mission in Kyoto", "Blue Harbour Mission"), 1),
        (("Blue Harbour Party", "Blue Harbour Party (North)"), 1),
        (("Kyoto Red Cross", "Red Cross"), 1),
        (("Blue Mission to the United Nations", "United Nations"), 2),
        (("Disciplinary Board of the Harbour Party", "Harbour Party"), 2),
        (("Ministry of Port Affairs", "Port Affairs"), 1),
        (("Harbour Commission Against Corruption", "HCAC"), 1),
    ],
)
def test_bodies_under_a_longer_and_a_shorter_name(
    layers: Callable[..., Layers], names: tuple[str, str], different: int
) -> None:
    text = f"The {names[0]} said no. It was then that the {names[1]} said yes."
    shared = names[0].startswith(names[1]) or names[0].endswith(names[1])
    found = [(names[0], "Organization"), (names[1] + "#2" * shared, "Organization")]
    assert len(find_entities(text, layers(text, found, []), TABLES)) == different


@pytest.mark.parametrize("years", ["2031", "2031/2032", "2031-32"])
def test_years_are_no_names(layers: Callable[..., Layers], years: str) -> None:
    text = f"The Budget Bill {years} passed on 9/11."
    found = [(years, "Misc"), ("9/11", "Misc")]
    assert [e.name for e in find_entities(text, layers(text, found, []), TABLES)] == ["9/11"]


@pytest.mark.parametrize(
    ("description", "rest"),
    [
        ("a spokesman for the U.S. Harbour Council", ", said no."),
        ("the mayor of St. Petersburg", ", said no."),
        ("the head of Dr. Li’s office", ". It rained."),
        ("the leader of Plan B", ". He said no."),
        ("a former mayor", ". Crews left."),
    ],
)
def test_a_description_goes_on_behind_an_abbreviation(
    layers: Callable[..., Layers], description: str, rest: str
) -> None:
    text = f"So did Rosa Lima, {description}{rest}"
    found = [("Rosa Lima", "Person")]
    if "Council" in description:
        found.append(("U.S. Harbour Council", "Organization"))
    lima, *others = find_entities(text, layers(text, found, []), TABLES)
    assert lima.description == description
    assert lima.affiliation == (1 if others else None)


@pytest.mark.parametrize(
    ("text", "name", "description"),
    [
        ("A teacher, Luis Soto, said that the minister had lied.", "Luis Soto", "A teacher"),
        (
            "A lawyer, Rosa Quispe, denied that officers had used live ammunition.",
            "Rosa Quispe",
            "A lawyer",
        ),
        ("The mayor of Kyoto, Karl Berg, accused officials of lying.", "Karl Berg", "The mayor of Kyoto"),
        ("She met a teacher, Luis Soto, in Kyoto.", "Luis Soto", "a teacher"),
        ("A lawyer for the Lake Union, Karl Berg, left.", "Karl Berg", "A lawyer for the Lake Union"),
        (
            "A spokesman for the Lake Union, Col. Karl Berg, left.",
            "Karl Berg",
            "A spokesman for the Lake Union",
        ),
        ("A union lawyer, Dr. Karl Berg, left.", "Karl Berg", "A union lawyer"),
        ("Her successor, Minister Karl Berg, left.", "Karl Berg", "Minister"),
        ("The mother of a soldier, Sgt. Petro Lys, said that he had called.", "Petro Lys", "Sgt."),
        ("We met our teacher, Luis Soto, and its governor, Ana Ruiz.", "Luis Soto", None),
        ("One of the dead, Karl Berg, was a former minister.", "Karl Berg", "One of the dead"),
        ("On Monday, Karl Berg, told the chief to go.", "Karl Berg", None),
        ("Karl Berg, the mayor said, was killed on Monday.", "Karl Berg", None),
        ("Karl Berg, officials said, was killed on Monday.", "Karl Berg", None),
        ("Karl Berg, deputy head of the port, said it rained.", "Karl Berg", "deputy head of the port"),
        ("Karl Berg, acting head of the port, said it rained.", "Karl Berg", "acting head of the port"),
        (
            "Karl Berg, alleged leader of the gang, said it rained.",
            "Karl Berg",
            "alleged leader of the gang",
        ),
    ],
)
def test_a_person_is_described_by_what_they_are_and_not_by_what_they_do(
    reader: Reader, text: str, name: str, description: str | None
) -> None:
    (person,) = (e for e in reader.read(text).entities if e.name == name)
    assert person.description == description


def test_a_predicate_is_no_description_where_no_tree_tells(layers: Callable[..., Layers]) -> None:
    text = "A teacher, Luis Soto, said that the minister had lied."
    (soto,) = find_entities(text, layers(text, [("Luis Soto", "Person")], []), TABLES)
    assert soto.description is None


@pytest.mark.parametrize(
    ("text", "name", "called"),
    [
        ("Sultan Al-Berg, who sells fish, left.", "Al-Berg", "Sultan Al-Berg"),
        ("Sultan Berg, a lawyer, left.", "Sultan Berg", "Sultan Berg"),
        ("Prince Berg, a fisherman, left.", "Berg", "Prince Berg"),
        ("Sultan Karim left.", "Karim", "Karim"),
        ("Prince Al-Berg left.", "Al-Berg", "Al-Berg"),
        ("Prince Karl, who sells fish, left.", "Karl", "Karl"),
        ("Major Berg, a spokesman, left.", "Major Berg", "Berg"),
    ],
)
def test_a_title_that_is_a_given_name_is_part_of_the_name(
    text: str, name: str, called: str, layers: Callable[..., Layers]
) -> None:
    (found,) = find_entities(text, layers(text, [(name, "Person")], []), TABLES)
    assert found.name == called


def test_two_who_share_only_a_family_name_are_two(layers: Callable[..., Layers]) -> None:
    text = "Turki Al-Berg spoke. Sultan Al-Berg, a lawyer, left."
    found = find_entities(
        text, layers(text, [("Turki Al-Berg", "Person"), ("Al-Berg#2", "Person")], []), TABLES
    )
    assert [e.name for e in found] == ["Turki Al-Berg", "Sultan Al-Berg"]


@pytest.mark.parametrize(
    ("text", "names", "wanted"),
    [
        ("Ana Weber, a spokeswoman for President Ali Camara, left.", ["Ali Camara"], ["President"]),
        ("The Minister for Justice Ali Camara left.", ["Ali Camara"], ["Minister for Justice"]),
        (
            "Vice President Ana Weber and Senator Ali Camara left.",
            ["Ana Weber", "Ali Camara"],
            ["Vice President", "Senator"],
        ),
    ],
)
def test_a_title_is_the_bearers_own(
    text: str, names: list[str], wanted: list[str], layers: Callable[..., Layers]
) -> None:
    found = find_entities(text, layers(text, [(n, "Person") for n in names], []), TABLES)
    assert [e.description for e in found] == wanted


def test_whose_office_is_told_with_a_bodys_name_is_its_head(reader: Reader) -> None:
    record = reader.read("The chairman of the council, Hon. Edwin Bello, said nine people were killed.")
    (person,) = (e for e in record.entities if e.kind == "person")
    assert person.description == "The chairman of the council"


def test_the_label_of_a_turn_is_the_person_of_that_surname(layers: Callable[..., Layers]) -> None:
    text = "Ana Bello met Karl Berg.\nBELLO: It rained.\nThe club BERG: It did."
    names = [
        ("Ana Bello", "Person"),
        ("Karl Berg", "Person"),
        ("BELLO", "Organization"),
        ("BERG", "Organization"),
    ]
    found = find_entities(text, layers(text, names, []), TABLES)
    assert [e.name for e in found] == ["Ana Bello", "Karl Berg", "BERG"]


@pytest.mark.parametrize(
    ("names", "different"),
    [
        (("Álvaro Quispe Fernández", "Fernandez"), 1),
        (("Pedro Lindqvist", "Pedro Linqvist"), 1),
        (("Pedro Lindqvist", "Lindquist"), 1),
        (("Pedro Petrov", "Anna Petrova"), 2),
        (("Pedro Petrov", "Petrova"), 2),
        (("Pedro Lindqvist", "Rosa Linqvist"), 2),
        (("Pedro Lima", "Lisa"), 2),
    ],
)
def test_a_name_written_in_two_ways(
    layers: Callable[..., Layers], names: tuple[str, str], different: int
) -> None:
    text = f"It was {names[0]} who said no. Then it was {names[1]} who said yes."
    found = find_entities(text, layers(text, [(n, "Person") for n in names], []), TABLES)
    assert len(found) == different
    assert found[0].name == names[0]


@pytest.mark.parametrize(
    ("between", "label", "different"),
    [
        (", better known as ", "Person", 1),
        (", known to her fans as ", "Person", 2),
        (", 31, also known as “", "Person", 2),
        (" (also known as “", "Person", 1),
        (", nicknamed ", "Person", 1),
        (", also known as ", "Organization", 2),
        (", who was known as a friend of ", "Person", 2),
    ],
)
def test_an_alias_is_one_more_name(
    layers: Callable[..., Layers], between: str, label: str, different: int
) -> None:
    text = f"In Arica, Ana Ruiz{between}Paloma Flamencita sang. Then Flamencita left."
    names = [("Ana Ruiz", "Person"), ("Paloma Flamencita", label), ("Flamencita#2", label)]
    found = find_entities(text, layers(text, names, []), TABLES)
    assert len({e.name for e in found if e.kind is found[0].kind}) == (different if label == "Person" else 1)
    assert found[0].name == "Ana Ruiz"
    assert len(found[0].mentions) == (3 if different == 1 else 1)


@pytest.mark.parametrize(
    ("text", "names", "wanted"),
    [
        ("Sen. Pedro Lima (R-S.C.) said no.", ["Pedro Lima", "R-S.C."], ["Pedro Lima"]),
        ("Tim Skott, D-N.J., said no.", ["Tim Skott", "D-N.J."], ["Tim Skott"]),
        ("Pedro Lima (PEL) said no.", ["Pedro Lima", "PEL"], ["Pedro Lima"]),
        ("They rode the D-Train home.", ["D-Train"], ["D-Train"]),
    ],
)
def test_a_members_party_and_state_name_nobody(
    layers: Callable[..., Layers], text: str, names: list[str], wanted: list[str]
) -> None:
    found = find_entities(text, layers(text, [(n, "Person") for n in names], []), TABLES)
    assert [e.name for e in found] == wanted


def test_an_office_that_ends_a_sentence_is_no_title(layers: Callable[..., Layers]) -> None:
    text = "He built a palace for the Sultan of Oman. Pedro Lima died. Brig. Gen. Raul Paz left."
    found = find_entities(text, layers(text, [("Pedro Lima", "Person"), ("Raul Paz", "Person")], []), TABLES)
    assert [(e.name, e.titles) for e in found] == [("Pedro Lima", []), ("Raul Paz", ["Brig. Gen."])]


@pytest.mark.parametrize(
    ("text", "names", "entities"),
    [
        ("The Union for Hope (Unes) won. Unes was glad.", ["Union for Hope", "Unes", "Unes#2"], ["Union for Hope"]),
        ("The Port Union (Moore) won.", ["Port Union", "Moore"], ["Port Union", "Moore"]),
    ],
)  # fmt: skip
def test_a_word_in_brackets_is_short_for_a_body(
    layers: Callable[..., Layers], text: str, names: list[str], entities: list[str]
) -> None:
    found = find_entities(text, layers(text, [(n, "Organization") for n in names], []), TABLES)
    assert [e.name for e in found] == entities


@pytest.mark.parametrize(
    ("text", "names", "entities"),
    [
        ("Nurse Carmen Ho Ka-man was heard. Ho wept.", ["Carmen Ho Ka-man", "Ho#2"], ["Carmen Ho Ka-man"]),
        ("Nurse Juan de la Cruz was heard. De left.", ["Juan de la Cruz", "De"], ["Juan de la Cruz", "De"]),
        ("Leo Nerro,  alias  ‘El Tigre’, died.", ["Leo Nerro", "El Tigre"], ["Leo Nerro"]),
    ],
)  # fmt: skip
def test_a_persons_further_names(
    layers: Callable[..., Layers], text: str, names: list[str], entities: list[str]
) -> None:
    found = find_entities(text, layers(text, [(n, "Person") for n in names], []), TABLES)
    assert [e.name for e in found] == entities


@pytest.mark.parametrize(
    ("names", "fullest"),
    [
        (("America", "U.S."), "America"),
        (("U.S.", "America"), "U.S."),
        (("U.S.", "United States"), "United States"),
        (("GAZA", "Gaza"), "Gaza"),
        (("Iran", "Islamic Republic of Iran"), "Iran"),
        (("Islamic Republic of Iran", "Iran"), "Iran"),
    ],
)
def test_letters_count_as_one_word_of_a_countrys_name(
    layers: Callable[..., Layers], names: tuple[str, str], fullest: str
) -> None:
    text = f"{names[0]} wept. Then {names[1]} was hit."
    (found,) = find_entities(text, layers(text, [(n, "Location") for n in names], []), TABLES)
    assert found.name == fullest


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("There were Ana Lima, mayor Luis Soto, and crews.", None),
        ("There was Ana Lima, spokeswoman for Mayor Luis Soto, and crews.", "spokeswoman for Mayor Luis Soto"),
    ],
)  # fmt: skip
def test_the_next_of_a_list_describes_nobody(
    layers: Callable[..., Layers], text: str, described: str | None
) -> None:
    found = find_entities(text, layers(text, [("Ana Lima", "Person"), ("Luis Soto", "Person")], []), TABLES)
    assert found[0].description == described


@pytest.mark.parametrize(
    ("name", "whole"),
    [("Ana Ruiz (R-S.C.)", "Ana Ruiz"), ('Ana Ruiz"', "Ana Ruiz"), ("José “N”", "José “N”")],
)
def test_what_stands_beside_a_name_is_no_part_of_it(
    layers: Callable[..., Layers], name: str, whole: str
) -> None:
    text = f"It was {name} who said no."
    assert [e.name for e in find_entities(text, layers(text, [(name, "Person")], []), TABLES)] == [whole]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("He told Lake News’s Ana Ruiz no.", "Lake News"),
        ("He left Lake News. Ana Ruiz said no.", None),
    ],
)
def test_a_body_may_own_the_name_of_who_belongs_to_it(
    layers: Callable[..., Layers], text: str, body: str | None
) -> None:
    found = find_entities(
        text, layers(text, [("Lake News", "Organization"), ("Ana Ruiz", "Person")], []), TABLES
    )
    (person,) = (e for e in found if e.name == "Ana Ruiz")
    assert (found[person.affiliation].name if person.affiliation is not None else None) == body


def test_where_somebody_did_something_is_not_whose_they_are(reader: Reader) -> None:
    record = reader.read(
        "Karl Berg, the first Kenyan to carry out a bombing in Syria, died. Ana Ruiz, a mayor in Peru, left."
    )
    names = {e.id: e.name for e in record.entities}
    told = {e.name: names.get(e.affiliation or "") for e in record.entities if e.kind == "person"}
    assert told == {"Karl Berg": None, "Ana Ruiz": "Peru"}


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("Lima and her husband, former Mayor Pedro Lima, left.", ["Lima 3", "Pedro Lima 1"]),
        ("Lima's late brother Pedro Lima left.", ["Lima 3", "Pedro Lima 1"]),
        ("Lima and her husband, Pedro Lima, left. Rosa Lima fell.", ["Rosa Lima 4", "Pedro Lima 1"]),
        ("Lima and her lawyer left. Pedro Lima fell.", ["Pedro Lima 4"]),
    ],
)
def test_whose_kin_bears_the_same_name_is_somebody_else(
    layers: Callable[..., Layers], told: str, wanted: list[str]
) -> None:
    text = f"Lima says no. {told} Lima slept."
    whole = [n for n in ("Pedro Lima", "Rosa Lima") if n in told]
    last = 3 + len(whole)
    names = [(n, "Person") for n in ("Lima#1", "Lima#2", *whole, f"Lima#{last}")]
    found = find_entities(text, layers(text, names, []), TABLES)
    assert [f"{e.name} {len(e.mentions)}" for e in found] == wanted
