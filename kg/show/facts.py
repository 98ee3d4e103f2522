"""Readings written as fact lines, and fact lines read back.

Takes a `Reading` and gives the JSON lines of `facts/ID.jsonl` (the form of the evaluation
guidelines, with offsets); takes an article with such lines (gold answers, a language model's
answers) and gives a `Reading`. Both directions are deterministic and inverse to each other: ids,
order, statuses and offsets survive the round trip.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from kg.errors import ReadError
from kg.model import (
    Article,
    Count,
    Event,
    Evidence,
    Link,
    Participant,
    Reading,
    Relation,
    Toll,
    Weapon,
)
from kg.show.dates import read_edtf
from kg.show.lines import (
    CountLine,
    EventLine,
    FactLine,
    LinkLine,
    MentionLine,
    ParticipantLine,
    RelationLine,
    check_lines,
)
from kg.show.naming import Naming

__all__ = ["fact_lines", "find_mention", "format_facts", "reading_from_facts"]


def fact_lines(reading: Reading) -> list[dict[str, Any]]:
    """Give the fact lines of a reading: events, then relations, then links, in its order.

    `names` holds every name of the entity, the canonical one first. A reading that says nothing
    gives no line.
    """
    names = {entity.id: list(entity.names) for entity in reading.entities}
    return [
        *(_event_line(event, names) for event in reading.events),
        *(_relation_line(relation, names) for relation in reading.relations),
        *(_link_line(link) for link in reading.links),
    ]


def format_facts(reading: Reading) -> str:
    """Give the text of `facts/ID.jsonl`: one fact line a line, "" for a reading without facts."""
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in fact_lines(reading))


def reading_from_facts(
    article: Article, lines: Iterable[Mapping[str, Any]], *, rule: str = "facts"
) -> Reading:
    """Build the reading that fact lines describe; entities are merged by the names they share.

    Args:
        article: The text the lines speak of.
        lines: Fact lines with offsets, or with triggers and contexts copied from the text.
        rule: What produced the lines; it becomes the rule of every piece of evidence.

    Raises:
        ReadError: A line is malformed, its words are not in the text, or it names an event that
            no line defines.
    """
    checked = check_lines(lines, name=article.id)
    naming = Naming(article, checked, rule=rule)
    reader = _LineReader(article, naming, rule)
    events = tuple(reader.event(line) for line in checked if isinstance(line, EventLine))
    relations = [line for line in checked if isinstance(line, RelationLine)]
    links = [line for line in checked if isinstance(line, LinkLine)]
    _check_events(article, events, links)
    return Reading(
        article=article,
        entities=naming.entities,
        events=events,
        relations=tuple(reader.relation(line, f"r{n}") for n, line in enumerate(relations, 1)),
        links=tuple(reader.link(line, f"l{n}") for n, line in enumerate(links, 1)),
    )


def find_mention(article: Article, mention: MentionLine) -> tuple[int, int] | None:
    """Find where a mention stands in the text, or None when its words are not there.

    The trigger is looked for inside the context; a context that appears twice is ambiguous, and its
    first place is taken. Offsets are taken as they are when they lie within the text.
    """
    if mention.start is not None and mention.end is not None:
        inside = 0 <= mention.start < mention.end <= len(article.text)
        return (mention.start, mention.end) if inside else None
    if not mention.trigger:
        return None
    context = mention.context or mention.trigger
    at = article.text.find(context)
    within = context.find(mention.trigger)
    if at < 0 or within < 0:
        return None
    return at + within, at + within + len(mention.trigger)


def _event_line(event: Event, names: Mapping[str, list[str]]) -> dict[str, Any]:
    line: dict[str, Any] = {"kind": "event", "id": event.id, "type": event.type}
    if event.mode is not None:
        line["mode"] = event.mode
    line["mentions"] = _spans(event.mentions)
    line["agents"] = [_participant_line(participant, names) for participant in event.agents]
    line["targets"] = [_participant_line(participant, names) for participant in event.targets]
    line["places"] = [names[place] for place in event.places]
    line["date"] = event.when.edtf if event.when else None
    if event.count is not None:
        line["count"] = _count_line(event.count)
    line["weapons"] = [weapon.name for weapon in event.weapons]
    line["killed"] = _count_line(event.killed)
    line["wounded"] = _count_line(event.wounded)
    if event.about is not None:
        line["about"] = event.about
    line["status"] = event.status.value
    line["source"] = _all_names(event.source, names)
    return line


def _relation_line(relation: Relation, names: Mapping[str, list[str]]) -> dict[str, Any]:
    if relation.object is None:
        goal = list(relation.post)
    else:
        goal = names[relation.object]
    line: dict[str, Any] = {
        "kind": "relation",
        "type": relation.type,
        "subject": names[relation.subject],
        "object": goal,
    }
    if relation.type == "holdsPost":
        line["org"] = names[relation.org] if relation.org is not None else None
    line["status"] = relation.status.value
    line["source"] = _all_names(relation.source, names)
    line["mentions"] = _spans(relation.mentions)
    return line


def _link_line(link: Link) -> dict[str, Any]:
    return {
        "kind": "link",
        "type": link.type,
        "from": link.origin,
        "to": link.goal,
        "status": link.status.value,
        "mentions": _spans(link.mentions),
    }


def _participant_line(participant: Participant, names: Mapping[str, list[str]]) -> dict[str, Any]:
    line: dict[str, Any] = {
        "names": names[participant.entity],
        "status": participant.status.value,
    }
    if participant.by:
        line["by"] = _all_names(participant.by, names)
    return line


def _spans(mentions: Iterable[Evidence]) -> list[dict[str, int]]:
    return [{"start": mention.start, "end": mention.end} for mention in mentions]


def _count_line(count: Count | None) -> dict[str, int | None] | None:
    return None if count is None else {"min": count.min, "max": count.max}


def _all_names(entities: Iterable[str], names: Mapping[str, list[str]]) -> list[str] | None:
    found = dict.fromkeys(name for entity in entities for name in names[entity])
    return list(found) or None


def _check_events(article: Article, events: Iterable[Event], links: Iterable[LinkLine]) -> None:
    events = tuple(events)
    known = {event.id for event in events}
    used = [event.about for event in events if event.about is not None]
    used += [end for link in links for end in (link.origin, link.goal)]
    for name in used:
        if name not in known:
            raise ReadError(f"{article.id}: no event line has the id {name!r} that another uses.")


class _LineReader:
    """Turns checked lines of one article into records."""

    def __init__(self, article: Article, naming: Naming, rule: str) -> None:
        self._article = article
        self._naming = naming
        self._rule = rule

    def event(self, line: EventLine) -> Event:
        mentions = self._mentions(line)
        return Event(
            id=line.id,
            type=line.type,
            mentions=mentions,
            mode=line.mode,
            agents=self._participants(line.agents, mentions),
            targets=self._participants(line.targets, mentions),
            places=tuple(self._naming.entity_of(names) for names in line.places),
            when=read_edtf(line.date, text="", name=self._article.id) if line.date else None,
            weapons=tuple(self._weapon(name, mentions) for name in line.weapons),
            killed=_count(line.killed),
            wounded=_count(line.wounded),
            tolls=self._tolls(line, mentions),
            count=_count(line.count),
            about=line.about,
            status=line.status,
            source=self._naming.entities_of(line.source or ()),
        )

    def relation(self, line: RelationLine, id_: str) -> Relation:
        is_post = line.type == "holdsPost"
        return Relation(
            id=id_,
            type=line.type,
            subject=self._naming.entity_of(line.subject),
            object=None if is_post else self._naming.entity_of(line.object),
            mentions=self._mentions(line),
            post=line.object if is_post else (),
            org=self._naming.entity_of(line.org) if line.org else None,
            status=line.status,
            source=self._naming.entities_of(line.source or ()),
        )

    def link(self, line: LinkLine, id_: str) -> Link:
        return Link(
            id=id_,
            type=line.type,
            origin=line.origin,
            goal=line.goal,
            mentions=self._mentions(line),
            status=line.status,
            source=self._naming.entities_of(line.source or ()),
        )

    def _mentions(self, line: FactLine) -> tuple[Evidence, ...]:
        found = []
        for mention in line.mentions:
            span = find_mention(self._article, mention)
            if span is None:
                words = mention.trigger or f"{mention.start}–{mention.end}"
                raise ReadError(
                    f"{self._article.id}: the text does not hold {words!r} of a {line.kind} line. "
                    "Copy trigger and context verbatim."
                )
            found.append(self._evidence(*span))
        return tuple(found)

    def _evidence(self, start: int, end: int) -> Evidence:
        return Evidence(
            article=self._article.id,
            start=start,
            end=end,
            exact=self._article.text[start:end],
            rule=self._rule,
        )

    def _participants(
        self, lines: tuple[ParticipantLine, ...], mentions: tuple[Evidence, ...]
    ) -> tuple[Participant, ...]:
        return tuple(
            Participant(
                entity=self._naming.entity_of(line.names),
                status=line.status,
                by=self._naming.entities_of(line.by),
                evidence=mentions[:1],
            )
            for line in lines
        )

    def _weapon(self, name: str, mentions: tuple[Evidence, ...]) -> Weapon:
        at = self._article.text.find(name)
        evidence = self._evidence(at, at + len(name)) if at >= 0 else mentions[0]
        return Weapon(name=name, evidence=evidence)

    def _tolls(self, line: EventLine, mentions: tuple[Evidence, ...]) -> tuple[Toll, ...]:
        tolls = []
        if line.killed:
            tolls.append(Toll(kind="killed", count=_some(line.killed), evidence=mentions[0]))
        if line.wounded:
            tolls.append(Toll(kind="wounded", count=_some(line.wounded), evidence=mentions[0]))
        return tuple(tolls)


def _some(line: CountLine) -> Count:
    return Count(min=line.min, max=line.max)


def _count(line: CountLine | None) -> Count | None:
    return None if line is None else _some(line)
