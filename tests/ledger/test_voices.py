from __future__ import annotations

from tests.ledger.builder import Story

from accordingto.ledger.speakers import Speakers
from accordingto.ledger.voices import Heard, heard, voices


def rows(*stories: Story) -> list[Heard]:
    return [h for s in stories for h in heard(s.record(), s.raw.name, Speakers(s.record()))]


def told(day: str, outlet: str) -> Story:
    s = Story("The army said it won. The army denied losses. Two officials said it lost.", day, outlet)
    s.claim("The army", "said", "it won", party="XAA MIL")
    s.claim("The army#2", "denied", "losses", act="deny")
    s.claim("Two officials", "said#2", "it lost", kind="anonymous")
    return s


def test_named_and_anonymous_sources_over_reports() -> None:
    found = {
        v.name or v.description: v for v in voices(rows(told("2031-03-04", "A"), told("2031-03-05", "B")))
    }
    army = found["The army"]
    assert army.claims == {"assert": 2, "deny": 2}
    assert (army.named, army.country, army.sector, army.outlets) == (True, "XAA", "MIL", {"A": 1, "B": 1})
    assert (army.first, army.last) == ("2031-03-04", "2031-03-05")
    officials = found["Two officials"]
    assert (officials.named, officials.name, officials.kind) == (False, None, "anonymous")
    assert officials.claims == {"assert": 2}
