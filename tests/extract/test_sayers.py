"""Who says the words around a token."""

from __future__ import annotations

from kg.extract.sayers import SayerFinder
from tests.extract.tables import named, stage_of

TOLD = (
    "l'/det/2 armée/nsubj/3/@army affirme/ROOT/0 que/mark/6 rebelles/nsubj/6/@rebels "
    "attaquent/ccomp/3 le/det/8 village/obj/6/@village"
)


def _finder(table: str) -> SayerFinder:
    stage = stage_of(table)
    speech = stage.speech
    return SayerFinder(stage.tree, stage.grammar, stage.cast, speech.cues, speech.quotations)


def test_a_content_clause_is_said_by_the_subject_above_it() -> None:
    """ "L'armée affirme que les rebelles attaquent": the army says so."""
    finder = _finder(TOLD)
    assert named(finder.sayers(5)) == ["army"]
    assert finder.saying_above(5) == 2


def test_words_of_the_article_have_no_sayer() -> None:
    """A plain sentence is said by nobody, and no verb of saying stands above it."""
    finder = _finder("rebelles/nsubj/2/@rebels attaquent/ROOT/0 le/det/4 village/obj/2/@village")
    assert finder.sayers(1) == []
    assert finder.saying_above(1) == 1
