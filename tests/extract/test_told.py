"""Claims and denials that plain verbs of saying tell."""

from __future__ import annotations

from kg.extract.draft import Draft
from kg.model import Status
from tests.extract.tables import drafts_of, named


def _drafts(kind: str, *tables: str) -> list[Draft]:
    return [d for d in drafts_of(*tables) if d.type == kind]


NEGATED = (
    "l'/det/2 armée/nsubj/4/@army a/aux:tense/4 assuré/ROOT/0 qu'/mark/9 aucun/det/7 rebelle/nsubj/9/@rebels "
    "n'/advmod/9 attaquent/ccomp/4 le/det/11 village/obj/9/@village"
)
OF_OTHERS = (
    "l'/det/2 armée/nsubj/4/@army a/aux:tense/4 assuré/ROOT/0 qu'/mark/7 les-rebelles/nsubj/7/@rebels "
    "attaquent/ccomp/4 le/det/9 village/obj/7/@village"
)


def test_what_a_speaker_says_not_to_have_been_done_is_denied() -> None:
    """ "A assuré qu'aucun rebelle n'attaque le village": a denial by the army."""
    (denial,) = _drafts("Denial", NEGATED)
    assert named(denial.agents) == ["army"]
    (attack,) = _drafts("Attack", NEGATED)
    assert (attack.status, attack.source) == (Status.DENIED, ("army",))


def test_what_a_speaker_says_of_others_is_no_denial() -> None:
    """Without a negation nothing is denied."""
    table = OF_OTHERS.replace("les-rebelles", "rebelles")
    assert _drafts("Denial", table) == []
    assert _drafts("ClaimOfResponsibility", table) == []


JUDGED = (
    "«/punct/4 c'/nsubj/4 est/cop/4 inacceptable/ROOT/0 »/punct/4 ,/punct/8 a/aux:tense/8 "
    "affirmé/parataxis:insert/4 le/det/10 maire/obj/8/@mayor"
)
HUNTED = (
    "le/det/2 maire/nsubj/3/@mayor affirme/ROOT/0 que/mark/7 les/det/6 rebelles/nsubj:pass/7/@rebels "
    "traqués/ccomp/3 seront/aux:pass/7"
)


def test_what_is_called_unacceptable_is_condemned() -> None:
    """ "« C'est inacceptable », a affirmé le maire" condemns."""
    (condemnation,) = _drafts("Condemnation", JUDGED)
    assert named(condemnation.agents) == ["mayor"]


def test_a_judging_word_of_the_article_itself_condemns_nothing() -> None:
    """Without a speaker there is no speech act."""
    assert _drafts("Condemnation", "c'/nsubj/3 est/cop/3 inacceptable/ROOT/0") == []


def test_who_will_be_hunted_is_promised_it() -> None:
    """ "Affirme que les rebelles seront traqués": a promise aimed at them."""
    (promise,) = _drafts("Promise", HUNTED)
    assert named(promise.agents) == ["mayor"]
    assert named(promise.targets) == ["rebels"]
