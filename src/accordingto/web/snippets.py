"""Small pieces of HTML that lists repeat by the hundred, made here instead of by macros: a page of rows costs half.

Each is a filter of the templates: `c.state|sign`. Report text is data: all words are escaped.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape as safe
from typing import Any

from jinja2 import Environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr, Getattr
from markupsafe import Markup, escape

from accordingto.web.parts import Choice, Link, PlaceView, Sign
from accordingto.web.words import day_words

SPECIAL = re.compile("[&<>\"']")
DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2})?|\d{4}-W\d{2}|\d{4}")  # what HTML's `time` takes
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T")


def escaped(value: Any) -> str:
    """A value as it stands in HTML. Plain text, by far the most, takes the short way."""
    kind = type(value)
    if kind is str:
        return safe(value) if SPECIAL.search(value) else value
    return value if kind is Markup else escape(value)


def begun(words: str) -> str:
    """A name as it begins a line: with a capital, unless its first word is no plain lower-case one.

    `the army` is `The army`; `al-Nau Hospital`, `eBay` and `example.org` stay as they are.
    """
    first = words.split(maxsplit=1)[0] if words.strip() else ""
    return (
        words[:1].upper() + words[1:]
        if first.isalpha() and first.islower() and words[:1] == first[:1]
        else words
    )


ARTICLES = ("A", "An", "The")


def within(words: str) -> str:
    """A name as it stands within a line: the article of a description without the capital that began its sentence.

    `The Israeli military` is `the Israeli military`; `The New York Times`, whose words all have capitals, is a name and stays.
    """
    article, _, rest = words.partition(" ")
    told = article in ARTICLES and any(w[0].islower() for w in rest.split())
    return article.lower() + words[len(article) :] if told else words


class Output(CodeGenerator):
    """Templates whose output goes through `escaped`: what is joined at once needs no `Markup` of its own.

    `page.title` is Python's own `page.title`: pages are frozen values, and a name that one lacks is an error at once.
    """

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:
        """Plain access."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("environment.escaped(")
        if finalize.src is not None:
            self.write(finalize.src)


class Templates(Environment):
    """An environment with these pieces as filters."""

    code_generator_class = Output
    escaped = staticmethod(escaped)


@lru_cache(maxsize=4096)
def sign(s: Sign, extra: str = "") -> Markup:
    """A state with its symbol."""
    symbol = f'<span class="sym" aria-hidden="true">{safe(s.symbol)}</span>' if s.symbol else ""
    kinds = safe(f"state v-{s.value} {extra}".rstrip())
    return Markup(f'<span class="{kinds}">{symbol}<span>{safe(s.words)}</span></span>')


@lru_cache(maxsize=4096)
def date(iso: str | None) -> Markup:
    """A day, a week, a month or a span of days in words; of a moment its day."""
    iso = (iso or "").partition("T")[0] if MOMENT.match(iso or "") else iso
    words = safe(day_words(iso))
    return Markup(f'<time datetime="{safe(iso or "")}">{words}</time>' if DAY.fullmatch(iso or "") else words)


def moment(iso: str | None) -> Markup:
    """A day with its hour and minute."""
    if len(iso or "") <= 15:
        return date(iso)
    return Markup(f'{date(iso)} <span class="nowrap">{safe((iso or "")[11:16])}</span>')


def place(p: PlaceView) -> Markup:
    """A place with its country."""
    country = f", {safe(p.country_name)}" if p.country_name and p.country_name != p.name else ""
    return Markup(f'<span dir="auto">{safe(p.name)}</span>{country}')


def link(to: Link) -> Markup:
    """Words that lead somewhere."""
    return Markup(f'<a href="{safe(to.url)}" dir="auto">{safe(to.words)}</a>')


@lru_cache(maxsize=512)
def options(choices: tuple[Choice, ...], every: str) -> Markup:
    """The options of a select, after one that asks for all."""
    made = "".join(
        f'<option value="{safe(c.value)}"{" selected" if c.chosen else ""}>{safe(c.words)}</option>'
        for c in choices
    )
    return Markup(f'<option value="">{safe(every)}</option>{made}')


FILTERS = {
    "options": options,
    "sign": sign,
    "date": date,
    "moment": moment,
    "place": place,
    "link": link,
    "begun": begun,
    "within": within,
}
