"""Tests of kg/annotate/gazetteer.py and of the tables it reads."""

from __future__ import annotations

import pytest
import spacy

from kg.annotate.gazetteer import Gazetteer, find_city, fold
from kg.model import EntityClass
from kg.resources import knowledge_file, language_file, read_csv

NLP = spacy.blank("fr")


def split(name: str) -> list[str]:
    """Split a name as the pipeline does."""
    return [token.text for token in NLP.make_doc(name)]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Give the tables of French."""
    return Gazetteer("fr", split)


def match(gazetteer: Gazetteer, text: str) -> tuple[str, str] | None:
    """Match a text from its first word; gives what was matched and the bearer's first name."""
    words = split(text)
    found = gazetteer.match([fold(word) for word in words], words, 0)
    return None if found is None else ("".join(words[: found[0]]), found[1].names[0])


def test_the_longest_known_name_wins(gazetteer: Gazetteer) -> None:
    """Of two known names that begin alike the longer one is found."""
    assert match(gazetteer, "Hachd al-Chaabi et Badr") == ("Hachdal-Chaabi", "Hachd al-Chaabi")
    assert match(gazetteer, "Soudan du Sud et Kenya") == ("SoudanduSud", "Soudan du Sud")


def test_spelling_may_differ_in_accents_and_apostrophes_only(gazetteer: Gazetteer) -> None:
    """Accents, capitals and the kind of apostrophe do not hide a known name; letters do."""
    assert match(gazetteer, "Cote d’Ivoire") == ("Coted’Ivoire", "Côte d'Ivoire")
    assert match(gazetteer, "Côte d'Ivoirie") is None


def test_acronyms_are_known_in_capitals_only(gazetteer: Gazetteer) -> None:
    """An acronym written as an ordinary word is not the acronym."""
    assert match(gazetteer, "EI") == ("EI", "État islamique")
    assert match(gazetteer, "ei") is None


def test_nouns_know_gender_and_number(gazetteer: Gazetteer) -> None:
    """A form of a noun gives its lemma, number and gender."""
    (noun,) = gazetteer.nouns["policières"]
    assert (noun.lemma, noun.plural, noun.gender) == ("policier", True, "f")
    assert "invariant" in gazetteer.nouns["pays"][0].features


def test_every_state_has_an_adjective_that_leads_back_to_it(gazetteer: Gazetteer) -> None:
    """Each country of the table is reached from some word of origin, small ones aside."""
    reached = {code for codes in gazetteer.demonyms.values() for code in codes}
    assert set(gazetteer.states) - reached <= {"VAT"}


def test_cities_are_found_under_their_french_names() -> None:
    """French names of cities lead to the right country; of namesakes the largest is given."""
    for name, country in (("Alep", "SYR"), ("Le Caire", "EGY"), ("Gao", "MLI"), ("Paris", "FRA")):
        city = find_city(name)
        assert city is not None and city.country == country
    assert find_city("Tripoli", country="LBN") is not None or find_city("Tripoli") is not None
    assert find_city("Vardopolis") is None


def test_actor_keys_are_unique_and_parents_exist() -> None:
    """The actors' table is sorted, without double keys, and every parent is in it."""
    rows = read_csv(knowledge_file("actors.csv"))
    keys = [row["key"] for row in rows]
    assert keys == sorted(set(keys))
    assert {row["parent"] for row in rows} - {""} <= set(keys)
    assert {row["cls"] for row in rows} <= set(EntityClass)
    assert len(rows) > 300


def test_tables_are_sorted() -> None:
    """Tables kept by hand are sorted by their first column, so that changes read well."""
    for path in (
        *(language_file("fr", f"{name}.csv") for name in ("countries", "demonyms", "nouns")),
        *(language_file("fr", f"{name}.csv") for name in ("regions", "exonyms", "metonyms")),
        knowledge_file("given_names.csv"),
    ):
        column = [next(iter(row.values())) for row in read_csv(path)]
        assert column == sorted(column), path
