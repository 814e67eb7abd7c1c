"""What happens in stories and drills alone. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.reader import Reader


@pytest.mark.parametrize(
    "text",
    [
        "In the film “Red Harbour”, a bomb kills 200 passengers in Gothenburg.",
        "In her first novel, soldiers kill 12 villagers near Bergen.",
        "He has written a thriller in which gunmen attack the palace in Madrid.",
        "In the drill, soldiers playing invaders captured the airport and killed 12 defenders.",
        "A mock missile strike destroyed a power station on the island, the army said.",
    ],
)
def test_what_is_invented_or_played_is_no_event(reader: Reader, text: str) -> None:
    assert reader.read(text).events == ()


def test_nobody_is_counted_dead_in_a_story_or_a_drill(reader: Reader) -> None:
    text = (
        "In the film “Red Harbour”, a bomb kills 200 passengers in Gothenburg. It sold 40,000 tickets.\n\n"
        "In the drill, soldiers playing invaders killed 12 defenders. A gas leak killed three people in Bergen on Monday."
    )
    assert [f.span.text for f in reader.read(text).figures] == ["40,000", "three"]


@pytest.mark.parametrize(
    "text",
    [
        "In the movie theatre in Denver, a gunman killed 12 people.",
        "A bomb killed two people outside the theatre in Oslo, where the play had begun.",
        "A soldier was killed during the exercise near Tapa when a shell exploded.",
        "In the documentary “The Valley”, villagers say soldiers killed 12 people in Kunar.",
        "The army held a missile exercise in Tapa with mock targets.",
        "Two soldiers playing enemies were killed in an exercise near Tapa, the army said.",
        "In the exercise, a soldier playing an enemy was killed by live ammunition.",
        "A bomb killed two people at the play where the mayor was to speak.",
        "Guards subjected the prisoners to mock executions in Adra prison, the survivors said.",
        "Russian planes simulated an attack on the island of Bornholm in March.",
    ],
)
def test_what_really_happened_beside_a_story_or_a_drill_stays(reader: Reader, text: str) -> None:
    assert reader.read(text).events
