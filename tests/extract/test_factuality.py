"""How firmly an event is said."""

from __future__ import annotations

import pytest

from kg.model import Status
from tests.extract.tables import drafts_of

SUBJECT = "les/det/2 rebelles/nsubj/{n}/@rebels "
OBJECT = " le/det/{d} village/obj/{n}/@village"


def _statuses(sentence: str) -> list[Status]:
    return [d.status for d in drafts_of(sentence) if d.type == "Attack"]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        (SUBJECT.format(n=4) + "ont/aux:tense/4 attaqué/ROOT/0" + OBJECT.format(d=6, n=4), Status.ASSERTED),
        (
            SUBJECT.format(n=6) + "n'/advmod/6 ont/aux:tense/6 pas/advmod/6 attaqué/ROOT/0" + OBJECT.format(d=8, n=6),
            Status.NEGATED,
        ),
        (SUBJECT.format(n=4) + "auraient/aux:tense/4 attaqué/ROOT/0" + OBJECT.format(d=6, n=4), Status.ALLEGED),
        (SUBJECT.format(n=3) + "attaqueront/ROOT/0" + OBJECT.format(d=5, n=3), Status.PLANNED),
        (SUBJECT.format(n=3) + "veulent/ROOT/0 attaquer/xcomp/3" + OBJECT.format(d=6, n=4), Status.PLANNED),
    ],
    ids=["indicative", "negation", "conditional", "future", "intention"],
)  # fmt: skip
def test_the_form_of_the_verb_sets_the_status(sentence: str, status: Status) -> None:
    """The indicative asserts, "ne … pas" negates, the conditional alleges, the future plans."""
    assert _statuses(sentence) == [status]


@pytest.mark.parametrize(
    "sentence",
    [
        SUBJECT.format(n=3) + "marchent/ROOT/0 pour/mark/5 attaquer/advcl/3" + OBJECT.format(d=7, n=5),
        "si/mark/4 les/det/3 rebelles/nsubj/4/@rebels attaquent/advcl/9 le/det/6 village/obj/4/@village "
        "les/det/8 soldats/nsubj/9/@soldiers partent/ROOT/0",
        SUBJECT.format(n=3) + "pourraient/ROOT/0 attaquer/xcomp/3" + OBJECT.format(d=6, n=4),
        "les/det/2 rebelles/nsubj/3/@rebels craint/ROOT/0 un/det/5 risque/obj/3 d'/case/7 attaque/nmod/5",
    ],
    ids=["purpose", "hypothesis", "possibility", "risk"],
)  # fmt: skip
def test_what_may_never_happen_is_no_event(sentence: str) -> None:
    """Purposes, hypotheses, possibilities and risks give no attack."""
    assert _statuses(sentence) == []


def test_a_plan_is_not_yet_an_attack() -> None:
    """ "un projet d'attaque contre le village" is a planned attack."""
    assert _statuses(
        "la/det/2 police/nsubj/3/@police craint/ROOT/0 un/det/5 projet/obj/3 d'/case/7 attaque/nmod/5 "
        "des/case/9 rebelles/nmod/7/@rebels contre/case/12 le/det/12 village/nmod/7/@village"
    ) == [Status.PLANNED]  # fmt: skip


def test_a_foiled_attack_was_only_planned() -> None:
    """ "La police a déjoué un attentat": it was planned and did not happen."""
    assert _statuses(
        "la/det/2 police/nsubj/4/@police a/aux:tense/4 déjoué/ROOT/0 un/det/6 attentat/obj/4 des/case/8 "
        "rebelles/nmod/6/@rebels"
    ) == [Status.PLANNED]  # fmt: skip


def test_a_negated_attack_on_nobody_is_no_event() -> None:
    """ "Les rebelles n'ont pas attaqué" tells of nothing."""
    assert (
        _statuses(SUBJECT.format(n=6) + "n'/advmod/6 ont/aux:tense/6 pas/advmod/6 attaqué/ROOT/0")
        == []
    )


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        (
            SUBJECT.format(n=4) + "sont/cop/4 prêts/ROOT/0 à/mark/6 attaquer/xcomp/4"
            + OBJECT.format(d=8, n=6),
            Status.PLANNED,
        ),
        (SUBJECT.format(n=4) + "ont/aux:tense/4 pu/ROOT/0 attaquer/xcomp/4" + OBJECT.format(d=7, n=5), Status.ASSERTED),
        (
            SUBJECT.format(n=5) + "sont/cop/5 en/case/5 passe/ROOT/0 de/mark/7 attaquer/xcomp/5"
            + OBJECT.format(d=9, n=7),
            Status.PLANNED,
        ),
    ],
    ids=["ready", "managed", "about to"],
)  # fmt: skip
def test_what_leads_to_a_deed_is_told_from_the_deed(sentence: str, status: Status) -> None:
    """ "Prêts à attaquer" and "en passe d'attaquer" only lead to it; "ont pu attaquer" tells it done."""
    assert _statuses(sentence) == [status]
