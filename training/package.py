"""Putting the pipeline together: takes the trained parts, gives the folder that the project ships.

The new folder is written beside the old one and moved into its place in one step, so that a
reader never sees half a model.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from kg.annotate.boundaries import Boundaries
from kg.annotate.lemmas import LemmaTables
from training.corpora import COMMITS
from training.lexicon import build_tables, count_lemmas, read_word_lists
from training.treebanks import Sentence

__all__ = ["CAUTIONS", "assemble", "choose_caution", "install", "make_cautious"]

VERSION = "1.1.0"
CAUTIONS = (0.0, 0.5, 1.0, 1.5, 2.0)


def make_cautious(nlp: Language, caution: float) -> None:
    """Raise the score of "no name here" by `caution`, in place.

    Paragraphs with invented names are many in the training corpus, so that the trained names see
    names too readily.
    """
    ner: Any = nlp.get_pipe("ner")
    moves = [ner.moves.get_class_name(i) for i in range(ner.moves.n_moves)]
    upper = ner.model.get_ref("upper")
    bias = upper.get_param("b").copy()
    bias[moves.index("O")] += caution
    upper.set_param("b", bias)


def choose_caution(nlp: Language, score: Callable[[Language], float]) -> float:
    """Try every one of `CAUTIONS`, keep the one that scores best (the first of equals), name it."""
    best, kept, applied = -1.0, 0.0, 0.0
    for caution in CAUTIONS:
        make_cautious(nlp, caution - applied)
        applied = caution
        if (value := score(nlp)) > best:
            best, kept = value, caution
    make_cautious(nlp, kept - applied)
    return kept


def assemble(
    syntax: Path, names: Path, sentences: Iterable[Sentence], boundaries: Mapping[str, float]
) -> Language:
    """Join the trained models, the lemma tables and the boundaries into one pipeline.

    Args:
        syntax: The trained tagger, lemmatizer and parser.
        names: The trained names.
        sentences: Gold sentences to read lemmas from, in Sequoia's habits.
        boundaries: The weights of the gaps between sentences.
    """
    nlp = spacy.load(syntax)
    tables = nlp.add_pipe("kg_lemmas_v1", name="lemma_tables", after="trainable_lemmatizer")
    assert isinstance(tables, LemmaTables)
    tables.fill(build_tables(count_lemmas(sentences), *read_word_lists()))
    gaps = nlp.add_pipe("kg_boundaries_v1", name="boundaries", before="parser")
    assert isinstance(gaps, Boundaries)
    gaps.fill(boundaries)
    nlp.add_pipe("ner", source=spacy.load(names))
    return nlp


def install(nlp: Language, target: Path, *, figures: Mapping[str, Any], card: str) -> None:
    """Write the pipeline with its card and figures, and put it in the place of the old one."""
    nlp.meta.update(
        {
            "name": "conflict_news",
            "version": VERSION,
            "description": "French newswire: tags, lemmas, trees, sentences and names.",
            "author": "The kg developers",
            "license": "CC BY-SA 4.0, LGPL-LR",
            "sources": [{"name": name, "commit": commit} for name, commit in COMMITS.items()],
            "performance": dict(figures),
        }
    )
    new, old = target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")
    for folder in (new, old):
        shutil.rmtree(folder, ignore_errors=True)
    nlp.to_disk(new)
    (new / "README.md").write_text(card, encoding="utf8")
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)
