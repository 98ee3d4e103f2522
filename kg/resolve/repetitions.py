"""Events that two near-duplicate dispatches tell in the same words.

Takes a store and the judgements on its dispatches and gives pairs of events. A repeated sentence
tells of one event even where it names nobody and gives no date, so that nothing else could show it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.resolve.clusters import Pair
from kg.store.base import Judgement, Store
from kg.vocab import KG

__all__ = ["pair_repeated_events"]

_EVENTS = f"""
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/>
SELECT ?event ?type ?article ?start ?end ?body
WHERE {{
  ?event <{KG.status}> ?status ; <{KG.mention}> ?span ; a ?type .
  ?span <{KG.article}> ?article ; oa:start ?start ; oa:end ?end .
  ?article schema:articleBody ?body .
  FILTER(?type NOT IN (<{KG.Statement}>, rdf:Statement))
  FILTER NOT EXISTS {{ ?event rdf:subject ?any }}
}}
ORDER BY ?event ?start
"""
# The words on either side of a mention that are compared, and the part of them that must agree.
_AROUND = 10
_ALIKE = 0.7
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class _Told:
    """An event of one article: its type, and the words around each of its mentions."""

    type: str
    settings: list[frozenset[str]] = field(default_factory=list)


def pair_repeated_events(store: Store, dispatches: Iterable[Judgement]) -> tuple[Pair, ...]:
    """Pair each event of a dispatch with the one that the dispatch it repeats tells likewise."""
    dispatches = [each for each in dispatches if each.predicate == KG.nearDuplicateOf]
    if not dispatches:
        return ()
    by_article = _read(store)
    return tuple(
        pair
        for each in dispatches
        for pair in _pairs(by_article[each.subject], by_article[each.object])
    )


def _read(store: Store) -> dict[str, dict[str, _Told]]:
    found: dict[str, dict[str, _Told]] = defaultdict(dict)
    for row in store.select(_EVENTS).records():
        told = found[row["article"]].setdefault(row["event"], _Told(type=row["type"]))
        before = _WORD.findall(row["body"][: int(row["start"])])[-_AROUND:]
        after = _WORD.findall(row["body"][int(row["start"]) :])[: _AROUND + 1]
        told.settings.append(frozenset(word.lower() for word in (*before, *after)))
    return found


def _pairs(repeated: dict[str, _Told], original: dict[str, _Told]) -> Iterator[Pair]:
    for left, told in repeated.items():
        rated = [
            (max(_likeness(a, b) for a in told.settings for b in other.settings), right)
            for right, other in original.items()
            if other.type == told.type
        ]
        likeness, right = max(rated, default=(0.0, ""))
        if likeness >= _ALIKE:
            reason = "mêmes mots dans une dépêche répétée"
            yield Pair(left=left, right=right, score=round(likeness, 3), reason=reason)


def _likeness(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / max(len(left), len(right), 1)
