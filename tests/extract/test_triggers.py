"""Which words of an article speak of events."""

from __future__ import annotations

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.extract.triggers import Trigger
from kg.model import Article
from tests.extract.tables import stage_of

RAID = "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 {verb}/ROOT/0 le/det/6 village/obj/4/@village"


def _triggers(*tables: str) -> list[tuple[str, str]]:
    stage = stage_of(*tables)
    return [(stage.tree.text[d.token], d.type) for d in stage.drafts]


def test_a_verb_of_attack_is_found_with_its_clause() -> None:
    """The trigger is the verb, read through a frame of the attack."""
    (draft,) = stage_of(RAID.format(verb="attaqué")).drafts
    trigger: Trigger = draft.trigger
    assert (trigger.token, trigger.frame.event) == (3, "Attack")
    assert trigger.is_verb


def test_other_verbs_trigger_nothing() -> None:
    """A verb that no frame knows is no event."""
    assert _triggers(RAID.format(verb="visé").replace("visé", "choqué")) == []


def test_an_auxiliary_is_no_trigger() -> None:
    """Of "ont attaqué" only the participle triggers."""
    assert _triggers(RAID.format(verb="attaqué")) == [("attaqué", "Attack")]


def test_a_weak_word_needs_a_context_of_conflict() -> None:
    """ "un raid" of a company's name is no attack where nobody is armed and nothing is at war."""
    shop = "le/det/2 juge/nsubj/3/@judge veut/ROOT/0 un/det/5 raid/obj/3"
    war = (
        "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 mené/ROOT/0 un/det/6 raid/obj/4 "
        "contre/case/9 le/det/9 village/nmod/6/@village"
    )
    assert ("raid", "Attack") in _triggers(war)
    assert ("raid", "Attack") not in _triggers(shop)


def test_what_something_is_compared_with_does_not_happen() -> None:
    """ "comme une attaque" tells of no attack."""
    likened = "les/det/2 rebelles/nsubj/3/@rebels marchent/ROOT/0 comme/case/6 un/det/6 attentat/obl:mod/3"
    plain = likened.replace("comme", "par")
    assert _triggers(plain) == [("attentat", "Attack")]
    assert _triggers(likened) == []


def test_a_demonstrative_pronoun_is_another_event_of_the_kind() -> None:
    """ "l'attaque … et celle de mardi" are two attacks."""
    found = _triggers(
        "l'/det/2 attaque/nsubj/3 tue/ROOT/0 deux/nummod/5 soldats/obj/3/@soldiers et/cc/7 "
        "celle/conj/2 de/case/9 mardi/nmod/7/%2024-05-14"
    )
    assert [t for t in found if t[0] in ("attaque", "celle")] == [
        ("attaque", "Attack"),
        ("celle", "Attack"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # where troops stand is not that they are sent
        ("Les milices déployées dans la ville ont ouvert le feu.", {"Attack"}),
        ("Les soldats déployés en mars par Bamako ont ouvert le feu.", {"Deployment", "Attack"}),
        ("Dix mille policiers sont déployés dans la capitale.", set()),
        ("Les soldats restent mobilisés dans la capitale.", set()),
        ("Dix mille policiers ont été déployés lundi dans la capitale.", {"Deployment"}),
        # the sentence that the parser hangs from who is sentenced
        ("Un tribunal a condamné mardi l'opposant à deux ans de prison ferme.", {"Trial"}),
        ("La police a placé le journaliste en garde à vue.", {"Arrest"}),
        # what is tried is no change of hands, whatever it aims at
        ("L'armée kadarienne tente de reprendre la ville de Sorel.", {"Offensive"}),
        ("Cinq soldats ont tenté de s'emparer du pouvoir.", {"Coup"}),
        # nobody fought
        ("Les rebelles ont pris sans combat la ville de Goma.", {"Seizure"}),
        # of those spoken of
        ("Des soldats ont été tués et la plupart ont été libérés.", {"Attack", "Release"}),
        # what is claimed is an event beside its claim
        ("Les rebelles ont revendiqué un tir sur Odessa.", {"ClaimOfResponsibility", "Attack"}),
        # a lower-case word of a name is not what it means elsewhere
        ("Les Forces démocratiques de libération du Rwanda ont attaqué Goma.", {"Attack"}),
        # a standing operation that others serve in
        ("Deux soldats engagés dans l'opération Barkhane ont été tués.", {"Attack"}),
        # "en" stands for those spoken of
        ("Ils ont tué six policiers et en ont enlevé une dizaine.", {"Attack"}),
        # what is done again and again, or ordered, is no event of its own
        ("Les rebelles mènent régulièrement des attaques contre les convois.", set()),
        ("Le groupe multiplie les enlèvements dans la région.", set()),
        ("La ville a encore été bombardée lundi.", {"Attack"}),
        # fighting that soldiers fall in is an event beside their death
        ("Trois soldats sont tombés mardi dans des combats à Jabaliya.", {"Attack", "Clash"}),
        # what hangs from a participle is vetoed as its object would be
        ("Kiev dénonce un cessez-le-feu violé.", {"Condemnation", "Agreement"}),
    ],
)
def test_words_around_a_trigger_decide(text: str, told: set[str]) -> None:
    """Place, name, claim and part: what an article on fighting tells by such words."""
    article = Article(id="t", text=text + " Les combats ont repris.", date=None)
    stage = Extractor("fr")._stage(next(iter(Annotator("fr").annotate([article]))))
    first = [d for d in stage.drafts if stage.tree.sent[d.token] == 0]
    assert {draft.type for draft in first} == told
