"""Finished answers, kept while the ledger stays as it is, and 304 for whoever has one already.

An answer is kept under its address, the role of who asks, the colours and the ledger's number of changes, so none is given
after a judgement, by whichever process it was written. What belongs to one person alone, the token of the visit and the
name, stands in it as marks and is put in as it is sent. A page's tag also holds the person and the visit.
"""

from __future__ import annotations

import hashlib
import html
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from anyio import CapacityLimiter, Lock, to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from accordingto.web.desk import Desk
from accordingto.web.here import Wish, marks_of, person_of, theme_of, token, wish_of

MOST_BYTES = 48_000_000  # of kept answers, in each process
SHARE = 16  # an answer of more than this part of all is not kept
FILES = (".csv", ".jsonl", "/incidents.geojson")  # sent while they are made
DATA = (".json", ".geojson")
ASKING = 3  # requests that ask for the state at once; their own threads, so that none waits behind pages that are made
VARY = "cookie, accept-encoding"


class Key(NamedTuple):
    """What an answer depends on besides the ledger's state."""

    path: str
    query: bytes
    role: str
    theme: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of an answer, with marks, and its content type."""

    body: bytes
    media_type: str


class Answers:
    """Answers of one state of the ledger, as many as fit; the least used go first. Safe to share between threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._held: OrderedDict[Key, Answer] = OrderedDict()
        self._most, self._bytes, self._state = most_bytes, 0, -1
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: Key, state: int) -> Answer | None:
        """The answer kept under a state; None where there is none."""
        with self._lock:
            if state != self._state or key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key]

    def put(self, key: Key, state: int, answer: Answer) -> None:
        """Keep an answer of a state; a newer state drives out all of the one before, an older one is passed over."""
        with self._lock:
            if state > self._state:
                self._held.clear()
                self._bytes, self._state = 0, state
            size = size_of(key, answer)
            if state < self._state or size * SHARE > self._most:
                return
            old = self._held.pop(key, None)
            self._held[key] = answer
            self._bytes += size - (size_of(key, old) if old else 0)
            while self._bytes > self._most:
                self._bytes -= size_of(*self._held.popitem(last=False))


@dataclass(slots=True)
class Gate:
    """Those who ask for one page."""

    lock: Lock = field(default_factory=Lock)
    waiting: int = 0


def size_of(key: Key, answer: Answer) -> int:
    """About how many bytes an answer takes."""
    return len(answer.body) + len(key.path) + len(key.query) + 300


class Keeping:
    """The middleware: asks for the state, gives what is kept, else lets the page be made and keeps it if it may be."""

    def __init__(self, app: ASGIApp, desk: Desk, answers: Answers) -> None:
        self.app = app
        self.desk = desk
        self.answers = answers
        self.gates: dict[Key, Gate] = {}
        self.asking = CapacityLimiter(ASKING)
        self.marks = tuple(m.encode() for m in marks_of(desk.secret))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] != "GET" or is_file(scope["path"]):
            await self.app(scope, receive, send)
            return
        state = await to_thread.run_sync(self.desk.ledger.state, limiter=self.asking)
        request = Request(scope)
        key, tag = self.key_of(request), self.tag_of(request, state)
        if tag in asked_tags(request.headers):
            await Response(status_code=304, headers=headers(tag))(scope, receive, send)
            return
        if held := self.answers.get(key, state):
            await self.filled(held, request, tag)(scope, receive, send)
            return
        async with self.turn(key):
            held = self.answers.get(key, state)
            made = [] if held else await self.made(request, key, state, receive)
        if held:
            await self.filled(held, request, tag)(scope, receive, send)
        elif wish_of(request).kept:
            answer, status = gathered(made)
            sent = self.filled(answer, request, tag if status == 200 else None, status)
            for name, value in Headers(raw=made[0]["headers"]).items():  # such as where an incident is now
                sent.headers.setdefault(name, value)
            await sent(scope, receive, send)
        else:
            for message in made:
                await send(message)

    @asynccontextmanager
    async def turn(self, key: Key) -> AsyncIterator[None]:
        """One at a time for one address: who asks for a page that is being made waits for it and takes that."""
        gate = self.gates.setdefault(key, Gate())
        gate.waiting += 1
        try:
            async with gate.lock:
                yield
        finally:
            gate.waiting -= 1
            if not gate.waiting:
                del self.gates[key]

    async def made(self, request: Request, key: Key, state: int, receive: Receive) -> list[Message]:
        """Let a page be made, and keep it if its route wishes so. It is gathered first: none waits for a slow reader."""
        wish = request.scope["desk.wish"] = Wish()
        request.scope["desk.state"] = state
        messages: list[Message] = []

        async def gathering(message: Message) -> None:
            messages.append(message)

        try:
            await self.app(request.scope, receive, gathering)
        except BaseException:
            wish.kept = False  # an error's page is made outside of here, and must bear no marks
            raise
        if wish.kept:
            answer, status = gathered(messages)
            if status == 200:
                self.answers.put(key, state, answer)
        return messages

    def key_of(self, request: Request) -> Key:
        """Under what an answer is kept: all that it may depend on but the ledger."""
        person = person_of(request)
        role = str(person.role) if person else ""
        path = request.scope["path"]
        theme = "" if path.endswith(DATA) else theme_of(request)
        return Key(path, request.scope["query_string"], role, theme)

    def tag_of(self, request: Request, state: int) -> str:
        """The tag of an answer as one person gets it: another person's, another visit's or another state's differs.

        It is keyed by the secret that all processes of a desk share, so whoever has it got the answer from one of them.
        """
        key, person = self.key_of(request), person_of(request)
        visit = "" if key.path.endswith(DATA) else request.scope.get("desk.visit", "")
        parts = (*key, person.name if person else "", visit, state)
        made = hashlib.blake2b(repr(parts).encode(), key=self.desk.secret[:32], digest_size=12)
        return f'W/"{made.hexdigest()}"'

    def filled(self, answer: Answer, request: Request, tag: str | None, status: int = 200) -> Response:
        """An answer with a token of this visit and this person's name in place of the marks."""
        body = answer.body
        if answer.media_type.startswith("text/html"):
            person = person_of(request)
            mine = token(self.desk.secret, request.scope.get("desk.visit", ""))
            for mark, words in zip(self.marks, (mine, person.name if person else ""), strict=True):
                body = body.replace(mark, html.escape(words).encode())
        return Response(body, status, headers=headers(tag), media_type=answer.media_type)


def is_file(path: str) -> bool:
    """True for what is a file already, or is sent while it is made."""
    return path.startswith("/static/") or path.endswith(FILES)


def gathered(messages: Sequence[Message]) -> tuple[Answer, int]:
    """The answer that an app sent, and its status."""
    begun = messages[0]
    body = b"".join(m.get("body", b"") for m in messages[1:])
    return Answer(body, Headers(raw=begun["headers"]).get("content-type", "")), begun["status"]


def headers(tag: str | None) -> dict[str, str]:
    """The tag, and what it depends on."""
    return {"etag": tag, "vary": VARY} if tag else {}


def asked_tags(given: Headers) -> frozenset[str]:
    """The tags that a browser says it has."""
    return frozenset(t.strip() for t in given.get("if-none-match", "").split(",") if t.strip())
