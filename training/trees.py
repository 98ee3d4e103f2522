"""The best tree: takes scores of every word for every head, gives one tree with one root.

Chu-Liu/Edmonds, recursive, on log probabilities; nearly every sentence is decided by the first
greedy look.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["decode_tree"]

Matrix = NDArray[np.floating[Any]]
Heads = NDArray[np.intp]
_NEVER = -1e9
_ROOTS = 5  # candidates tried for the root when the greedy answer is no tree


def decode_tree(scores: Matrix) -> Heads:
    """Find the best tree of `n` words from an `n × (n + 1)` matrix, column 0 standing for the root.

    Returns:
        For each word the column of its head: 0 for the root, `i + 1` for word `i`.

    Example:
        >>> decode_tree(np.array([[0.0, -9.0, -1.0], [-2.0, -0.5, -9.0]])).tolist()
        [0, 1]
    """
    greedy: Heads = scores.argmax(axis=1)
    if _is_tree(greedy):
        return greedy
    best, best_score = greedy, -np.inf
    size = len(scores)
    for root in np.argsort(-scores[:, 0])[:_ROOTS]:
        full = np.full((size + 1, size + 1), _NEVER)
        full[1:] = scores
        full[1:, 0] = _NEVER
        full[root + 1] = _NEVER
        full[root + 1, 0] = 0.0
        heads = _contract(full)[1:]
        score = float(scores[np.arange(size), heads].sum())
        if score > best_score:
            best, best_score = heads, score
    return best


def _is_tree(heads: Heads) -> bool:
    """Tell whether the heads make a tree with exactly one word under the root."""
    return int((heads == 0).sum()) == 1 and _find_cycle(np.concatenate(([0], heads))) is None


def _find_cycle(heads: Heads) -> Heads | None:
    """Give the members of one cycle; node 0 is the root and its own head."""
    state = np.zeros(len(heads), dtype=int)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return np.array(path[path.index(node) :], dtype=np.intp)
        state[path] = 2
    return None


def _contract(scores: Matrix) -> Heads:
    """Solve a square matrix `scores[word, head]` whose node 0 is the root."""
    scores = scores.copy()
    np.fill_diagonal(scores, 10 * _NEVER)
    heads: Heads = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    outside = np.setdiff1d(np.arange(len(scores)), cycle)
    size = len(outside)
    smaller = np.full((size + 1, size + 1), 10 * _NEVER)
    smaller[:size, :size] = scores[np.ix_(outside, outside)]
    as_head = scores[np.ix_(outside, cycle)]
    smaller[:size, size] = as_head.max(axis=1)
    gains = scores[np.ix_(cycle, outside)] - scores[cycle, heads[cycle]][:, None]
    smaller[size, :size] = gains.max(axis=0)
    solved = _contract(smaller)
    for index in range(1, size):
        inner = cycle[as_head[index].argmax()]
        heads[outside[index]] = inner if solved[index] == size else outside[solved[index]]
    entry = cycle[gains[:, solved[size]].argmax()]
    heads[entry] = outside[solved[size]]
    return heads
