"""Forms that are never anything but a verb are woken up."""

from __future__ import annotations

import datetime

import pytest

from kg.extract.extractor import Extractor
from kg.extract.misread import wake_verbs
from kg.model import Article
from tests.extract.tables import tree_of, words_of


def test_a_verb_takes_the_place_of_the_name_before_it() -> None:
    """In "Vardan dément" the parser hangs the verb from its subject."""
    tree = tree_of("Vardan/ROOT/0 dément/advmod/1")
    wake_verbs(tree, words_of())
    assert (tree.pos[1], tree.lemma[1], tree.head[1]) == ("VERB", "démentir", 1)
    assert (tree.dep[0], tree.head[0]) == ("nsubj", 1)


def test_a_verb_stands_over_the_infinitive_behind_it() -> None:
    """In "Vardan dément bombarder" the subject is the denier's."""
    tree = tree_of("Vardan/nsubj/3 dément/advmod/3 bombarder/ROOT/0")
    wake_verbs(tree, words_of())
    assert (tree.head[1], tree.dep[1]) == (1, "ROOT")
    assert (tree.head[0], tree.dep[0]) == (1, "nsubj")
    assert (tree.head[2], tree.dep[2]) == (1, "xcomp")


def test_a_relative_clause_keeps_its_noun() -> None:
    """In "une attaque que dément Vardan" the denial describes the attack."""
    tree = tree_of("une/det/2 attaque/ROOT/0 que/obj/4 dément/advmod/5 Vardan/appos/2")
    wake_verbs(tree, words_of())
    assert (tree.head[3], tree.dep[3]) == (1, "acl:relcl")
    assert (tree.head[4], tree.dep[4]) == (3, "nsubj")


def test_other_words_stay_as_they_are() -> None:
    """A form that is not listed is left to the tagger."""
    tree = tree_of("Vardan/ROOT/0 ainsi/advmod/1")
    wake_verbs(tree, words_of())
    assert tree.pos[1] == "ADV"


@pytest.mark.model
def test_a_capital_makes_no_name_of_an_opening_participle() -> None:
    """ "Limogé …, le ministre" opens with a verb, whatever its capital suggests."""
    from kg.annotate.annotator import Annotator

    day = datetime.date(2024, 5, 15)
    text = "Limogé la semaine dernière, le ministre se tait.\n\nL'armée et la police patrouillent."
    (annotation,) = Annotator("fr").annotate([Article(id="a", text=text, date=day)])
    assert "Resignation" in [event.type for event in Extractor("fr").read(annotation).events]
