"""Tests of kg/rdf/turtle.py with three independent parsers."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from rdflib import Dataset, Graph

from kg.rdf.turtle import write_trig, write_turtle
from tests.readings import graph_of, seed_reading


def turtle(triples: object) -> str:
    """Give triples as Turtle."""
    stream = io.StringIO()
    write_turtle(triples, stream)  # type: ignore[arg-type]
    return stream.getvalue()


def test_three_parsers_count_the_same(tmp_path: Path) -> None:
    """rapper, rdflib and pyoxigraph read the seed's graph and count the same triples."""
    store = graph_of(seed_reading())
    path = tmp_path / "graph.ttl"
    with path.open("w", encoding="utf-8", newline="") as stream:
        written = write_turtle(store.triples(), stream)
    assert len(list(parse(path=str(path), format=RdfFormat.TURTLE))) == written
    assert len(Graph().parse(path, format="turtle")) == written
    if shutil.which("rapper") is None:
        pytest.skip("rapper is not installed (Debian: raptor2-utils)")
    done = subprocess.run(
        ["rapper", "-i", "turtle", "-c", str(path)], capture_output=True, text=True, check=True
    )
    match = re.search(r"returned (\d+) triples", done.stderr)
    assert match is not None
    assert int(match.group(1)) == written
    assert not re.search(r"error|warning", done.stderr, re.IGNORECASE), done.stderr


def test_two_builds_are_the_same_bytes() -> None:
    """The Turtle of the same readings is the same, whatever order the store gives them in."""
    first = turtle(graph_of(seed_reading()).triples())
    again = turtle(reversed(list(graph_of(seed_reading()).triples())))
    assert first == again
    assert first.startswith("@prefix geo:")


def test_trig_holds_every_quad() -> None:
    """TriG read back gives the same graphs."""
    store = graph_of(seed_reading())
    stream = io.StringIO()
    written = write_trig(store, stream)
    quads = list(parse(stream.getvalue().encode(), format=RdfFormat.TRIG))
    assert len(quads) == written
    assert {quad.graph_name.value for quad in quads} == set(store.graphs())  # type: ignore[union-attr]
    assert len(Dataset().parse(data=stream.getvalue(), format="trig")) == written


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(blacklist_categories=["Cs"])), st.sampled_from(["fr", None]))
def test_any_literal_reads_back(text: str, lang: str | None) -> None:
    """Quotes, line ends, control characters and any script come back as they were."""
    literal = Literal(text, language=lang) if lang else Literal(text)
    triple = Triple(NamedNode("http://e.org/s"), NamedNode("http://e.org/p"), literal)
    (quad,) = parse(turtle([triple]).encode(), format=RdfFormat.TURTLE)
    assert quad.object == literal


@pytest.mark.parametrize(
    "local", ["a.", "a/b", "a%20b", "", "-a", "é", "geo:12", "1a", "a.b-c", "x_12-20"]
)
def test_any_name_reads_back(local: str) -> None:
    """IRIs are shortened only where every parser agrees on it."""
    iri = f"https://w3id.org/conflict-kg/id/entity/{local}"
    triple = Triple(NamedNode(iri), NamedNode("http://e.org/p"), NamedNode(iri))
    text = turtle([triple])
    (quad,) = parse(text.encode(), format=RdfFormat.TURTLE)
    assert quad.triple == triple
    assert len(Graph().parse(data=text, format="turtle")) == 1
