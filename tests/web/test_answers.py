"""Kept answers: nobody gets another's, none outlives a judgement, whoever has one is told so."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient
from tests.web import stage

from accordingto.ledger import people
from accordingto.ledger.deriving import bring_up_to_date, rebuild
from accordingto.ledger.judgements import Judgement, Kind, judge
from accordingto.ledger.people import add_account, change_account
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.roles import Role
from accordingto.settings import load
from accordingto.web import reading_routes
from accordingto.web.answers import Answer, Answers, Key
from accordingto.web.app import make_app
from accordingto.web.desk import Desk, Options
from accordingto.web.here import marks_of

PASSWORD = "a long enough password"
SECRET = b"a secret of thirty-two bytes, no"
SIGNED = Options(signs_in=True, reads_rate="100000/minute", writes_rate="100000/minute")
PEOPLE = {"ann & co.": Role.REVIEWER, "rex": Role.REVIEWER, "ria": Role.READER, "ada": Role.ADMIN}


def process(book: Ledger, options: Options = stage.MANY) -> TestClient:
    """One of several processes of a desk: they share the ledger and the secret, nothing else."""
    app = make_app(Desk(book, load({}), options, secret=SECRET))
    return TestClient(app, base_url="http://localhost", follow_redirects=False)


@pytest.fixture
def again(book: Ledger):  # type: ignore[no-untyped-def]
    """The same ledger, opened by another process."""
    with open_ledger(book.engine.url.render_as_string(hide_password=False)) as other:
        yield other


def kept(browser: TestClient) -> Answers:
    found: Answers = browser.app.state.answers  # type: ignore[attr-defined]
    return found


def strike(browser: TestClient) -> str:
    return str(browser.get("/incidents.json?type=strike").json()["rows"][0]["url"])


def reject(browser: TestClient, url: str) -> None:
    page = browser.get(url)
    held = browser.get(f"{url}.json").json()
    token = re.search(r'name="?csrf"? value="([^"]+)"', page.text)
    assert token
    form = {"csrf": token[1], "act": "reject", "why": "it did not happen"}
    form |= {name: held[name] for name in ("version", "anchor")}
    done = browser.post(f"{url}/judge", data=form)
    assert done.status_code == 303, done.text


def test_every_page_is_the_same_when_it_comes_from_what_was_kept(browser: TestClient) -> None:
    def bare(text: str) -> str:
        return re.sub(r'(name="?csrf"? value=)"[^"]+"', r"\1", text)

    found = 0
    for url in stage.urls(browser):
        for at in (url, stage.json_url(url)):
            first, held = browser.get(at), len(kept(browser))
            second = browser.get(at)
            assert first.status_code == second.status_code
            assert bare(first.text) == bare(second.text), at
            assert len(kept(browser)) == held
            found += "etag" in second.headers
    assert found >= 30


def test_a_reader_who_comes_again_is_told_that_nothing_changed(browser: TestClient) -> None:
    for url in ("/", "/incidents?type=strike", strike(browser), "/reports/1", "/review", "/claims.json"):
        browser.get("/about")  # a visit has begun
        first = browser.get(url)
        again = browser.get(url, headers={"if-none-match": f'"other", {first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b""), url
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["cache-control"] == "private, no-cache"
        assert "cookie" in again.headers["vary"]


def test_no_answer_outlives_a_judgement_in_any_process(book: Ledger, again: Ledger) -> None:
    one, other = process(book), process(again)
    url = strike(one)
    lists = ("/incidents", "/incidents.json", "/map.geojson", "/", "/review", url)
    before = {at: (one.get(at), other.get(at)) for at in lists}
    key = url.rpartition("/")[2]
    assert all(key in a.text for at in lists[:3] for a in before[at])
    reject(one, url)
    for browser, n in ((other, 1), (one, 0)):
        for at in lists:
            answer = browser.get(at, headers={"if-none-match": before[at][n].headers["etag"]})
            assert answer.status_code == 200, at
            assert answer.headers["etag"] != before[at][n].headers["etag"]
            if at != url:
                assert f"/incidents/{key}" not in answer.text, at
        assert "it did not happen" in browser.get(url).text


def test_a_judgement_counts_before_and_after_it_is_derived(book: Ledger, again: Ledger) -> None:
    browser = process(book)
    url = strike(browser)
    anchor = browser.get(f"{url}.json").json()["anchor"]
    assert "it did not happen" not in browser.get(url).text
    judge(again, Judgement(Kind.REJECT, (anchor,), "rex", "it did not happen", "2031-04-01T00:00:00+00:00"))
    assert "it did not happen" in browser.get(url).text  # the history
    assert url in browser.get("/incidents").text
    bring_up_to_date(again)
    assert url not in browser.get("/incidents").text


def test_whatever_is_written_makes_answers_new_but_for_sessions(
    book: Ledger, again: Ledger, quick: None
) -> None:
    browser = process(book)
    held = [browser.get("/").headers["etag"]]

    def is_new() -> bool:
        held.append(browser.get("/").headers["etag"])
        return held[-1] not in held[:-1]

    assert not is_new()
    stage.put(again, stage.toll("2031-04-01", "60", 60, "toll3"))
    assert is_new()
    rebuild(again)
    assert is_new()
    add_account(again, "ria", role=Role.READER, password=PASSWORD)
    assert people.sign_in(again, "ria", PASSWORD, 0.0)
    assert not is_new()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.setattr(people, "NAME", re.compile(r"[\w.@ &-]+"))


@pytest.fixture
def seated(book: Ledger, quick: None) -> dict[str, TestClient]:
    """Four people at one process of one desk."""
    app = make_app(Desk(book, load({}), SIGNED, secret=SECRET))
    found = {}
    for name, role in PEOPLE.items():
        add_account(book, name, role=role, password=PASSWORD)
        browser = TestClient(app, base_url="http://localhost", follow_redirects=False)
        form = {"name": name, "password": PASSWORD, "csrf": stage.csrf(browser, "/login")}
        assert browser.post("/login", data=form).status_code == 303
        found[name] = browser
    return found


def test_nobody_gets_another_persons_page(seated: dict[str, TestClient]) -> None:
    url = strike(seated["rex"])
    for _ in range(2):
        tokens, tags = set(), set()
        for name, browser in seated.items():
            page = browser.get(url)
            assert f'dir="auto">{name.replace("&", "&amp;")}</span>' in page.text
            others = [n.replace("&", "&amp;") for n in PEOPLE if n != name]
            assert not any(f">{n}<" in page.text for n in others), name
            assert ("/accounts" in page.text) == (PEOPLE[name] is Role.ADMIN)
            assert (f"{url}/judge" in page.text) == (PEOPLE[name] is not Role.READER)
            assert browser.get(f"{url}.json").json()["actions"]["may_judge"] == (
                PEOPLE[name] is not Role.READER
            )
            tokens |= set(re.findall(r'name="?csrf"? value="([^"]+)"', page.text))
            tags.add(page.headers["etag"])
        assert len(tokens) == len(tags) == len(PEOPLE)


def test_a_token_from_a_kept_page_is_of_the_visit_that_got_it(seated: dict[str, TestClient]) -> None:
    ann, rex = seated["ann & co."], seated["rex"]
    url = strike(ann)
    assert ann.get(url).status_code == rex.get(url).status_code == 200  # rex's comes from what was kept
    token = stage.csrf(rex, url)
    form = {
        "csrf": token,
        "version": "0",
        "anchor": ann.get(f"{url}.json").json()["anchor"],
        "act": "review",
        "review": "assigned",
        "why": "mine",
    }
    assert ann.post(f"{url}/judge", data=form).status_code == 403
    assert rex.post(f"{url}/judge", data=form).status_code == 303


def test_a_tag_tells_another_person_or_visit_nothing(seated: dict[str, TestClient]) -> None:
    ann, rex = seated["ann & co."], seated["rex"]
    tag = ann.get("/incidents").headers["etag"]
    assert ann.get("/incidents", headers={"if-none-match": tag}).status_code == 304
    assert rex.get("/incidents", headers={"if-none-match": tag}).status_code == 200
    stranger = TestClient(ann.app, base_url="http://localhost", follow_redirects=False)
    answer = stranger.get("/incidents", headers={"if-none-match": tag, "accept": "text/html"})
    assert answer.status_code in (303, 401)
    assert "etag" not in answer.headers


def test_a_changed_role_and_a_closed_account_count_at_once(
    book: Ledger, seated: dict[str, TestClient]
) -> None:
    rex = seated["rex"]
    url = strike(rex)
    page = rex.get(url)
    assert f"{url}/judge" in page.text
    change_account(book, "rex", role=Role.READER)
    after = rex.get(url, headers={"if-none-match": page.headers["etag"]})
    assert after.status_code == 200
    assert f"{url}/judge" not in after.text
    change_account(book, "rex", active=False)
    assert rex.get(url, headers={"accept": "application/json"}).status_code == 401


def test_marks_never_leave_the_desk(book: Ledger, seated: dict[str, TestClient]) -> None:
    marks = marks_of(SECRET)
    wrong = ["/incidents/I0000000000000000", "/reports/999999", "/incidents?from=never", "/nothing"]
    for browser in seated.values():
        for url in [*stage.urls(browser), *wrong]:
            for at in (url, stage.json_url(url)):
                answer = browser.get(at)
                assert not any(m in answer.text for m in marks), at
                assert ("etag" not in answer.headers) or answer.status_code == 200
                if "csrf" in answer.text and "html" in answer.headers["content-type"]:
                    assert re.search(r'name="?csrf"? value="[0-9a-f]{16}\.[0-9a-f]{64}"', answer.text), at


def test_colours_and_languages_of_a_page_are_its_own(browser: TestClient) -> None:
    told = {}
    for theme in ("auto", "light", "dark"):
        browser.cookies.set("theme", theme)
        page = browser.get("/incidents")
        told[theme] = (page.text, page.headers["etag"])
    assert len({text for text, _ in told.values()}) == len({tag for _, tag in told.values()}) == 3


def test_what_has_failed_is_not_kept(browser: TestClient) -> None:
    for url in ("/incidents/I0000000000000000", "/reports/999999", "/incidents?from=never"):
        assert browser.get(url).status_code in (404, 422)
        assert "etag" not in browser.get(url).headers
    assert len(kept(browser)) == 0


def test_files_and_pages_to_act_on_are_made_anew(browser: TestClient) -> None:
    url = strike(browser)
    held = len(kept(browser))
    for at in (
        f"{url}/brief",
        "/add",
        "/about",
        "/login",
        "/incidents.csv",
        "/claims.csv",
        "/static/main.css",
    ):
        assert "w/" not in browser.get(at).headers.get("etag", "").lower(), at
    assert len(kept(browser)) == held


def test_answers_are_bounded_and_of_one_state() -> None:
    answers = Answers(most_bytes=20_000)
    keys = [Key(f"/{n}", b"", "reader", "auto") for n in range(40)]
    for key in keys:
        answers.put(key, 1, Answer(b"x" * 700, "text/html"))
    assert 10 < len(answers) < 20
    assert answers.get(keys[-1], 1)
    assert answers.get(keys[0], 1) is None
    answers.put(keys[0], 1, Answer(b"x" * 5000, "text/html"))  # more than its share
    assert answers.get(keys[0], 1) is None
    assert answers.get(keys[-1], 2) is answers.get(keys[-1], 0) is None
    answers.put(keys[0], 0, Answer(b"old", "text/html"))
    assert answers.get(keys[0], 0) is None
    answers.put(keys[0], 2, Answer(b"new", "text/html"))
    assert len(answers) == 1
    assert answers.get(keys[-1], 1) is None
    for n in range(100):  # the same again takes no more room
        answers.put(keys[0], 2, Answer(b"y" * n, "text/html"))
    for key in keys[1:10]:
        answers.put(key, 2, Answer(b"x" * 700, "text/html"))
    assert len(answers) == 10


def test_a_page_that_many_ask_for_at_once_is_made_once(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    plain = reading_routes.browse_reports

    def slow(*given, **named):  # type: ignore[no-untyped-def]
        made.append("reports")
        time.sleep(0.3)
        return plain(*given, **named)

    monkeypatch.setattr(reading_routes, "browse_reports", slow)
    with process(book) as browser, ThreadPoolExecutor(6) as pool:
        browser.get("/about")
        answers = list(pool.map(lambda _: browser.get("/reports?q=depot"), range(6)))
    assert {a.status_code for a in answers} == {200}
    assert made == ["reports"]


def test_who_waits_for_a_page_that_fails_makes_it_anew(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> None:
        time.sleep(0.1)
        raise RuntimeError("it broke")

    monkeypatch.setattr(reading_routes, "browse_reports", failing)
    app = make_app(Desk(book, load({}), stage.MANY, secret=SECRET))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as browser:
        with ThreadPoolExecutor(3) as pool:
            answers = list(pool.map(lambda _: browser.get("/reports"), range(3)))
        assert {a.status_code for a in answers} == {500}
        assert not any(m in a.text for a in answers for m in marks_of(SECRET))
        monkeypatch.undo()
        assert browser.get("/reports").status_code == 200
