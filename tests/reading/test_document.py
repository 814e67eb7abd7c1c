from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto.intake.bundles import split
from accordingto.reading.document import datelines, document_of, evidence, full_date
from accordingto.reading.invisible import seen
from accordingto.record import PartKind

REPORT = """Bridge Closed After Flood in Quelimane

By Ana Ruiz and Tom Odhiambo

QUELIMANE, Mozambique, 4 March 2031 (Coast Wire) — The bridge was closed on Tuesday, the mayor said.

What you should know. Our paper names its sources wherever it can.

"It will open soon," he added.

(Reporting by Ana Ruiz; editing by Li Wen)
This story has been updated with a quotation."""
KEPT = st.characters(codec="utf-8", exclude_characters="\0")  # what files and databases keep


def test_parts_of_a_printed_report() -> None:
    d = document_of(REPORT)
    kinds = [p.kind for p in d.parts]
    assert kinds == [
        PartKind.HEADLINE,
        PartKind.BYLINE,
        PartKind.DATELINE,
        PartKind.BODY,
        PartKind.EDITOR_NOTE,
        PartKind.BODY,
        PartKind.BYLINE,
        PartKind.EDITOR_NOTE,
    ]
    assert d.title == "Bridge Closed After Flood in Quelimane"
    assert d.published == date(2031, 3, 4)
    assert d.outlet == "Coast Wire"


def test_notes_and_credits_are_no_evidence() -> None:
    d = document_of(REPORT)
    read = [d.text[a:b] for a, b in evidence(d)]
    assert read == [
        "Bridge Closed After Flood in Quelimane",
        "The bridge was closed on Tuesday, the mayor said.",
        '"It will open soon," he added.',
    ]


def test_the_caller_goes_before_the_dateline() -> None:
    assert document_of(REPORT, published=date(2031, 3, 9)).published == date(2031, 3, 9)


def test_without_a_date_it_stays_open() -> None:
    assert document_of("The mayor said no.\nHe left.").published is None


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("NAIROBI, July 3 (Lake News) - The court ruled.", "NAIROBI, July 3 (Lake News) -"),
        ("KYOTO – The court ruled.", "KYOTO –"),
        ("KYOTO—Judges met.", "KYOTO—"),
        ("Rustenburg – The court ruled.", "Rustenburg –"),
        ("BOGOTÁ (Lake News) - The court ruled.", "BOGOTÁ (Lake News) -"),
        ("ŁÓDŹ, July 3 (Lake News) - The court ruled.", "ŁÓDŹ, July 3 (Lake News) -"),
        ("São Paulo – The court ruled.", "São Paulo –"),
        ("GOMA (LN), 5 Nov. 2031 - The court ruled.", "GOMA (LN), 5 Nov. 2031 -"),
        ("Goma (Lake News), Nov 5, 2031 — The court ruled.", "Goma (Lake News), Nov 5, 2031 —"),
        ("Ana Ruiz (Greens) – The court ruled.", None),
        ("The court ruled - and left.", None),
        ("Ana Ruiz — Kyoto’s mayor for years — has ruled.", None),
        ("UN officials said: no one came.", None),
        ("SAN SALVADOR, 8 MAY 2031 (ACAN-EFE) -- THE COURT RULED.", "SAN SALVADOR, 8 MAY 2031 (ACAN-EFE) --"),
        ("KYOTO, 8 MAY 89 (LAKE NEWS) -- THE COURT RULED.", "KYOTO, 8 MAY 89 (LAKE NEWS) --"),
        ("(Kyoto, 9 June) — The court ruled.", "(Kyoto, 9 June) —"),
        ("(San Telmo, May 3, 2031) – “No,” she said.", "(San Telmo, May 3, 2031) –"),
        ("(Lake News) — The court ruled.", None),
        (
            "Kyoto & Nara, Japan , Jun 14 2031 (LN) - The court ruled.",
            "Kyoto & Nara, Japan , Jun 14 2031 (LN) -",
        ),
        ("Kyoto, Japan, Jun 14 2031 (LN) - The court ruled.", "Kyoto, Japan, Jun 14 2031 (LN) -"),
        ("KYOTO, Japan , Jun 14 2031 (LN) - The court ruled.", "KYOTO, Japan , Jun 14 2031 (LN) -"),
    ],
)
def test_datelines(opening: str, dateline: str | None) -> None:
    d = document_of(opening, headline_first=False)
    found = [d.text[p.start : p.end] for p in d.parts if p.kind is PartKind.DATELINE]
    assert found == ([dateline] if dateline else [])


@pytest.mark.parametrize(
    "line",
    [
        "March 4, 2031",
        "Monday, March 4, 2031",
        "Last updated: March 4, 2031 (12:30 GMT)",
        "Published 03/04/2031",
    ],
)
def test_a_date_line_tells_no_place_and_no_outlet(line: str) -> None:
    d = document_of(f"Bridge Closed After Flood\n\n{line}\n\nKYOTO (Lake News) — The bridge was closed.")
    assert [p.kind for p in d.parts][1] is PartKind.DATELINE
    assert d.outlet == "Lake News"
    assert [d.text[a:b] for a, b in datelines(d.text, d.parts)] == ["KYOTO (Lake News) —"]
    assert d.published == (None if "/" in line else date(2031, 3, 4))


@pytest.mark.parametrize(
    "line",
    [
        "By Monday, more than 300 people had been killed, officials said.",
        "By May 4, the town was empty.",
        "By Kyoto Bridge, police had found 12 people, the mayor said.",
        "Research by the River Council found that soldiers killed 40 villagers, the group said.",
        "Reporting by Lake News found 40 graves, the mayor said.",
        "Heavy fighting was reported from Khartoum on Monday.",
        "No casualties were reported from the strike, the governor said.",
        "Lake News reported from Khartoum that shells had hit a market.",
        "Supported by tanks, rebels took the town on Monday.",
        "Related arrests were made in Kano on Monday, police said.",
        "Register of voters will be opened today, the commission said.",
    ],
)
def test_a_sentence_is_body_whatever_it_begins_with(line: str) -> None:
    d = document_of(f"The town was calm.\n\n{line}\n\nIt rained.", headline_first=False)
    assert [p.kind for p in d.parts] == [PartKind.BODY] * 3


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("TODAY HONDURAS – Two people died on Monday, police said.", PartKind.BYLINE),
        ("NEWPORT NEWS — Two people died on Monday, police said.", PartKind.DATELINE),
        ("SAN TELMO – Two people died on Monday, police said.", PartKind.DATELINE),
    ],
)
def test_an_outlet_before_a_dash_is_no_dateline(text: str, kind: PartKind) -> None:
    d = document_of(text, headline_first=False, is_town={"NEWPORT NEWS"}.__contains__)
    assert [p.kind for p in d.parts] == [kind, PartKind.BODY]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By May Wong, Kyoto", PartKind.BYLINE),
        ("By Ana Ruiz, a writer for Coast Wire.", PartKind.BYLINE),
        ("Additional research by Ana Ruiz.", PartKind.BYLINE),
        ("Ana Ruiz reported from Kyoto, and Tom Odhiambo from Nairobi.", PartKind.BYLINE),
        ("Odhiambo reported from Kyoto.", PartKind.BYLINE),
        ("Related: A bridge falls.", PartKind.BOILERPLATE),
        ("Related stories", PartKind.BOILERPLATE),
        ("Supported by Lake Bank", PartKind.BOILERPLATE),
        ("Register now to read on for free.", PartKind.BOILERPLATE),
        ("Contributing: Ana Ruiz and Tom Odhiambo.", PartKind.BYLINE),
        ("Ana Ruiz / Reuters.", PartKind.CAPTION),
        ("POOL Lake/Reuters", PartKind.CAPTION),
        ("Coast Wire via Getty Images.", PartKind.CAPTION),
    ],
)
def test_credits_and_house_lines(line: str, kind: PartKind) -> None:
    d = document_of(f"The town was calm.\n\n{line}\n\nIt rained.", headline_first=False)
    assert d.parts[1].kind is kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Harbour guard Ana Ruiz holds up the lamp that was found.", PartKind.CAPTION),
        ("Ana Ruiz (left) met Tom Odhiambo on Monday.", PartKind.CAPTION),
        ("Ana Ruiz met Tom Odhiambo on Monday.", PartKind.BODY),
        ("“No one holds the port,” said Ana Ruiz.", PartKind.BODY),
    ],
)
def test_what_a_picture_shows_stands_behind_its_credit(line: str, kind: PartKind) -> None:
    d = document_of(
        f"The town was calm.\n\nTom Odhiambo/Reuters.\n\n{line}\n\nIt rained.", headline_first=False
    )
    assert [p.kind for p in d.parts] == [PartKind.BODY, PartKind.CAPTION, kind, PartKind.BODY]


@pytest.mark.parametrize("name", ["--Ana Ruiz.", "--Ana Ruiz", "—Ana Maria Ruiz and Tom Odhiambo"])
def test_who_wrote_a_brief_is_named_at_its_end(name: str) -> None:
    d = document_of(f"Ruiz left.\n\nThe town was calm in May.{name}\n\nIt rained.", headline_first=False)
    assert [(p.kind, d.text[p.start : p.end]) for p in d.parts[1:3]] == [
        (PartKind.BODY, "The town was calm in May."),
        (PartKind.BYLINE, name),
    ]


def test_a_headline_before_a_dateline_may_end_with_a_stop() -> None:
    d = document_of("Harbour mayor calls vote.\n\nKYOTO, July 3 (Lake News) — The court ruled.\n\nIt rained.")
    assert [p.kind for p in d.parts] == [PartKind.HEADLINE, PartKind.DATELINE, PartKind.BODY, PartKind.BODY]


def test_long_lines_take_no_time() -> None:
    begun = time.thread_time()
    for text in ("AB-" * 450, " " * 9000 + "\nIt rained.", "By A, " + "was, " * 2000 + "x"):
        document_of(text, headline_first=False)
        split(text)
    assert time.thread_time() - begun < 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("March 4, 2031", date(2031, 3, 4)),
        ("4 Sept. 2031", date(2031, 9, 4)),
        ("Feb 30, 2031", None),
        ("March 4", None),
    ],
)
def test_full_dates(text: str, day: date | None) -> None:
    assert full_date(text) == day


def test_other_languages_are_named_as_such() -> None:
    german = (
        "Der Bürgermeister sagte am Montag, dass die Brücke nach dem Hochwasser gesperrt bleibt und niemand. "
        * 5
    )
    assert document_of(german).language == "und"
    assert (
        document_of("The mayor said that the bridge was closed to all of the traffic. " * 5).language == "en"
    )


@given(st.text(KEPT, max_size=300), st.none() | st.booleans())
def test_any_text_gives_sound_parts(text: str, headline: bool | None) -> None:
    d = document_of(text, headline_first=headline)
    assert d.text == text
    at = 0
    for part in d.parts:
        assert at <= part.start < part.end <= len(text)
        assert not seen(text[at : part.start]).text.strip()
        at = part.end
    assert not seen(text[at:]).text.strip()


@pytest.mark.parametrize(
    ("line", "note"),
    [
        (
            "An earlier version of this report gave the wrong day. Police chief Awa Diop said on Tuesday that it rained.",
            "An earlier version of this report gave the wrong day.",
        ),
        (
            "This story was updated at 6 p.m. on Monday. Six people died, the mayor said.",
            "This story was updated at 6 p.m. on Monday.",
        ),
        (
            "An earlier version of this article misnamed the mayor. She is Rosa Lima, not Ana Lima. It rained on Monday.",
            "An earlier version of this article misnamed the mayor. She is Rosa Lima, not Ana Lima.",
        ),
        (
            "(Corrects the number of missing in paragraph 2) Police said on Tuesday that six people were missing.",
            "(Corrects the number of missing in paragraph 2)",
        ),
        ("(Adds details, background) It rained.", "(Adds details, background)"),
        (
            "This story has been updated. Police said that the bridge, not the road, was closed.",
            "This story has been updated.",
        ),
    ],
)
def test_a_correction_ends_where_the_report_goes_on(line: str, note: str) -> None:
    d = document_of(f"{line}\n\nThe town was calm.", headline_first=False)
    assert [p.kind for p in d.parts] == [PartKind.EDITOR_NOTE, PartKind.BODY, PartKind.BODY]
    assert [d.text[p.start : p.end] for p in d.parts[:2]] == [note, line.removeprefix(note).strip()]


@pytest.mark.parametrize(
    "note",
    [
        "(Corrects the number of missing)",
        "(Updates with death toll, mayor’s quote)",
        "(Recasts, adds comment from the mayor)",
        "(Refiles to fix a name)",
        "An earlier version of this article said that six people died. It was five. The article has been corrected.",
    ],
)
def test_a_whole_line_of_correction_is_no_evidence(note: str) -> None:
    d = document_of(f"{note}\n\nKYOTO (Lake Wire) - It rained.", headline_first=False)
    assert [p.kind for p in d.parts] == [PartKind.EDITOR_NOTE, PartKind.DATELINE, PartKind.BODY]


def test_a_headline_may_follow_a_correction() -> None:
    d = document_of("(Corrects the day)\n\nShells hit a bridge in Kyoto\n\nIt rained.")
    assert [p.kind for p in d.parts] == [PartKind.EDITOR_NOTE, PartKind.HEADLINE, PartKind.BODY]
    assert d.title == "Shells hit a bridge in Kyoto"


def test_brackets_that_open_a_sentence_are_body() -> None:
    line = "(Police added that the bridge was closed.) It rained."
    d = document_of(f"{line}\n\nThe town was calm.", headline_first=False)
    assert [p.kind for p in d.parts] == [PartKind.BODY, PartKind.BODY]


def test_what_nobody_sees_makes_no_part() -> None:
    d = document_of("\u200b\n\u200bShells hit a bridge\n\n\ufeffIt rai\u00adned.\n\u200b\n")
    assert [(p.kind, d.text[p.start : p.end]) for p in d.parts] == [
        (PartKind.HEADLINE, "Shells hit a bridge"),
        (PartKind.BODY, "It rai\u00adned."),
    ]


def test_a_line_is_known_in_spite_of_what_nobody_sees() -> None:
    d = document_of("\u200bEdi\u00adtor’s note: it rained.\n\nIt burned.", headline_first=False)
    assert [p.kind for p in d.parts] == [PartKind.EDITOR_NOTE, PartKind.BODY]
    assert d.text.startswith("\u200bEdi\u00ad")


def test_an_agency_between_town_and_day_is_the_outlet() -> None:
    found = document_of("GOMA (LN), 5 Nov. 2031 - The court ruled.", headline_first=False)
    assert (found.outlet, found.published) == ("LN", date(2031, 11, 5))


TOWNS = {"BAMAKO", "OKELLO", "KAMPALA", "Gulu"}


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("BAMAKO: It rained.", "BAMAKO:"),
        ("KAMPALA, Uganda (Lake News): It rained.", "KAMPALA, Uganda (Lake News):"),
        ("KUTUM, Sudan, March 4: It rained.", "KUTUM, Sudan, March 4:"),
        ("Gulu, Uganda - It rained.", "Gulu, Uganda -"),
        ("Gulu (Lake News) – It rained.", "Gulu (Lake News) –"),
        ("(Gulu) – It rained.", "(Gulu) –"),
        ("(Reuters) – It rained.", None),
        ("Hamid Tolba, Sudan - It rained.", None),
        ("IDF: Six soldiers were killed.", None),
        ("RSF Spokesman Hamid Tolba: We shot down two drones.", None),
        ("GEN. MENSAH: Our forces struck three depots.\nREPORTER: When?\nGEN. MENSAH: Last night.", None),
        ("OKELLO: Who fired?\nHADDAD: He did.\nOKELLO: When?", None),  # a town bears that name
    ],
)
def test_a_name_with_a_colon_is_a_dateline_only_where_it_is_a_towns(text: str, dateline: str | None) -> None:
    d = document_of(text, headline_first=False, is_town=TOWNS.__contains__)
    found = [d.text[p.start : p.end] for p in d.parts if p.kind is PartKind.DATELINE]
    assert found == ([dateline] if dateline else [])


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("What we know is that 12 people died, the mayor said.", PartKind.BODY),
        ("What we know so far", PartKind.EDITOR_NOTE),
        ("What we know about the flood:", PartKind.EDITOR_NOTE),
        ("CORRECTION (April 9): A previous version gave the wrong day.", PartKind.EDITOR_NOTE),
        ("A previous version of this article said that 14 people had died.", PartKind.EDITOR_NOTE),
        ("A previous version of the treaty was signed in May, the mayor said.", PartKind.BODY),
        ("14:05 GMT", PartKind.DATELINE),
        ("[14.05 BST]", PartKind.DATELINE),
        ("3.45", PartKind.BODY),
    ],
)
def test_house_lines_are_parted_from_evidence(line: str, kind: PartKind) -> None:
    d = document_of(f"The town was calm.\n\n{line}\n\nIt rained.", headline_first=False)
    assert d.parts[1].kind is kind


def test_a_clock_is_no_headline() -> None:
    d = document_of("14:05\n\nThe town was calm.\n\nIt rained.")
    assert PartKind.HEADLINE not in [p.kind for p in d.parts]


LONG = (
    "Ministers and Aid Groups From Eleven Countries Promise Millions for Villages That the Flood Left Without Water, Power, Roads "
    "or Schools as Rain Goes On"
)


@pytest.mark.parametrize("between", ["", "By Ana Ruiz\n\n"])
@pytest.mark.parametrize(
    "dateline", ["KABUL, Afghanistan, 5 March 2031 (Lake Wire) — ", "GOMA (Lake Wire) - "]
)
def test_a_long_line_before_a_dateline_is_the_headline(between: str, dateline: str) -> None:
    d = document_of(f"{LONG}\n\n{between}{dateline}It rained on Monday.\n\nIt stopped.")
    assert d.title == LONG
    assert d.outlet == "Lake Wire"
    assert d.published == (date(2031, 3, 5) if "2031" in dateline else None)


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}.\n\nGOMA (Lake Wire) - It rained on Monday.",  # a lead, as its stop tells
        f"{LONG}\n\nIt rained on Monday.\n\nIt stopped.",
        f"{LONG} {LONG} {LONG}\n\nGOMA (Lake Wire) - It rained on Monday.",
    ],
)
def test_other_long_lines_are_the_report(text: str) -> None:
    assert document_of(text).title is None


DATED_LINES = [
    ("KYOTO, 4 March 2031", None, True),
    ("Kyoto, 4 March 2031", None, True),
    ("KYOTO, March 4, 2031 (Lake News)", "Lake News", True),
    ("Lake News, 4 March 2031", "Lake News", False),
    ("Lake News - 4 March 2031", "Lake News", False),
    ("March 4, 2031 Lake News", "Lake News", False),
    ("By Iva Tamm | Lake News | 4 March 2031", "Lake News", False),
    ("2031-03-04", None, False),
]


@pytest.mark.parametrize("headline", ["", "Bridge closed after flood\n"])
@pytest.mark.parametrize(("line", "outlet", "placed"), DATED_LINES)
def test_a_line_with_place_or_outlet_and_the_day(
    headline: str, line: str, outlet: str | None, placed: bool
) -> None:
    text = f"{headline}{line}\nThe bridge was closed on Monday.\n\nNo one was hurt."
    d = document_of(text, is_town="Kyoto".__eq__)
    assert d.published == date(2031, 3, 4)
    assert d.outlet == outlet
    assert d.title == (headline.strip() or None)
    assert line not in [d.text[slice(*at)] for at in evidence(d)]
    assert bool(datelines(d.text, d.parts)) is placed


@pytest.mark.parametrize(
    "line",
    ["Elections, 4 March 2031", "Flood hits Kyoto, 4 March 2031", "Kyoto, 4 March", "Kyoto, 44 March 2031"],
)
def test_a_headline_with_a_day_stays_one(line: str) -> None:
    d = document_of(f"{line}\nThe bridge was closed on Monday.\n\nNo one was hurt.", is_town="Kyoto".__eq__)
    assert d.title == line
    assert d.published is None


def test_a_line_with_a_name_and_the_day_below_a_headline_is_no_evidence_nor_one_within_the_body() -> None:
    d = document_of("Bridge closed\nIva Tamm, 4 March 2031\nThe bridge was closed.\n\nNo one was hurt.")
    assert d.published == date(2031, 3, 4)
    d = document_of(
        "Bridge closed\nThe bridge was closed.\nKyoto, 4 March 2031\nNo one was hurt.", is_town="Kyoto".__eq__
    )
    assert d.published is None
