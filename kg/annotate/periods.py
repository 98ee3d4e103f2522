"""Stretches of the calendar with the precision a text gives them, and the arithmetic on them.

Takes dates and numbers, gives `Period` records whose `edtf` is an EDTF string. Nothing here knows
French or an article.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass, replace
from typing import Literal

__all__ = [
    "Period",
    "Unit",
    "add_months",
    "approximate",
    "day",
    "interval",
    "month",
    "month_span",
    "open_after",
    "open_before",
    "shift",
    "unit_period",
    "week",
    "year",
    "years",
]

Unit = Literal["hour", "day", "week", "weekend", "month", "quarter", "year", "decade", "century"]
_MONTH = 30  # days, for half months
_ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of days. `first` and `last` are both None when an end is open ("2014/..").

    `known` is a day inside it to reckon from, also for an open one. `unit` is its precision.
    """

    edtf: str
    first: datetime.date | None
    last: datetime.date | None
    known: datetime.date
    unit: Unit


def day(date: datetime.date) -> Period:
    """Make the period of one day."""
    return Period(edtf=date.isoformat(), first=date, last=date, known=date, unit="day")


def month(in_year: int, number: int) -> Period:
    """Make the period of a calendar month."""
    first = datetime.date(in_year, number, 1)
    last = datetime.date(in_year, number, calendar.monthrange(in_year, number)[1])
    return Period(
        edtf=f"{in_year:04}-{number:02}", first=first, last=last, known=first, unit="month"
    )


def year(number: int) -> Period:
    """Make the period of a calendar year."""
    return Period(
        edtf=f"{number:04}",
        first=datetime.date(number, 1, 1),
        last=datetime.date(number, 12, 31),
        known=datetime.date(number, 1, 1),
        unit="year",
    )


def years(first: int, last: int) -> Period:
    """Make the period of several calendar years."""
    return interval(year(first), year(last), unit="decade")


def week(date: datetime.date) -> Period:
    """Make the period from Monday to Sunday that holds a date."""
    monday = date - _ONE_DAY * date.weekday()
    return interval(day(monday), day(monday + 6 * _ONE_DAY), unit="week")


def month_span(in_year: int, first: int, last: int) -> Period:
    """Make the period from a month to another, over New Year when the second is smaller."""
    return interval(month(in_year, first), month(in_year + (last < first), last), unit="quarter")


def interval(start: Period, end: Period, *, unit: Unit = "day") -> Period:
    """Join two periods into the stretch from the first one's start to the second one's end."""
    left, right = start.edtf.split("/")[0], end.edtf.split("/")[-1]
    if left == right and "/" not in start.edtf:
        return start
    first, last = start.first, end.last
    closed = first is not None and last is not None
    return Period(
        edtf=f"{left}/{right}",
        first=first if closed else None,
        last=last if closed else None,
        known=start.known,
        unit=unit,
    )


def open_after(start: Period) -> Period:
    """Leave the end open: since `start`, still going on."""
    left = start.edtf.split("/")[0]
    return Period(edtf=f"{left}/..", first=None, last=None, known=start.known, unit=start.unit)


def open_before(end: Period) -> Period:
    """Leave the beginning open: until `end`."""
    right = end.edtf.split("/")[-1]
    return Period(edtf=f"../{right}", first=None, last=None, known=end.known, unit=end.unit)


def approximate(period: Period) -> Period:
    """Mark a period as uncertain (EDTF `~`); an interval gets the mark at both its ends."""
    parts = [part if part.endswith(("~", "..")) else part + "~" for part in period.edtf.split("/")]
    return replace(period, edtf="/".join(parts))


def unit_period(date: datetime.date, unit: Unit) -> Period:
    """Give the week, month, year … that holds a date."""
    match unit:
        case "week":
            return week(date)
        case "weekend":
            saturday = date - _ONE_DAY * ((date.weekday() - 5) % 7)
            return interval(day(saturday), day(saturday + _ONE_DAY))
        case "month":
            return month(date.year, date.month)
        case "quarter":
            first = date.month - (date.month - 1) % 3
            return month_span(date.year, first, first + 2)
        case "year":
            return year(date.year)
        case "decade":
            return years(date.year - date.year % 10, date.year - date.year % 10 + 9)
    return day(date)


def add_months(date: datetime.date, count: int) -> datetime.date:
    """Move a date by calendar months, to the last day where the month is shorter."""
    index = date.year * 12 + date.month - 1 + count
    to_year, to_month = divmod(index, 12)
    last = calendar.monthrange(to_year, to_month + 1)[1]
    return date.replace(year=to_year, month=to_month + 1, day=min(date.day, last))


def shift(date: datetime.date, count: float, unit: Unit) -> Period | None:
    """Move a date by a number of units, with the precision that unit speaks in.

    Days and weeks give a day, months a month, up to two years (and halves) a month, more a year.
    None when the calendar does not reach that far.
    """
    try:
        match unit:
            case "hour":
                return day(date)
            case "day":
                return day(date + _ONE_DAY * int(count))
            case "week":
                return day(date + _ONE_DAY * int(count * 7))
            case "weekend":
                return day(date + _ONE_DAY * int(count * 7))
            case "month" | "quarter":
                months = count * (3 if unit == "quarter" else 1)
                halves = datetime.timedelta(days=round((months - int(months)) * _MONTH))
                moved = add_months(date, int(months)) + halves
                return month(moved.year, moved.month)
            case "year":
                moved = add_months(date, int(count * 12))
                return month(moved.year, moved.month) if abs(count) <= 2 else year(moved.year)
            case "decade" | "century":
                return year(date.year + int(count * (10 if unit == "decade" else 100)))
    except (ValueError, OverflowError):
        return None
    return None
