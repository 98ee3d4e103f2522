"""Dates of articles: as files write them, and as datelines do."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.read.dates import find_dateline, parse_date


@pytest.mark.parametrize(
    "wording",
    [
        "2020-02-13", " 2020-02-13\n", "2020-02-13T21:15:00Z", "2020-02-13 21:15", "20200213",
        "13/02/2020", "13.02.2020", "13 février 2020", "jeudi 13 février 2020", "13 Févr. 2020",
        "Thu, 13 Feb 2020 21:15:00 +0000",
    ],
)  # fmt: skip
def test_dates_are_read_as_files_write_them(wording: str) -> None:
    """ISO, French and mail dates all give the day."""
    assert parse_date(wording) == datetime.date(2020, 2, 13)


@pytest.mark.parametrize(
    "wording", ["", "2020-13-01", "2020-02-30", "31/02/2020", "hier", "x" * 99]
)
def test_what_is_no_date_is_quoted_in_the_error(wording: str) -> None:
    """The message shows the wording, cut when it is long."""
    with pytest.raises(ReadError, match="is not a date") as caught:
        parse_date(wording)
    assert len(str(caught.value)) < 120


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_a_date_survives_being_written(date: datetime.date) -> None:
    """Reading what isoformat writes gives the date back."""
    assert parse_date(date.isoformat()) == date


@pytest.mark.parametrize(
    "text",
    [
        "Un titre\n\n13 février 2020 . –\nUn obus est tombé.",
        "13 février 2020, Sarkol . –\nUn obus est tombé.",
        "SARKOL, 13 février 2020 (AFP) - Un obus est tombé.",
        "Un titre\nPublié le 13/02/2020 à 21h15\nUn obus est tombé.",
        "Un titre\nLe jeudi 13 février 2020\nUn obus est tombé.",
        "2020-02-13 | Le Fil\nUn obus est tombé.",
    ],
)
def test_a_dateline_gives_the_articles_date(text: str) -> None:
    """A date on a line of its own or before a dash, bracket or hour is the article's."""
    assert find_dateline(text) == datetime.date(2020, 2, 13)


@pytest.mark.parametrize(
    "text",
    [
        "Le jeudi 13 février 2020, un obus est tombé sur Sarkol.",
        "Un obus est tombé. Il y en avait eu un le 13 février 2020 (déjà à Sarkol).",
        "Un obus est tombé jeudi.",
        "",
        "31 février 2020 . –\nUn obus est tombé.",
        "Un obus. " * 200 + "\n13 février 2020 . –\n",
    ],
)
def test_a_date_of_the_story_is_not_the_articles(text: str) -> None:
    """A date inside a sentence, an impossible one and one far into the text are left alone."""
    assert find_dateline(text) is None
