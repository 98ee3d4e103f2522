"""Dispatches that repeat each other: the same text sent twice, a flash inside the full story.

Takes articles and gives, for each that repeats another, the one it repeats. Two texts are compared
by the runs of three words they share (shingles; Broder 1997, "On the resemblance and containment of
documents"). A stereotyped dispatch about another place is no repetition, so the names and numbers
must be shared as well.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Article

__all__ = ["Duplicate", "find_duplicates"]

_WIDTH = 3
# At least this part of the smaller text's shingles stands in the larger one.
_CONTAINED = 0.75
# And this part of its capitalised words and numbers: they tell one event from another.
_SAME_NAMES = 0.8
# Every n-th shingle (by hash) is indexed; texts that share none of them are not compared.
_SAMPLING = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """An article that repeats another; `score` is the part of its shingles found there."""

    article: str
    original: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sketch:
    article: Article
    shingles: frozenset[int]
    names: frozenset[str]


def find_duplicates(articles: Iterable[Article]) -> tuple[Duplicate, ...]:
    """Find the articles that repeat another one, in input order.

    The fullest text of a group is its original; of equal ones the earliest, then the first. A chain
    is never built: an original is not itself a duplicate.
    """
    sketches = [_sketch(article) for article in articles]
    originals: list[_Sketch] = []
    places: dict[int, list[int]] = defaultdict(list)
    found: dict[str, Duplicate] = {}
    for sketch in sorted(sketches, key=_rank):
        sampled = [value for value in sketch.shingles if value % _SAMPLING == 0]
        rivals = sorted({place for value in sampled for place in places[value]})
        duplicate = _best(sketch, [originals[place] for place in rivals])
        if duplicate is not None:
            found[sketch.article.id] = duplicate
            continue
        for value in sampled:
            places[value].append(len(originals))
        originals.append(sketch)
    return tuple(found[each.article.id] for each in sketches if each.article.id in found)


def _rank(sketch: _Sketch) -> tuple[int, bool, str]:
    date = sketch.article.date
    return -len(sketch.shingles), date is None, date.isoformat() if date else ""


def _sketch(article: Article) -> _Sketch:
    written = _WORD.findall(article.text)
    words = [word.lower() for word in written]
    runs = (words[at : at + _WIDTH] for at in range(max(1, len(words) - _WIDTH + 1)))
    return _Sketch(
        article=article,
        # A checksum, because Python's own hash of a string differs from run to run.
        shingles=frozenset(zlib.crc32(" ".join(run).encode()) for run in runs),
        names=frozenset(word for word in written if word[0].isupper() or word[0].isdigit()),
    )


def _best(sketch: _Sketch, rivals: Iterable[_Sketch]) -> Duplicate | None:
    best: Duplicate | None = None
    for rival in rivals:
        score = len(sketch.shingles & rival.shingles) / len(sketch.shingles)
        names = len(sketch.names & rival.names) / len(sketch.names) if sketch.names else 1.0
        if score < _CONTAINED or names < _SAME_NAMES or (best and best.score >= score):
            continue
        best = Duplicate(
            article=sketch.article.id,
            original=rival.article.id,
            score=score,
            reason=f"{score:.0%} of its word sequences stand in the other",
        )
    return best
