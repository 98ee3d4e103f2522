"""Two readings of one article put together, each fact still marked with who read it.

Takes the reading of the rules and that of a second reader and gives one reading. The first one's
facts are never removed: the second confirms them (its evidence is added), fills what they left
open, and adds what they do not have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from kg.errors import KGError
from kg.model import Entity, Event, Evidence, Link, Participant, Reading, Relation

__all__ = ["merge_readings"]

# Triggers of one event chosen by two readers stand at most this many characters apart.
_NEAR = 20
Tie = TypeVar("Tie", bound=Relation | Link)


def merge_readings(first: Reading, second: Reading) -> Reading:
    """Add a second reading of the same article to the first.

    Raises:
        KGError: The readings are of two articles.
    """
    if first.article.id != second.article.id:
        raise KGError(f"readings of {first.article.id} and {second.article.id} are not one article")
    entities, homes = _merge_entities(first.entities, second.entities)
    moved = _Moved(first, second, homes)
    events = list(first.events)
    for event in moved.events:
        place = _same_event(event, first.events, events)
        if place is None:
            events.append(event)
        else:
            events[place] = _fill(events[place], event)
            moved.rename(event.id, events[place].id)
    return replace(
        first,
        entities=entities,
        events=tuple(moved.point_about(event) for event in events),
        relations=_merge_facts(first.relations, moved.relations(), _relation_key),
        links=_merge_facts(first.links, moved.links(), _link_key),
    )


def _merge_entities(
    first: tuple[Entity, ...], second: tuple[Entity, ...]
) -> tuple[tuple[Entity, ...], dict[str, str]]:
    """Give all entities, and for each of the second its id among them."""
    by_name = {name.casefold(): each.id for each in reversed(first) for name in each.names}
    taken = {each.id for each in first}
    entities, homes = list(first), {}
    for entity in second:
        home = next((by_name[n.casefold()] for n in entity.names if n.casefold() in by_name), None)
        if home is None:
            home = _free(entity.id, taken)
            entities.append(replace(entity, id=home))
        homes[entity.id] = home
    return tuple(entities), homes


def _free(wish: str, taken: set[str]) -> str:
    """Give an id that is not taken yet, and take it."""
    identifier, number = wish, 1
    while identifier in taken:
        number += 1
        identifier = f"{wish}-{number}"
    taken.add(identifier)
    return identifier


class _Moved:
    """The second reading in the ids of the merged one."""

    def __init__(self, first: Reading, second: Reading, homes: Mapping[str, str]) -> None:
        self._homes = homes
        self._taken = {each.id for each in first.events}
        self._taken |= {each.id for each in first.relations} | {each.id for each in first.links}
        self._names = {event.id: _free(event.id, self._taken) for event in second.events}
        self._second = second
        self.events = tuple(self._move_event(event) for event in second.events)
        self._finals = {event.id: event.id for event in (*first.events, *self.events)}

    def rename(self, old: str, new: str) -> None:
        """Remember that an event of the second reading is one of the first."""
        self._finals[old] = new

    def point_about(self, event: Event) -> Event:
        return replace(event, about=self._finals[event.about]) if event.about else event

    def relations(self) -> Iterable[Relation]:
        for each in self._second.relations:
            yield replace(
                each,
                id=_free(each.id, self._taken),
                subject=self._homes[each.subject],
                object=self._homes[each.object] if each.object is not None else None,
                org=self._homes[each.org] if each.org is not None else None,
                source=self._all_homes(each.source),
            )

    def links(self) -> Iterable[Link]:
        for each in self._second.links:
            yield replace(
                each,
                id=_free(each.id, self._taken),
                origin=self._finals[self._names[each.origin]],
                goal=self._finals[self._names[each.goal]],
                source=self._all_homes(each.source),
            )

    def _all_homes(self, entities: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._homes[each] for each in entities))

    def _move_event(self, event: Event) -> Event:
        return replace(
            event,
            id=self._names[event.id],
            agents=tuple(self._move_participant(each) for each in event.agents),
            targets=tuple(self._move_participant(each) for each in event.targets),
            places=self._all_homes(event.places),
            tolls=tuple(
                replace(toll, of=self._homes[toll.of] if toll.of is not None else None)
                for toll in event.tolls
            ),
            about=self._names[event.about] if event.about is not None else None,
            source=self._all_homes(event.source),
        )

    def _move_participant(self, each: Participant) -> Participant:
        return replace(each, entity=self._homes[each.entity], by=self._all_homes(each.by))


def _same_event(event: Event, first: tuple[Event, ...], merged: list[Event]) -> int | None:
    """Find the place of the first reading's event that this one tells as well."""
    for place, other in enumerate(first):
        confirmed = merged[place] is not other
        if other.type == event.type and not confirmed and _meet(other.mentions, event.mentions):
            return place
    return None


def _meet(left: Iterable[Evidence], right: tuple[Evidence, ...]) -> bool:
    return any(a.start - _NEAR < b.end and b.start - _NEAR < a.end for a in left for b in right)


def _fill(event: Event, other: Event) -> Event:
    """Add the second reader's evidence, and its slots where the first left them open."""
    return replace(
        event,
        mentions=(*event.mentions, *other.mentions),
        mode=event.mode or other.mode,
        agents=event.agents or other.agents,
        targets=event.targets or other.targets,
        places=event.places or other.places,
        when=event.when or other.when,
        weapons=event.weapons or other.weapons,
        killed=event.killed or other.killed,
        wounded=event.wounded or other.wounded,
        tolls=event.tolls or other.tolls,
        count=event.count or other.count,
        about=event.about or other.about,
    )


def _relation_key(relation: Relation) -> tuple[object, ...]:
    return relation.type, relation.subject, relation.object, relation.post, relation.status


def _link_key(link: Link) -> tuple[object, ...]:
    return link.type, link.origin, link.goal, link.status


def _merge_facts(
    first: Iterable[Tie], second: Iterable[Tie], key: Callable[[Tie], tuple[object, ...]]
) -> tuple[Tie, ...]:
    merged = list(first)
    places = {key(each): place for place, each in enumerate(merged)}
    for each in second:
        place = places.get(key(each))
        if place is None:
            places[key(each)] = len(merged)
            merged.append(each)
        else:
            mentions = (*merged[place].mentions, *each.mentions)
            merged[place] = replace(merged[place], mentions=mentions)
    return tuple(merged)
