"""Talks and agreements that one clause tells twice are one, and brokers take part in them."""

from __future__ import annotations

import datetime
from functools import cache

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.model import Article, Event

pytestmark = pytest.mark.model


@cache
def _readers() -> tuple[Annotator, Extractor]:
    return Annotator(), Extractor()


def _events(kind: str, text: str) -> list[tuple[Event, list[str]]]:
    """Read a text; give the events of a type with the first names of their agents."""
    annotator, extractor = _readers()
    article = Article(id="a", text=text, date=datetime.date(2024, 5, 15), lang="fr")
    (annotation,) = annotator.annotate([article])
    reading = extractor.read(annotation)
    names = {e.id: e.names[0] for e in reading.entities}
    return [
        (event, [names[p.entity] for p in event.agents])
        for event in reading.events
        if event.type == kind
    ]


def test_a_broker_is_an_agent_of_the_agreement() -> None:
    """ "Une trêve négociée par le Qatar": no talks of their own, and Qatar takes part."""
    text = "Israël et le Hamas ont accepté une trêve négociée par le Qatar."
    ((_, agents),) = _events("Agreement", text)
    assert agents == ["Israël", "Hamas", "Qatar"]
    assert _events("Meeting", text) == []


def test_a_visit_behind_its_journey_is_one_meeting() -> None:
    """ "Est arrivé en Israël pour une visite" tells of one visit."""
    text = "Le ministre russe de la Défense est arrivé mardi en Israël pour une visite."
    assert len(_events("Meeting", text)) == 1


def test_a_meeting_of_others_is_another() -> None:
    """A noun with participants of its own stays."""
    text = (
        "Le président russe s'est entretenu avec le président turc avant un sommet entre la Chine "
        "et le Japon."
    )
    assert len(_events("Meeting", text)) == 2


def test_whoever_is_on_a_visit_makes_it() -> None:
    """ "X, en visite à Varsovie, …": the visit is of the one who stands before it."""
    text = "Le président ukrainien Volodymyr Zelensky, en visite à Varsovie, a remercié la Pologne."
    ((_, agents),) = _events("Meeting", text)
    assert agents == ["Volodymyr Zelensky"]


def test_talks_in_a_future_of_odd_stem_are_planned() -> None:
    """ "S'entretiendra jeudi" lies ahead."""
    text = "Le ministre turc s'entretiendra jeudi avec son homologue syrien à Moscou."
    ((event, _),) = _events("Meeting", text)
    assert event.status == "planned"


def test_whoever_is_awaited_has_not_come() -> None:
    """ "Est attendu mercredi à Kiev" tells of a visit to come."""
    text = "Le ministre norvégien de la Défense est attendu mercredi à Kiev, en pleine guerre."
    ((event, agents),) = _events("Meeting", text)
    assert event.status == "planned"
    assert len(agents) == 1
