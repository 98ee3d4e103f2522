"""Judgements written as triples: the reader's own conclusions across articles.

Takes `Judgement` records and gives the triples of the judgement graph. Each is a statement with the
reader as its source, so that it can be seen, doubted and taken back; no article's graph changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from kg.rdf.iris import DEFAULT_BASE, Iris
from kg.rdf.terms import PROV, RDF, SKOS, number, term, text
from kg.store.base import Judgement
from kg.vocab import KG

__all__ = ["judgement_triples"]


def judgement_triples(
    judgements: Iterable[Judgement], *, base: str = DEFAULT_BASE
) -> tuple[Triple, ...]:
    """Give the triples of judgements, () for none."""
    iris = Iris(base)
    found: dict[Triple, None] = {}
    for judgement in judgements:
        found.update(dict.fromkeys(_triples(judgement, iris)))
    if found:
        reader = NamedNode(iris.reader)
        found[Triple(reader, term(RDF.type), term(PROV.SoftwareAgent))] = None
        found[Triple(reader, term(SKOS.prefLabel), text("kg"))] = None
    return tuple(found)


def _triples(judgement: Judgement, iris: Iris) -> Iterator[Triple]:
    node = NamedNode(
        iris.judgement(judgement.subject, judgement.predicate, judgement.object, judgement.rule)
    )
    subject, goal = NamedNode(judgement.subject), NamedNode(judgement.object)
    yield Triple(subject, term(judgement.predicate), goal)
    for kind in (KG.Judgement, KG.Statement, RDF.Statement):
        yield Triple(node, term(RDF.type), term(kind))
    yield Triple(node, term(RDF.subject), subject)
    yield Triple(node, term(RDF.predicate), term(judgement.predicate))
    yield Triple(node, term(RDF.object), goal)
    yield Triple(node, term(KG.status), term(KG.Asserted))
    yield Triple(node, term(KG.source), NamedNode(iris.reader))
    yield Triple(node, term(KG.score), number(float(judgement.score)))
    yield Triple(node, term(KG.reason), text(judgement.reason))
    yield Triple(node, term(KG.rule), text(judgement.rule))
    for span in judgement.evidence:
        yield Triple(node, term(KG.evidence), NamedNode(span))
