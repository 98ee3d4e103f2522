"""When each event was."""

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


def test_an_undated_deed_has_the_day_of_the_sentence_before() -> None:
    """What follows in the same paragraph belongs to the same day, what a later one tells may not."""
    told = ATTACK + TUESDAY + FILLER
    assert _dates(reading_of(f"{told}\n{BOMBING}")) == ["2024-05-14", "2024-05-14"]
    assert _dates(reading_of(told, BOMBING)) == ["2024-05-14", None]


def test_further_down_today_s_news_lends_its_day() -> None:
    """Where the news is of the article's own day, an undated deed of a later paragraph is too."""
    told = ATTACK + TUESDAY.replace("05-14", "05-15") + FILLER
    assert _dates(reading_of(told, BOMBING)) == ["2024-05-15", "2024-05-15"]


def test_a_deed_has_the_day_of_the_one_it_is_told_with() -> None:
    """ "ont attaqué mardi la base et pris le village": one day for both."""
    both = ATTACK + TUESDAY + " et/cc/9 pris/conj/4 le/det/11 village/obj/9/@village"
    assert _dates(reading_of(both)) == ["2024-05-14", "2024-05-14"]


def test_what_is_only_said_has_no_day_but_its_own() -> None:
    """An accusation told without a date has none, even in the lead."""
    accused = "l'/det/2 armée/nsubj/4/@army a/aux:tense/4 accusé/ROOT/0 la/det/6 secte/obj/4/@sect"
    assert _dates(reading_of(accused + FILLER)) == [None]
    assert _dates(reading_of(accused + TUESDAY + FILLER)) == ["2024-05-14"]


def test_without_any_day_the_article_s_own_date_holds() -> None:
    """The day of the article is the last resort; without it there is no date."""
    assert _dates(reading_of(ATTACK)) == [DAY.isoformat()]
    assert _dates(reading_of(ATTACK, day=None)) == [None]


def test_a_look_back_has_no_date_of_the_lead() -> None:
    """ "avait bombardé", further down, was some other day."""
    back = BOMBING.replace("a/aux", "avait/aux")
    assert _dates(reading_of(ATTACK + TUESDAY + FILLER, back)) == ["2024-05-14", None]


def test_the_dead_since_a_date_are_counted_until_the_article() -> None:
    """ "vingt civils ont été tués depuis octobre" ends on the day of the article."""
    since = (
        "vingt/nummod/2/#20 civils/nsubj:pass/5/@civilians ont/aux:tense/5 été/aux:pass/5 tué/ROOT/0 "
        "depuis/case/7 octobre/obl:mod/5/%2023-10.."
    )
    assert _dates(reading_of(since)) == ["2023-10/2024-05-15"]


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
