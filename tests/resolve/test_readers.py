"""A second reader's facts join those of the rules and stay marked as its own."""

from __future__ import annotations

from typing import Any

import pytest

from kg.errors import KGError
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
    Relation,
)
from kg.resolve.readers import merge_readings

TEXT = "Des drones vardaniens ont frappé lundi le port de Sarkol. Deux marins sont morts."
ARTICLE = Article(id="a", text=TEXT)


def evidence(words: str, rule: str) -> Evidence:
    """Point to words of the text."""
    start = TEXT.index(words)
    return Evidence(article="a", start=start, end=start + len(words), exact=words, rule=rule)


def entity(name: str, identifier: str, cls: EntityClass = EntityClass.PLACE) -> Entity:
    """Build an entity of one name."""
    return Entity(id=identifier, cls=cls, names=(name,))


def event(identifier: str, words: str, rule: str, **slots: Any) -> Event:
    """Build an attack."""
    return Event(id=identifier, type="Attack", mentions=(evidence(words, rule),), **slots)


RULES = Reading(
    article=ARTICLE,
    entities=(entity("port de Sarkol", "x1"),),
    events=(event("e1", "frappé", "attack-strike", targets=(Participant(entity="x1"),)),),
)


def test_a_confirmed_event_keeps_its_id_and_gains_evidence_and_open_slots() -> None:
    """The second reader's trigger, agent and toll are added; the target stays the rules' own."""
    second = Reading(
        article=ARTICLE,
        entities=(entity("drones", "x1"), entity("Port de Sarkol", "x2")),
        events=(
            event("e7", "ont frappé", "llm:m", agents=(Participant(entity="x1"),),
                  targets=(Participant(entity="x2"),), killed=Count(min=2, max=2)),
        ),
    )  # fmt: skip
    merged = merge_readings(RULES, second)
    (only,) = merged.events
    assert only.id == "e1"
    assert [mention.rule for mention in only.mentions] == ["attack-strike", "llm:m"]
    assert [p.entity for p in only.targets] == ["x1"]
    assert only.killed == Count(min=2, max=2)
    names = {each.id: each.names[0] for each in merged.entities}
    assert names == {"x1": "port de Sarkol", "x1-2": "drones"}
    assert [names[p.entity] for p in only.agents] == ["drones"]


def test_new_facts_come_with_ids_of_their_own() -> None:
    """An event, a relation and a link that the rules do not have are added, ids kept apart."""
    second = Reading(
        article=ARTICLE,
        entities=(entity("marins", "x1"), entity("Sarkol", "x2")),
        events=(
            event("e1", "morts", "llm:m"),
            Event(id="e2", type="Accusation", mentions=(evidence("Deux", "llm:m"),), about="e1"),
            event("e3", "frappé", "llm:m"),
        ),
        relations=(
            Relation(id="r1", type="stationedAt", subject="x1", object="x2",
                     mentions=(evidence("port", "llm:m"),)),
        ),
        links=(
            Link(id="l1", type="causes", origin="e3", goal="e1",
                 mentions=(evidence("sont", "llm:m"),)),
        ),
    )  # fmt: skip
    merged = merge_readings(RULES, second)
    assert [each.id for each in merged.events] == ["e1", "e1-2", "e2"]
    assert merged.events[2].about == "e1-2"
    (link,) = merged.links
    assert (link.origin, link.goal) == ("e1", "e1-2")
    (relation,) = merged.relations
    names = {each.id: each.names[0] for each in merged.entities}
    assert (names[relation.subject], names[relation.object or ""]) == ("marins", "Sarkol")


def test_a_reading_merged_with_nothing_is_itself() -> None:
    """An empty second reading changes nothing."""
    assert merge_readings(RULES, Reading(article=ARTICLE)) == RULES


def test_readings_of_two_articles_are_not_merged() -> None:
    """Mixing articles up is an error."""
    with pytest.raises(KGError, match="not one article"):
        merge_readings(RULES, Reading(article=Article(id="b", text=TEXT)))
