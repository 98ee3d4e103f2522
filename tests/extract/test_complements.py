"""Complements of event nouns behind a place or a doer."""

from __future__ import annotations

import datetime
from functools import cache

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.model import Article

pytestmark = pytest.mark.model

SETTING = "\n\nL'armée, la police et la gendarmerie étaient sur place."
TARGETS = [
    ("L'enlèvement par les rebelles de douze lycéennes a ému le pays.", "lycéennes"),
    ("Le président a annoncé l'envoi en mer Bleue d'une force multinationale.", "force"),
    ("La libération par la milice de trois otages a été saluée.", "otages"),
]


@cache
def _read(sentence: str) -> list[str]:
    article = Article(id="a", text=sentence + SETTING, date=datetime.date(2024, 5, 15))
    (annotation,) = Annotator("fr").annotate([article])
    stage = Extractor("fr")._stage(annotation)
    return [stage.tree.text[p.token] for draft in stage.drafts for p in draft.targets]


@pytest.mark.parametrize(("sentence", "target"), TARGETS)
def test_a_complement_behind_doer_or_place_is_the_nouns_own(sentence: str, target: str) -> None:
    """What stands in "de" behind "par …" or "en …" undergoes the event that the noun names."""
    assert target in _read(sentence)


def test_a_preposition_of_several_words_keeps_its_noun() -> None:
    """The truce of "en vue d'une trêve" stays under its preposition."""
    article = Article(
        id="b",
        text="Des négociations en vue d'une trêve ont repris avec les rebelles." + SETTING,
        date=datetime.date(2024, 5, 15),
    )
    (annotation,) = Annotator("fr").annotate([article])
    tree = Extractor("fr")._stage(annotation).tree
    truce = tree.text.index("trêve")
    assert tree.text[tree.head[truce]] != "négociations"


def test_a_participle_behind_a_comma_describes_the_person_named_before_it() -> None:
    """In "la chute de …, tué en 2011" it is the person who was killed, not the fall."""
    assert "Karim" in _read("Depuis la chute de Karim Vardan, tué en 2011, deux camps s'opposent.")


def test_a_participle_stays_with_the_person_it_stands_under() -> None:
    """A head who is somebody keeps the participle, whoever is named between."""
    targets = _read("Le chef du Hezb al-Nour, tué en 2011, avait deux fils.")
    assert "chef" in targets
