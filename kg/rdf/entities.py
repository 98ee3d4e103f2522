"""Entities, posts and weapons described: class, names, country, size.

Takes records and gives triples. An entity of the knowledge files gets its label from there, and the
names an article uses for it as further names; one that only its article knows is labelled by it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from kg.model import Entity, Weapon
from kg.rdf.terms import RDF, SKOS, number, term, text
from kg.vocab import KG

__all__ = ["describe_entity", "describe_post", "describe_weapon"]


def describe_entity(node: NamedNode, entity: Entity, lang: str | None) -> Iterator[Triple]:
    """Give what an article says an entity is and is called; names come from `Entity.names`."""
    yield Triple(node, term(RDF.type), term(f"{KG.ns}{entity.cls.value}"))
    if entity.key is None:
        yield from _names(node, entity.names, lang)
    else:
        yield Triple(node, term(KG.key), text(entity.key))
        for name in entity.names:
            yield Triple(node, term(SKOS.altLabel), text(name, lang))
    if entity.country:
        yield Triple(node, term(KG.countryCode), text(entity.country))
    if entity.count is not None and entity.key is None:
        yield Triple(node, term(KG.countMin), number(entity.count.min))
        if entity.count.max is not None:
            yield Triple(node, term(KG.countMax), number(entity.count.max))


def describe_weapon(node: NamedNode, weapon: Weapon, lang: str | None) -> Iterator[Triple]:
    """Give a kind of weapon, labelled by its lemma."""
    yield Triple(node, term(RDF.type), term(KG.Equipment))
    yield Triple(node, term(SKOS.prefLabel), text(weapon.name, lang))


def describe_post(node: NamedNode, names: tuple[str, ...], lang: str | None) -> Iterator[Triple]:
    """Give a post, labelled by its first name."""
    yield Triple(node, term(RDF.type), term(KG.Post))
    yield from _names(node, names[:1], lang)


def _names(node: NamedNode, names: tuple[str, ...], lang: str | None) -> Iterator[Triple]:
    for number_, name in enumerate(names):
        label = SKOS.prefLabel if number_ == 0 else SKOS.altLabel
        yield Triple(node, term(label), text(name, lang))
