"""The SPARQL 1.1 endpoint and the explorer in the browser.

Takes a store folder and gives a Starlette application: `/sparql` speaks the SPARQL 1.1 protocol for
queries (read only), `/` shows the graph, `/requetes` asks it. Bad queries are answered 400, those
that take too long 503.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl

import jinja2
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.errors import KGError
from kg.resources import queries_dir
from kg.show.draw import SERVER_MARK
from kg.show.workers import Answer, Question, Workers

__all__ = ["create_app", "serve"]

_CODES: Final = {"fine": 200, "malformed": 400, "unacceptable": 406, "failed": 500, "overrun": 503}
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATES: Final = frozenset({"application/sparql-update"})
_OPEN: Final = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}
_LINK: Final = '<a href="/requetes">SPARQL</a>'
_FRENCH: Final = re.compile(r"^#\+ question@fr: *(.+)$", re.MULTILINE)
_LARGEST: Final = 2_000_000  # bytes of a request's body
_DESCRIPTION: Final = """\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .

<{url}> a sd:Service ;
    sd:endpoint <{url}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat <http://www.w3.org/ns/formats/SPARQL_Results_JSON> ,
        <http://www.w3.org/ns/formats/SPARQL_Results_XML> ,
        <http://www.w3.org/ns/formats/SPARQL_Results_CSV> ,
        <http://www.w3.org/ns/formats/SPARQL_Results_TSV> ,
        <http://www.w3.org/ns/formats/Turtle> , <http://www.w3.org/ns/formats/N-Triples> .
"""


class _Refused(Exception):
    """A request that the protocol does not allow, with the status that says so."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def create_app(workers: Workers, page: Callable[[], str]) -> Starlette:
    """Make the application.

    Args:
        workers: What answers queries; started and stopped with the application.
        page: Writes the explorer's page; called once, when it is first asked for.
    """
    page = functools.cache(page)
    drawing = asyncio.Lock()

    async def show(request: Request) -> Response:
        async with drawing:  # two first visitors do not draw the page twice
            drawn = await run_in_threadpool(page)
        return HTMLResponse(drawn.replace(SERVER_MARK, _LINK, 1))

    async def ask_page(request: Request) -> Response:
        return HTMLResponse(_query_page())

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        with workers:
            yield

    methods = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"]
    return Starlette(
        routes=[
            Route("/", show, methods=["GET"]),
            Route("/requetes", ask_page, methods=["GET"]),
            Route("/sparql", _endpoint(workers), methods=methods),
            Route("/query", _endpoint(workers), methods=methods),
        ],
        lifespan=lifespan,
    )


def serve(
    folder: Path,
    page: Callable[[], str],
    *,
    host: str = "127.0.0.1",
    port: int = 7878,
    seconds: float = 30.0,
) -> None:
    """Serve a store until stopped; `seconds` is the time a query has.

    Raises:
        StoreError: The store cannot be opened.
        KGError: The address cannot be listened at.
    """
    _check_address(host, port)
    workers = Workers(folder=folder, seconds=seconds)
    with workers:  # opened once beforehand, so that a missing store is said plainly
        pass
    app = create_app(Workers(folder=folder, seconds=seconds), page)
    uvicorn.run(app, host=host, port=port, log_level="warning")


def _check_address(host: str, port: int) -> None:
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(kind) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            reason = error.strerror or str(error)
            raise KGError(f"{host}:{port}: {reason}. Name another with --port.") from error


def _endpoint(workers: Workers) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            allowed = {"Access-Control-Allow-Methods": "GET, POST, OPTIONS"}
            headers = {**_OPEN, **allowed, "Access-Control-Allow-Headers": "Accept, Content-Type"}
            return Response(status_code=204, headers=headers)
        try:
            question = await _question(request)
        except _Refused as refused:
            return _plain(refused.code, str(refused))
        if question is None:
            text = _DESCRIPTION.format(url=str(request.url.replace(query="")))
            return Response(text, media_type="text/turtle", headers=_OPEN)
        return _response(await run_in_threadpool(workers.ask, question))

    return answer


def _response(answer: Answer) -> Response:
    code = _CODES[answer.outcome]
    headers = {**_OPEN, "Retry-After": "60"} if code == 503 else dict(_OPEN)
    return Response(answer.body, code, headers=headers, media_type=answer.media_type)


def _plain(code: int, message: str) -> Response:
    headers = {**_OPEN, "Allow": "GET, POST, OPTIONS"} if code == 405 else dict(_OPEN)
    return PlainTextResponse(f"{message}\n", code, headers=headers)


async def _question(request: Request) -> Question | None:
    """Read a query out of a request, None for a GET that asks for the service's description.

    Raises:
        _Refused: The request is not one of the protocol's three forms of a query.
    """
    pairs = _pairs(request.scope["query_string"])
    query: str | None = None
    if request.method == "POST":
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        body = await _body(request)
        if kind == _FORM:
            pairs = pairs + _pairs(body)
        elif kind == _QUERY:
            query = _decoded(body)
        elif kind in _UPDATES:
            raise _Refused(403, "this endpoint is read only.")
        else:
            raise _Refused(415, f"send {_FORM} or {_QUERY}.")
    elif request.method not in ("GET", "HEAD"):
        raise _Refused(405, "ask by GET or POST.")
    if any(name == "update" for name, _ in pairs):
        raise _Refused(403, "this endpoint is read only.")
    queries = [value for name, value in pairs if name == "query"]
    if query is not None:
        queries.append(query)
    if not queries and request.method == "GET" and not pairs:
        return None
    if len(queries) != 1:
        raise _Refused(400, f"the request holds {len(queries)} queries; send one.")
    return Question(
        query=queries[0],
        accept=_wishes(request.headers.get("accept", "")),
        default_graphs=tuple(value for name, value in pairs if name == "default-graph-uri"),
        named_graphs=tuple(value for name, value in pairs if name == "named-graph-uri"),
    )


async def _body(request: Request) -> bytes:
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > _LARGEST:
            raise _Refused(413, f"the query is longer than {_LARGEST} bytes.")
    return bytes(parts)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        text = encoded.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise _Refused(400, "the parameters are not UTF-8 in percent encoding.") from error


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _Refused(400, "the query is not UTF-8.") from error


def _wishes(accept: str) -> tuple[str, ...]:
    """Give the media types of an Accept header, the most wished for first.

    Example:
        >>> _wishes("text/csv;q=0.5, application/sparql-results+json, */*;q=0")
        ('application/sparql-results+json', 'text/csv')
    """
    rated = []
    for number, part in enumerate(accept.split(",")):
        kind, *settings = (each.strip() for each in part.split(";"))
        weight = 1.0
        for setting in settings:
            name, _, value = setting.partition("=")
            if name.strip().lower() == "q":
                try:
                    weight = float(value)
                except ValueError:
                    weight = 0.0
        if kind and weight > 0:
            rated.append((-weight, number, kind.lower()))
    return tuple(kind for _, _, kind in sorted(rated))


@functools.cache
def _query_page() -> str:
    """Write the page that asks queries: those of `queries/` to choose from, and one's own."""
    template = files("kg.show").joinpath("templates", "ask.html").read_text(encoding="utf-8")
    queries = {}
    for path in sorted(queries_dir().glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        asked = _FRENCH.search(text)
        queries[asked[1] if asked else path.stem] = text
    environment = jinja2.Environment(autoescape=True)
    return environment.from_string(template).render(queries=queries)
