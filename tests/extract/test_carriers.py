"""What the words around an event noun say of its sides."""

from __future__ import annotations

from kg.extract.draft import Draft
from kg.model import Status
from tests.extract.tables import drafts_of, named


def _attack(table: str) -> Draft:
    return next(d for d in drafts_of(table) if d.type == "Attack")


def test_what_is_submitted_to_an_attack_undergoes_it() -> None:
    """ "Le village a été soumis à une attaque des rebelles"."""
    draft = _attack(
        "le/det/2 village/nsubj:pass/5/@village a/aux:tense/5 été/aux:pass/5 soumis/ROOT/0 à/case/8 "
        "une/det/8 attaque/obl:arg/5 des/case/10 rebelles/nmod/8/@rebels"
    )
    assert named(draft.targets) == ["village"]
    assert named(draft.agents) == ["rebels"]


def test_who_is_tried_for_an_attack_is_said_to_have_done_it() -> None:
    """ "Le général est poursuivi pour l'attaque": so a prosecutor says."""
    draft = _attack(
        "le/det/2 général/nsubj:pass/4/@general est/aux:pass/4 poursuivi/ROOT/0 pour/case/7 l'/det/7 "
        "attaque/obl:mod/4 contre/case/10 les/det/10 rebelles/nmod/7/@rebels"
    )
    assert [(p.entity, p.status) for p in draft.agents] == [("general", Status.ALLEGED)]
