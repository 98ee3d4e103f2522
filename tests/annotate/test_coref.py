"""Tests of kg/annotate/coref.py and pronouns.py on real parses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Annotation

pytestmark = pytest.mark.model
Annotate = Callable[[str], Annotation]


def entity_at(annotation: Annotation, word: str, nth: int = 0) -> str:
    """Give the entity of the smallest mention that holds the nth time a word is written."""
    start = -1
    for _ in range(nth + 1):
        start = annotation.article.text.index(word, start + 1)
    inside = [m for m in annotation.mentions if m.start <= start < m.end]
    assert inside, f"no mention holds {word!r}"
    return min(inside, key=lambda m: m.end - m.start).entity


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Le général Arvo Tens a été tué. Tens avait 50 ans.", "Arvo", "Tens avait"),
        ("Le Front libre du Tarvan (FLT) a attaqué. Le FLT a revendiqué.", "Front", "FLT a"),
        (
            "Un groupe chiite, les Brigades de l'Aube, a attaqué. Ce groupe est armé.",
            "Brigades",
            "Ce groupe",
        ),
        ("Les Brigades de l'Aube ont tiré. Le groupe a fui.", "Brigades", "groupe a"),
        (
            "Le Front al-Zahra, également connu sous le nom de Légion du Levant, a tiré.",
            "Front",
            "Légion",
        ),
        ("Un obus a touché une base. Cette base abrite des soldats.", "une base", "Cette base"),
        ("Ilmar Voss, chef du Front uni, a parlé.", "Ilmar", "chef"),
        ("Le président Petar Ilic a parlé. Il a promis une trêve.", "Petar", "Il a"),
        ("L'armée malienne a attaqué. L'armée du Mali a pris Gao.", "malienne", "Mali"),
        ("Le président syrien Arvo Tens a cédé. Le chef de l'État a fui.", "Arvo", "chef"),
        ("Un kamikaze s'est fait exploser. L'assaillant avait 20 ans.", "kamikaze", "assaillant"),
        ("Les combats ont repris à Sarkol. La ville est en ruine.", "Sarkol", "La ville"),
        (
            "La Vardanie a accusé le groupe. En représailles, Oskal a mené des raids.",
            "La Vardanie",
            "Oskal",
        ),
        ("Ilmar Voss a fui. La junte l'a arrêté mardi.", "Ilmar", "l'a arr"),
        ("Des jeunes ont manifesté. Les gendarmes les ont dispersés.", "Des jeunes", "les ont"),
        ("Deux médecins sont libres. Le groupe qui les détenait a fui.", "Deux", "les dét"),
        ("Petar Ilic a été tué. La reine, que le roi a vue, l'avait banni.", "Petar", "l'avait"),
        ("Petar Ilic a fui mardi. Ce milliardaire de 55 ans est en prison.", "Petar", "Ce mill"),
        ("Ilmar Voss vit à Sarkol. Le jeune homme a été arrêté.", "Ilmar", "Le jeune"),
        ("La Corée du Nord a tiré. Le Nord a menacé le Sud.", "La Corée", "Le Nord"),
        ('Le chef du gang, surnommé "Tigre noir", a fui.', "Le chef", "Tigre"),
        (
            "Arvo Tens, son bras droit et chef de facto du Front, a été tué.",
            "Arvo",
            "chef de",
        ),
        (
            "La mission des Nations unies au Norland (Minunor) a riposté. La Minunor a tiré.",
            "La mission",
            "La Minunor",
        ),
        ("Le Birlik ou-Nour a tiré. Le Birlik a fui.", "Le Birlik ou", "Le Birlik a"),
        ("Le chef de la police, Arvo Tens, a parlé. Mme Ortas a ri. Il a nié.", "Arvo", "Il a"),
    ],
)
def test_one_participant_is_one_entity(
    annotate: Annotate, text: str, first: str, second: str
) -> None:
    """Name variants, appositions, descriptions and pronouns of one participant are one entity."""
    if first == "malienne":
        first, second = "L'armée malienne", "L'armée du"
    annotation = annotate(text)
    assert entity_at(annotation, first) == entity_at(annotation, second)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Le Hezbollah a nié. Les brigades du Hezbollah ont tiré.", "Le Hez", "brigades"),
        ("L'armée malienne et le gouvernement malien ont réagi.", "armée", "gouvernement"),
        ("Des soldats américains sont morts. Les États-Unis ont réagi.", "soldats", "États"),
        ("Un policier a tué un policier.", "Un policier", "un policier"),
        ("Deux soldats sont morts à Gao et deux soldats à Kidal.", "Deux", "deux"),
        ("L'armée russe a attaqué l'armée ukrainienne.", "armée russe", "armée ukr"),
        ("Washington a parlé. Un homme est mort à Washington.", "Washington a", "Washington."),
        ("La base de Taji et la base de Balad ont été visées.", "base de T", "base de B"),
        ("Selon le maire Arvo Tens, un homme a tiré.", "maire", "un homme"),
        ("Le préfet de la ville, Arvo Tens, a parlé.", "la ville", "Arvo"),
        ("Sept personnes sont mortes. Les 40 personnes ont fui.", "Sept", "Les 40"),
        ("Un village proche de Sarkol a brûlé.", "Un village", "Sarkol"),
    ],
)
def test_look_alikes_stay_apart(annotate: Annotate, text: str, first: str, second: str) -> None:
    """Participants that only look alike are two entities."""
    annotation = annotate(text)
    assert entity_at(annotation, first) != entity_at(annotation, second)


def test_the_article_decides_what_its_acronyms_mean(annotate: Annotate) -> None:
    """An acronym that the article introduces is not the known one of the same letters."""
    annotation = annotate(
        "Les forces de défense et de sécurité (FDS) ont riposté. Les FDS ont tué dix hommes."
    )
    wanted = entity_at(annotation, "FDS ont")
    assert wanted == entity_at(annotation, "Les forces")
    assert all(e.key != "fds" for e in annotation.entities)
