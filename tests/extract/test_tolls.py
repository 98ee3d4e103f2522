"""How many were killed and wounded, in the many ways that news says it."""

from __future__ import annotations

import datetime

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.model import Article, Count

pytestmark = pytest.mark.model

# A sentence, the kind of the event that holds the toll, and its numbers of killed and wounded.
TOLLS: list[tuple[str, str, tuple[int, int | None] | None, tuple[int, int | None] | None]] = [
    ("L'embuscade a coûté la vie à onze gendarmes.", "Attack", (11, 11), None),
    ("L'attentat avait coûté la vie à 37 marins, en 2009.", "Attack", (37, 37), None),
    ("Les tirs de la Garde nationale ont tué trois étudiants.", "Attack", (3, 3), None),
    ("Neuf soldats ont perdu la vie dans l'attaque de leur autocar.", "Attack", (9, 9), None),
    ("Un juge est tombé sous les balles d'un tueur à Medellin.", "Attack", (1, 1), None),
    ("Un berger a été battu à mort par des miliciens.", "Attack", (1, 1), None),
    ("Une frappe a tué six rebelles et en a blessé 14 autres.", "Attack", (6, 6), (14, 14)),
    ("Le bilan de l'attentat est passé de 9 à 14 morts.", "Attack", (14, 14), None),
    (
        "Les combats avec l'armée ont fait 8 morts côté arménien et deux côté azéri.",
        "Clash",
        (10, 10),
        None,
    ),
    ("Deux policiers et six insurgés sont morts dans une fusillade.", "Clash", (8, 8), None),
    ("Douze rebelles ont été tués au cours d'une opération.", "Offensive", (12, 12), None),
    ("Les manifestations ont déjà fait 22 morts en deux semaines.", "Protest", (22, 22), None),
    ("Le raid aérien où ont péri 24 pêcheurs a été dénoncé.", "Attack", (24, 24), None),
    ("L'attentat a fait quelque 160 blessés au marché.", "Attack", None, (144, 176)),
    ("L'attaque a tué 31 civils, selon l'ONU, 44 d'après des habitants.", "Attack", (31, 44), None),
    ("L'attentat a fait 12 morts ; ce bilan a été porté à 15 par l'ONU.", "Attack", (15, 15), None),
    ("Une roquette a touché la base sans qu'il y ait de victime.", "Attack", (0, 0), (0, 0)),
    ("L'explosion d'une bombe n'a fait ni mort ni blessé.", "Attack", (0, 0), (0, 0)),
    ("Une frappe de l'armée a emporté un colonel et trois gardes.", "Attack", (4, 4), None),
    ("La ville pleure ses morts: seize, après une attaque de drones.", "Attack", (16, 16), None),
    ("La guerre civile a fait plus de 8.000 morts en six ans.", "Clash", (8001, None), None),
    (
        "Un général a été tué mardi dans une embuscade à Mopti. Son chauffeur a également péri.",
        "Attack",
        (2, 2),
        None,
    ),
    (
        "Trois soldats ont été tués mardi à Mopti. Leur interprète a aussi été tué.",
        "Attack",
        (4, 4),
        None,
    ),
]


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    """One pipeline for all sentences."""
    return Annotator("fr")


def _count(bounds: tuple[int, int | None] | None) -> Count | None:
    return None if bounds is None else Count(min=bounds[0], max=bounds[1])


@pytest.mark.parametrize(("text", "kind", "killed", "wounded"), TOLLS)
def test_a_toll_is_read_with_its_event(
    annotator: Annotator,
    text: str,
    kind: str,
    killed: tuple[int, int | None] | None,
    wounded: tuple[int, int | None] | None,
) -> None:
    """Words of fate on either side of those counted give one event of the right kind its toll."""
    article = Article(id="toll", text=text, date=datetime.date(2022, 3, 9), lang="fr")
    (reading,) = (Extractor("fr").read(a) for a in annotator.annotate([article]))
    held = [(e.type, e.killed, e.wounded) for e in reading.events if e.killed or e.wounded]
    assert held == [(kind, _count(killed), _count(wounded))]


@pytest.mark.parametrize(
    "text",
    [
        "Deux cents soldats patrouillent dans la ville où une bombe a explosé.",
        "Trois hommes ont été arrêtés après l'attentat.",
        "Les rebelles ont affirmé avoir abattu trois drones et un missile près d'Aden.",
        "Deux missiles se sont abattus sur onze positions de l'armée.",
        "Devant trente journalistes, le ministre a condamné l'attaque.",
    ],
)
def test_those_whom_nothing_befell_are_no_toll(annotator: Annotator, text: str) -> None:
    """Numbers of people beside an attack are its dead only where a word says so."""
    article = Article(id="toll", text=text, date=datetime.date(2022, 3, 9), lang="fr")
    (reading,) = (Extractor("fr").read(a) for a in annotator.annotate([article]))
    assert not any(e.killed or e.wounded for e in reading.events)
