from __future__ import annotations

from datetime import date, timedelta

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.test_matching import FIRST

from accordingto.ledger.accounts import Account, Location
from accordingto.ledger.matching import compare
from accordingto.ledger.screening import OUTLINE, near_enough, outline
from accordingto.record import Precision

DAY = date(2031, 3, 3)


def kept(a: Account, b: Account) -> bool:
    return bool(near_enough(np.array([[outline(a), outline(b)]], OUTLINE))[0])


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    """Accounts of one kind, some days and some kilometres from one another, told more or less well."""
    flag = st.booleans()
    first = DAY + timedelta(draw(st.integers(0, 30)))
    number = draw(st.integers(0, 9))
    place = Location(
        f"Town{number}",
        draw(st.sampled_from(("XAA", "XAA", "XBB", None))),
        draw(st.one_of(st.none(), st.floats(10, 11))),
        40.0 + number / 10,
        draw(st.sampled_from((number + 1, 7, None))),
        draw(st.sampled_from(tuple(Precision))),
        told=draw(st.sampled_from((None, "Marda", f"Town{number}"))),
    )
    return msgspec.structs.replace(
        FIRST,
        key=draw(st.sampled_from(("d:1-2:strike", "e:1-2:strike", "f:1-2:strike"))),
        document=draw(st.sampled_from("def")),
        earliest=draw(st.sampled_from((first, first, None))),
        latest=first + timedelta(draw(st.integers(0, 12))),
        dated=draw(flag),
        lent_day=draw(flag),
        lasting=draw(flag),
        place=draw(st.sampled_from((place, place, None))),
        placed=draw(flag),
        lent_place=draw(flag),
    )


@settings(max_examples=3000)
@given(accounts(), accounts())
def test_what_screening_drops_would_have_been_ruled_out(a: Account, b: Account) -> None:
    if not kept(a, b):
        assert compare(a, b).score == 0
        assert compare(a, b, copies=True).score == 0


def test_it_drops_what_lies_weeks_or_a_province_apart_and_keeps_the_rest() -> None:
    def at(lat: float, id_: int, **more: object) -> Account:
        where = Location(f"Town{id_}", "XAA", lat, 40.0, id_, Precision.NEAR)
        return msgspec.structs.replace(FIRST, key=f"k{id_}", place=where, placed=True, **more)

    here = at(10.0, 1)
    assert kept(here, at(10.05, 2))
    assert not kept(here, at(10.5, 2))
    assert kept(here, at(10.5, 2, lent_place=True))
    later = {"earliest": DAY + timedelta(9), "latest": DAY + timedelta(9)}
    assert not kept(here, at(10.0, 2, **later))
    assert kept(here, at(10.0, 2, lent_day=True, **later))
    assert kept(msgspec.structs.replace(here, lasting=True), at(10.0, 2, lasting=True, **later))
    assert kept(here, msgspec.structs.replace(at(10.5, 2), key=here.key))
