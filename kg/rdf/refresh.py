"""Everything in a store that follows from the articles in it: knowledge, judgements, fact view.

Takes a store in which articles came or went and brings those three graphs up to date. What they
hold depends only on which articles are there, not on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import Literal

from kg.rdf.derive import derive
from kg.rdf.iris import DEFAULT_BASE, Iris
from kg.rdf.judgements import judgement_triples
from kg.rdf.knowledge import Shared, knowledge_triples
from kg.store.base import Judgement, Store, plain
from kg.vocab import KG

__all__ = ["refresh"]

Judge = Callable[[Store], Iterable[Judgement]]

# How many articles give a shared thing this class, and this name.
_SHARED = f"""
SELECT ?thing ?value (COUNT(DISTINCT ?graph) AS ?articles)
WHERE {{
  VALUES ?predicate {{ <{KG.readAs}> <{KG.name}> }}
  GRAPH ?graph {{ ?thing ?predicate ?value }}
}}
GROUP BY ?thing ?predicate ?value
"""


def refresh(store: Store, *, base: str = DEFAULT_BASE, judges: Iterable[Judge] = ()) -> None:
    """Bring knowledge, judgements and fact view up to date with the articles of a store.

    Args:
        store: A store whose article graphs have changed.
        base: Where the IRIs of individuals begin, the same as for the articles.
        judges: What looks across articles (`kg.resolve.judging.judge`).
    """
    iris = Iris(base)
    store.replace_graph(iris.knowledge_graph, knowledge_triples(_shared(store, iris), base=base))
    judgements = [judgement for judge in judges for judgement in judge(store)]
    store.replace_graph(iris.judgement_graph, judgement_triples(judgements, base=base))
    derive(store, base=base)


def _shared(store: Store, iris: Iris) -> Iterator[Shared]:
    """Give what articles share, each with the class and the names that most of them give it."""
    classes: dict[str, list[tuple[int, str]]] = defaultdict(list)
    names: dict[str, list[tuple[int, int, str, str]]] = defaultdict(list)
    for thing, value, articles in store.select(_SHARED).rows:
        iri, count = plain(thing), -int(plain(articles))
        if isinstance(value, Literal):
            names[iri].append((count, len(value.value), value.value, value.language or ""))
        else:
            classes[iri].append((count, plain(value)))
    for iri in sorted(classes):
        yield Shared(
            iri=iri,
            key=iris.key_of(iri),
            cls=min(classes[iri])[1],
            names=tuple((name, lang) for *_, name, lang in sorted(names[iri])),
        )
