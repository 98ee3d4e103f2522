"""What the drawing shows: a graph of nodes and edges with the sentences behind each.

Takes nothing and gives the records between the store (`graph.py` fills them) and the page
(`draw.py` writes them out). A picture is complete: every statement an edge or node names is in it,
and every statement knows its sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Edge", "Node", "Picture", "Shown", "Source"]

NodeKind = Literal["entity", "event"]
View = Literal["events", "direct", "both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article as the page names it."""

    iri: str
    title: str
    date: str | None = None
    source: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One statement with one sentence it was read from; `key` is unique in the picture.

    `sentence` is the whole sentence; the quote stands at `start:end` of it. `says` is the statement
    in words ("Iran · auteur · Attaque"). `source` names those whose word it is, () for the article.
    """

    key: str
    says: str
    status: str
    article: str
    sentence: str
    start: int
    end: int
    rule: str
    source: tuple[str, ...] = ()
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An entity or an event; `type` is the local name of its class, `label` its French name.

    `notes` are the plain facts shown beside it (mode, toll, weapon…), as label and value.
    """

    iri: str
    kind: NodeKind
    type: str
    label: str
    names: tuple[str, ...] = ()
    status: str = "asserted"
    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None
    notes: tuple[tuple[str, str], ...] = ()
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A tie between two nodes; `type` is the local name of the property, `label` its French name.

    `view` says whether it is drawn with the event nodes, with the events folded into direct edges,
    or in both. `events` are the events a direct edge is derived from. `by` names who alleges it.
    """

    id: str
    origin: str
    goal: str
    type: str
    label: str
    view: View
    status: str = "asserted"
    by: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All that a page shows, in a fixed order."""

    articles: tuple[Source, ...] = ()
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    statements: tuple[Shown, ...] = ()
    type_labels: tuple[tuple[str, str], ...] = field(default=())
