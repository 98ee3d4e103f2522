"""Groups built from pairs, the surest pair first.

Takes scored pairs and gives groups; a group never holds two members of one owner, because an
article that tells two things apart is right about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Pair", "cluster"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two members that may be one; `score` lies in 0.0–1.0 and `reason` says why."""

    left: str
    right: str
    score: float
    reason: str


def cluster(pairs: Iterable[Pair], owners: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Give the groups of two or more members that pairs make, sorted.

    Args:
        pairs: Pairs that are sure enough.
        owners: The article that each member comes from.

    Example:
        >>> pairs = [Pair(left="a", right="b", score=0.9, reason=""),
        ...          Pair(left="b", right="c", score=0.8, reason="")]
        >>> cluster(pairs, {"a": "1", "b": "2", "c": "1"})
        (('a', 'b'),)
    """
    groups: dict[str, set[str]] = {}
    for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.left, pair.right)):
        left = groups.setdefault(pair.left, {pair.left})
        right = groups.setdefault(pair.right, {pair.right})
        if left is right:
            continue
        if {owners[member] for member in left} & {owners[member] for member in right}:
            continue
        left |= right
        for member in right:
            groups[member] = left
    return tuple(sorted({tuple(sorted(group)) for group in groups.values() if len(group) > 1}))
