"""Readings for tests of the later stages, made of gold facts and not by the extraction.

The classes and keys that a reader finds are put in by hand here, so that what the tests expect of
the graph does not move with the rules.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
from pathlib import Path

from kg.model import Article, Entity, EntityClass, Event, Reading, Status
from kg.rdf.build import triples
from kg.rdf.iris import Iris
from kg.rdf.refresh import refresh
from kg.resolve.judging import judge
from kg.show.facts import reading_from_facts
from kg.store.base import Store
from kg.store.opening import open_store

__all__ = ["SEED", "graph_of", "seed_article", "seed_reading"]

ROOT = Path(__file__).resolve().parent.parent
SEED = "000_8f8d5bade8e20037"

# What a reader knows of the seed's entities by their first name: class, key, country.
_KNOWN: dict[str, tuple[EntityClass, str | None, str | None]] = {
    "base K1": (EntityClass.FACILITY, None, "IRQ"),
    "province de Kirkouk": (EntityClass.PLACE, None, "IRQ"),
    "Irak": (EntityClass.STATE, "IRQ", "IRQ"),
    "bases abritant des troupes irakiennes": (EntityClass.FACILITY, None, "IRQ"),
    "ambassade des États-Unis": (EntityClass.FACILITY, None, "USA"),
    "Bagdad": (EntityClass.PLACE, None, "IRQ"),
    "brigades du Hezbollah": (EntityClass.ARMED_GROUP, "kataeb-hezbollah", "IRQ"),
    "sous-traitant américain": (EntityClass.PERSON, None, "USA"),
    "États-Unis": (EntityClass.STATE, "USA", "USA"),
    "Parlement irakien": (EntityClass.INSTITUTION, None, "IRQ"),
    "Iran": (EntityClass.STATE, "IRN", "IRN"),
    "deux bases abritant des militaires américains": (EntityClass.FACILITY, None, None),
    "soldats américains": (EntityClass.POPULATION_GROUP, None, "USA"),
    "5200 militaires américains": (EntityClass.POPULATION_GROUP, None, "USA"),
    "Hachd al-Chaabi": (EntityClass.COALITION, "hachd", "IRQ"),
    "forces régulières irakiennes": (EntityClass.ARMED_FORCE, None, "IRQ"),
}


def seed_article() -> Article:
    """Give the seed article, byte for byte."""
    text = (ROOT / "seeds" / f"{SEED}.txt").read_bytes().decode("utf-8")
    return Article(id=SEED, text=text, date=datetime.date(2020, 2, 13), lang="fr")


def seed_reading() -> Reading:
    """Give the reading that the seed's gold facts describe."""
    path = ROOT / "tests" / "gold" / "seed" / f"{SEED}.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    reading = reading_from_facts(seed_article(), lines, rule="gold")
    return dataclasses.replace(
        reading,
        entities=tuple(map(_as_known, reading.entities)),
        events=tuple(_with_words_of_accusation(event, reading) for event in reading.events),
    )


def graph_of(*readings: Reading, store: Store | None = None) -> Store:
    """Give a store, in memory if none is given, with all that follows from the readings."""
    store = store or open_store()
    iris = Iris()
    for reading in readings:
        store.replace_graph(iris.article_graph(reading.article.id), triples(reading))
    refresh(store, judges=(judge,))
    return store


def _with_words_of_accusation(event: Event, reading: Reading) -> Event:
    """Give what is alleged the words of the accusation, as a reader does; fact lines lack them."""
    words = tuple(
        mention
        for other in reading.events
        if other.type == "Accusation" and other.about == event.id
        for mention in other.mentions
    )
    agents = tuple(
        dataclasses.replace(agent, evidence=words or agent.evidence)
        if agent.status is Status.ALLEGED
        else agent
        for agent in event.agents
    )
    return dataclasses.replace(event, agents=agents)


def _as_known(entity: Entity) -> Entity:
    if entity.names[0] not in _KNOWN:
        return entity
    cls, key, country = _KNOWN[entity.names[0]]
    return dataclasses.replace(entity, cls=cls, key=key, country=country)
