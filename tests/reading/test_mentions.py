from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from accordingto.reading.deeds import deeds
from accordingto.reading.doers import with_doer
from accordingto.reading.events import EventTables, FoundEvent, find_events
from accordingto.reading.layers import Attribution, Happening, Layers, Name, Part, Syntax, Timex
from accordingto.reading.mentions import NUMBER
from accordingto.record import Factuality, TimeType
from accordingto.spans import Range

TABLES = EventTables.load()
LABELS = ("root", "obj", "compound", "xcomp", "other", "obl", "nmod", "case", "amod")


def place(text: str, words: str) -> Range:
    body, _, nth = words.partition("#")
    start = [m.start() for m in re.finditer(re.escape(body), text)][int(nth or 1) - 1]
    return Range(start, start + len(body))


def mention(
    text: str,
    trigger: str,
    kind: str,
    parts: dict[str, str] | None = None,
    again: tuple[float, ...] = (),
    read: Factuality = Factuality.OCCURRED,
) -> Happening:
    found = tuple(Part(role, place(text, words), 0.9) for role, words in (parts or {}).items())
    return Happening(place(text, trigger), kind, read, found, (), again, 0.9)


def joined(layers: Callable[..., Layers], text: str, *items: Happening) -> list[list[str]]:
    seen = replace(layers(text, [], []), happenings=items)
    return [[text[slice(*m)] for m in e.mentions] for e in find_events(text, seen, [], TABLES)]


def test_a_definite_noun_of_the_family_names_an_earlier_event_again(layers: Callable[..., Layers]) -> None:
    text = "Shells hit Farwa. The army regretted the massacre in Farwa. A massacre came in Tamsit."
    items = (
        mention(text, "hit", "strike", {"target": "Farwa"}),
        mention(text, "massacre", "killing", {"place": "Farwa#2"}, (3.0,)),
        mention(text, "massacre#2", "killing", {"place": "Tamsit"}, (3.0, 3.0)),
    )
    assert joined(layers, text, *items) == [["hit", "massacre"], ["massacre"]]


def test_forms_of_one_verb_join_and_the_networks_doubt_parts_them(layers: Callable[..., Layers]) -> None:
    text = "Rebels took power in Yamba. Since taking over, they rule. Others took power in Kor."
    first = mention(text, "took power", "politics", {"actor": "Rebels"})
    again = mention(text, "taking over", "politics", {"actor": "they"}, (2.0,))
    assert joined(layers, text, first, again) == [["took power", "taking over"]]
    assert len(joined(layers, text, first, replace(again, again=(0.5,)))) == 1
    assert len(joined(layers, text, first, replace(again, again=(-6.0,)))) == 2
    far = mention(text, "took power#2", "politics", {"actor": "Others", "place": "Kor"}, (-6.0,))
    assert len(joined(layers, text, first, far)) == 2


def test_a_mention_like_two_events_makes_them_one(layers: Callable[..., Layers]) -> None:
    text = "Guns went to Kor. The officials spoke of a supply. The delivery is denied."
    items = (
        mention(text, "went", "arms_transfer"),
        mention(text, "supply", "arms_transfer", {}, (-6.0,)),
        mention(text, "delivery", "arms_transfer", {}, (6.0, 6.0)),
    )
    assert joined(layers, text, *items) == [["went", "supply", "delivery"]]
    assert len(joined(layers, text, *items[:2])) == 2


def tree(layers: Callable[..., Layers], text: str, hangs: dict[str, tuple[str, str]]) -> Layers:
    """Layers whose words hang as told: word → (head word, relation); all others are roots."""
    bare = layers(text, [], [])
    starts = [w.start for w in bare.words]
    heads = np.arange(len(starts))
    relations = np.zeros(len(starts), np.int64)
    for word, (head, label) in hangs.items():
        i = starts.index(place(text, word).start)
        heads[i], relations[i] = starts.index(place(text, head).start), LABELS.index(label)
    return replace(bare, syntax=Syntax(np.zeros(len(starts), np.int64), heads, relations, LABELS))


def triggers(text: str, layers: Layers, *items: Happening) -> list[tuple[str, float]]:
    return [(text[slice(*h.trigger)], h.score) for h in deeds(text, layers, items, TABLES.irregular)]


def test_a_light_verb_gives_way_to_its_noun(layers: Callable[..., Layers]) -> None:
    text = "Envoys are conducting quiet diplomacy."
    seen = tree(layers, text, {"diplomacy": ("conducting", "obj")})
    assert triggers(text, seen, mention(text, "conducting", "negotiation")) == [("diplomacy", 0.9)]
    assert triggers(
        text,
        seen,
        mention(text, "conducting", "negotiation"),
        mention(text, "diplomacy", "negotiation", {}, (1.0,)),
    ) == [("diplomacy", 0.9)]


def test_words_that_only_modify_promise_or_tell_of_anyone_are_weak(layers: Callable[..., Layers]) -> None:
    text = "They agreed to meet about the murder case at a press conference. Was anyone hurt?"
    seen = tree(layers, text, {"murder": ("case", "compound"), "meet": ("agreed", "xcomp")})
    found = triggers(
        text,
        seen,
        mention(text, "agreed", "agreement"),
        mention(text, "meet", "meeting", {}, (0.5,)),
        mention(text, "murder", "killing", {}, (0.1, 0.2)),
        mention(text, "conference", "meeting", {}, (0.1, 0.2, 0.3)),
        mention(text, "hurt", "attack", {"target": "anyone"}, (0.1, 0.2, 0.3, 0.4)),
    )
    assert found == [("meet", 0.9), ("murder", 0.0), ("hurt", 0.0)]


def test_scores_of_what_is_dropped_are_dropped_with_it(layers: Callable[..., Layers]) -> None:
    text = "They agreed to meet. The meeting was short."
    seen = tree(layers, text, {"meet": ("agreed", "xcomp")})
    items = (
        mention(text, "agreed", "agreement"),
        mention(text, "meet", "meeting", {}, (0.5,)),
        mention(text, "meeting", "meeting", {}, (2.0, 0.1)),
    )
    assert [h.again for h in deeds(text, seen, items, {})] == [(), (2.0,)]


def test_arms_for_two_countries_are_two_deliveries(layers: Callable[..., Layers]) -> None:
    text = "Chad sent rockets to Mali. The envoy asked Chad to send rockets to Niger."
    items = (
        mention(text, "sent", "arms_transfer", {"instrument": "rockets", "recipient": "Mali"}),
        mention(text, "send", "arms_transfer", {"instrument": "rockets#2", "recipient": "Niger"}, (6.0,)),
    )
    assert joined(layers, text, *items) == [["sent"], ["send"]]
    again = text.replace("Niger", "Bamako")
    items = (items[0], mention(again, "send", "arms_transfer", {"recipient": "Bamako"}, (6.0,)))
    assert joined(layers, again, *items) == [["sent", "send"]]


def test_hostilities_in_one_country_are_one_war(layers: Callable[..., Layers]) -> None:
    text = "Chad's invasion of Mali began. The war in Peru goes on. Its war on Malian towns is long. The war may grow."
    ongoing = Factuality.ONGOING
    items = (
        mention(text, "invasion", "invasion", {"target": "Mali"}),
        mention(text, "war", "invasion", {"place": "Peru"}, (-6.0,), ongoing),
        mention(text, "war#2", "invasion", {"target": "Malian towns"}, (-6.0, -6.0), ongoing),
        mention(text, "war#3", "invasion", {}, (-6.0, -6.0, -6.0), ongoing),
    )
    assert joined(layers, text, *items) == [["invasion", "war", "war"], ["war"]]


def test_the_deaths_of_two_are_two_and_an_owned_kinsman_may_be_either(layers: Callable[..., Layers]) -> None:
    text = "The death of Amal Idris shocked Kor. Doctors confirmed the death of a baker. Her son's death is known."
    first = mention(text, "death", "death", {"target": "Amal Idris"})
    other = mention(text, "death#2", "death", {"target": "a baker"}, (-2.0,))
    son = mention(text, "death#3", "death", {"target": "Her son"}, (1.0, -6.0))
    assert joined(layers, text, first, other, son) == [["death"], ["death", "death"]]


def test_what_goes_on_since_a_day_is_no_deed_of_another_day(layers: Callable[..., Layers]) -> None:
    text = "Shells hit the shops of Kor. The bombardment goes on."
    hit = mention(text, "hit", "strike", {"place": "Kor"})
    lasting = mention(text, "bombardment", "strike", {}, (-0.25,), Factuality.ONGOING)
    deed = replace(lasting, factuality=Factuality.OCCURRED)
    assert len(joined(layers, text, hit, lasting)) == 2
    assert len(joined(layers, text, hit, deed)) == 1


def test_an_event_stands_where_it_is_told_not_where_a_definite_noun_names_it(
    layers: Callable[..., Layers],
) -> None:
    text = "A baker died in Kor. Doctors confirmed the death of the baker."
    died = replace(mention(text, "died", "death", {"target": "A baker"}), score=0.7)
    death = mention(text, "death", "death", {"target": "the baker"}, (3.0,))
    seen = replace(layers(text, [], []), happenings=(died, death))
    assert [text[slice(*e.trigger)] for e in find_events(text, seen, [], TABLES)] == ["died"]


def test_what_can_be_done_is_possible_where_the_network_wrongly_denies_it(
    layers: Callable[..., Layers],
) -> None:
    text = "From there the rebels can attack Kor."
    seen = replace(
        layers(text, [], []),
        happenings=(mention(text, "attack", "strike", {"target": "Kor"}, (), Factuality.NEGATED),),
    )
    assert [e.factuality for e in find_events(text, seen, [], TABLES)] == [Factuality.POSSIBLE]


def test_hunger_as_a_cause_is_told_by_the_death(layers: Callable[..., Layers]) -> None:
    text = "A baker died of hunger. She was the fourth to die from cholera. Nine perished of thirst."
    seen = tree(
        layers,
        text,
        {
            "hunger": ("died", "obl"),
            "of": ("hunger", "case"),
            "cholera": ("die ", "obl"),
            "from": ("cholera", "case"),
            "thirst": ("perished", "obl"),
            "of thirst": ("thirst", "case"),
        },
    )
    found = deeds(
        text,
        seen,
        (
            mention(text, "died", "death", {"target": "A baker"}),
            mention(text, "hunger", "hunger_disease", {}, (0.5,)),
            mention(text, "cholera", "hunger_disease", {}, (0.1, 0.2)),
            mention(text, "thirst", "hunger_disease", {}, (0.1, 0.2, 0.3)),
        ),
        TABLES.irregular,
    )
    assert [(text[slice(*h.trigger)], h.type) for h in found] == [
        ("died", "death"),
        ("die", "death"),
        ("thirst", "hunger_disease"),
    ]


def test_adjectives_before_a_deed_are_no_doers_but_for_a_name_among_them(
    layers: Callable[..., Layers],
) -> None:
    text = "An overnight Freedonian strike hit Kor. Military planes saw military strikes."
    seen = replace(
        tree(layers, text, {"Freedonian": ("strike", "amod"), "military": ("strikes", "amod")}),
        names=(Name(place(text, "Freedonian"), "NORP", 0.9),),
    )
    first = with_doer(text, mention(text, "strike", "strike", {"actor": "An overnight Freedonian"}), seen)
    second = with_doer(text, mention(text, "strikes", "strike", {"actor": "military"}), seen)
    assert [text[slice(*p.at)] for p in first.parts] == ["Freedonian"]
    assert second.parts == ()


@pytest.mark.parametrize(("asked", "count"), [("other countries", 0), ("everyone", 0), ("the mayor", 1)])
def test_a_request_of_no_one_in_particular_is_no_event(
    asked: str, count: int, layers: Callable[..., Layers]
) -> None:
    text = f"The envoy urged {asked} to leave."
    assert len(joined(layers, text, mention(text, "urged", "request", {"recipient": asked}))) == count


def test_an_owner_is_the_doer_without_its_ending(layers: Callable[..., Layers]) -> None:
    text = "Freedonia’s invasion of Kor began."
    seen = replace(
        layers(text, [], []),
        happenings=(mention(text, "invasion", "invasion", {"actor": "Freedonia’s", "target": "Kor"}),),
    )
    (found,) = find_events(text, seen, [], TABLES)
    assert [text[slice(*p.at)] for p in found.parts] == ["Freedonia", "Kor"]


def test_a_people_that_describes_a_deed_did_it(layers: Callable[..., Layers]) -> None:
    text = "A Freedonian drone strike hit Kor. Sylvanian losses from a Kor strike were small."
    seen = replace(
        tree(
            layers,
            text,
            {
                "Freedonian": ("strike", "amod"),
                "Sylvanian": ("losses", "amod"),
                "Kor strike": ("strike were", "compound"),
            },
        ),
        names=(
            Name(place(text, "Freedonian"), "NORP", 0.9),
            Name(place(text, "Sylvanian"), "NORP", 0.9),
            Name(place(text, "Kor#2"), "Location", 0.9),
        ),
    )
    first = with_doer(text, mention(text, "strike", "strike"), seen)
    other = with_doer(text, mention(text, "strike#2", "strike"), seen)
    deaths = with_doer(text, mention(text, "losses", "death"), seen)
    assert [text[slice(*p.at)] for p in first.parts] == ["Freedonian"]
    assert (other.parts, deaths.parts) == ((), ())


def test_a_definite_noun_names_again_what_its_verb_told(layers: Callable[..., Layers]) -> None:
    text = "The mayor resigned in May. His resignation came late. A resignation is rare in Kor."
    first = mention(text, "resigned", "politics", {"actor": "The mayor"})
    again = mention(text, "resignation", "politics", {}, (-3.0,))
    other = mention(text, "resignation#2", "politics", {"place": "Kor"}, (-3.0, -3.0))
    assert joined(layers, text, first, again) == [["resigned", "resignation"]]
    assert len(joined(layers, text, first, replace(other, again=(-3.0,)))) == 2


def test_a_deed_before_the_noun_that_it_describes_is_one_with_it(layers: Callable[..., Layers]) -> None:
    text = "An arson attack came in Kor."
    arson, attack = mention(text, "arson", "destruction"), mention(text, "attack", "attack", {}, (-6.0,))
    seen = replace(tree(layers, text, {"arson": ("attack", "compound")}), happenings=(arson, attack))
    [event] = find_events(text, seen, [], TABLES)
    assert len(event.mentions) == 2


def test_one_persons_end_is_no_end_of_many(layers: Callable[..., Layers]) -> None:
    text = "Shells killed nine people. The army regretted the killing of Ada Bo. The child’s death and the death toll rose."
    many = mention(text, "killed", "killing", {"killed": "nine people"})
    one = mention(text, "killing", "killing", {"target": "Ada Bo"}, (6.0,))
    child = mention(text, "death", "death", {}, (0.0, 6.0))
    toll = mention(text, "death#2", "death", {}, (0.0, 0.0, 6.0))

    def told(*items: Happening) -> list[list[str]]:
        seen = replace(
            layers(text, [], []), happenings=items, names=(Name(place(text, "Ada Bo"), "Person", 0.9),)
        )
        return [[text[slice(*m)] for m in e.mentions] for e in find_events(text, seen, [], TABLES)]

    assert told(many, one) == [["killed"], ["killing"]]
    young = text.replace("Ada Bo", "26-year-old Ada Bo")
    assert not NUMBER.match(young, young.index("26"))
    assert told(many, replace(one, parts=())) == [["killed", "killing"]]  # not said whose
    assert told(many, replace(child, again=(6.0,))) == [["killed"], ["death"]]
    assert told(many, replace(toll, again=(6.0,))) == [["killed", "death"]]


def test_what_a_sentence_tells_days_after_another_is_a_second_event(layers: Callable[..., Layers]) -> None:
    text = "A drone struck the depot, killing five, three days after a strike on the market killed 22."
    hit, dead = (
        mention(text, "struck", "strike"),
        mention(text, "killing", "killing", {"killed": "five"}, (6.0,)),
    )
    strike = mention(text, "strike", "strike", {"target": "the market"}, (6.0, 6.0))
    before = mention(text, "killed", "killing", {"killed": "22"}, (6.0, 6.0, 6.0))
    hangs = {
        "killing": ("struck", "other"),
        "strike": ("killed", "other"),
        "killed": ("struck", "other"),
        "after": ("killed", "case"),
    }
    seen = replace(tree(layers, text, hangs), happenings=(hit, dead, strike, before))
    events = [[text[slice(*m)] for m in e.mentions] for e in find_events(text, seen, [], TABLES)]
    assert events == [["struck", "killing"], ["strike", "killed"]]
    late = "Two men died days after the strike on the market."
    died, cause = mention(late, "died", "death"), mention(late, "strike", "strike", {}, (6.0,))
    assert joined(layers, late, died, cause) == [["died", "strike"]]
    heard = "Aland denied that it sent arms, a day after a paper reported the delivery."
    sent, delivery = (
        mention(heard, "sent", "arms_transfer"),
        mention(heard, "delivery", "arms_transfer", {}, (6.0,)),
    )
    hangs = {"reported": ("sent", "other"), "delivery": ("reported", "obj"), "after": ("reported", "case")}
    said = Attribution(
        place(heard, "a paper"), place(heard, "reported"), (place(heard, "the delivery"),), 0.9
    )
    seen = replace(tree(layers, heard, hangs), happenings=(sent, delivery), attributions=(said,))
    assert len(find_events(heard, seen, [], TABLES)) == 1


@pytest.mark.parametrize(
    ("kind", "text", "first", "second", "read", "wanted"),
    [
        ("support", "Ada helps Kor. Ada does not help Tamsit.", {"target": "Kor"}, {"target": "Tamsit"}, Factuality.NEGATED, 2),
        ("support", "Ada helps Kor. Ada did not help Kor.", {"target": "Kor"}, {"target": "Kor#2"}, Factuality.NEGATED, 1),
        ("support", "Ada helps Kor. Ada is to help Tamsit.", {"target": "Kor"}, {"target": "Tamsit"}, Factuality.PLANNED, 1),
        ("invasion", "Ada helps Kor. Ada may help others.", {}, {}, Factuality.POSSIBLE, 2),
        ("invasion", "Ada helps Kor. Ada may help others.", {}, {}, Factuality.ONGOING, 1),
    ],
)  # fmt: skip
def test_a_deed_is_not_one_with_another_that_is_only_wished_for(
    kind: str,
    text: str,
    first: dict[str, str],
    second: dict[str, str],
    read: Factuality,
    wanted: int,
    layers: Callable[..., Layers],
) -> None:
    near = (1.0,) if kind == "invasion" else (6.0,)
    word = "help" if kind == "support" else "others"
    items = (
        mention(text, "helps", kind, first),
        mention(text, word + "#2" * (word == "help"), kind, second, near, read),
    )
    assert len(joined(layers, text, *items)) == wanted


@pytest.mark.parametrize(("word", "wanted"), [("than", 2), ("while", 1)])
def test_a_deed_that_another_is_measured_by_is_another(
    word: str, wanted: int, layers: Callable[..., Layers]
) -> None:
    text = f"They want Kor hit harder {word} Tamsit was hit."
    seen = tree(layers, text, {"hit#2": ("hit", "other")})
    items = (
        mention(text, "hit", "strike", {"target": "Kor"}, read=Factuality.POSSIBLE),
        mention(text, "hit#2", "strike", {"target": "Tamsit"}, (-6.0,)),
    )
    assert len(find_events(text, replace(seen, happenings=items), [], TABLES)) == wanted


def joined_on(layers: Callable[..., Layers], text: str, dated: dict[str, date]) -> list[FoundEvent]:
    """The events of two debates, the network sure that they are one, each on its day."""
    times = [Timex(place(text, w), TimeType.DATE, None, d, d) for w, d in dated.items()]
    parts = [{"time": w} for w in dated]
    items = (
        mention(text, "debate", "politics", parts[0]),
        mention(text, "debate#2", "politics", parts[1], (6.0,)),
    )
    return find_events(text, replace(layers(text, [], []), happenings=items), [], TABLES, times)


def test_since_a_dated_deed_is_a_day(layers: Callable[..., Layers]) -> None:
    days = (date(2030, 10, 13), date(2030, 11, 14))
    text = "Since their Oct. 13 debate much is new. On Nov. 14 they hold a debate."
    dated = dict(zip(("Oct. 13", "Nov. 14"), days, strict=True))
    assert [
        len(joined_on(layers, t, dated)) for t in (text, text.replace("debate much", "of the debate much"))
    ] == [2, 1]
