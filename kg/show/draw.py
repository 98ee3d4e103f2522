"""The interactive graph as one HTML file that works with no network.

Takes a `Picture` and gives the page: pyvis's `Network` written through our own template,
vis-network in line from the installed pyvis package, every place computed beforehand. All text
reaches the page as JSON inside a script element that cannot close it, and is set as text, never as
HTML.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import networkx as nx
import pyvis
from pyvis.edge import Edge as DrawnEdge
from pyvis.network import Network
from pyvis.node import Node as DrawnNode

from kg.errors import KGError
from kg.show.cut import cut
from kg.show.layout import place_nodes
from kg.show.names import suggestion
from kg.show.picture import Edge, Node, Picture, Shown
from kg.show.spacing import Box, Tie

__all__ = ["LARGE", "MOST", "SERVER_MARK", "find_node", "page_of", "to_networkx", "wrap"]

# Where a server puts its own links; no text of an article can hold it, as `<` is escaped there.
SERVER_MARK = "<!-- links of the server -->"
MOST = 6000  # nodes that a page holds; of a larger graph the most connected, or a focus
LARGE = 400  # nodes from which the page starts with the most connected ones, or a focus
_FIRST = 60  # how many entities a large graph starts with
_TEMPLATES = Path(__file__).resolve().parent / "templates"
_SCRIPTS = (
    "model.js", "glyphs.js", "views.js", "arrange.js", "canvas.js", "panel.js", "time.js",
    "table.js", "main.js",
)  # fmt: skip
_LINE = 15  # pixels of a line of text
_LETTER = 7.7  # pixels of a letter, on average
_SMALL_LETTER = 6.6  # the same for the words on edges
_ROLES = frozenset({"agent", "target", "place", "about", "victims"})


def page_of(
    picture: Picture, *, title: str = "Graphe", focus: str | None = None, hops: int = 1
) -> str:
    """Write the page; of a graph of more than `MOST` nodes it holds the most connected part.

    Args:
        picture: What to show.
        title: The page's heading; any text.
        focus: An IRI or name of the node to start from; None shows all, or the most connected
            entities when the graph is large.
        hops: How far from the focus the first view reaches.

    Raises:
        KGError: No node has the name of the focus.
    """
    start = find_node(picture, focus) if focus is not None else None
    whole = len(picture.nodes)
    picture = cut(picture, most=MOST, focus=start)
    graph = to_networkx(picture)
    network = _network(graph, picture)
    network.heading = title
    network.set_template_dir(f"{_TEMPLATES}/", "page.html")
    scripts = (_vis_script(), _own_script())
    # jinja's filter keeps `<`, `>`, `&` and `'` out of the JSON; letters may stay letters.
    network.templateEnv.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    network.templateEnv.globals.update(
        page_title=title,
        style=(_TEMPLATES / "page.css").read_text(encoding="utf-8"),
        scripts=scripts,
        hashes=" ".join(f"'{_hash(script)}'" for script in scripts),
        details=_details(picture),
        start=_start(graph, start, hops) | {"left_out": whole - len(picture.nodes)},
        server_mark=SERVER_MARK,
    )
    html: str = network.generate_html()
    return html


def find_node(picture: Picture, name: str) -> str:
    """Give the IRI of the node with this IRI, label or other name (case is ignored).

    Raises:
        KGError: No node has the name.
    """
    wanted = name.casefold()
    for node in picture.nodes:
        if name == node.iri:
            return node.iri
    for node in sorted(picture.nodes, key=lambda node: node.kind):
        if wanted in (each.casefold() for each in (node.label, *node.names)):
            return node.iri
    known = (each for node in picture.nodes for each in (node.label, *node.names))
    raise KGError(f"{name!r} is no entity or event of this graph. {suggestion(name, known)}")


def to_networkx(picture: Picture) -> nx.MultiDiGraph[str]:
    """Give the picture as a networkx graph, nodes and edges with their plain attributes."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in picture.nodes:
        graph.add_node(node.iri, kind=node.kind, type=node.type, label=node.label)
    for edge in picture.edges:
        graph.add_edge(
            edge.origin,
            edge.goal,
            key=edge.id,
            type=edge.type,
            label=edge.label,
            status=edge.status,
            view=edge.view,
        )
    return graph


def wrap(label: str, *, width: int = 20, lines: int = 3) -> str:
    """Break a label into short lines; what does not fit ends in an ellipsis.

    Example:
        >>> wrap("milliers de partisans du Hachd", width=14)
        'milliers de\\npartisans du\\nHachd'
    """
    rows: list[str] = []
    for word in label.split():
        if rows and len(rows[-1]) + 1 + len(word) <= width:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    rows = [row if len(row) <= width + 6 else f"{row[: width + 5]}…" for row in rows]
    if len(rows) > lines:
        rows = [*rows[: lines - 1], f"{rows[lines - 1]}…"]
    return "\n".join(rows)


def _network(graph: nx.MultiDiGraph[str], picture: Picture) -> Network:
    """Fill pyvis's network with nodes at their places, in both views, and edges.

    Its own `add_node` and `add_edge` look each name up in a list: 30 s for 20,000 nodes.
    """
    network = Network(directed=True)
    labels = {node.iri: _drawn_label(node) for node in picture.nodes}
    boxes = {node.iri: _box(node, labels[node.iri]) for node in picture.nodes}
    with_events = place_nodes(boxes, _ties(picture.edges, "events"))
    entities = {node.iri: boxes[node.iri] for node in picture.nodes if node.kind == "entity"}
    folded = place_nodes(entities, _ties(picture.edges, "direct"))
    for node in picture.nodes:
        x, y = with_events[node.iri]
        fx, fy = folded.get(node.iri, (x, y))
        box = boxes[node.iri]
        drawn = DrawnNode(
            node.iri, "custom", labels[node.iri], x=x, y=y, fx=fx, fy=fy, width=box.width,
            up=box.up, down=box.down, degree=graph.degree(node.iri),
        )  # fmt: skip
        network.nodes.append(drawn.options)
        network.node_ids.append(node.iri)
        network.node_map[node.iri] = drawn.options
    network.edges.extend(
        DrawnEdge(edge.origin, edge.goal, True, id=edge.id).options for edge in picture.edges
    )
    return network


def _ties(edges: Iterable[Edge], view: str) -> list[Tie]:
    return [
        Tie(one=edge.origin, other=edge.goal, label=_words_on(edge) * _SMALL_LETTER)
        for edge in edges
        if edge.view in (view, "both")
    ]


def _words_on(edge: Edge) -> int:
    """Count the letters of the longest line that the page writes on an edge.

    `labelOfEdge` in canvas.js writes it: a role shows only who alleges it, an edge its label.
    """
    by = f"selon {edge.by[0]}" if edge.by else ""
    rows = [by] if edge.type in _ROLES else [*edge.label.split(", "), by]
    return max(len(row) for row in rows)


def _drawn_label(node: Node) -> str:
    return node.label if node.kind == "event" else wrap(node.label)


def _box(node: Node, label: str) -> Box:
    rows = label.split("\n")
    width = max(len(row) for row in rows) * _LETTER
    if node.kind == "event":
        return Box(width=width + 22, up=len(rows) * _LINE / 2 + 7, down=len(rows) * _LINE / 2 + 7)
    return Box(width=max(width, 40), up=20, down=24 + len(rows) * _LINE)


def _vis_script() -> str:
    folder = Path(pyvis.__file__).resolve().parent / "lib"
    found = sorted(folder.glob("vis-*/vis-network.min.js"))
    if not found:
        raise KGError(f"{folder}: pyvis carries no vis-network. Reinstall pyvis 0.3.2.")
    return found[-1].read_text(encoding="utf-8").replace("</script", "<\\/script")


def _own_script() -> str:
    parts = [(_TEMPLATES / name).read_text(encoding="utf-8") for name in _SCRIPTS]
    return "\n".join(('"use strict";', "(() => {", *parts, "})();"))


def _hash(script: str) -> str:
    """Give a script's hash as a content security policy names it: no other script may run."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _start(graph: nx.MultiDiGraph[str], focus: str | None, hops: int) -> dict[str, Any]:
    """Say what the first view holds: all, the surroundings of a focus, or the most connected."""
    if focus is not None:
        return {"focus": focus, "hops": hops}
    if graph.number_of_nodes() <= LARGE:
        return {}
    degrees = Counter(
        end
        for one, other, view in graph.edges(data="view")
        if view != "events"
        for end in (one, other)
    )
    ranked = sorted((-degree, iri) for iri, degree in degrees.items())
    return {"shown": [iri for _, iri in ranked[:_FIRST]], "mode": "direct"}


def _details(picture: Picture) -> dict[str, Any]:
    """Give what the page knows of each node and edge beyond its place."""
    articles = {article.iri: number for number, article in enumerate(picture.articles)}
    sentences: dict[tuple[int, str], int] = {}
    statements = {}
    for shown in picture.statements:
        place = (articles[shown.article], shown.sentence)
        number = sentences.setdefault(place, len(sentences))
        statements[shown.key] = _statement(shown, number)
    return {
        "articles": [
            _filled(title=a.title, date=a.date, source=a.source, url=_web_only(a.url))
            for a in picture.articles
        ],
        "sentences": [{"article": article, "text": text} for article, text in sentences],
        "statements": statements,
        "nodes": {node.iri: _node(node) for node in picture.nodes},
        "edges": {edge.id: _edge(edge) for edge in picture.edges},
        "types": dict(picture.type_labels),
        "counts": dict(sorted(Counter(node.type for node in picture.nodes).items())),
    }


def _statement(shown: Shown, sentence: int) -> dict[str, Any]:
    return _filled(
        says=shown.says,
        status=shown.status,
        sentence=sentence,
        at=[shown.start, shown.end],
        rule=shown.rule,
        source=list(shown.source),
        date=shown.date,
    )


def _node(node: Node) -> dict[str, Any]:
    return _filled(
        kind=node.kind,
        type=node.type,
        label=node.label,
        names=list(node.names),
        status=node.status,
        edtf=node.edtf,
        earliest=node.earliest,
        latest=node.latest,
        notes=[list(note) for note in node.notes],
        statements=list(node.statements),
    )


def _edge(edge: Edge) -> dict[str, Any]:
    return _filled(
        type=edge.type,
        label=edge.label,
        view=edge.view,
        status=edge.status,
        by=list(edge.by),
        events=list(edge.events),
        statements=list(edge.statements),
    )


def _filled(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, [], ())}


def _web_only(url: str | None) -> str | None:
    """Keep links to the web; a `javascript:` address in an article is no link."""
    return url if url is not None and url.startswith(("http://", "https://")) else None
