"""How attacks were made, and with what."""

from __future__ import annotations

import datetime

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.model import Article

pytestmark = pytest.mark.model

MODES = [
    ("Les gangs ont lancé un raid contre la prison de Jacmel.", "storming"),
    ("L'armée indienne a mené des raids contre les rebelles.", "airstrike"),
    ("Des commandos ont tué le chef rebelle dans un raid héliporté de l'armée.", "storming"),
    ("Un gardien a été blessé à coups de marteau par un assaillant.", "melee"),
    ("Une embuscade a fait six morts parmi les gendarmes.", "shooting"),
    ("Des chasseurs pakistanais ont bombardé un camp rebelle.", "airstrike"),
    ("Des hommes armés ont fait irruption dans l'hôtel et abattu deux gardes.", "storming"),
    ("L'armée a bombardé le port en représailles à une salve de drones.", "airstrike"),
    ("L'artillerie rebelle a pilonné la ville, tuant trois civils.", "shelling"),
    ("Des inconnus ont dynamité mercredi un gazoduc dans le désert.", "sabotage"),
    ("Des rebelles ont fait sauter deux pylônes électriques.", "sabotage"),
    ("Des rebelles ont fait sauter un bus militaire.", "bombing"),
    ("L'armée de l'air a pilonné le camp lors de frappes aériennes.", "airstrike"),
]


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    """One pipeline for all sentences."""
    return Annotator("fr")


@pytest.mark.parametrize(("text", "mode"), MODES)
def test_the_mode_of_an_attack(annotator: Annotator, text: str, mode: str) -> None:
    """Weapons, aircraft, buildings and who attacks tell how it was done."""
    article = Article(id="mode", text=text, date=datetime.date(2022, 3, 9), lang="fr")
    (reading,) = (Extractor("fr").read(a) for a in annotator.annotate([article]))
    assert [e.mode for e in reading.events if e.type == "Attack"][:1] == [mode]


def test_what_was_shot_down_is_no_weapon(annotator: Annotator) -> None:
    """A drone that is destroyed was not what destroyed it."""
    text = "La défense ukrainienne a détruit quatre drones près de Soumy, selon l'armée."
    article = Article(id="mode", text=text, date=datetime.date(2022, 3, 9), lang="fr")
    (reading,) = (Extractor("fr").read(a) for a in annotator.annotate([article]))
    assert all(e.mode != "drone" for e in reading.events)
