from __future__ import annotations

import pytest

from accordingto.derived import people, totals
from accordingto.record import Document, Entity, EntityKind, Figure, Measure, Mention, MentionForm, Record
from accordingto.spans import Span


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def count(text: str, words: str, best: float, measure: Measure, name: str, *, exact: bool = False) -> Figure:
    bound = best if exact else None
    return Figure(name, at(text, words), bound, best, bound, measure)


def record(text: str, *figures: Figure, entities: tuple[Entity, ...] = ()) -> Record:
    return Record(Document("x", text), entities=entities, figures=figures)


def test_a_part_and_its_share_give_the_whole() -> None:
    text = "The drive reached around 210,000 children, which is about half of those it aims to protect."
    (found,) = totals(
        record(
            text,
            count(text, "around 210,000", 210000, Measure.REACHED, "F1"),
            count(text, "about half", 50, Measure.SHARE, "F2"),
        )
    )
    assert (found.best, found.exact, found.figures) == (420000, False, ("F1", "F2"))
    assert found.arithmetic == "210,000 ÷ 50 % = 420,000"


def test_a_share_of_a_whole_gives_the_part() -> None:
    text = "The mill let go 30 percent of its 2,000 workers."
    (found,) = totals(
        record(
            text,
            count(text, "30 percent", 30, Measure.SHARE, "F1", exact=True),
            count(text, "2,000", 2000, Measure.OTHER, "F2", exact=True),
        )
    )
    assert (found.best, found.exact, found.arithmetic) == (600, True, "2,000 × 30 % = 600")


def test_figures_that_have_nothing_to_do_with_each_other_give_nothing() -> None:
    text = "It reached 900 people. Half of the roads are shut."
    assert (
        totals(
            record(
                text,
                count(text, "900", 900, Measure.REACHED, "F1"),
                count(text, "Half", 50, Measure.SHARE, "F2"),
            )
        )
        == ()
    )


@pytest.mark.parametrize(
    ("text", "number", "share"),
    [
        ("The strike killed 300 people, half of them women and children.", "300", "half"),
        ("Some 300 people were killed, 20 percent of them children.", "300", "20 percent"),
        ("The camp held 300 people, 40 percent of whom were children.", "300", "40 percent"),
    ],
)
def test_a_share_of_those_counted_gives_no_whole(text: str, number: str, share: str) -> None:
    figures = (
        count(text, number, 300, Measure.OTHER, "F1", exact=True),
        count(text, share, 40, Measure.SHARE, "F2", exact=True),
    )
    assert totals(record(text, *figures)) == ()


@pytest.mark.parametrize("link", [", which is", ", or", ", representing", ", which represents"])
def test_a_count_that_is_a_share_of_the_whole(link: str) -> None:
    text = f"The mill let go 300 people{link} 40 percent of its staff."
    figures = (
        count(text, "300", 300, Measure.OTHER, "F1", exact=True),
        count(text, "40 percent", 40, Measure.SHARE, "F2", exact=True),
    )
    assert [t.best for t in totals(record(text, *figures))] == [750]


def test_people_and_their_ages() -> None:
    text = "Maro Petrova, 34, was killed; a boat of 34 sank."
    name = at(text, "Maro Petrova")
    person = Entity(
        "E1",
        "Maro Petrova",
        EntityKind.PERSON,
        mentions=(Mention(name.start, name.end, name.text, MentionForm.NAME),),
    )
    age = Figure("F1", at(text, "34"), 34, 34, 34, Measure.AGE, of=name, claims=("C1",))
    (found,) = people(record(text, age, entities=(person,)))
    assert (found.name, found.age, found.figure, found.claims) == ("Maro Petrova", 34, "F1", ("C1",))
