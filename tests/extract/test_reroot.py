"""Which verb is the main one, and whose subject is whose."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.reroot import reroot
from kg.extract.tree import Tree
from tests.extract.tables import words_of


def _rerooted(table: str) -> Tree:
    """Parse `word/label/head/part-of-speech`, the head counted from 1 and 0 for the root."""
    rows = [word.split("/") for word in table.split()]
    doc = Doc(
        Vocab(),
        words=[r[0] for r in rows],
        deps=[r[1] for r in rows],
        heads=[int(r[2]) - 1 if r[2] != "0" else i for i, r in enumerate(rows)],
        pos=[r[3] if len(r) > 3 else "X" for r in rows],
        lemmas=[r[0] for r in rows],
    )
    words = words_of()
    tree = Tree.of(doc, words.contractions)
    reroot(tree, {"marches"}, words.participles)
    return tree


def test_a_name_right_behind_a_subject_is_its_name() -> None:
    """In "le ministre Barro a parlé" two subjects are one."""
    tree = _rerooted(
        "le/det/2 ministre/nsubj/5/NOUN Barro/nsubj/5/PROPN a/aux:tense/5 parlé/ROOT/0/VERB"
    )
    assert (tree.head[2], tree.dep[2]) == (1, "appos")


def test_contre_stays_with_the_event_noun_before_it() -> None:
    """In "tués en marches contre le juge" it is the marches that are against him."""
    tree = _rerooted(
        "tués/ROOT/0/VERB en/case/3 marches/obl:mod/1/NOUN contre/case/6 le/det/6 juge/obl:mod/1/NOUN"
    )
    assert (tree.head[5], tree.dep[5]) == (2, "nmod")


def test_contre_stays_with_the_verb_behind_any_other_noun() -> None:
    """In "voter dimanche contre le juge" a day is against nobody."""
    tree = _rerooted(
        "voter/ROOT/0/VERB dimanche/obl:mod/1/NOUN contre/case/5 le/det/5 juge/obl:mod/1/NOUN"
    )
    assert tree.head[4] == 0


def test_a_participle_that_opens_the_sentence_belongs_to_the_subject() -> None:
    """ "Enlevés par des rebelles, deux prêtres ont fui": the first word is no name."""
    tree = _rerooted(
        "Enlevés/nsubj/9/PROPN par/case/4/ADP des/det/4 rebelles/obl:mod/9/NOUN ,/punct/9 "
        "deux/nummod/7 prêtres/nsubj/9/NOUN ont/aux:tense/9 fui/ROOT/0/VERB"
    )
    assert (tree.head[0], tree.dep[0], tree.pos[0]) == (6, "acl", "VERB")
    assert tree.head[3] == 0
