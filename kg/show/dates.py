"""EDTF dates as records with calendar bounds.

Takes an EDTF string of a fact line ("2020-01", "2019-10/2020-02-13", "2016/..", "2020-01~") and
gives a `When`. Only the part of EDTF that fact lines use is read (ISO 8601-2:2019, levels 0 and 1).
"""

from __future__ import annotations

import calendar
import datetime
import re

from babel.dates import format_date

from kg.errors import ReadError
from kg.model import When

__all__ = ["read_edtf", "short_date"]

_POINT = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?[~?%]?")


def read_edtf(edtf: str, *, text: str, name: str) -> When:
    """Read a date; open intervals keep their string and have no bounds.

    Args:
        edtf: The date as fact lines write it.
        text: The words it was read from; may be empty.
        name: Where the date stands, for the message.

    Raises:
        ReadError: The string is not a date of this form.

    Example:
        >>> read_edtf("2020-02", text="", name="x").latest
        datetime.date(2020, 2, 29)
    """
    ends = edtf.split("/")
    if len(ends) > 2 or not all(end == ".." or _POINT.fullmatch(end) for end in ends):
        raise ReadError(f"{name}: {edtf!r} is not an EDTF date such as 2020-01-03 or 2019/2020-02.")
    if ".." in ends:
        return When(edtf=edtf, text=text)
    try:
        return When(edtf=edtf, text=text, earliest=_bounds(ends[0])[0], latest=_bounds(ends[-1])[1])
    except ValueError as error:
        raise ReadError(f"{name}: {edtf!r} is not a day of the calendar.") from error


def short_date(edtf: str, *, lang: str = "fr") -> str:
    """Write a date briefly for people; what is no date of this form is given back as it is.

    Example:
        >>> short_date("2019-10/2020-02-13"), short_date("2016/..")
        ('oct. 2019 – 13 févr. 2020', '2016 – …')
    """
    return " – ".join("…" if end == ".." else _short_point(end, lang) for end in edtf.split("/"))


def _short_point(point: str, lang: str) -> str:
    match = _POINT.fullmatch(point)
    if match is None:
        return point
    first = _bounds(point)[0]
    form = "yyyy" if match[2] is None else "MMM yyyy" if match[3] is None else "d MMM yyyy"
    about = "~ " if point.endswith(("~", "?", "%")) else ""
    return about + format_date(first, form, locale=lang)


def _bounds(point: str) -> tuple[datetime.date, datetime.date]:
    match = _POINT.fullmatch(point)
    assert match is not None  # checked by read_edtf
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if day is not None and month is not None:
        date = datetime.date(year, month, day)
        return date, date
    first, last = (month, month) if month is not None else (1, 12)
    start = datetime.date(year, first, 1)
    return start, datetime.date(year, last, calendar.monthrange(year, last)[1])
