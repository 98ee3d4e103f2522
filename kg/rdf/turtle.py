"""Turtle and TriG as people read them, the same bytes for the same graph.

Takes triples and gives text: fixed prefixes, subjects, predicates and objects in order, the class
first. rdflib, pyoxigraph and rapper read it and count the same triples.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TextIO

from pyoxigraph import Triple

from kg.rdf.iris import DEFAULT_BASE, KINDS, Iris
from kg.rdf.terms import GEO, OA, OWL, PROV, RDF, RDFS, SCHEMA, SKOS
from kg.store.base import Store
from kg.vocab import KG

__all__ = ["write_trig", "write_turtle"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_VOCABULARIES = {
    "geo": GEO.ns, "kg": KG.ns, "oa": OA.ns, "owl": OWL.ns, "prov": PROV.ns, "rdf": RDF.ns,
    "rdfs": RDFS.ns, "schema": SCHEMA.ns, "skos": SKOS.ns, "xsd": _XSD,
}  # fmt: skip

# Local names that every parser takes without an escape; anything else is written as a whole IRI.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_XSD_INTEGER = f"<{_XSD}integer>"
# What N-Triples may hold as it is and what editors and some parsers stumble over.
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def write_turtle(triples: Iterable[Triple], stream: TextIO, *, base: str = DEFAULT_BASE) -> int:
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
        stream.write(f"\n{writer.shorten(f'<{graph}>')} {{\n")
        total += writer.write(store.triples(graph), stream, "  ")
        stream.write("}\n")
    return total


class _Writer:
    """Writes terms with the prefixes of one base, starting from their form in N-Triples."""

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
        shorten, literal = self.shorten, self._literal
        rows = set()
        for triple in triples:
            predicate, goal = shorten(str(triple.predicate)), str(triple.object)
            rows.add((
                shorten(str(triple.subject)),
                "" if predicate == "rdf:type" else predicate,  # so that the class comes first
                literal(goal) if goal[0] == '"' else shorten(goal),
            ))  # fmt: skip
        for subject, about in groupby(sorted(rows), key=itemgetter(0)):
            stream.write(f"\n{indent}{subject} ")
            separator = ""
            for predicate, objects in groupby(about, key=itemgetter(1)):
                stream.write(f"{separator}{predicate or 'a'} ")
                stream.write(" , ".join(row[2] for row in objects))
                separator = f" ;\n{indent}    "
            stream.write(" .\n")
        return len(rows)

    def shorten(self, node: str) -> str:
        """Write an IRI between angle brackets with a prefix, where every parser reads it so."""
        short = self._short.get(node)
        if short is None:
            short = self._short[node] = self._prefixed(node)
        return short

    def _prefixed(self, node: str) -> str:
        cut = max(node.rfind("#"), node.rfind("/")) + 1
        prefix = self._by_namespace.get(node[1:cut])
        if prefix is not None and _LOCAL.fullmatch(node, cut, len(node) - 1):
            return f"{prefix}:{node[cut:-1]}"
        return node

    def _literal(self, literal: str) -> str:
        if literal[-1] == ">":
            quoted, _, datatype = literal.rpartition("^^")
            if datatype == _XSD_INTEGER and _INTEGER.fullmatch(quoted, 1, len(quoted) - 1):
                return quoted[1:-1]
            literal = f"{quoted}^^{self.shorten(datatype)}"
        return _CONTROL.sub(_escape, literal)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04X}"
