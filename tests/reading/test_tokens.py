"""What is not tried because a word is missing would not have matched."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordingto.errors import UserError
from accordingto.reading.figures import FigureTables
from accordingto.reading.quantities import next_core
from accordingto.reading.tables import alternates, choices
from accordingto.reading.timegrammar import TimeTables
from accordingto.reading.tokens import DIGIT, first_tokens, longest_tokens, lowered, small, tokens
from accordingto.spans import Range

TIMES, QUANTITIES = TimeTables.load(), FigureTables.load().quantities
SHORT = "the a an of in and half to in from between early late mid last this next past same year o’clock a.m. - , 7 12 40 1990 s".split()
TIME_WORDS = st.sampled_from(sorted({w for group in TIMES.words.values() for w in group} | set(SHORT)))
NUMBER_WORDS = st.sampled_from(
    sorted({w for g in QUANTITIES.numbers.words.values() for w in g} | set(QUANTITIES.vague) | set(SHORT))
)
GLUE = st.sampled_from([" ", "-", "s ", ", "])


def test_tokens_are_runs_of_letters_and_one_mark_for_digits() -> None:
    assert tokens("Mid-March, 10am: o’clock") == {"mid", "march", "am", "o", "clock", DIGIT}
    assert first_tokens(["New Year’s Day", "9/11"]) == {"new", DIGIT}
    assert longest_tokens(["a few", "tens of thousands"]) == {"few", "thousands"}


def test_letters_that_patterns_take_for_i_and_s_are_those_in_small() -> None:
    assert lowered("FRİDAY, Aprıl ſecond") == "friday, april second"
    assert tokens("FRİDAY") == {"friday"}


@settings(max_examples=300)
@given(st.lists(TIME_WORDS, min_size=1, max_size=8), GLUE)
def test_a_match_of_a_rule_has_what_the_rule_needs(words: list[str], glue: str) -> None:
    text = glue.join(words)
    for rule in TIMES.rules:
        for m in rule.pattern.finditer(text):
            assert not m[0] or rule.may_match(tokens(text)), (rule.name, m[0])


@settings(max_examples=300)
@given(st.lists(NUMBER_WORDS, min_size=1, max_size=8), GLUE)
def test_a_quantity_has_what_quantities_need(words: list[str], glue: str) -> None:
    text = glue.join(words)
    if QUANTITIES.core.search(text):
        assert not QUANTITIES.needs.isdisjoint(tokens(text))


@settings(max_examples=300)
@given(st.lists(NUMBER_WORDS, min_size=1, max_size=8), GLUE, st.sampled_from([str, str.upper, str.title]))
def test_the_quick_look_finds_the_same_cores(words: list[str], glue: str, case: Callable[[str], str]) -> None:
    text = case(glue.join(words)) + " Rs120"
    found, at = [], 0
    while m := next_core(text, text.lower(), Range(at, len(text)), QUANTITIES):
        found.append(m.span())
        at = m.end()
    assert found == [m.span() for m in QUANTITIES.core.finditer(text)]
    assert found


def test_letters_that_are_two_in_small_are_searched_as_they_stand() -> None:
    text = "İzmir: 12 dead"
    m = next_core(text, text.lower(), Range(0, len(text)), QUANTITIES)
    assert m is not None
    assert m[0] == "12"


def test_a_pattern_of_small_letters() -> None:
    assert small(r"\bU\.N\b|\S[A-Z](?P<Name>x)(?P=Name)") == r"\bu\.n\b|\S[a-z](?P<Name>x)(?P=Name)"


def test_the_first_choice_counts_though_a_later_one_stands_before_it() -> None:
    rows = choices([(r"\bwarn", "warn"), (r"\bpromis", "promise")], "x.csv")
    assert rows.any is not None
    assert rows.first("It promised, then warned.") == "warn"
    assert rows.first("It slept.") is None
    assert rows.first("HE WARNED") == "warn"
    assert choices([(r"\bU\.N\. post", 1)], "x.csv").first("a U.N. post") == 1


def test_patterns_with_groups_of_their_own_are_tried_one_by_one() -> None:
    rows = choices([(r"(\w)\1", "twice"), (r"x", "x")], "x.csv")
    assert rows.any is None
    assert (rows.first("aa"), rows.first("ax"), rows.first("a")) == ("twice", "x", None)
    assert choices([], "x.csv").first("anything") is None


def test_a_bad_choice_is_the_users_to_mend() -> None:
    with pytest.raises(UserError, match=re.escape("x.csv: '(' is no regular expression")):
        choices([("(", 1)], "x.csv")


@pytest.mark.parametrize(
    ("pattern", "bar"),
    [
        (r"\bab\b", False),
        (r"\ba|b", True),
        (r"\b(?:a|b)\b", False),
        (r"\b[|]x", False),
        (r"\b[\]|]x", False),
        (r"\ba\|b", False),
        (r"\b(?:(?:a|b)|c)|d", True),
    ],
)
def test_bars_outside_of_groups(pattern: str, bar: bool) -> None:
    assert alternates(pattern) is bar


def test_patterns_that_begin_at_a_word_are_found_beside_others() -> None:
    rows = choices([(r"\bpost\b|tweet", 1), (r"\bletter", 2), (r"^by", 3)], "x.csv")
    assert [rows.first(t) for t in ("retweet", "a letter", "by post", "by hand", "aletter")] == [
        1,
        2,
        1,
        3,
        None,
    ]
