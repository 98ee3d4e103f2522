"""Lemmas by table."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.tokens import Doc

from kg.annotate.lemmas import LemmaTables


def _doc() -> Doc:
    """Two verbs and a noun, lemmatised by somebody who makes things up."""
    return Doc(
        spacy.blank("fr").vocab,
        words=["Aimait", "L’", "fuyait"],
        pos=["VERB", "DET", "VERB"],
        lemmas=["aimoir", "la", "fuyer"],
    )


def test_a_known_form_gets_the_lemma_of_the_table() -> None:
    """Case and the shape of the apostrophe do not matter; the part of speech does."""
    tables = LemmaTables()
    tables.fill({"VERB": {"aimait": "aimer"}, "DET": {"l'": "le"}, "NOUN": {"fuyait": "x"}})
    assert [t.lemma_ for t in tables(_doc())] == ["aimer", "le", "fuyer"]


def test_tables_come_back_from_disk_and_bytes(tmp_path: Path) -> None:
    """Writing and reading changes nothing."""
    tables = LemmaTables()
    tables.fill({"VERB": {"aimait": "aimer"}})
    tables.to_disk(tmp_path / "lemmas")
    assert LemmaTables().from_disk(tmp_path / "lemmas").tables == tables.tables
    assert LemmaTables().from_bytes(tables.to_bytes()).tables == tables.tables
