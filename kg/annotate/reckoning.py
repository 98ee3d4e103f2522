"""What dates are reckoned from: the article's date and where its story stands.

Takes periods as they are told, gives the `Context` in which the next one is read.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Any

from kg.annotate.patterns import Span
from kg.annotate.periods import Period, approximate, day, shift

__all__ = ["Context", "Slots", "move"]

Slots = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What dates are reckoned from: the article's date and the story so far.

    `story` is the last day the text told of, `began` the evening of it for a night, `last` the last
    period of any precision, `news` the first day told. `chronicle` is the day that a story told in
    the present has come to.
    """

    article: datetime.date | None
    story: datetime.date | None = None
    began: datetime.date | None = None
    last: Period | None = None
    chronicle: datetime.date | None = None
    news: datetime.date | None = None
    is_future: bool = False
    is_past: bool = False
    is_due: bool = False

    def after(self, period: Period) -> Context:
        """Give the context once the story has come to a period."""
        here = self.beside(period)
        if period.unit != "day" or period.first is None:
            return here
        return replace(here, story=period.last, began=period.first)

    def beside(self, period: Period) -> Context:
        """Give the context once a period was named that the story does not move to."""
        day_told = period.last if period.unit == "day" else None
        return replace(self, last=period, news=self.news or day_told)


def move(date: datetime.date, span: Span, sign: int) -> Period | None:
    """Move a date by a span, on (1) or back (-1), with the precision that the span speaks in."""
    if span.count is None:
        return day(date) if span.unit == "hour" else None
    period = shift(date, sign * span.count, span.unit)
    if period is not None and span.is_about and span.unit != "hour":
        return approximate(period)
    return period
