"""Entities, posts and weapons as an article describes them: class, names, country, size.

Takes records and gives triples. What only one article knows is typed and labelled in that article's
graph. What several articles share (an entity with a key, a kind of weapon, a post) has `kg:readAs`
and `kg:name` there, and its class and labels once, in the knowledge graph: the union of the graphs
then holds each triple once, and counting counts right in every store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from kg.model import Entity
from kg.rdf.terms import RDF, SKOS, number, term, text
from kg.vocab import KG

__all__ = ["describe_entity", "describe_shared"]


def describe_entity(node: NamedNode, entity: Entity, lang: str | None) -> Iterator[Triple]:
    """Give what an article says an entity is and is called; names come from `Entity.names`."""
    cls = f"{KG.ns}{entity.cls.value}"
    if entity.key is not None:
        yield from describe_shared(node, cls, entity.names, lang)
        return
    yield Triple(node, term(RDF.type), term(cls))
    for place, name in enumerate(entity.names):
        label = SKOS.prefLabel if place == 0 else SKOS.altLabel
        yield Triple(node, term(label), text(name, lang))
    if entity.country:
        yield Triple(node, term(KG.countryCode), text(entity.country))
    if entity.count is not None:
        yield Triple(node, term(KG.countMin), number(entity.count.min))
        if entity.count.max is not None:
            yield Triple(node, term(KG.countMax), number(entity.count.max))


def describe_shared(
    node: NamedNode, cls: str, names: Iterable[str], lang: str | None
) -> Iterator[Triple]:
    """Give the class and names under which an article speaks of a thing that others share."""
    yield Triple(node, term(KG.readAs), term(cls))
    for name in names:
        yield Triple(node, term(KG.name), text(name, lang))
