"""What of a page's markup is no text of its report, and pages of several reports. All pages are invented."""

from __future__ import annotations

import pytest

from accordingto.intake.report import Known, Notes, RawReport
from accordingto.intake.sources import from_bytes

STORY = (
    "The Defence Ministry denied that its forces had fired at the grain depot in the harbour on Tuesday.",
    "Hospital officials in the city said that two of the wounded were in critical condition that night.",
    "The United Nations called for an independent inquiry and urged both sides to protect food stores.",
)
FLOODS = (
    "Floods cut off two hundred villages in the northern delta on Monday, the disaster agency said.",
    "The army said that it had brought twelve hundred people to safety by boat and expected more rain.",
)


def paged(*paragraphs: str) -> bytes:
    whole = "".join(p if p.startswith("<") else f"<p>{p}</p>" for p in (*paragraphs, *STORY))
    return (
        f"<html><head><title>Depot strike</title></head><body><article><h1>Depot strike</h1>{whole}"
        "</article></body></html>"
    ).encode()


def lines(data: bytes) -> list[str]:
    [page] = from_bytes(data, "x")
    assert isinstance(page, RawReport)
    return page.text.split("\n\n")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("The strike killed 12<sup>3</sup> people.", "The strike killed 12 people."),
        ("It wounded 40<sup><a href='#f'>[2]</a></sup> on Tuesday.", "It wounded 40 on Tuesday."),
        ("It wounded 40<sup>*</sup> or 50<sup>†</sup> of them.", "It wounded 40 or 50 of them."),
        ("It wounded 40.<sup>1,2</sup> They lived.", "It wounded 40. They lived."),
        ("It spread over 30 km<sup>2</sup> of land.", "It spread over 30 km2 of land."),
        ("It was the 5<sup>th</sup> such strike.", "It was the 5th such strike."),
        ("It held 3 x 10<sup>6</sup> litres of oil.", "It held 3 x 106 litres of oil."),
        ("The strike killed <s>44</s> 12 people.", "The strike killed 12 people."),
        ("The strike killed <del>31</del> <ins>13</ins> people.", "The strike killed 13 people."),
        ("<strike>It shelled a school.</strike> That was wrong.", "That was wrong."),
        ("The strike <span hidden>never</span> killed 12 people.", "The strike killed 12 people."),
        ("The <span aria-hidden='true'>x</span> strike killed 12 people.", "The strike killed 12 people."),
        ("<span aria-hidden='true'>T</span>he strike killed 12 people.", "The strike killed 12 people."),
    ],
)
def test_notes_and_what_is_struck_out_or_hidden_are_no_text(written: str, read: str) -> None:
    assert " ".join(lines(paged(written))[1].split()) == read


def test_hidden_paragraphs_are_left_out_and_a_page_hidden_behind_a_notice_is_read() -> None:
    assert "killed" not in "".join(lines(paged("<p hidden>Officials said that it killed 77 people.</p>")))
    page = paged().replace(b"<article>", b"<article hidden>").replace(b"<h1>", b"<h1 aria-hidden='true'>")
    assert lines(page)[1:] == list(STORY)
    assert lines(paged().replace(b"<body>", b"<body><main aria-hidden='true'>"))[1:] == list(STORY)


def test_a_paragraph_that_is_a_link_is_read_among_others() -> None:
    told = "The regional governor, Olena Marchuk, said that four workers had been killed on Tuesday."
    assert told in lines(paged(f"<p><a href='/x'>{told}</a></p>"))
    teasers = "".join(f"<p><a href='/{n}'>{told}</a></p>" for n in range(3))
    assert told not in lines(
        paged().replace(b"</article>", b"</article><div>" + teasers.encode() + b"</div>")
    )


def several(*parts: str, head: str = "") -> list[RawReport]:
    page = f"<html><head><title>Morning</title>{head}</head><body><main>{''.join(parts)}</main></body></html>"
    return [r for r in from_bytes(page.encode(), "x") if isinstance(r, RawReport)]


def part(tag: str, heading: str, paragraphs: tuple[str, ...], more: str = "") -> str:
    return f"<{tag}>{heading}{more}{''.join(f'<p>{p}</p>' for p in paragraphs)}</{tag.split()[0]}>"


@pytest.mark.parametrize(
    ("tag", "rank"), [("article", "h1"), ("article class=post", "h2"), ("div class=story", "h2")]
)
def test_stories_side_by_side_are_reports_of_their_own(tag: str, rank: str) -> None:
    one, other = "Four Killed in Strike on Harbour Depot", "Floods Cut Off Villages in the Delta"
    found = several(
        part(tag, f"<{rank}>{one}</{rank}>", STORY, '<time datetime="2031-03-05">5 March</time>'),
        part(tag, f"<{rank}>{other}</{rank}>", FLOODS),
        head='<meta property="og:site_name" content="Harbour Courier">',
    )
    assert [r.name for r in found] == ["x#1", "x#2"]
    assert [r.title for r in found] == [one, other]
    assert [r.text.split("\n\n") for r in found] == [[one, *STORY], [other, *FLOODS]]
    assert [str(r.published) for r in found] == ["2031-03-05", "None"]
    assert {r.outlet for r in found} == {"Harbour Courier"}


def test_an_outlet_that_goes_before_the_page_s_own_is_counted_once_a_story() -> None:
    parts = [part("article", f"<h1>{h}</h1>", p) for h, p in (("Strike", STORY), ("Floods", FLOODS))]
    head = '<head><meta property="og:site_name" content="Harbour Courier"></head>'
    notes = Notes()
    page = f"<html>{head}<body>{''.join(parts)}</body></html>".encode()
    found = from_bytes(page, "x", known=Known(None, "Wire", notes=notes))
    assert [r.outlet for r in found] == ["Wire", "Wire"]
    assert notes.overridden == {"outlet": 2}


def test_stories_side_by_side_are_found_on_a_page_without_a_head() -> None:
    parts = [part("article", f"<h1>{h}</h1>", p) for h, p in (("Strike", STORY), ("Floods", FLOODS))]
    found = from_bytes(f"<html><body>{''.join(parts)}</body></html>".encode(), "x")
    assert [r.name for r in found] == ["x#1", "x#2"]


@pytest.mark.parametrize(
    "parts",
    [
        (part("article", "<h1>Strike</h1>", STORY), part("article", "<h3>Floods</h3>", FLOODS[:1])),
        (part("article", "<h1>Strike</h1>", STORY), part("article", "", FLOODS)),
        ("<h1>Strike</h1>", part("section class=s", "<h2>What is known</h2>", STORY)),
        (
            "<h1>Strike: what is known</h1>",
            part("article", "<h2>Who was killed</h2>", STORY),
            part("article", "<h2>Who is blamed</h2>", FLOODS),
        ),
        (
            part("div class=s", "<h2>Who was killed</h2>", STORY),
            part("div class=s", "<h2>Who is blamed</h2>", FLOODS),
        ),
    ],
)
def test_teasers_and_sections_of_one_article_are_no_reports(parts: tuple[str, ...]) -> None:
    [page] = several(*parts)
    assert page.name == "x"
    assert STORY[0] in page.text
