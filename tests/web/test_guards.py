from __future__ import annotations

import time

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient
from tests.web import stage

from accordingto.ledger.people import add_account, change_account
from accordingto.ledger.session import Ledger
from accordingto.roles import Role
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
