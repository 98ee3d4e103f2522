"""Measuring a pipeline: takes a loaded pipeline and the corpora, gives the figures of its card.

Trees and tags are measured as spaCy measures its own French models: documents of ten Sequoia
sentences, raw text in, punctuation left out of the attachment scores. Names are measured on
paragraphs of WiNER months that no training saw.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import NumpyOps, set_current_ops

from training.corpora import split_names, treebank, unpack_names
from training.documents import make_named_document, make_syntax_document
from training.names import read_article
from training.treebanks import read_sentences

__all__ = ["Figures", "measure_names", "measure_speed", "measure_syntax", "use_fast_products"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Scores from 0.0 to 1.0; `names_by_label` gives precision, recall and F1 of each label."""

    upos: float
    features: float
    lemmas: float
    uas: float
    las: float
    sentences: float
    tokens: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFigures:
    """Precision, recall and F1 over all names, and for each label."""

    precision: float
    recall: float
    f1: float
    by_label: Mapping[str, tuple[float, float, float]]


def use_fast_products() -> None:
    """Multiply matrices with numpy's BLAS, two to three times faster than spaCy's own on AVX-512.

    It holds for pipelines loaded after the call.
    """
    set_current_ops(NumpyOps(use_blis=False))


def syntax_documents(nlp: Language, path: Path, *, most: int | None = None) -> list[Doc]:
    """Give the sentences of one treebank part as gold documents of ten sentences."""
    sentences = list(islice(read_sentences(path), most))
    return [
        make_syntax_document(nlp.vocab, sentences[start : start + 10])
        for start in range(0, len(sentences), 10)
    ]


def named_documents(nlp: Language, articles: Iterable[Path]) -> list[Doc]:
    """Give the paragraphs of articles as gold documents with names."""
    return [make_named_document(nlp, p) for path in articles for p in read_article(path)]


def measure_syntax(
    nlp: Language, corpora: Path, *, part: str = "sequoia-ud-test", most: int | None = None
) -> Figures:
    """Measure tags, features, lemmas, trees and sentence boundaries on one treebank part."""
    gold = syntax_documents(nlp, treebank(corpora, part), most=most)
    scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in gold])
    return Figures(
        upos=scores.get("pos_acc") or 0.0,
        features=scores.get("morph_acc") or 0.0,
        lemmas=scores.get("lemma_acc") or 0.0,
        uas=scores.get("dep_uas") or 0.0,
        las=scores.get("dep_las") or 0.0,
        sentences=scores.get("sents_f") or 0.0,
        tokens=scores.get("token_f") or 0.0,
    )


def measure_names(nlp: Language, gold: Sequence[Doc]) -> NameFigures:
    """Measure names against gold documents; a name counts with its exact bounds and label."""
    scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in gold])
    by_label = scores.get("ents_per_type") or {}
    return NameFigures(
        precision=scores.get("ents_p") or 0.0,
        recall=scores.get("ents_r") or 0.0,
        f1=scores.get("ents_f") or 0.0,
        by_label={k: (v["p"], v["r"], v["f"]) for k, v in sorted(by_label.items())},
    )


def measure_speed(nlp: Language, texts: Sequence[str], *, rounds: int = 3) -> float:
    """Give words per second of the whole pipeline, the best of some rounds.

    The process clock counts, so that other work on the machine does not; threads of the BLAS
    library must be held to one (`OMP_NUM_THREADS=1`) for the figure to mean one core.
    """
    words = sum(len(doc) for doc in nlp.pipe(texts[:50]))
    best = 0.0
    for _ in range(rounds):
        start = time.process_time()
        words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
        best = max(best, words / (time.process_time() - start))
    return best


def held_out_articles(corpora: Path, work: Path) -> tuple[Path, ...]:
    """Give the WiNER articles of the test months."""
    return split_names(unpack_names(corpora, work), frozenset()).test
