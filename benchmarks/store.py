"""What the graph costs: triples, loading, deriving, judging, writing, asking, as ratios.

    python -m benchmarks.store [--articles 200]

Takes synthetic readings and prints a table in Markdown. Absolute figures drift with the machine, so
each step is also given as a multiple of loading the same triples into pyoxigraph alone, measured in
the same run. Times are of the processor, not of the clock.
"""

from __future__ import annotations

import argparse
import io
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from benchmarks.synthetic import synthetic_readings
from kg.rdf.build import triples
from kg.rdf.derive import derive
from kg.rdf.iris import Iris
from kg.rdf.refresh import refresh
from kg.rdf.turtle import write_turtle
from kg.resolve.judging import judge
from kg.store.ask import list_queries, run_select
from kg.store.base import Store
from kg.store.opening import open_store


def seconds(work: Callable[[], object]) -> float:
    """Give the processor seconds that some work takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def measure(articles: int, location: Path | None) -> list[tuple[str, float]]:
    """Measure every step on one store, the bare load first."""
    iris = Iris()
    readings = list(synthetic_readings(articles))
    made: dict[str, tuple[pyoxigraph.Triple, ...]] = {}

    def make() -> None:
        made.update({iris.article_graph(r.article.id): triples(r) for r in readings})

    making = seconds(make)
    quads = [
        Quad(t.subject, t.predicate, t.object, NamedNode(graph))
        for graph, content in made.items()
        for t in content
    ]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        bare = pyoxigraph.Store(folder) if location else pyoxigraph.Store()
        rows = [(f"bare load of {len(quads)} triples", seconds(lambda: bare.bulk_extend(quads)))]
    rows.append(("readings to triples", making))
    with open_store(location, create=True) as store:
        rows += _steps(store, made, articles)
    return rows


def _steps(
    store: Store, made: dict[str, tuple[pyoxigraph.Triple, ...]], articles: int
) -> list[tuple[str, float]]:
    judgements: list[object] = []
    rows = [
        ("load", seconds(lambda: store.replace_graphs(made))),
        ("judge across articles", seconds(lambda: judgements.extend(judge(store)))),
        ("knowledge, judgements, fact view", seconds(lambda: refresh(store, judges=(judge,)))),
        ("fact view alone", seconds(lambda: derive(store))),
        ("Turtle", seconds(lambda: write_turtle(store.triples(), io.StringIO()))),
    ]
    graph, content = next(iter(made.items()))
    changed = [t for t in content if "sentence" not in t.predicate.value]
    rows.append(("one article again", seconds(lambda: store.replace_graph(graph, changed))))
    for query in list_queries():
        rows.append((f"ask {query.name}", seconds(lambda q=query: run_select(store, q))))  # type: ignore[misc]
    return rows


def main() -> None:
    """Print the table for a store in memory and one in a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    articles = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as folder:
        columns = [measure(articles, None), measure(articles, Path(folder) / "store")]
    print(f"{articles} articles")
    print("| step | memory, s | × bare | folder, s | × bare |")
    print("|---|---|---|---|---|")
    for (name, memory), (_, disk) in zip(*columns, strict=True):
        bare_memory, bare_disk = columns[0][0][1], columns[1][0][1]
        print(
            f"| {name} | {memory:.2f} | {memory / bare_memory:.1f} "
            f"| {disk:.2f} | {disk / bare_disk:.1f} |"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of both together: {peak:.0f} MB")


if __name__ == "__main__":
    main()
