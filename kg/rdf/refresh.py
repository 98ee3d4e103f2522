"""Everything in a store that follows from the articles in it: knowledge, judgements, fact view.

Takes a store in which articles came or went and brings those three graphs up to date. What they
hold depends only on which articles are there, not on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.rdf.derive import derive
from kg.rdf.iris import DEFAULT_BASE, Iris
from kg.rdf.judgements import judgement_triples
from kg.rdf.knowledge import knowledge_triples
from kg.rdf.terms import SKOS
from kg.store.base import Judgement, Store
from kg.vocab import KG

__all__ = ["refresh"]

Judge = Callable[[Store], Iterable[Judgement]]

# The name that most articles use for a key; the shortest, then the first in order, among equals.
_USED = f"""
SELECT ?key ?name (COUNT(DISTINCT ?graph) AS ?articles)
WHERE {{
  GRAPH ?graph {{ ?entity <{KG.key}> ?key ; <{SKOS.altLabel}> ?name ; <{KG.mention}> ?span }}
}}
GROUP BY ?key ?name
"""


def refresh(store: Store, *, base: str = DEFAULT_BASE, judges: Iterable[Judge] = ()) -> None:
    """Bring knowledge, judgements and fact view up to date with the articles of a store.

    Args:
        store: A store whose article graphs have changed.
        base: Where the IRIs of individuals begin, the same as for the articles.
        judges: What looks across articles (`kg.resolve`); each sees the store as it is.
    """
    iris = Iris(base)
    judgements = [judgement for judge in judges for judgement in judge(store)]
    store.replace_graphs(
        {
            iris.knowledge_graph: knowledge_triples(_used(store), base=base),
            iris.judgement_graph: judgement_triples(judgements, base=base),
        }
    )
    derive(store, base=base)


def _used(store: Store) -> dict[str, str]:
    best: dict[str, tuple[int, int, str]] = {}
    for row in store.select(_USED).records():
        rank = (-int(row["articles"]), len(row["name"]), row["name"])
        best[row["key"]] = min(best.get(row["key"], rank), rank)
    return {key: rank[2] for key, rank in best.items()}
