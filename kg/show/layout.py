"""Where the nodes stand.

Takes the sizes of nodes and the ties between them and gives a place for each, the same on every
run: each connected part is laid out by igraph (Kamada-Kawai when small, Fruchterman-Reingold on a
grid when large, from fixed starting places), nodes are pushed apart until no label covers another
or lies on a tie, and the parts are packed side by side.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence

import igraph
import networkx as nx

from kg.show.spacing import Box, Point, Tie, push_apart

__all__ = ["place_nodes"]

_SMALL = 250  # nodes up to which Kamada-Kawai's cubic cost is below a second
_SPREAD = 104.0  # pixels between the centres of tied nodes
_FORM = 1.75  # a window is that much wider than high
_FILLED = 0.2  # share of a part's area that its boxes may fill before they are pushed apart
_MARGIN = 40.0  # pixels between connected parts


def place_nodes(boxes: Mapping[str, Box], ties: Sequence[Tie]) -> dict[str, tuple[int, int]]:
    """Give each node a place in whole pixels, around the origin.

    Args:
        boxes: The room of each node, in a fixed order.
        ties: What ties nodes, in a fixed order; ties of unknown nodes are ignored.
    """
    known = [
        tie for tie in ties if tie.one in boxes and tie.other in boxes and tie.one != tie.other
    ]
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(boxes)
    graph.add_edges_from((tie.one, tie.other) for tie in known)
    order = {name: number for number, name in enumerate(boxes)}
    parts = [sorted(part, key=order.__getitem__) for part in nx.connected_components(graph)]
    parts.sort(key=lambda part: (-len(part), order[part[0]]))
    home = {name: number for number, part in enumerate(parts) for name in part}
    rounds = 150 if len(boxes) <= 120 else 60 if len(boxes) <= 400 else 15
    tied: list[list[Tie]] = [[] for _ in parts]
    for tie in known:
        tied[home[tie.one]].append(tie)
    return _pack(
        [_place_part(part, own, boxes, rounds) for part, own in zip(parts, tied, strict=True)],
        boxes,
    )


def _place_part(
    part: Sequence[str], ties: Sequence[Tie], boxes: Mapping[str, Box], rounds: int
) -> dict[str, Point]:
    if len(part) == 1:
        return {part[0]: (0.0, 0.0)}
    number = {name: index for index, name in enumerate(part)}
    edges, count = _edges(number, ties)
    tied = igraph.Graph(n=count, edges=edges)
    start = _circle(count)
    if len(part) <= _SMALL:
        points = tied.layout_kamada_kawai(seed=start, maxiter=50 * count).coords
    else:
        igraph.set_random_number_generator(random.Random(7))
        rounds_of_igraph = max(60, min(500, 600_000 // count))
        layout = tied.layout_fruchterman_reingold(seed=start, niter=rounds_of_igraph, grid=True)
        points = layout.coords
    scale = _SPREAD / _usual_length(points, edges)
    places = {name: (points[i][0] * scale, points[i][1] * scale) for name, i in number.items()}
    places = _loosen(_lay_flat(places), boxes)
    return push_apart(places, ties, boxes, rounds=rounds)


def _edges(number: Mapping[str, int], ties: Sequence[Tie]) -> tuple[list[tuple[int, int]], int]:
    """Number the ties of a part; a tie with words on it gets a node of its own, hence room."""
    edges: dict[tuple[int, int], None] = {}
    worded: dict[tuple[int, int], None] = {}
    for tie in ties:
        pair = (number[tie.one], number[tie.other])
        ordered = (min(pair), max(pair))
        if tie.label and len(number) <= _SMALL:
            worded[ordered] = None
        else:
            edges[ordered] = None
    count = len(number)
    for one, other in worded:
        edges.pop((one, other), None)
        edges[(one, count)] = None
        edges[(other, count)] = None
        count += 1
    return sorted(edges), count


def _circle(count: int) -> list[Point]:
    turn = 2 * math.pi / count
    radius = math.sqrt(count)
    return [(radius * math.cos(turn * i), radius * math.sin(turn * i)) for i in range(count)]


def _usual_length(points: Sequence[Sequence[float]], edges: Sequence[tuple[int, int]]) -> float:
    lengths = sorted(math.dist(points[a], points[b]) for a, b in edges)
    return max(lengths[len(lengths) // 2], 1e-6)


def _lay_flat(places: dict[str, Point]) -> dict[str, Point]:
    """Turn the part so that it is wider than high, and widen it to the form of a window."""
    wide = max(x for x, _ in places.values()) - min(x for x, _ in places.values())
    high = max(y for _, y in places.values()) - min(y for _, y in places.values())
    if wide < high:
        places = {name: (y, x) for name, (x, y) in places.items()}
        wide, high = high, wide
    stretch = min(max(_FORM * high / max(wide, 1.0), 1.1), 1.9)
    return {name: (x * stretch, y) for name, (x, y) in places.items()}


def _loosen(places: dict[str, Point], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Scale a crowded part up until its boxes fill less than a fifth of it."""
    wide = max(x for x, _ in places.values()) - min(x for x, _ in places.values())
    high = max(y for _, y in places.values()) - min(y for _, y in places.values())
    filled = sum(boxes[name].width * (boxes[name].up + boxes[name].down) for name in places)
    scale = max(1.0, math.sqrt(filled / (max(wide, 300.0) * max(high, 150.0)) / _FILLED))
    scale = min(scale, 4.0)
    return {name: (x * scale, y * scale) for name, (x, y) in places.items()}


def _pack(
    parts: Sequence[dict[str, Point]], boxes: Mapping[str, Box]
) -> dict[str, tuple[int, int]]:
    """Put parts on shelves, as wide as shows the whole largest in a window, around the origin."""
    areas = [_bounds(part, boxes) for part in parts]
    widest = max((x1 - x0 for x0, _, x1, _ in areas), default=0.0)
    tries = [_shelve(areas, widest * (1 + step / 4)) for step in range(16)]
    corners, width, height = min(tries, key=lambda each: max(each[1] / _FORM, each[2]))
    places: dict[str, Point] = {}
    for part, (x0, y0, _, _), (left, top) in zip(parts, areas, corners, strict=True):
        for name, (x, y) in part.items():
            places[name] = (x - x0 + left, y - y0 + top)
    return {
        name: (round(places[name][0] - width / 2), round(places[name][1] - height / 2))
        for name in boxes
    }


def _shelve(
    areas: Sequence[tuple[float, float, float, float]], shelf: float
) -> tuple[list[Point], float, float]:
    """Give the corner of each area on shelves of a width, and the width and height of them all."""
    x = y = deepest = width = 0.0
    corners: list[Point] = []
    for x0, y0, x1, y1 in areas:
        if x > 0 and x + x1 - x0 > shelf:
            x, y, deepest = 0.0, y + deepest + _MARGIN, 0.0
        corners.append((x, y))
        x += x1 - x0 + _MARGIN
        width = max(width, x - _MARGIN)
        deepest = max(deepest, y1 - y0)
    return corners, width, y + deepest


def _bounds(
    part: Mapping[str, Point], boxes: Mapping[str, Box]
) -> tuple[float, float, float, float]:
    return (
        min(x - boxes[name].width / 2 for name, (x, _) in part.items()),
        min(y - boxes[name].up for name, (_, y) in part.items()),
        max(x + boxes[name].width / 2 for name, (x, _) in part.items()),
        max(y + boxes[name].down for name, (_, y) in part.items()),
    )
