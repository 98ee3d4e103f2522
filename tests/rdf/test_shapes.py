"""Tests of ontology/shapes.ttl on its examples, valid and invalid, one of each for every shape."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, RDFS, SH, Graph, URIRef

from kg.rdf.shapes import validate
from kg.resources import ontology_file
from kg.vocab import KG

EXAMPLES = ontology_file("examples")
VALID = sorted((EXAMPLES / "valid").glob("*.ttl"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.ttl"))
SHAPES = Graph().parse(ontology_file("shapes.ttl"), format="turtle")


def header(path: Path, key: str) -> str:
    """Give what an example's header says under a key."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(f"# {key}: "):
            return line.removeprefix(f"# {key}: ")
    return ""


def findings(path: Path) -> list[tuple[str, str]]:
    """Give what breaks a shape in an example; some show the fact view alone."""
    triples = (quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE))
    return validate(triples, is_view=header(path, "graph") == "facts")


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_example_passes(path: Path) -> None:
    """A valid example breaks no shape."""
    assert findings(path) == []


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_example_fails_for_its_reason(path: Path) -> None:
    """An invalid example breaks its shape with the message that its header names, and no other."""
    found = findings(path)
    assert header(path, "breaks")
    assert found
    assert all(message.startswith(header(path, "breaks")) for _, message in found), found


def test_every_shape_has_both_examples() -> None:
    """Each shape is named by one valid and one invalid example."""
    names = (str(each).rpartition("#")[2] for each in SHAPES.subjects(RDF.type, SH.NodeShape))
    shapes = {f"shapes:{name}" for name in names}
    for paths in (VALID, INVALID):
        assert {header(path, "shape") for path in paths} == shapes


def subclasses(name: str) -> list[str]:
    """Give the local names of all classes below one, in order."""
    ontology = Graph().parse(ontology_file("kg.ttl"), format="turtle")
    below = ontology.transitive_subjects(RDFS.subClassOf, URIRef(KG.ns + name))
    return sorted(str(each).removeprefix(KG.ns) for each in below)


def broken(path: Path, old: str, new: str) -> bool:
    """Tell whether an example breaks a shape once some of its words are replaced."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    quads = parse(text.replace(old, new).encode(), format=RdfFormat.TURTLE)
    return bool(validate(quad.triple for quad in quads))


@pytest.mark.parametrize("name", subclasses("Event"))
def test_every_class_of_event_is_held_to_its_shape(name: str) -> None:
    """The examples of an event pass and fail for each of its subclasses as well."""
    assert not broken(EXAMPLES / "valid" / "event.ttl", "kg:Attack", f"kg:{name}")
    assert broken(EXAMPLES / "invalid" / "event.ttl", "kg:Attack", f"kg:{name}")


@pytest.mark.parametrize("name", subclasses("Entity"))
def test_every_class_of_entity_is_held_to_its_shape(name: str) -> None:
    """The examples of an entity pass and fail for each of its subclasses as well."""
    assert not broken(EXAMPLES / "valid" / "entity.ttl", "kg:Place", f"kg:{name}")
    assert broken(EXAMPLES / "invalid" / "entity.ttl", "kg:Place", f"kg:{name}")
