"""Whom a pronoun or description means, by where the names before it stand. All text is invented."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from accordingto.reading.antecedents import QUOTATION, Antecedents
from accordingto.reading.entities import Found
from accordingto.reading.layers import Layers, Syntax
from accordingto.reading.reader import Reader
from accordingto.record import EntityKind, MentionForm
from accordingto.spans import Range

Make = Callable[..., Layers]
LABELS = ("root", "nsubj", "obj")


def people(layers: Make, text: str, subjects: dict[str, str], *names: str) -> Antecedents:
    """The names of a text as persons; each word of `subjects` is its verb's subject, every verb a root, all else hangs on its neighbour."""
    seen = layers(text, [], [])
    words = [text[slice(*w)] for w in seen.words]
    heads = np.array([max(0, i - 1) for i in range(len(words))])
    relations = np.full(len(words), 2)
    for name, verb in subjects.items():
        w, v = words.index(name), words.index(verb)
        heads[w], relations[w], heads[v], relations[v] = v, 1, v, 0
    syntax = Syntax(np.zeros(len(words), np.int64), heads, relations, LABELS)
    found = [
        Found(
            EntityKind.PERSON, name, [(Range(*m.span()), MentionForm.NAME) for m in re.finditer(name, text)]
        )
        for name in names
    ]
    return Antecedents(text, found, replace(seen, syntax=syntax))


def named(made: Antecedents, found: tuple[Range, int] | None) -> str | None:
    return made.entities[found[1]].name if found else None


def at(text: str, word: str) -> Range:
    start = text.rindex(word)
    return Range(start, start + len(word))


TOLD = "Lima sang for Okoro. “I felt it,” he says."


def test_the_subject_of_the_report_is_meant_before_the_name_that_stands_nearer(layers: Make) -> None:
    made = people(layers, TOLD, {"Lima": "sang"}, "Lima", "Okoro")
    assert named(made, made.introduced("he", at(TOLD, "he"), -1)) == "Lima"
    assert named(made, made.nearest("he", at(TOLD, "he"))) == "Okoro"


def test_nobody_is_brought_in_before_the_last_word_of_a_speaker(layers: Make) -> None:
    made = people(layers, TOLD, {"Lima": "sang"}, "Lima", "Okoro")
    assert made.introduced("he", at(TOLD, "he"), TOLD.index("sang")) is None


def test_who_is_only_talked_about_is_not_meant(layers: Make) -> None:
    text = "Lima sang. “Okoro wept,” he says."
    made = people(layers, text, {"Lima": "sang", "Okoro": "wept"}, "Lima", "Okoro")
    assert named(made, made.introduced("he", at(text, "he"), -1)) == "Lima"
    assert named(made, made.nearest("he", at(text, "he"))) == "Lima"


def test_a_name_in_the_pronouns_own_sentence_comes_first(layers: Make) -> None:
    text = "Lima sang. Okoro wept as he spoke."
    made = people(layers, text, {"Lima": "sang"}, "Lima", "Okoro")
    assert made.introduced("he", at(text, "he"), -1) is None


@pytest.mark.parametrize(("word", "name"), [("he", None), ("man", None), ("she", "Lima"), ("woman", "Lima")])
def test_titles_tell_whom_a_word_can_mean(word: str, name: str | None, layers: Make) -> None:
    text = "Lima sang. The end came soon."
    made = people(layers, text, {"Lima": "sang"}, "Lima")
    made.entities[0].titles.append("Mrs")
    assert named(made, made.introduced(word, at(text, "soon"), -1)) == name


def test_quotations_that_never_close_cost_no_more_than_others() -> None:
    started = time.thread_time()
    assert QUOTATION.findall("“a " * 20000 + "b”") == ["“a b”"]
    assert time.thread_time() - started < 0.5


@pytest.mark.parametrize("part", ["all", "both", "most"])
def test_a_part_of_whom_stays_whole(part: str, reader: Reader) -> None:
    record = reader.read(f"The court heard four officers, {part} of whom denied that they had fired.")
    assert [c.source_span.text.endswith(f"{part} of whom") for c in record.claims if c.source_span] == [True]
