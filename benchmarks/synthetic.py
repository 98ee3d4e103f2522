"""Readings without articles' content, for benchmarks of what comes after the reading.

Takes a number and gives that many readings, each of the size of a longer dispatch: twelve entities,
ten events, eight relations, two links. The same number gives the same readings.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import get_args

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
    RelationType,
    Status,
    Toll,
    When,
)

__all__ = ["synthetic_readings"]

_FIRST = datetime.date(2015, 1, 1)
_STATES = ("IRQ", "IRN", "USA", "FRA", "MLI", "UKR")
_MODES = ("rocket", "airstrike", "bombing", "shooting", "shelling")
_TYPES = ("Attack", "Attack", "Attack", "Clash", "Arrest", "Meeting", "Accusation", "Seizure")


def synthetic_readings(number: int) -> Iterator[Reading]:
    """Give readings whose groups and places recur and whose days advance."""
    for place in range(number):
        yield _reading(place)


def _reading(place: int) -> Reading:
    article = f"article-{place:06d}"
    day = _FIRST + datetime.timedelta(days=place % 2000)
    text = " ".join(f"mot{place}x{word}" for word in range(400))

    def words(at: int) -> Evidence:
        start = 7 * at
        return Evidence(
            article=article, start=start, end=start + 6, exact=text[start : start + 6], rule="made"
        )

    entities = tuple(_entity(place, number, words(number)) for number in range(12))
    events = tuple(_event(place, number, day, words(20 + number)) for number in range(10))
    types = get_args(RelationType)
    return Reading(
        article=Article(id=article, text=text, date=day, lang="fr"),
        entities=entities,
        events=events,
        relations=tuple(
            Relation(
                id=f"r{number}",
                type=types[number % 3],
                subject=f"x{number}",
                object=f"x{number + 1}",
                mentions=(words(40 + number),),
            )
            for number in range(8)
        ),
        links=tuple(
            Link(
                id=f"l{number}",
                type="inRetaliationFor",
                origin=f"e{number + 1}",
                goal=f"e{number}",
                mentions=(words(50 + number),),
            )
            for number in range(2)
        ),
    )


def _entity(place: int, number: int, words: Evidence) -> Entity:
    if number < 3:
        state = _STATES[(place + number) % len(_STATES)]
        return Entity(
            id=f"x{number}", cls=EntityClass.STATE, names=(state,), key=state, mentions=(words,)
        )
    cls = (EntityClass.ARMED_GROUP, EntityClass.PLACE, EntityClass.POPULATION_GROUP)[number % 3]
    name = f"Nom {cls.value} {(place * 7 + number) % 300}"
    return Entity(id=f"x{number}", cls=cls, names=(name,), mentions=(words,))


def _event(place: int, number: int, day: datetime.date, words: Evidence) -> Event:
    kind = _TYPES[(place + number) % len(_TYPES)]
    when = day - datetime.timedelta(days=number)
    status = Status.ALLEGED if number == 4 else Status.ASSERTED
    killed = Count(min=number, max=number)
    return Event(
        id=f"e{number}",
        type=kind,
        mode=_MODES[place % len(_MODES)] if kind == "Attack" else None,
        mentions=(words,),
        agents=(Participant(entity=f"x{number}", status=status, by=("x0",)),),
        targets=(Participant(entity=f"x{number + 1}"),),
        places=("x4",),
        when=When(edtf=str(when), text="", earliest=when, latest=when),
        killed=killed,
        tolls=(Toll(kind="killed", count=killed, evidence=words),),
    )
