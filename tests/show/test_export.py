"""Tests of kg/show/export.py: each form is read back by a parser that is not ours."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import networkx as nx
import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Dataset

from kg.model import Article, Reading
from kg.rdf.build import triples
from kg.rdf.iris import Iris
from kg.show.export import FORMS, export_text
from kg.show.facts import reading_from_facts
from kg.show.graph import Graph
from kg.store.base import Store
from kg.store.opening import open_store

from .conftest import fill

RAPPER = shutil.which("rapper")


@pytest.mark.parametrize("form", FORMS)
def test_the_same_graph_gives_the_same_bytes(
    form: str, seed_store: Store, seed_reading: Reading
) -> None:
    """A second store with the same content exports byte-identical text."""
    with open_store() as store:
        fill(store, seed_reading)
        assert export_text(store, form) == export_text(seed_store, form)


def test_rdf_forms_hold_every_triple(seed_store: Store) -> None:
    """N-Triples, N-Quads and JSON-LD parse to the store's own triples."""
    wanted = set(seed_store.triples())
    for form, syntax in (
        ("ntriples", RdfFormat.N_TRIPLES),
        ("nquads", RdfFormat.N_QUADS),
        ("jsonld", RdfFormat.JSON_LD),
    ):
        read = parse(export_text(seed_store, form), format=syntax)
        assert {quad.triple for quad in read} == wanted
    dataset = Dataset()
    dataset.parse(data=export_text(seed_store, "nquads"), format="nquads")
    assert {str(graph.identifier) for graph in dataset.graphs()} >= set(seed_store.graphs())


@pytest.mark.skipif(RAPPER is None, reason="needs rapper of Debian's raptor2-utils")
def test_rapper_reads_the_ntriples(seed_store: Store, tmp_path: Path) -> None:
    """An independent parser counts the triples that pyoxigraph counts."""
    path = tmp_path / "graph.nt"
    path.write_text(export_text(seed_store, "ntriples"), encoding="utf-8")
    done = subprocess.run(
        [str(RAPPER), "-i", "ntriples", "-c", str(path)], capture_output=True, text=True, check=True
    )
    assert f"{len(set(seed_store.triples()))} triples" in done.stderr


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_graph_forms_open_in_networkx(form: str, seed_store: Store, tmp_path: Path) -> None:
    """Nodes, edges, labels and statuses come back."""
    path = tmp_path / f"graph.{form}"
    path.write_text(export_text(seed_store, form), encoding="utf-8")
    graph = nx.read_graphml(path) if form == "graphml" else nx.read_gexf(path)
    labels = {values["label"] for _, values in graph.nodes(data=True)}
    assert "Qassem Soleimani" in labels
    assert "alleged" in {values["status"] for _, _, values in graph.edges(data=True)}


def test_the_table_has_every_statement_with_its_quote(
    seed_store: Store, seed_graph: Graph, seed_reading: Reading
) -> None:
    """Each row's offsets cut its quote out of the article."""
    rows = list(csv.DictReader(io.StringIO(export_text(seed_store, "csv"))))
    assert {row["statement"] for row in rows} >= {each.iri for each in seed_graph.statements}
    text = seed_reading.article.text
    quoted = [row for row in rows if row["start"]]
    assert quoted
    for row in quoted:
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]
    assert any(row["status"] == "alleged" and row["said_by"] == "États-Unis" for row in rows)


def test_a_formula_in_an_article_stays_text() -> None:
    """A name that begins with = or @ does not start a formula in a spreadsheet."""
    article = Article(id="a", text="=HYPERLINK(1) a attaqué Sarkol.", lang="fr")
    line = {
        "kind": "event",
        "id": "e1",
        "type": "Attack",
        "mode": "other",
        "mentions": [{"start": 14, "end": 23}],
        "agents": [{"names": ["=HYPERLINK(1)"]}],
    }
    with open_store() as store:
        reading = reading_from_facts(article, [line])
        store.replace_graph(Iris().article_graph("a"), triples(reading))
        text = export_text(store, "csv")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not any(cell.startswith("=") for cell in cells)


def test_places_with_coordinates_become_points() -> None:
    """GeoJSON holds the known places of the graph with the events there."""
    article = Article(id="a", text="Une attaque a frappé Bagdad.", lang="fr")
    line = {
        "kind": "event",
        "id": "e1",
        "type": "Attack",
        "mode": "other",
        "mentions": [{"start": 4, "end": 11}],
        "places": [["Bagdad"]],
    }
    with open_store() as store:
        reading = reading_from_facts(article, [line])
        fill(store, reading)
        place = f"<{Iris().entity(article, reading.entities[0])}>"
        point = "<http://www.opengis.net/ont/geosparql#asWKT>"
        extra = f'{place} {point} "POINT(44.36 33.31)" .'
        quads = parse(extra, format=RdfFormat.N_TRIPLES)
        store.replace_graph("https://example.org/points", (quad.triple for quad in quads))
        found = json.loads(export_text(store, "geojson"))
    (feature,) = found["features"]
    assert feature["geometry"]["coordinates"] == [44.36, 33.31]
    assert feature["properties"]["events"][0]["type"] == "Attack"
