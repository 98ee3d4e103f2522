"""Tests of kg/show/why.py on the seed's gold in a real store."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.show.graph import Graph
from kg.show.why import explain, explanation_lines

ACCUSATION = "Les États-Unis ⟦ont accusé⟧ un groupe paramilitaire chiite irakien pro-iranien"


def lines_of(graph: Graph, thing: str) -> list[str]:
    """Give what `kg why` prints."""
    return list(explanation_lines(graph, explain(graph, thing)))


def test_the_december_attack_shows_the_accusation_and_the_accuser(seed_graph: Graph) -> None:
    """The sentence of the accusation is quoted and the United States are said to say so."""
    text = "\n".join(lines_of(seed_graph, "l'attaque de décembre"))
    assert ACCUSATION in text
    assert "[allégué] attaque · agent · brigades du Hezbollah — selon États-Unis" in text
    assert "AFP · 2020-02-13" in text
    assert "règle gold" in text


def test_an_edge_is_explained_by_the_events_behind_it(seed_graph: Graph) -> None:
    """A direct edge shows the parts of both ends and the accusation about the event."""
    lines = lines_of(seed_graph, "brigades du Hezbollah -> base K1")
    assert lines[0] == "brigades du Hezbollah → base K1 : aurait attaqué"
    text = "\n".join(lines)
    assert ACCUSATION in text
    assert "cible · base K1" in text


def test_a_relation_is_explained_by_its_words(seed_graph: Graph) -> None:
    """An arrow between the ends of a relation shows the sentence that states it."""
    text = "\n".join(lines_of(seed_graph, "brigades du Hezbollah → Hachd"))
    assert "⟦membre⟧ du Hachd al-Chaabi" in text


def test_a_thing_is_found_by_its_iri_and_by_part_of_its_name(seed_graph: Graph) -> None:
    """Case and the form of the apostrophe do not matter; an IRI always names one thing."""
    by_name = explain(seed_graph, "SOLEIMANI")
    assert by_name.title == "Qassem Soleimani (personne)"
    assert explain(seed_graph, by_name.iris[0]) == by_name


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        ("Nobody", "nothing in this graph"),
        ("Qasem Solemani", "Did you mean 'Qassem Soleimani'"),
        ("attaque", "may mean"),
        ("Irak -> Iran", "no edge leads"),
        ("", "nothing in this graph"),
    ],
)
def test_what_cannot_be_explained_is_an_error(seed_graph: Graph, thing: str, message: str) -> None:
    """An unknown name, an ambiguous one and a missing edge are each said plainly."""
    with pytest.raises(QueryError, match=message):
        explain(seed_graph, thing)
