"""When two fact lines speak of the same thing.

Takes fact lines (JSON objects in the form of the evaluation guidelines) and gives the pairs that
agree. Names agree when they are equal after folding case, accents, articles and punctuation, or
when the words of one all stand in the other and one of them is a capitalised word of four letters
or more. Events agree when they have the same type and a mention in common.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

__all__ = [
    "Line",
    "align_events",
    "match_lines",
    "names_of",
    "participants",
    "same_count",
    "same_date",
    "same_entity",
    "same_names",
]

Line = Mapping[str, Any]
T = TypeVar("T")

# Mentions agree when they overlap once each is widened by this many characters on either side.
_WIDEN = 40
# Articles and prepositions of the languages of the gold answers carry no identity in a name.
_EMPTY_WORDS = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "du",
        "de",
        "d",
        "au",
        "aux",
        "en",
        "et",
        "groupe",
        "the",
        "of",
    ]
)
_WORD = re.compile(r"[a-z0-9]+")


def names_of(participant: Any) -> Sequence[str]:
    """Give the names of a participant, or of a place or an end of a relation (a list of names)."""
    found: Sequence[str] = participant["names"] if isinstance(participant, Mapping) else participant
    return found


def same_entity(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell whether any name of one entity agrees with any name of the other.

    Example:
        >>> same_entity(["le général Omar Vardan"], ["Vardan"])
        True
        >>> same_entity(["soldats"], ["deux soldats français"])
        False
    """
    return any(_names_agree(a, b) for a in left for b in right)


def same_names(left: Any, right: Any) -> bool:
    """Tell whether two participants, places or relation ends are the same entity."""
    return same_entity(names_of(left), names_of(right))


def same_count(left: Line, right: Line) -> bool:
    """Tell whether two counts have the same bounds."""
    return bool(left["min"] == right["min"] and left["max"] == right["max"])


def same_date(left: str, right: str) -> bool:
    """Tell whether two EDTF dates agree; that one is marked uncertain does not part them."""
    return left.rstrip("~") == right.rstrip("~")


def match_lines(
    gold: Iterable[T], system: Sequence[T], agree: Callable[[T, T], bool]
) -> list[tuple[T, T]]:
    """Pair each gold thing with the first unused system thing that agrees with it."""
    used: set[int] = set()
    pairs: list[tuple[T, T]] = []
    for wanted in gold:
        for position, found in enumerate(system):
            if position not in used and agree(wanted, found):
                used.add(position)
                pairs.append((wanted, found))
                break
    return pairs


def participants(event: Line, role: str) -> list[Any]:
    """Give the participants of an event in one role ("agents", "targets"); none gives []."""
    return list(event.get(role) or [])


def align_events(gold: Sequence[Line], system: Sequence[Line]) -> dict[int, int]:
    """Pair events one to one, those whose slots agree best first; positions in both lists."""
    candidates = sorted(
        (
            (_slot_agreement(wanted, found), -i, -j)
            for i, wanted in enumerate(gold)
            for j, found in enumerate(system)
            if wanted["type"] == found["type"] and _overlap(wanted, found)
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in candidates:
        if -i not in pairs and -j not in taken:
            pairs[-i] = -j
            taken.add(-j)
    return pairs


def _names_agree(left: str, right: str) -> bool:
    first, second = _fold(left), _fold(right)
    if not first or not second:
        return False
    if first == second or sorted(first) == sorted(second):
        return True
    small, large, written = (
        (first, second, left) if len(first) <= len(second) else (second, first, right)
    )
    return set(small) <= set(large) and _has_name(small, written)


@lru_cache(maxsize=20_000)
def _fold(name: str) -> tuple[str, ...]:
    words = _WORD.findall(_without_accents(name.lower()))
    return tuple(word for word in words if word not in _EMPTY_WORDS)


def _has_name(words: Iterable[str], written: str) -> bool:
    plain = _without_accents(written)
    return any(
        len(word) >= 4 and re.search(rf"\b{word[0].upper()}", plain) is not None for word in words
    )


def _without_accents(name: str) -> str:
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", name)
        if not unicodedata.combining(letter)
    )


def _overlap(left: Line, right: Line) -> bool:
    return any(
        a["start"] - _WIDEN < b["end"] and b["start"] - _WIDEN < a["end"]
        for a in left.get("mentions", [])
        for b in right.get("mentions", [])
    )


def _slot_agreement(gold: Line, system: Line) -> int:
    score = sum(
        2 * len(match_lines(participants(gold, role), participants(system, role), same_names))
        for role in ("agents", "targets")
    )
    score += len(match_lines(gold.get("places") or [], system.get("places") or [], same_entity))
    score += gold.get("date") is not None and gold.get("date") == system.get("date")
    score += gold.get("mode") == system.get("mode")
    score += gold.get("killed") == system.get("killed")
    return score
