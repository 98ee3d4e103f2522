"""Tests of queries/derive/: which direct edges follow from which events."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.model import (
    Article,
    Count,
    Entity,
    EntityClass,
    Event,
    Evidence,
    Link,
    Participant,
    Reading,
    Status,
    Toll,
)
from kg.rdf.check import check
from kg.resources import queries_dir
from kg.store.base import Store
from kg.vocab import KG
from tests.readings import graph_of

TEXT = "abcdefghijklmnopqrstuvwxyz"
NAMES = {
    "army": EntityClass.ARMED_FORCE,
    "front": EntityClass.ARMED_GROUP,
    "town": EntityClass.PLACE,
    "general": EntityClass.PERSON,
    "minister": EntityClass.PERSON,
}


def words(at: int) -> Evidence:
    """Give one letter of TEXT."""
    return Evidence(article="a", start=at, end=at + 1, exact=TEXT[at], rule="test")


def parts(*names: str, status: Status = Status.ASSERTED) -> tuple[Participant, ...]:
    """Give participants by name."""
    return tuple(Participant(entity=name, status=status) for name in names)


def event(type_: str, agents: str, targets: str = "", *, id_: str = "e1", at: int = 9) -> Event:
    """Give an event with agents and targets named in one string each."""
    return Event(
        id=id_,
        type=type_,
        mentions=(words(at),),
        agents=parts(*agents.split()),
        targets=parts(*targets.split()),
    )


def store_of(*events: Event, links: tuple[Link, ...] = ()) -> Store:
    """Give the graph of one article with these events."""
    entities = tuple(
        Entity(id=name, cls=cls, names=(name,), mentions=(words(number),))
        for number, (name, cls) in enumerate(NAMES.items())
    )
    article = Article(id="a", text=TEXT, lang="fr")
    store = graph_of(Reading(article=article, entities=entities, events=events, links=links))
    assert check(store) == ()
    return store


def edges(store: Store) -> set[str]:
    """Give the direct edges of a store as "army attacked town"."""
    query = """
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    SELECT ?one ?edge ?other WHERE {
      ?a ?property ?b . ?a rdfs:label ?one . ?b rdfs:label ?other .
      FILTER NOT EXISTS { ?s <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> ?property }
      BIND(STRAFTER(STR(?property), "#") AS ?edge)
      FILTER(?edge IN ("attacked", "allegedlyAttacked", "killed", "clashedWith", "seized",
        "arrested", "released", "accused", "threatened", "condemned", "retaliatedAgainst",
        "sanctioned", "aided", "metWith", "agreedWith"))
    }"""
    return {" ".join(row.values()) for row in store.select(query).records()}


@pytest.mark.parametrize(
    ("type_", "edge"),
    [
        ("Attack", "attacked"), ("Offensive", "attacked"), ("Seizure", "seized"),
        ("Arrest", "arrested"), ("Release", "released"), ("Accusation", "accused"),
        ("Threat", "threatened"), ("Condemnation", "condemned"), ("Sanction", "sanctioned"),
        ("Aid", "aided"),
    ],
)  # fmt: skip
def test_agent_and_target_are_tied(type_: str, edge: str) -> None:
    """An asserted event ties its agents to its targets, in that direction only."""
    assert edges(store_of(event(type_, "army", "front"))) == {f"army {edge} front"}


@pytest.mark.parametrize(
    ("type_", "edge"),
    [("Clash", "clashedWith"), ("Meeting", "metWith"), ("Agreement", "agreedWith")],
)
def test_sides_are_tied_both_ways(type_: str, edge: str) -> None:
    """Those who fight, meet or agree are tied each with each, targets included."""
    both = {f"army {edge} front", f"front {edge} army"}
    assert edges(store_of(event(type_, "army front"))) == both
    assert both <= edges(store_of(event(type_, "army", "front")))


@pytest.mark.parametrize("type_", ["Vote", "Protest", "Deployment", "Demand"])
def test_other_events_give_no_edge(type_: str) -> None:
    """Events that say nothing of one actor's doing to another give none."""
    assert edges(store_of(event(type_, "army", "front"))) == set()


def test_an_alleged_agent_gives_an_alleged_edge() -> None:
    """Who only is said to have attacked did not attack, but allegedly did."""
    attack = replace(event("Attack", "", "town"), agents=parts("front", status=Status.ALLEGED))
    assert edges(store_of(attack)) == {"front allegedlyAttacked town"}


def test_an_alleged_target_gives_an_alleged_edge() -> None:
    """What only is said to have been attacked was allegedly attacked."""
    attack = replace(event("Attack", "army"), targets=parts("town", status=Status.ALLEGED))
    assert edges(store_of(attack)) == {"army allegedlyAttacked town"}


def test_an_alleged_attack_gives_an_alleged_edge() -> None:
    """An attack that is alleged as a whole gives no fact."""
    attack = replace(event("Attack", "army", "town"), status=Status.ALLEGED)
    assert edges(store_of(attack)) == {"army allegedlyAttacked town"}


@pytest.mark.parametrize("status", [Status.PLANNED, Status.DENIED, Status.NEGATED])
def test_what_is_not_so_gives_no_edge(status: Status) -> None:
    """A planned, denied or negated event ties nobody."""
    assert edges(store_of(replace(event("Attack", "army", "town"), status=status))) == set()


def killing(targets: str, dead: int, *tolls: Toll) -> set[str]:
    """Give whom the army killed in an attack with so many dead."""
    attack = replace(
        event("Attack", "army", targets), killed=Count(min=dead, max=dead), tolls=tolls
    )
    return {edge for edge in edges(store_of(attack)) if " killed " in edge}


def test_persons_are_killed_when_there_are_enough_dead() -> None:
    """With two persons attacked and two dead both were killed; with one dead nobody knows who."""
    both = {"army killed general", "army killed minister"}
    assert killing("general minister", 2) == both
    assert killing("general minister", 1) == set()
    assert killing("general", 0) == set()


def test_a_group_is_killed_when_nothing_else_was_attacked() -> None:
    """People of the one group that was attacked are the dead; of two targets nobody knows."""
    assert killing("front", 25) == {"army killed front"}
    assert killing("front town", 25) == set()
    assert killing("town", 25) == set()


def test_a_toll_names_its_victims() -> None:
    """Whom a toll counts was killed, whatever else was attacked."""
    toll = Toll(kind="killed", count=Count(min=3, max=3), evidence=words(12), of="front")
    assert killing("town", 3, toll) == {"army killed front"}


def test_retaliation_is_against_those_hit_and_those_answered() -> None:
    """An answer is against the actors it hits and whoever did what it answers."""
    first = event("Attack", "front", "town", id_="e1", at=9)
    answer = event("Attack", "army", "general town", id_="e2", at=10)
    link = Link(id="l1", type="inRetaliationFor", origin="e2", goal="e1", mentions=(words(11),))
    found = {edge for edge in edges(store_of(first, answer, links=(link,))) if "retal" in edge}
    assert found == {"army retaliatedAgainst general", "army retaliatedAgainst front"}


def test_every_derivation_is_tested_here() -> None:
    """A new query in derive/ needs a test in this file."""
    tested = Path(__file__).read_text(encoding="utf-8")
    for path in queries_dir().glob("derive/*.rq"):
        edge = path.stem.replace("-", " ").title().replace(" ", "")
        edge = edge[0].lower() + edge[1:]
        if path.stem not in ("facts", "alleged", "labels"):
            assert edge in tested, path
            assert hasattr(KG, edge), path
