"""The store in this process: Oxigraph, in memory or in a folder.

Bulk work goes straight through pyoxigraph; rdflib sees the same data through oxrdflib. A folder has
one writer at a time; readers in other threads see a change whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyoxigraph
from oxrdflib import OxigraphStore as _RdflibStore
from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Triple
from rdflib import Dataset

from kg.errors import QueryError, StoreError
from kg.store.base import Contents, Table

__all__ = ["OxigraphStore"]

# As many new triples as are loaded at once.
_PORTION = 200_000


class OxigraphStore:
    """Named graphs in memory (`path` None) or in a folder."""

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        """Open a store; a folder that is not there is made unless `read_only`.

        Raises:
            StoreError: Another process writes to the folder, or it is not a store.
        """
        self.location = "memory" if path is None else str(path)
        try:
            self._store = _open(path, read_only)
        except (OSError, RuntimeError) as error:
            reason = " ".join(str(error).split())
            raise StoreError(
                f"{self.location}: cannot open the store ({reason}). "
                "Close the program that uses it, or name another folder."
            ) from error

    def graphs(self) -> tuple[str, ...]:
        """Give the IRIs of the named graphs, sorted."""
        return tuple(sorted(graph.value for graph in self._store.named_graphs()))

    def replace_graph(self, graph: str, triples: Iterable[Triple]) -> None:
        """Put triples in place of all that a named graph holds, in one transaction of changes."""
        self.replace_graphs({graph: triples})

    def replace_graphs(self, contents: Contents) -> None:
        """Replace several named graphs by their difference to what the store holds.

        A change of graphs that are there is one transaction. New graphs are loaded in portions of
        some 200,000 triples, so that a million does not have to fit into memory at once.
        """
        gone: list[Quad] = []
        back: list[Quad] = []
        fresh: list[Quad] = []
        emptied: list[NamedNode] = []
        for iri, triples in contents.items() if isinstance(contents, Mapping) else contents:
            graph = NamedNode(iri)
            held = set(self._store.quads_for_pattern(None, None, None, graph))
            quads = (Quad(t.subject, t.predicate, t.object, graph) for t in triples)
            if held:
                wanted = set(quads)
                gone.extend(held - wanted)
                back.extend(wanted - held)
                emptied += [] if wanted else [graph]
                continue
            fresh.extend(quads)
            if len(fresh) >= _PORTION:
                self._write(self._store.bulk_extend, fresh)
                fresh = []
        if gone or back:
            self._write(self._store.update, _exchange(gone, back))
        if fresh:
            self._write(self._store.extend, fresh)
        for graph in emptied:
            self._store.remove_graph(graph)  # Oxigraph goes on listing graphs that became empty

    def remove_graph(self, graph: str) -> None:
        """Remove a named graph; one that is not there is no error."""
        self._store.remove_graph(NamedNode(graph))

    def triples(self, graph: str | None = None) -> Iterator[Triple]:
        """Give the triples of a named graph, or of all without repetition, in no fixed order."""
        if graph is not None:
            for quad in self._store.quads_for_pattern(None, None, None, NamedNode(graph)):
                yield quad.triple
            return
        seen: set[Triple] = set()
        for quad in self._store:
            triple = quad.triple  # made anew at each look
            if triple not in seen:
                seen.add(triple)
                yield triple

    def select(self, query: str) -> Table:
        """Run a SELECT over the union of the graphs."""
        answer = self._query(query)
        if not isinstance(answer, QuerySolutions):
            raise QueryError("the query gives no table: write a SELECT, or ask in another way.")
        columns = tuple(variable.value for variable in answer.variables)
        return Table(columns=columns, rows=tuple(tuple(solution) for solution in answer))

    def ask(self, query: str) -> bool:
        """Run an ASK over the union of the graphs."""
        answer = self._query(query)
        if not isinstance(answer, QueryBoolean):
            raise QueryError("the query gives neither yes nor no: write an ASK.")
        return bool(answer)

    def construct(self, query: str) -> Iterator[Triple]:
        """Run a CONSTRUCT or DESCRIBE over the union of the graphs."""
        answer = self._query(query)
        if not isinstance(answer, QueryTriples):
            raise QueryError("the query gives no triples: write a CONSTRUCT or DESCRIBE.")
        return iter(answer)

    def dataset(self) -> Dataset:
        """Show the store as an rdflib Dataset whose default graph is the union.

        Pass queries to it as strings: prepared ones fall back to rdflib's slow evaluator.
        """
        return Dataset(store=_RdflibStore(store=self._store), default_union=True)

    @property
    def native(self) -> pyoxigraph.Store:
        """The pyoxigraph store itself, for the endpoint and for bulk export."""
        return self._store

    def close(self) -> None:
        """Write everything out and let go of the folder."""
        if self.location != "memory":
            self._flush()
        # Oxigraph frees its lock when the last reference goes.
        self._store = pyoxigraph.Store()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _flush(self) -> None:
        try:
            self._store.flush()
        except (OSError, RuntimeError):
            return  # a read-only store has nothing to write out

    def _query(self, query: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        try:
            return self._store.query(query, use_default_graph_as_union=True)
        except (SyntaxError, ValueError) as error:
            raise QueryError(f"the query is malformed: {' '.join(str(error).split())}") from error
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{self.location}: cannot run the query: {error}") from error

    def _write(self, write: Callable[[Any], None], content: list[Quad] | str) -> None:
        try:
            write(content)
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(f"{self.location}: cannot write: {error}") from error


def _open(path: Path | None, read_only: bool) -> pyoxigraph.Store:
    if path is None:
        return pyoxigraph.Store()
    if read_only:
        return pyoxigraph.Store.read_only(str(path))
    return pyoxigraph.Store(str(path))


def _exchange(gone: Iterable[Quad], fresh: Iterable[Quad]) -> str:
    """Write one update that takes quads out and puts others in, so that it happens at once."""
    blocks = []
    for verb, quads in (("DELETE", gone), ("INSERT", fresh)):
        by_graph: dict[str, list[str]] = {}
        for quad in quads:
            line = f"{quad.subject} {quad.predicate} {quad.object} ."
            by_graph.setdefault(str(quad.graph_name), []).append(line)
        for graph, lines in by_graph.items():
            blocks.append(f"{verb} DATA {{ GRAPH {graph} {{\n" + "\n".join(lines) + "\n}}")
    return ";\n".join(blocks)
