"""Which names tell where an event was though no part marks them, and which only stand near. All text is invented."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from msgspec.structs import replace

from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers, Part
from accordingto.reading.locatives import Locatives
from accordingto.reading.occasions import Occasions
from accordingto.reading.reader import Reader
from accordingto.reading.whom import Mentioned
from accordingto.record import Document, Factuality, Place, Precision, Record
from accordingto.spans import Range, span

Make = Callable[..., Layers]
LABELS = ("root", "nsubj", "obl", "nmod", "case", "conj", "advcl", "acl", "ccomp", "appos", "compound", "obj")


def at(text: str, words: str) -> Range:
    return Range(text.index(words), text.index(words) + len(words))


def places(text: str, *names: str, precision: Precision = Precision.EXACT) -> tuple[Place, ...]:
    return tuple(Place(n, span(text, at(text, n)), n, country="SDN", precision=precision) for n in names)


def one_paragraph(made: Layers, text: str) -> Layers:
    """Layers whose text is one paragraph."""
    return dataclasses.replace(made, paragraphs=(Range(0, len(text)),))


def where(
    made: Layers,
    text: str,
    kind: str,
    trigger: str,
    *names: str,
    parts: Mapping[str, str] | None = None,
    precision: Precision = Precision.EXACT,
) -> str | None:
    """The place of the only event, with no part but some."""
    told = tuple(Part(role, at(text, words), 0.9) for role, words in (parts or {}).items())
    event = FoundEvent(kind, at(text, trigger), (at(text, trigger),), told, Factuality.OCCURRED)
    record = Record(document=Document("d", text), places=places(text, *names, precision=precision))
    return Occasions(record, [event], made, Mentioned(())).place_of(0)


@pytest.mark.parametrize(
    ("text", "name", "led"),
    [
        ("Nine died in Kor.", "Kor", True),
        ("Nine died near the southern city of Kor.", "Kor", True),
        ("Nine died in the hills of Kor.", "Kor", True),
        ("Nine died in war-torn Kor.", "Kor", True),
        ("Deaths were reported from Kor.", "Kor", True),
        ("The governor of Kor said nine died.", "Kor", True),
        ("Kor police said nine died.", "Kor", True),
        ("A captain of Kor range police said nine died.", "Kor", False),
        ("The road from Kor is shut.", "Kor", True),
        ("Crowds were on Kor Avenue.", "Kor Avenue", True),
        ("A book on Kor came out.", "Kor", False),
        ("A man from Kor died.", "Kor", False),
        ("Kor mourns nine dead.", "Kor", False),
        ("They spoke in support of Kor.", "Kor", False),
        ("In 2030 Kor lost nine men.", "Kor", False),
        ("They met on the future of Kor.", "Kor", False),
        ("It was one of the worst in Kor.", "Kor", False),
    ],
)
def test_a_preposition_of_place_leads_to_a_name(text: str, name: str, led: bool, layers: Make) -> None:
    [place] = places(text, name)
    assert Locatives(text, (place,), layers(text, [], [])).leads(place) is led


def test_the_first_of_a_row_leads_to_all(tree: Make) -> None:
    text = "Nine died in Kor, Farwa and Lam"
    found = Locatives(text, places(text, "Kor", "Farwa", "Lam"), tree(text, {}, LABELS))
    assert all(found.leads(p) for p in found.places)
    text = "In Kor, Farwa urged calm"
    found = Locatives(text, places(text, "Kor", "Farwa"), tree(text, {"Farwa": ("urged", "nsubj")}, LABELS))
    assert [found.leads(p) for p in found.places] == [True, False]


@pytest.mark.parametrize(
    ("text", "hangs", "kind", "trigger", "there"),
    [
        ("Kor still negotiates", {"Kor": ("negotiates", "nsubj")}, "negotiation", "negotiates", False),
        ("A Kor rally drew many", {"Kor": ("rally", "compound")}, "protest", "rally", True),
        (
            "The siege of Kor went on",
            {"Kor": ("siege", "nmod"), "of": ("Kor", "case")},
            "blockade",
            "siege",
            True,
        ),
        (
            "The talks on Kor went on",
            {"Kor": ("talks", "nmod"), "on": ("Kor", "case")},
            "negotiation",
            "talks",
            False,
        ),
        (
            "Talks led to a deal signed in Kor",
            {
                "Kor": ("signed", "obl"),
                "signed": ("deal", "acl"),
                "deal": ("led", "obl"),
                "Talks": ("led", "nsubj"),
            },
            "negotiation",
            "Talks",
            False,
        ),
        (
            "Police held a man who had lain in Kor",
            {"Kor": ("lain", "obl"), "lain": ("man", "acl"), "man": ("held", "obj")},
            "detention",
            "held",
            False,
        ),
        (
            "Nine died in Kor",
            {"Kor": ("died", "obl")},
            "death",
            "died",
            True,
        ),
        *(
            (
                "She visited the port of Kor to join a summit",
                {
                    "Kor": ("port", "nmod"),
                    "port": ("visited", "obj"),
                    "join": ("visited", "advcl"),
                    "summit": ("join", "obj"),
                },
                kind,
                "summit",
                kind == "meeting",
            )
            for kind in ("meeting", "release")
        ),
        (
            "A nurse in Kor said nine died",
            {"Kor": ("nurse", "nmod"), "nurse": ("said", "nsubj"), "died": ("said", "ccomp")},
            "death",
            "died",
            True,
        ),
        (
            "Kor stays tense as men were shot",
            {"Kor": ("stays", "nsubj"), "shot": ("stays", "advcl"), "men": ("shot", "nsubj")},
            "attack",
            "shot",
            True,
        ),
        (
            "Kor mourned men shot by guards",
            {"Kor": ("mourned", "nsubj"), "men": ("mourned", "obj"), "shot": ("men", "acl")},
            "attack",
            "shot",
            False,
        ),
        (
            "They lived in Kor until the day she died",
            {"Kor": ("lived", "obl"), "day": ("lived", "obl"), "died": ("day", "acl")},
            "death",
            "died",
            True,
        ),
        (
            "They visited Lam and Kor to meet",
            {"Lam": ("visited", "obj"), "Kor": ("Lam", "conj"), "meet": ("visited", "advcl")},
            "meeting",
            "meet",
            True,
        ),
        (
            "They left Lam and Kor to meet",
            {"Lam": ("left", "obj"), "Kor": ("Lam", "conj"), "meet": ("left", "advcl")},
            "meeting",
            "meet",
            False,
        ),
        (
            "Many fled Kor, where shells fell",
            {"fell": ("Kor", "acl"), "Kor": ("fled", "obj")},
            "strike",
            "fell",
            True,
        ),
    ],
)
def test_a_name_of_another_clause_or_use_is_not_where_it_happened(
    text: str, hangs: dict[str, tuple[str, str]], kind: str, trigger: str, there: bool, tree: Make
) -> None:
    assert where(tree(text, hangs, LABELS), text, kind, trigger, "Kor") == ("Kor" if there else None)


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "part", "there"),
    [
        ("The house removed her as governor of Kor", "politics", "removed", "governor of Kor", False),
        (
            "The house named an envoy to the port of Kor",
            "politics",
            "named",
            "envoy to the port of Kor",
            False,
        ),
        ("It marked its independence from Kor", "politics", "independence", "Kor", False),
        ("The minister of trade came to see the port of Kor", "meeting", "see", "the port of Kor", True),
        ("Guards held the mayor of Kor", "detention", "held", "the mayor of Kor", True),
        ("Gunmen shot the mayor of Kor", "attack", "shot", "the mayor of Kor", True),
    ],
)
def test_what_somebody_heads_or_is_free_of_is_no_place(
    text: str, kind: str, trigger: str, part: str, there: bool, layers: Make
) -> None:
    seen = where(layers(text, [], []), text, kind, trigger, "Kor", parts={"place": part})
    assert seen == ("Kor" if there else None)


@pytest.mark.parametrize(
    ("kind", "on", "there"),
    [
        ("politics", "troops", False),
        ("politics", "approved", True),
        ("displacement", "troops", True),
    ],
)
def test_where_people_are_from_is_not_where_it_happened(kind: str, on: str, there: bool, tree: Make) -> None:
    text = "The house approved troops from Kor and Farwa"
    relation = "nmod" if on == "troops" else "obl"
    made = tree(text, {"Kor": (on, relation), "from": ("Kor", "case"), "Farwa": ("Kor", "conj")}, LABELS)
    for name in ("Kor", "Farwa"):
        seen = where(
            made, text, kind, "approved", name, "Farwa" if name == "Kor" else "Kor", parts={"target": name}
        )
        assert (seen == name) is there


@pytest.mark.parametrize(
    ("text", "part", "there"),
    [
        ("Guards seized him in the Lam provincial capital of Kor.", "Lam", "Kor"),
        ("Guards seized him at Kor in Lam district.", "Lam district", "Kor"),
        ("Guards seized him at Kor, Lam.", "Lam", "Kor"),
        ("In Lam, the coastal city of Kor, guards seized him.", "Lam", "Kor"),
        ("Guards from Kor seized him, and in Lam another.", "Lam", "Lam"),
    ],
)
def test_the_town_beside_its_province_is_where_it_was(text: str, part: str, there: str, layers: Make) -> None:
    seen = where(
        layers(text, [], []),
        text,
        "detention",
        "seized",
        *("Kor", "Lam"),
        parts={"place": part},
        precision=Precision.ADMIN1,
    )
    assert seen == there


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Shells struck a market on Friday. The incident also occurred near Gulu.", "strike", "Gulu"),
        ("Shells struck a market on Friday. Police near Gulu found a car.", "strike", None),
        ("Ministers met at the Paris summit on Friday.", "meeting", "Paris"),
        ("Pader is still negotiating with the bank.", "negotiation", None),
        ("Troops from Chad killed nine men.", "killing", None),
        ("Thousands marched from Gulu to Pader.", "protest", "Gulu"),
    ],
)
def test_reports_tell_where_by_more_than_a_name(
    text: str, kind: str, place: str | None, reader: Reader
) -> None:
    record = reader.read(text, published=date(2031, 3, 7))
    names = {p.id: p.span.text for p in record.places}
    assert {names.get(e.place or "") for e in record.events if e.type == kind} == {place}


@pytest.mark.parametrize(
    ("feature", "kind", "there"),
    [
        ("PPLA", "meeting", True),
        ("PPLC", "meeting", False),
        (None, "meeting", False),
        ("PPL", "strike", False),
    ],
)
def test_the_council_of_a_town_meets_there(feature: str | None, kind: str, there: bool, tree: Make) -> None:
    text = "Kor committee plans to meet"
    hangs = {"Kor": ("committee", "compound"), "committee": ("plans", "nsubj"), "meet": ("plans", "xcomp")}
    made = tree(text, hangs, (*LABELS, "xcomp"))
    kor = replace(places(text, "Kor")[0], feature=feature)
    event = FoundEvent(kind, at(text, "meet"), (at(text, "meet"),), (), Factuality.OCCURRED)
    record = Record(document=Document("d", text), places=(kor,))
    assert Occasions(record, [event], made, Mentioned(())).place_of(0) == ("Kor" if there else None)


@pytest.mark.parametrize(
    ("text", "known", "first"),
    [
        ("Lam Square, in the Old Town, district of Kor", Precision.EXACT, "Lam Square"),
        ("Lam Square and Kor", Precision.EXACT, "Lam Square"),
        ("Lam Square's twin of Kor", Precision.EXACT, "Kor"),
        ("Lam Square, Kor", Precision.COUNTRY, "Kor"),
    ],
)
def test_of_a_chain_of_names_the_first_tells_where(
    text: str, known: Precision, first: str, layers: Make
) -> None:
    whole = f"Guards seized him in {text}."
    square = replace(
        places(whole, "Lam Square")[0], precision=known if known is Precision.COUNTRY else None, country=None
    )
    record = Record(
        document=Document("d", whole),
        places=(square, *places(whole, "Kor", *(("Old Town",) if "Old" in text else ()))),
    )
    part = Part("place", at(whole, text), 0.9)
    trigger = at(whole, "seized")
    event = FoundEvent("detention", trigger, (trigger,), (part,), Factuality.OCCURRED)
    assert Occasions(record, [event], layers(whole, [], []), Mentioned(())).place_of(0) == first


@pytest.mark.parametrize(
    ("rest", "there"),
    [("the jail complex, Kor.", "Kor"), ("the jail complex, and Kor rose.", None)],
)
def test_the_name_behind_a_description_is_its_name(rest: str, there: str | None, layers: Make) -> None:
    text = f"Guards held him at {rest}"
    made = layers(text, [], [])
    assert where(made, text, "detention", "held", "Kor", parts={"place": "the jail complex"}) == there


@pytest.mark.parametrize(("precision", "there"), [(Precision.COUNTRY, None), (Precision.EXACT, "Kor")])
def test_a_nameless_place_is_in_no_country_told_of_before(
    precision: Precision, there: str | None, layers: Make
) -> None:
    text = "Nurses strike in Kor. Guards held him at a jail complex."
    made = one_paragraph(layers(text, [], []), text)
    parts = {"place": "a jail complex"}
    assert where(made, text, "detention", "held", "Kor", parts=parts, precision=precision) == there


@pytest.mark.parametrize(("marked", "there"), [("the Kor dam", "Kor"), (None, None)])
def test_a_marked_place_is_nobodys_origin(marked: str | None, there: str | None, tree: Make) -> None:
    text = "The house approved water from Kor"
    made = tree(text, {"Kor": ("water", "nmod"), "from": ("Kor", "case")}, LABELS)
    parts = {"place": "Kor"} if marked else {}
    assert where(made, text, "politics", "approved", "Kor", parts=parts) == there


@pytest.mark.parametrize(
    ("text", "hangs", "there"),
    [
        ("She lived in Kor until the day she died", {"Kor": ("lived", "obl"), "day": ("lived", "obl"), "died": ("day", "acl")}, True),
        ("The men in Kor fled before she died", {"Kor": ("men", "nmod"), "men": ("fled", "nsubj"), "died": ("fled", "advcl")}, False),
        ("Those held in a jail in Kor fled as she died", {"Kor": ("jail", "nmod"), "jail": ("held", "obl"), "held": ("Those", "acl"), "Those": ("fled", "nsubj"), "died": ("fled", "advcl")}, False),
    ],
)  # fmt: skip
def test_where_the_main_verb_was_a_clause_beside_it_was(
    text: str, hangs: dict[str, tuple[str, str]], there: bool, tree: Make
) -> None:
    found = Locatives(text, places(text, "Kor"), tree(text, hangs, LABELS))
    assert found.of_clause(at(text, "Kor"), at(text, "died"), Range(0, len(text))) is there
