"""The graph written in the forms other programs read.

Takes a `Store` and gives text: N-Triples, N-Quads, JSON-LD, GraphML, GEXF, a table of statements,
GeoJSON. The same graph gives the same bytes in every form. Turtle and TriG are written in
`kg/rdf/turtle.py`, fact lines in `stored.py`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import networkx as nx
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.show.graph import Graph, load_graph
from kg.show.scene import picture_of, say
from kg.store.base import Store
from kg.vocab import KG

__all__ = ["FORMS", "export_text"]

_PREFIXES = {
    "geo": "http://www.opengis.net/ont/geosparql#",
    "kg": KG.ns,
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_COLUMNS = (
    "statement", "subject", "subject_label", "predicate", "object", "object_label", "says",
    "status", "said_by", "article", "article_date", "start", "end", "quote", "sentence", "rule",
)  # fmt: skip
_POINT = re.compile(r"POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)", re.IGNORECASE)
# What XML 1.0 cannot hold at all, escaped or not.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# networkx writes the day of writing into GEXF; the same graph has to give the same bytes.
_TODAY = re.compile(r' lastmodifieddate="[^"]*"')


def export_text(store: Store, form: str) -> str:
    """Write a store in one of `FORMS`.

    Raises:
        KeyError: The form is none of them.
    """
    return FORMS[form](store)


def _ntriples(store: Store) -> str:
    return _sorted_lines(store.triples(), RdfFormat.N_TRIPLES)


def _nquads(store: Store) -> str:
    return "".join(
        _sorted_lines(
            (
                Quad(t.subject, t.predicate, t.object, NamedNode(graph))
                for t in store.triples(graph)
            ),
            RdfFormat.N_QUADS,
        )
        for graph in store.graphs()
    )


def _sorted_lines(rows: Iterable[Triple] | Iterable[Quad], form: RdfFormat) -> str:
    text = _serialized(rows, form)
    return "".join(f"{line}\n" for line in sorted(text.split("\n")) if line)


def _serialized(rows: Iterable[Triple] | Iterable[Quad], form: RdfFormat) -> str:
    written = serialize(rows, format=form, prefixes=_PREFIXES)
    assert written is not None  # only None when it goes to a file
    return written.decode("utf-8")


def _jsonld(store: Store) -> str:
    quads = [
        Quad(t.subject, t.predicate, t.object, NamedNode(graph))
        for graph in store.graphs()
        for t in sorted(store.triples(graph), key=str)
    ]
    written = _serialized(quads, RdfFormat.JSON_LD)
    return json.dumps(json.loads(written), ensure_ascii=False, indent=1) + "\n"


def _plain_graph(store: Store) -> nx.MultiDiGraph[str]:
    """Give the picture with attributes that GraphML and GEXF can hold."""
    picture = picture_of(load_graph(store))
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in picture.nodes:
        graph.add_node(
            node.iri,
            label=_xml(node.label.replace("\n", ", ")),
            kind=node.kind,
            type=node.type,
            names=_xml("; ".join(node.names)),
            status=node.status,
            date=node.edtf or "",
            earliest=node.earliest or "",
            latest=node.latest or "",
        )
    for edge in picture.edges:
        graph.add_edge(
            edge.origin,
            edge.goal,
            key=edge.id,
            type=edge.type,
            label=_xml(edge.label),
            status=edge.status,
            said_by=_xml("; ".join(edge.by)),
            derived=edge.view == "direct",
            statements=len(edge.statements),
        )
    return graph


def _graphml(store: Store) -> str:
    text = "\n".join(nx.generate_graphml(_plain_graph(store), named_key_ids=True))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _gexf(store: Store) -> str:
    graph = _plain_graph(store)
    numbered: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    numbered.add_nodes_from(graph.nodes(data=True))
    for number, (one, other, values) in enumerate(graph.edges(data=True)):
        numbered.add_edge(one, other, key=number, id=str(number), **values)
    text = "\n".join(nx.generate_gexf(numbered))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{_TODAY.sub("", text)}\n'


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _table(store: Store) -> str:
    graph = load_graph(store)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_rows(graph))
    return stream.getvalue()


def _rows(graph: Graph) -> Iterator[tuple[object, ...]]:
    """Give one row for each statement and quote; a statement without a quote has one too."""
    for each in graph.statements:
        goal = each.object.value
        label = "" if isinstance(each.object, Literal) else graph.label(goal)
        article = graph.articles.get(each.article or "", {})
        said_by = "; ".join(graph.label(sayer) for sayer in each.sayers)
        head = (
            each.iri, each.subject, graph.label(each.subject), each.predicate, goal, label,
            say(graph, each), each.status, said_by, article.get("id", ""), article.get("date", ""),
        )  # fmt: skip
        for span in each.spans or (None,):
            quote = (
                ("", "", "", "")
                if span is None
                else (span.start, span.end, span.exact, span.sentence)
            )
            yield tuple(map(_cell, (*head, *quote, "; ".join(each.rules))))


def _cell(value: object) -> object:
    """Keep a spreadsheet from taking a text of an article for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def _geojson(store: Store) -> str:
    graph = load_graph(store)
    points = store.select(
        "PREFIX geo: <http://www.opengis.net/ont/geosparql#> "
        "SELECT ?place ?wkt { ?place geo:asWKT ?wkt } ORDER BY ?place ?wkt"
    ).records()
    features = []
    for row in points:
        match = _POINT.search(row["wkt"])
        if match is not None:
            place = graph.one(row["place"])
            where = [float(match[1]), float(match[2])]
            features.append(_feature(place, where, _properties(graph, place)))
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def _feature(iri: str, point: list[float], properties: dict[str, Any]) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": point}
    return {"type": "Feature", "id": iri, "geometry": geometry, "properties": properties}


def _properties(graph: Graph, place: str) -> dict[str, Any]:
    """Give a place with the events that happened there or struck it."""
    there = [
        each
        for each in graph.about.get(place, ())
        if each.goal == place and each.predicate in (KG.place, KG.target)
    ]
    events = {}
    for each in there:
        dates = [
            graph.text_of(other.object)
            for other in graph.about[each.subject]
            if other.predicate == KG.edtf
        ]
        events[each.subject] = {
            "iri": each.subject,
            "type": graph.type_of(each.subject),
            "label": graph.label(each.subject),
            "date": dates[0] if dates else None,
            "status": each.status,
        }
    return {
        "label": graph.label(place),
        "type": graph.type_of(place),
        "names": list(graph.names.get(place, ())),
        "events": list(events.values()),
    }


FORMS: dict[str, Callable[[Store], str]] = {
    "ntriples": _ntriples,
    "nquads": _nquads,
    "jsonld": _jsonld,
    "graphml": _graphml,
    "gexf": _gexf,
    "csv": _table,
    "geojson": _geojson,
}
