"""What the teacher sees of a word: takes forms, gives vectors, word numbers and hashed affixes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from murmurhash import mrmr
from numpy.typing import NDArray

__all__ = ["AFFIXES", "AFFIX_ROWS", "WordTable", "count_words", "hash_affixes", "normal_form"]

AFFIXES = 5
AFFIX_ROWS = 8000
_LENGTH = 3.0  # every static vector is scaled to this length


def normal_form(form: str) -> str:
    """Give a form in lower case with a straight apostrophe."""
    return form.lower().replace("’", "'")


def hash_affixes(form: str) -> list[int]:
    """Hash the prefix, three suffixes and the shape of a form, one row number for each."""
    low = normal_form(form)
    shape = "".join(
        "X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c for c in form
    )
    shape = re.sub(r"(.)\1{2,}", r"\1\1\1", shape)
    parts = (f"{low[:3]}^", f"$2{low[-2:]}", f"$3{low[-3:]}", f"$4{low[-4:]}", f"#{shape}")
    return [int(mrmr.hash(part, seed)) % AFFIX_ROWS for seed, part in enumerate(parts, 1)]


def count_words(forms: Iterable[str], *, least: int = 2) -> dict[str, int]:
    """Number the normal forms that occur at least `least` times; 0 is left for the others."""
    counts = Counter(normal_form(form) for form in forms)
    kept = [form for form, count in counts.items() if count >= least]
    return {form: number for number, form in enumerate(kept, 1)}


class WordTable:
    """Looks up the features of forms, each computed once."""

    def __init__(self, vectors: Path, words: Mapping[str, int]) -> None:
        self._vectors = spacy.load(vectors).vocab.vectors
        self._words = words
        self._affixes: dict[str, list[int]] = {}
        self._rows: dict[str, NDArray[np.float32]] = {}

    @property
    def width(self) -> int:
        """The number of dimensions of a static vector."""
        return int(self._vectors.shape[1])

    def vectors(self, forms: Sequence[str]) -> NDArray[np.float32]:
        """Give one static vector a form, all of the same length."""
        for form in {f for f in forms if f not in self._rows}:
            vector: NDArray[Any] = self._vectors.get_batch([form])[0]
            scale = _LENGTH / (float(np.linalg.norm(vector)) + 1e-6)
            self._rows[form] = (vector * scale).astype(np.float32)
        return np.stack([self._rows[form] for form in forms])

    def numbers(self, forms: Sequence[str]) -> list[int]:
        """Give the number of each form, 0 for a rare one."""
        return [self._words.get(normal_form(form), 0) for form in forms]

    def affixes(self, forms: Sequence[str]) -> list[list[int]]:
        """Give the hashed affixes of each form."""
        for form in forms:
            if form not in self._affixes:
                self._affixes[form] = hash_affixes(form)
        return [self._affixes[form] for form in forms]
