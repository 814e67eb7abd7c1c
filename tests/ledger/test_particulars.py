from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from tests.ledger.builder import Story, strike
from tests.ledger.test_matching import meet, one, spot

from accordingto.ledger import nearness, signs
from accordingto.ledger.accounts import Account, Count, Location
from accordingto.ledger.differences import two_doers
from accordingto.ledger.incidents import build
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.matching import compare
from accordingto.ledger.nearness import may_be_one, relation
from accordingto.ledger.observing import observe
from accordingto.ledger.particulars import (
    named_alike,
    nothing_alike,
    of_a_people,
    same_victims,
    tied,
    without_names,
)
from accordingto.ledger.signs import Sign
from accordingto.record import Precision

BETWEEN = "The town has waited for rain since the spring, and its wells are low. " * 5


def told(text: str, *, harm: str, trigger: str = "killed", target: str | None = None) -> list[Account]:
    """A strike on a school in Marda, and a killing of the same report."""
    story = Story(text)
    monday = story.time("Monday", "2031-03-03")
    story.event("strike", "strike", target="a school", on=monday, place=story.place("Marda"))
    if target:
        story.entity(target, "person")
    story.event(harm, trigger, target=target, on=monday if harm == "killing" else None)
    return list(observe(story.record(), story.raw.name, knowledge()))


def brought(a: Account, b: Account) -> bool:
    return f"{a.type} with {b.type}" in compare(a, b).reason


def test_a_killing_far_from_a_deed_is_another() -> None:
    far = told(
        f"On Monday a strike hit a school in Marda. {BETWEEN}Ana Belmonte was killed.",
        harm="killing",
        target="Ana Belmonte",
    )
    assert not brought(*far)
    assert not compare(*far).is_match


@pytest.mark.parametrize(
    "text",
    [
        "On Monday a strike hit a school in Marda in which Ana Belmonte was killed.",
        "On Monday a strike hit a school in Marda. Two were killed.",
        f"On Monday a strike hit a school in Marda. {BETWEEN}The killed were mourned.",
    ],
)
def test_a_killing_of_the_same_sentence_the_next_or_of_nobody_told_is_the_deeds(text: str) -> None:
    target = "Ana Belmonte" if "Ana" in text else None
    assert brought(*told(text, harm="killing", target=target))


def test_a_death_nearby_may_be_of_something_else() -> None:
    starved = told(
        "On Monday a strike hit a school in Marda. In the next street a child died of hunger.",
        harm="death",
        trigger="died",
        target="a child",
    )
    assert not brought(*starved)


def test_two_persons_by_name_are_two() -> None:
    story = Story(f"A shell hit Ada Mond in Marda. {BETWEEN}Ana Belmonte was killed.")
    for name in ("Ada Mond", "Ana Belmonte"):
        story.entity(name, "person")
    story.event("strike", "shell", target="Ada Mond")
    story.event("killing", "killed", target="Ana Belmonte")
    a, b = observe(story.record(), "x", knowledge())
    assert compare(a, b).reason == "Ada Mond and Ana Belmonte"


def test_victims_are_the_same_by_more_than_a_word_for_persons() -> None:
    assert same_victims("a truck", "the school truck")
    assert same_victims("guards", "the guards of the port")
    assert same_victims("the premises of the studio", "a film studio in Marda")
    assert not same_victims("child soldiers", "13 Alander soldiers")
    assert not same_victims("some prisoners", "some 400 inmates")


def test_one_fire_of_one_report_under_two_types() -> None:
    def pair(first: int, second: int) -> list[Account]:
        text = f"A fire in Marda killed {first} people. {BETWEEN}The accident with {second} dead in Marda#2 is studied."
        story = Story(text.replace("#2", ""))
        here = story.place("Marda"), story.place("Marda#2")
        fire = story.event("disaster", "fire", place=here[0])
        other = story.event("accident", "accident", place=here[1])
        story.figure(str(first), first, event=fire)
        story.figure(str(second) if first != second else f"{second}#2", second, event=other)
        return list(observe(story.record(), "x", knowledge()))

    assert compare(*pair(44, 44)).is_match
    lent = [
        msgspec.structs.replace(x, place=Location("Marda Depot", told="Marda Depot"), lent_place=True)
        for x in pair(44, 44)
    ]
    assert "44 killed in one place" in compare(*lent).reason
    assert not compare(*pair(44, 17)).is_match


def undated(type: str, trigger: str, text: str, place: str | None = None, **parties: str) -> Account:
    s = Story(text, outlet=text[:12])
    where = s.place(place) if place else None
    for name in parties.values():
        if name[0].isupper():
            s.entity(name, "person" if " " in name else "organization")
    s.event(type, trigger, place=where, **parties)
    return one(s)


def test_two_requests_of_one_week_and_land_are_two() -> None:
    a = undated("request", "asked", "Nurses asked the ministry in Marda for beds.", "Marda", actor="Nurses")
    b = undated("request", "asked", "In Marda a painter asked a gallery to wait.", "Marda", actor="a painter")
    assert not compare(a, b).is_match
    assert not compare(a, msgspec.structs.replace(b, place=None, placed=False)).is_match


def test_a_named_party_ties_two_requests() -> None:
    a = undated(
        "request",
        "asked",
        "Ana Belmonte asked the ministry in Marda for beds.",
        "Marda",
        actor="Ana Belmonte",
    )
    b = undated(
        "request", "urged", "In Marda Ana Belmonte urged a clinic to open.", "Marda", actor="Ana Belmonte"
    )
    assert not list(nothing_alike(a, b, compared(a, b)))
    assert compare(a, b).is_match


def compared(a: Account, b: Account, *, place: bool = True) -> list[Sign]:
    where = nearness.where(a, b) if place else []
    return [*nearness.when(a, b)[0], *where, *signs.wording(a, b)]


def test_some_of_a_people_are_anybody() -> None:
    assert of_a_people("two Palestinians")
    assert of_a_people("Kenyan")
    assert not of_a_people("Kenya")
    assert not of_a_people("the Kenyan army")
    a = undated("attack", "raid", "A raid hit Kenyans in Marda.", "Marda", target="Kenyans")
    b = undated("attack", "raid", "In Marda three Kenyans fled a raid.", "Marda", target="three Kenyans")
    assert not named_alike(a, b)


def test_an_undated_death_in_one_town_may_still_be_one() -> None:
    a = undated("death", "died", "A girl died at a hostel in Marda.", "Marda", target="A girl")
    b = undated("death", "died", "In Marda a pupil died in her room.", "Marda", target="a pupil")
    assert not list(nothing_alike(a, b, compared(a, b)))


def test_a_name_of_a_land_does_not_make_reports_alike() -> None:
    def reason(*names: str) -> str:
        a, b = (
            msgspec.structs.replace(x, names=tuple(sorted(names)), place=None, placed=False)
            for x in (
                one(strike("A strike came on Monday.", day=("Monday", "2031-03-03"), place=None, outlet=o))
                for o in ("A", "Other")
            )
        )
        b = msgspec.structs.replace(b, document="D2", key="D2")
        return compare(a, b).reason

    assert "name the same" not in reason("kenya", "chad", "mexico", "peru")
    assert "name the same" in reason("ana belmonte", "ada mond", "harun", "port guard")


def test_a_copy_without_a_day_meets_its_original() -> None:
    text = "Nurses of the northern valley asked quietly for seventeen more beds. {}"
    copies = []
    for n in range(2):
        s = Story(text.format("Reprinted." if n else ""), outlet=f"Wire {n}")
        s.event("request", "asked", actor="Nurses")
        copies.append(
            msgspec.structs.replace(one(s), published=None, earliest=None, latest=None, before=None)
        )
    a, b = copies
    assert a.document != b.document
    assert meet(a, b)
    assert compare(a, b, copies=True).is_match


def test_a_stock_sentence_without_a_day_meets_nothing() -> None:
    a, b = (
        msgspec.structs.replace(
            undated("investigation", "investigating", f"Police are investigating. {more}"),
            published=None,
            earliest=None,
            latest=None,
        )
        for more in ("A bus burned.", "A clerk left.")
    )
    assert not meet(a, b)


WEST = Location("West Vale", "XAA", 32.0, 35.2, 31, Precision.ADMIN1, "West Vale", "West Vale")


def test_a_town_of_another_province_is_not_inside_however_near() -> None:
    school = spot("Halima School", 31.5, 34.5, 32, Precision.EXACT, of="South Strand")
    assert relation(WEST, school).name == "two provinces"
    assert relation(WEST, msgspec.structs.replace(school, admin1="West Vale")).name == "inside"
    assert relation(WEST, msgspec.structs.replace(school, admin1=None)).name == "inside"
    hall = msgspec.structs.replace(WEST, name="Vale Hall", told="Vale Hall")  # a building of the province
    assert relation(hall, school).name == "inside"


def test_a_short_name_within_a_longer_may_be_one() -> None:
    assert may_be_one("Goa", "State of Goa")
    assert not may_be_one("Dune State", "Rift State")


def test_a_count_of_several_ties_two_reports() -> None:
    a = undated("attack", "raid", "A raid in Marda hit farmers.", "Marda", target="farmers")
    b = undated("attack", "assault", "In Belmar an assault hit shops.", "Belmar", target="shops")
    counted = [msgspec.structs.replace(x, counts=(Count("killed", 9, 9, 9),)) for x in (a, b)]
    assert list(nothing_alike(a, b, compared(a, b, place=False)))
    assert not list(nothing_alike(*counted, compared(*counted, place=False)))


def later(a: Account, days: int, **other: object) -> Account:
    """The same account as told in another report, so many days later."""
    first, last, day = (d and d + timedelta(days) for d in (a.earliest, a.latest, a.published))
    return msgspec.structs.replace(
        a, document="D2", key="D2:1", report="r2", earliest=first, latest=last, published=day, **other
    )


ACCUSED = undated(
    "accusation",
    "accused",
    "Ana Belmonte accused Yan Sokol of lying.",
    actor="Ana Belmonte",
    target="Yan Sokol",
)


def test_who_accuses_again_weeks_later_does_it_anew() -> None:
    words = ("another", "sentence", "with", "words", "enough")
    assert compare(ACCUSED, later(ACCUSED, 1, words=words)).is_match
    assert compare(ACCUSED, later(ACCUSED, 9, words=words)).reason == "said weeks apart"
    assert compare(ACCUSED, later(ACCUSED, 9)).is_match  # in the same words


def test_two_who_accuse_one_man_do_two_things() -> None:
    other = undated(
        "accusation", "accused", "Ada Mond accused Yan Sokol of theft.", actor="Ada Mond", target="Yan Sokol"
    )
    assert set(compare(ACCUSED, other).reason.split(" and ")) == {"Ana Belmonte", "Ada Mond"}
    together = build([ACCUSED, other], {})  # as people may judge
    assert together.fields["actor"].state != "contested"


def test_one_person_has_other_meetings_in_a_week() -> None:
    a = undated("meeting", "rally", "Ana Belmonte held a rally.", actor="Ana Belmonte")
    b = undated(
        "meeting", "visit", "Ana Belmonte paid nurses a visit.", actor="Ana Belmonte", target="nurses"
    )
    assert not tied(a, later(b, 2), {"undated within days"})
    assert tied(a, later(a, 2), {"undated within days"})
    assert not tied(a, later(a, 60), {"undated within months"})


def test_two_meetings_that_name_nobody_alike() -> None:
    a = undated("meeting", "rally", "Ana Belmonte held a rally.", actor="Ana Belmonte")
    b = undated("meeting", "rally", "Ada Mond held a rally.", actor="Ada Mond")
    assert two_doers(a, b) == "Ana Belmonte and Ada Mond"
    assert two_doers(a, a) is None


def test_of_court_cases_of_a_day_a_party_or_town_is_alike() -> None:
    a = undated("legal", "trial", "The trial of a painter opened.", target="a painter")
    b = undated("legal", "trial", "A trial of a banker ended.", target="a banker")
    told = [Sign("same day"), Sign("same trigger")]
    assert [s.name for s in nothing_alike(a, b, told)] == ["nothing of its own in common"]
    here = [msgspec.structs.replace(x, place=Location("Marda"), placed=True) for x in (a, b)]
    assert not list(nothing_alike(*here, [*told, Sign("same place")]))


def test_names_that_two_stories_share_tell_nothing_weeks_apart() -> None:
    names = Sign("like names", None, 0.3)
    weeks, day = Sign("undated within weeks"), Sign("same day")
    assert without_names([weeks, names]) == [weeks]
    for kept in ([day, names], [weeks, names, Sign("same target")], [weeks, Sign("like names", None, 0.5)]):
        assert without_names(kept) == kept
