"""Links read from whole sentences: what answers, and what is part of what."""

from __future__ import annotations

import datetime

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.model import Article

READ = {
    "Deux attentats ont fait 30 morts lundi en Irak. À Bagdad, un kamikaze s'est fait exploser sur "
    "un marché. À Kirkouk, une voiture piégée a explosé devant un commissariat.": [
        ("partOfEvent", "fait exploser", "attentats"),
        ("partOfEvent", "explosé", "attentats"),
    ],
    "Une vingtaine de combattants ont été capturés lors de l'offensive de l'armée contre Manbij.": [
        ("partOfEvent", "capturés", "offensive"),
    ],
    "Deux manifestants ont été tués par balles lors d'une manifestation à Conakry.": [
        ("partOfEvent", "tués par balles", "manifestation"),
    ],
    "L'Iran a tiré mardi des missiles sur une base américaine. L'attaque a été menée pour venger la "
    "mort du général Vardan, tué dimanche dans une frappe.": [
        ("inRetaliationFor", "tiré", "mort"),
    ],
    "Des hommes armés ont tué dix soldats au Mali. L'armée a riposté en bombardant un camp.": [
        ("inRetaliationFor", "riposté", "tué"),
    ],
    "Le Hamas a menacé Israël de représailles après la frappe de lundi.": [],
    "Deux attentats ont fait 30 morts lundi en Irak. En 2019, un kamikaze avait tué le maire de "
    "Kirkouk.": [],
}  # fmt: skip


@pytest.fixture(scope="module")
def read() -> tuple[Annotator, Extractor]:
    """Load the pipeline once."""
    return Annotator("fr"), Extractor("fr")


@pytest.mark.model
@pytest.mark.parametrize("text", READ)
def test_links_of_whole_sentences(text: str, read: tuple[Annotator, Extractor]) -> None:
    """Reprisals and parts are read off grammar and classes of words."""
    annotator, extractor = read
    article = Article(id="x", text=text, date=datetime.date(2024, 5, 15), lang="fr")
    (annotation,) = annotator.annotate([article])
    reading = extractor.read(annotation)
    words = {e.id: [m.exact for m in e.mentions] for e in reading.events}
    found = [(k.type, words[k.origin], words[k.goal]) for k in reading.links]
    assert len(found) == len(READ[text])
    for (kind, origin, goal), (told, origins, goals) in zip(READ[text], found, strict=True):
        assert kind == told and origin in origins and goal in goals
