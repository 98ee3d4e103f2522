"""Tests of kg/rdf/check.py: each kind of damage is found, and nothing else."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from kg.rdf.check import check
from kg.rdf.iris import Iris
from kg.store.base import Store
from kg.vocab import KG
from tests.readings import SEED, graph_of, seed_reading

IRIS = Iris()
ARTICLE_GRAPH = IRIS.article_graph(SEED)


def change(store: Store, graph: str, old: str, new: str) -> None:
    """Replace words in every string of a graph."""
    changed = []
    for triple in store.triples(graph):
        goal = triple.object
        if isinstance(goal, Literal) and goal.language and goal.value == old:
            goal = Literal(new, language=goal.language)
        changed.append(Triple(triple.subject, triple.predicate, goal))
    store.replace_graph(graph, changed)


def said(subject: str, predicate: str, goal: str) -> Triple:
    """Give a plain triple between two known entities."""
    return Triple(NamedNode(IRIS.known(subject)), NamedNode(predicate), NamedNode(IRIS.known(goal)))


def test_the_seed_graph_is_sound() -> None:
    """The graph of the gold facts has no findings."""
    assert check(graph_of(seed_reading())) == ()


def test_a_wrong_quote_is_found() -> None:
    """A quote that the text does not hold at its offsets is named with what stands there."""
    store = graph_of(seed_reading())
    change(store, ARTICLE_GRAPH, "raids aériens", "raids nocturnes")
    findings = [each for each in check(store) if each.kind == "quote"]
    assert len(findings) == 1
    assert "'raids aériens' there, not 'raids nocturnes'" in findings[0].message


def test_an_altered_text_is_found() -> None:
    """A text that is not the one that was read is found by its hash."""
    store = graph_of(seed_reading())
    text = seed_reading().article.text
    change(store, ARTICLE_GRAPH, text, text.replace("jeudi", "lundi"))
    assert any("hash differs" in each.message for each in check(store))


def test_an_edge_without_a_statement_is_found() -> None:
    """A plain triple in the fact view that no statement carries is found."""
    store = graph_of(seed_reading())
    loose = said("IRN", KG.attacked, "USA")
    store.replace_graph(IRIS.fact_graph, [*store.triples(IRIS.fact_graph), loose])
    findings = check(store)
    assert [each.kind for each in findings] == ["edge"]
    assert findings[0].subject == IRIS.known("IRN")
    assert "no statement carries it" in findings[0].message


def test_an_edge_outside_the_fact_view_is_found() -> None:
    """A plain triple in an article's own graph is found."""
    store = graph_of(seed_reading())
    loose = said("IRN", KG.memberOf, "USA")
    store.replace_graph(ARTICLE_GRAPH, [*store.triples(ARTICLE_GRAPH), loose])
    assert any("outside the fact view" in each.message for each in check(store))


def test_a_missing_fact_is_found() -> None:
    """A fact view that is not up to date is found."""
    store = graph_of(seed_reading())
    kept = [t for t in store.triples(IRIS.fact_graph) if t.predicate.value != KG.attacked]
    store.replace_graph(IRIS.fact_graph, kept)
    messages = [each.message for each in check(store)]
    assert messages
    assert all("the fact view lacks it" in message for message in messages)


def test_a_statement_without_evidence_breaks_a_shape() -> None:
    """SHACL is part of the check."""
    store = graph_of(seed_reading())
    kept = [t for t in store.triples(ARTICLE_GRAPH) if t.predicate.value != KG.evidence]
    store.replace_graph(ARTICLE_GRAPH, kept)
    assert {each.kind for each in check(store)} == {"shape"}
