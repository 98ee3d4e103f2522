"""Behind a quotation the verb of saying stands before its subject."""

from __future__ import annotations

from kg.extract.quotations import turn_quotations
from tests.extract.tables import drafts_of, named, tree_of

QUOTED = (
    "«/punct/4 les/det/3 rebelles/nsubj/4/@rebels attaquent/ROOT/0 le/det/6 village/obj/4/@village "
    "»/punct/4 ,/punct/10 a/aux:tense/10 accusé/parataxis:insert/4 le/det/12 maire/obj/10/@mayor"
)
OWN = (
    "«/punct/4 nous/nsubj/4 ont/aux:tense/4 bombardé/ROOT/0 le/det/6 village/obj/4/@village "
    "»/punct/4 ,/punct/10 a/aux:tense/10 accusé/parataxis:insert/4 le/det/12 maire/obj/10/@mayor"
)


def test_the_noun_behind_the_verb_of_saying_is_its_subject() -> None:
    """In "« … », a accusé le maire" the mayor accuses."""
    tree = tree_of(QUOTED)
    quotations = turn_quotations(tree, ())
    assert (tree.dep[11], tree.head[11]) == ("nsubj", 9)
    assert quotations.contents == {9: 3}
    assert quotations.speakers == {9: 11}


def test_a_date_behind_the_verb_is_nobody() -> None:
    """A time expression never speaks."""
    tree = tree_of(QUOTED)
    assert turn_quotations(tree, (11,)).speakers == {}
    assert tree.dep[11] == "obj"


def test_a_verb_of_the_sentence_itself_keeps_its_object() -> None:
    """ "L'armée a accusé le maire" is no quotation."""
    tree = tree_of("l'/det/2 armée/nsubj/4 a/aux:tense/4 accusé/ROOT/0 le/det/6 maire/obj/4")
    assert turn_quotations(tree, ()).speakers == {}
    assert tree.dep[5] == "obj"


def test_what_is_quoted_is_what_is_accused() -> None:
    """The accuser speaks, and who bombs in the quotation is accused."""
    (accusation,) = [d for d in drafts_of(QUOTED) if d.type == "Accusation"]
    assert named(accusation.agents) == ["mayor"]
    assert named(accusation.targets) == ["rebels"]


def test_we_in_a_quotation_is_whoever_speaks() -> None:
    """ "« Nous avons bombardé … », a accusé le maire": the mayor's side did it."""
    (attack,) = [d for d in drafts_of(OWN) if d.type == "Attack"]
    assert named(attack.agents) == ["mayor"]


def test_a_noun_behind_an_inverted_relative_verb_is_its_subject() -> None:
    """In "une attaque qu'a revendiqué la secte" the sect claims."""
    tree = tree_of(
        "une/det/2 attaque/ROOT/0 que/obj/5 a/aux:tense/5 revendiqué/acl:relcl/2 la/det/7 secte/obj/5"
    )
    turn_quotations(tree, ())
    assert tree.dep[6] == "nsubj"
