"""Who does it and to whom."""

from __future__ import annotations

import pytest

from kg.extract.draft import Draft
from kg.model import Status
from tests.extract.tables import drafts_of, named

REBELS, VILLAGE = ["rebels"], ["village"]


# Ambiguous words ("frappe", "raid") are read where an article is at war.
WAR = "les/det/2 soldats/nsubj/3/@army recule/ROOT/0"


def _attack(*tables: str) -> Draft:
    return next(d for d in drafts_of(*tables, WAR) if d.type == "Attack")


@pytest.mark.parametrize(
    "sentence",
    [
        # "Les rebelles ont attaqué le village."
        "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 attaqué/ROOT/0 le/det/6 village/obj/4/@village",
        # "Le village a été attaqué par les rebelles."
        "le/det/2 village/nsubj:pass/5/@village a/aux:tense/5 été/aux:pass/5 attaqué/ROOT/0 par/case/8 "
        "les/det/8 rebelles/obl:agent/5/@rebels",
        # "Les rebelles ont mené un raid contre le village."
        "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 mené/ROOT/0 un/det/6 raid/obj/4 contre/case/9 "
        "le/det/9 village/nmod/6/@village",
        # the same, the target hanging from the verb
        "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 mené/ROOT/0 un/det/6 raid/obj/4 contre/case/9 "
        "le/det/9 village/obl:mod/4/@village",
        # "L'attaque des rebelles contre le village a échoué."
        "l'/det/2 attaque/nsubj/9 des/case/4 rebelles/nmod/2/@rebels contre/case/7 le/det/7 "
        "village/nmod/2/@village a/aux:tense/9 échoué/ROOT/0",
        # "Un raid mené par les rebelles a touché le village."
        "un/det/2 raid/nsubj/8 mené/acl/2 par/case/6 les/det/6 rebelles/obl:agent/3/@rebels a/aux:tense/8 "
        "touché/ROOT/0 le/det/10 village/obj/8/@village",
    ],
    ids=["verb", "passive", "light verb", "its target", "noun", "carried by a participle"],
)  # fmt: skip
def test_the_same_attack_in_many_shapes(sentence: str) -> None:
    """The rebels are the agent and the village the target, whatever the construction."""
    draft = _attack(sentence)
    assert named(draft.agents) == REBELS
    assert named(draft.targets) == VILLAGE


def test_what_undergoes_an_attack_is_its_target() -> None:
    """ "La base a subi une attaque": the base is hit, nobody is said to have done it."""
    draft = _attack(
        "la/det/2 base/nsubj/4/@base a/aux:tense/4 subi/ROOT/0 une/det/6 attaque/obj/4 des/case/8 "
        "rebelles/nmod/6/@rebels"
    )
    assert named(draft.targets) == ["base"]
    assert named(draft.agents) == REBELS


def test_who_is_responsible_is_the_agent() -> None:
    """ "Le général est responsable de l'attaque": he did it."""
    draft = _attack(
        "le/det/2 général/nsubj/4/@general est/cop/4 responsable/ROOT/0 de/case/7 l'/det/7 attaque/obl:arg/4 "
        "contre/case/10 les/det/10 rebelles/nmod/7/@rebels"
    )  # fmt: skip
    assert named(draft.agents) == ["general"]


def test_a_demonym_is_the_agent_of_its_noun() -> None:
    """ "Des raids zoréniens ont visé le village": Zoria did it."""
    draft = _attack(
        "des/det/2 raids/nsubj/5 zoréniens/amod/2/@ZOR ont/aux:tense/5 visé/ROOT/0 le/det/7 "
        "village/obj/5/@village"
    )
    assert named(draft.agents) == ["ZOR"]
    assert named(draft.targets) == VILLAGE


def test_who_an_attack_is_attributed_to_is_an_alleged_agent() -> None:
    """ "Une frappe attribuée à la Zorénie": Zoria is its agent on somebody's word only."""
    draft = _attack(
        "une/det/2 frappe/nsubj/8 attribuée/acl/2 à/case/6 la/det/6 Zorénie/obl:arg/3/@ZOR a/aux:tense/8 "
        "touché/ROOT/0 le/det/10 village/obj/8/@village"
    )  # fmt: skip
    assert [(p.entity, p.status) for p in draft.agents] == [("ZOR", Status.ALLEGED)]


def test_the_victim_of_a_killing_is_no_agent() -> None:
    """ "L'assassinat du juge": the judge is killed, by nobody the text names."""
    draft = _attack(
        "l'/det/2 assassinat/nsubj/6 du/case/4 juge/nmod/2/@judge a/aux:tense/6 choqué/ROOT/0 le/det/8 pays/obj/6"
    )  # fmt: skip
    assert named(draft.targets) == ["judge"]
    assert draft.agents == []


def test_a_date_plays_no_part() -> None:
    """ "L'attaque de mardi" is by nobody and against nobody."""
    draft = _attack(
        "l'/det/2 attentat/nsubj/6 de/case/4 mardi/nmod/2/%2024-05-14 a/aux:tense/6 choqué/ROOT/0 le/det/8 pays/obj/6"
    )  # fmt: skip
    assert draft.targets == draft.agents == []
    assert [t.when.edtf for t in draft.times if t.when] == ["2024-05-14"]


def test_only_people_are_killed() -> None:
    """A base cannot be killed: there is no such attack, and people in its place make one."""
    killed = "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 tué/ROOT/0 la/det/6 {}"
    assert drafts_of(killed.format("base/obj/4/@base")) == []
    assert named(_attack(killed.format("juge/obj/4/@judge")).targets) == ["judge"]


@pytest.mark.parametrize(
    ("determiner", "kind"), [("l'", "def"), ("une", "indef"), ("cette", "dem"), ("", "bare")]
)
def test_the_determiner_is_kept_for_merging(determiner: str, kind: str) -> None:
    """Whether a noun brings an event up or points back is read off its determiner."""
    rebels = "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 mené/ROOT/0 "
    noun = f"{determiner}/det/6 attaque/obj/4" if determiner else "attaque/obj/4"
    assert _attack(rebels + noun).definiteness == kind
