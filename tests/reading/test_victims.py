from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest

from accordingto.reading.eventlinks import link_events
from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers, Part
from accordingto.reading.reader import Reader
from accordingto.record import (
    Act,
    Claim,
    Document,
    Entity,
    EntityKind,
    Factuality,
    Figure,
    Measure,
    Mention,
    MentionForm,
    Quotation,
    Record,
    Source,
    SourceKind,
)
from accordingto.spans import Range, span

PERSONS = frozenset(("farmer", "girl", "brother"))


def find(text: str, words: str) -> Range:
    start = text.index(words)
    return Range(start, start + len(words))


def event(text: str, kind: str, trigger: str, **parts: str) -> FoundEvent:
    found = tuple(Part(role, find(text, words), 0.9) for role, words in parts.items())
    at = find(text, trigger)
    return FoundEvent(kind, at, (at,), found, Factuality.OCCURRED)


def record(text: str, *, figures: dict[str, Measure] | None = None, person: str | None = None) -> Record:
    counted = tuple(
        Figure(id=f"F{n}", span=span(text, find(text, words)), low=9, best=9, high=9, measure=measure)
        for n, (words, measure) in enumerate((figures or {}).items(), 1)
    )
    named = ()
    if person:
        at = find(text, person)
        mention = Mention(at.start, at.end, person, MentionForm.NAME)
        named = (Entity(id="E1", kind=EntityKind.PERSON, name=person, mentions=(mention,)),)
    return Record(document=Document(text=text, id="sha256:0"), entities=named, figures=counted)


@pytest.mark.parametrize(
    ("text", "victim", "person"),
    [
        ("A farmer died near Bara.", "A farmer", None),
        ("Soldiers said the girl died there.", "the girl", None),
        ("His brother died at Bara.", "His brother", None),
        ("Amal Idris died at Bara.", "Amal Idris", "Amal Idris"),
        ("His 35-year-old brother died at Bara.", "His 35-year-old brother", None),
        (
            "The former deputy health minister Amal Idris died.",
            "The former deputy health minister Amal Idris",
            "Amal Idris",
        ),
    ],
)
def test_a_single_victim_counts_one(
    text: str, victim: str, person: str | None, layers: Callable[..., Layers]
) -> None:
    seen = link_events(
        record(text, person=person),
        [event(text, "death", "died", target=victim)],
        layers(text, [], []),
        PERSONS,
    )
    [figure] = seen.figures
    assert (figure.span.text, figure.best, figure.measure) == (victim, 1, Measure.KILLED)
    assert (figure.id, figure.event, figure.unit) == ("F1", "V1", "people")


def test_a_victims_phrase_ends_with_a_word_of_its_own(layers: Callable[..., Layers]) -> None:
    text = "She mourned her brother, Amal Idris, and his death."
    found = event(text, "death", "death", target="her brother, Amal Idris, and")
    seen = link_events(record(text, person="Amal Idris"), [found], layers(text, [], []), PERSONS)
    assert [f.span.text for f in seen.figures] == ["her brother, Amal Idris"]


def test_a_word_of_the_victims_phrase_is_no_second_victim(layers: Callable[..., Layers]) -> None:
    text = "They killed my brother at Bara."
    found = event(text, "killing", "killed", target="my brother", killed="my")
    seen = link_events(record(text), [found], layers(text, [], []), PERSONS)
    assert [f.span.text for f in seen.figures] == ["my brother"]


def test_a_toll_that_has_risen_is_of_the_deed_told_before(layers: Callable[..., Layers]) -> None:
    text = "A fire at Bara killed nine. The death toll rose to ten after a farmer died."
    found = [event(text, "disaster", "fire", killed="nine"), event(text, "death", "died", target="a farmer")]
    figures = {"nine": Measure.KILLED, "ten": Measure.KILLED}
    seen = link_events(record(text, figures=figures), found, layers(text, [], []), PERSONS)
    assert [f.event for f in seen.figures if f.span.text == "ten"] == ["V1"]


def test_the_wounded_are_not_of_a_death_told_before(layers: Callable[..., Layers]) -> None:
    text = "A farmer died at Bara. The hospital counted nine wounded."
    found = event(text, "death", "died", target="A farmer")
    whole = replace(layers(text, [], []), paragraphs=(Range(0, len(text)),))
    seen = link_events(record(text, figures={"nine": Measure.WOUNDED}), [found], whole, PERSONS)
    assert [f.event for f in seen.figures if f.measure is Measure.WOUNDED] == [None]


@pytest.mark.parametrize(
    ("text", "victim"),
    [
        ("The family died at Bara.", "The family"),
        ("Farmers died at Bara.", "Farmers"),
        ("The farmer and his brother died.", "The farmer and his brother"),
        ("A farmer may have died.", ""),
        ("A farmer, a girl and a brother died.", "A farmer, a girl and a brother"),
        ("Her brother, her farmer died.", "Her brother, her farmer"),
    ],
)
def test_what_is_not_surely_one_counts_nothing(text: str, victim: str, layers: Callable[..., Layers]) -> None:
    found = event(text, "death", "died", **({"target": victim} if victim else {}))
    assert link_events(record(text), [found], layers(text, [], []), PERSONS).figures == ()


@pytest.mark.parametrize(
    "victims", ["Imre Valko, 12, and Lena Bako, 14,", "Imre Valko, his wife and his brother"]
)
def test_names_in_a_row_are_several(victims: str, layers: Callable[..., Layers]) -> None:
    text = f"{victims} died in Jenin."
    found = event(text, "death", "died", target=victims)
    assert (
        link_events(record(text, person="Imre Valko"), [found], layers(text, [], []), PERSONS).figures == ()
    )


@pytest.mark.parametrize("children", ["three", "4"])
def test_a_parent_of_several_counts_one(children: str, layers: Callable[..., Layers]) -> None:
    victim = f"A farmer, a father of {children}"
    text = f"{victim}, died in Jos."
    found = event(text, "death", "died", target=victim)
    counted = record(text, figures={children: Measure.OTHER})
    seen = link_events(counted, [found], layers(text, [], []), PERSONS)
    assert [f.span.text for f in seen.figures if f.measure is Measure.KILLED] == [victim]


def test_a_victim_stands_in_the_innermost_claim(layers: Callable[..., Layers]) -> None:
    text = "The ministry said that Imre told reporters that a strike killed his brother."
    outer, inner = (
        "that Imre told reporters that a strike killed his brother",
        "that a strike killed his brother",
    )
    claims = tuple(
        Claim(
            id,
            "S1",
            None,
            None,
            (span(text, find(text, words)),),
            Quotation.INDIRECT,
            Act.ASSERT,
            parent=parent,
        )
        for id, words, parent in (("C1", outer, None), ("C2", inner, "C1"))
    )
    told = msgspec.structs.replace(record(text), sources=(Source("S1", SourceKind.ANONYMOUS),), claims=claims)
    found = event(text, "killing", "killed", target="his brother")
    [figure] = link_events(told, [found], layers(text, [], []), PERSONS).figures
    assert figure.claims == ("C2",)


@pytest.mark.parametrize(
    ("text", "type", "trigger", "counted"),
    [
        ("A drone strike killed a farmer at Bara.", "strike", "strike killed", ["a farmer"]),
        ("Guards beat a farmer to death.", "attack", "beat", []),  # too far behind the trigger
        ("A farmer was shot dead at Bara.", "attack", "shot dead", ["A farmer"]),
        ("A farmer was shot at Bara.", "attack", "shot", []),
    ],
)
def test_whom_a_deed_kills_by_its_own_words_counts_one(
    text: str, type: str, trigger: str, counted: list[str], layers: Callable[..., Layers]
) -> None:
    found = event(text, type, trigger, target="a farmer" if "a farmer" in text else "A farmer")
    seen = link_events(record(text), [found], layers(text, [], []), PERSONS)
    assert [f.span.text for f in seen.figures] == counted


def test_an_event_with_a_number_keeps_it(layers: Callable[..., Layers]) -> None:
    text = "Nine people died, among them a farmer."
    found = event(text, "death", "died", target="a farmer", killed="Nine people")
    seen = link_events(record(text, figures={"Nine": Measure.KILLED}), [found], layers(text, [], []), PERSONS)
    assert [f.span.text for f in seen.figures] == ["Nine"]


def test_what_has_not_happened_kills_nobody(layers: Callable[..., Layers]) -> None:
    text = "A farmer died at Bara, it was feared."
    found = replace(event(text, "death", "died", target="A farmer"), factuality=Factuality.POSSIBLE)
    assert link_events(record(text), [found], layers(text, [], []), PERSONS).figures == ()


def test_casualties_beside_each_other_are_of_one_event(layers: Callable[..., Layers]) -> None:
    text = "Shells hit the market of Bara. Nine were killed and twenty injured."
    found = event(text, "strike", "hit", killed="Nine")
    figures = {"Nine": Measure.KILLED, "twenty": Measure.WOUNDED}
    seen = link_events(record(text, figures=figures), [found], layers(text, [], []), PERSONS)
    assert [f.event for f in seen.figures] == ["V1", "V1"]


def test_casualties_told_after_an_event_in_its_paragraph_are_its_own(layers: Callable[..., Layers]) -> None:
    text = "Shells hit the market of Bara. The hospital counted nine dead."
    found = event(text, "strike", "hit")
    whole = replace(layers(text, [], []), paragraphs=(Range(0, len(text)),))
    figures = {"nine": Measure.KILLED}
    assert link_events(record(text, figures=figures), [found], whole, PERSONS).figures[0].event == "V1"
    parted = layers(text, [], [])  # each sentence a paragraph of its own
    assert link_events(record(text, figures=figures), [found], parted, PERSONS).figures[0].event is None


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("A teenager was stabbed in Leeds on Sunday. He is in hospital.", []),
        (
            "A 30-year-old man appeared in court charged with attempted murder after a teenager was stabbed in Harehills. "
            "The teenager is in a stable condition in hospital.",
            [],
        ),
        ("A teenager was stabbed in Leeds on Sunday. He died in hospital.", ["A teenager"]),
        ("A missile hit a house in Bara and killed a girl.", ["a girl"]),
        ("A cyclist lost his life in a crash near Bara.", ["A cyclist"]),
    ],
)
def test_a_victim_is_counted_dead_only_where_a_death_is_told(
    text: str, dead: list[str], reader: Reader
) -> None:
    figures = reader.read(text).figures
    assert [f.span.text for f in figures if f.measure is Measure.KILLED] == dead


@pytest.mark.parametrize(
    ("behind", "counted"),
    [
        ("He was killed by a knife.", True),
        ("His body lay at the road.", True),
        ("A man is charged with murder.", True),
        ("A man is charged with attempted murder.", False),
        ("A man had tried to kill him.", False),
        ("He has survived.", False),
        ("The mayor spoke. Later, a cow died.", False),
    ],
)
def test_a_word_of_death_has_to_stand_near(behind: str, counted: bool, layers: Callable[..., Layers]) -> None:
    text = f"A farmer was stabbed at Bara. {behind}"
    found = event(text, "attack", "stabbed", killed="A farmer")
    seen = link_events(record(text), [found], layers(text, [], []), PERSONS)
    assert [f.span.text for f in seen.figures] == (["A farmer"] if counted else [])


@pytest.mark.parametrize(
    ("text", "victim", "trigger"),
    [
        (
            "Gunmen attacked a village near Jos on Monday, burning 12 homes.\n\n"
            "In Maiduguri, a suicide bombing at a clinic killed a nurse on Wednesday.",
            "a nurse",
            "bombing",
        ),
        (
            "Rebels bombed a depot in Sake on Tuesday.\n\nIn Goma, a strike on a bus killed a teacher.",
            "a teacher",
            None,
        ),
        ("Rebels bombed a depot in Sake on Tuesday. A guard was killed.", "A guard", "bombed"),
    ],
)
def test_a_victim_is_that_of_the_event_told_beside_it(
    text: str, victim: str, trigger: str | None, reader: Reader
) -> None:
    seen = reader.read(text)
    triggers = {e.id: e.trigger.text for e in seen.events}
    [figure] = [f for f in seen.figures if f.measure is Measure.KILLED]
    assert figure.span.text == victim
    found = triggers.get(figure.event or "")
    assert found is None if trigger is None else found is not None and trigger in found


def test_a_victim_goes_to_the_surest_mark_of_its_own_sentence(layers: Callable[..., Layers]) -> None:
    text = "A raid hit Bara on Monday. Shelling killed a farmer and a mine hit a bus."
    at = find(text, "a farmer")
    found = [
        replace(event(text, kind, trigger), parts=(Part("killed", at, score),))
        for kind, trigger, score in (
            ("attack", "raid", 0.99),
            ("strike", "mine", 0.6),
            ("strike", "Shelling", 0.9),
        )
    ]
    seen = link_events(record(text), found, layers(text, [], []), PERSONS)
    assert [(f.span.text, f.event) for f in seen.figures] == [("a farmer", "V3")]


def test_what_a_deadly_blow_hit_is_no_victim_beside_the_one_it_killed(layers: Callable[..., Layers]) -> None:
    text = "Shelling killed a farmer in a bus."
    found = event(text, "strike", "Shelling", killed="a farmer", target="a bus")
    seen = link_events(record(text), [found], layers(text, [], []), PERSONS)
    assert [f.span.text for f in seen.figures] == ["a farmer"]


@pytest.mark.parametrize(
    ("fragment", "victim"),
    [("Committee", "a girl of the Sellers' Committee"), ("a farmer", "a farmer")],
)
def test_a_word_that_means_no_person_is_not_chosen_before_the_person_it_stands_in(
    fragment: str, victim: str, layers: Callable[..., Layers]
) -> None:
    text = "Gunmen shot dead a girl of the Sellers' Committee. A van with a farmer burned."
    at = find(text, "a girl of the Sellers' Committee" if fragment == "Committee" else "A van with a farmer")
    found = event(text, "attack", "shot dead")
    found = replace(found, parts=(Part("killed", find(text, fragment), 0.35), Part("target", at, 0.93)))
    seen = link_events(record(text), [found], layers(text, [], []), PERSONS)
    assert [f.span.text for f in seen.figures] == [victim]


@pytest.mark.parametrize(
    "text",
    [
        "Senator Paul Reyes survived an assassination attempt in Manila on Monday, police said.",
        "A court in Vilnius convicted him of the attempted murder of journalist Lena Voss.",
        "A judge jailed a man for trying to kill mayor Jan Kos.",
        "An attempted assassination of opposition leader Ion Rusu failed in Balti, police said.",
    ],
)
def test_whom_somebody_tried_to_kill_is_not_dead(reader: Reader, text: str) -> None:
    assert not [f for f in reader.read(text).figures if f.measure is Measure.KILLED]


def test_who_died_in_an_attempt_on_another_is_dead(reader: Reader) -> None:
    text = "Gunmen shot at mayor Jan Kos in an assassination attempt that killed his driver."
    assert [f.span.text for f in reader.read(text).figures if f.measure is Measure.KILLED] == ["his driver"]
