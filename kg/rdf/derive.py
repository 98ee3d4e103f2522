"""The fact view: plain triples and direct edges, made anew from the statements.

Takes a store and fills its fact graph with what `queries/derive/` constructs. Every plain triple
comes from an asserted statement, every direct edge from plain triples, so that taking an article
out and deriving again leaves nothing of it behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, QueryTriples, Triple

from kg.errors import OntologyError
from kg.rdf.iris import DEFAULT_BASE, Iris
from kg.resources import queries_dir
from kg.store.base import Store
from kg.vocab import KG

__all__ = ["classes", "derive", "derive_triples"]

# These read the statements and labels of the store; all other queries read what these give.
_FROM_STORE = ("facts.rq", "alleged.rq", "labels.rq")

# What the queries for direct edges look at besides plain triples: classes, and numbers of tolls.
_DESCRIPTIONS = (
    f"CONSTRUCT {{ ?thing a ?class }} WHERE {{ ?thing <{KG.mention}> ?span ; a ?class }}",
    f"CONSTRUCT {{ ?thing a ?class }} WHERE {{ ?thing <{KG.readAs}> ?read ; a ?class }}",
    f"CONSTRUCT {{ ?thing a ?class }} WHERE {{ ?thing <{KG.key}> ?key ; a ?class }}",
    f"CONSTRUCT {{ ?toll ?p ?o }} WHERE {{ ?toll a <{KG.Toll}> ; ?p ?o }}",
)


def derive(store: Store, *, base: str = DEFAULT_BASE) -> int:
    """Make the fact view anew and give its number of triples; readers see the old or the new one.

    Raises:
        OntologyError: A query in `queries/derive/` is malformed.
        StoreError: The store cannot be read or written.
    """
    view = set(derive_triples(store))
    store.replace_graph(Iris(base).fact_graph, sorted(view, key=str))
    return len(view)


def derive_triples(store: Store) -> Iterator[Triple]:
    """Give the triples of the fact view that a store's statements justify, some repeatedly."""
    # The direct edges are joined in memory: on disk the same joins take ten times as long.
    scratch = pyoxigraph.Store()
    for name in _FROM_STORE:
        plain = list(store.construct(_query(queries_dir() / "derive" / name)))
        scratch.extend(Quad(t.subject, t.predicate, t.object) for t in plain)
        yield from plain
    scratch.extend(Quad(t.subject, t.predicate, t.object) for t in classes(store))
    for path in sorted((queries_dir() / "derive").glob("*.rq")):
        if path.name not in _FROM_STORE:
            yield from _construct(scratch, path)


def classes(store: Store) -> set[Triple]:
    """Give the classes of all that articles speak of, and the numbers of tolls."""
    return {triple for query in _DESCRIPTIONS for triple in store.construct(query)}


def _construct(scratch: pyoxigraph.Store, path: Path) -> QueryTriples:
    try:
        answer = scratch.query(_query(path))
    except SyntaxError as error:
        raise OntologyError(f"{path}: not a SPARQL query: {error}") from error
    if not isinstance(answer, QueryTriples):
        raise OntologyError(f"{path}: not a CONSTRUCT query. Write `CONSTRUCT {{ … }}`.")
    return answer


def _query(path: Path) -> str:
    return path.read_text(encoding="utf-8")
