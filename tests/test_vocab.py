"""Tests of kg/vocab.py and of the ontology it is made from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from kg import vocab
from kg.model import EntityClass, LinkType, RelationType, Status
from kg.resources import ontology_file
from kg.vocab import KG, MODES, STATUSES
from ontology.make_vocab import make_vocab

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = Graph().parse(ontology_file("kg.ttl"), format="turtle")
ALIGNMENTS = Graph().parse(ontology_file("alignments.ttl"), format="turtle")
TERMS = sorted({str(term) for term in ONTOLOGY.subjects(RDFS.isDefinedBy)})
EVENTS = (
    "Attack Clash Offensive Seizure Arrest Release Trial Protest Coup Deployment Withdrawal Vote "
    "Election Appointment Resignation Agreement Meeting Sanction Aid Accusation "
    "ClaimOfResponsibility Denial Threat Demand Condemnation Promise"
).split()


def test_the_vocabulary_is_up_to_date() -> None:
    """`kg/vocab.py` is what the ontology gives today."""
    written = (ROOT / "kg" / "vocab.py").read_text(encoding="utf-8")
    assert written == make_vocab(ontology_file("kg.ttl")), "run python ontology/make_vocab.py"


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.rpartition("#")[2])
def test_a_term_is_documented_once(term: str) -> None:
    """Every term has one French and one English label, one definition and an example."""
    node = URIRef(term)
    labels = [label.language for label in ONTOLOGY.objects(node, SKOS.prefLabel)]  # type: ignore[attr-defined]
    assert sorted(labels) == ["en", "fr"]
    assert len(list(ONTOLOGY.objects(node, SKOS.definition))) == 1
    assert list(ONTOLOGY.objects(node, SKOS.example))


def test_no_term_is_undocumented() -> None:
    """Whatever is declared in our namespace is among the documented terms."""
    declared = {
        str(subject) for subject in ONTOLOGY.subjects(RDF.type) if str(subject).startswith(KG.ns)
    }
    assert declared == set(TERMS)


def test_labels_do_not_repeat() -> None:
    """No two classes, and no two properties, share a label in one language."""
    for kind in (OWL.Class, OWL.ObjectProperty):
        labels = [
            str(label)
            for term in ONTOLOGY.subjects(RDF.type, kind)
            for label in ONTOLOGY.objects(term, SKOS.prefLabel)
            if isinstance(label, Literal) and label.language == "fr"
        ]
        assert len(labels) == len(set(labels)), sorted(labels)


def test_the_header_is_complete() -> None:
    """The ontology says its version, its licence, and the prefix it prefers."""
    (header,) = ONTOLOGY.subjects(RDF.type, OWL.Ontology)
    assert ONTOLOGY.value(header, OWL.versionIRI)
    said = {str(predicate): str(value) for predicate, value in ONTOLOGY.predicate_objects(header)}
    assert said["http://purl.org/vocab/vann/preferredNamespacePrefix"] == "kg"
    assert said["http://purl.org/vocab/vann/preferredNamespaceUri"] == KG.ns
    assert "Apache" in said["http://purl.org/dc/terms/license"] or "apache" in str(said)


def test_the_records_have_their_terms() -> None:
    """Every class, relation, link, status and event type of the records is a term."""
    names = [each.value for each in EntityClass]
    names += [*get_args(RelationType), *get_args(LinkType), *EVENTS]
    assert [name for name in names if not hasattr(KG, name)] == []
    assert {each.value for each in Status} == set(STATUSES)


def test_every_event_type_is_an_event() -> None:
    """The event types are subclasses of kg:Event, speech acts through kg:SpeechAct."""
    for name in EVENTS:
        supers = set(ONTOLOGY.transitive_objects(URIRef(KG.ns + name), RDFS.subClassOf))
        assert URIRef(KG.Event) in supers, name


def test_modes_are_concepts_of_their_scheme() -> None:
    """The modes of the guidelines are all there, by their notation."""
    assert set(MODES) == set(
        "rocket missile airstrike drone shelling bombing suicide-bombing shooting melee storming "
        "kidnapping sabotage arson balloon cyber other".split()
    )


def test_alignments_use_only_our_terms() -> None:
    """Whatever the alignments say of our namespace is a term of the ontology."""
    used = {str(node) for triple in ALIGNMENTS for node in triple if str(node).startswith(KG.ns)}
    assert used <= set(TERMS), used - set(TERMS)


def test_alignments_reach_every_vocabulary() -> None:
    """SEM, ORG, PROV, schema.org, PLOVER and ACLED are all aligned with."""
    text = ontology_file("alignments.ttl").read_text(encoding="utf-8")
    for prefix in ("sem", "org", "prov", "schema", "plover", "acled"):
        assert re.search(rf"^kg:\w+ .*\b{prefix}:\w+", text, re.MULTILINE), prefix


def test_no_constant_is_named_like_a_method() -> None:
    """The constants are plain strings."""
    values = [value for name, value in vars(vocab.KG).items() if not name.startswith("__")]
    assert all(isinstance(value, str) for value in values)
