"""The patterns of `time.yaml`: read, checked, compiled, and matched against tokens.

Takes lower-case words, gives `Match` records: a rule and what its classes read. What a match means
on the calendar is the business of `times.py`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from kg.annotate.numbers import NumberWords, load_number_words, number_at
from kg.annotate.periods import Unit
from kg.errors import RuleError
from kg.resources import language_file, read_yaml

__all__ = [
    "Grammar",
    "Match",
    "Scan",
    "Span",
    "TimeRule",
    "TimeWords",
    "find_match",
    "load_grammar",
]

_STRICT = ConfigDict(extra="forbid")
_DATE = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{2,4})")
_YEARS = re.compile(r"(\d{4})[-–/](\d{4})")
_MIN_YEAR, _MAX_YEAR = 1000, 2100
Kind = Literal["DATE", "DURATION", "TIME", "SET"]
Read = tuple[Any, int] | None
Example = tuple[str, datetime.date | None, str | None]


@checked(frozen=True, config=_STRICT, kw_only=True)
class TimeRule:
    """One entry of `rules`: patterns, what is done with them, and sentences that prove it."""

    id: str
    patterns: tuple[str, ...]
    op: str
    kind: Kind
    next_not: Literal["noun", "complement"] | None = None
    next_is: Literal["complement"] | None = None
    not_named: bool = False
    after_time: bool = False
    consecutive: bool = False
    dates_new: bool = False
    same_year: bool = False
    nested: bool = False
    source: str = "own French"
    matches: tuple[Example, ...] = ()
    rejects: tuple[str, ...] = ()


@checked(frozen=True, config=_STRICT, kw_only=True)
class _Classes:
    month: dict[str, int]
    mid_month: dict[str, int]
    weekday: dict[str, int]
    weekdays: dict[str, int]
    unit: dict[str, Unit]
    season: dict[str, tuple[int, int]]
    deictic: dict[str, int]
    direction: dict[str, int]
    holiday: dict[str, tuple[int, int]]
    story: dict[str, int]


@checked(frozen=True, config=_STRICT, kw_only=True)
class TimeWords:
    """The content of `time.yaml`, checked when it is read."""

    classes: _Classes
    ordinals: dict[str, int]
    groups: dict[str, frozenset[str]]
    future_participles: frozenset[str]
    future_heads: frozenset[str]
    future_present: frozenset[str]
    future_endings: tuple[str, ...]
    future_not: frozenset[str]
    beginnings: frozenset[str]
    occurring: frozenset[str]
    future_finite: frozenset[str]
    occurrences: frozenset[str]
    casualties: frozenset[str]
    since: frozenset[str]
    name_heads: frozenset[str]
    rules: tuple[TimeRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A length of time as said: `count` is None for "quelques", `is_about` for "près de deux"."""

    count: float | None
    unit: Unit
    is_about: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A rule that fits at a token; `slots` holds what its classes read, by name."""

    rule: TimeRule
    first: int
    last: int
    slots: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Element:
    """One place of a pattern: a set of words, or a class that is kept under a name."""

    words: frozenset[str]
    cls: str
    name: str
    is_optional: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    """A compiled pattern; `second` lists the words of its second place where that is fixed."""

    rule: TimeRule
    elements: tuple[_Element, ...]
    second: frozenset[str] | None


@dataclass(slots=True)
class Grammar:
    """All compiled patterns of a language, indexed by the words that they can begin with."""

    words: TimeWords
    numbers: NumberWords
    index: dict[str, list[_Entry]]
    figures: list[_Entry]
    modifiers: dict[str, tuple[tuple[str, ...], ...]]
    anchors: set[str]
    counting: frozenset[str]


@dataclass(slots=True)
class Scan:
    """The words of one article under a grammar; what a class reads at a token is read once."""

    grammar: Grammar
    words: Sequence[str]
    memo: dict[tuple[str, int], Read] = field(default_factory=dict)


@lru_cache(maxsize=8)
def load_grammar(lang: str = "fr") -> Grammar:
    """Read, check and compile a language's `time.yaml`.

    Raises:
        RuleError: The file is malformed, or a pattern names an unknown class or group.
    """
    path = language_file(lang, "time.yaml")
    try:
        words = TypeAdapter(TimeWords).validate_python(read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RuleError(f"{path}, key `{where}`: {first['msg']}. Correct the entry.") from error
    numbers = load_number_words(lang)
    grammar = Grammar(
        words=words, numbers=numbers, index={}, figures=[], modifiers=_modifiers(numbers),
        anchors=set(), counting=_counting(words, numbers),
    )  # fmt: skip
    for rule in words.rules:
        for pattern in rule.patterns:
            elements = tuple(
                _compile(word, words, f"{path}, rule `{rule.id}`") for word in pattern.split()
            )
            _enter(grammar, rule, elements)
            grammar.anchors |= _anchor(words, elements)
    return grammar


def _anchor(words: TimeWords, elements: tuple[_Element, ...]) -> set[str]:
    """Give the words of which a pattern needs one; figures and points need none of their own."""
    needed = [element for element in elements if not element.is_optional]
    if any(element.cls in _FIGURES or element.cls == "point" for element in needed):
        return set()
    for element in needed:
        if element.cls == "span":
            return set(words.classes.unit)
        if element.cls and element.cls not in _READERS:
            return set(getattr(words.classes, element.cls))
    rarest = max(needed, key=lambda element: min(len(word) for word in element.words or {""}))
    return set(rarest.words)


def _modifiers(numbers: NumberWords) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Index the phrases before a number ("près de") by their first word, the longest first."""
    phrases = [tuple(phrase.replace("'", "' ").split()) for phrase in numbers.before]
    phrases.sort(key=len, reverse=True)
    return {
        first: tuple(phrase for phrase in phrases if phrase[0] == first)
        for first in sorted({phrase[0] for phrase in phrases})
    }


def _counting(words: TimeWords, numbers: NumberWords) -> frozenset[str]:
    """List the words other than figures that number classes begin with, phrases apart."""
    return frozenset({*numbers.words, *numbers.vague, *words.ordinals})


def _compile(word: str, words: TimeWords, where: str) -> _Element:
    is_optional = word.endswith("?") and len(word) > 1
    word = word.removesuffix("?") if is_optional else word
    if word.startswith("<"):
        cls, _, name = word[1:-1].partition(":")
        if cls not in _READERS and cls != "point" and not hasattr(words.classes, cls):
            raise RuleError(f"{where}: unknown class `{cls}`. Name one of `classes`.")
        return _Element(frozenset(), cls, name or cls, is_optional)
    parts: set[str] = set()
    for part in word.split("|"):
        if part.startswith("{"):
            if part[1:-1] not in words.groups:
                raise RuleError(f"{where}: unknown group `{part}`. Add it to `groups`.")
            parts |= words.groups[part[1:-1]]
        else:
            parts.add(part)
    return _Element(frozenset(parts), "", "", is_optional)


def _enter(grammar: Grammar, rule: TimeRule, elements: tuple[_Element, ...]) -> None:
    """Index a pattern under every word, or under figures, that it can begin with."""
    keys: set[str] = set()
    has_figures = False
    for element in elements:
        keys |= element.words
        if element.cls in _READERS:
            has_figures = True
        elif element.cls:
            keys |= set(getattr(grammar.words.classes, element.cls, {}))
        if element.cls in ("day",):
            keys |= set(grammar.words.ordinals)
        if not element.is_optional:
            break
    entry = _Entry(rule, elements, _second(grammar.words, elements))
    for key in sorted(keys):
        grammar.index.setdefault(key, []).append(entry)
    if has_figures:
        grammar.figures.append(entry)


def _second(words: TimeWords, elements: tuple[_Element, ...]) -> frozenset[str] | None:
    """Give the words the second token must be one of, None where it may be a figure or missing."""
    if len(elements) < 2 or elements[0].is_optional or elements[0].cls in _READERS:
        return None
    found: set[str] = set()
    for element in elements[1:]:
        if element.cls in _READERS or element.cls == "point":
            return None
        found |= element.words or set(getattr(words.classes, element.cls, {}))
        if not element.is_optional:
            return frozenset(found)
    return None


def find_match(
    scan: Scan,
    i: int,
    *,
    nested: bool = False,
    accepts: Callable[[Match], bool] = lambda match: True,
) -> Match | None:
    """Find the longest pattern that fits at a token; of two as long the earlier rule wins.

    `accepts` is asked about each candidate (guards that need more than the words). With `nested`
    only rules of kind DATE are tried, those marked `nested` among them.
    """
    best: Match | None = None
    following = scan.words[i + 1] if i + 1 < len(scan.words) else ""
    for entry in _candidates(scan, i):
        if entry.second is not None and following not in entry.second:
            continue
        rule, elements = entry.rule, entry.elements
        if nested and (rule.kind != "DATE" or any(e.cls == "point" for e in elements)):
            continue
        if rule.nested and not nested:
            continue
        for last, slots in _run(scan, i, elements):
            if best is not None and last <= best.last:
                continue
            match = Match(rule=rule, first=i, last=last, slots=slots)
            if accepts(match):
                best = match
    return best


def _candidates(scan: Scan, i: int) -> Iterable[_Entry]:
    grammar, word = scan.grammar, scan.words[i]
    named = grammar.index.get(word, [])
    counts = word in grammar.counting or _is_spelled(word, grammar) or _is_modified(scan, i)
    if word[:1].isdigit() or counts:
        return [*named, *grammar.figures]
    return named


def _is_modified(scan: Scan, i: int) -> bool:
    """Tell that a phrase such as "près de" or "au moins" begins at a token."""
    return any(
        tuple(scan.words[i : i + len(phrase)]) == phrase
        for phrase in scan.grammar.modifiers.get(scan.words[i], ())
    )


def _is_spelled(word: str, grammar: Grammar) -> bool:
    return "-" in word and word.partition("-")[0] in grammar.numbers.words


def _run(
    scan: Scan, i: int, elements: tuple[_Element, ...]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give each way a pattern fits at token `i`: where it ends and what its classes read."""
    if not elements:
        yield i, {}
        return
    element, rest = elements[0], elements[1:]
    if i < len(scan.words):
        if element.cls:
            read = _read_class(scan, i, element.cls)
            if read is not None:
                value, end = read
                for last, slots in _run(scan, end, rest):
                    yield last, {element.name: value, **slots}
        elif scan.words[i] in element.words:
            yield from _run(scan, i + 1, rest)
    if element.is_optional:
        yield from _run(scan, i, rest)


def _read_class(scan: Scan, i: int, cls: str) -> Read:
    """Read a class at a token: a number, a word of its list, or a whole nested expression."""
    key = (cls, i)
    if key in scan.memo:
        return scan.memo[key]
    reader = _READERS.get(cls)
    read: Read = None
    if cls == "point":
        match = find_match(scan, i, nested=True)
        read = None if match is None else (match, match.last)
    elif reader is not None:
        read = reader(scan.grammar, scan.words, i)
    else:
        value = getattr(scan.grammar.words.classes, cls).get(scan.words[i])
        read = None if value is None else (value, i + 1)
    scan.memo[key] = read
    return read


def _day(grammar: Grammar, words: Sequence[str], i: int) -> Read:
    word = words[i]
    if word in grammar.words.ordinals:
        return grammar.words.ordinals[word], i + 1
    if word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 31:
        return int(word), i + 1
    return None


def _year(grammar: Grammar, words: Sequence[str], i: int) -> Read:
    word = words[i]
    if len(word) == 4 and word.isdigit() and _MIN_YEAR <= int(word) <= _MAX_YEAR:
        return int(word), i + 1
    return None


def _years(grammar: Grammar, words: Sequence[str], i: int) -> Read:
    """Read "2018-2019"."""
    found = _YEARS.fullmatch(words[i])
    if found is None:
        return None
    first, last = int(found[1]), int(found[2])
    return (
        ((first, last), i + 1) if _MIN_YEAR <= first < last <= min(_MAX_YEAR, first + 99) else None
    )


def _number(grammar: Grammar, words: Sequence[str], i: int) -> Read:
    number = number_at(words, i, grammar.numbers)
    return None if number is None or number.value <= 0 else (number.value, number.end)


def _hour(grammar: Grammar, words: Sequence[str], i: int) -> Read:
    number = _number(grammar, words, i)
    return number if number is not None and number[0] <= 24 else None


def _minute(grammar: Grammar, words: Sequence[str], i: int) -> Read:
    word = words[i]
    return (int(word), i + 1) if word.isdigit() and len(word) <= 2 and int(word) < 60 else None


def _numeric_date(grammar: Grammar, words: Sequence[str], i: int) -> Read:
    found = _DATE.fullmatch(words[i])
    if found is None:
        return None
    left, middle, right = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == 4 and len(found[4]) == 2:
        in_year, number, on_day = left, middle, right
    elif len(found[4]) == 4 and len(found[1]) <= 2:
        in_year, number, on_day = right, middle, left
    else:
        return None
    try:
        return datetime.date(in_year, number, on_day), i + 1
    except ValueError:
        return None


def _span(grammar: Grammar, words: Sequence[str], i: int) -> Read:
    """Read "près de deux ans", "un an et demi", "quelques heures", "une dizaine de jours"."""
    at, is_about = i, False
    for phrase in grammar.modifiers.get(words[at], ()):
        if tuple(words[at : at + len(phrase)]) == phrase:
            at, is_about = at + len(phrase), True
            break
    if at >= len(words):
        return None
    count: float | None = None
    number = number_at(words, at, grammar.numbers)
    if number is not None:
        count, at = number.value, number.end
        is_about = is_about or number.is_round
        count = None if number.high is None else count
        if number.is_noun and at < len(words) and words[at] in ("de", "d'"):
            at += 1
    elif words[at] in grammar.numbers.vague:
        at += 1
    else:
        return None
    while at < len(words) and words[at] in grammar.numbers.between:
        at += 1
    unit = grammar.words.classes.unit.get(words[at]) if at < len(words) else None
    if unit is None:
        return None
    at += 1
    if words[at : at + 1] == ["et"] and at + 1 < len(words) and words[at + 1] in ("demi", "demie"):
        count, at = (None if count is None else count + 0.5), at + 2
    return Span(count=count, unit=unit, is_about=is_about), at


_FIGURES = frozenset({"day", "year", "years", "minute", "date"})
_READERS: dict[str, Callable[[Grammar, Sequence[str], int], Read]] = {
    "day": _day,
    "year": _year,
    "years": _years,
    "n": _number,
    "hour": _hour,
    "minute": _minute,
    "date": _numeric_date,
    "span": _span,
}
