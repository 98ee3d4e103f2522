"""What is claimed, accused, denied or threatened is never a fact by that alone."""

from __future__ import annotations

from kg.model import Event, Status
from tests.extract.tables import reading_of

ATTACK = "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 attaqué/ROOT/0 le/det/6 village/obj/4/@village"
UNSIGNED = "un/det/2 attentat/nsubj/4 a/aux:tense/4 visé/ROOT/0 la/det/6 base/obj/4/@base"
CLAIM = "la/det/2 secte/nsubj/4/@sect a/aux:tense/4 revendiqué/ROOT/0 l'/det/6 attaque/obj/4"


def _event(kind: str, *tables: str) -> Event:
    (found,) = [e for e in reading_of(*tables).events if e.type == kind]
    return found


def _agents(event: Event) -> list[tuple[str, Status, tuple[str, ...]]]:
    return [(p.entity, p.status, p.by) for p in event.agents]


def test_a_claim_makes_the_claimant_an_alleged_agent_by_its_own_word() -> None:
    """Who claims an attack is its agent only as far as it says so itself."""
    attack = _event("Attack", UNSIGNED + "\n" + CLAIM)
    assert _agents(attack) == [("sect", Status.ALLEGED, ("sect",))]
    assert attack.status is Status.ASSERTED


def test_a_claim_is_about_the_deed_told_last() -> None:
    """The claim points at the attack."""
    reading = reading_of(UNSIGNED + "\n" + CLAIM)
    by_type = {e.type: e for e in reading.events}
    assert by_type["ClaimOfResponsibility"].about == by_type["Attack"].id


def test_a_claim_leaves_a_known_author_alone() -> None:
    """Whom the article itself names stays the asserted agent beside the claimant."""
    assert _agents(_event("Attack", ATTACK + "\n" + CLAIM)) == [
        ("rebels", Status.ASSERTED, ()),
        ("sect", Status.ALLEGED, ("sect",)),
    ]


def test_an_accusation_alleges_the_deed_and_its_author_by_the_accuser() -> None:
    """ "La Zorénie accuse les rebelles d'avoir attaqué le village": nothing of it is a fact."""
    sentence = (
        "la/det/2 Zorénie/nsubj/3/@ZOR accuse/ROOT/0 les/det/5 rebelles/obj/3/@rebels d'/mark/8 "
        "avoir/aux:tense/8 attaqué/xcomp/3 le/det/10 village/obj/8/@village"
    )
    attack = _event("Attack", sentence)
    assert (attack.status, attack.source) == (Status.ALLEGED, ("ZOR",))
    assert _agents(attack) == [("rebels", Status.ALLEGED, ("ZOR",))]
    accusation = _event("Accusation", sentence)
    assert _agents(accusation) == [("ZOR", Status.ASSERTED, ())]
    assert [p.entity for p in accusation.targets] == ["rebels"]


def test_a_denial_denies() -> None:
    """ "Les rebelles ont démenti avoir attaqué le village": the attack is denied, by them."""
    sentence = (
        "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 démenti/ROOT/0 avoir/aux:tense/6 attaqué/xcomp/4 "
        "le/det/8 village/obj/6/@village"
    )  # fmt: skip
    attack = _event("Attack", sentence)
    assert (attack.status, attack.source) == (Status.DENIED, ("rebels",))
    assert _agents(attack) == [("rebels", Status.DENIED, ("rebels",))]
    assert _event("Denial", sentence).about == attack.id


def test_a_threat_is_only_planned() -> None:
    """What is threatened has not happened."""
    attack = _event(
        "Attack",
        "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 menacé/ROOT/0 d'/mark/6 attaquer/xcomp/4 "
        "le/det/8 village/obj/6/@village",
    )
    assert attack.status is Status.PLANNED


def test_own_deeds_are_claims() -> None:
    """ "La secte affirme avoir tué quarante jihadistes": a claim, and a deed on its word alone."""
    sentence = (
        "la/det/2 secte/nsubj/3/@sect affirme/ROOT/0 avoir/aux:tense/5 tué/xcomp/3 quarante/nummod/7/#40 "
        "jihadistes/obj/5/@jihadists"
    )  # fmt: skip
    attack = _event("Attack", sentence)
    assert (attack.status, attack.source) == (Status.ALLEGED, ("sect",))
    assert _agents(attack) == [("sect", Status.ALLEGED, ("sect",))]
    claim = _event("ClaimOfResponsibility", sentence)
    assert claim.about == attack.id
    assert _agents(claim) == [("sect", Status.ASSERTED, ())]


def test_an_army_only_reports_its_deeds() -> None:
    """ "L'armée affirme avoir tué quarante jihadistes": the news of its day, on its word alone."""
    sentence = (
        "l'/det/2 armée/nsubj/3/@army affirme/ROOT/0 avoir/aux:tense/5 tué/xcomp/3 quarante/nummod/7/#40 "
        "jihadistes/obj/5/@jihadists"
    )  # fmt: skip
    attack = _event("Attack", sentence)
    assert (attack.status, attack.source) == (Status.ALLEGED, ("army",))
    assert _agents(attack) == [("army", Status.ASSERTED, ())]
    assert [e.type for e in reading_of(sentence).events] == ["Attack"]
