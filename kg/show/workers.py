"""Processes that answer SPARQL queries and can be stopped in the middle of one.

Takes queries and gives answers already written out. pyoxigraph cannot stop a query once begun, so
each runs in a process of its own; one that overruns its time is killed and another takes its place.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
)

from kg.errors import StoreError

__all__ = ["Answer", "Question", "Workers", "asks_elsewhere"]

_RESULTS = (
    QueryResultsFormat.JSON,
    QueryResultsFormat.XML,
    QueryResultsFormat.CSV,
    QueryResultsFormat.TSV,
)
_GRAPHS = (RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML, RdfFormat.JSON_LD)
_START_SECONDS = 30.0

# Strings, IRIs and comments, in which the word SERVICE is no keyword.
_QUOTED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\'|<[^<>"{}|^`\\\s]*>|#[^\n\r]*',
    re.DOTALL,
)
_SERVICE = re.compile(r"(?<![\w?$:.-])SERVICE(?![\w:.-])", re.IGNORECASE)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query, the forms its asker reads in order of wish, and the graphs it is asked of."""

    query: str
    accept: tuple[str, ...] = ()
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a query: a body of a media type, or why there is none."""

    outcome: Literal["fine", "malformed", "unacceptable", "failed", "overrun"]
    body: bytes = b""
    media_type: str = "text/plain; charset=utf-8"


@dataclass(slots=True)
class _Worker:
    process: multiprocessing.process.BaseProcess
    pipe: Connection


@dataclass(slots=True)
class Workers:
    """A fixed number of processes that read one store; use it as a context manager.

    A query that writes or asks another server is never run. `seconds` is the time a query has.
    """

    folder: Path
    count: int = 2
    seconds: float = 30.0
    _idle: queue.Queue[_Worker] = field(default_factory=queue.Queue)
    _all: list[_Worker] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Workers:
        """Start the processes.

        Raises:
            StoreError: The store cannot be opened.
        """
        try:
            for _ in range(self.count):
                self._idle.put(self._start())
        except StoreError:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop every process."""
        with self._lock:
            for worker in self._all:
                _stop(worker)
            self._all.clear()

    def ask(self, question: Question) -> Answer:
        """Answer a question; it waits for a free process as long as a query may take."""
        if asks_elsewhere(question.query):
            return _refusal("malformed", "SERVICE is off: this endpoint asks no other server.")
        try:
            worker = self._idle.get(timeout=self.seconds)
        except queue.Empty:
            return _refusal("overrun", "all processes are busy; ask again later.")
        try:
            answer, is_sound = self._ask(worker, question)
            if not is_sound:
                with self._lock:
                    self._all.remove(worker)
                _stop(worker)
                worker = self._start()
            return answer
        finally:
            self._idle.put(worker)

    def _ask(self, worker: _Worker, question: Question) -> tuple[Answer, bool]:
        try:
            worker.pipe.send(question)
            if not worker.pipe.poll(self.seconds):
                message = f"the query took longer than {self.seconds:g} s and was stopped."
                return _refusal("overrun", message), False
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            return _refusal("failed", "the query broke off; it may need too much memory."), False
        assert isinstance(answer, Answer)
        return answer, True

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(str(self.folder), theirs), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process=process, pipe=ours)
        with self._lock:
            self._all.append(worker)
        with contextlib.suppress(EOFError, OSError):
            if ours.poll(_START_SECONDS) and ours.recv() == "ready":
                return worker
        raise StoreError(f"{self.folder}: cannot open the store. Build one with `kg build`.")


def asks_elsewhere(query: str) -> bool:
    """Tell whether a query holds the keyword SERVICE, which would make this host call another.

    Example:
        >>> asks_elsewhere('SELECT * { SERVICE <http://x/> { ?s ?p ?o } }')
        True
        >>> asks_elsewhere('SELECT ?service { ?service ?p "SERVICE" } # SERVICE')
        False
    """
    plain = _ESCAPED.sub(_unescape, query)
    return _SERVICE.search(_QUOTED.sub(" ", plain)) is not None


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]


def _stop(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _refusal(
    outcome: Literal["malformed", "unacceptable", "failed", "overrun"], message: str
) -> Answer:
    return Answer(outcome=outcome, body=f"{message}\n".encode())


def _work(folder: str, pipe: Connection) -> None:
    """Answer questions until the pipe closes; runs in a process of its own."""
    store = pyoxigraph.Store.read_only(folder)
    pipe.send("ready")
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            pipe.send(_answer(store, pipe.recv()))


def _answer(store: pyoxigraph.Store, question: Question) -> Answer:
    try:
        result = _run(store, question)
        for form in _choices(question.accept, result):
            body = _written(result, form)
            text_of = "; charset=utf-8" if form.media_type.startswith("text/") else ""
            return Answer(outcome="fine", body=body, media_type=form.media_type + text_of)
    except (SyntaxError, ValueError) as error:
        return _refusal("malformed", " ".join(str(error).split()))
    except (OSError, RuntimeError, MemoryError) as error:
        return _refusal("failed", " ".join(str(error).split()))
    return _refusal("unacceptable", "none of the forms asked for can hold this answer.")


def _run(
    store: pyoxigraph.Store, question: Question
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Run a query; without a choice of graphs the default graph is the union of all."""
    defaults: list[NamedNode | BlankNode | DefaultGraph] = []
    defaults += [NamedNode(iri) for iri in question.default_graphs]
    named: list[NamedNode | BlankNode] = [NamedNode(iri) for iri in question.named_graphs]
    if not defaults and not named:
        return store.query(question.query, use_default_graph_as_union=True)
    return store.query(question.query, default_graph=defaults, named_graphs=named)


def _choices(
    accept: tuple[str, ...], result: QuerySolutions | QueryBoolean | QueryTriples
) -> Iterator[QueryResultsFormat | RdfFormat]:
    """Give the forms that suit both the asker and the answer, the most wished for first."""
    is_graph = isinstance(result, QueryTriples)
    offered: tuple[QueryResultsFormat | RdfFormat, ...] = _GRAPHS if is_graph else _RESULTS
    for wish in accept or ("*/*",):
        kind, _, sub = wish.partition("/")
        for form in offered:
            if wish == "*/*" or (sub == "*" and form.media_type.startswith(f"{kind}/")):
                yield form
        if "*" not in wish:
            cls = RdfFormat if is_graph else QueryResultsFormat
            named = cls.from_media_type(wish)
            if named in offered:
                yield named


def _written(
    result: QuerySolutions | QueryBoolean | QueryTriples, form: QueryResultsFormat | RdfFormat
) -> bytes:
    body = result.serialize(format=form)  # type: ignore[arg-type]
    assert body is not None  # only None when it goes to a file
    return body
