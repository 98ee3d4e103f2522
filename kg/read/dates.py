"""The day an article is from: as its file says it, or as its dateline does.

Takes the wording of a date or the beginning of a text and gives a calendar day. Month names come
from Unicode's locale data (Babel), so a new language needs nothing here.
"""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime
from functools import lru_cache

from babel import Locale

from kg.errors import ReadError

__all__ = ["find_dateline", "parse_date"]

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d.*)?$")
_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:\D.*)?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
# How far into an article its own date may stand, in code points.
_HEAD = 1_000
# A dateline's date is followed by a dash, a bracket, an hour or the end of the line, with at most a
# place between, and a few words ("PARIS", "Publié le vendredi") may stand before it; a date inside
# a sentence is the story's.
_BEFORE = r"^[^\n.!?;]{0,60}?(?<![\w/-])"
_AFTER = (
    r"(?=\s*(?:,[^\n.,]{1,30})?(?:\s*\.)?\s*[-–—|(\[)]"
    r"|,?\s*(?:(?:à|at)\s*)?\d{1,2}\s*[hH:]"
    r"|[\s.]*$)"
)


def parse_date(wording: str, lang: str = "fr") -> datetime.date:
    """Read a date as files write it: ISO, "13/02/2020", "13 février 2020", or a mail's date.

    Raises:
        ReadError: It is no date; the message quotes it.

    Example:
        >>> parse_date("13 février 2020")
        datetime.date(2020, 2, 13)
    """
    wording = wording.strip()
    for pattern, order in ((_ISO, (1, 2, 3)), (_NUMERIC, (3, 2, 1)), (_COMPACT, (1, 2, 3))):
        if match := pattern.match(wording):
            return _day(wording, *(int(match.group(group)) for group in order))
    if match := _named_date(lang).fullmatch(wording):
        return _day(
            wording, int(match["year"]), _months(lang)[match["month"].lower()], int(match["day"])
        )
    try:
        return parsedate_to_datetime(wording).date()
    except (ValueError, TypeError, IndexError) as error:
        raise _unreadable(wording) from error


def find_dateline(text: str, lang: str = "fr") -> datetime.date | None:
    """Find the date that an article gives itself near its beginning; None when it gives none.

    Example:
        >>> find_dateline("Un titre\\n\\n23 novembre 2016 . –\\nLes forces ont avancé.")
        datetime.date(2016, 11, 23)
        >>> find_dateline("Le vendredi 2 mars 2018, deux attaques ont eu lieu.") is None
        True
    """
    for match in _dateline(lang).finditer(text[:_HEAD]):
        if match["month"]:
            day = (int(match["year"]), _months(lang)[match["month"].lower()], int(match["day"]))
        elif match["iso"]:
            day = tuple(int(part) for part in match["iso"].split("-"))  # type: ignore[assignment]
        else:
            day = tuple(int(part) for part in reversed(re.split("[/.]", match["numeric"])))  # type: ignore[assignment]
        try:
            return datetime.date(*day)
        except ValueError:
            continue
    return None


def _day(wording: str, year: int, month: int, day: int) -> datetime.date:
    try:
        return datetime.date(year, month, day)
    except ValueError as error:
        raise _unreadable(wording) from error


def _unreadable(wording: str) -> ReadError:
    shown = wording if len(wording) <= 40 else wording[:40] + "…"
    return ReadError(f"`{shown}` is not a date. Write it as 2020-02-13.")


@lru_cache
def _months(lang: str) -> dict[str, int]:
    months: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for number, name in Locale(lang).months["format"][width].items():
            months.setdefault(name.lower().rstrip("."), number)
            months.setdefault(name.lower(), number)
    return months


def _month_pattern(lang: str) -> str:
    return "|".join(re.escape(name) for name in sorted(_months(lang), key=len, reverse=True))


@lru_cache
def _named_date(lang: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:\w+\s+)?(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?P<month>{_month_pattern(lang)})"
        r"\s+(?P<year>\d{4})(?:\D.*)?",
        re.IGNORECASE,
    )


@lru_cache
def _dateline(lang: str) -> re.Pattern[str]:
    named = rf"(?P<day>\d{{1,2}})(?:er)?\s+(?P<month>{_month_pattern(lang)})\s+(?P<year>\d{{4}})"
    numeric = r"(?P<iso>\d{4}-\d{2}-\d{2})|(?P<numeric>\d{1,2}[/.]\d{1,2}[/.]\d{4})"
    return re.compile(f"{_BEFORE}(?:{named}|{numeric}){_AFTER}", re.IGNORECASE | re.MULTILINE)
