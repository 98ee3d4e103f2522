"""SHACL validation with `ontology/shapes.ttl`.

Takes triples and gives what breaks a shape. pyshacl works on an rdflib graph in memory, so a store
is validated graph by graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import pyshacl
from pyoxigraph import BlankNode as _Blank
from pyoxigraph import Literal as _Literal
from pyoxigraph import Triple
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.errors import OntologyError
from kg.resources import ontology_file

__all__ = ["validate"]

# Of these shapes, the fact view holds only a part: the things themselves are described elsewhere.
_DESCRIPTIONS = ("EventShape", "EntityShape", "TollShape", "ArticleShape", "SpanShape")


def validate(triples: Iterable[Triple], *, is_view: bool = False) -> list[tuple[str, str]]:
    """Give the node and a message for everything that breaks a shape, sorted.

    Args:
        triples: The content of one named graph.
        is_view: The triples are the fact view with the classes of what it speaks of.

    Raises:
        OntologyError: The shapes are malformed.
    """
    graph = Graph()
    for triple in triples:
        graph.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    try:
        _, report, text = pyshacl.validate(
            graph,
            shacl_graph=_shapes(is_view),
            ont_graph=_ontology(),
            inference="none",
            inplace=True,
        )
    except pyshacl.errors.ShapeLoadError as error:
        raise OntologyError(f"{ontology_file('shapes.ttl')}: {error}") from error
    if not isinstance(report, Graph):
        raise OntologyError(f"{ontology_file('shapes.ttl')}: {text}")
    return sorted(set(_findings(report)))


def _findings(report: Graph) -> Iterator[tuple[str, str]]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        node = report.value(result, SH.focusNode)
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        message = str(report.value(result, SH.resultMessage) or "breaks a shape")
        parts = [message]
        if isinstance(path, URIRef):
            parts.append(f"({path.fragment or path})")
        if value is not None and value != node:
            parts.append(f"Found: {value}")
        yield str(node), " ".join(parts)


@cache
def _ontology() -> Graph:
    return Graph().parse(ontology_file("kg.ttl"), format="turtle")


@cache
def _shapes(is_view: bool) -> Graph:
    graph = Graph().parse(ontology_file("shapes.ttl"), format="turtle")
    if is_view:
        for shape in set(graph.subjects(RDF.type, SH.NodeShape)):
            if str(shape).endswith(_DESCRIPTIONS):
                graph.set((shape, SH.deactivated, Literal(True)))
    return graph


def _node(value: object) -> Node:
    if isinstance(value, _Literal):
        if value.language:
            return Literal(value.value, lang=value.language)
        return Literal(value.value, datatype=URIRef(value.datatype.value))
    if isinstance(value, _Blank):
        return BNode(value.value)
    return URIRef(getattr(value, "value"))  # noqa: B009 - a NamedNode, whose type is opaque here
