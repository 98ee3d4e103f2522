"""Turtle and TriG as people read them, the same bytes for the same graph.

Takes triples and gives text: fixed prefixes, subjects, predicates and objects in order, the class
first. rdflib, pyoxigraph and rapper read it and count the same triples.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TextIO

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.rdf.iris import DEFAULT_BASE, KINDS, Iris
from kg.rdf.terms import GEO, OA, OWL, PROV, RDF, SCHEMA, SKOS
from kg.store.base import Store
from kg.vocab import KG

__all__ = ["write_trig", "write_turtle"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_VOCABULARIES = {
    "geo": GEO.ns, "kg": KG.ns, "oa": OA.ns, "owl": OWL.ns, "prov": PROV.ns, "rdf": RDF.ns,
    "schema": SCHEMA.ns, "skos": SKOS.ns, "xsd": _XSD,
}  # fmt: skip

# Local names that every parser takes without an escape; anything else is written as a whole IRI.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f]')


def write_turtle(
    triples: Iterable[Triple], stream: TextIO, *, base: str = DEFAULT_BASE
) -> int:
    """Write triples as Turtle and give how many there were, repetitions not counted."""
    writer = _Writer(base)
    stream.writelines(writer.prefixes())
    return writer.write(triples, stream, "")


def write_trig(store: Store, stream: TextIO, *, base: str = DEFAULT_BASE) -> int:
    """Write the named graphs of a store as TriG and give how many quads there were."""
    writer = _Writer(base)
    stream.writelines(writer.prefixes())
    total = 0
    for graph in store.graphs():
        stream.write(f"\n{writer.iri(graph)} {{\n")
        total += writer.write(store.triples(graph), stream, "  ")
        stream.write("}\n")
    return total


class _Writer:
    """Writes terms with the prefixes of one base."""

    def __init__(self, base: str) -> None:
        iris = Iris(base)
        self._prefixes = dict(sorted(_VOCABULARIES.items()))
        self._prefixes |= {kind: iris.of(kind, "") for kind in KINDS}
        self._by_namespace = {iri: prefix for prefix, iri in self._prefixes.items()}
        self._short: dict[str, str] = {}

    def prefixes(self) -> Iterator[str]:
        for prefix, iri in self._prefixes.items():
            yield f"@prefix {prefix}: <{iri}> .\n"

    def write(self, triples: Iterable[Triple], stream: TextIO, indent: str) -> int:
        rows = sorted({self._row(triple) for triple in triples})
        for subject, about in groupby(rows, key=lambda row: row[0]):
            stream.write(f"\n{indent}{subject} ")
            separator = ""
            for predicate, objects in groupby(about, key=lambda row: row[2]):
                stream.write(f"{separator}{predicate} ")
                stream.write(" , ".join(row[3] for row in objects))
                separator = f" ;\n{indent}    "
            stream.write(" .\n")
        return len(rows)

    def _row(self, triple: Triple) -> tuple[str, int, str, str]:
        predicate = self.iri(triple.predicate.value)
        is_type = predicate == "rdf:type"
        goal = self._term(triple.object)
        return (
            self._term(triple.subject),
            0 if is_type else 1,
            "a" if is_type else predicate,
            goal,
        )

    def _term(self, value: object) -> str:
        if isinstance(value, NamedNode):
            return self.iri(value.value)
        if isinstance(value, Literal):
            return self._literal(value)
        assert isinstance(value, BlankNode), value
        return str(value)

    def iri(self, iri: str) -> str:
        short = self._short.get(iri)
        if short is None:
            short = self._short[iri] = self._shorten(iri)
        return short

    def _shorten(self, iri: str) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._by_namespace.get(iri[:cut])
        if prefix is not None and _LOCAL.fullmatch(iri, cut):
            return f"{prefix}:{iri[cut:]}"
        return f"<{iri}>"

    def _literal(self, value: Literal) -> str:
        if value.datatype.value == f"{_XSD}integer" and _INTEGER.fullmatch(value.value):
            return value.value
        quoted = f'"{_ESCAPED.sub(_escape, value.value)}"'
        if value.language:
            return f"{quoted}@{value.language}"
        if value.datatype.value == f"{_XSD}string":
            return quoted
        return f"{quoted}^^{self.iri(value.datatype.value)}"


def _escape(match: re.Match[str]) -> str:
    letter = match.group()
    return _ESCAPES.get(letter) or f"\\u{ord(letter):04X}"
