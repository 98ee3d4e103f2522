"""Fitting where sentences begin: takes sentences and a tagger, gives the weights of gaps.

The sentences of a treebank are strung together at random, so that titles without a stop, lists and
speech meet every kind of neighbour; those of news come in their own order as well, since news puts
names where treebanks have titles. A logistic regression in plain numpy is fitted to the features
of the gaps, as `kg.annotate.gaps` names them.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from kg.annotate.gaps import gap_features, may_begin
from training.documents import chunk_sentences, make_syntax_document, vary_sentence
from training.invent import modernise_spacing
from training.names import read_article
from training.silver import sentence_from_span, split_document
from training.treebanks import Sentence

__all__ = ["describe_gaps", "fit_weights", "make_runs", "read_news"]

# How often each treebank is strung together, and the part of its sentences used each time.
_ROUNDS = {"sequoia": (10, 1.0), "gsd": (3, 1.0), "pud": (2, 1.0), "fqb": (1, 0.15)}
_LENGTHS = (1, 3, 6, 10, 10)
_LEAST, _SMALLEST = 10, 0.02
_BATCH, _EPOCHS, _RATE, _DECAY = 256, 12, 0.2, 1e-4
Gap = tuple[list[str], bool]  # its features; whether a sentence begins there


def make_runs(
    treebanks: Mapping[str, Sequence[Sentence]], news: Sequence[Sequence[Sentence]], seed: int
) -> list[Sequence[Sentence]]:
    """Give the runs of sentences to learn from; `news` are the sentences of each article."""
    rng = random.Random(seed)
    runs: list[Sequence[Sentence]] = []
    for name, (rounds, share) in _ROUNDS.items():
        for _ in range(rounds):
            runs.extend(_string_together(treebanks[name], rng, share=share))
    for article in news:
        runs.extend(chunk_sentences(article, rng, most=6))
    runs.extend(_string_together([s for article in news for s in article], rng, share=0.5))
    return runs


def _string_together(
    sentences: Sequence[Sentence], rng: random.Random, *, share: float = 1.0
) -> Iterator[list[Sentence]]:
    """Yield runs of up to ten sentences in random order, half of them written another way."""
    order = rng.sample(list(sentences), round(share * len(sentences)))
    start = 0
    while start < len(order):
        end = start + rng.choice(_LENGTHS)
        yield [vary_sentence(s, rng) if rng.random() < 0.5 else s for s in order[start:end]]
        start = end


def read_news(articles: Iterable[Path], nlp: Language, seed: int) -> list[list[Sentence]]:
    """Give the sentences of each article, half of the paragraphs with today's spacing.

    A sentence ends with a stop that a capital follows, and with its paragraph. Its tokens carry no
    labels; they all hang from the first.
    """
    rng = random.Random(seed)
    found = []
    for path in articles:
        sentences = []
        for paragraph in read_article(path):
            chosen = modernise_spacing(paragraph, rng) if rng.random() < 0.5 else paragraph
            for span in split_document(nlp.make_doc(chosen.text)):
                bare = sentence_from_span(span, path.stem)
                tokens = tuple(replace(token, head=0) for token in bare.tokens)
                sentences.append(replace(bare, tokens=tokens))
        found.append([s for s in sentences if 0 < len(s.tokens) < 90])
    return found


def describe_gaps(nlp: Language, runs: Iterable[Sequence[Sentence]]) -> Iterator[Gap]:
    """Read the raw text of each run with `nlp` (encoder and tagger) and yield its gaps."""
    gold = [make_syntax_document(nlp.vocab, run) for run in runs]
    for doc, truth in zip(nlp.pipe(d.text for d in gold), gold, strict=True):
        starts = {truth[span.start].idx for span in truth.sents}
        gaps = [i for i in range(1, len(doc)) if may_begin(doc, i)]
        for i, names in zip(gaps, gap_features(doc, gaps), strict=True):
            yield names, doc[i].idx in starts


def fit_weights(gaps: Sequence[Gap], seed: int) -> dict[str, float]:
    """Fit a logistic regression with AdaGrad; rare features and tiny weights are left out.

    Example:
        >>> weights = fit_weights([(["stop"], True), (["comma"], False)] * 40, 0)
        >>> weights["stop"] > 1 > -1 > weights["comma"]
        True
    """
    counts = Counter(name for names, _ in gaps for name in names)
    known = {n: i for i, n in enumerate(sorted(n for n, c in counts.items() if c >= _LEAST), 1)}
    inputs = np.zeros((len(gaps), max(len(names) for names, _ in gaps)), dtype=np.int64)
    for row, (names, _) in enumerate(gaps):
        inputs[row, : len(names)] = [known.get(name, 0) for name in names]
    begins = np.array([begins for _, begins in gaps], dtype=float)
    weights = _descend(inputs, begins, len(known) + 1, seed)
    rounded = {name: round(float(weights[i]), 3) for name, i in known.items()}
    return {name: value for name, value in rounded.items() if abs(value) >= _SMALLEST}


def _descend(
    inputs: NDArray[np.int64], wanted: NDArray[np.float64], size: int, seed: int
) -> NDArray[np.float64]:
    """Find the weights; number 0 stands for features that are not used."""
    rng = np.random.default_rng(seed)
    weights, squares = np.zeros(size), np.full(size, 1e-8)
    for _ in range(_EPOCHS):
        order = rng.permutation(len(inputs))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            rows = inputs[batch]
            error = 1 / (1 + np.exp(-weights[rows].sum(1))) - wanted[batch]
            pull = np.repeat(error / len(batch), inputs.shape[1])
            slope = np.bincount(rows.ravel(), weights=pull, minlength=size) + _DECAY * weights
            slope[0] = 0.0
            squares += slope * slope
            weights -= _RATE * slope / np.sqrt(squares)
    return weights
