"""Tests of kg/annotate/quantities.py and numbers.py: every sentence of numbers.yaml and edges."""

from __future__ import annotations

import re

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.annotate.documents import parse_articles
from kg.annotate.numbers import load_number_words, number_at
from kg.annotate.quantities import find_quantities, is_count
from kg.model import Annotation, Article
from kg.resources import language_file

TABLE = load_number_words()
NLP = spacy.blank("fr")
_ALL_WORDS = sorted(
    {*TABLE.words, *TABLE.scales, *TABLE.vague, *TABLE.rounds, *TABLE.plural_determiners}
    | {word for phrase in TABLE.before for word in phrase.replace("'", "' ").split()}
    | {"0", "5", "200", "1.500", "2,5", "9" * 40, "hommes", "dizaines", "ans", "et", "à", "ou"}
)


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    """The French pipeline that the project ships."""
    return spacy.load(language_file("fr", "model"))


def _by_hand(words: list[str], pos: list[str]) -> Annotation:
    doc = Doc(NLP.vocab, words=words, pos=pos)
    return Annotation(
        article=Article(id="a", text=doc.text),
        doc=doc,
        starts=tuple(token.idx for token in doc),
        ends=tuple(token.idx + len(token) for token in doc),
        paragraphs=((0, len(doc)),),
    )


@pytest.mark.parametrize(
    ("phrase", "value", "used"),
    [
        ("zéro", 0, 1),
        ("vingt-cinq", 25, 1),
        ("quatre-vingts", 80, 1),
        ("quatre-vingt-dix-sept", 97, 1),
        ("soixante et onze", 71, 3),
        ("deux cent trente-quatre", 234, 3),
        ("mille deux cents", 1200, 3),
        ("5 200", 5200, 2),
        ("1.500", 1500, 1),
        ("2,5 millions", 2_500_000, 2),
        ("trois millions deux cent mille", 3_200_000, 5),
        ("une demi-douzaine", 6, 2),
        ("six sept", 6, 1),
    ],
)
def test_numbers_are_read_in_words_and_figures(phrase: str, value: int, used: int) -> None:
    """A number in words, figures or both has the value a reader gives it, and its length."""
    number = number_at(phrase.split(), 0, TABLE)
    assert number is not None
    assert (number.value, number.end) == (value, used)


def test_a_word_that_is_no_number_gives_none() -> None:
    """Ordinary words, also in the plural after "des", are not numbers."""
    assert number_at(["maisons"], 0, TABLE) is None
    assert number_at(["des", "hommes"], 0, TABLE) is None


@given(st.integers(min_value=1, max_value=999_999))
def test_grouped_figures_read_back(value: int) -> None:
    """A number written with French spaces between groups of three reads back to itself."""
    words = f"{value:,}".replace(",", " ").split()
    number = number_at(words, 0, TABLE)
    assert number is not None
    assert (number.value, number.end) == (value, len(words))


def test_a_count_is_tied_to_its_noun_without_a_pipeline() -> None:
    """The noun after the number, over an adjective, is what the number counts."""
    words = ["Près", "de", "40", "jeunes", "soldats", "tués"]
    annotation = _by_hand(words, ["ADV", "ADP", "NUM", "ADJ", "NOUN", "VERB"])
    (quantity,) = find_quantities(annotation)
    assert (quantity.count.min, quantity.count.max, quantity.head) == (35, 40, 4)
    assert annotation.article.text[quantity.start : quantity.end] == "Près de 40"


def test_near_one_thing_is_a_place_not_a_count() -> None:
    """ "Près d'un bus" says where, so the quantity is the one bus."""
    annotation = _by_hand(["près", "d'", "un", "bus"], ["ADV", "ADP", "DET", "NOUN"])
    (quantity,) = find_quantities(annotation)
    assert (quantity.count.min, quantity.count.max, quantity.first) == (1, 1, 2)


def test_an_empty_article_has_no_quantities() -> None:
    """Nothing in, nothing out."""
    assert find_quantities(_by_hand([], [])) == ()


@pytest.mark.model
@pytest.mark.parametrize("row", TABLE.matches, ids=lambda row: row[0])
def test_every_sentence_of_the_data_file_gives_its_count(
    row: tuple[str, int, int | None, str], nlp: spacy.Language
) -> None:
    """Each `matches` sentence holds a quantity with the bounds and the counted noun it names."""
    marked, low, high, counted = row
    text = re.sub(r"</?q>", "", marked).replace("d' ", "d'")
    annotation = _parsed(text, nlp)
    found = [
        (q.count.min, q.count.max, annotation.doc[q.head].text)
        for q in find_quantities(annotation)
        if q.head is not None and is_count(q)
    ]
    assert (low, high, counted) in found


@pytest.mark.model
@pytest.mark.parametrize("text", TABLE.rejects)
def test_measures_and_labels_are_not_counts(text: str, nlp: spacy.Language) -> None:
    """Years, ages, distances, money, percentages and hours never count as things."""
    assert [q for q in find_quantities(_parsed(text, nlp)) if is_count(q)] == []


def _parsed(text: str, nlp: spacy.Language) -> Annotation:
    return next(iter(parse_articles(nlp, [Article(id="a", text=text)])))


@given(st.lists(st.sampled_from(_ALL_WORDS), max_size=10))
def test_any_words_give_ordered_bounds(words: list[str]) -> None:
    """Whatever the words, a count's lower bound is not above its upper one."""
    for quantity in find_quantities(_by_hand(words, ["NOUN"] * len(words))):
        assert quantity.count.max is None or quantity.count.min <= quantity.count.max
