"""Tests of kg/annotate/times.py: every sentence of time.yaml, conventions, and edges."""

from __future__ import annotations

import datetime
import itertools
import re

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.documents import parse_articles
from kg.annotate.patterns import TimeRule, load_grammar
from kg.annotate.times import find_times
from kg.model import Annotation, Article, TimeExpression
from kg.resources import language_file

RULES = load_grammar().words.rules
BLANK = spacy.blank("fr")
THURSDAY = datetime.date(2020, 2, 13)


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    """The French pipeline that the project ships."""
    return spacy.load(language_file("fr", "model"))


def _read(
    text: str, date: datetime.date | None, nlp: spacy.Language
) -> tuple[Annotation, tuple[TimeExpression, ...]]:
    annotation = next(iter(parse_articles(nlp, [Article(id="a", text=text, date=date)])))
    return annotation, find_times(annotation)


def _edtf(text: str, date: datetime.date | None = THURSDAY) -> list[str | None]:
    """Resolve a text's dates with a pipeline that knows no grammar at all."""
    _, times = _read(text, date, BLANK)
    return [time.when.edtf if time.when else None for time in times]


@pytest.mark.model
@pytest.mark.parametrize(
    ("rule", "text", "date", "edtf"),
    [(rule, *row) for rule in RULES for row in rule.matches],
    ids=lambda value: value.id if isinstance(value, TimeRule) else None,
)
def test_every_matching_sentence_resolves(
    rule: TimeRule,
    text: str,
    date: datetime.date | None,
    edtf: str | None,
    nlp: spacy.Language,
) -> None:
    """The marked words of each `matches` sentence are found and give the date beside it."""
    marked = re.search(r"<t>(.*?)</t>", text)
    assert marked is not None
    plain = re.sub(r"</?t>", "", text)
    _, times = _read(plain, date, nlp)
    found = [
        (plain[time.start : time.end], time.when.edtf if time.when else None) for time in times
    ]
    assert any(marked.group(1) in words and value == edtf for words, value in found), found


@pytest.mark.model
@pytest.mark.parametrize(
    ("rule", "text"),
    [(rule, text) for rule in RULES for text in rule.rejects],
    ids=lambda value: value.id if isinstance(value, TimeRule) else None,
)
def test_no_rejecting_sentence_fires(rule: TimeRule, text: str, nlp: spacy.Language) -> None:
    """A rule stays silent on its `rejects` sentences."""
    _, times = _read(text, THURSDAY, nlp)
    assert [time for time in times if time.rule == f"time:{rule.id}"] == []


def test_every_rule_has_a_sentence_it_must_not_fire_on() -> None:
    """Rules without proof do not enter the file."""
    assert [rule.id for rule in RULES if not rule.rejects] == []


def test_spans_are_exact_text() -> None:
    """An expression's evidence is the very slice of the article, over odd white space too."""
    text = "Le raid a eu lieu le\u00a03  janvier\u00a02020, dit-on."
    annotation, (time,) = _read(text, None, BLANK)
    assert time.when is not None
    assert time.when.evidence is not None
    assert time.when.evidence.exact == text[time.start : time.end] == "le\u00a03  janvier\u00a02020"
    assert annotation.starts[time.first] == time.start


def test_without_an_article_date_only_absolute_dates_resolve() -> None:
    """Relative and incomplete dates stay open when nothing says what they are relative to."""
    assert _edtf("Le 3 janvier 2020, mardi, le 4 mars, hier et en mai.", None) == [
        "2020-01-03", None, None, None, None,
    ]  # fmt: skip


def test_the_story_so_far_is_the_last_day_told_of() -> None:
    """ "Deux jours plus tard" reckons from the date before it, "la veille" from the one after."""
    text = "Le 27 décembre, un obus est tombé. Deux jours plus tard, un autre. La veille, rien."
    assert _edtf(text) == ["2019-12-27", "2019-12-29", "2019-12-28"]


def test_a_day_after_the_article_is_never_told_of_in_the_past() -> None:
    """ "Le lendemain" of the article's own day is left open rather than set in the future."""
    assert _edtf("Une bombe a explosé jeudi. Le lendemain, la ville était vide.") == [
        "2020-02-13",
        None,
    ]


def test_impossible_dates_are_not_made_up() -> None:
    """A 30th of February resolves to nothing."""
    assert _edtf("Le 30 février 2020, il neigeait.") == [None]


def test_an_empty_article_has_no_times() -> None:
    """Nothing in, nothing out."""
    assert _edtf("") == []


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_full_dates_read_back(date: datetime.date) -> None:
    """A date written out in French reads back to itself, with bounds of one day."""
    names = [name for name in load_grammar().words.classes.month if "." not in name]
    name = next(n for n in names if load_grammar().words.classes.month[n] == date.month)
    number = "1er" if date.day == 1 else str(date.day)
    _, (time,) = _read(f"le {number} {name} {date.year}", None, BLANK)
    assert time.when is not None
    assert (time.when.edtf, time.when.earliest, time.when.latest) == (date.isoformat(), date, date)


@given(st.dates(min_value=datetime.date(1950, 1, 1), max_value=datetime.date(2090, 12, 31)))
def test_bare_weekdays_never_lie_ahead(date: datetime.date) -> None:
    """A weekday with no future verb falls within the seven days that end with the article."""
    for name in load_grammar().words.classes.weekday:
        _, (time,) = _read(f"L'usine a brûlé {name}.", date, BLANK)
        assert time.when is not None
        assert time.when.earliest is not None
        assert 0 <= (date - time.when.earliest).days < 7


_WORDS = sorted(set(load_grammar().index) | {"0", "31", "2020", "99999999999999999999", ",", "("})


@given(
    st.lists(st.sampled_from(_WORDS), max_size=12),
    st.sampled_from([None, datetime.date(2020, 2, 29), datetime.date(1, 1, 1), datetime.date.max]),
)
def test_any_words_read_without_failure(words: list[str], date: datetime.date | None) -> None:
    """Whatever the words and the date, expressions come in order, apart, with ordered bounds."""
    _, times = _read(" ".join(words), date, BLANK)
    assert all(left.last <= right.first for left, right in itertools.pairwise(times))
    for time in times:
        if time.when is not None and time.when.earliest is not None:
            assert time.when.latest is not None
            assert time.when.earliest <= time.when.latest
