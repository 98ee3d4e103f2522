"""Whom demands, threats and condemnations are aimed at."""

from __future__ import annotations

from kg.extract.draft import Draft
from tests.extract.tables import drafts_of, named


def _draft(kind: str, *tables: str) -> Draft:
    (found,) = [d for d in drafts_of(*tables) if d.type == kind]
    return found


def test_a_demand_is_made_of_whoever_is_to_do_it() -> None:
    """ "Exige que les rebelles attaquent": the rebels are asked."""
    demand = _draft(
        "Demand",
        "Zorénie/nsubj/3/@ZOR a/aux:tense/3 exigé/ROOT/0 que/mark/7 les/det/6 rebelles/nsubj/7/@rebels "
        "partent/ccomp/3",
    )
    assert named(demand.targets) == ["rebels"]


def test_a_threat_is_aimed_at_whoever_would_suffer_it() -> None:
    """ "A menacé d'attaquer les civils": the civilians are threatened."""
    threat = _draft(
        "Threat",
        "Zorénie/nsubj/3/@ZOR a/aux:tense/3 menacé/ROOT/0 d'/mark/5 attaquer/xcomp/3 les/det/7 "
        "civils/obj/5/@civilians",
    )
    assert named(threat.targets) == ["civilians"]


def test_a_condemnation_falls_on_the_author_named_with_the_deed() -> None:
    """ "A dénoncé un attentat des rebelles" blames the rebels, the bare attack blames nobody."""
    named_too = _draft(
        "Condemnation",
        "Zorénie/nsubj/3/@ZOR a/aux:tense/3 dénoncé/ROOT/0 un/det/5 attentat/obj/3 des/case/7 "
        "rebelles/nmod/5/@rebels",
    )
    assert named(named_too.targets) == ["rebels"]
    bare = _draft(
        "Condemnation",
        "Zorénie/nsubj/3/@ZOR a/aux:tense/3 dénoncé/ROOT/0 un/det/5 attentat/obj/3",
    )
    assert bare.targets == []


def test_nobody_is_no_agent() -> None:
    """ "Aucun rebelle n'a revendiqué l'attaque": the claim is nobody's."""
    claim = _draft(
        "ClaimOfResponsibility",
        "aucun/det/2 rebelle/nsubj/5/@rebels n'/advmod/5 a/aux:tense/5 revendiqué/ROOT/0 l'/det/7 "
        "attaque/obj/5",
    )
    assert claim.agents == []
