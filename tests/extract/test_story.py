"""Participants that the story tells elsewhere."""

from __future__ import annotations

from functools import cache

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.model import Article, Event
from tests.extract.tables import DAY

pytestmark = pytest.mark.model
STRIKE = "Le Pakistan a bombardé samedi l'Afghanistan."
# A story, the type of the event told last, a role, and the words that stand there.
TOLD = {
    "a war between the sides": (
        f"{STRIKE}\n\nDe violents combats avaient éclaté en octobre à la frontière.",
        ("Clash", "agents", {"Pakistan", "Afghanistan"}),
    ),
    "a truce between the sides": (
        f"{STRIKE}\n\nUne trêve de 48 heures avait volé en éclats vendredi.",
        ("Agreement", "agents", {"Pakistan", "Afghanistan"}),
    ),
    "a truce and its broker": (
        f"{STRIKE}\n\nUn cessez-le-feu a été conclu avec l'Afghanistan sous l'égide du Qatar.",
        ("Agreement", "agents", {"Pakistan", "Afghanistan", "Qatar"}),
    ),
    "a town that falls": (
        "Le M23 s'est emparé samedi de Bukavu.\n\nLa chute de Goma remonte à janvier.",
        ("Seizure", "agents", {"M23"}),
    ),
    "an offensive against the enemy": (
        "L'armée malienne a tué dix hommes du FLA.\n\nLe FLA a attaqué l'armée malienne.\n\n"
        "L'armée malienne a lancé une offensive.",
        ("Offensive", "targets", {"FLA"}),
    ),
    "the junta's coup": (
        "La junte a promis des élections.\n\nLe président Awa Diop a été renversée par un coup "
        "d'État en mai.",
        ("Coup", "agents", {"junte"}),
    ),
}
# The same where nothing may be lent.
UNTOLD = {
    "a taker who is named": (
        "L'armée malienne a repris samedi Bukavu.\n\nCes derniers ont pris Goma en janvier.",
        ("Seizure", "agents", {"armée"}),
    ),
    "several coups": (
        "La junte a promis des élections.\n\nDeux coups d'État ont eu lieu dans la région.",
        ("Coup", "agents", {"junte"}),
    ),
    "a story without sides": (
        "Le Qatar a condamné l'Iran.\n\nDe violents combats ont éclaté à la frontière.",
        ("Clash", "agents", {"Qatar"}),
    ),
}


@cache
def events(text: str) -> tuple[Event, ...]:
    """Read a text once."""
    (annotation,) = _annotator().annotate([Article(id="a", text=text, date=DAY)])
    reading = Extractor().read(annotation)
    _NAMES.update({(text, e.id): e.names for e in reading.entities})
    return reading.events


_NAMES: dict[tuple[str, str], tuple[str, ...]] = {}


@cache
def _annotator() -> Annotator:
    return Annotator()


def names(text: str, type_: str, role: str) -> set[str]:
    """Give the names in a role of the last event of a type."""
    event = [e for e in events(text) if e.type == type_][-1]
    return {n for p in getattr(event, role) for n in _NAMES[text, p.entity]}


@pytest.mark.parametrize("case", TOLD)
def test_what_the_story_tells_is_lent(case: str) -> None:
    """An event that names nobody has those that the story shows in its role."""
    text, (type_, role, wanted) = TOLD[case]
    assert wanted <= names(text, type_, role)


@pytest.mark.parametrize("case", UNTOLD)
def test_nothing_else_is_lent(case: str) -> None:
    """A doer who is said, several events at once and mere words lend nobody."""
    text, (type_, role, unwanted) = UNTOLD[case]
    assert not unwanted & names(text, type_, role)
