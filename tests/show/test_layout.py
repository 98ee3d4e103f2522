"""Tests of kg/show/layout.py and kg/show/spacing.py."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.show.layout import place_nodes
from kg.show.spacing import Box, Tie, push_apart

BOX = Box(width=120, up=20, down=55)


def overlaps(left: tuple[float, float], right: tuple[float, float], box: Box = BOX) -> bool:
    """Tell whether two boxes of this size cover each other."""
    high, low = sorted((left, right), key=lambda point: point[1])
    return abs(left[0] - right[0]) < box.width and low[1] - high[1] < box.down + box.up


@pytest.mark.parametrize("size", [2, 12, 40])
def test_no_label_covers_another(size: int) -> None:
    """In a ring with spokes every box has its own room."""
    names = [f"n{i}" for i in range(size)]
    ring = [Tie(one=a, other=b) for a, b in itertools.pairwise(names)]
    spokes = [Tie(one="n0", other=name, label=60.0) for name in names[2::3]]
    places = place_nodes(dict.fromkeys(names, BOX), [*ring, *spokes])
    for left, right in itertools.combinations(names, 2):
        assert not overlaps(places[left], places[right]), (left, right)


def test_the_same_graph_is_laid_out_the_same() -> None:
    """Small and large parts come out alike on every run, in whole pixels."""
    names = [f"n{i}" for i in range(300)]
    ties = [Tie(one=names[i], other=names[i * 7 % 300]) for i in range(300)]
    boxes = dict.fromkeys(names, BOX)
    places = place_nodes(boxes, ties)
    assert places == place_nodes(boxes, ties)
    assert all(isinstance(each, int) for point in places.values() for each in point)


def test_parts_that_nothing_ties_stand_apart() -> None:
    """Several small parts and lone nodes are packed side by side without overlap."""
    names = [f"n{i}" for i in range(9)]
    ties = [Tie(one="n0", other="n1"), Tie(one="n2", other="n3"), Tie(one="n3", other="n4")]
    places = place_nodes(dict.fromkeys(names, BOX), ties)
    for left, right in itertools.combinations(names, 2):
        assert not overlaps(places[left], places[right])
    assert place_nodes({}, []) == {}


def test_a_node_leaves_a_tie_that_is_not_its_own() -> None:
    """A box that lies on the line between two others moves off it."""
    small = Box(width=20, up=10, down=10)
    places = {"a": (-200.0, 0.0), "b": (200.0, 0.0), "c": (0.0, 4.0)}
    moved = push_apart(places, [Tie(one="a", other="b")], dict.fromkeys(places, small), rounds=60)
    assert moved["c"][1] >= small.up - 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=25),
    st.integers(0, 13),
)
def test_every_node_gets_a_place(pairs: list[tuple[int, int]], count: int) -> None:
    """Any ties, loops and unknown names included, give each node one place and no other."""
    names = [f"n{i}" for i in range(count)]
    ties = [Tie(one=f"n{a}", other=f"n{b}", label=float(a * 5)) for a, b in pairs]
    assert list(place_nodes(dict.fromkeys(names, BOX), ties)) == names
