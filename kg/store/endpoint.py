"""The store behind a URL: any server of the SPARQL 1.1 protocol.

Updates go out in batches into a graph of their own that then takes the place of the old one in a
single request, so that readers never see half an article.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import TracebackType
from typing import Self

import httpx
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)
from rdflib import Dataset
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.errors import QueryError, StoreError
from kg.store.base import Contents, Table

__all__ = ["EndpointStore"]

_BATCH = 5_000  # triples in one INSERT DATA: larger ones gain nothing and strain servers
_SECONDS = 300.0
_TABLE = "application/sparql-results+json"
_TRIPLES = "application/n-triples"


class EndpointStore:
    """Named graphs on a SPARQL 1.1 server whose default graph is the union of the named ones."""

    def __init__(self, url: str, *, update_url: str | None = None) -> None:
        """Connect to a server.

        Raises:
            StoreError: Nothing answers there, or the default graph is not the union.
        """
        self.location = url
        self._update_url = update_url or _update_url(url)
        self._client = httpx.Client(timeout=_SECONDS, follow_redirects=True)
        self._check_union()

    def graphs(self) -> tuple[str, ...]:
        """Give the IRIs of the named graphs, sorted."""
        table = self.select("SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } } ORDER BY ?graph")
        return tuple(record["graph"] for record in table.records())

    def replace_graph(self, graph: str, triples: Iterable[Triple]) -> None:
        """Put triples in place of all that a named graph holds; the change is one request."""
        fresh = f"{graph}-incoming"
        self._update(f"DROP SILENT GRAPH <{fresh}>")
        stream = iter(triples)
        is_empty = True
        while batch := list(islice(stream, _BATCH)):
            lines = "\n".join(f"{t.subject} {t.predicate} {t.object} ." for t in batch)
            self._update(f"INSERT DATA {{ GRAPH <{fresh}> {{\n{lines}\n}} }}")
            is_empty = False
        if is_empty:
            self.remove_graph(graph)
        else:
            self._update(f"MOVE SILENT GRAPH <{fresh}> TO GRAPH <{graph}>")

    def replace_graphs(self, contents: Contents) -> None:
        """Replace several named graphs, one after the other."""
        for graph, triples in contents.items() if isinstance(contents, Mapping) else contents:
            self.replace_graph(graph, triples)

    def remove_graph(self, graph: str) -> None:
        """Remove a named graph; one that is not there is no error."""
        self._update(f"DROP SILENT GRAPH <{graph}>")

    def triples(self, graph: str | None = None) -> Iterator[Triple]:
        """Give the triples of a named graph, or of all without repetition, in no fixed order."""
        body = "?s ?p ?o" if graph is None else f"GRAPH <{graph}> {{ ?s ?p ?o }}"
        seen: set[Triple] = set()
        for triple in self.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {body} }}"):
            if triple not in seen:
                seen.add(triple)
                yield triple

    def select(self, query: str) -> Table:
        """Run a SELECT on the server."""
        answer = self._results(query)
        if not isinstance(answer, QuerySolutions):
            raise QueryError("the query gives no table: write a SELECT, or ask in another way.")
        columns = tuple(variable.value for variable in answer.variables)
        return Table(columns=columns, rows=tuple(tuple(solution) for solution in answer))

    def ask(self, query: str) -> bool:
        """Run an ASK on the server."""
        answer = self._results(query)
        if isinstance(answer, QuerySolutions) and _is_virtuoso_ask(answer):
            return any(True for _ in answer)
        if not isinstance(answer, QueryBoolean):
            raise QueryError("the query gives neither yes nor no: write an ASK.")
        return bool(answer)

    def construct(self, query: str) -> Iterator[Triple]:
        """Run a CONSTRUCT or DESCRIBE on the server."""
        answer = self._post(self.location, {"query": query}, f"{_TRIPLES}, text/turtle;q=0.5")
        kind = answer.headers.get("content-type", "").split(";")[0].strip()
        if kind not in (_TRIPLES, "text/turtle", "text/plain"):
            raise QueryError("the query gives no triples: write a CONSTRUCT or DESCRIBE.")
        form = RdfFormat.TURTLE if kind == "text/turtle" else RdfFormat.N_TRIPLES
        return (quad.triple for quad in parse(io.BytesIO(answer.content), format=form))

    def dataset(self) -> Dataset:
        """Show the server as an rdflib Dataset that is read only."""
        store = SPARQLStore(self.location, context_aware=True)
        return Dataset(store=store, default_union=True)

    def close(self) -> None:
        """Close the connection; everything is written already."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _check_union(self) -> None:
        some = self.select("SELECT ?s ?p ?o { GRAPH ?graph { ?s ?p ?o } } LIMIT 1").rows
        if some and not self.ask(f"ASK {{ {' '.join(map(str, some[0]))} }}"):
            raise StoreError(
                f"{self.location}: the default graph is not the union of the named graphs. Start"
                " it so (oxigraph serve --union-default-graph; Fuseki tdb2:unionDefaultGraph)."
            )

    def _results(self, query: str) -> QuerySolutions | QueryBoolean:
        answer = self._post(self.location, {"query": query}, _TABLE)
        kind = answer.headers.get("content-type", "").split(";")[0].strip()
        if kind not in (_TABLE, "application/json"):
            raise QueryError("the query gives no table: write a SELECT, or ask in another way.")
        results = parse_query_results(io.BytesIO(answer.content), format=QueryResultsFormat.JSON)
        assert isinstance(results, QuerySolutions | QueryBoolean)
        return results

    def _update(self, update: str) -> None:
        self._post(self._update_url, {"update": update}, "*/*")

    def _post(self, url: str, form: dict[str, str], accept: str) -> httpx.Response:
        try:
            answer = self._client.post(url, data=form, headers={"Accept": accept})
        except httpx.HTTPError as error:
            raise StoreError(f"{url}: the server does not answer: {error}") from error
        reason = " ".join(answer.text.split())[:300] if answer.is_error else ""
        if answer.status_code == httpx.codes.BAD_REQUEST:
            raise QueryError(f"{url}: the query is malformed: {reason}")
        if answer.is_error:
            raise StoreError(f"{url}: the server answers {answer.status_code}: {reason}")
        return answer


def _is_virtuoso_ask(answer: QuerySolutions) -> bool:
    """Tell whether this is Virtuoso's answer to some ASKs: a row for yes, none for no."""
    return [variable.value for variable in answer.variables] == ["__ASK_RETVAL"]


def _update_url(url: str) -> str:
    """Give the update URL that servers commonly pair with a query URL, else the same one.

    Example:
        >>> _update_url("http://localhost:7878/query")
        'http://localhost:7878/update'
    """
    head, _, last = url.rstrip("/").rpartition("/")
    return f"{head}/update" if last == "query" else url
