"""The best tree."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from training.trees import decode_tree


def _reaches_root(heads: tuple[int, ...], word: int) -> bool:
    """Follow the heads from one word."""
    for _ in heads:
        if heads[word] == 0:
            return True
        word = heads[word] - 1
    return False


def _is_tree(heads: tuple[int, ...]) -> bool:
    """One root, no cycle."""
    return heads.count(0) == 1 and all(_reaches_root(heads, w) for w in range(len(heads)))


@given(size=st.integers(1, 4), seed=st.integers(0, 10_000))
def test_no_other_tree_scores_higher(size: int, seed: int) -> None:
    """Of all trees with one root, the decoder finds the best."""
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)) * 3
    for word in range(size):
        scores[word, word + 1] = -1e9
    every = itertools.product(range(size + 1), repeat=size)
    best = max(sum(scores[w, h] for w, h in enumerate(heads)) for heads in every if _is_tree(heads))
    found = decode_tree(scores)
    assert _is_tree(tuple(int(h) for h in found))
    assert abs(scores[np.arange(size), found].sum() - best) < 1e-6
