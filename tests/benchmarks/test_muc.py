"""CEAF-REE by hand, and the mapping of an invented record's events."""

from __future__ import annotations

from benchmarks.muc import ROLES, FromEvents, aligned, score
from training.mucstrings import core, normal

from accordingto.reading.lexicon import Lexicon
from accordingto.record import (
    Document,
    Entity,
    EntityKind,
    Event,
    Factuality,
    Mention,
    MentionForm,
    Participant,
    Record,
    Role,
)
from accordingto.spans import span


def test_a_prediction_is_right_where_one_entity_has_all_its_mentions():
    gold = [["the Red Front", "RF"], ["guerrillas", "three guerrillas"]]
    assert aligned(gold, [["red front"]]) == 1
    assert aligned(gold, [["red front", "R.F."]]) == 1
    assert aligned(gold, [["red front", "guerrillas"]]) == 0
    assert aligned(gold, [["rf"], ["red front"]]) == 1  # one entity is found once
    assert aligned(gold, [["guerrillas"], ["a Red Front"]]) == 2
    assert aligned(gold, []) == 0


def test_the_micro_average_counts_all_roles():
    gold = {r: [] for r in ROLES} | {"Weapon": [["bomb"]], "Victim": [["Ana Ruiz"], ["Luis Paz"]]}
    table = score([(gold, {"Weapon": [["bombs"]], "Victim": [["ana ruiz"]]})])
    row = table["MUC-4, all five roles"]
    assert (row.gold, row.predicted, row.hit) == (3, 2, 1)
    assert table["MUC-4 Victim"].recall == 50


def test_phrases_are_cut_as_keys_quote_them():
    assert normal('The  "U.S." embassy') == "us embassy"
    assert core("the embassy, which stands in Lima") == "embassy"
    assert core("a group of armed men who fled") == "group of armed men"
    assert core("some members of the Red Front") == "members of the Red Front"


TEXT = "Red Front guerrillas threw dynamite at the bank and killed Ana Ruiz. Soldiers killed guerrillas."


def test_events_give_fillers():
    at = lambda words: span(TEXT, (TEXT.index(words), TEXT.index(words) + len(words)))  # noqa: E731
    part = lambda role, words, entity=None: Participant(role, entity, at(words))  # noqa: E731
    named = lambda id, name, kind: Entity(  # noqa: E731
        id, name, kind, mentions=(Mention(at(name).start, at(name).end, name, MentionForm.NAME),)
    )
    actor = part(Role.ACTOR, "Red Front guerrillas")
    events = (
        Event(
            "V1",
            "bombing",
            at("threw"),
            (actor, part(Role.TARGET, "the bank"), part(Role.INSTRUMENT, "dynamite")),
        ),
        Event("V2", "killing", at("killed"), (actor, part(Role.TARGET, "Ana Ruiz", "E2"))),
        Event("V3", "killing", at("killed"), (part(Role.ACTOR, "Soldiers"), part(Role.TARGET, "guerrillas"))),
        Event("V4", "killing", at("killed"), (part(Role.ACTOR, "Soldiers"),), factuality=Factuality.NEGATED),
    )
    entities = (
        named("E1", "Red Front", EntityKind.ORGANIZATION),
        named("E2", "Ana Ruiz", EntityKind.PERSON),
    )
    record = Record(Document("d", TEXT), entities=entities, events=events)
    assert FromEvents(Lexicon.load())(record) == {
        "PerpInd": [["Red Front guerrillas"]],
        "PerpOrg": [["Red Front"]],
        "Target": [["bank"]],
        "Victim": [["Ana Ruiz"]],
        "Weapon": [["dynamite"]],
    }
