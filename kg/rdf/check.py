"""Check a store: shapes, quotes, and that nothing stands in it that no statement carries.

Takes a store and gives findings, none when all is well. `kg check` exits with 1 on any.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import Triple

from kg.rdf.derive import classes, derive_triples
from kg.rdf.iris import DEFAULT_BASE, Iris
from kg.rdf.shapes import validate
from kg.rdf.terms import RDF
from kg.store.base import Store
from kg.vocab import KG

__all__ = ["Finding", "check", "find_loose_edges", "find_wrong_quotes"]

_OA = "http://www.w3.org/ns/oa#"
_SCHEMA = "https://schema.org/"
_ARTICLES = f"""
SELECT ?article ?body ?hash
WHERE {{ ?article <{_SCHEMA}articleBody> ?body ; <{KG.textHash}> ?hash }}
ORDER BY ?article
"""
_SPANS = f"""
SELECT ?article ?span ?start ?end ?exact
WHERE {{
  ?span a <{KG.Span}> ; <{KG.article}> ?article ;
    <{_OA}start> ?start ; <{_OA}end> ?end ; <{_OA}exact> ?exact .
}}
ORDER BY ?article ?start ?end
"""
# Plain triples that only the fact view may hold.
_EDGES = (
    KG.agent, KG.target, KG.allegedAgent, KG.allegedTarget, KG.place, KG.weapon, KG.mode, KG.about,
    KG.inRetaliationFor, KG.causes, KG.partOfEvent, KG.reportedToll, KG.memberOf, KG.leads,
    KG.partOf, KG.supportedBy, KG.holdsPost, KG.postIn, KG.deputyOf, KG.affiliatedWith, KG.rivalOf,
    KG.locatedIn, KG.stationedAt, KG.attacked, KG.allegedlyAttacked, KG.killed, KG.clashedWith,
    KG.seized, KG.arrested, KG.released, KG.accused, KG.threatened, KG.condemned,
    KG.retaliatedAgainst, KG.sanctioned, KG.aided, KG.metWith, KG.agreedWith,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong with a graph: what was checked, of which thing (an IRI), and the fault."""

    kind: Literal["shape", "quote", "edge"]
    subject: str
    message: str


def check(store: Store, *, base: str = DEFAULT_BASE) -> tuple[Finding, ...]:
    """Check all of a store and give what is wrong with it, sorted; () when nothing is.

    Raises:
        OntologyError: The shapes or the derivation queries are malformed.
        StoreError: The store cannot be read.
    """
    findings = [
        *find_wrong_quotes(store),
        *find_loose_edges(store, base=base),
        *_find_broken_shapes(store, Iris(base)),
    ]
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda each: (each.kind, each.subject, each.message)))


def find_wrong_quotes(store: Store) -> Iterator[Finding]:
    """Find texts that are not what was read, and quotes that do not stand at their offsets."""
    bodies: dict[str, str] = {}
    for row in store.select(_ARTICLES).records():
        bodies[row["article"]] = row["body"]
        digest = hashlib.sha256(row["body"].encode("utf-8", "surrogatepass")).hexdigest()
        if digest != row["hash"]:
            yield _quote(row["article"], "the text is not the one that was read: its hash differs.")
    for row in store.select(_SPANS).records():
        body = bodies.get(row["article"])
        if body is None:
            yield _quote(row["span"], f"its article {row['article']} is not in the store.")
        elif body[int(row["start"]) : int(row["end"])] != row["exact"]:
            there = body[int(row["start"]) : int(row["end"])]
            yield _quote(row["span"], f"the text says {there!r} there, not {row['exact']!r}.")


def find_loose_edges(store: Store, *, base: str = DEFAULT_BASE) -> Iterator[Finding]:
    """Find plain triples that no statement carries, and those that should be there and are not."""
    fact_graph = Iris(base).fact_graph
    due = set(derive_triples(store))
    held = set(store.triples(fact_graph))
    for triple in sorted(held - due, key=str):
        yield _edge(triple, "no statement carries it. Build the article again.")
    for triple in sorted(due - held, key=str):
        yield _edge(triple, "a statement carries it, but the fact view lacks it. Build again.")
    for triple in _edges_elsewhere(store, fact_graph):
        yield _edge(triple, "it stands outside the fact view, where no statement can carry it.")


def _edges_elsewhere(store: Store, fact_graph: str) -> Iterator[Triple]:
    values = " ".join(f"<{edge}>" for edge in _EDGES)
    query = f"""
        CONSTRUCT {{ ?s ?p ?o }}
        WHERE {{
          VALUES ?p {{ {values} }}
          GRAPH ?graph {{ ?s ?p ?o }}
          FILTER(?graph != <{fact_graph}>)
        }}"""
    yield from sorted(set(store.construct(query)), key=str)


def _find_broken_shapes(store: Store, iris: Iris) -> Iterator[Finding]:
    types = classes(store)
    for graph in store.graphs():
        triples: Iterable[Triple] = store.triples(graph)
        if graph == iris.fact_graph:
            # The fact view speaks of things whose classes stand in the other graphs.
            triples = [*triples, *(each for each in types if each.predicate.value == RDF.type)]
        for node, message in validate(triples, is_view=graph == iris.fact_graph):
            yield Finding(kind="shape", subject=node, message=message)


def _quote(subject: str, message: str) -> Finding:
    return Finding(kind="quote", subject=subject, message=message)


def _edge(triple: Triple, message: str) -> Finding:
    subject = str(triple.subject).strip("<>")
    said = f"{triple.predicate} {triple.object}"
    return Finding(kind="edge", subject=subject, message=f"{said}: {message}")
