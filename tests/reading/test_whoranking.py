"""Whom a pronoun or description means, by the ranker. All text is invented."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from accordingto.reading.antecedents import Antecedents
from accordingto.reading.entities import Found
from accordingto.reading.layers import Layers
from accordingto.reading.offices import holds_another
from accordingto.reading.reader import Reader
from accordingto.reading.speakers import Speaker
from accordingto.reading.tables import ReadingTables
from accordingto.reading.whoranking import Asked, Features, Ranking, best_of
from accordingto.record import EntityKind, MentionForm, SourceKind
from accordingto.spans import Range

Make = Callable[..., Layers]
TABLES = ReadingTables.load()
TEXT = (
    "Harbour Minister Ada Obi opened the quay. The Lagoon Water Board had built it. Bayo Kalu, a fisherman, watched. "
    "“It is new,” the minister said. The LWB was proud. The pet owners were not. She left."
)


def ranking(layers: Make) -> Ranking:
    kinds = {
        "Ada Obi": EntityKind.PERSON,
        "Lagoon Water Board": EntityKind.ORGANIZATION,
        "Bayo Kalu": EntityKind.PERSON,
    }
    found = [
        Found(kind, name, [(Range(*m.span()), MentionForm.NAME) for m in re.finditer(name, TEXT)])
        for name, kind in kinds.items()
    ]
    found[2].titles = ["Mr"]
    seen = layers(TEXT, [], [])
    return Ranking(TEXT, found, Antecedents(TEXT, found, seen), seen, TABLES)


def asked(phrase: str, kind: SourceKind | None = None, ruled: Speaker | None = None) -> Asked:
    start = TEXT.rindex(phrase)
    words = tuple(phrase.lower().split())
    return Asked(Range(start, start + len(phrase)), words, words, kind, None, ruled, ())


def features(made: Ranking, a: Asked, recent: Sequence[tuple[int, Speaker]] = ()) -> dict[str, Features]:
    candidates = made.candidates(a, recent)
    return dict(zip((c.called for c in candidates), made.rows(a, candidates, recent), strict=True))


def test_words_beside_a_name_speak_for_a_description(layers: Make) -> None:
    rows = features(ranking(layers), asked("the minister", SourceKind.ANONYMOUS))
    assert "head beside name" in rows["Ada Obi"]
    assert "head beside name" not in rows["Bayo Kalu"]
    assert "of a person as person" in rows["Ada Obi"]
    assert rows["the minister"]["new"] == 1.0


def test_an_acronym_names_a_body(layers: Make) -> None:
    rows = features(ranking(layers), asked("The LWB", SourceKind.ORGANIZATION))
    assert "its acronym" in rows["Lagoon Water Board"]
    assert "its acronym" not in rows["Ada Obi"]


def test_the_one_body_named_so_far_stands_alone_in_its_kind(layers: Make) -> None:
    rows = features(ranking(layers), asked("the minister", SourceKind.ANONYMOUS))
    assert "alone, anonymous as organization" in rows["Lagoon Water Board"]
    assert not any(f.startswith("alone") for f in (*rows["Ada Obi"], *rows["Bayo Kalu"]))
    assert "nearest, anonymous as person" in rows["Bayo Kalu"]
    assert "nearest, anonymous as person" not in rows["Ada Obi"]


def test_several_are_no_one_person(layers: Make) -> None:
    rows = features(ranking(layers), asked("The pet owners", SourceKind.GROUP))
    assert not {"Ada Obi", "Bayo Kalu"} & set(rows)


def test_a_pronoun_asks_for_persons_that_it_fits(layers: Make) -> None:
    rows = features(ranking(layers), asked("She"))
    assert set(rows) == {"Ada Obi"}  # Mr Kalu is none


def test_who_spoke_last_and_whom_the_rules_choose_are_told(layers: Make) -> None:
    made = ranking(layers)
    ada = Speaker(SourceKind.PERSON, 0, True, None, "", frozenset(("ada", "obi")))
    villager = Speaker(
        SourceKind.ANONYMOUS, None, False, "a villager", "villager", frozenset(("villager",)), person=True
    )
    rows = features(made, asked("She", ruled=ada), [(20, villager), (TEXT.index("the minister"), ada)])
    assert rows["Ada Obi"]["chosen by rule"] == rows["Ada Obi"]["spoke last"] == 1.0
    assert rows["a villager"]["spoke last but one"] == 1.0
    assert "chosen by rule" not in rows["a villager"]


@pytest.mark.parametrize(("weight", "chosen"), [(2.0, 0), (-2.0, 1)])
def test_the_weightier_is_chosen(weight: float, chosen: int) -> None:
    rows: list[Features] = [{"subject": 1.0}, {"nearest": 1.0}]
    choose = best_of({"subject": (weight, 0.0), "nearest": (1.0, 0.0)})
    assert choose(asked("She"), (), rows) == chosen


def test_weights_stand_in_a_table() -> None:
    assert TABLES.who_weights["only quoted"][0] < 0 < TABLES.who_weights["subject"][0]


def speakers(reader: Reader, text: str) -> list[str | None]:
    """Who makes each claim of a text, by name or description."""
    record = reader.read(text)
    names = {e.id: e.name for e in record.entities}
    sources = {s.id: names.get(s.entity or "") or s.description for s in record.sources}
    return [sources[c.source] for c in record.claims]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "Amal Idris, the governor of Gao, said it was calm. The governor of Kidal said two men died.",
            "Amal Idris",
            "The governor of Kidal",
        ),
        (
            "Gao governor Amal Idris said it was calm. The Kidal governor said two men died.",
            "Amal Idris",
            "The Kidal governor",
        ),
        (
            "Kofi Adom, the president of Ghana, said talks had begun. The president of Togo denied it.",
            "Kofi Adom",
            "The president of Togo",
        ),
        (
            "French Foreign Minister Luc Martin said talks failed. The German foreign minister said they went on.",
            "Luc Martin",
            "The German foreign minister",
        ),
        (
            "Jane Wood, the representative of the United Kingdom, said aid came. The representative of Bangladesh said it was late.",
            "Jane Wood",
            "The representative of Bangladesh",
        ),
        (
            "Ana Ruiz, the UN envoy for Syria, said talks had begun. The UN envoy for Libya said they would last.",
            "Ana Ruiz",
            "The UN envoy for Libya",
        ),
        (
            "The hospital in Gao said it was full. The hospital in Kidal said it had received no one.",
            "The hospital in Gao",
            "The hospital in Kidal",
        ),
        (
            "Luc Martin, a spokesman for the Red Cross, said nine died. The spokesman for UNICEF said ten died.",
            "Luc Martin",
            "The spokesman for UNICEF",
        ),
    ],
)
def test_who_holds_an_office_elsewhere_is_somebody_else(
    text: str, first: str, second: str, reader: Reader
) -> None:
    assert speakers(reader, text) == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "Amal Idris, the governor of Gao, said it was calm. The governor of Gao said two men died.",
        "Amal Idris, the governor of Gao, said it was calm. The governor said two men died.",
        "Amal Idris, the governor of Gao, said it was calm. The governor of the region said two men died.",
        "Luc Martin, the foreign minister of France, said talks failed. The French foreign minister said they went on.",
        "Ana Ruiz, the UN envoy for Syria, said talks had begun. The UN envoy said they would last.",
    ],
)
def test_who_holds_the_office_there_is_the_same(text: str, reader: Reader) -> None:
    first, second = speakers(reader, text)
    assert first == second


def test_two_of_one_office_are_kept_apart_when_they_speak_again(reader: Reader) -> None:
    text = (
        "The governor of Gao said it was calm. The governor of Kidal said two men died. "
        "The governor of Gao called for help."
    )
    said = speakers(reader, text)
    assert said == ["The governor of Gao", "The governor of Kidal", "The governor of Gao"]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "The spokesman for the army said that it had won. The spokesman for the police said that three people died.",
            "The spokesman for the army",
            "The spokesman for the police",
        ),
        (
            "The head of the port authority said that ships were late. The head of the WFP said that food was late.",
            "The head of the port authority",
            "The head of the WFP",
        ),
        (
            "The director of the hospital said it was full. The director of the school said it was closed.",
            "The director of the hospital",
            "The director of the school",
        ),
        (
            "A spokesman for the ministry said it rained. The spokesman for the party said it burned.",
            "A spokesman for the ministry",
            "The spokesman for the party",
        ),
    ],
)
def test_who_speaks_for_another_sort_of_body_is_somebody_else(
    text: str, first: str, second: str, reader: Reader
) -> None:
    assert speakers(reader, text) == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "The head of the Port Agency said that ships were late. The head of the agency said that more was needed.",
        "Officials at the health ministry said 3 died. The officials at the ministry said two more died.",
        "The director of the hospital said it was full. The director of the hospital said more people came.",
        "Karl Berg, spokesman for the interior ministry, said 3 died. The spokesman for the ministry of interior said 4 died.",
    ],
)
def test_who_speaks_for_a_body_by_a_shorter_name_may_be_the_same(text: str, reader: Reader) -> None:
    first, second = speakers(reader, text)
    assert first == second


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "“We stay,” said Ana Moor, a baker in Lakeside. The governor said that help was near. The general told reporters it rained.",
            ["Ana Moor", "The governor", "The general"],
        ),
        (
            "Water Minister Bayo Kalu denied that the quay had sunk. The governor of Riverside said by telephone that nine people died.",
            ["Bayo Kalu", "The governor of Riverside"],
        ),
        (
            "Gen. Ada Obi said the quay was safe. Col. Musa Lado said it burned. The colonel said it rained. The general said she would stay.",
            ["Ada Obi", "Musa Lado", "Musa Lado", "Ada Obi"],
        ),
        (
            "Mr. Bayo Kalu, a fisherman, said the quay was safe. The mayor said it rained.",
            ["Bayo Kalu", "The mayor"],
        ),
    ],
)
def test_an_office_is_nobodys_who_is_told_to_be_something_else(
    text: str, wanted: list[str], reader: Reader
) -> None:
    assert speakers(reader, text) == wanted


@pytest.mark.parametrize(
    ("title", "description", "said", "another"),
    [
        ("Justice", None, "the judge", False),
        ("Rep.", None, "the Lakeside congressman", False),
        ("Gen.", None, "the general", False),
        ("Mr.", None, "the mayor", False),
        ("Mr.", "a fisherman", "the mayor", True),
        ("Gen.", None, "the mayor", True),
        ("Gen.", None, "the official", False),
        ("Gen.", None, "the woman", False),
    ],
)
def test_an_office_has_several_words(title: str, description: str | None, said: str, another: bool) -> None:
    found = Found(EntityKind.PERSON, "Ada Moor", [], description=description, titles=[title])
    told = re.findall(r"\w+", f"{title} {description or ''}".lower())
    assert holds_another(found, said.lower().split(), [told], TABLES.titles) is another


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Iran's foreign minister, Reza Karimi, denied the strike. Israel's foreign minister accused Hezbollah of the killing. "
            "He said the army would respond.",
            ["Reza Karimi", "Israel's foreign minister", "Israel's foreign minister"],
        ),
        (
            "Georgia's president said on Monday she had vetoed the law. "
            "France's president, Luc Morel, said the police had killed two protesters in Tbilisi.",
            ["Georgia's president", "Georgia's president", "Luc Morel"],
        ),
        (
            "Togo's prime minister, Ama Mensah, visited Lagos. Ghana's prime minister said two men had died.",
            ["Ghana's prime minister"],
        ),
        (
            "French President Luc Morel said two men had died. The Turkish president said three had died.",
            ["Luc Morel", "The Turkish president"],
        ),
        (
            "The president said the army had bombed Goma. Luc Morel, France's president, said the strike killed ten people.",
            ["Luc Morel", "Luc Morel"],
        ),
        (
            "Turkey's president said the army had bombed Idlib. The president said ten rebels were killed.",
            ["Turkey's president", "Turkey's president"],
        ),
        (
            "Luc Morel, the president of France, said two men had died. France's president said three had died.",
            ["Luc Morel", "Luc Morel"],
        ),
    ],
)
def test_who_holds_an_office_of_one_country_is_not_that_of_another(
    text: str, wanted: list[str], reader: Reader
) -> None:
    assert speakers(reader, text) == wanted
