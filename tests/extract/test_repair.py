"""Attachments that French word order settles better than a parser."""

from __future__ import annotations

from kg.extract.repair import repair, retag
from kg.extract.tree import Tree
from tests.extract.tables import annotation_of, words_of


def _repaired(*tables: str) -> Tree:
    annotation, words = annotation_of(*tables), words_of()
    tree = Tree.of(annotation.doc, words.contractions)
    repair(tree, annotation.times, words["demonstrative_pronouns"], words["approximators"])
    return tree


def test_par_right_behind_a_participle_belongs_to_it() -> None:
    """In "le village incendié par les rebelles" the rebels are the agent of the participle."""
    tree = _repaired(
        "le/det/2 village/nsubj/7 incendié/acl/2 par/case/6 les/det/6 rebelles/obl:mod/7 brûle/ROOT/0"
    )
    assert (tree.head[5], tree.dep[5]) == (2, "obl:agent")
    assert 5 in tree.kids[2]
    assert 5 not in tree.kids[6]


def test_nothing_but_its_own_words_hangs_from_a_date() -> None:
    """A place that the parser hung from the date goes to the verb."""
    tree = _repaired(
        "l'/det/2 armée/nsubj/3 marchent/ROOT/0 mardi/obl:mod/3/%2024-05-14 à/case/6 Sarkol/nmod/4"
    )
    assert (tree.head[5], tree.dep[5]) == (2, "obl:mod")


def test_ainsi_que_joins_what_follows_to_the_argument_before() -> None:
    """ "tue le juge ainsi que le maire": both are objects."""
    tree = _repaired(
        "l'/det/2 armée/nsubj/3 tue/ROOT/0 le/det/5 juge/obj/3 ainsi/advmod/9 que/fixed/6 le/det/9 "
        "maire/obl:mod/3"
    )
    assert (tree.head[8], tree.dep[8]) == (4, "conj")
    assert tree.conjuncts(4) == [4, 8]


def test_the_counted_noun_takes_the_place_of_its_approximator() -> None:
    """In "près de vingt attaques" the attacks are the object."""
    tree = _repaired(
        "les/det/2 rebelles/nsubj/3 mené/ROOT/0 près/obj/3 de/case/7 vingt/nummod/7 attaques/nmod/4"
    )
    assert (tree.head[6], tree.dep[6]) == (2, "obj")
    assert tree.prep(6) == ""


def test_a_repair_never_closes_a_circle() -> None:
    """Every token still leads to a root."""
    tree = _repaired(
        "le/det/2 village/nsubj/7 incendié/acl/2 par/case/6 les/det/6 rebelles/obl:mod/7 brûle/ROOT/0"
    )
    for i in range(len(tree)):
        top = [*tree.ancestors(i)][-1:] or [i]
        assert tree.head[top[0]] == top[0]


def test_an_event_noun_behind_a_determiner_is_a_noun() -> None:
    """A word that the tagger took for a verb is a noun after "un" and a verb elsewhere."""
    tree = Tree.of(annotation_of("un/det/2 raid/ROOT/0 raid/dep/2").doc, words_of().contractions)
    tree.pos[1] = tree.pos[2] = "VERB"
    retag(tree, {"raid"})
    assert tree.pos[1:] == ["NOUN", "VERB"]


def test_a_gerund_behind_a_comma_is_done_by_the_subject() -> None:
    """ "L'armée attaque le village, tuant sept civils": the army kills, not the village."""
    tree = _repaired(
        "l'/det/2 armée/nsubj/3 bombarde/ROOT/0 le/det/5 village/obj/3 ,/punct/7 tuant/acl/5 "
        "sept/nummod/9 civils/obj/7"
    )
    assert (tree.head[6], tree.dep[6]) == (2, "advcl")


def test_a_bare_noun_behind_a_date_is_an_object() -> None:
    """ "ont attaqué mardi Sarkol": without a preposition the town is what is attacked."""
    tree = _repaired(
        "les/det/2 rebelles/nsubj/4 ont/aux:tense/4 attaqué/ROOT/0 mardi/obl:mod/4/%2024-05-14 "
        "Sarkol/obl:mod/4"
    )
    assert tree.dep[5] == "obj"


def test_a_clause_of_c_est_belongs_to_what_it_points_at() -> None:
    """ "C'est l'armée de Zorénie qui attaque": the army attacks."""
    tree = _repaired(
        "c'/nsubj/4 est/cop/4 l'/det/4 armée/ROOT/0 de/case/6 Zorénie/nmod/4 qui/nsubj/9 a/aux:tense/9 "
        "attaqué/acl:relcl/6"
    )
    assert tree.head[8] == 3
