from __future__ import annotations

import time

import pytest
from fastapi.routing import APIRoute
from lxml import html as lxml_html
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient
from tests.web import stage

from accordingto.ledger.people import accounts as all_accounts
from accordingto.ledger.people import add_account, change_account
from accordingto.ledger.session import Ledger, ReadOnly
from accordingto.roles import Role
from accordingto.web import app as web_app
from accordingto.web.desk import Options
from accordingto.web.guards import SESSION

PASSWORD = "a long enough password"


@pytest.fixture
def guarded(book: Ledger, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    from argon2 import PasswordHasher

    from accordingto.ledger import people

    monkeypatch.setattr(people, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    for name, role in (("ann", Role.ADMIN), ("rex", Role.REVIEWER), ("ria", Role.READER)):
        add_account(book, name, role=role, password=PASSWORD)
    return book


def desk(book: Ledger, **options: object) -> TestClient:
    given = {
        "signs_in": True,
        "reads_rate": "100000/minute",
        "writes_rate": "100000/minute",
        "signin_rate": "1000/minute",
    }
    return stage.client(book, Options(**(given | options)))  # type: ignore[arg-type]


def sign_in(browser: TestClient, name: str, password: str = PASSWORD, **more: str):  # type: ignore[no-untyped-def]
    form = {"name": name, "password": password, "csrf": stage.csrf(browser, "/login"), **more}
    return browser.post("/login", data=form)


def post_routes(browser: TestClient) -> list[str]:
    found: list[str] = []

    def walk(routes) -> None:  # type: ignore[no-untyped-def]
        for r in routes:
            if isinstance(r, APIRoute) and "POST" in r.methods:
                found.append(r.path)

    walk(browser.app.routes)  # type: ignore[attr-defined]
    described = browser.app.openapi()["paths"]  # type: ignore[attr-defined]
    return sorted({*found, *(p for p, methods in described.items() if "post" in methods)})


def filled(path: str) -> str:
    return path.replace("{id}", "I" + "0" * 16).replace("{key}", "J" + "0" * 16)


def test_every_form_needs_the_token_of_this_visit(browser: TestClient) -> None:
    paths = post_routes(browser)
    assert len(paths) >= 8
    for path in paths:
        for form in ({}, {"csrf": "made up"}, {"csrf": "aa." + "0" * 64}):
            assert browser.post(filled(path), data=form).status_code == 403, path
    stolen = stage.csrf(browser)
    browser.cookies.clear()
    assert browser.post("/add/text", data={"csrf": stolen, "text": "x"}).status_code == 403


def test_a_form_from_another_site_is_refused(browser: TestClient) -> None:
    form = {"csrf": stage.csrf(browser), "url": "x"}
    for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        assert browser.post("/add/url", data=form, headers=headers).status_code == 403
    assert browser.post("/add/url", data=form, headers={"origin": "http://localhost"}).status_code == 422


def test_a_strange_host_is_refused(browser: TestClient) -> None:
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1.nip.example", ""):
        assert browser.get("/", headers={"host": host}).status_code == 421
    for host in ("localhost:8765", "127.0.0.1:1", "[::1]:80"):
        assert browser.get("/", headers={"host": host}).status_code == 200


def test_headers_let_no_strange_script_run(browser: TestClient) -> None:
    for url in ("/", "/nope", "/index.json", "/incidents?from=bad", "/static/nothing.js"):
        headers = browser.get(url).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


FORWARDED = (
    {"x-forwarded-for": "203.0.113.9"},
    {"X-Forwarded-Host": "desk.example"},
    {"x-forwarded-proto": "https"},
    {"forwarded": "for=203.0.113.9"},
    {"x-real-ip": "203.0.113.9"},
)


@pytest.mark.parametrize("sent", FORWARDED)
def test_a_desk_without_sign_in_lets_nobody_in_through_a_proxy(guarded: Ledger, sent: dict[str, str]) -> None:
    with stage.client(guarded) as browser:
        token = stage.csrf(browser)
        made = {"csrf": token, "name": "eve", "role": "admin", "password": PASSWORD}
        for answer in (
            browser.get("/", headers=sent),
            browser.get("/accounts", headers=sent),
            browser.post("/accounts/add", data=made, headers=sent),
        ):
            assert answer.status_code == 403
            assert "--sign-in" in answer.text
        assert "eve" not in [a.name for a in all_accounts(guarded)]
    with desk(guarded) as browser:
        sign_in(browser, "ria")
        assert browser.get("/", headers=sent).status_code == 200


def test_no_browser_shows_after_signing_out_what_was_there_before(guarded: Ledger) -> None:
    with desk(guarded) as browser:
        sign_in(browser, "ann")
        for url in ("/accounts", "/accounts.json", "/add", "/claims.csv"):
            assert browser.get(url).headers["cache-control"] == "no-store", url
        kept = browser.get("/incidents").headers
        assert "etag" in kept
        assert kept["cache-control"] == "private, no-cache"
        left = browser.post("/logout", data={"csrf": stage.csrf(browser)})
        assert left.headers["clear-site-data"] == '"cache"'


def test_strangers_learn_nothing_from_the_sign_in_page(guarded: Ledger) -> None:
    with desk(guarded) as browser:
        assert "open questions" in (sign_in(browser, "ria"), browser.get("/").text)[1]
        browser.cookies.clear()
        for answer in (browser.get("/login"), sign_in(browser, "ria", "not the password")):
            page = lxml_html.fromstring(answer.text)
            assert "open questions" not in answer.text
            places = {str(a).partition("?")[0] for a in page.xpath("//a/@href")} - {
                "/",
                "/login",
                "/login.json",
                "#main",
            }
            assert places == set()
            assert [f.action for f in page.forms if f.method == "POST"] == ["/login"]


def test_who_may_not_do_something_is_told_so_and_not_to_send_a_form(guarded: Ledger) -> None:
    with desk(guarded) as browser:
        sign_in(browser, "rex")
        answer = browser.get("/accounts")
        assert "Only an admin may" in answer.text
        assert "send" not in lxml_html.fromstring(answer.text).xpath("string(//main)")
        expired = browser.post("/add/url", data={"csrf": "old", "url": "x"})
        assert "reload the page and send it again" in expired.text


def test_a_ledger_that_may_only_be_read_shows_no_forms_and_not_where_it_lies(
    book: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stage.client(book) as browser:
        token = stage.csrf(browser)
        monkeypatch.setattr(book, "read_only", True)
        url = browser.get("/incidents.json").json()["rows"][0]["url"]
        for path in ("/", url, "/review", "/add"):
            page = lxml_html.fromstring(browser.get(path).text)
            assert [f.action for f in page.forms if f.method == "POST"] == [], path
        assert "may only read" in browser.get("/add").text
        for path in ("/add/text", "/add/example", f"{url}/judge", "/review"):
            answer = browser.post(path, data={"csrf": token, "text": "A boat sank.", "act": "review"})
            assert answer.status_code == 403, path
            assert "may only read" in answer.text
            assert str(book.engine.url.database) not in answer.text


def test_a_right_that_is_lost_meanwhile_tells_nobody_where_the_ledger_lies(
    guarded: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object, **__: object) -> None:
        raise ReadOnly("You may not write to the ledger postgresql://ro@inner.example/news.")

    with desk(guarded) as browser:
        sign_in(browser, "ann")
        form = {"csrf": stage.csrf(browser, "/about"), "name": "rex", "role": "reader"}
        monkeypatch.setattr(guarded, "write", closed)
        for path in ("/accounts/set", "/accounts/add", "/add/text"):
            answer = browser.post(path, data=form | {"password": PASSWORD, "text": "A boat sank."})
            assert answer.status_code == 403, path
            assert "inner.example" not in answer.text


def test_a_tile_host_is_let_in_only_where_it_was_set(book: Ledger) -> None:
    with stage.client(book, Options(tile_url="https://tiles.example/{z}/{x}/{y}.png")) as browser:
        assert (
            "img-src 'self' data: https://tiles.example;"
            in browser.get("/").headers["content-security-policy"]
        )


def test_too_much_is_refused_whatever_its_length_says(book: Ledger) -> None:
    options = Options(most_bytes=20_000, most_form_bytes=5_000)
    with stage.client(book, options) as browser:
        token = stage.csrf(browser)
        assert browser.post("/add/text", data={"csrf": token, "text": "x" * 6_000}).status_code == 413
        assert (
            browser.post(
                "/add/files", files={"files": ("a.txt", b"x" * 25_000)}, data={"csrf": token}
            ).status_code
            == 413
        )

        def endless():  # type: ignore[no-untyped-def]
            for _ in range(100):
                yield b"text=" + b"x" * 1000

        kind = {"content-type": "application/x-www-form-urlencoded", "x-csrf-token": token}
        assert browser.post("/add/text", content=endless(), headers=kind).status_code == 413
        assert browser.post(
            "/add/text", content=b"x", headers={"content-length": "-5"} | kind
        ).status_code in (400, 413)


def test_too_many_requests_are_refused(book: Ledger) -> None:
    with stage.client(book, Options(reads_rate="5/minute", fetch_rate="2/minute")) as browser:
        assert [browser.get("/about").status_code for _ in range(7)] == [200] * 5 + [429] * 2
        assert browser.get("/about.json").json()["status"] == 429
        assert [browser.post("/add/url").status_code for _ in range(3)] == [403, 403, 429]


def test_beyond_this_machine_people_sign_in(guarded: Ledger) -> None:
    with desk(guarded) as browser:
        answer = browser.get("/incidents?type=strike")
        assert (answer.status_code, answer.headers["location"]) == (
            303,
            "/login?next=/incidents%3Ftype%3Dstrike",
        )
        assert browser.get("/incidents.json").status_code == 401
        assert browser.get("/openapi.json").status_code == 401
        assert sign_in(browser, "ria", "not the password").status_code == 403
        assert sign_in(browser, "nobody").status_code == 403
        done = sign_in(browser, "ria", next="/claims")
        assert (done.status_code, done.headers["location"]) == (303, "/claims")
        cookie = done.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "samesite=lax" in cookie.lower()
        assert browser.get("/incidents").status_code == 200
        assert browser.post("/logout", data={"csrf": stage.csrf(browser)}).status_code == 303
        assert browser.get("/incidents").status_code == 303


def test_behind_tls_cookies_are_bound_to_it(guarded: Ledger) -> None:
    with desk(guarded, https=True) as browser:
        browser.base_url = "https://localhost"  # type: ignore[assignment]
        done = sign_in(browser, "ria")
        assert done.headers["set-cookie"].startswith("__Host-desk=")
        assert "secure" in done.headers["set-cookie"].lower()
        assert "strict-transport-security" in done.headers


@pytest.mark.parametrize(
    "next_", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "/a\nb"]
)
def test_signing_in_leads_nowhere_else(guarded: Ledger, next_: str) -> None:
    with desk(guarded) as browser:
        assert sign_in(browser, "ria", next=next_).headers["location"] == "/"


def test_roles(guarded: Ledger) -> None:
    allowed = {"ria": (403, 403), "rex": (422, 403), "ann": (422, 200)}
    for name, (judging, accounts) in allowed.items():
        with desk(guarded) as browser:
            sign_in(browser, name)
            url = browser.get("/incidents.json").json()["rows"][0]["url"]
            form = {"csrf": stage.csrf(browser, "/about"), "act": "review"}
            assert browser.post(f"{url}/judge", data=form).status_code == judging, name
            assert browser.post("/add/url", data=form).status_code == judging, name
            assert browser.get("/accounts").status_code == accounts, name
            made = browser.post("/accounts/add", data={**form, "name": f"new-{name}", "password": PASSWORD})
            assert made.status_code == (303 if accounts == 200 else 403)


def test_sessions_expire(guarded: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    start = time.time()
    with desk(guarded, idle_s=600, longest_s=3600) as browser:
        sign_in(browser, "ria")
        for later, status in ((500, 200), (1000, 200), (1700, 303)):
            monkeypatch.setattr(time, "time", lambda later=later: start + later)
            assert browser.get("/about").status_code == status, later
        monkeypatch.setattr(time, "time", lambda: start)
        sign_in(browser, "ria")
        for later in range(500, 3600, 500):
            monkeypatch.setattr(time, "time", lambda later=later: start + later)
            assert browser.get("/about").status_code == 200
        monkeypatch.setattr(time, "time", lambda: start + 3700)
        assert browser.get("/about").status_code == 303


def test_a_new_password_or_a_closed_account_ends_sessions(guarded: Ledger) -> None:
    with desk(guarded) as browser:
        sign_in(browser, "rex")
        change_account(guarded, "rex", password=PASSWORD + "!")
        assert browser.get("/about").status_code == 303
        sign_in(browser, "rex", PASSWORD + "!")
        change_account(guarded, "rex", active=False)
        assert browser.get("/about").status_code == 303
        assert sign_in(browser, "rex", PASSWORD + "!").status_code == 403


def test_guessing_passwords_is_slowed_down(guarded: Ledger) -> None:
    with desk(guarded, signin_rate="3/minute") as browser:
        assert [sign_in(browser, "ann", f"guess number {n}").status_code for n in range(4)] == [
            403,
            403,
            403,
            429,
        ]


def test_the_last_admin_stays(guarded: Ledger) -> None:
    with desk(guarded) as browser:
        sign_in(browser, "ann")
        form = {"csrf": stage.csrf(browser, "/about"), "name": "ann"}
        for change in ({"active": "false"}, {"role": "reader"}):
            answer = browser.post("/accounts/set", data=form | change)
            assert answer.status_code == 422
            assert "last admin" in answer.text
        assert browser.get("/accounts").status_code == 200


def test_a_made_up_session_opens_nothing(guarded: Ledger) -> None:
    with desk(guarded) as browser:
        for value in ("x", "ann", "a" * 5000, '"; drop table sessions'):
            assert browser.get("/about.json", headers={"cookie": f"{SESSION}={value}"}).status_code == 401


def test_the_accounts_page_shuts_people_out_and_lets_them_in_again(guarded: Ledger) -> None:
    with desk(guarded) as ann, desk(guarded) as rex:
        sign_in(ann, "ann")
        sign_in(rex, "rex")

        def press() -> int:
            page = lxml_html.fromstring(ann.get("/accounts").text)
            forms = [dict(f.form_values()) for f in page.forms if f.action == "/accounts/set"]
            sent = next(f for f in forms if f["name"] == "rex" and "active" in f)
            return ann.post("/accounts/set", data=sent).status_code

        def shown() -> str:
            page = lxml_html.fromstring(ann.get("/accounts").text)
            return " ".join(" ".join(page.xpath("//tr[th='rex']/td[last()]//text()")).split())

        assert shown() == "open Close the account of rex"
        assert press() == 303
        assert shown() == "closed Open again the account of rex"
        assert rex.get("/about").status_code == 303
        assert press() == 303
        assert sign_in(rex, "rex").status_code == 303
        odd = {"csrf": stage.csrf(ann, "/accounts"), "name": "rex", "active": "maybe"}
        assert ann.post("/accounts/set", data=odd).status_code == 422


@pytest.mark.parametrize("odd", ['prefs={"a":1,"b":"x y"}', "flag", "a=\u00e9", "b[0]=1, 2"])
def test_an_odd_cookie_of_another_program_hides_none_of_ours(browser: TestClient, odd: str) -> None:
    token = stage.csrf(browser)
    sent = f"{odd}; visit={browser.cookies['visit']}".encode("latin-1")
    browser.cookies.clear()
    form = {"csrf": token, "url": "x"}
    assert browser.post("/add/url", data=form, headers={b"cookie": sent}).status_code == 422  # type: ignore[dict-item]


def no_database(*_: object, **__: object) -> None:
    raise OperationalError("SELECT 1", {}, Exception("the server closed the connection"))


@pytest.mark.parametrize("signs_in", [False, True])
def test_without_its_database_the_desk_says_so(
    guarded: Ledger, monkeypatch: pytest.MonkeyPatch, signs_in: bool
) -> None:
    with desk(guarded, signs_in=signs_in) as browser:
        if signs_in:
            sign_in(browser, "ann")
        form = {"csrf": stage.csrf(browser, "/add"), "text": "A boat sank."}
        for method in ("begin", "write", "state"):
            monkeypatch.setattr(guarded, method, no_database)
        plain = {"accept": "application/json"}
        for answer in (
            browser.get("/"),
            browser.get("/index.json"),
            browser.post("/add/text", data=form),
            browser.post("/add/text", data=form, headers=plain),
        ):
            assert answer.status_code == 503
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert "did not answer in time" in answer.text
        assert browser.post("/add/text", data=form, headers=plain).json()["status"] == 503


def test_refusals_ask_the_ledger_nothing(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    browser.get("/about")
    monkeypatch.setattr(web_app, "doubts", no_database)
    browser.app.state.desk.kept._held.clear()  # type: ignore[attr-defined]
    assert browser.get("/nope").status_code == 404
    assert browser.get("/", headers={"host": "evil.example"}).status_code == 421


def test_a_mistake_of_ours_has_the_headers_too(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("it broke")

    with stage.client(book) as browser:
        monkeypatch.setattr(book, "state", broken)
        browser._transport.raise_server_exceptions = False  # type: ignore[attr-defined]
        for url in ("/", "/index.json"):
            answer = browser.get(url)
            assert answer.status_code == 500
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "RuntimeError" not in answer.text
