from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import msgspec
import pytest

from accordingto.coding import Acled, Codebooks, Plover, Ucdp, as_acled, as_plover, as_ucdp
from accordingto.coding.deaths import tolls
from accordingto.errors import UserError
from accordingto.integrity import violations
from accordingto.reading.actors import actor_of_phrase
from accordingto.reading.lexicon import Lexicon
from accordingto.record import (
    Act,
    Claim,
    Document,
    Event,
    Factuality,
    Figure,
    Measure,
    Participant,
    Place,
    Precision,
    Quotation,
    Record,
    Role,
    SaidOn,
    Time,
    TimeType,
)
from accordingto.spans import Span, span

PHRASES = partial(actor_of_phrase, lexicon=Lexicon.load())


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return span(text, (start, start + len(words)))


def made(
    text: str,
    kind: str,
    trigger: str,
    *,
    factuality: Factuality = Factuality.OCCURRED,
    time: tuple[str | None, date | None, date | None] | None = None,
    place: Place | None = None,
    figures: tuple[Figure, ...] = (),
    **roles: str,
) -> tuple[Record, Event]:
    """A record with one event; roles as actor="…", target="…", instrument="…"."""
    event = Event(
        "V1",
        kind,
        at(text, trigger),
        tuple(Participant(Role(r.rstrip("2")), None, at(text, words)) for r, words in roles.items()),
        "T1" if time else None,
        place.id if place else None,
        factuality,
    )
    record = Record(
        Document("d", text),
        events=(event,),
        figures=figures,
        times=(Time("T1", at(text, trigger), TimeType.DATE, *time),) if time else (),
        places=(place,) if place else (),
    )
    assert violations(record) == ()
    return record, event


def acled(text: str, kind: str, trigger: str, **more: object) -> Acled:
    view = as_acled(*made(text, kind, trigger, **more), actor_of=PHRASES)  # type: ignore[arg-type]
    assert view is not None
    return view


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "roles", "event", "sub"),
    [
        ("A drone strike hit the mill.", "strike", "strike", {}, "Explosions/Remote violence", "Air/drone strike"),
        ("The depot was hit by artillery fire.", "strike", "hit", {}, "Explosions/Remote violence", "Shelling/artillery/missile attack"),
        ("A suicide bombing shook Orvane.", "bombing", "bombing", {}, "Explosions/Remote violence", "Suicide bomb"),
        ("A suicide drone struck Orvane.", "strike", "drone struck", {}, "Explosions/Remote violence", "Air/drone strike"),
        ("A car bomb went off.", "bombing", "car bomb", {}, "Explosions/Remote violence", "Remote explosive/landmine/IED"),
        ("A grenade attack on a bar.", "attack", "attack", {}, "Explosions/Remote violence", "Grenade"),
        ("Rebels attacked an army convoy with soldiers.", "attack", "attacked", {"actor": "Rebels", "target": "soldiers"}, "Battles", "Armed clash"),
        ("Gunmen attacked villagers.", "attack", "attacked", {"actor": "Gunmen", "target": "villagers"}, "Violence against civilians", "Attack"),
        ("Soldiers raped women.", "abuse", "raped", {"actor": "Soldiers", "target": "women"}, "Violence against civilians", "Sexual violence"),
        ("Police arrested students.", "detention", "arrested", {"actor": "Police", "target": "students"}, "Strategic developments", "Arrests"),
        ("Rebels seized a farmer.", "detention", "seized", {"actor": "Rebels", "target": "a farmer"}, "Violence against civilians", "Abduction/forced disappearance"),
        ("A teacher was kidnapped.", "detention", "kidnapped", {}, "Violence against civilians", "Abduction/forced disappearance"),
        ("Thousands marched.", "protest", "marched", {}, "Protests", "Peaceful protest"),
        ("A violent protest broke out.", "protest", "protest", {}, "Riots", "Violent demonstration"),
        ("Police shot protesters.", "repression", "shot", {"actor": "Police", "target": "protesters"}, "Protests", "Excessive force against protesters"),
        ("Police tear-gassed; they used tear gas on marchers.", "repression", "used tear gas", {"actor": "Police", "target": "marchers"}, "Protests", "Protest with intervention"),
        ("The army retook Orvane.", "territory", "retook", {"actor": "The army"}, "Battles", "Government regains territory"),
        ("Rebels captured Orvane.", "territory", "captured", {"actor": "Rebels"}, "Battles", "Non-state actor overtakes territory"),
        ("Troops withdrew from Orvane.", "territory", "withdrew", {"actor": "Troops"}, "Strategic developments", "Non-violent transfer of territory"),
        ("The sides signed a truce.", "ceasefire", "truce", {}, "Strategic developments", "Agreement"),
        ("Militiamen opened fire on residents.", "repression", "opened fire", {"actor": "Militiamen", "target": "residents"}, "Violence against civilians", "Attack"),
        ("Guards dispersed a sit-in.", "repression", "dispersed", {}, "Protests", "Protest with intervention"),
        ("A senator was shot dead.", "attack", "shot dead", {"target": "A senator"}, "Violence against civilians", "Attack"),
        ("A mob lynched a trader.", "killing", "lynched", {"actor": "A mob", "target": "a trader"}, "Riots", "Mob violence"),
    ],
)  # fmt: skip
def test_acled_sub_events(
    text: str, kind: str, trigger: str, roles: dict[str, str], event: str, sub: str
) -> None:
    view = acled(text, kind, trigger, **roles)
    assert (view.event_type, view.sub_event_type) == (event, sub)


def test_a_strike_without_its_weapon_is_flagged() -> None:
    view = acled("A strike hit a school.", "strike", "strike")
    assert (view.sub_event_type, view.flag) == ("Air/drone strike", "weapon not stated")


def test_a_target_is_no_means() -> None:
    view = acled(
        "Gunmen attacked a drone factory.", "attack", "attacked", actor="Gunmen", target="a drone factory"
    )
    assert view.sub_event_type == "Attack"


def test_a_country_that_is_hit_is_no_armed_side() -> None:
    view = acled("Israel attacked Iran.", "attack", "attacked", actor="Israel", target="Iran")
    assert view.rule == "attack-open"


def test_a_foreign_capture_is_no_regain() -> None:
    text = "Russian troops captured Orvane."
    place = Place("P1", at(text, "Orvane"), "Orvane", country="UKR", precision=Precision.EXACT)
    view = acled(text, "territory", "captured", actor="Russian troops", place=place)
    assert view.rule == "overtakes-foreign"


@pytest.mark.parametrize(
    "factuality", [Factuality.PLANNED, Factuality.POSSIBLE, Factuality.CONDITIONAL, Factuality.NEGATED]
)
def test_what_was_not_done_is_not_coded(factuality: Factuality) -> None:
    record, event = made("A strike on the port.", "strike", "strike", factuality=factuality)
    assert as_acled(record, event) is None
    assert as_ucdp(record, event) is None
    view = as_plover(record, event)
    assert view is not None
    assert view.context[-1] in ("future", "hypothetical", "negation")


def test_a_denied_event_is_coded_and_says_so() -> None:
    record, event = made("A strike on the port.", "strike", "strike", factuality=Factuality.DENIED)
    views = as_acled(record, event), as_ucdp(record, event), as_plover(record, event)
    assert all(v is not None and v.contested for v in views)


def test_types_outside_a_codebook() -> None:
    record, event = made("Cholera spread.", "hunger_disease", "spread")
    assert as_acled(record, event) is None
    assert as_ucdp(record, event) is None
    assert as_plover(record, event) is None
    record, event = made("Who can say?", "no_such_type", "say")
    assert as_plover(record, event) is None


D = date(2031, 3, 3)


@pytest.mark.parametrize(
    ("time", "acled_code", "ucdp_code"),
    [
        (("2031-03-03", D, D), 1, 1),
        (("2031-03-02TNI", date(2031, 3, 2), D), 1, 1),
        ((None, date(2031, 3, 1), D), 2, 2),
        (("2031-W10", D, date(2031, 3, 9)), 2, 3),
        (("2031-03", date(2031, 3, 1), date(2031, 3, 31)), 3, 4),
        (("2031", date(2031, 1, 1), date(2031, 12, 31)), None, 5),
        (("203", date(2030, 1, 1), date(2039, 12, 31)), None, None),
        (("PAST_REF", None, None), None, None),
        (None, None, None),
    ],
)
def test_time_precision(
    time: tuple[str | None, date | None, date | None] | None, acled_code: int | None, ucdp_code: int | None
) -> None:
    record, event = made("A strike on the port.", "strike", "strike", time=time)
    a, u = as_acled(record, event), as_ucdp(record, event)
    assert a is not None
    assert u is not None
    assert (a.time_precision, u.date_prec) == (acled_code, ucdp_code)


@pytest.mark.parametrize(
    ("precision", "country", "feature", "acled_code", "ucdp_code"),
    [
        (Precision.EXACT, "SDN", "PPL", 1, 1),
        (Precision.NEAR, "SDN", "PPL", 2, 2),
        (Precision.ADMIN2, "SDN", "ADM2", 2, 3),
        (Precision.ADMIN1, "SDN", "ADM1", 3, 4),
        (Precision.REGION, "SDN", "RGN", 3, 5),
        (Precision.COUNTRY, "SDN", "PCLI", None, 6),
        (Precision.REGION, None, "SEA", 3, 7),
        (None, None, None, None, None),
    ],
)
def test_geo_precision(
    precision: Precision | None,
    country: str | None,
    feature: str | None,
    acled_code: int | None,
    ucdp_code: int | None,
) -> None:
    text = "A strike on Orvane."
    place = Place("P1", at(text, "Orvane"), "Orvane", country=country, feature=feature, precision=precision)
    record, event = made(text, "strike", "strike", place=place)
    a, u = as_acled(record, event), as_ucdp(record, event)
    assert a is not None
    assert u is not None
    assert (a.geo_precision, u.where_prec) == (acled_code, ucdp_code)


def killed(
    text: str, words: str, number: int, low: int | None, best: int | None, high: int | None, **more: object
) -> Figure:
    figure = Figure(f"F{number}", at(text, words), low, best, high, Measure.KILLED, event="V1")
    return msgspec.structs.replace(figure, **more)


@pytest.mark.parametrize(
    ("words", "low", "best", "high", "expected"),
    [
        ("12", 12, 12, 12, 12),
        ("more than 40", 41, 40, None, 40),
        ("around 350", None, 350, None, 350),
        ("dozens", 24, None, 99, 12),
        ("hundreds", 200, None, 999, 100),
        ("tens of thousands", 20000, None, 99999, 10000),
        ("several hundred", 200, None, 999, 100),
        ("up to 30", None, None, 30, None),
        ("as many as 30", None, 30, 30, None),
        ("nearly 50", None, 50, 49, 50),
        ("hundreds, if not thousands", 200, None, 9999, 100),
        ("dozens, if not hundreds", 24, None, 999, 12),
        ("hundreds and hundreds", 200, None, 999, 100),
        ("thousands upon thousands", 2000, None, None, 1000),
        ("hundreds of thousands", 200000, None, 999999, 100000),
        ("several hundred thousand", 200000, None, 999999, 200000),
        ("tens of millions", 20000000, None, 99999999, 20000000),
    ],
)
def test_acled_numbers(
    words: str, low: int | None, best: int | None, high: int | None, expected: int | None
) -> None:
    text = f"A strike killed {words} people."
    view = acled(text, "strike", "strike", figures=(killed(text, words, 1, low, best, high),))
    assert view.fatalities == expected


def test_sources_that_differ_give_a_range_and_no_best() -> None:
    text = "A strike on Orvane. Medics said 12 died; the army said 7 were killed."
    figures = (
        killed(text, "12", 1, 12, 12, 12, claims=("C1",)),
        killed(text, "7", 2, 7, 7, 7, claims=("C2",)),
    )
    record, event = made(text.replace("C", "C"), "strike", "strike")
    record = msgspec.structs.replace(record, figures=figures)
    a, u = as_acled(record, event), as_ucdp(record, event)
    assert a is not None
    assert a.fatalities == 7
    assert u is not None
    assert (u.low, u.best, u.high, u.number_of_sources) == (7, None, 12, 2)


def test_parts_are_no_second_count_and_sums_are_sums() -> None:
    text = "The strike killed 9 people, including 3 children."
    part = (killed(text, "9", 1, 9, 9, 9), killed(text, "3", 2, 3, 3, 3))
    record, event = made(text, "strike", "strike", figures=part)
    assert [t.best for t in tolls(record, event)] == [9]
    text = "The strike killed 2 soldiers and 3 villagers."
    both = (killed(text, "2", 1, 2, 2, 2), killed(text, "3", 2, 3, 3, 3))
    record, event = made(text, "strike", "strike", figures=both)
    assert [t.best for t in tolls(record, event)] == [5]


@pytest.mark.parametrize(
    ("words", "total"),
    [("12 people, two women and 10 men, on Sunday", 12), ("12 soldiers, two policemen and 10 traders", 24)],
)
def test_a_breakdown_that_adds_up_is_no_second_count(words: str, total: int) -> None:
    text = f"A strike killed {words}."
    numbers = tuple(killed(text, w, n, n, n, n) for w, n in (("12", 12), ("two", 2), ("10", 10)))
    record, event = made(text, "strike", "strike", figures=numbers)
    assert [(t.low, t.best, t.high) for t in tolls(record, event)] == [(total, total, total)]


@pytest.mark.parametrize(
    ("text", "numbers", "wanted"),
    [
        ("The strike killed 12 people, not 14 as first thought.", (12, 14), [12, 14]),
        ("The strike killed 12 people. The dead included 3 women and 5 men.", (12, 3, 5), [12]),
        ("A strike killed 2 women and 10 men, 12 people in all.", (2, 10, 12), [12]),
        ("The strike killed 9 people. Every year some 200 people die on the road.", (9, 200), [9]),
        ("The strike killed 9 people. About 200 people are killed on the road each year.", (9, 200), [9]),
        ("The strike killed 9 people and the alert level was raised to 3.", (9,), [9]),
        ("The strike killed 9 people, while fuel prices were raised to 40 crowns.", (9,), [9]),
        ("The strike killed 58, a number that was later corrected to 52.", (58, 52), [52]),
        ("The strike killed 9 people, a number that does not include 4 who died later.", (9, 4), [9]),
        ("The strike killed 9 people. Another 4 were not counted.", (9, 4), [9]),
        ("The strike killed 9 people. The tally of people killed this year now stands at 70.", (9, 70), [9]),
        ("The strike killed 9 people, a day after 4 were killed in Marda.", (9, 4), [9]),
        ("Two days after 4 people were killed in a strike, rain fell.", (4,), [4]),
        ("The strike killed 9 people, up from 4.", (9, 4), [9]),
        ("The toll of the strike on the town was lowered to 9 people from 12.", (9, 12), [9]),
        ("Revising an earlier toll of 12 to 9, the mayor spoke of a strike.", (12, 9), [9]),
        ("The strike killed 9 people, the highest number since 15 were killed in May.", (9, 15), [9]),
        ("The strike in Kor killed 9 people and 4 died in the one in Ostan.", (9, 4), [9]),
        ("The strike killed 9 people in Kor and 4 in Ostan.", (9, 4), [13]),
    ],
)
def test_only_counts_of_the_events_own_dead_are_statements(
    text: str, numbers: tuple[int, ...], wanted: list[int]
) -> None:
    figures = tuple(killed(text, f"{n}", n, n, n, n) for n in numbers)
    record, event = made(text, "strike", "strike", figures=figures)
    assert [t.best for t in tolls(record, event)] == wanted


@pytest.mark.parametrize(
    "told",
    [
        "Residents said 3 of the dead were women.",
        "Residents said 3 of the nine killed were women.",
        "At least 3 of those killed were children, residents said.",
        "Among the dead were 3 women, residents said.",
        "Some 3 children were among the victims, residents said.",
        "The dead included 3 children, residents said.",
        "Residents said 3 of them were children.",
        "Residents said 3 women were killed.",
    ],
)
def test_a_part_is_no_statement_whoever_counts_it(told: str) -> None:
    text = f"A strike killed 9 people, medics said. {told}"
    part = killed(text, "3", 2, 3, 3, 3, claims=("C2",))
    part = msgspec.structs.replace(part, of=at(text, "women") if "3 women" in text else None)
    figures = (killed(text, "9", 1, 9, 9, 9, claims=("C1",), of=at(text, "people")), part)
    record, event = made(text, "strike", "strike")
    record = msgspec.structs.replace(record, figures=figures)
    a, u = as_acled(record, event), as_ucdp(record, event)
    assert a is not None
    assert u is not None
    assert a.fatalities == 9
    assert (u.low, u.best, u.high) == (9, 9, 9)


@pytest.mark.parametrize("who", ["soldier", "gunman", "policeman", "journalist", "medic", "student", "child"])
def test_one_of_a_kind_of_people_is_a_part_too(who: str) -> None:
    text = f"A strike killed 9 people, medics said. The army said 1 {who} was killed."
    one = killed(text, "1", 2, 1, 1, 1, claims=("C2",), of=at(text, who))
    record, event = made(text, "strike", "strike")
    all_ = killed(text, "9", 1, 9, 9, 9, claims=("C1",), of=at(text, "people"))
    view = as_acled(msgspec.structs.replace(record, figures=(all_, one)), event)
    assert view is not None
    assert view.fatalities == 9


def test_of_the_wounded_who_die_none_were_counted_among_the_dead() -> None:
    text = "A strike killed 9 people, medics said. Residents said 3 of the wounded had died."
    figures = (killed(text, "9", 1, 9, 9, 9, claims=("C1",)), killed(text, "3", 2, 3, 3, 3, claims=("C2",)))
    record, event = made(text, "strike", "strike")
    record = msgspec.structs.replace(record, figures=figures)
    assert [t.best for t in tolls(record, event)] == [9, 3]


def test_soldiers_are_all_that_is_counted_where_nobody_counts_people() -> None:
    text = "A strike killed 9 villagers, medics said. The army said 3 soldiers were killed."
    figures = (
        killed(text, "9", 1, 9, 9, 9, claims=("C1",), of=at(text, "villagers")),
        killed(text, "3", 2, 3, 3, 3, claims=("C2",), of=at(text, "soldiers")),
    )
    record, event = made(text, "strike", "strike")
    record = msgspec.structs.replace(record, figures=figures)
    view = as_acled(record, event)
    assert view is not None
    assert view.fatalities == 3


@pytest.mark.parametrize(
    ("text", "numbers", "wanted"),
    [
        ("A strike killed people; the army had earlier put the toll at 33 but revised it down to 30.", (33, 30), [30]),
        ("The army corrected its earlier toll of the strike of 58 to 52.", (58, 52), [52]),
        ("The toll of the strike, initially given as 58, was corrected to 52.", (58, 52), [52]),
        ("The army said 33 died in the strike, but later lowered that to 30.", (33, 30), [30]),
        ("The strike killed 12 people, raising the toll to 45.", (12, 45), [12, 45]),
        ("Searchers found 12 bodies after the strike and revised the toll to 45.", (12, 45), [12, 45]),
    ],
)  # fmt: skip
def test_a_corrected_count_is_given_up(text: str, numbers: tuple[int, ...], wanted: list[int]) -> None:
    figures = tuple(killed(text, f"{n}", n, n, n, n) for n in numbers)
    record, event = made(text, "strike", "strike", figures=figures)
    assert [t.best for t in tolls(record, event)] == wanted


def test_what_was_said_before_an_event_counts_none_of_its_dead() -> None:
    text = "A strike on Tuesday killed 23 people. A panel said in January that 900 had died."
    figures = (killed(text, "23", 1, 23, 23, 23), killed(text, "900", 2, 900, 900, 900, claims=("C1",)))
    day = ("2031-05-20", date(2031, 5, 20), date(2031, 5, 20))
    record, event = made(text, "strike", "strike", time=day)
    for said, wanted in (("2031-01", [23]), ("2031-05", [23, 900])):
        claim = Claim(
            "C1", "S1", at(text, "A panel"), None, (at(text, "that 900 had died"),), Quotation.INDIRECT,
            Act.ASSERT, SaidOn(said, at(text, "in January")),
        )  # fmt: skip
        told = msgspec.structs.replace(record, figures=figures, claims=(claim,))
        assert [t.best for t in tolls(told, event)] == wanted


@pytest.mark.parametrize(
    ("words", "low", "best", "high"), [("More than 20", 21, 20, None), ("Nearly 50", None, 50, 49)]
)
def test_ucdps_best_lies_within_its_bounds(words: str, low: int | None, best: int, high: int | None) -> None:
    text = f"{words} people were killed in a strike."
    record, event = made(text, "strike", "strike", figures=(killed(text, words, 1, low, best, high),))
    view = as_ucdp(record, event)
    assert view is not None
    assert view.best == (low or high)


@pytest.mark.parametrize(("acts", "count"), [(("deny",), 0), (("uncertain",), 0), (("deny", "assert"), 1)])
def test_a_count_that_is_only_denied_is_no_statement(acts: tuple[str, ...], count: int) -> None:
    text = "The army denied that 12 died in the strike on Orvane."
    claims = tuple(
        Claim(f"C{n}", f"S{n}", at(text, "The army"), None, (), Quotation.INDIRECT, Act(act))
        for n, act in enumerate(acts)
    )
    figure = killed(text, "12", 1, 12, 12, 12, claims=tuple(c.id for c in claims))
    record, event = made(text, "strike", "strike")
    record = msgspec.structs.replace(record, figures=(figure,), claims=claims)
    assert len(tolls(record, event)) == count


@pytest.mark.parametrize(
    "words", ["The strike had not killed 12 people.", "The strike killed; 12 were not hurt."]
)
def test_a_negated_count_is_no_statement(words: str) -> None:
    record, event = made(words, "strike", "strike", figures=(killed(words, "12", 1, 12, 12, 12),))
    assert tolls(record, event) == ()


def test_running_tolls_are_no_events_deaths_but_unclear() -> None:
    text = "Strikes have killed 4,000 people."
    toll = killed(text, "4,000", 1, 4000, 4000, 4000, cumulative=True)
    record, event = made(text, "strike", "Strikes", figures=(toll,))
    u = as_ucdp(record, event)
    assert u is not None
    assert (u.low, u.best, u.high, u.event_clarity) == (None, None, None, 2)


def test_an_event_that_killed_no_one_is_not_ucdps() -> None:
    text = "A strike killed 0 people."
    record, event = made(text, "strike", "strike", figures=(killed(text, "0", 1, 0, 0, 0),))
    assert as_ucdp(record, event) is None


@pytest.mark.parametrize(
    ("actor", "target", "kind"),
    [
        ("Soldiers", "rebels", 1),
        ("Rebels", "militants", 2),
        ("Gunmen", "villagers", 3),
        ("Gunmen", "a senator", None),
        ("Soldiers", "the bridge", None),
    ],
)
def test_types_of_violence(actor: str, target: str, kind: int | None) -> None:
    record, event = made(f"{actor} attacked {target}.", "attack", "attacked", actor=actor, target=target)
    view = as_ucdp(record, event, actor_of=PHRASES)
    assert isinstance(view, Ucdp)
    assert view.type_of_violence == kind


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "event", "mode"),
    [
        ("A suicide bombing in Orvane.", "bombing", "bombing", "ASSAULT", "suicide-attack"),
        ("Two men were shot dead.", "attack", "shot dead", "ASSAULT", "firearms"),
        ("Hostages were freed.", "release", "freed", "RETREAT", "release"),
        ("The king pardoned them.", "release", "pardoned", "CONCEDE", None),
        ("A general strike began.", "protest", "strike", "PROTEST", "strike-gen"),
        ("A march in Orvane.", "protest", "march", "PROTEST", "demo"),
        ("They shipped arms.", "arms_transfer", "shipped", "AID", "military"),
        ("They withdrew from Orvane.", "territory", "withdrew", "RETREAT", "withdraw"),
        ("They talked by phone.", "meeting", "talked", "CONSULT", "phone"),
        ("They signed a treaty.", "agreement", "signed", "SUPPORT", None),
        ("The family sued the state.", "legal", "sued", "ACCUSE", None),
        ("They expelled an envoy.", "sanction", "expelled", "SANCTION", "expel"),
    ],
)
def test_plover(text: str, kind: str, trigger: str, event: str, mode: str | None) -> None:
    view = as_plover(*made(text, kind, trigger))
    assert isinstance(view, Plover)
    assert (view.event_type, view.mode) == (event, mode)


def test_plover_parties_have_its_own_codes() -> None:
    text = "Israeli soldiers attacked Turkish journalists."
    record, event = made(text, "attack", "attacked", actor="Israeli soldiers", target="Turkish journalists")
    view = as_plover(record, event, actor_of=PHRASES)
    assert view is not None
    assert [(p.code, p.sector) for p in view.actor] == [("ISR", "MIL")]
    assert [(p.code, p.sector) for p in view.recipient] == [("TUR", "JRN")]
    assert view.quad_code == 4


def test_every_type_and_category_of_the_tables_is_known() -> None:
    books = Codebooks.load()
    assert {r.event for r in books.plover} <= set(books.quads) | {"none"}
    assert {t.plover for t in books.types.values()} <= set(books.quads) | {"", "INVESTIGATE"}
    assert {r.type for r in books.acled} != set()


def test_a_users_rule_decides_first(tmp_path: Path) -> None:
    (tmp_path / "acled_rules.csv").write_text(
        "rule,type,words,event,sub_event\nmine,strike,\\bkites?\\b,Riots,Mob violence\n"
    )
    for folder in (tmp_path, str(tmp_path)):
        books = Codebooks.load(folder)
        view = as_acled(*made("A kite strike.", "strike", "strike"), codebooks=books)
        assert view is not None
        assert view.rule == "mine"


@pytest.mark.parametrize("row", ["mine,struck,,x", "mine,strike,((,x"])
def test_a_wrong_rule_is_the_users_to_mend(tmp_path: Path, row: str) -> None:
    (tmp_path / "acled_rules.csv").write_text(f"rule,type,words,event\n{row}\n")
    with pytest.raises(UserError, match="mine"):
        Codebooks.load(tmp_path)


def test_the_example_of_the_docs_runs_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parent.parent / "docs/coding.md").read_text(encoding="utf-8")
    exec(page.split("```python\n")[1].split("```")[0], {})
    shown = capsys.readouterr().out
    assert all(f"{view}(" in shown for view in ("Acled", "Ucdp", "Plover"))


def test_bodies_that_are_handed_over_are_nobody_s_deaths() -> None:
    text = "A strike hit a bakery. The bodies of 9 soldiers were returned on Saturday."
    record, event = made(text, "strike", "strike")
    figures = (killed(text, "9", 1, 9, 9, 9, of=at(text, "soldiers")),)
    coded = as_acled(msgspec.structs.replace(record, figures=figures), event)
    assert coded is not None
    assert coded.fatalities is None
