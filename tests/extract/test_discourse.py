"""Where and when by the story."""

from __future__ import annotations

import datetime

from kg.model import Reading
from tests.extract.tables import DAY, reading_of

ATTACK = (
    "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 attaqué/ROOT/0 la/det/6 base/obj/4/@base"
)
BOMBING = (
    "l'/det/2 armée/nsubj/4/@army a/aux:tense/4 bombardé/ROOT/0 le/det/6 village/obj/4/@village"
)
TUESDAY = " mardi/obl:mod/4/%2024-05-14"
FILLER = " ,/punct/4 ,/punct/4 ,/punct/4"  # prose is longer than a dateline


def _dates(reading: Reading) -> list[str | None]:
    return [e.when.edtf if e.when else None for e in reading.events]


def test_an_event_has_the_date_it_is_told_with() -> None:
    """A date of its own beats that of the lead."""
    reading = reading_of(ATTACK + TUESDAY + FILLER, BOMBING + " lundi/obl:mod/4/%2024-05-13")
    assert _dates(reading) == ["2024-05-14", "2024-05-13"]


def test_an_undated_event_has_the_date_of_the_lead() -> None:
    """What is told without a date belongs to the day of the news."""
    assert _dates(reading_of(ATTACK + TUESDAY + FILLER, BOMBING)) == ["2024-05-14", "2024-05-14"]


def test_without_any_day_the_article_s_own_date_holds() -> None:
    """The day of the article is the last resort; without it there is no date."""
    assert _dates(reading_of(ATTACK)) == [DAY.isoformat()]
    assert _dates(reading_of(ATTACK, day=None)) == [None]


def test_a_look_back_has_no_date_of_the_lead() -> None:
    """ "avait bombardé", further down, was some other day."""
    back = BOMBING.replace("a/aux", "avait/aux")
    assert _dates(reading_of(ATTACK + TUESDAY + FILLER, back)) == ["2024-05-14", None]


def test_events_counted_since_a_date_are_counted_until_the_article() -> None:
    """ "vingt attaques depuis octobre" ends on the day of the article; "depuis" alone is open."""
    counted = (
        "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 mené/ROOT/0 vingt/nummod/6/#20 attaques/obj/4 "
        "depuis/case/8 octobre/obl:mod/4/%2023-10.."
    )  # fmt: skip
    (event,) = reading_of(counted).events
    assert event.when is not None
    assert event.when.edtf == "2023-10/2024-05-15"
    assert (event.when.earliest, event.when.latest) == (datetime.date(2023, 10, 1), DAY)
    single = counted.replace("vingt/nummod/6/#20 attaques", "une/det/6 attaque")
    assert _dates(reading_of(single)) == ["2023-10/.."]


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
