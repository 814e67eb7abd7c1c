from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from rich.console import Console
from tests.ledger.builder import Story

from accordingto.pages import html
from accordingto.pages.happenings import event_cards, value
from accordingto.pages.html import page
from accordingto.pages.text import show
from accordingto.pages.view import ACT_WORDS, cards, deed, heading
from accordingto.reading.document import document_of
from accordingto.record import (
    Act,
    Claim,
    Entity,
    EntityKind,
    Event,
    Factuality,
    Figure,
    Measure,
    Participant,
    Place,
    Quotation,
    Record,
    Role,
    Source,
    SourceKind,
)
from accordingto.spans import Span, span

TEXT = """Two officials said that the army had told them “nothing moved.” The army denied it and did not say why."""


def record(text: str = TEXT, outlet: str | None = None, title: str | None = None) -> Record:
    at = lambda words: span(text, (text.index(words), text.index(words) + len(words)))  # noqa: E731
    reason = at("it") if "it" in text else None
    return Record(
        document_of(text, title=title, outlet=outlet, headline_first=False),
        sources=(
            Source("S1", SourceKind.ANONYMOUS, None, False, "Two officials", reason),
            Source("S2", SourceKind.ORGANIZATION, None, True, "The army"),
        ),
        claims=(
            Claim(
                "C1",
                "S1",
                at("Two officials"),
                at("said"),
                (at("that the army had told them “nothing moved.”"),),
                Quotation.MIXED,
                Act.ASSERT,
            ),
            Claim(
                "C2",
                "S2",
                at("the army"),
                at("told"),
                (at("nothing moved"),),
                Quotation.DIRECT,
                Act.ASSERT,
                parent="C1",
            ),
            Claim("C3", "S2", at("The army"), at("denied"), (at("it"),), Quotation.INDIRECT, Act.DENY),
            Claim(
                "C4", "S2", at("The army"), at("did not say"), (at("why"),), Quotation.INDIRECT, Act.SILENT
            ),
        ),
    )


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def parse(html: str) -> Seen:
    seen = Seen()
    seen.feed(html)
    return seen


def test_the_page_holds_the_text_as_printed_and_every_claim() -> None:
    seen = parse(page([record()]))
    assert TEXT in seen.text
    ids = [v for k, v in seen.attributes if k == "id"]
    assert len(ids) == len(set(ids))
    for n in range(1, 5):
        assert f"c1-C{n}" in ids
        assert ("href", f"#c1-C{n}") in seen.attributes or ("href", f"#t1-C{n}") in seen.attributes
    assert "script" not in seen.tags


def test_links_lead_somewhere() -> None:
    seen = parse(page([record(), record()]))
    ids = {v for k, v in seen.attributes if k == "id"}
    assert {v[1:] for k, v in seen.attributes if k == "href" and v} <= ids


def test_the_policy_allows_no_script_and_no_host() -> None:
    html = page([record()])
    assert "default-src 'none'" in html
    assert not re.search(r"https?://", html)


PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><b onclick=alert(1)>",
    "</title><script>alert(1)</script>",
    "</style><script>x</script>",
    "<iframe src=javascript:alert(1)>",
    "javascript:alert(1)",
    "{{ 7*7 }}",
    "{% raw %}",
    "<!--",
    "]]>",
    "&lt;script&gt;",
    "<a href='javascript:x'>y</a>",
    "<body onload=x>",
    "<math><mi//xlink:href='data:x,<script>'>",
    "\u2028<script>",
    "<ScRiPt>x</sCrIpT>",
    "<object data=x>",
    "<meta http-equiv=refresh content=0>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_report_text_is_data(payload: str) -> None:
    html = page([record(f"{TEXT} {payload}", outlet=payload, title=payload)])
    seen = parse(html)
    plain = parse(page([record(TEXT + " x", outlet="x", title="x")]))
    assert sorted(set(seen.tags)) == sorted(set(plain.tags))
    assert not [k for k, _ in seen.attributes if k.startswith("on")]
    assert payload.replace("\u2028", "") in seen.text.replace("\u2028", "")


def test_cards_stand_under_the_claim_they_stand_in() -> None:
    assert [(c.id, c.depth) for c in cards(record())] == [("C1", 0), ("C2", 1), ("C3", 0), ("C4", 0)]


def test_every_act_has_its_word_and_sign() -> None:
    assert set(ACT_WORDS) == set(Act)
    assert len({s for _, s in ACT_WORDS.values()}) == len(Act)


@pytest.mark.parametrize("width", [60, 120])
def test_the_text_page_fits(width: int) -> None:
    console = Console(width=width, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    show(console, record())
    text = console.export_text()
    console.file.close()
    assert all(len(line) <= width for line in text.splitlines())
    for words in ("Two officials (anonymous", "✗ denies", "∅ leaves unsaid"):
        assert words in text


def test_a_report_without_claims_says_so() -> None:
    empty = Record(document_of("It rained."))
    assert "No one is quoted" in parse(page([empty])).text


def eventful() -> Record:
    text = "A raid on Kutum killed more than 40 people, medics said. The army denied the raid. Counts differ."
    at = lambda words: span(text, (text.index(words), text.index(words) + len(words)))  # noqa: E731
    return Record(
        document_of(text, headline_first=False),
        entities=(Entity("E1", "the army", EntityKind.ORGANIZATION),),
        sources=(
            Source("S1", SourceKind.ANONYMOUS, None, False, "medics"),
            Source("S2", SourceKind.ORGANIZATION, "E1", True),
        ),
        claims=(
            Claim(
                "C1",
                "S1",
                at("medics"),
                at("said"),
                (at("A raid on Kutum killed more than 40 people"),),
                Quotation.INDIRECT,
                Act.ASSERT,
            ),
            Claim("C2", "S2", at("The army"), at("denied"), (at("the raid"),), Quotation.INDIRECT, Act.DENY),
        ),
        events=(
            Event(
                "V1",
                "attack",
                at("raid"),
                (Participant(Role.TARGET, None, at("Kutum")),),
                place="P1",
                factuality=Factuality.DENIED,
                claims=("C1", "C2"),
            ),
        ),
        figures=(
            Figure(
                "F1",
                at("more than 40"),
                41,
                40,
                None,
                Measure.KILLED,
                "people",
                of=at("people"),
                event="V1",
                claims=("C1",),
                caveats=(at("Counts differ."),),
            ),
        ),
        places=(Place("P1", at("Kutum"), "Kutum"),),
    )


def test_an_event_shows_whose_word_it_is_and_who_contests_it() -> None:
    [card] = event_cards(eventful())
    assert (card.type, card.trigger, card.factuality) == ("attack", "raid", "denied")
    assert card.facts == (("against", "Kutum"), ("in", "Kutum"))
    assert card.carried == ("medics",)
    assert card.contested == ("the army (deny)",)
    [count] = card.counts
    assert (count.value, count.measure, count.by) == ("≥ 40", "killed", "medics")
    assert count.caveats == ("Counts differ.",)


@pytest.mark.parametrize(
    ("value", "shown"), [("2031-03-03", "Monday (3 March 2031)"), ("P1M", "Monday"), (None, "Monday")]
)
def test_the_day_of_an_event_is_given_and_no_length(value: str | None, shown: str) -> None:
    s = Story("A raid on Monday.")
    s.event("attack", "raid", on=s.time("Monday", "2031-03-03"))
    record = s.record()
    [time] = record.times
    [card] = event_cards(replace(record, times=(replace(time, value=value),)))
    assert card.facts == (("when", shown),)


@pytest.mark.parametrize(
    ("words", "told", "shown"),
    [
        ("Monday morning", {"value": "2031-03-03TMO"}, "Monday morning (3 March 2031)"),
        ("Monday at noon", {"value": "2031-03-03T12:00"}, "Monday at noon (3 March 2031, 12:00)"),
        (
            "that week",
            {"value": "2031-W10"},
            "that week (3–9 March 2031)",
        ),
        ("March", {"value": "2031-03"}, "March (March 2031)"),
    ],
)
def test_the_time_of_an_event_is_told_in_words_and_no_codes(
    words: str, told: dict[str, Any], shown: str
) -> None:
    s = Story(f"A raid on {words}.")
    s.event("attack", "raid", on=s.time(words, "2031-03-03"))
    record = s.record()
    [time] = record.times
    [card] = event_cards(replace(record, times=(replace(time, **told),)))
    assert card.facts == (("when", shown),)


def test_both_pages_show_events_and_caveats() -> None:
    console = Console(record=True, width=100, color_system=None, file=io.StringIO())
    show(console, eventful())
    printed = console.export_text()
    seen = Seen()
    seen.feed(page([eventful()]))
    for shown in (printed, " ".join(seen.text.split())):
        assert "contested by the army (deny)" in shown
        assert "but: Counts differ." in shown
        assert "≥ 40 killed" in shown
    assert ("class", "m content event") in seen.attributes


def test_a_record_is_gone_through_once_however_many_parts_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(html, "titles", lambda r, of=html.titles: asked.append(r.document) or of(r))
    page([record("\n\n".join([TEXT] * 9))])
    assert len(asked) == 1


def test_a_meeting_is_with_somebody_and_figures_stand_in_the_reports_own_words() -> None:
    record = eventful()
    [event], [figure] = record.events, record.figures
    meeting = msgspec.structs.replace(event, type="meeting")
    of = span(record.document.text, (figure.span.end + 1, figure.span.end + 7))
    [card] = event_cards(
        msgspec.structs.replace(record, events=(meeting,), figures=(msgspec.structs.replace(figure, of=of),))
    )
    assert card.facts[0] == ("with", "Kutum")
    assert card.counts[0].words == "more than 40 people"


@pytest.mark.parametrize(
    ("low", "best", "high", "unit", "shown"),
    [
        (4, 4, 4, "people", "4"),
        (40001, 40000, None, "people", "≥ 40,000"),
        (200, None, 999, "missiles", "200 to 999"),
        (None, 350000, None, "children", "≈ 350,000"),
        (None, 20, 19, "percent", "< 20 %"),
        (None, 50, None, "percent", "≈ 50 %"),
        (2000, None, None, "people", "≥ 2,000"),
        (None, None, 30, "people", "≤ 30"),
        (1.5, 1.5, 1.5, "km", "1.5"),
        (None, None, None, None, "?"),
    ],
)
def test_a_figures_bounds_are_shown(
    low: float | None, best: float | None, high: float | None, unit: str | None, shown: str
) -> None:
    figure = Figure("F1", span("x", (0, 1)), low, best, high, Measure.OTHER, unit)
    assert value(figure) == shown


@pytest.mark.parametrize(
    ("cue", "content", "word"),
    [
        ("denied", "that it had fired", "denies"),
        ("denied", "that no one was warned", "denies"),
        ("said", "that no one had died", "says not"),
        ("said", "We don’t hold anyone", "says not"),
        ("called it", "a lie", "denies"),
        ("ruled out", "that nobody knew", "denies"),
    ],
)
def test_a_denial_by_a_negated_content_is_not_shown_as_its_opposite(
    cue: str, content: str, word: str
) -> None:
    text = f"The port office {cue} {content}."
    at, start = text.index(cue), text.index(content)
    claim = Claim(
        id="C1",
        source="S1",
        source_span=None,
        cue=Span(at, at + len(cue), cue),
        content=(Span(start, start + len(content), content),),
        quotation=Quotation.INDIRECT,
        act=Act.DENY,
    )
    assert deed(claim) == (word, "✗")
    assert deed(msgspec.structs.replace(claim, act=Act.REFUSE))[0] == "refuses"


def test_a_report_without_a_headline_is_called_by_its_first_words_behind_the_dateline() -> None:
    text = "KOR (Lake Wire) - The bridge was closed on Monday. No one was hurt."
    record = Record(document=document_of(text))
    assert heading(record) == "The bridge was closed on Monday. No one was hurt."
    assert heading(Record(document=document_of(text, title="Bridge closed"))) == "Bridge closed"
