"""Participants that one event of a sentence lends to another."""

from __future__ import annotations

from functools import cache

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.model import Article
from tests.extract.tables import DAY

# Sentence, event type, role and the word that must, or must not, stand in a name there.
LENT = {
    "the men of an operation": (
        "L'armée a tué vingt jihadistes lors d'une opération près de Sarkol.",
        ("Offensive", "agents", "armée"),
    ),
    "who took them frees them": (
        "Deux ingénieurs avaient été enlevés par des rebelles avant d'être relâchés mardi.",
        ("Release", "agents", "rebelles"),
    ),
    "who frees them took them": (
        "L'ELN a relâché lundi trois techniciens enlevés en décembre.",
        ("Attack", "agents", "ELN"),
    ),
    "who is asked is to do it": (
        "Le président a exigé de l'ELN la libération de ses otages.",
        ("Release", "agents", "ELN"),
    ),
    "who is threatened would suffer it": (
        "La Cédéao a menacé les militaires de nouvelles sanctions.",
        ("Sanction", "targets", "militaires"),
    ),
}
WAR = "\nDes combats entre l'armée et les jihadistes ont fait dix morts."


@cache
def _tools() -> tuple[Annotator, Extractor]:
    return Annotator("fr"), Extractor("fr")


@cache
def _found(sentence: str, kind: str, role: str) -> str:
    annotator, extractor = _tools()
    article = Article(id="a", text=sentence + WAR, date=DAY, lang="fr")
    reading = extractor.read(next(iter(annotator.annotate([article]))))
    names = {e.id: " ".join(e.names) for e in reading.entities}
    return " ".join(
        names[p.entity]
        for event in reading.events
        if event.type == kind and event.mentions[0].start < len(sentence)
        for p in getattr(event, role)
    )


@pytest.mark.model
@pytest.mark.parametrize("case", LENT.values(), ids=LENT)
def test_lends_participants(case: tuple[str, tuple[str, str, str]]) -> None:
    """The event that lacks somebody has whom its neighbour names."""
    sentence, (kind, role, word) = case
    assert word in _found(sentence, kind, role)


@pytest.mark.model
def test_an_army_that_frees_captives_did_not_take_them() -> None:
    """Only an armed group that lets somebody go is taken for the kidnapper."""
    sentence = "L'armée a libéré lundi trois techniciens enlevés en décembre."
    assert "armée" not in _found(sentence, "Attack", "agents")
