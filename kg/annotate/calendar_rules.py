"""What each temporal pattern means on the calendar.

Takes what a pattern read (its slots) and the context (the article's date, where the story stands,
whether the verb speaks of the future), gives a `Period` or None. The names of `OPERATIONS` are the
`op` of the rules in `time.yaml`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

from kg.annotate.patterns import Match, Span
from kg.annotate.periods import (
    Period,
    Unit,
    add_months,
    approximate,
    day,
    interval,
    month,
    month_span,
    open_after,
    open_before,
    shift,
    unit_period,
    year,
    years,
)
from kg.annotate.reckoning import Context, Slots, move
from kg.annotate.story_rules import earlier, later, same_day, story_day, story_night, that_day

__all__ = ["OPERATIONS"]

_DAY = datetime.timedelta(days=1)
_LONGEST = 36_500  # days; longer stretches are no news
_BEFORE_STORY, _AFTER_STORY = -9, 9


def _made(in_year: int, number: int, on_day: int) -> datetime.date | None:
    try:
        return datetime.date(in_year, number, on_day)
    except ValueError:
        return None


def _numeric(slots: Slots, context: Context) -> Period | None:
    return day(slots["date"])


def _date(slots: Slots, context: Context) -> Period | None:
    """A day and month, with or without its year."""
    number, on_day = slots["month"], slots["day"]
    if "year" in slots:
        date = _made(slots["year"], number, on_day)
        return None if date is None else day(date)
    date = _nearest(number, on_day, _way(slots, context), context.article)
    return None if date is None else day(date)


def _way(slots: Slots, context: Context) -> int:
    """Tell where to look for a date: -1 strictly back, 1 ahead, 0 back or the article's own."""
    direction: int = slots.get("direction", 0)
    if direction in (-1, 1):
        return direction
    return 1 if context.is_future and direction == 0 else 0


def _nearest(
    number: int, on_day: int, way: int, article: datetime.date | None
) -> datetime.date | None:
    """Find the nearest day of that name: ahead, or not after the article."""
    if article is None:
        return None
    for offset in (0, 1, 2, 3, 4) if way == 1 else (0, -1, -2, -3, -4):
        date = _made(article.year + offset, number, on_day)
        if date is None:
            continue
        if (way == 1 and date >= article) or (way == 0 and date <= article):
            return date
        if way == -1 and date < article:
            return date
    return None


def _month(slots: Slots, context: Context) -> Period | None:
    number = slots["month"]
    if "year" in slots:
        return month(slots["year"], number)
    article = context.article
    if article is None:
        return None
    way = _way(slots, context)
    in_year = article.year
    if way == 1 and number < article.month + (slots.get("direction") == 1):
        in_year += 1
    elif way != 1 and number > article.month + (way == 0) - 1:
        in_year -= 1
    return month(in_year, number)


def _two_months(slots: Slots, context: Context) -> Period | None:
    end = _month({**slots, "month": slots["month_b"]}, context)
    if end is None or end.first is None:
        return None
    in_year = end.first.year - (slots["month"] > slots["month_b"])
    return interval(month(in_year, slots["month"]), end, unit="quarter")


def _month_about(slots: Slots, context: Context) -> Period | None:
    period = _month(slots, context)
    return None if period is None else approximate(period)


def _year(slots: Slots, context: Context) -> Period | None:
    return year(slots["year"])


def _two_years(slots: Slots, context: Context) -> Period | None:
    first, last = slots["year"], slots["year_b"]
    return years(first, last) if last == first + 1 else year(last)


def _year_range(slots: Slots, context: Context) -> Period | None:
    return years(*slots["years"])


def _year_about(slots: Slots, context: Context) -> Period | None:
    return approximate(year(slots["year"]))


def _decade(slots: Slots, context: Context) -> Period | None:
    number = int(slots.get("year") or slots["n"])
    if number < 100 and number % 10 == 0 and number >= 20:
        number += 1900
    return years(number, number + 9) if number % 10 == 0 and number >= 1000 else None


def _season(slots: Slots, context: Context) -> Period | None:
    first, last = slots["season"]
    if "year" in slots:
        return month_span(slots["year"], first, last)
    article = context.article
    if article is None:
        return None
    way = _way(slots, context)
    in_year = article.year
    if way == 1:
        in_year += first <= article.month
    else:
        start = datetime.date(in_year, first, 1)
        end = month_span(in_year, first, last).last
        if start > article or (way == -1 and end is not None and end >= article):
            in_year -= 1
    return month_span(in_year, first, last)


def _deictic(slots: Slots, context: Context) -> Period | None:
    if context.article is None:
        return None
    return day(context.article + _DAY * slots["deictic"])


def _today(slots: Slots, context: Context) -> Period | None:
    return None if context.article is None else day(context.article)


def _last_night(slots: Slots, context: Context) -> Period | None:
    article = context.article
    return None if article is None else interval(day(article - _DAY), day(article))


def _weekday(slots: Slots, context: Context) -> Period | None:
    """The nearest such day not after the article, or ahead when the verb is in the future."""
    article = context.article
    if article is None:
        return None
    direction = slots.get("direction", 0)
    if direction in (_BEFORE_STORY, _AFTER_STORY) and context.story is not None:
        article, way = context.story, (-1 if direction == _BEFORE_STORY else 1)
    else:
        way = 1 if context.is_due and not direction else _way(slots, context)
    back = (article.weekday() - slots["weekday"]) % 7
    if way == 1:  # a dispatch names today's weekday too: "doit le recevoir vendredi"
        return day(article + _DAY * ((7 - back) % 7 or (7 if direction else 0)))
    if way == -1 and back == 0:
        back = 7
    return day(article - _DAY * back)


def _this_weekday(slots: Slots, context: Context) -> Period | None:
    """ "ce mercredi": today when it is one, else as a bare weekday."""
    if context.article is not None and context.article.weekday() == slots["weekday"]:
        return day(context.article)
    return _weekday(slots, context)


def _weekday_day(slots: Slots, context: Context) -> Period | None:
    """A weekday and a day of the month: the nearest month in which they meet."""
    if context.article is None:
        return None
    for offset in range(0, -12, -1):
        start = add_months(context.article.replace(day=1), offset)
        date = _made(start.year, start.month, slots["day"])
        if date is not None and date.weekday() == slots["weekday"] and date <= context.article:
            return day(date)
    return None


def _bare_day(slots: Slots, context: Context) -> Period | None:
    """A day of the month the story is in, not after the article."""
    anchor = context.story or context.article
    if context.last is not None and context.last.unit in ("day", "month"):
        anchor = context.last.known
    if anchor is None or context.article is None:
        return None
    date = _made(anchor.year, anchor.month, slots["day"])
    if date is not None and date > context.article and not context.is_future:
        before = add_months(anchor.replace(day=1), -1)
        date = _made(before.year, before.month, slots["day"])
    return None if date is None else day(date)


def _day_range(slots: Slots, context: Context) -> Period | None:
    """Two days of one month; the first may lie in the month before ("du 30 au 2 mai")."""
    end = _date({**slots, "day": slots["day_b"]}, context)
    if end is None or end.first is None:
        return None
    last = end.first
    first = _made(last.year, last.month, slots["day"])
    if first is None or first > last:
        before = add_months(last.replace(day=1), -1)
        first = _made(before.year, before.month, slots["day"])
    return None if first is None else interval(day(first), end)


def _night(slots: Slots, context: Context) -> Period | None:
    end = _weekday({**slots, "weekday": slots["weekday_b"]}, context)
    if end is None or end.first is None:
        return None
    back = (end.first.weekday() - slots["weekday"]) % 7 or 7
    return interval(day(end.first - _DAY * back), end)


def _nights(slots: Slots, context: Context) -> Period | None:
    """Two days without a month that follow each other: "dans la nuit du 11 au 12"."""
    evening = _bare_day(slots, context)
    if evening is None:
        return None
    morning = evening.known + _DAY
    return interval(evening, day(morning)) if morning.day == slots["day_b"] else None


def _span_of_points(slots: Slots, context: Context) -> Period | None:
    """From one point to another; the first takes its year from the second."""
    end = _point(slots["point_b"], context)
    if end is None:
        return None
    backwards = replace(context, is_future=False, article=end.last or end.known)
    start = _point(slots["point"], backwards)
    if start is None or start.known > (end.last or end.known):
        return None
    return interval(start, end, unit="day" if end.unit == "day" == start.unit else "quarter")


def _point(match: Match, context: Context) -> Period | None:
    return OPERATIONS[match.rule.op](match.slots, context)


def _unit_shift(slots: Slots, context: Context) -> Period | None:
    """ "la semaine dernière", "l'an prochain", "l'année suivante"."""
    direction, unit = slots["direction"], slots["unit"]
    anchor = context.article
    step = direction
    if direction in (_BEFORE_STORY, _AFTER_STORY):
        step = 1 if direction == _AFTER_STORY else -1
        anchor = context.last.known if context.last is not None else context.story
    if anchor is None:
        return None
    match unit:
        case "month" | "quarter":
            moved = add_months(anchor.replace(day=1), step * (3 if unit == "quarter" else 1))
        case "year" | "decade":
            moved = add_months(anchor.replace(day=1), step * (120 if unit == "decade" else 12))
        case "weekend" if step == -1 and anchor.weekday() < 5:
            moved = anchor  # on a weekday the last weekend is the one just gone
        case "week" | "weekend":
            moved = anchor + _DAY * 7 * step
        case _:
            moved = anchor + _DAY * step
    return unit_period(moved, unit)


def _unit_current(slots: Slots, context: Context) -> Period | None:
    """ "cette semaine": up to the article's date, unless the verb looks ahead."""
    if context.article is None:
        return None
    if slots["unit"] == "hour":
        return None
    if slots["unit"] == "weekend" and context.is_future:
        return unit_period(context.article + _DAY * 6, "weekend")
    period = unit_period(context.article, slots["unit"])
    if slots["unit"] == "week" and not context.is_future and period.first is not None:
        return interval(day(period.first), day(context.article), unit="week")
    return period


def _since_unit(slots: Slots, context: Context) -> Period | None:
    """ "depuis le début de l'année": from its first day to the article's date."""
    if context.article is None or "unit" not in slots:
        return None
    period = unit_period(context.article, slots["unit"])
    if period.first is None:
        return None
    return interval(day(period.first), day(context.article))


def _ago(slots: Slots, context: Context) -> Period | None:
    return None if context.article is None else move(context.article, slots["span"], -1)


def _ahead(slots: Slots, context: Context) -> Period | None:
    if context.article is None or "span" not in slots:
        return None
    span: Span = slots["span"]
    return None if span.unit == "hour" else move(context.article, span, 1)


def _since_span(slots: Slots, context: Context) -> Period | None:
    """ "depuis deux ans" stays open; "depuis quelques mois" is somewhere in the year."""
    span: Span = slots["span"]
    if context.article is None:
        return None
    if span.count is None:
        return _vague(span.unit, context.article)
    period = shift(context.article, -span.count, span.unit)
    if period is None or span.unit == "hour":
        return period
    return open_after(approximate(period) if span.is_about else period)


def _vague(unit: Unit, article: datetime.date) -> Period | None:
    match unit:
        case "hour":
            return day(article)
        case "day" | "week" | "weekend":
            return approximate(month(article.year, article.month))
        case "month" | "quarter":
            return approximate(year(article.year))
    return None


def _since(slots: Slots, context: Context) -> Period | None:
    start = _point(slots["point"], context)
    if start is None or start.edtf.startswith("../"):
        return None
    return start if start.edtf.endswith("/..") else open_after(_exactly(start))


def _exactly(period: Period) -> Period:
    """Drop the doubt of "début avril" where it is only an end: since then is since April."""
    return replace(period, edtf=period.edtf.rstrip("~"))


def _until(slots: Slots, context: Context) -> Period | None:
    """ "jusqu'au 31 décembre" lies ahead unless its verb is in the past."""
    ahead = context if context.is_past else replace(context, is_future=True)
    end = _point(slots["point"], ahead)
    return None if end is None else open_before(end)


def _at_point(slots: Slots, context: Context) -> Period | None:
    """ "à l'aube du 7 octobre" is that day."""
    return _point(slots["point"], context)


def _eve_of_holiday(slots: Slots, context: Context) -> Period | None:
    eve = _holiday(slots, context)
    return None if eve is None else day(eve.known - _DAY)


def _recent(slots: Slots, context: Context) -> Period | None:
    """ "ces derniers mois"; years reach back from the article without a known beginning."""
    article = context.article
    if article is None or "unit" not in slots:
        return None
    if slots["unit"] in ("year", "decade"):
        return open_before(month(article.year, article.month))
    return _vague(slots["unit"], article)


def _recent_counted(slots: Slots, context: Context) -> Period | None:
    article = context.article
    if article is None:
        return None
    if slots["unit"] == "hour":
        days = min(max(round(slots["n"] / 24), 1), _LONGEST)
        return interval(day(article - _DAY * days), day(article)) if slots["n"] >= 24 else None
    start = shift(article, -slots["n"], slots["unit"])
    if start is None:
        return None
    end = day(article) if start.unit == "day" else unit_period(article, start.unit)
    return interval(start, end)


def _counted_span(slots: Slots, context: Context) -> Period | None:
    """ "30 morts en deux jours": both days, up to that of the article."""
    span: Span = slots["span"]
    if context.article is None or span.count is None or span.is_about:
        return None
    if span.unit not in ("hour", "day", "week", "month"):
        return None  # what goes on for years is dated by its beginning
    if span.unit == "hour":
        return _recent_counted({"n": span.count, "unit": "hour"}, context)
    length = span.count - 1 if span.unit == "day" else span.count
    return _recent_counted({"n": length, "unit": span.unit}, context) if length else None


def _holiday(slots: Slots, context: Context) -> Period | None:
    number, on_day = slots["holiday"]
    date = _nearest(number, on_day, _way(slots, context), context.article)
    return None if date is None else day(date)


def _none(slots: Slots, context: Context) -> Period | None:
    return None


OPERATIONS: dict[str, Callable[[Slots, Context], Period | None]] = {
    "ago": _ago,
    "ahead": _ahead,
    "at_point": _at_point,
    "bare_day": _bare_day,
    "date": _date,
    "day_range": _day_range,
    "decade": _decade,
    "counted_span": _counted_span,
    "deictic": _deictic,
    "earlier": earlier,
    "eve_of_holiday": _eve_of_holiday,
    "holiday": _holiday,
    "last_night": _last_night,
    "later": later,
    "month": _month,
    "month_about": _month_about,
    "night": _night,
    "nights": _nights,
    "none": _none,
    "numeric": _numeric,
    "recent": _recent,
    "recent_counted": _recent_counted,
    "same_day": same_day,
    "season": _season,
    "since": _since,
    "since_span": _since_span,
    "since_unit": _since_unit,
    "span": _span_of_points,
    "story_day": story_day,
    "that_day": that_day,
    "story_night": story_night,
    "this_weekday": _this_weekday,
    "today": _today,
    "two_months": _two_months,
    "two_years": _two_years,
    "unit_current": _unit_current,
    "unit_shift": _unit_shift,
    "until": _until,
    "weekday": _weekday,
    "weekday_day": _weekday_day,
    "year": _year,
    "year_about": _year_about,
    "year_range": _year_range,
}
