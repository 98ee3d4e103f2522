"""Putting the pipeline together: takes the trained parts, gives the folder that the project ships.

The new folder is written beside the old one and moved into its place in one step, so that a
reader never sees half a model.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from kg.annotate.lemmas import LemmaTables
from training.corpora import COMMITS
from training.lexicon import build_tables, count_lemmas, read_word_lists
from training.treebanks import Sentence

__all__ = ["assemble", "install"]

VERSION = "1.0.0"


def assemble(syntax: Path, names: Path, sentences: Iterable[Sentence]) -> Language:
    """Join the two trained models and the lemma tables into one pipeline.

    Args:
        syntax: The trained tagger, lemmatizer and parser.
        names: The trained names.
        sentences: Gold sentences to read lemmas from, in Sequoia's habits.
    """
    nlp = spacy.load(syntax)
    tables = nlp.add_pipe("kg_lemmas_v1", name="lemma_tables", after="trainable_lemmatizer")
    assert isinstance(tables, LemmaTables)
    tables.fill(build_tables(count_lemmas(sentences), *read_word_lists()))
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
