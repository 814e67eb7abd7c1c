from __future__ import annotations

import io
import json
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DataError, OperationalError
from starlette.testclient import TestClient
from tests.web import stage

from accordingto.errors import ReportError
from accordingto.ledger.session import Ledger, ReadOnly, open_ledger
from accordingto.settings import load
from accordingto.web import jobs
from accordingto.web.desk import Options
from accordingto.web.fetching import Page
from accordingto.web.jobs import Worker
from accordingto.web.uploads import File, Room, opened, plain_name

TEXT = "An invented report. The harbor office said that two boats had sunk near the pier. " * 6


def ended(browser: TestClient, answer) -> dict:  # type: ignore[no-untyped-def,type-arg]
    """The page of a job when it is done."""
    assert answer.status_code == 303, answer.text
    for _ in range(400):
        page: dict = browser.get(answer.headers["location"] + ".json").json()  # type: ignore[type-arg]
        if page["finished"]:
            assert browser.get(answer.headers["location"]).status_code == 200
            return page
        time.sleep(0.02)
    raise AssertionError(page)


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for name, data in files.items():
            held.writestr(name, data)
    return out.getvalue()


def test_pasted_text_is_read_and_entered(browser: TestClient) -> None:
    form = {
        "csrf": stage.csrf(browser),
        "text": TEXT,
        "title": "Two Boats",
        "published": "2031-04-01",
        "outlet": "Pier Post",
    }
    page = ended(browser, browser.post("/add/text", data=form))
    assert (page["entered"], page["failed"], page["stage"]) == (1, 0, "done")
    report = browser.get(page["items"][0]["url"] + ".json").json()
    assert (report["title"], report["published"], report["outlet"]) == (
        "Two Boats",
        "2031-04-01",
        "Pier Post",
    )
    again = ended(browser, browser.post("/add/text", data=form))
    assert (again["entered"], again["known"]) == (0, 1)
    assert [j["title"] for j in browser.get("/add.json").json()["jobs"]] == ["Pasted: Two Boats"] * 2


def test_an_empty_ledger_leads_to_reports_and_reads_the_example(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "empty.db") as book, stage.client(book) as browser:
        page = browser.get("/").text
        assert 'href="/add"' in page
        job = ended(browser, browser.post("/add/example", data={"csrf": stage.csrf(browser, "/")}))
        assert (job["entered"], job["failed"]) == (2, 0)
        rows = browser.get("/reports.json").json()["rows"]
        assert [(r["outlet"], r["published"]) for r in rows] == [
            ("Upper Nile Dispatch (invented)", "2031-05-15"),
            ("River Chronicle (invented)", "2031-05-14"),
        ]
        assert browser.post("/add/example").status_code == 403
        assert "/add/example" not in browser.get("/").text


def test_files_and_what_failed_and_why(browser: TestClient) -> None:
    files = [
        ("files", ("folder/a.txt", (TEXT + "A").encode())),
        ("files", ("b.txt", (TEXT + "FAIL").encode())),
        (
            "files",
            ("c.jsonl", b'{"text": "One line that was said.", "url": "https://x.example/"}\n{broken\n'),
        ),
        (
            "files",
            (
                "d.zip",
                packed(
                    {"in/e.txt": (TEXT + "E").encode(), "README.md": b"x", ".git/f.txt": b"x", "g.exe": b"x"}
                ),
            ),
        ),
    ]
    page = ended(browser, browser.post("/add/files", data={"csrf": stage.csrf(browser)}, files=files))
    assert (page["entered"], page["failed"], page["total"], page["done"]) == (3, 2, 5, 5)
    failed = {i["name"]: i["reason"] for i in page["items"] if i["state"]["value"] == "failed"}
    assert set(failed) == {"b.txt", "c.jsonl#2"}
    assert all(failed.values())


def test_a_url_is_fetched_by_the_worker(book: Ledger) -> None:
    def fetcher(url: str) -> Page:
        if "inside" in url:
            raise ReportError(url, "it is not on the public internet; it is not fetched.")
        return Page(url, TEXT.encode(), "text")

    worker = Worker(book, load({}), reader=lambda _: stage.PlainReader(), fetcher=fetcher)  # type: ignore[arg-type, return-value]
    with stage.client(book, worker=worker) as browser:
        token = stage.csrf(browser)
        page = ended(browser, browser.post("/add/url", data={"csrf": token, "url": "https://news.example/a"}))
        report = browser.get(page["items"][0]["url"] + ".json").json()
        assert report["link"] == "https://news.example/a"
        page = ended(
            browser, browser.post("/add/url", data={"csrf": token, "url": "https://inside.example/"})
        )
        assert "not on the public internet" in page["items"][0]["reason"]


def given_page(book: Ledger, page: Page, **more: str) -> tuple[dict, dict]:  # type: ignore[type-arg]
    """The job and the report of a page that is fetched."""
    worker = Worker(book, load({}), reader=lambda _: stage.PlainReader(), fetcher=lambda _: page)  # type: ignore[arg-type, return-value]
    with stage.client(book, worker=worker) as browser:
        form = {"csrf": stage.csrf(browser), "url": page.url} | more
        job = ended(browser, browser.post("/add/url", data=form))
        return job, browser.get(job["items"][0]["url"] + ".json").json()


def page_of(canonical: str, outlet: str) -> bytes:
    head = f'<link rel="canonical" href="{canonical}"><meta property="og:site_name" content="{outlet}">'
    return f"<html><head><title>Two Boats</title>{head}</head><body><article><p>{TEXT}</p></article></body></html>".encode()


def test_a_page_does_not_pass_for_another_sites(book: Ledger) -> None:
    page = Page("http://evil.example/fake", page_of("https://www.news.example/world/1", "The News"), "html")
    job, report = given_page(book, page)
    assert (report["link"], report["outlet"]) == ("http://evil.example/fake", "evil.example")
    assert "https://www.news.example/world/1" in job["items"][0]["reason"]


def test_whoever_adds_a_page_may_say_whose_it_is(book: Ledger) -> None:
    page = Page("http://copies.example/1", page_of("https://www.news.example/world/1", "The News"), "html")
    _, report = given_page(book, page, outlet="The News")
    assert (report["link"], report["outlet"]) == ("http://copies.example/1", "The News")


def test_a_page_tells_its_address_within_its_site(book: Ledger) -> None:
    url = "https://m.news.example/world/1?utm_source=x"
    page = Page(url, page_of("https://www.news.example/world/1", "The News"), "html")
    job, report = given_page(book, page)
    assert (report["link"], report["outlet"]) == ("https://www.news.example/world/1", "The News")
    assert job["items"][0]["reason"] is None


@pytest.mark.parametrize(
    ("kind", "encoding", "words"),
    [("html", "windows-1254", "Iğdır"), ("text", "iso-8859-2", "Łódź"), ("html", "utf-8", "Łódź")],
)
def test_a_page_is_read_in_the_encoding_it_was_sent_in(
    book: Ledger, kind: str, encoding: str, words: str
) -> None:
    text = f"{words} was quiet. {TEXT}"
    body = text if kind == "text" else f"<html><body><article><p>{text}</p></article></body></html>"
    _, report = given_page(book, Page("https://news.example/a", body.encode(encoding), kind, encoding))
    assert words in str(report["paragraphs"])


def test_a_job_is_named_after_what_was_sent(browser: TestClient) -> None:
    token = stage.csrf(browser)
    both = packed({"a.txt": f"{TEXT} a".encode(), "b.txt": f"{TEXT} b".encode()})
    for files, title in (
        ([("z.zip", both)], "z.zip"),
        ([("c.txt", f"{TEXT} c".encode()), ("d.txt", f"{TEXT} d".encode())], "c.txt and 1 more"),
        ([("../../etc/e\x1b[31m.txt", f"{TEXT} e".encode())], "etc/e�[31m.txt"),
    ):
        sent = [("files", f) for f in files]
        job = ended(browser, browser.post("/add/files", data={"csrf": token}, files=sent))
        assert job["title"] == title


def test_a_ledger_that_may_only_be_read_in_the_end_is_not_named(
    book: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object, **__: object) -> None:
        raise ReadOnly("You may not write to the ledger postgresql://ro@inner.example/news.")

    monkeypatch.setattr(jobs, "enter", closed)
    with stage.client(book) as browser:
        form = {"csrf": stage.csrf(browser), "text": TEXT}
        job = ended(browser, browser.post("/add/text", data=form))
    assert job["stage"] == "failed"
    assert "may only be read" in job["failure"]
    assert "inner.example" not in job["failure"]


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]/", "http://localhost:80/"])
def test_this_machine_is_not_fetched(browser: TestClient, url: str) -> None:
    page = ended(browser, browser.post("/add/url", data={"csrf": stage.csrf(browser), "url": url}))
    assert "not on the public internet" in page["items"][0]["reason"]


def test_forms_that_hold_nothing(browser: TestClient) -> None:
    token = stage.csrf(browser)
    assert browser.post("/add/text", data={"csrf": token, "text": "  "}).status_code == 422
    assert (
        browser.post("/add/text", data={"csrf": token, "text": "x", "published": "soon"}).status_code == 422
    )
    for day in ("0001-01-01", "9999-12-31"):
        answer = browser.post("/add/text", data={"csrf": token, "text": "x", "published": day})
        assert answer.status_code == 422
        assert day in answer.text
    assert browser.post("/add/files", data={"csrf": token}).status_code == 422
    assert browser.post("/add/url", data={"csrf": token, "url": "file:///etc/passwd"}).status_code == 422
    assert browser.get("/add/jobs/nothing").status_code == 404


def test_too_many_jobs_wait(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker, "start", lambda self: None)
    monkeypatch.setattr("accordingto.web.jobs.WAITING", 2)
    with stage.client(book, Options()) as browser:
        form = {"csrf": stage.csrf(browser), "text": TEXT}
        assert [browser.post("/add/text", data=form).status_code for _ in range(3)] == [303, 303, 503]


def test_a_reader_that_breaks_ends_the_job_and_not_the_desk(book: Ledger) -> None:
    def broken(_: object) -> object:
        raise RuntimeError("no model")

    worker = Worker(book, load({}), reader=broken)  # type: ignore[arg-type]
    with stage.client(book, worker=worker) as browser:
        form = {"csrf": stage.csrf(browser), "text": TEXT}
        page = ended(browser, browser.post("/add/text", data=form))
        assert page["stage"] == "failed"
        assert "RuntimeError" in page["failure"]
        assert ended(browser, browser.post("/add/text", data=form))["stage"] == "failed"


def test_a_report_that_the_ledger_refuses_leaves_the_others_of_its_job(
    book: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = jobs.enter

    def entering(ledger: Ledger, *, report, **more):  # type: ignore[no-untyped-def]
        if report.name == "b":
            raise DataError("INSERT", {}, Exception("too odd for this database"))
        return plain(ledger, report=report, **more)

    monkeypatch.setattr(jobs, "enter", entering)
    lines = "\n".join(json.dumps({"id": x, "text": f"{TEXT} {x}"}) for x in "abc")
    with stage.client(book) as browser:
        sent = {"files": ("three.jsonl", lines.encode(), "application/json")}
        page = ended(browser, browser.post("/add/files", data={"csrf": stage.csrf(browser)}, files=sent))
    assert (page["stage"], page["entered"], page["failed"]) == ("done", 2, 1)
    assert [i["name"] for i in page["items"]] == ["a", "b", "c"]


def test_zip_bombs_are_cut_off() -> None:
    bomb = packed({"a.txt": b"x" * 30_000_000, "b.txt": b"later"})
    assert len(bomb) < 50_000
    found = list(opened("bomb.zip", bomb, Room(1_000_000, 100)))
    assert [type(f) for f in found] == [ReportError]
    many = packed({f"{n}.txt": b"x" for n in range(50)})
    assert [type(f) for f in opened("many.zip", many, Room(1_000_000, 20))] == [ReportError]
    spread = packed({f"{n}.txt": bytes(range(256)) * 3000 for n in range(20)})
    found = list(opened("spread.zip", spread, Room(800_000, 100)))
    assert sum(len(f.data) for f in found if isinstance(f, File)) <= 4 * 800_000
    assert isinstance(found[-1], ReportError)


def test_broken_and_locked_zips_say_so() -> None:
    whole = packed({"a.txt": TEXT.encode(), "b.txt": TEXT.encode()})
    for data in (whole[:60] + b"\0" * 40 + whole[100:], whole.replace(b"a.txt", b"../../etc/a.txt"[:5])):
        for f in opened("x.zip", data, Room(10_000, 10)):
            assert isinstance(f, File | ReportError)
    locked = bytearray(whole)
    at = bytes(locked).index(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert any(
        isinstance(f, ReportError) and "password" in f.reason
        for f in opened("x.zip", bytes(locked), Room(10_000, 10))
    )


@pytest.mark.parametrize(
    ("name", "plain"),
    [("../../etc/passwd.txt", "etc/passwd.txt"), ("C:\\x\\y.txt", "C:/x/y.txt"), ("a\x1b[31m.txt", "a�[31m.txt"), ("", "unnamed"), ("/", "unnamed"), ("\ud800.txt", "?.txt")],
)  # fmt: skip
def test_names_of_files(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_a_database_that_fails_once_ends_neither_the_worker_nor_the_page(
    book: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[Exception] = [OperationalError("UPDATE", {}, Exception("restarting"))]
    plain = jobs.keep

    def keep(ledger: Ledger, page, *, new: bool = False) -> None:  # type: ignore[no-untyped-def]
        if page.finished and left:
            raise left.pop()
        plain(ledger, page, new=new)

    monkeypatch.setattr(jobs, "keep", keep)
    monkeypatch.setattr(jobs, "AGAIN_S", (0.0, 0.0))
    with stage.client(book) as browser:
        for n in range(2):
            form = {"csrf": stage.csrf(browser), "text": f"{TEXT} {n}"}
            assert ended(browser, browser.post("/add/text", data=form))["entered"] == 1
        left.extend([OperationalError("UPDATE", {}, Exception("gone")), *[ReadOnly("closed")] * 2])
        browser.post("/add/text", data={"csrf": stage.csrf(browser), "text": TEXT + "lost"})
        form = {"csrf": stage.csrf(browser), "text": TEXT + "next"}
        assert ended(browser, browser.post("/add/text", data=form))["entered"] == 1


def test_a_desk_ends_after_the_report_at_hand(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "WAITING", 2)
    at_work, go_on, read = threading.Event(), threading.Event(), []

    class Slow(stage.PlainReader):
        def stream(self, reports) -> Iterator[object]:  # type: ignore[no-untyped-def]
            read.append(1)
            at_work.set()
            go_on.wait(10)
            yield from super().stream(reports)

    worker = Worker(book, load({}), reader=lambda _: Slow())  # type: ignore[arg-type, return-value]
    worker.start()
    files: list[jobs.Input] = [File(f"{n}.txt", f"{TEXT} {n}".encode()) for n in range(3)]
    made = [worker.add("three", files, jobs.Told(), who="me")]
    assert at_work.wait(10)
    made += [worker.add("three more", files, jobs.Told(), who="me") for _ in range(2)]
    ending = threading.Thread(target=worker.stop)
    ending.start()
    time.sleep(0.1)
    go_on.set()
    ending.join(5)
    assert not ending.is_alive()
    pages = [jobs.kept(book, j.id) for j in made]
    assert len(read) == 1
    assert [(p.stage, p.entered, p.failure) for p in pages if p] == [
        ("failed", n, jobs.ENDED) for n in (1, 0, 0)
    ]


def test_a_failed_job_is_listed_as_failed(book: Ledger) -> None:
    def broken(_: object) -> object:
        raise RuntimeError("no model")

    with stage.client(book, worker=Worker(book, load({}), reader=broken)) as browser:  # type: ignore[arg-type]
        ended(browser, browser.post("/add/text", data={"csrf": stage.csrf(browser), "text": TEXT}))
        assert "<span>failed</span>" in browser.get("/add").text


def test_the_zips_of_one_upload_share_its_bounds() -> None:
    room = Room(most_bytes=800_000, most_files=5)
    one = packed({f"{n}.txt": bytes(range(256)) * 3000 for n in range(3)})
    found = [f for n in range(3) for f in opened(f"{n}.zip", one, room)]
    assert sum(len(f.data) for f in found if isinstance(f, File)) <= 4 * 800_000
    assert len([f for f in found if isinstance(f, File)]) <= 5
    assert isinstance(found[-1], ReportError)
    room = Room(most_bytes=800_000, most_files=2)
    found = [f for n in range(3) for f in opened(f"{n}.txt", b"A boat sank.", room)]
    assert [type(f) for f in found] == [File, File, ReportError]


def test_what_holds_no_report_says_so(browser: TestClient) -> None:
    files = [
        ("files", ("a.docx", packed({"word/document.xml": b"<x>A boat sank.</x>"}))),
        ("files", ("b.zip", packed({"c.pdf": b"%PDF-1.4", "d.pdf": b"%PDF-1.4"}))),
        ("files", ("e.txt", TEXT.encode() + packed({}))),
    ]
    page = ended(browser, browser.post("/add/files", data={"csrf": stage.csrf(browser)}, files=files))
    assert page["total"] == 3
    reasons = {i["name"]: i["reason"] or "" for i in page["items"]}
    assert "no report" in reasons["a.docx"]
    assert "no report" in reasons["b.zip"]


def test_a_refused_address_stands_in_the_form_again(browser: TestClient) -> None:
    sent = {"csrf": stage.csrf(browser), "url": "ftp://news.example/a?b=1&c=2"}
    answer = browser.post("/add/url", data=sent)
    assert answer.status_code == 422
    assert 'value="ftp://news.example/a?b=1&amp;c=2"' in answer.text


def test_a_pasted_text_is_named_by_whole_words(browser: TestClient) -> None:
    text = "\nMARDA, 23 April 2031 – The mayor of the old town said on 23 April 2031 that it was over.\nAll left."
    job = ended(browser, browser.post("/add/text", data={"csrf": stage.csrf(browser), "text": text}))
    assert job["title"] == "Pasted: MARDA, 23 April 2031 – The mayor of the old town said on …"


def test_a_pasted_text_with_a_headline_is_named_by_it(browser: TestClient) -> None:
    text = "Blast in Marda\n\nMARDA, 23 April 2031 – A shell hit the market."
    job = ended(browser, browser.post("/add/text", data={"csrf": stage.csrf(browser), "text": text}))
    assert job["title"] == "Pasted: Blast in Marda"
