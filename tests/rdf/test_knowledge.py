"""Tests of kg/rdf/knowledge.py and of what refresh makes of the things that articles share."""

from __future__ import annotations

import pytest

from kg.model import Article, Entity, EntityClass, Evidence, Reading
from kg.rdf.check import check
from kg.rdf.iris import Iris
from kg.rdf.knowledge import find_known
from kg.resources import knowledge_file, read_csv
from kg.store.base import Store
from kg.vocab import KG
from tests.readings import graph_of

SKOS = "http://www.w3.org/2004/02/skos/core#"
CITIES = knowledge_file("cities.csv")


def speaking_of(article: str, *entities: tuple[str, EntityClass, tuple[str, ...]]) -> Reading:
    """Give an article that names known entities: key, class and names of each."""
    words = Evidence(article=article, start=0, end=1, exact="x", rule="test")
    return Reading(
        article=Article(id=article, text="x" + article, lang="fr"),
        entities=tuple(
            Entity(id=f"x{n}", cls=cls, names=names, key=key, mentions=(words,))
            for n, (key, cls, names) in enumerate(entities)
        ),
    )


def values(store: Store, key: str, predicate: str) -> list[str]:
    """Give what a store says of a known entity, sorted."""
    query = f"SELECT ?value {{ <{Iris().known(key)}> <{predicate}> ?value }}"
    return sorted(str(row[0]) for row in store.select(query).rows)


def test_a_state_has_labels_in_two_languages() -> None:
    """The labels of a state come from the files, whatever name the article used."""
    store = graph_of(speaking_of("a", ("USA", EntityClass.STATE, ("Washington",))))
    assert values(store, "USA", f"{SKOS}prefLabel") == ['"United States"@en', '"États-Unis"@fr']
    assert '"Washington"@fr' in values(store, "USA", f"{SKOS}altLabel")
    assert check(store) == ()


def test_a_town_has_coordinates_and_lies_in_its_country() -> None:
    """A town of the gazetteer gets a point, and a statement says where that is from."""
    if not CITIES.is_file():
        pytest.skip("kg/knowledge/cities.csv is not there")
    row = next(row for row in read_csv(CITIES) if row["country"] == "IRQ")
    key = f"geo:{row['id']}"
    store = graph_of(speaking_of("a", (key, EntityClass.PLACE, (row["name"],))))
    (point,) = values(store, key, "http://www.opengis.net/ont/geosparql#asWKT")
    assert point.startswith(f'"POINT({row["lon"]} {row["lat"]})"')
    assert values(store, key, KG.locatedIn) == [f"<{Iris().known('IRQ')}>"]
    assert store.ask(f"ASK {{ ?s <{KG.source}> <{Iris().knowledge}> }}")
    assert check(store) == ()


def test_a_town_is_known_by_its_name_and_country() -> None:
    """A town without a key gets the one of the largest town of that name in its country."""
    words = Evidence(article="a", start=0, end=1, exact="x", rule="test")
    kinds = ((EntityClass.PLACE, "IRQ"), (EntityClass.PLACE, "FRA"), (EntityClass.PERSON, "IRQ"))
    towns = tuple(
        Entity(id=f"x{n}", cls=cls, names=("Bagdad",), country=country, mentions=(words,))
        for n, (cls, country) in enumerate(kinds)
    )
    store = graph_of(Reading(article=Article(id="a", text="x", lang="fr"), entities=towns))
    table = store.select(f"SELECT ?town ?land {{ ?town <{KG.locatedIn}> ?land }}")
    assert len(table.rows) == 1
    assert table.records()[0]["land"] == Iris().known("IRQ")
    assert check(store) == ()


def test_a_key_that_no_file_knows_is_labelled_by_the_articles() -> None:
    """The name that most articles use is the label, and the class that most give the class."""
    place, group = EntityClass.PLACE, EntityClass.ARMED_GROUP
    store = graph_of(
        speaking_of("a", ("nowhere", place, ("Sarkol", "Sarkol-sur-Mer"))),
        speaking_of("b", ("nowhere", place, ("Sarkol",))),
        speaking_of("c", ("nowhere", group, ("Sarkhol",))),
    )
    assert values(store, "nowhere", f"{SKOS}prefLabel") == ['"Sarkol"@fr']
    assert values(store, "nowhere", f"{SKOS}altLabel") == ['"Sarkhol"@fr', '"Sarkol-sur-Mer"@fr']
    kinds = values(store, "nowhere", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert kinds == [f"<{KG.Place}>"]


def test_each_triple_stands_in_one_graph() -> None:
    """Things that two articles share are described once, so that counting counts right."""
    one = speaking_of("a", ("USA", EntityClass.STATE, ("États-Unis",)))
    two = speaking_of("b", ("USA", EntityClass.STATE, ("États-Unis",)))
    store = graph_of(one, two)
    table = store.select(f"SELECT (COUNT(?state) AS ?n) {{ ?state a <{KG.State}> }}")
    assert table.records() == ({"n": "1"},)


def test_what_is_not_used_is_not_described() -> None:
    """The knowledge graph holds only the entities that articles speak of."""
    store = graph_of(speaking_of("a", ("USA", EntityClass.STATE, ("États-Unis",))))
    assert values(store, "IRN", f"{SKOS}prefLabel") == []


def test_an_unknown_key_is_none() -> None:
    """No file knows it: no error."""
    assert find_known("no-such-key") is None
    assert find_known("geo:0") is None
