"""Places said by "où" and by the people who live there, and where people are only taken to."""

from __future__ import annotations

import datetime

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


def _places(annotator: Annotator, text: str, kind: str = "Attack") -> list[list[str]]:
    article = Article(id="a", text=text, date=datetime.date(2024, 5, 15))
    reading = extractor().read(next(iter(annotator.annotate([article]))))
    names = {e.id: e.names[0] for e in reading.entities}
    return [[names[p] for p in event.places] for event in reading.events if event.type == kind]


@pytest.mark.parametrize(
    ("text", "place", "wider"),
    [
        ("Un kamikaze a tué dix soldats mardi à Zinder, chef-lieu du Damagaram.", "Zinder", ""),
        (
            "Des rebelles ont attaqué jeudi un convoi à Mopti, dans le centre du Mali.",
            "Mopti",
            "Mali",
        ),
        (
            "Une bombe a tué dix civils lundi à Kunduz (nord de l'Afghanistan).",
            "Kunduz",
            "Afghanistan",
        ),
        (
            "Un drone a tué dix soldats à Odessa, grand port du sud de l'Ukraine.",
            "Odessa",
            "Ukraine",
        ),
        ("Un missile a tué dix civils à Varna, sur la mer Noire.", "Varna", ""),
    ],
)
def test_the_wider_place_behind_a_town(
    annotator: Annotator, text: str, place: str, wider: str
) -> None:
    """The state behind "dans le centre de" is where it was too; no town lies in a sea."""
    (places,) = _places(annotator, text)[:1]
    assert place in places
    assert (wider in places) if wider else not any("mer" in p for p in places)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        (
            "Des jihadistes ont tué dix soldats à Ménaka, à 300 km à l'est de Gao.",
            "Gao",
        ),
        (
            "Une bombe a tué trois civils à Khost, à une trentaine de kilomètres au sud de Kaboul.",
            "Kaboul",
        ),
        ("Une mine a tué dix soldats à Diffa, non loin de la frontière avec le Tchad.", "Tchad"),
        ("Un accord a été signé à Doha sous les auspices de Washington.", "Washington"),
    ],
)
def test_what_is_only_near_is_not_where_it_was(annotator: Annotator, text: str, near: str) -> None:
    """A town that another one is measured from did not see the attack."""
    kinds = ("Attack", "Agreement")
    found = [
        place for kind in kinds for places in _places(annotator, text, kind) for place in places
    ]
    assert found
    assert near not in found


def test_there_is_the_place_named_before(annotator: Annotator) -> None:
    """ "y tuant" happened in the village that the sentence names, not in its province."""
    text = (
        "Des hommes armés ont fait irruption à Koro, un village du Mali, y égorgeant 23 personnes."
    )
    assert any("Koro" in places for places in _places(annotator, text))


def test_a_scene_holds_for_its_paragraph(annotator: Annotator) -> None:
    """After "À Erevan, …" the arrests of the next sentence took place there."""
    text = (
        "L'armée a bombardé mardi Stepanakert, tuant dix soldats, ont annoncé les secours.\n\n"
        "À Erevan, des milliers de personnes ont manifesté mercredi soir. "
        "La police a arrêté une centaine de manifestants."
    )
    assert _places(annotator, text, "Arrest") == [["Erevan"]]


def test_what_another_clause_tells_is_elsewhere(annotator: Annotator) -> None:
    """ "dont 124 sont détenus à Gaza" does not say where they were taken."""
    text = (
        "L'armée a bombardé mardi Stepanakert, tuant dix soldats, ont annoncé les secours.\n\n"
        "Les assaillants ont enlevé jeudi 252 personnes, dont 124 sont toujours détenues à Gaza."
    )
    assert not any("Gaza" in places for places in _places(annotator, text))


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Un tribunal de Tunis a condamné deux rebelles à dix ans de prison.", "Trial", "Tunis"),
        ("Il a plaidé coupable lundi devant une cour de Manille.", "Trial", "Manille"),
        ("L'Inde a rappelé mardi ses diplomates de Kaboul.", "Withdrawal", "Kaboul"),
        (
            "Des drones ont visé lundi des dépôts de Homs et de Palmyre.",
            "Attack",
            "Palmyre",
        ),
        ("Une foule a manifesté vendredi dans la capitale yéménite.", "Protest", "Sanaa"),
        ("Dix civils ont péri peu après à Rafah dans un bombardement.", "Attack", "Rafah"),
    ],
)
def test_where_courts_sit_and_troops_leave(
    annotator: Annotator, text: str, kind: str, place: str
) -> None:
    """The town of a court, the one that troops leave, the second of two, a capital unnamed."""
    assert any(place in places for places in _places(annotator, text, kind))


def test_a_clause_before_tells_of_itself(annotator: Annotator) -> None:
    """Where a man was seized is not where he was charged."""
    text = (
        "Interpellé au poste de Latchine, ce milliardaire a été conduit à Bakou, où il a été inculpé "
        "de terrorisme."
    )
    assert all("Latchine" not in places for places in _places(annotator, text, "Trial"))
