"""Prose that stands in no paragraph of its page. All pages are invented."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from accordingto.intake.loose import missing
from accordingto.intake.report import RawReport
from accordingto.intake.sources import from_bytes

STORY = (
    "Gunmen killed six people in an attack on a market in Kirkuk on Wednesday, police said.",
    "The interior ministry denied that its forces had fled. A governor said at least 14 people were wounded.",
    "Residents said that the attackers came in two white pickup trucks and fired for ten minutes.",
)
LEAD, *REST = STORY
PARTED = "<p>".join(STORY)
BROKEN = "<br><br>".join(STORY)
HEAD = "<html><head><title>Six killed in Kirkuk</title></head><body>"
MENU = "<div class=nav><a href=/>Home</a> | <a href=/w>World</a></div>"
FOOTER = "Copyright 2031 Herald"
FOOT = f"<div>{FOOTER}</div></body></html>"


def text(body: str, *, bare: bool = False) -> str:
    whole = f"<html><body>{body}</body></html>" if bare else f"{HEAD}{MENU}{body}{FOOT}"
    [page] = from_bytes(whole.encode(), "x")
    assert isinstance(page, RawReport)
    return page.text


def lines(body: str, *, bare: bool = False) -> list[str]:
    return [" ".join(line.split()) for line in text(body, bare=bare).split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("body", "bare"),
    [
        (PARTED, True),
        (f"<h1>Six killed in Kirkuk</h1>{PARTED}", True),
        (BROKEN, True),
        (f"<table><tr><td>{PARTED}</td></tr></table>", False),
        (f"<table><tr><td><h1>Six killed in Kirkuk</h1>{PARTED}</td></tr></table>", False),
        (f"<table><tr><td><font size=2>{PARTED}</font></td></tr></table>", False),
        (f"<center>{PARTED}</center>", False),
        (f"<section>{PARTED}</section>", False),
        (f"<span>{'<br/>'.join(STORY)}</span>", False),
        (f"<span>{BROKEN}</span>", False),
        (f"<font size=2>{BROKEN}</font>", False),
        (f"<td><p>{LEAD}</p>{REST[0]}<p>{REST[1]}</p></td>", False),
        (f"<section><b>{LEAD}</b><p>{REST[0]}<p>{REST[1]}</section>", False),
        (
            f"<section>{LEAD.replace('Kirkuk', '<a href=/k>Kirkuk</a>')}<p>{REST[0]}<p>{REST[1]}</section>",
            False,
        ),
    ],
)
def test_prose_beside_paragraphs_and_between_breaks_is_read_in_its_order(body: str, bare: bool) -> None:
    found = lines(body, bare=bare)
    assert " ".join(STORY) in " ".join(found)
    assert " ".join(found).count(LEAD) == 1


def test_short_words_between_loose_paragraphs_are_read() -> None:
    body = BROKEN.replace("<br><br>Res", "<br><br>“We saw it,” one said.<br><br>Res")
    assert lines(body, bare=True) == [*STORY[:2], "“We saw it,” one said.", STORY[2]]


@pytest.mark.parametrize(
    "more",
    [
        "<table><tr><td>Soldiers stand guard beside the market in Kirkuk on Tuesday.<br>Herald</td></tr></table>",
        "<figure><img src=a>Soldiers stand guard beside the market in Kirkuk on Tuesday.<br>Herald</figure>",
        "<div class=footer>We use your data as our policy of privacy tells you.<br>Write to the editor</div>",
        "<footer>We use your data as our policy of privacy tells you.<p>Write to the editor of the Herald now.</p></footer>",
        "<nav>Read here what our readers wrote to us this week.<br><a href=/>Home</a></nav>",
    ],
)
@pytest.mark.parametrize("body", [PARTED, "".join(f"<p>{p}</p>" for p in STORY)])
def test_captions_menus_and_notes_of_the_house_are_not(body: str, more: str) -> None:
    assert set(lines(f"<section>{body}</section>{more}")) <= {"Six killed in Kirkuk", *STORY, FOOTER}


@pytest.mark.parametrize(
    "loose",
    [
        "All rights reserved, and nothing of this page may be printed elsewhere.",
        "<a href=/1>Two killed in a bombing in Basra, police say, as the army denies it.</a>",
        "<i>Reporting by Ann Omar and Li Wei; editing by Jo Mbeki and others.</i>",
        "World | Africa | Asia | Europe | Business | Sports | Weather | About us",
    ],
)
def test_no_note_and_no_link_beside_paragraphs_is_made_one(loose: str) -> None:
    page = document_fromstring(f"<html><body><p>{REST[0]}</p><p>{REST[1]}</p>{loose}<br></body></html>")
    assert missing(page, " ".join(REST)) == []
