"""Places said by "où" and by the people who live there, and where people are only taken to."""

from __future__ import annotations

import pytest

from kg.annotate.annotator import Annotator
from kg.model import Article
from tests.extract.tables import extractor

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    """Give the French pipeline."""
    return Annotator()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Les forces rwandaises sont entrées dans Goma, où des tirs ont tué deux soldats.", "Goma"),
        ("Plus de cent habitants d'Ogossagou ont été massacrés par des miliciens.", "Ogossagou"),
    ],
)
def test_a_place_said_without_its_preposition(annotator: Annotator, text: str, places: str) -> None:
    """The town of "Goma, où" and of "habitants d'Ogossagou" is where the attack took place."""
    reading = extractor().read(next(iter(annotator.annotate([Article(id="a", text=text)]))))
    names = {e.id: e.names[0] for e in reading.entities}
    assert any(places in [names[p] for p in event.places] for event in reading.events)


def test_where_people_are_taken_is_not_where_it_was(
    annotator: Annotator,
) -> None:
    """ "relâchées … et conduites à Abuja" says nothing of the place of the release."""
    text = (
        "Les jihadistes ont relâché mercredi à Dapchi les élèves enlevées en février. "
        "Les filles relâchées par les jihadistes ont été conduites à Abuja."
    )
    reading = extractor().read(next(iter(annotator.annotate([Article(id="a", text=text)]))))
    names = {e.id: e.names[0] for e in reading.entities}
    assert not any("Abuja" in [names[p] for p in event.places] for event in reading.events)


def test_the_state_alone_gets_the_town_of_the_lead(annotator: Annotator) -> None:
    """The dateline's capital yields to the town that the lead names."""
    text = (
        "(Bamako) Au moins 77 personnes ont été tuées mercredi dans un attentat au Mali, ont indiqué "
        "les habitants de Gao, et 120 autres blessées."
    )
    reading = extractor().read(next(iter(annotator.annotate([Article(id="a", text=text)]))))
    names = {e.id: e.names[0] for e in reading.entities}
    (attack,) = [e for e in reading.events if e.type == "Attack"]
    assert [names[p] for p in attack.places] == ["Gao", "Mali"]
