"""Tests of kg/annotate/mentions.py, names.py, phrases.py and origins.py on real parses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Annotation, Entity, EntityClass, Mention

pytestmark = pytest.mark.model
Annotate = Callable[[str], Annotation]


def mention(annotation: Annotation, word: str) -> Mention:
    """Give the smallest mention that holds a word."""
    start = annotation.article.text.index(word)
    inside = [m for m in annotation.mentions if m.start <= start < m.end]
    assert inside, f"no mention holds {word!r}"
    return min(inside, key=lambda m: m.end - m.start)


def entity(annotation: Annotation, word: str) -> Entity:
    """Give the entity of the smallest mention that holds a word."""
    wanted = mention(annotation, word).entity
    return next(e for e in annotation.entities if e.id == wanted)


@pytest.mark.parametrize(
    ("text", "word", "cls", "name"),
    [
        ("Un obus est tombé à Sarkol.", "Sarkol", "Place", "Sarkol"),
        ("L'attaque a eu lieu près de Mirkol.", "Mirkol", "Place", "Mirkol"),
        ("Des hommes ont fui la ville de Belkar.", "Belkar", "Place", "Belkar"),
        ("L'armée vardanienne a pilonné la ville.", "armée", "ArmedForce", "armée vardanienne"),
        ("Le général Arvo Tens a été tué.", "Arvo", "Person", "Arvo Tens"),
        ("Il a tué l'influent général norlandais Arvo Tens.", "influent", "Person", "Arvo Tens"),
        ("Le ministre Ilmar Voss a démenti.", "Voss", "Person", "Ilmar Voss"),
        ("Le groupe Ansarat a revendiqué l'attaque.", "Ansarat", "ArmedGroup", "Ansarat"),
        (
            "Les Brigades de l'Aube ont attaqué un convoi.",
            "Aube",
            "ArmedGroup",
            "Brigades de l'Aube",
        ),
        (
            "Les Faucons de la liberté du Norland ont enlevé un prêtre.",
            "Faucons",
            "ArmedGroup",
            "Faucons de la liberté du Norland",
        ),
        ("Une bombe a touché la base K7.", "K7", "Facility", "base K7"),
        (
            "Le Parlement vardanien a voté la loi.",
            "Parlement",
            "Institution",
            "Parlement vardanien",
        ),
    ],
)
def test_unknown_names_get_their_class_from_grammar(
    annotate: Annotate, text: str, word: str, cls: str, name: str
) -> None:
    """A name that no table knows is classed by the words around it."""
    found = entity(annotate(text), word)
    assert found.cls == cls
    assert name in found.names


def test_every_mention_is_a_slice_of_the_text(annotate: Annotate) -> None:
    """A mention's offsets, tokens and evidence name the same stretch of the article."""
    text = "Dix soldats\u00a0maliens et leur chef, Ilmar Voss,\nont été tués à Gao. Il était à Gao."
    annotation = annotate(text)
    for found in annotation.mentions:
        assert annotation.starts[found.first] == found.start
        assert annotation.ends[found.last - 1] == found.end
        assert found.first <= found.head < found.last
    for one in annotation.entities:
        assert one.names
        assert all(text[e.start : e.end] == e.exact for e in one.mentions)
    assert {m.entity for m in annotation.mentions} == {e.id for e in annotation.entities}


def test_counted_people_keep_their_number(annotate: Annotate) -> None:
    """A counted group has its count, and names with and without the number."""
    found = entity(annotate("Cinq policiers turcs ont été blessés."), "policiers")
    assert found.count is not None and found.count.min == 5
    assert found.names[:2] == ("Cinq policiers turcs", "policiers turcs")
    assert found.country == "TUR"


def test_counting_nouns_give_the_people_counted(annotate: Annotate) -> None:
    """ "Des milliers de partisans du Front" are people, named with and without "milliers"."""
    found = entity(annotate("Des milliers de partisans du Front ont manifesté."), "milliers")
    assert found.cls is EntityClass.POPULATION_GROUP
    assert {"milliers de partisans du Front", "partisans du Front"} <= set(found.names)


def test_adjectives_of_origin_speak_of_their_state(annotate: Annotate) -> None:
    """ "américain" mentions the United States, "vardanien" the Vardanie of the same article."""
    annotation = annotate(
        "Les raids américains ont visé la Vardanie. L'armée vardanienne a riposté."
    )
    assert mention(annotation, "américains").key == "USA"
    assert mention(annotation, "vardanienne").entity == mention(annotation, "Vardanie").entity
    assert entity(annotation, "Vardanie").cls is EntityClass.STATE


def test_capitals_stand_for_their_state_or_for_themselves(annotate: Annotate) -> None:
    """A capital that accuses is the state; one that something happens in is the city."""
    annotation = annotate("Washington a accusé l'Iran. Une bombe a explosé à Téhéran.")
    assert entity(annotation, "Washington").key == "USA"
    assert entity(annotation, "Téhéran").cls is EntityClass.PLACE


def test_entity_ids_do_not_change(annotate: Annotate) -> None:
    """The same article gives the same mentions and entities, ids included."""
    text = "Le Front uni a attaqué une base à Sarkol. Le groupe a pris la ville."
    assert annotate(text).entities == annotate(text).entities


def test_events_and_ordinary_capitals_are_no_places(annotate: Annotate) -> None:
    """A capital at the head of a sentence makes no name of an ordinary word."""
    annotation = annotate("Bilan : deux policiers tués. Des tirs ont éclaté à Gao.")
    assert not any(e.cls == "Place" and "Bilan" in e.names for e in annotation.entities)


def test_a_town_is_chosen_in_a_country_spoken_of(annotate: Annotate) -> None:
    """Of two Tripolis the one in the country of the article is meant."""
    assert entity(annotate("Une bombe a explosé à Tripoli, au Liban."), "Tripoli").country == "LBN"
    assert entity(annotate("Les milices libyennes ont pris Tripoli."), "Tripoli").country == "LBY"


def test_a_parliament_s_name_is_its_namesake_town_without_an_article(annotate: Annotate) -> None:
    """ "la Douma" is the Russian house, Douma bombed in Syria is a town."""
    town = entity(annotate("Des avions russes ont bombardé Douma, en Syrie."), "Douma")
    assert (town.cls, town.country) == (EntityClass.PLACE, "SYR")
    house = entity(annotate("En Syrie, la décision de la Douma a été critiquée."), "Douma")
    assert house.cls is EntityClass.INSTITUTION


@pytest.mark.parametrize(
    ("text", "word", "cls", "name"),
    [
        (
            "L'armée a attaqué les brigades de la Montagne.",
            "brigades",
            "ArmedGroup",
            "brigades de la Montagne",
        ),
        (
            "Le front de libération de la Sarvanie a revendiqué l'attaque.",
            "front",
            "ArmedGroup",
            "front de libération de la Sarvanie",
        ),
        ("Les rebelles ont repris Tal Bassan.", "Bassan", "Place", "Tal Bassan"),
        ("Il a été tué dans l'Etat de Sonora.", "Sonora", "Place", "État de Sonora"),
    ],
)
def test_takes_groups_and_places_by_what_they_are_called(
    annotate: Annotate, text: str, word: str, cls: str, name: str
) -> None:
    """A group's common noun with its label is its name; what is retaken is a place."""
    found = entity(annotate(text), word)
    assert (found.cls, name in found.names) == (EntityClass(cls), True), found


@pytest.mark.parametrize(
    ("text", "word", "other"),
    [
        (
            "Les Forces patriotiques (FPZ), une coalition de milices, ont revendiqué l'attaque.",
            "coalition",
            "FPZ",
        ),
        ("Ses rivaux, les Lobos, ont attaqué la prison.", "rivaux", "Lobos"),
        ("Ils ont pris El-Bacher, chef-lieu du Darzour, mardi.", "chef-lieu", "Bacher"),
    ],
)
def test_joins_what_is_set_beside(annotate: Annotate, text: str, word: str, other: str) -> None:
    """A description behind a comma is of what stands before it, over a bracket too."""
    annotation = annotate(text)
    assert mention(annotation, word).entity == mention(annotation, other).entity


@pytest.mark.parametrize(
    ("text", "word", "cls"),
    [
        ("Des miliciens Makolo ont enlevé huit mineurs.", "Makolo", "ArmedGroup"),
        ("L'ex-dictateur Hok Samrin a été condamné.", "ex-dictateur", "Person"),
        ("Deux douaniers ont été tués.", "douaniers", "PopulationGroup"),
        (
            "Des milliers de partisans de l'opposant Jules Akendé ont défilé.",
            "milliers",
            "PopulationGroup",
        ),
    ],
)
def test_knows_what_kind_of_participant(annotate: Annotate, text: str, word: str, cls: str) -> None:
    """The noun beside a name, or the one that is counted, says what kind of thing it is."""
    assert mention(annotate(text), word).cls is EntityClass(cls)


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Une usine de fibre optique de Sarkol a brûlé.", "usine", "usine de fibre optique"),
        ("Les combattants du M23 ont pris Goma.", "combattants", "M23"),
        ("Ilmar Voss a fui. Ses hommes ont tiré.", "hommes", "hommes d'Ilmar Voss"),
    ],
)
def test_lists_shorter_forms_and_whose_they_are(
    annotate: Annotate, text: str, word: str, name: str
) -> None:
    """A description is also known by its shorter forms, and fighters by whom they follow."""
    assert name in entity(annotate(text), word).names


def test_a_few_fighters_are_not_their_group(annotate: Annotate) -> None:
    """Ten of a group's men do not have its name."""
    assert "M23" not in entity(annotate("Dix combattants du M23 sont morts."), "combattants").names
