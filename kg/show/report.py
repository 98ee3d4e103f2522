"""What a run read and what it did not, as Markdown for people.

Takes the readings of a run, the inputs that gave none, and the sentences that name a conflict word
without giving anything, and gives the text of `report.md`. Same run, same bytes: no clock in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import Event, Evidence, Link, Participant, Reading, Relation, Skipped, Status

__all__ = ["Duplicated", "Unread", "write_report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A sentence that names conflict words and gave no fact."""

    article: str
    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicated:
    """An article that repeats another one, whose facts are counted once."""

    article: str
    original: str
    reason: str


def write_report(
    readings: Sequence[Reading],
    *,
    skipped: Sequence[Skipped] = (),
    faults: Sequence[Skipped] = (),
    duplicates: Sequence[Duplicated] = (),
    unread: Sequence[Unread] = (),
) -> str:
    """Give the report of one run; `faults` are articles that only the rules could read."""
    texts = {reading.article.id: reading.article.text for reading in readings}
    parts = [
        "# What was read\n",
        *_summary(readings, skipped, duplicates),
        *_reasons("Skipped", skipped),
        *_reasons("The second reader gave nothing", faults),
        *_duplicates(duplicates),
        "\n## What each sentence gave\n",
        *(line for reading in readings for line in _article(reading)),
        "\n## Sentences that name a conflict word and gave nothing\n",
        *_unread(unread, texts),
        "\n## Rules used\n",
        *_rules(readings),
    ]
    return "\n".join(parts) + "\n"


def _summary(
    readings: Sequence[Reading], skipped: Sequence[Skipped], duplicates: Sequence[Duplicated]
) -> Iterator[str]:
    events = Counter(event.type for reading in readings for event in reading.events)
    yield "| | |\n|---|---|"
    yield f"| articles read | {len(readings)} |"
    yield f"| inputs skipped | {len(skipped)} |"
    yield f"| near-duplicates, linked and not counted twice | {len(duplicates)} |"
    yield f"| sentences | {sum(len(reading.sentences) for reading in readings)} |"
    yield f"| events | {sum(events.values())} |"
    yield f"| relations | {sum(len(reading.relations) for reading in readings)} |"
    yield f"| links between events | {sum(len(reading.links) for reading in readings)} |"
    if events:
        told = ", ".join(f"{name} {number}" for name, number in sorted(events.items()))
        yield f"\nEvents by type: {told}."


def _reasons(heading: str, left_out: Sequence[Skipped]) -> Iterator[str]:
    if left_out:
        yield f"\n## {heading}\n\n| input | why |\n|---|---|"
    for each in left_out:
        yield f"| {_plain(each.path)} | {_plain(each.reason)} |"


def _duplicates(duplicates: Sequence[Duplicated]) -> Iterator[str]:
    if duplicates:
        yield "\n## Near-duplicates\n\n| article | repeats | why |\n|---|---|---|"
    for each in duplicates:
        yield f"| {_plain(each.article)} | {_plain(each.original)} | {_plain(each.reason)} |"


def _article(reading: Reading) -> Iterator[str]:
    article = reading.article
    yield f"\n### {_plain(article.title or article.id)}\n"
    known = [article.id, article.date and article.date.isoformat(), article.source]
    yield _plain(" · ".join(part for part in known if part)) + "\n"
    facts = _told_facts(reading)
    for number, sentence in enumerate(reading.sentences, start=1):
        yield f"{number}. {_plain(article.text[sentence.start : sentence.end])}"
        for mentions, told in facts:
            inside = [m for m in mentions if sentence.start <= m.start < sentence.end]
            if inside:
                words = ", ".join(f"“{_plain(mention.exact)}”" for mention in inside)
                yield f"    - {words} · {told}"


def _told_facts(reading: Reading) -> list[tuple[tuple[Evidence, ...], str]]:
    """Tell each fact in words, with its mentions, in text order."""
    names = {entity.id: entity.names[0] for entity in reading.entities}
    facts = [
        *((event.mentions, _told_event(event, names)) for event in reading.events),
        *((relation.mentions, _told_relation(relation, names)) for relation in reading.relations),
        *((link.mentions, f"*{link.type}* {link.origin} → {link.goal}") for link in reading.links),
    ]
    return sorted(facts, key=lambda fact: min((m.start for m in fact[0]), default=0))


def _told_event(event: Event, names: dict[str, str]) -> str:
    mode = f" ({event.mode})" if event.mode else ""
    slots = [f"**{event.type}**{mode} {event.id}"]
    for role, who in (("agent", event.agents), ("target", event.targets)):
        slots += [f"{role} {_told_participant(each, names)}" for each in who]
    slots += [f"place {_plain(names[place])}" for place in event.places]
    if event.when:
        slots.append(f"date {event.when.edtf}")
    for toll, count in (("killed", event.killed), ("wounded", event.wounded)):
        if count:
            most = "…" if count.max is None else count.max
            slots.append(f"{toll} {count.min}–{most}")
    return " · ".join([*slots, *_told_status(event.status, event.source, names)])


def _told_participant(participant: Participant, names: dict[str, str]) -> str:
    told = _told_status(participant.status, participant.by, names)
    return _plain(names[participant.entity]) + (f" ({' '.join(told)})" if told else "")


def _told_relation(relation: Relation, names: dict[str, str]) -> str:
    goal = names[relation.object] if relation.object is not None else ", ".join(relation.post)
    told = f"*{relation.type}* {_plain(names[relation.subject])} → {_plain(goal)}"
    return " · ".join([told, *_told_status(relation.status, relation.source, names)])


def _told_status(status: Status, by: Iterable[str], names: dict[str, str]) -> list[str]:
    if status is Status.ASSERTED:
        return []
    sources = ", ".join(_plain(names[each]) for each in by)
    return [f"{status.value} by {sources}" if sources else status.value]


def _unread(unread: Sequence[Unread], texts: dict[str, str]) -> Iterator[str]:
    if not unread:
        yield "None."
    for each in unread:
        sentence = texts[each.article][each.start : each.end]
        words = ", ".join(each.words)
        yield f"- {_plain(each.article)} ({_plain(words)}): {_plain(sentence)}"


def _facts(reading: Reading) -> tuple[Event | Relation | Link, ...]:
    return (*reading.events, *reading.relations, *reading.links)


def _rules(readings: Sequence[Reading]) -> Iterator[str]:
    counts = Counter(
        mention.rule
        for reading in readings
        for fact in _facts(reading)
        for mention in fact.mentions
    )
    if not counts:
        yield "None."
        return
    yield "| rule | mentions |\n|---|---|"
    for rule, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"| {_plain(rule)} | {number} |"


_MARKUP = re.compile(r"([\\`*_\[\]|#])")


def _plain(words: str) -> str:
    """Keep words from a source as words: no markup, no HTML, one line."""
    words = " ".join(words.split()).replace("&", "&amp;").replace("<", "&lt;")
    return _MARKUP.sub(r"\\\1", words)
