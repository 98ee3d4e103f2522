"""What terms of the ontology are called, for people.

Takes a language and gives labels of classes, properties and concepts as `ontology/kg.ttl` has them,
and what kind of thing a class is.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import unquote

from pyoxigraph import Literal, RdfFormat, parse

from kg.resources import ontology_file, queries_dir
from kg.store.base import plain
from kg.vocab import KG, STATUSES

__all__ = ["Words", "derived_from"]

_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"


class Words:
    """Labels of one language; where a term has none in it, the English one."""

    def __init__(self, lang: str = "fr") -> None:
        self.lang = lang
        self._labels, self._parents = _read_ontology(lang)
        self._lines: dict[str, frozenset[str]] = {}  # ancestors by class
        self._statuses = {iri: status for status, iri in STATUSES.items()}

    def label(self, iri: str) -> str:
        """Give the label of a term; without one, the last step of the IRI.

        Example:
            >>> Words("fr").label("https://w3id.org/conflict-kg/ns#memberOf")
            'membre de'
        """
        found = self._labels.get(iri)
        return found or unquote(iri.rstrip("/#").rsplit("/", 1)[-1].rsplit("#", 1)[-1])

    def of(self, name: str) -> str:
        """Give the label of a term of the ontology by its local name."""
        return self.label(f"{KG.ns}{name}")

    def status(self, iri: str) -> str:
        """Give a status of the records ("alleged") for its concept's IRI."""
        return str(self._statuses.get(iri, "asserted"))

    def status_label(self, status: str) -> str:
        """Give the label of a status of the records."""
        return self.label(STATUSES[status])

    def is_entity(self, name: str) -> bool:
        """Tell whether a class, by its local name, is one of entities."""
        return KG.Entity in self._ancestors(f"{KG.ns}{name}")

    def is_event(self, name: str) -> bool:
        """Tell whether a class, by its local name, is one of events."""
        return KG.Event in self._ancestors(f"{KG.ns}{name}")

    def labels(self) -> tuple[tuple[str, str], ...]:
        """Give local name and label of every term, sorted."""
        own = {iri.removeprefix(KG.ns): label for iri, label in self._labels.items()}
        return tuple(sorted(own.items()))

    def _ancestors(self, iri: str) -> frozenset[str]:
        if iri not in self._lines:
            found: set[str] = set()
            border = [iri]
            while border:
                at = border.pop()
                if at not in found:
                    found.add(at)
                    border.extend(self._parents.get(at, ()))
            self._lines[iri] = frozenset(found)
        return self._lines[iri]


@cache
def _read_ontology(lang: str) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    labels: dict[str, dict[str, str]] = {}
    parents: dict[str, tuple[str, ...]] = {}
    for quad in parse(path=str(ontology_file("kg.ttl")), format=RdfFormat.TURTLE):
        subject = plain(quad.subject)
        if quad.predicate.value == _LABEL and isinstance(quad.object, Literal):
            labels.setdefault(subject, {})[quad.object.language or ""] = quad.object.value
        elif quad.predicate.value == _SUBCLASS:
            parents[subject] = (*parents.get(subject, ()), plain(quad.object))
    chosen = {iri: own.get(lang) or own.get("en") or "" for iri, own in labels.items()}
    return chosen, parents


@cache
def derived_from() -> dict[str, tuple[str, ...]]:
    """Give for each derived property the event classes that its query in `queries/derive/` names.

    A property derived from events of any kind has none.

    Example:
        >>> derived_from()["accused"]
        ('Accusation',)
    """
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((queries_dir() / "derive").glob("*.rq")):
        head, _, body = path.read_text(encoding="utf-8").partition("WHERE")
        _, _, template = head.partition("CONSTRUCT")
        named = dict.fromkeys(re.findall(r"kg:([A-Z]\w+)", body))
        kinds = tuple(name for name in named if f"{KG.ns}{name}" not in STATUSES.values())
        for name in re.findall(r"kg:([a-z]\w+)", template):
            found[name] = kinds
    return found
