"""Nodes pushed apart until their labels can be read.

Takes places and the room each node takes and gives places: boxes leave each other, and the ties and
words that are not theirs. All pairs are moved at once, round by round, so the result depends on
nothing but the input (after Dwyer, Marriott, Stuckey 2006, without their solver).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Box", "Point", "Tie", "push_apart"]

Point = tuple[float, float]
Array = NDArray[np.float64]

_GAP = 20.0  # pixels kept free between two boxes
_MOST = 1500  # nodes up to which all pairs are looked at; larger graphs are shown in parts anyway
_PAIRS = 60_000  # pairs of node and tie looked at in a round at most
_LARGEST_STEP = 60.0
_WORDS_HALF = 7.0  # half the height of the words on a tie, in pixels


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


def push_apart(
    places: Mapping[str, Point], ties: Sequence[Tie], boxes: Mapping[str, Box], *, rounds: int
) -> dict[str, Point]:
    """Move boxes off each other and off the ties and words that are not theirs.

    `rounds` is how often at most: a small graph needs 150, a large one is not worth more than 20.
    """
    names = list(places)
    if len(names) > _MOST:
        return dict(places)
    room = _Room(names, boxes, ties if len(names) * len(ties) <= _PAIRS else ())
    points = np.array([places[name] for name in names], dtype=np.float64)
    for _ in range(rounds):
        step = room.step(points)
        if np.abs(step).max(initial=0.0) < 0.5:
            break
        points = points + np.clip(step, -_LARGEST_STEP, _LARGEST_STEP)
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, points, strict=True)}


class _Room:
    """The sizes of boxes and the ends of ties as arrays, and how far overlaps push."""

    def __init__(self, names: Sequence[str], boxes: Mapping[str, Box], ties: Sequence[Tie]) -> None:
        number = {name: index for index, name in enumerate(names)}
        self._half = np.array([boxes[name].width / 2 for name in names])
        self._up = np.array([boxes[name].up for name in names])
        self._down = np.array([boxes[name].down for name in names])
        self._order = np.sign(np.subtract.outer(np.arange(len(names)), np.arange(len(names))).T)
        self._one = np.array([number[tie.one] for tie in ties], dtype=np.intp)
        self._other = np.array([number[tie.other] for tie in ties], dtype=np.intp)
        self._words = np.array([tie.label / 2 for tie in ties])

    def step(self, points: Array) -> Array:
        """Give how far each node is pushed in one round."""
        step = self._from_boxes(points)
        if len(self._one):
            step += self._from_words(points) + self._from_lines(points)
        return step

    def _from_boxes(self, points: Array) -> Array:
        dx = points[:, 0][None, :] - points[:, 0][:, None]
        dy = points[:, 1][None, :] - points[:, 1][:, None]
        below = np.where(dy == 0, self._order, dy) >= 0
        high = np.where(
            below, self._down[:, None] + self._up[None, :], self._up[:, None] + self._down[None, :]
        )
        over_x = self._half[:, None] + self._half[None, :] + _GAP - np.abs(dx)
        over_y = high + _GAP - np.abs(dy)
        np.fill_diagonal(over_x, 0.0)
        hit = (over_x > 0.01) & (over_y > 0.01)
        side_x = np.where(dx == 0, self._order, np.sign(dx))
        push_y = np.where(hit & (over_y <= over_x), over_y * np.where(below, -0.4, 0.4), 0.0)
        push_x = np.where(hit & (over_y > over_x), over_x * side_x * -0.4, 0.0)
        return np.stack([push_x.sum(axis=1), push_y.sum(axis=1)], axis=1)

    def _from_words(self, points: Array) -> Array:
        """Push boxes off the words on ties, which stand in the middle of what is seen of them."""
        middle = self._middles(points)
        dx = points[:, 0][None, :] - middle[:, 0][:, None]
        dy = points[:, 1][None, :] - middle[:, 1][:, None]
        high = np.where(dy >= 0, self._up[None, :], self._down[None, :]) + _WORDS_HALF
        over_x = self._words[:, None] + self._half[None, :] + _GAP / 2 - np.abs(dx)
        over_y = high + _GAP / 2 - np.abs(dy)
        hit = (over_x > 0.01) & (over_y > 0.01) & (self._words[:, None] > 0)
        side_x, side_y = np.where(dx >= 0, 0.3, -0.3), np.where(dy >= 0, 0.3, -0.3)
        push_y = np.where(hit & (over_y <= over_x), over_y * side_y, 0.0)
        push_x = np.where(hit & (over_y > over_x), over_x * side_x, 0.0)
        return np.stack([push_x.sum(axis=0), push_y.sum(axis=0)], axis=1)

    def _middles(self, points: Array) -> Array:
        one, other = points[self._one], points[self._other]
        delta = other - one
        length = np.maximum(np.hypot(delta[:, 0], delta[:, 1]), 1e-6)
        way = delta / length[:, None]
        first = self._border(self._one, way)
        last = length - self._border(self._other, -way)
        at = np.where(first < last, (first + last) / 2 / length, 0.5)
        return np.asarray(one + delta * at[:, None], dtype=np.float64)

    def _border(self, nodes: NDArray[np.intp], way: Array) -> Array:
        high = np.where(way[:, 1] > 0, self._down[nodes], self._up[nodes])
        across = self._half[nodes] / np.maximum(np.abs(way[:, 0]), 1e-6)
        return np.minimum(across, high / np.maximum(np.abs(way[:, 1]), 1e-6))

    def _from_lines(self, points: Array) -> Array:
        """Push boxes that a tie crosses a little to the side they are already on."""
        one, other = points[self._one], points[self._other]
        delta = other - one
        length = np.maximum(np.hypot(delta[:, 0], delta[:, 1]), 1e-6)
        normal = np.stack([-delta[:, 1], delta[:, 0]], axis=1) / length[:, None]
        centre = points + np.stack([np.zeros_like(self._up), (self._down - self._up) / 2], axis=1)
        away = centre[None, :, :] - one[:, None, :]
        along = (away * delta[:, None, :]).sum(axis=2) / (length**2)[:, None]
        side = (away * normal[:, None, :]).sum(axis=2)
        reach = (
            np.abs(normal[:, 0])[:, None] * self._half[None, :]
            + np.abs(normal[:, 1])[:, None] * ((self._up + self._down) / 2)[None, :]
        )
        hit = (along > 0) & (along < 1) & (np.abs(side) < reach)
        rows = np.arange(len(self._one))
        hit[rows, self._one] = False
        hit[rows, self._other] = False
        size = np.minimum(6.0, (reach - np.abs(side)) / 2) * np.where(side >= 0, 1.0, -1.0)
        push = np.where(hit, size, 0.0)
        return np.asarray((push[:, :, None] * normal[:, None, :]).sum(axis=0), dtype=np.float64)
