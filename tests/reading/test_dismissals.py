"""What others say that somebody dismisses in the passive. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.reader import Reader


@pytest.mark.parametrize(
    ("text", "source", "first"),
    [
        (
            'Reports of a massacre were dismissed as "fantasy" by the interior minister, Jean Mbeki.',
            "the interior minister, Jean Mbeki",
            "Reports of a massacre",
        ),
        (
            'Claims that the army killed 30 civilians were dismissed as "absurd" by President Nkunda.',
            "President Nkunda",
            "Claims that the army killed 30 civilians",
        ),
        (
            'Reports of a riot in the jail were called "a fabrication" by the prison service.',
            "the prison service",
            "Reports of a riot in the jail",
        ),
        (
            "The report of a massacre in Bria was described as nonsense by General Moussa Traore.",
            "General Moussa Traore",
            "The report of a massacre in Bria",
        ),
        (
            "Reports that two priests were abducted were dismissed by the bishop.",
            "the bishop",
            "Reports that two priests were abducted",
        ),
        ('Reports of 30 deaths were branded "lies" by the ministry.', "the ministry", "Reports of 30 deaths"),
        (
            "Allegations of torture were dismissed as untrue by the Justice Ministry.",
            "the Justice Ministry",
            "Allegations of torture",
        ),
        (
            "Allegations of torture were rejected as untrue by the police.",
            "the police",
            "Allegations of torture",
        ),
    ],
)
def test_who_dismisses_what_others_say_denies_it(text: str, source: str, first: str, reader: Reader) -> None:
    claims = [c for c in reader.read(text).claims if c.parent is None]
    assert [(c.act, c.source_span and c.source_span.text, c.content[0].text) for c in claims] == [
        ("deny", source, first)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The attack was described as cowardly by the president.",
        "Twelve officers were dismissed by the interior minister, Jean Mbeki.",
        "The report of a massacre was called credible by the commission.",
        "The minister was called a liar by the opposition.",
        "The proposal was rejected by the rebels.",
    ],
)
def test_other_passives_deny_nothing(text: str, reader: Reader) -> None:
    assert "deny" not in {c.act for c in reader.read(text).claims}


def test_a_dismissal_that_somebody_tells_of_stands_inside_of_their_claim(reader: Reader) -> None:
    record = reader.read("The mayor said reports of a riot were dismissed by the police chief.")
    outer, *inner = record.claims
    assert [c.text for c in outer.content] == ["reports of a riot were dismissed by the police chief"]
    assert [c.parent for c in inner if c.act == "deny"] == [outer.id]
