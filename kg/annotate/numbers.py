"""French numbers in words and figures: takes token texts, gives the number that begins at one.

"deux cent trente-quatre", "5 200" (two tokens), "1.500", "2,5 millions", "une trentaine",
"des dizaines de milliers". The words are data of `numbers.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from kg.errors import RuleError
from kg.resources import language_file, read_yaml

__all__ = ["Number", "NumberWords", "load_number_words", "number_at"]

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_GROUP = re.compile(r"\d{3}(?:,\d+)?")
_POINTED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_LONGEST = 15  # digits; longer strings are identifiers
_STRICT = ConfigDict(extra="forbid")

Bounds = tuple[int, int | None]
Step = Annotated[tuple[int, int], Field()]


@checked(frozen=True, config=_STRICT, kw_only=True)
class NumberWords:
    """The content of `numbers.yaml`, checked when it is read."""

    words: dict[str, int]
    scales: dict[str, int]
    rounds: dict[str, Step]
    halves: dict[str, Step]
    steps: tuple[Step, ...]
    before: dict[str, str]
    after: dict[str, str]
    vague: dict[str, Bounds]
    plural_determiners: frozenset[str]
    none_before: frozenset[str]
    without: frozenset[str]
    between: frozenset[str]
    partitives: frozenset[str]
    partitive_links: frozenset[str]
    measures: dict[str, frozenset[str]]
    age_before: frozenset[str]
    date_before: frozenset[str]
    year_before: frozenset[str]
    label_before: frozenset[str]
    matches: tuple[tuple[str, int, int | None, str], ...]
    rejects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number read at a token: `value` as named, and the interval [low, high] it stands for.

    `end` is the position after its last token. `is_noun` tells that it takes "de" before what it
    counts ("une dizaine", "trois millions"). `is_figure` tells that it is written in digits.
    """

    value: float
    low: int
    high: int | None
    end: int
    is_noun: bool = False
    is_figure: bool = False
    is_round: bool = False


@lru_cache(maxsize=8)
def load_number_words(lang: str = "fr") -> NumberWords:
    """Read and check a language's `numbers.yaml`.

    Raises:
        RuleError: A key is missing, unknown or of the wrong form; the message names it.
    """
    path = language_file(lang, "numbers.yaml")
    data: Any = read_yaml(path)
    try:
        return TypeAdapter(NumberWords).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RuleError(f"{path}, key `{where}`: {first['msg']}. Correct the entry.") from error


def number_at(words: Sequence[str], i: int, table: NumberWords) -> Number | None:
    """Read the longest number that begins at token `i` of lower-case words, None when none does.

    Example:
        >>> number_at(["deux", "cent", "trente-quatre", "morts"], 0, load_number_words()).value
        234.0
        >>> number_at(["5", "200", "hommes"], 0, load_number_words()).end
        2
    """
    word = words[i]
    if word in table.plural_determiners:
        return _plural_rounds(words, i, table)
    if word[:1].isdigit():
        read = _figures(words, i)
        if read is None:
            return None
        value, end = read
        return _scaled(words, value, end, table, is_figure=True)
    if word in table.halves:
        half, around = table.halves[word]
        return _round(half, around, i + 1)
    spelled = _spelled(words, i, table)
    if spelled is None:
        return None
    value, end = spelled
    if value == 1 and end < len(words) and words[end] in table.halves:
        half, around = table.halves[words[end]]
        return _round(half, around, end + 1)
    return _scaled(words, value, end, table, is_figure=False)


def _figures(words: Sequence[str], i: int) -> tuple[float, int] | None:
    """Read digits, joining groups of three that stand apart ("5 200", "1 300 000")."""
    word = words[i]
    if len(word) > _LONGEST or not _FIGURE.fullmatch(word):
        return None
    if _POINTED.fullmatch(word):
        return float(word.replace(".", "")), i + 1
    end = i + 1
    digits = word
    if len(word) <= 3 and word.isdigit() and word[0] != "0":
        while (
            end < len(words)
            and len(digits) < _LONGEST
            and _GROUP.fullmatch(words[end])
            and "," not in digits
        ):
            digits += words[end]
            end += 1
    if digits.count(",") + digits.count(".") > 1:
        return None
    return float(digits.replace(",", ".")), end


def _spelled(words: Sequence[str], i: int, table: NumberWords) -> tuple[float, int] | None:
    """Add up number words; a word may hold several of them joined by hyphens."""
    total = current = 0
    end = i
    seen = False
    while end < len(words):
        atoms = _atoms(words[end], table)
        if atoms is None:
            if not (words[end] == "et" and seen and _joins_et(words, end, current, table)):
                break
            end += 1
            continue
        # "six sept" are two numbers; "vingt deux", "cent six", "deux mille" are one.
        if seen and not _goes_on(current, atoms[0]):
            break
        for atom in atoms:
            if atom == 1000:
                total += max(current, 1) * 1000
                current = 0
            elif atom == 100:
                current = max(current, 1) * 100 if current < 100 else current + 100
            elif atom == 20 and current % 100 == 4:
                current += 76
            else:
                current += atom
        seen = True
        end += 1
    return (float(total + current), end) if seen else None


def _atoms(word: str, table: NumberWords) -> tuple[int, ...] | None:
    found = table.words.get(word)
    if found is not None:
        return (found,)
    if "-" not in word:
        return None
    parts = [part for part in word.split("-") if part != "et"]
    values = [table.words.get(part) for part in parts]
    known = tuple(value for value in values if value is not None)
    return known if len(known) == len(values) and len(known) > 1 else None


def _joins_et(words: Sequence[str], end: int, current: int, table: NumberWords) -> bool:
    """Tell whether "et" goes on with a number: only before un and onze, after a ten."""
    if end + 1 >= len(words) or current % 10 or not 20 <= current % 100 <= 70:
        return False
    return table.words.get(words[end + 1]) in (1, 11)


def _goes_on(current: int, atom: int) -> bool:
    if atom == 1000:
        return 0 < current < 1000
    if atom == 100:
        return 1 < current < 10
    rest = current % 100
    if rest == 0:
        return True
    if atom == 20 and rest == 4:
        return True
    return rest >= 20 and rest % 10 == 0 and (atom < 10 or (rest in (60, 80) and 10 <= atom < 20))


def _scaled(
    words: Sequence[str], value: float, end: int, table: NumberWords, *, is_figure: bool
) -> Number | None:
    """Take in what multiplies a number: "mille", "cents", "millions", "dizaines", "milliers"."""
    if end < len(words) and is_figure and words[end] == "mille":
        value, end = value * 1000, end + 1
    if end < len(words):
        word = words[end]
        scale = table.scales.get(word)
        if scale is not None:
            value *= scale
            end += 1
            if end < len(words) and not is_figure:
                more = _spelled(words, end, table)
                if more is not None and more[0] >= 100:
                    return _exact(value + more[0], more[1], is_figure=False, is_noun=False)
            return _exact(value, end, is_figure=is_figure, is_noun=True)
        single = table.rounds.get(word.removesuffix("s"))
        if single is not None:
            return _rounds(words, value, end, single, table)
    return _exact(value, end, is_figure=is_figure, is_noun=False)


def _rounds(
    words: Sequence[str], value: float, end: int, single: Step, table: NumberWords
) -> Number:
    count, around = single
    if value == 1:
        number = _round(count, around, end + 1)
    else:
        number = _exact(value * count, end + 1, is_figure=False, is_noun=True)
    # "une dizaine de milliers"
    after = end + 1
    if after + 1 < len(words) and words[after] in ("de", "d'"):
        scale = _multiplier(words[after + 1], table)
        if scale is not None:
            high = None if number.high is None else number.high * scale
            return Number(
                value=number.value * scale, low=number.low * scale, high=high,
                end=after + 2, is_noun=True, is_round=True,
            )  # fmt: skip
    return number


def _plural_rounds(words: Sequence[str], i: int, table: NumberWords) -> Number | None:
    """Read "des dizaines", "plusieurs centaines de milliers": at least two of them."""
    at = i
    while at < len(words) and words[at] in table.plural_determiners and at < i + 3:
        if _plural_multiplier(words[at], table) is not None:
            break
        at += 1
    scale = _plural_multiplier(words[at], table) if at < len(words) else None
    if scale is None:
        return None
    low, end = 2 * scale, at + 1
    while end + 1 < len(words) and words[end] in ("de", "d'"):
        more = _plural_multiplier(words[end + 1], table)
        if more is None:
            break
        low *= more
        end += 2
    return Number(value=float(low), low=low, high=None, end=end, is_noun=True, is_round=True)


def _plural_multiplier(word: str, table: NumberWords) -> int | None:
    return _multiplier(word, table) if word.endswith("s") else None


def _multiplier(word: str, table: NumberWords) -> int | None:
    scale = table.scales.get(word)
    if scale is not None:
        return scale
    single = table.rounds.get(word.removesuffix("s"))
    return None if single is None else single[0]


def _round(count: int, around: int, end: int) -> Number:
    return Number(
        value=float(count), low=count - around, high=count + around,
        end=end, is_noun=True, is_round=True,
    )  # fmt: skip


def _exact(value: float, end: int, *, is_figure: bool, is_noun: bool) -> Number:
    whole = int(value)
    return Number(
        value=float(value), low=whole, high=whole, end=end, is_noun=is_noun, is_figure=is_figure
    )
