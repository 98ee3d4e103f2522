"""Days told by where the story stands: "le lendemain", "deux jours plus tard", "dans la nuit".

Takes what a pattern read and the context, gives a `Period` or None.
"""

from __future__ import annotations

import datetime

from kg.annotate.patterns import Span
from kg.annotate.periods import Period, day, interval, year
from kg.annotate.reckoning import Context, Slots, move

__all__ = ["earlier", "later", "same_day", "story_day", "story_night", "that_day"]

_DAY = datetime.timedelta(days=1)


def story_night(slots: Slots, context: Context) -> Period | None:
    """ "dans la nuit": the one before the article, or the one after the day the story tells of."""
    if context.article is None:
        return None
    told = context.story if context.story is not None else context.article
    evening = context.article - _DAY if told >= context.article else told
    return interval(day(evening), day(evening + _DAY))


def later(slots: Slots, context: Context) -> Period | None:
    """ "deux jours plus tard": told in the past, it cannot lie after the article."""
    period = _from_story(slots["span"], context, 1)
    if period is None or context.is_future or context.article is None:
        return period
    return period if period.known <= context.article else None


def earlier(slots: Slots, context: Context) -> Period | None:
    """ "trois jours auparavant", before the day that the story stands on."""
    return _from_story(slots["span"], context, -1)


def _from_story(span: Span, context: Context, sign: int) -> Period | None:
    """Reckon from the day the story stands on; years and months also from a coarser date."""
    if span.unit in ("month", "quarter", "year", "decade"):
        anchor = context.last.known if context.last is not None else context.story
        period = None if anchor is None else move(anchor, span, sign)
        if period is not None and context.last is not None and context.last.unit == "year":
            return year(period.known.year)
        return period
    return None if context.story is None else move(context.story, span, sign)


def story_day(slots: Slots, context: Context) -> Period | None:
    """ "le lendemain" and "la veille" of the day that the story stands on."""
    if context.story is None:
        return None
    date = context.story + _DAY * slots["story"]
    late = context.article is not None and date > context.article and not context.is_future
    return None if late else day(date)


def same_day(slots: Slots, context: Context) -> Period | None:
    """ "le même jour"; of a night it is the evening."""
    return None if context.began is None else day(context.began)


def that_day(slots: Slots, context: Context) -> Period | None:
    """ "ce jour-là": the day named last, though the story did not move to it."""
    if context.last is not None and context.last.unit == "day":
        return day(context.last.known)
    return same_day(slots, context)
