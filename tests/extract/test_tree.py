"""A parse as plain lists."""

from __future__ import annotations

from tests.extract.tables import tree_of

RAID = "les/det/2 rebelles/nsubj/3 bombarde/ROOT/0 le/det/5 village/obj/3 du/case/7 juge/nmod/5"
TWO = "l'/det/2 armée/nsubj/3 recule/ROOT/0\nles/det/2 rebelles/nsubj/3 marchent/ROOT/0"
ALL = "soldats/nsubj/6 ,/punct/3 civils/conj/1 et/cc/5 rebelles/conj/1 marchent/ROOT/0"


def test_heads_and_dependents_mirror_each_other() -> None:
    """A token stands among the dependents of its head; a root is its own head."""
    tree = tree_of(RAID)
    assert tree.head[2] == 2
    assert all(i in tree.kids[tree.head[i]] for i in range(len(tree)) if i != 2)
    assert tree.kids[2] == [1, 4]


def test_heads_to_the_left_and_in_later_sentences_are_positions_in_the_document() -> None:
    """Heads count through the whole article, whichever way they point."""
    tree = tree_of(TWO)
    assert tree.head == [1, 2, 2, 4, 5, 5]
    assert tree.sent == [0, 0, 0, 1, 1, 1]
    assert tree.sents == [(0, 3), (3, 6)]


def test_a_contracted_preposition_is_given_plain() -> None:
    """ "du" is "de"; a nominal without preposition has none."""
    tree = tree_of(RAID)
    assert tree.prep(6) == "de"
    assert tree.prep(4) == ""


def test_a_preposition_is_read_anew_once_forgotten() -> None:
    """What was read of a preposition is kept until it is forgotten."""
    tree = tree_of(RAID)
    assert tree.prep(6) == "de"
    tree.dep[5] = "advmod"
    assert tree.prep(6) == "de"
    tree.forget(6)
    assert tree.prep(6) == ""


def test_conjuncts_need_a_joining_word() -> None:
    """ "A, B et C" are three; a second noun without "et" only describes the first."""
    tree = tree_of(ALL)
    assert tree.conjuncts(0) == [0, 2, 4]
    assert tree.first_conjunct(4) == 0
    assert tree_of(ALL.replace("et/cc/5", ",/punct/5")).conjuncts(0) == [0]


def test_subtrees_hold_all_that_hangs_below() -> None:
    """A subtree is in text order and its span has no gap."""
    tree = tree_of(RAID)
    assert tree.subtree(4) == [3, 4, 5, 6]
    assert tree.span(4) == (3, 7)
    assert list(tree.ancestors(6)) == [4, 2]
