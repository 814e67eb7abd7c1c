"""How a page becomes two addresses: `/x` as HTML and `/x.json`; both from one function that makes the page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, get_type_hints

import msgspec
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from accordingto.web.desk import Desk
from accordingto.web.formviews import ErrorPage
from accordingto.web.here import wish_of
from accordingto.web.parts import Part
from accordingto.web.rendering import as_json, show

REFUSALS: dict[int | str, dict[str, Any]] = {
    404: {"description": "There is no such thing in this ledger.", "content": {"application/json": {}}},
    422: {"description": "A parameter is wrong; says which.", "content": {"application/json": {}}},
    429: {"description": "Too many requests; wait.", "content": {"application/json": {}}},
}
SCHEMAS: list[type[Part]] = [ErrorPage]
"""Every page's type, for the OpenAPI description."""


async def desk_of(request: Request) -> Desk:
    """The desk that the app serves."""
    found: Desk = request.app.state.desk
    return found


async def kept(request: Request) -> AsyncIterator[None]:
    """Let an answer be kept for others: for routes whose answers follow from the ledger, the role and the address alone.

    Such pages are made in turn, a few at a time: made all at once each would be done when the last is.
    """
    wish_of(request).kept = True
    async with request.app.state.turns:
        yield


KEPT = [Depends(kept)]
DeskOf = Annotated[Desk, Depends(desk_of)]


def twin(path: str) -> str:
    """The address of a page's JSON."""
    return "/index.json" if path == "/" else f"{path}.json"


def schema_ref(type_: type[Part]) -> dict[str, Any]:
    """A reference to a page's schema in the OpenAPI description."""
    return {"$ref": f"#/components/schemas/{type_.__name__}"}


def add_page(
    router: APIRouter,
    path: str,
    template: str,
    type_: type[Part],
    make: Callable[..., Any],
    *,
    keep: bool = False,
) -> None:
    """Serve the pages that `make` makes at `path` and at `path.json`; `keep`: they may be kept for others (`kept`)."""
    dependencies = KEPT if keep else []
    SCHEMAS.append(type_)
    doc = (make.__doc__ or "").strip()

    def as_html(request: Request, page: Any) -> Response:
        return page if isinstance(page, Response) else show(request, template, page)

    def as_data(request: Request, page: Any) -> Response:
        return page if isinstance(page, Response) else as_json(page)

    answer = {
        200: {
            "description": doc.split("\n")[0],
            "content": {"application/json": {"schema": schema_ref(type_)}},
        }
    }
    name = template + "-" + path.count("/") * "_"
    router.add_api_route(
        twin(path),
        asking_for(make, as_data),
        methods=["GET"],
        summary=doc.split("\n")[0],
        responses={**REFUSALS, **answer},  # type: ignore[dict-item]
        response_class=Response,
        operation_id=name,
        dependencies=dependencies,
    )
    router.add_api_route(
        path,
        asking_for(make, as_html),
        methods=["GET"],
        include_in_schema=False,
        response_class=Response,
        dependencies=dependencies,
    )


def asking_for(
    make: Callable[..., Any], answer: Callable[[Request, Any], Response]
) -> Callable[..., Response]:
    """A route that asks for what `make` does and answers with what it makes: both in one thread, without a change between."""
    hints = get_type_hints(make, include_extras=True)
    asked = [
        p.replace(annotation=hints[p.name], kind=Parameter.KEYWORD_ONLY)
        for p in signature(make).parameters.values()
    ]
    names = [p.name for p in asked]
    own = Parameter("request", Parameter.KEYWORD_ONLY, annotation=Request)

    def route(**given: Any) -> Response:
        return answer(given["request"], make(**{name: given[name] for name in names}))

    route.__signature__ = Signature(asked if "request" in names else [own, *asked])  # type: ignore[attr-defined]
    return route


def described(components: dict[str, Any]) -> None:
    """Add the schemas of all pages to the components of an OpenAPI description."""
    _, found = msgspec.json.schema_components(SCHEMAS, ref_template="#/components/schemas/{name}")
    components.setdefault("schemas", {}).update(found)
