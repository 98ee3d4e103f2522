"""A name to show for an event, made of its kind and its date.

Takes an event and gives a label in the article's language, from the labels of the ontology: the
words that tell of it ("a visé", "celle du 27 décembre") say too little on their own.
"""

from __future__ import annotations

from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.model import Event
from kg.rdf.terms import SKOS
from kg.resources import ontology_file
from kg.vocab import KG, MODES

__all__ = ["event_label", "term_label"]


def event_label(event: Event, lang: str | None) -> str:
    """Give the mode of an attack or the type of another event, and the date where there is one."""
    is_told = event.mode is not None and event.mode != "other"
    kind = MODES[event.mode] if is_told and event.mode else f"{KG.ns}{event.type}"
    label = term_label(kind, lang)
    return f"{label}, {event.when.edtf}" if event.when else label


def term_label(iri: str, lang: str | None) -> str:
    """Give the label of a term of the ontology in a language, else in English.

    Example:
        >>> term_label(KG.Airstrike, "fr-ca")
        'frappe aérienne'
    """
    labels = _labels()
    language = (lang or "en").split("-")[0]
    return labels.get((iri, language)) or labels[iri, "en"]


@cache
def _labels() -> dict[tuple[str, str], str]:
    found = {}
    for quad in parse(path=str(ontology_file("kg.ttl")), format=RdfFormat.TURTLE):
        if quad.predicate.value == SKOS.prefLabel and isinstance(quad.object, Literal):
            assert isinstance(quad.subject, NamedNode)
            found[quad.subject.value, quad.object.language or ""] = quad.object.value
    return found
