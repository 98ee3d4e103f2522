"""Accents put back on capitals before parsing."""

from __future__ import annotations

import pytest

from kg.annotate.annotator import Annotator
from kg.annotate.capitals import read_capitals
from kg.model import Article

RESTORED = {
    "A Sarkol, un obus a explosé.": "À Sarkol, un obus a explosé.",
    "Il a fui. A Dakar, rien.": "Il a fui. À Dakar, rien.",
    "« A mon avis, non. »": "« À mon avis, non. »",
    "le chef de l'Etat": "le chef de l'État",
    "les Etats-Unis et les Emirats": "les États-Unis et les Émirats",
}
KEPT = ("A-t-il fui ?", "L'émission A vos marques", "Emirates a annulé ses vols.", "Ebola")


def test_accents_are_put_back_and_offsets_stay() -> None:
    """A sentence's first "A" and the words of the list get their accent, length unchanged."""
    restore = read_capitals("fr").restorer().restore
    for printed, read in RESTORED.items():
        assert restore(printed) == read
        assert len(read) == len(printed)


def test_other_capitals_are_left_alone() -> None:
    """A verb, a title inside a sentence and other words keep their letters."""
    restore = read_capitals("fr").restorer().restore
    for text in KEPT:
        assert restore(text) == text


@pytest.mark.model
def test_a_town_behind_an_unaccented_preposition_is_a_town() -> None:
    """ "A Conakry" is read as a place, and quoted as the article prints it."""
    text = "Un soldat a été tué. A Conakry, des jeunes ont manifesté."
    (annotation,) = Annotator().annotate([Article(id="a", text=text)])
    town = next(m for m in annotation.mentions if "Conakry" in m.names)
    assert text[town.start : town.end] == "Conakry"
    assert annotation.article.text == text
