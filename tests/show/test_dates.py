"""Tests of kg/show/dates.py."""

from __future__ import annotations

import datetime

import pytest

from kg.errors import ReadError
from kg.show.dates import read_edtf, short_date


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2020-01-03", "2020-01-03", "2020-01-03"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019", "2019-01-01", "2019-12-31"),
        ("2020-01~", "2020-01-01", "2020-01-31"),
        ("2019-10/2020-02-13", "2019-10-01", "2020-02-13"),
    ],
)
def test_bounds_hold_the_whole_date(edtf: str, earliest: str, latest: str) -> None:
    """A month or a year begins with its first day and ends with its last."""
    when = read_edtf(edtf, text="", name="x")
    assert when.edtf == edtf
    assert when.earliest == datetime.date.fromisoformat(earliest)
    assert when.latest == datetime.date.fromisoformat(latest)


def test_an_open_interval_has_no_bounds() -> None:
    """ "2016/.." keeps its string alone."""
    when = read_edtf("2016/..", text="depuis 2016", name="x")
    assert (when.earliest, when.latest, when.text) == (None, None, "depuis 2016")


@pytest.mark.parametrize("edtf", ["", "mardi", "2020-1-3", "2020-02-30", "2020/2021/2022", "/"])
def test_what_is_no_date_is_an_error(edtf: str) -> None:
    """The message names the place and the string."""
    with pytest.raises(ReadError, match=r"^x: "):
        read_edtf(edtf, text="", name="x")


@pytest.mark.parametrize(
    ("edtf", "shown"),
    [
        ("2019-12-27", "27 déc. 2019"),
        ("2019", "2019"),
        ("2020-01~", "~ janv. 2020"),
        ("2016/..", "2016 – …"),
        ("unknown", "unknown"),
    ],
)
def test_people_see_french_dates(edtf: str, shown: str) -> None:
    """Dates are short, with French months; anything else is shown as it is."""
    assert short_date(edtf) == shown
