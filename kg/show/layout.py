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
from dataclasses import dataclass

import igraph
import networkx as nx

__all__ = ["Box", "Tie", "place_nodes"]

_SMALL = 250  # nodes up to which Kamada-Kawai's cubic cost is below a second
_SPREAD = 104.0  # pixels between the centres of tied nodes
_FORM = 1.75  # a window is that much wider than high
_GAP = 20.0  # pixels kept free between two boxes
_ROUNDS = 150
_FILLED = 0.2  # share of a part's area that its boxes may fill before they are pushed apart
_PAIRS = 6000  # pairs of node and tie looked at in a round at most
_MARGIN = 40.0  # pixels between connected parts

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The room a node with its label takes, in pixels: across, above its centre and below it."""

    width: float
    up: float
    down: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two nodes that belong together; `label` is the width of the words on the tie, in pixels."""

    one: str
    other: str
    label: float = 0.0


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
    tied: list[list[Tie]] = [[] for _ in parts]
    for tie in known:
        tied[home[tie.one]].append(tie)
    return _pack(
        [_place_part(part, own, boxes) for part, own in zip(parts, tied, strict=True)], boxes
    )


def _place_part(
    part: Sequence[str], ties: Sequence[Tie], boxes: Mapping[str, Box]
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
        points = tied.layout_fruchterman_reingold(seed=start, niter=500, grid=True).coords
    scale = _SPREAD / _usual_length(points, edges)
    places = {name: (points[i][0] * scale, points[i][1] * scale) for name, i in number.items()}
    places = _loosen(_lay_flat(places), boxes)
    is_cheap = len(part) * len(ties) <= _PAIRS
    return _push_apart(places, ties if is_cheap else (), boxes)


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


def _push_apart(
    places: Mapping[str, Point], ties: Sequence[Tie], boxes: Mapping[str, Box]
) -> dict[str, Point]:
    """Move boxes off each other and off the ties and words that are not theirs."""
    points = {name: [x, y] for name, (x, y) in places.items()}
    rounds = _ROUNDS if len(points) <= 1000 else 12
    widest = max(boxes[name].width for name in points) + _GAP
    for _ in range(rounds):
        moved = _push_from_ties(points, ties, boxes)
        names = sorted(points, key=lambda name: (points[name][0], name))
        for index, left in enumerate(names):
            for right in names[index + 1 :]:
                if points[right][0] - points[left][0] > widest:
                    break
                moved |= _push_pair(points[left], points[right], boxes[left], boxes[right])
        if not moved:
            break
    return {name: (x, y) for name, (x, y) in points.items()}


def _push_from_ties(
    points: dict[str, list[float]], ties: Sequence[Tie], boxes: Mapping[str, Box]
) -> bool:
    moved = False
    for tie in ties:
        one, other = points[tie.one], points[tie.other]
        for name, point in points.items():
            if tie.label:
                words = Box(width=tie.label, up=7, down=7)
                moved |= _push_pair(_middle(tie, points, boxes), point, words, boxes[name])
            if name not in (tie.one, tie.other):
                moved |= _push_from_line(one, other, point, boxes[name])
    return moved


def _middle(tie: Tie, points: Mapping[str, list[float]], boxes: Mapping[str, Box]) -> list[float]:
    """Give the middle of what is seen of a tie between its two boxes."""
    one, other = points[tie.one], points[tie.other]
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = max(math.hypot(dx, dy), 1e-6)
    first = _border(boxes[tie.one], dx / length, dy / length)
    last = length - _border(boxes[tie.other], -dx / length, -dy / length)
    at = (first + last) / 2 / length if first < last else 0.5
    return [one[0] + dx * at, one[1] + dy * at]


def _border(box: Box, dx: float, dy: float) -> float:
    high = box.down if dy > 0 else box.up
    return min(box.width / 2 / max(abs(dx), 1e-6), high / max(abs(dy), 1e-6))


def _push_from_line(one: list[float], other: list[float], point: list[float], box: Box) -> bool:
    """Move a node whose box a tie crosses a little to the side it is already on."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = math.hypot(dx, dy)
    centre = point[1] + (box.down - box.up) / 2
    along = ((point[0] - one[0]) * dx + (centre - one[1]) * dy) / max(length * length, 1e-9)
    if not 0.0 < along < 1.0:
        return False
    nx_, ny = -dy / max(length, 1e-9), dx / max(length, 1e-9)
    side = (point[0] - one[0]) * nx_ + (centre - one[1]) * ny
    reach = abs(nx_) * box.width / 2 + abs(ny) * (box.up + box.down) / 2
    if abs(side) >= reach:
        return False
    step = min(6.0, (reach - abs(side)) / 2) * (1 if side >= 0 else -1)
    point[0] += nx_ * step
    point[1] += ny * step
    return step != 0.0


def _push_pair(left: list[float], right: list[float], one: Box, two: Box) -> bool:
    dx, dy = right[0] - left[0], right[1] - left[1]
    over_x = (one.width + two.width) / 2 + _GAP - abs(dx)
    over_y = (one.down + two.up if dy >= 0 else one.up + two.down) + _GAP - abs(dy)
    if over_x <= 0.01 or over_y <= 0.01:
        return False
    if over_y <= over_x:
        step = over_y / 2 if dy >= 0 else -over_y / 2
        left[1] -= step
        right[1] += step
    else:
        step = over_x / 2 if dx >= 0 else -over_x / 2
        left[0] -= step
        right[0] += step
    return True


def _pack(
    parts: Sequence[dict[str, Point]], boxes: Mapping[str, Box]
) -> dict[str, tuple[int, int]]:
    """Put parts on shelves, the largest first, so that the whole is wider than high."""
    areas = [_bounds(part, boxes) for part in parts]
    room = sum((x1 - x0 + _MARGIN) * (y1 - y0 + _MARGIN) for x0, y0, x1, y1 in areas)
    shelf = max([math.sqrt(room) * _FORM, *(x1 - x0 for x0, _, x1, _ in areas)], default=0.0)
    places: dict[str, Point] = {}
    x = y = deepest = 0.0
    for part, (x0, y0, x1, y1) in zip(parts, areas, strict=True):
        if x > 0 and x + (x1 - x0) > shelf:
            x, y, deepest = 0.0, y + deepest + _MARGIN, 0.0
        for name, (px, py) in part.items():
            places[name] = (px - x0 + x, py - y0 + y)
        x += x1 - x0 + _MARGIN
        deepest = max(deepest, y1 - y0)
    mid_x = shelf / 2
    mid_y = (y + deepest) / 2
    return {
        name: (round(places[name][0] - mid_x), round(places[name][1] - mid_y)) for name in boxes
    }


def _bounds(
    part: Mapping[str, Point], boxes: Mapping[str, Box]
) -> tuple[float, float, float, float]:
    return (
        min(x - boxes[name].width / 2 for name, (x, _) in part.items()),
        min(y - boxes[name].up for name, (_, y) in part.items()),
        max(x + boxes[name].width / 2 for name, (x, _) in part.items()),
        max(y + boxes[name].down for name, (_, y) in part.items()),
    )
