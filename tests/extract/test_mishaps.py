"""Deaths and damage that nobody did."""

from __future__ import annotations

import datetime

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.model import Article

pytestmark = pytest.mark.model

SCENE = "L'armée combattait au même moment des rebelles djihadistes dans le nord."
MISHAPS = [
    "Un avion de transport s'est écrasé au décollage à Tirvale, tuant les douze passagers.",
    "Le séisme a détruit des centaines de maisons et tué quinze personnes.",
    "Un ferry a chaviré sur le lac, tuant vingt passagers.",
    "Une crue a emporté deux ponts et tué six villageois.",
]


def _attacks(text: str) -> list[str]:
    article = Article(id="m", text=text, date=datetime.date(2024, 5, 15), lang="fr")
    (annotation,) = Annotator("fr").annotate([article])
    return [e.type for e in Extractor("fr").read(annotation).events if e.type == "Attack"]


@pytest.mark.parametrize("sentence", MISHAPS)
def test_disasters_and_accidents_attack_nobody(sentence: str) -> None:
    """What a disaster kills, or an accident leads to, is no attack even in war news."""
    assert _attacks(f"{sentence}\n\n{SCENE}") == []


def test_a_weapon_that_falls_is_no_accident() -> None:
    """ "Une roquette s'est écrasée sur une maison, tuant" tells an attack."""
    assert _attacks("Une roquette s'est écrasée sur une maison de Sorvane, tuant deux enfants.")


def test_a_charge_is_no_deed() -> None:
    """ "Inculpé de meurtre" names a crime; "du meurtre de deux policiers" tells a deed."""
    assert _attacks(f"Un suspect a été inculpé de meurtre mardi.\n\n{SCENE}") == []
    assert _attacks(f"Un suspect a été inculpé du meurtre de deux policiers.\n\n{SCENE}")


@pytest.mark.parametrize(
    "sentence",
    [
        "Une tentative d'assassinat a visé le maire de Kharkiv.",
        "Le candidat a échappé de peu à une tentative d'assassinat à Bogota.",
    ],
)
def test_an_attempt_kills_nobody(sentence: str) -> None:
    """Whom an attempt was made on is counted among no dead."""
    article = Article(id="m", text=sentence, date=datetime.date(2024, 5, 15), lang="fr")
    (annotation,) = Annotator("fr").annotate([article])
    assert [e.killed for e in Extractor("fr").read(annotation).events] == [None]
