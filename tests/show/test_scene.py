"""Tests of kg/show/scene.py and kg/show/graph.py on the seed's gold in a real store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Reading
from kg.show.draw import find_node
from kg.show.graph import Graph, load_graph
from kg.show.picture import Edge, Picture
from kg.show.scene import events_between, picture_of
from kg.show.words import Words, derived_from
from kg.store.opening import open_store

from .conftest import fill


@pytest.fixture(name="picture", scope="module")
def picture_fixture(seed_graph: Graph) -> Picture:
    """Give the picture of the seed's gold."""
    return picture_of(seed_graph)


def edges_between(picture: Picture, one: str, other: str) -> list[Edge]:
    """Give the edges from one named node to another."""
    ends = (find_node(picture, one), find_node(picture, other))
    return [edge for edge in picture.edges if (edge.origin, edge.goal) == ends]


def test_every_statement_an_edge_names_is_in_the_picture(picture: Picture) -> None:
    """A picture is complete: ends of edges, events and statements all exist in it."""
    nodes = {node.iri for node in picture.nodes}
    keys = {shown.key for shown in picture.statements}
    for edge in picture.edges:
        assert {edge.origin, edge.goal, *edge.events} <= nodes
        assert set(edge.statements) <= keys
    for node in picture.nodes:
        assert set(node.statements) <= keys


def test_quotes_stand_where_the_picture_says(picture: Picture, seed_reading: Reading) -> None:
    """The marked part of every sentence is words of the article that stand in that sentence."""
    text = seed_reading.article.text
    assert picture.statements
    for shown in picture.statements:
        assert shown.sentence in text
        assert 0 <= shown.start < shown.end <= len(shown.sentence)
    quotes = {shown.sentence[shown.start : shown.end] for shown in picture.statements}
    assert {"ont accusé", "En représailles", "raids aériens"} <= quotes


def test_an_allegation_is_an_alleged_edge_and_no_fact(picture: Picture) -> None:
    """The Brigades' part in the December attack is alleged by the United States everywhere."""
    brigades = find_node(picture, "brigades du Hezbollah")
    alleged = [edge for edge in picture.edges if edge.status == "alleged"]
    assert alleged
    for edge in alleged:
        assert edge.origin == brigades
        assert edge.by == ("États-Unis",)
    direct = edges_between(picture, "brigades du Hezbollah", "base K1")
    assert [edge.type for edge in direct] == ["allegedlyAttacked"]


def test_direct_edges_know_their_events(picture: Picture, seed_graph: Graph) -> None:
    """The drone strike stands behind the edge from the United States to Soleimani."""
    edges = edges_between(picture, "États-Unis", "Qassem Soleimani")
    attacked = next(edge for edge in edges if edge.type == "attacked")
    assert len(attacked.events) == 1
    assert seed_graph.label(attacked.events[0]) == "attaque de drone, 3 janv. 2020"
    soleimani = find_node(picture, "Soleimani")
    assert events_between(seed_graph, soleimani, soleimani, "clashedWith") == ()


def test_event_cards_tell_what_when_and_how_firmly(picture: Picture) -> None:
    """A card has the kind or mode, the date in French, and the status when it is no fact."""
    labels = {node.label for node in picture.nodes if node.kind == "event"}
    assert "Attaque de drone\n3 janv. 2020" in labels
    assert "Retrait\nprévu" in labels


def test_a_post_is_a_note_and_an_edge(picture: Picture) -> None:
    """Soleimani's rank is told beside him and ties him to Iran."""
    node = next(node for node in picture.nodes if node.label == "Qassem Soleimani")
    assert any("général (Iran)" in value for _, value in node.notes)
    assert [edge.label for edge in edges_between(picture, "Qassem Soleimani", "Iran")] == [
        "général"
    ]


def test_derived_properties_know_their_event_classes() -> None:
    """The classes are those that the queries in queries/derive/ name."""
    derived = derived_from()
    assert "Attack" in derived["allegedlyAttacked"]
    assert derived["accused"] == ("Accusation",)


def test_labels_come_from_the_ontology_in_the_language_asked_for() -> None:
    """A term has its French or English label; an unknown IRI its last step."""
    assert Words("fr").of("Attack") == "attaque"
    assert Words("en").of("Attack") == "attack"
    assert Words("fr").label("https://example.org/a/b%20c") == "b c"
    assert Words("fr").is_event("Accusation")
    assert not Words("fr").is_entity("Accusation")


def test_the_counted_victims_of_a_toll_are_tied_to_the_event(seed_reading: Reading) -> None:
    """Who died is drawn with the event, and `killed` knows the event it is derived from."""
    (contractor,) = (
        each.id for each in seed_reading.entities if each.names[0] == "sous-traitant américain"
    )
    events = tuple(
        replace(
            event,
            targets=tuple(part for part in event.targets if part.entity != contractor),
            tolls=tuple(replace(toll, of=contractor) for toll in event.tolls),
        )
        if any(part.entity == contractor for part in event.targets)
        else event
        for event in seed_reading.events
    )
    with open_store() as store:
        fill(store, replace(seed_reading, events=events))
        graph = load_graph(store)
        picture = picture_of(graph)
    node = find_node(picture, "sous-traitant américain")
    (edge,) = (edge for edge in picture.edges if edge.goal == node and edge.view == "events")
    assert edge.type == "victims"
    assert edge.statements
    tolls = [graph.label(each.subject) for each in graph.about[node]]
    assert "1 tué" in tolls


def test_an_empty_store_gives_an_empty_picture() -> None:
    """Nothing read, nothing drawn, no error."""
    with open_store() as store:
        fill(store)
        picture = picture_of(load_graph(store))
    assert picture.edges == ()
    assert picture.statements == ()
