"""Where by the story."""

from __future__ import annotations

from tests.extract.tables import reading_of

ATTACK = (
    "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 attaqué/ROOT/0 la/det/6 base/obj/4/@base"
)
BOMBING = (
    "l'/det/2 armée/nsubj/4/@army a/aux:tense/4 bombardé/ROOT/0 le/det/6 village/obj/4/@village"
)
TUESDAY = " mardi/obl:mod/4/%2024-05-14"
FILLER = " ,/punct/4 ,/punct/4 ,/punct/4"  # prose is longer than a dateline


def test_what_the_headline_tells_was_in_its_country() -> None:
    """Under "Zorénie : …" the attack told there took place in Zoria; what else is told did not."""
    body = ATTACK + " à/case/8 Sarkol/obl:mod/4/@sarkol" + FILLER
    told = (
        "Zorénie/dislocated/6/@ZOR :/punct/1 les/det/4 rebelles/nsubj/6/@rebels ont/aux:tense/6 "
        "attaqué/ROOT/0 la/det/8 base/obj/6/@base"
    )
    (attack,) = reading_of(told, body, title=0).events
    assert attack.places == ("sarkol", "ZOR")
    topic = "Zorénie/ROOT/0/@ZOR :/punct/1 raison/appos/1"
    (attack,) = reading_of(topic, body, title=0).events
    assert attack.places == ("sarkol",)


def test_a_headline_s_country_acts_in_nothing() -> None:
    """The country before the colon is no agent and no target."""
    title = "Zorénie/nsubj/4/@ZOR :/punct/4 rebelles/nsubj/4/@rebels attaquent/ROOT/0"
    parts = [
        p.entity for e in reading_of(title, ATTACK, title=0).events for p in (*e.agents, *e.targets)
    ]
    assert "rebels" in parts
    assert "ZOR" not in parts


def test_speech_has_no_place() -> None:
    """Where the accused deed was is not where the accusation was made."""
    accusation = (
        "la/det/2 Zorénie/nsubj/3/@ZOR accuse/ROOT/0 les/det/5 rebelles/obj/3/@rebels d'/mark/8 "
        "avoir/aux:tense/8 attaqué/xcomp/3 la/det/10 base/obj/8/@base à/case/12 Sarkol/obl:mod/8/@sarkol"
    )
    places = {e.type: e.places for e in reading_of(accusation).events}
    assert places["Accusation"] == ()
    assert places["Attack"] == ("sarkol",)


def test_under_a_headed_country_and_a_date_line_all_was_there() -> None:
    """A chronicle's date line lets what names no place be where the last deed of it was."""
    told = "Zorénie/dislocated/3/@ZOR :/punct/1 raison/ROOT/0"
    line = "mardi/dep/3/%2024-05-14 ./punct/3 –/ROOT/0"
    body = ATTACK + " à/case/8 Sarkol/obl:mod/4/@sarkol" + FILLER
    (attack,) = reading_of(told, line, body, title=0).events
    assert attack.places == ("sarkol", "ZOR")
    undated = "mardi/dep/3 ./punct/3 –/ROOT/0"
    (attack,) = reading_of(told, undated, body, title=0).events
    assert attack.places == ("sarkol",)
