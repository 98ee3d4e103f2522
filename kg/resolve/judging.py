"""All that is judged across the articles of a store, in the order in which it builds on itself.

Takes a store and gives judgements: repeated dispatches, entities that are one, events that are one.
"""

from __future__ import annotations

from kg.resolve.dispatches import judge_dispatches
from kg.resolve.entities import judge_entities
from kg.resolve.events import judge_events
from kg.resolve.repetitions import pair_repeated_events
from kg.store.base import Judgement, Store

__all__ = ["judge"]


def judge(store: Store) -> tuple[Judgement, ...]:
    """Judge everything; what comes out depends on the articles alone, not on their order."""
    dispatches = judge_dispatches(store)
    entities = judge_entities(store)
    repeated = pair_repeated_events(store, dispatches)
    return (
        *dispatches,
        *entities,
        *judge_events(store, entities=entities, repeated=repeated),
    )
