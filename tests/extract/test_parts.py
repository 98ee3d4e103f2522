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


TOGETHER = {
    "Quinze gardes ont été tués lorsque des rebelles ont attaqué un poste de contrôle.": 1,
    "Cent civils ont été tués lundi à Bagdad, dans l'attaque la plus meurtrière depuis 2017.": 1,
    "Dix civils ont été tués lors de l'attaque d'un village.": 1,
    "Deux hommes ont été arrêtés et placés en garde à vue.": 1,
    "Un casque bleu a été tué dans des combats près de Goma.": 1,
    "L'armée a bombardé un camp après l'attentat qui a tué 21 personnes et en a blessé 111.": 2,
    "L'armée a bombardé un village en représailles à « l'attaque » d'un convoi.": 2,
    "Un homme a tué sept civils vendredi, au lendemain d'un raid de l'armée.": 2,
    "L'assaillant a tué trois passants. Il a ensuite blessé un garde. L'assaillant a été abattu.": 2,
}  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize("text", TOGETHER)
def test_events_of_whole_sentences(text: str, read: tuple[Annotator, Extractor]) -> None:
    """What one event is told by is one event; a reprisal and an assailant's death are others."""
    annotator, extractor = read
    article = Article(id="x", text=text, date=datetime.date(2024, 5, 15), lang="fr")
    (annotation,) = annotator.annotate([article])
    assert len(extractor.read(annotation).events) == TOGETHER[text]
