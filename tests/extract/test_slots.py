"""When, where, with what and how many."""

from __future__ import annotations

import pytest

from kg.extract.draft import Draft
from kg.model import Count
from tests.extract.tables import drafts_of, reading_of

ATTACK = "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 attaqué/ROOT/0 le/det/6 village/obj/4/@village"
NO_VICTIMS = "l'/det/2 attaque/nsubj/6 n'/advmod/6 a/aux:tense/6 pas/advmod/6 fait/ROOT/0 de/det/8 victimes/obj/6"


def _attack(*tables: str) -> Draft:
    return next(d for d in drafts_of(*tables) if d.type == "Attack" and not d.is_toll)


def _count(n: int, top: int | None = -1) -> Count:
    return Count(min=n, max=n if top == -1 else top)


def test_a_date_set_off_by_commas_is_that_of_its_noun() -> None:
    """ "l'armée a dénoncé l'attaque, mardi, de la base" dates the attack, not the words."""
    told = (
        "l'/det/2 armée/nsubj/4/@army a/aux:tense/4 dénoncé/ROOT/0 l'/det/6 attaque/obj/4 ,/punct/8 "
        "mardi/obl:mod/4/%2024-05-14 ,/punct/8 de/case/12 la/det/12 base/nmod/6/@base"
    )
    assert [t.when.edtf for t in _attack(told).times if t.when] == ["2024-05-14"]


def test_two_deeds_share_the_day_behind_both() -> None:
    """ "ont attaqué le village et pris la base mardi": one day for both, unless it hugs the second."""
    taken = " et/cc/8 pris/conj/4 la/det/10 base/obj/8/@base mardi/obl:mod/8/%2024-05-14"
    assert [t.when.edtf for t in _attack(f"{ATTACK}{taken}").times if t.when] == ["2024-05-14"]
    alone = " et/cc/8 pris/conj/4 mardi/obl:mod/8/%2024-05-14 la/det/11 base/obj/8/@base"
    assert not _attack(f"{ATTACK}{alone}").times


def test_what_was_then_has_the_day_of_since() -> None:
    """ "la pire attaque depuis lundi, quand l'armée a bombardé le village" dates the bombing."""
    told = (
        "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 pris/ROOT/0 la/det/6 base/obj/4/@base "
        "depuis/case/8 lundi/obl:mod/4/%2024-05-13.. ,/punct/13 quand/mark/13 l'/det/12 "
        "armée/nsubj/13/@army bombarde/advcl/4 le/det/15 village/obj/13/@village"
    )
    assert [t.when.edtf for t in _attack(told).times if t.when] == ["2024-05-13"]


def test_a_date_of_another_clause_dates_nothing_else() -> None:
    """ "la base qui avait accueilli lundi le général" says nothing of the day of the attack."""
    told = (
        "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 attaqué/ROOT/0 la/det/6 base/obj/4/@base "
        "qui/nsubj/9 avait/aux:tense/9 mené/acl:relcl/6 lundi/obl:mod/9/%2024-05-13"
    )
    assert not _attack(told).times


def test_a_date_goes_to_the_event_it_hangs_from() -> None:
    """Each of two attacks in one sentence has its own day."""
    first, second = (
        d.times
        for d in drafts_of(
            ATTACK
            + " mardi/obl:mod/4/%2024-05-14 et/cc/9 bombardé/conj/4 la/det/11 base/obj/9/@base "
            "lundi/obl:mod/9/%2024-05-13"
        )
    )
    assert [t.when.edtf for t in first if t.when] == ["2024-05-14"]
    assert [t.when.edtf for t in second if t.when] == ["2024-05-13"]


def test_a_named_place_with_a_preposition_is_where() -> None:
    """ "à Sarkol" is the place of the attack, the village it hits is not its place here."""
    (event,) = reading_of(ATTACK + " à/case/8 Sarkol/obl:mod/4/@sarkol").events
    assert event.places == ("sarkol",)


def test_a_weapon_sets_the_mode() -> None:
    """ "à la roquette" is a weapon and makes the attack a rocket attack."""
    draft = _attack(ATTACK + " à/case/9 la/det/9 roquette/obl:mod/4")
    assert draft.mode == "rocket"
    assert [name for name, _ in draft.weapons] == ["roquette"]


def test_numbers_of_dead_are_tolls_and_their_people_targets() -> None:
    """ "tue deux soldats": two killed, and soldiers were hit."""
    (draft,) = drafts_of(
        "les/det/2 rebelles/nsubj/3/@rebels tue/ROOT/0 deux/nummod/5/#2 soldats/obj/3/@soldiers"
    )
    assert [(t.kind, t.count) for t in draft.tolls] == [("killed", _count(2))]
    assert [p.entity for p in draft.targets] == ["soldiers"]


def test_no_victims_is_a_toll_of_zero() -> None:
    """ "n'a pas fait de victimes" says that nobody died and nobody was hurt."""
    (event,) = reading_of(ATTACK + "\n" + NO_VICTIMS).events
    assert (event.killed, event.wounded) == (_count(0), _count(0))
    assert {(t.kind, t.count.max) for t in event.tolls} == {("killed", 0), ("wounded", 0)}


def test_victims_that_an_attack_made_are_not_zero() -> None:
    """Without negation the same words give no toll of zero."""
    made = "l'/det/2 attaque/nsubj/4 a/aux:tense/4 fait/ROOT/0 de/det/6 victimes/obj/4"
    (event,) = reading_of(ATTACK + "\n" + made).events
    assert event.killed is None


def test_different_victims_of_one_sentence_add_up() -> None:
    """ "tue deux soldats et trois civils" makes five."""
    (event,) = reading_of(
        "les/det/2 rebelles/nsubj/3/@rebels tue/ROOT/0 deux/nummod/5/#2 soldats/obj/3/@soldiers et/cc/8 "
        "trois/nummod/8/#3 civils/conj/5/@civilians"
    ).events  # fmt: skip
    assert event.killed == _count(5)
    assert [t.count.min for t in event.tolls] == [2, 3]


@pytest.mark.parametrize(
    ("adjective", "killed"),
    [("dernier", _count(7)), ("premier", _count(3)), ("lourd", _count(3, 7))],
    ids=["the latest holds", "the first gives way", "two that conflict make a range"],
)
def test_conflicting_tolls_stand_side_by_side(adjective: str, killed: Count) -> None:
    """Both numbers are kept; the total is the latest where the text says so, else their range."""
    (event,) = reading_of(
        ATTACK
        + "\nl'/det/2 attaque/nsubj/4 a/aux:tense/4 fait/ROOT/0 trois/nummod/6/#3 morts/obj/4/@dead"
        + f"\nle/det/3 {adjective}/amod/3 bilan/nsubj/10 de/case/6 l'/det/6 attaque/nmod/3 est/cop/10 "
        "de/case/10 sept/nummod/10/#7 morts/ROOT/0/@dead"
    ).events
    assert [t.count.min for t in event.tolls] == [3, 7]
    assert event.killed == killed


def test_an_open_number_stays_open() -> None:
    """ "plus de 20 soldats" has no upper bound."""
    (event,) = reading_of(
        "les/det/2 rebelles/nsubj/3/@rebels tue/ROOT/0 vingt/nummod/5/#20.. soldats/obj/3/@soldiers"
    ).events
    assert event.killed == _count(20, None)


def test_a_number_of_attacks_counts_events_and_not_dead() -> None:
    """ "vingt attaques" are twenty attacks; nobody is said to have died."""
    (event,) = reading_of(
        "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 mené/ROOT/0 vingt/nummod/6/#20 attaques/obj/4"
    ).events
    assert event.count == _count(20)
    assert event.tolls == ()
