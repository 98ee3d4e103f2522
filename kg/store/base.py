"""What a store can do, whichever it is: the one thing of `kg/store/` that other stages import.

Takes and gives pyoxigraph's terms and triples. A store is a set of named graphs; queries see their
union as the default graph. Implementations: `oxigraph.py` (memory or a folder) and `endpoint.py`
(any SPARQL 1.1 server); `opening.py` chooses by the location.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

if TYPE_CHECKING:
    from rdflib import Dataset

__all__ = ["Contents", "Judgement", "Store", "Table", "Term", "Value", "plain"]

Term = NamedNode | BlankNode | Literal
Value = Term | None


# Named graphs and what is to stand in them: a mapping, or pairs made while they are taken.
Contents = Mapping[str, Iterable[Triple]] | Iterable[tuple[str, Iterable[Triple]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a SELECT in the store's order; a cell is None where a variable is unbound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def records(self) -> tuple[dict[str, str], ...]:
        """Give each row as plain strings by column; unbound cells are ""."""
        return tuple(
            {name: plain(value) for name, value in zip(self.columns, row, strict=True)}
            for row in self.rows
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A conclusion of the reader about what articles said, never a change of it.

    `subject`, `predicate` and `object` are IRIs; the object stands for both. `evidence` are the
    IRIs of the spans that it rests on. `score` lies in 0.0–1.0 and `reason` says why.
    """

    subject: str
    predicate: str
    object: str
    score: float
    reason: str
    rule: str
    evidence: tuple[str, ...] = ()


class Store(Protocol):
    """A place where the graph lives; use it as a context manager, or close it."""

    @property
    def location(self) -> str:
        """Where the store is: a folder, a URL, or "memory"."""
        ...

    def graphs(self) -> tuple[str, ...]:
        """Give the IRIs of the named graphs, sorted."""
        ...

    def replace_graph(self, graph: str, triples: Iterable[Triple]) -> None:
        """Put triples in place of all that a named graph holds; readers see the old or the new.

        Raises:
            StoreError: The store cannot be written, or holds a triple that RDF does not allow.
        """
        ...

    def replace_graphs(self, contents: Contents) -> None:
        """Replace several named graphs, quickly when they are many; pairs are taken one by one."""
        ...

    def remove_graph(self, graph: str) -> None:
        """Remove a named graph; one that is not there is no error."""
        ...

    def triples(self, graph: str | None = None) -> Iterator[Triple]:
        """Give the triples of a named graph, or of all without repetition, in no fixed order."""
        ...

    def select(self, query: str) -> Table:
        """Run a SELECT over the union of the graphs.

        Raises:
            QueryError: The query is malformed or of another form.
        """
        ...

    def ask(self, query: str) -> bool:
        """Run an ASK over the union of the graphs; errors as in `select`."""
        ...

    def construct(self, query: str) -> Iterator[Triple]:
        """Run a CONSTRUCT or DESCRIBE over the union of the graphs; errors as in `select`."""
        ...

    def dataset(self) -> Dataset:
        """Show the store as an rdflib Dataset whose default graph is the union."""
        ...

    def close(self) -> None:
        """Write everything out and let go of the store."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def plain(value: Value) -> str:
    """Give a term as the string a person reads: the IRI, the text, or "" for None."""
    return "" if value is None else value.value
