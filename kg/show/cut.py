"""A picture cut down to what a browser can hold.

Takes a picture of any size and gives one of at most so many nodes: the surroundings of a focus if
there is one, then the entities with most ties, each with its events, and all that is between them.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace

from kg.show.picture import Picture

__all__ = ["cut"]


def cut(picture: Picture, *, most: int, focus: str | None = None) -> Picture:
    """Keep at most `most` nodes, and the edges and statements that belong to them alone.

    A picture that is small enough is given back as it is.
    """
    if len(picture.nodes) <= most:
        return picture
    kept: set[str] = set()
    for iri in _by_weight(picture, focus):
        if len(kept) >= most:
            break
        kept.add(iri)
    nodes = tuple(node for node in picture.nodes if node.iri in kept)
    edges = tuple(edge for edge in picture.edges if {edge.origin, edge.goal} <= kept)
    edges = tuple(
        replace(edge, events=tuple(event for event in edge.events if event in kept))
        for edge in edges
    )
    used = {key for node in nodes for key in node.statements}
    used |= {key for edge in edges for key in edge.statements}
    statements = tuple(shown for shown in picture.statements if shown.key in used)
    return replace(picture, nodes=nodes, edges=edges, statements=statements)


def _by_weight(picture: Picture, focus: str | None) -> Iterator[str]:
    """Give nodes, the nearest to the focus first, then entities by their ties with their events."""
    near: dict[str, list[str]] = {node.iri: [] for node in picture.nodes}
    for edge in picture.edges:
        near[edge.origin].append(edge.goal)
        near[edge.goal].append(edge.origin)
    if focus is not None:
        seen = {focus}
        border = deque([focus])
        while border:
            at = border.popleft()
            yield at
            fresh = [iri for iri in dict.fromkeys(near[at]) if iri not in seen]
            seen.update(fresh)
            border.extend(fresh)
    is_event = {node.iri: node.kind == "event" for node in picture.nodes}
    weight = Counter({iri: len(ends) for iri, ends in near.items() if not is_event[iri]})
    for iri in sorted(weight, key=lambda iri: (-weight[iri], iri)):
        yield iri
        yield from (end for end in dict.fromkeys(near[iri]) if is_event[end])
    yield from near
