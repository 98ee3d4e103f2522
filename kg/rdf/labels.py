"""The terms that an event's kind stands for, and a name to show for it.

Takes an event and gives a label in the article's language, made of its kind and its date with the
labels of the ontology: the words that tell of it ("a visé", "celle du 27 décembre") say too little
on their own.
"""

from __future__ import annotations

from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.errors import OntologyError
from kg.model import Event
from kg.rdf.terms import SKOS
from kg.resources import ontology_file
from kg.vocab import KG, MODES

__all__ = ["event_label", "event_term", "mode_term", "term_label"]


def event_label(event: Event, lang: str | None) -> str:
    """Give the mode of an attack or the type of another event, and the date where there is one."""
    is_told = event.mode is not None and event.mode != "other"
    kind = mode_term(event.mode) if is_told and event.mode else event_term(event.type)
    label = term_label(kind, lang)
    return f"{label}, {event.when.edtf}" if event.when else label


def event_term(name: str) -> str:
    """Give the class of an event type.

    Raises:
        OntologyError: `ontology/kg.ttl` has no such class; a rule misspells it.
    """
    iri = getattr(KG, name, None)
    if not isinstance(iri, str) or not name[:1].isupper():
        raise OntologyError(f"{name!r} is no event type of ontology/kg.ttl. Correct the rule.")
    return iri


def mode_term(name: str) -> str:
    """Give the concept of an attack mode by its notation.

    Raises:
        OntologyError: `ontology/kg.ttl` has no such mode; a rule misspells it.
    """
    if name not in MODES:
        known = ", ".join(MODES)
        raise OntologyError(f"{name!r} is no attack mode of ontology/kg.ttl, which has {known}.")
    return MODES[name]


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
