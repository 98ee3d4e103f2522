"""Write `kg/vocab.py` from `ontology/kg.ttl`, the single source of the vocabulary.

Run it after any change of the ontology: `python ontology/make_vocab.py`. The output is sorted and
undated, so that the same ontology gives the same file; a test makes it anew and compares.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rdflib import RDF, SKOS, Graph, Literal, URIRef

HERE = Path(__file__).resolve().parent
NAMESPACE = "https://w3id.org/conflict-kg/ns#"

_HEAD = '''\
"""The terms of `ontology/kg.ttl` as constants, written by `ontology/make_vocab.py`: do not edit.

Takes nothing and gives `KG`, whose attributes are the IRIs of the terms, and the concepts of each
list by their notation. A misspelt term is an error for mypy, not a new IRI.
"""

from __future__ import annotations

from typing import Final

__all__ = ["KG", "MODES", "STATUSES"]


'''


def make_vocab(ontology: Path) -> str:
    """Give the text of `kg/vocab.py` for an ontology file."""
    graph = Graph().parse(ontology, format="turtle")
    terms = sorted(
        {
            str(subject).removeprefix(NAMESPACE): str(subject)
            for subject in graph.subjects(SKOS.prefLabel)
            if str(subject).startswith(NAMESPACE)
        }.items()
    )
    lines = [_HEAD, "class KG:\n", '    """IRIs of the terms; `KG.ns` is the namespace."""\n\n']
    lines.append(f'    ns: Final = "{NAMESPACE}"\n\n')
    for name, iri in terms:
        lines.append(f'    {name}: Final = "{iri}"  # {_definition(graph, iri)}\n')
    for constant, scheme in (("MODES", "AttackModes"), ("STATUSES", "Statuses")):
        lines.append(f"\n\n{constant}: Final[dict[str, str]] = {{\n")
        lines += [f'    "{key}": KG.{name},\n' for key, name in _concepts(graph, scheme)]
        lines.append("}\n")
    return "".join(lines)


def _definition(graph: Graph, iri: str) -> str:
    return str(graph.value(URIRef(iri), SKOS.definition))


def _concepts(graph: Graph, scheme: str) -> list[tuple[str, str]]:
    """Give the notation and local name of every concept of a scheme, sorted."""
    found = []
    for concept in graph.subjects(SKOS.inScheme, URIRef(NAMESPACE + scheme)):
        assert (concept, RDF.type, SKOS.Concept) in graph, concept
        notation = graph.value(concept, SKOS.notation)
        assert isinstance(notation, Literal), concept
        found.append((str(notation), str(concept).removeprefix(NAMESPACE)))
    return sorted(found)


def main() -> None:
    """Write the vocabulary beside the code."""
    target = HERE.parent / "kg" / "vocab.py"
    target.write_text(make_vocab(HERE / "kg.ttl"), encoding="utf-8")
    print(f"{target.relative_to(HERE.parent)} written", file=sys.stderr)


if __name__ == "__main__":
    main()
