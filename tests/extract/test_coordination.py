"""Who stands with whom: lists, bare subjects and bare objects."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.coordination import coordinate
from kg.extract.tree import Tree
from tests.extract.tables import words_of


def _coordinated(table: str) -> Tree:
    """Parse `word/label/head/part-of-speech/morph`, the head counted from 1 and 0 for the root."""
    rows = [word.split("/") for word in table.split()]
    doc = Doc(
        Vocab(),
        words=[r[0] for r in rows],
        deps=[r[1] for r in rows],
        heads=[int(r[2]) - 1 if r[2] != "0" else i for i, r in enumerate(rows)],
        pos=[r[3] if len(r) > 3 else "X" for r in rows],
        morphs=[r[4] if len(r) > 4 else "" for r in rows],
        lemmas=[r[0] for r in rows],
    )
    tree = Tree.of(doc, words_of().contractions)
    coordinate(tree, (), {"accuse"}, {"oppose"})
    return tree


def test_a_noun_is_joined_to_a_noun_and_not_to_its_adjective() -> None:
    """In "soldats congolais et miliciens" the militiamen stand beside the soldiers."""
    tree = _coordinated(
        "soldats/nsubj/5/NOUN congolais/amod/1/ADJ et/cc/4/CCONJ miliciens/conj/2/NOUN "
        "fuient/ROOT/0/VERB"
    )
    assert tree.conjuncts(0) == [0, 3]


def test_enumerated_states_are_a_list() -> None:
    """In "Oman, Bahreïn, Malte et Chypre signent" nobody explains anybody."""
    tree = _coordinated(
        "Oman/nsubj/8/PROPN ,/punct/3 Bahreïn/appos/1/PROPN ,/punct/5 Malte/conj/3/PROPN "
        "et/cc/7/CCONJ Chypre/conj/3/PROPN signent/ROOT/0/VERB"
    )
    assert tree.conjuncts(0) == [0, 2, 4, 6]


def test_a_name_beside_a_post_is_no_list() -> None:
    """In "le juge, Barro, Diallo et Sy à sa suite" the head is a common noun."""
    tree = _coordinated(
        "juge/nsubj/8/NOUN ,/punct/3 Barro/appos/1/PROPN ,/punct/5 Diallo/conj/3/PROPN "
        "et/cc/7/CCONJ Sy/conj/3/PROPN signent/ROOT/0/VERB"
    )
    assert tree.dep[2] == "appos"


def test_a_bare_name_is_whom_the_verb_accuses() -> None:
    """In "il accuse mardi Bamako" the name has no preposition, so that it is the object."""
    tree = _coordinated(
        "il/nsubj/2/PRON accuse/ROOT/0/VERB mardi/obl:mod/2/NOUN Bamako/obl:mod/2/PROPN"
    )
    assert (tree.dep[2], tree.dep[3]) == ("obl:mod", "obj")


def test_a_name_behind_a_preposition_is_not_the_object() -> None:
    """In "il accuse à Bamako" nobody is accused."""
    tree = _coordinated("il/nsubj/2/PRON accuse/ROOT/0/VERB à/case/4/ADP Bamako/obl:mod/2/PROPN")
    assert tree.dep[3] == "obl:mod"


def test_bare_nouns_behind_a_mutual_verb_are_its_subjects() -> None:
    """In "la plaine où se battent soldats et rebelles" both fight."""
    tree = _coordinated(
        "plaine/ROOT/0/NOUN où/obl:mod/4/PRON se/expl:pv/4/PRON "
        "battent/acl:relcl/1/VERB/Number=Plur soldats/xcomp/4/NOUN et/cc/7/CCONJ "
        "rebelles/conj/5/NOUN"
    )
    assert tree.dep[4] == "nsubj"
