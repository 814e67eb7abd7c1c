"""The day on which a page was published. All pages are invented."""

from __future__ import annotations

from datetime import date

import pytest

from accordingto.intake.report import RawReport
from accordingto.intake.sources import from_bytes

STORY = "".join(
    f"<p>{p}</p>"
    for p in (
        "The Defence Ministry denied that its forces had fired at the grain depot in the harbour on Tuesday, and called the report a lie.",
        "Hospital officials in the city said that two of the wounded were in critical condition that night, and that one more was missing.",
        "The depot was first hit on <time datetime='2022-03-01'>1 March 2022</time>, the army said, and was built anew by 2023-05-06.",
    )
)
OLD = "<ul><li><a href='/a'>Old</a> <time datetime='2019-02-01T10:00:00Z'>1 February 2019</time></li></ul>"
ASIDE = f"<aside><h3>Related</h3>{OLD}</aside>"
OWN = '<time datetime="2031-03-05T08:00:00Z">5 March 2031</time>'
DAY = date(2031, 3, 5)


def dated(
    *, head: str = "", above: str = "", before: str = "", below: str = "", lang: str = ""
) -> date | None:
    page = (
        f"<html {lang}><head><title>Depot strike</title>{head}</head><body>{before}<article><h1>Depot strike</h1>"
        f"{above}{STORY}</article>{below}<footer>© 2018 City Post</footer></body></html>"
    )
    [report] = from_bytes(page.encode(), "x")
    assert isinstance(report, RawReport)
    return report.published


@pytest.mark.parametrize(
    "where",
    [
        {"above": OWN},
        {"above": OWN, "below": ASIDE},
        {"above": OWN, "before": ASIDE},
        {"above": OWN, "before": OLD},
        {"above": ASIDE + OWN},
        {"above": "<time>5 March 2031</time>", "below": "<aside><time>1 February 2019</time></aside>"},
        {"above": f"<p>Officials deny that the depot was hit by their own guns last week.</p>{OWN}"},
        {"above": OWN + "<time class='updated' datetime='2031-03-09'>9 March 2031</time>"},
        {"above": "Updated <time datetime='2031-03-09'>9 March 2031</time>" + OWN},
        {"above": "<p class='date'>Published 5 March 2031, updated 7 March 2031</p>"},
        {"above": "<div class='byline'><span class='date'>March 5, 2031</span></div>", "below": ASIDE},
        {
            "above": OWN,
            "below": "<div id='comments'><div><time datetime='2018-01-01'>1 January</time></div></div>",
        },
        {"head": "<meta property='article:published_time' content='2031-03-05T08:00:00Z'>", "below": ASIDE},
        {"head": "<meta name='date' content='2031-03-05'>", "above": "<time datetime='2030-01-01'>x</time>"},
        {
            "below": '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2031-03-05"}</script>'
        },
        {"head": "<link rel='canonical' href='https://post.example/2031/03/05/depot'>"},
    ],
)
def test_the_day_is_the_articles_own(where: dict[str, str]) -> None:
    assert dated(**where) == DAY


@pytest.mark.parametrize(
    "where",
    [
        {},
        {"below": ASIDE},
        {"before": ASIDE},
        {"below": OLD},
        {"below": "<div class='card'><h4>Old</h4><time datetime='2019-02-01'>1 February 2019</time></div>"},
        {"below": "<div class='comments'><p class='date'>6 March 2031</p><p>I saw it.</p></div>"},
        {"above": "<time class='updated' datetime='2031-03-09'>9 March 2031</time>"},
        {"above": "<span class='date'>Last updated: 9 March 2031</span>"},
        {"head": "<meta property='article:modified_time' content='2031-03-09T08:00:00Z'>"},
        {"head": "<meta http-equiv='last-modified' content='2031-03-09'>"},
        {"head": "<meta property='og:image' content='https://post.example/2029/01/02/port.jpg'>"},
    ],
)
def test_days_of_something_else_leave_it_open(where: dict[str, str]) -> None:
    assert dated(**where) is None


@pytest.mark.parametrize(
    ("told", "lang", "day"),
    [
        ("03/04/2031", "", None),
        ("03/04/2031", "lang='en'", None),
        ("03/04/2031", "lang='en-US'", "2031-03-04"),
        ("03/04/2031", "lang='en-GB'", "2031-04-03"),
        ("03/04/2031", "lang='fr'", "2031-04-03"),
        ("03-04-2031", "", None),
        ("25/03/2031", "", "2031-03-25"),
        ("25/03/2031", "lang='en-US'", "2031-03-25"),
        ("03/25/2031", "", "2031-03-25"),
        ("04/04/2031", "", "2031-04-04"),
        ("03.04.2031", "", "2031-04-03"),
        ("2031-03-04", "lang='en-US'", "2031-03-04"),
    ],
)
def test_days_in_numbers_count_where_it_is_clear_which_is_the_month(
    told: str, lang: str, day: str | None
) -> None:
    expected = date.fromisoformat(day) if day else None
    assert dated(head=f"<meta name='date' content='{told}'>", lang=lang) == expected
    assert dated(above=f"<span class='date'>{told}</span>", lang=lang) == expected
    assert dated(above=f"<time>{told}</time>", lang=lang) == expected
