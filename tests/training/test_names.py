"""Reading names and inventing others."""

from __future__ import annotations

import random
from pathlib import Path

from training.documents import make_named_document
from training.invent import load_name_lists, modernise_spacing, rename
from training.names import NamedSpan, Paragraph, read_article, read_development_list
from training.tokenizer import make_blank

TEXT = "Titre\n\nL' ONU  a envoyé Jean Dupont à Kirkouk. Dupont est le chef du Front du Nord ."
NAMES = (("ONU", "Organization"), ("Jean Dupont", "Person"), ("Kirkouk", "Location"))


def _write(folder: Path) -> Path:
    """Write one article with its annotation."""
    path = folder / "2016_01_01-001.txt"
    path.write_text(TEXT, encoding="utf8")
    lines = []
    for number, (name, label) in enumerate(NAMES, 1):
        start = TEXT.index(name)
        lines.append(f"T{number}\t{label} {start} {start + len(name)}\t{name}")
    lines.append(f"T9\tDate 0 5\t{TEXT[:5]}")
    path.with_suffix(".ann").write_text("\n".join(lines), encoding="utf8")
    return path


def test_names_keep_their_text_when_white_space_collapses(tmp_path: Path) -> None:
    """Spans point at the same names in the collapsed paragraph; dates are left out."""
    title, paragraph = read_article(_write(tmp_path))
    assert (title.text, title.names) == ("Titre", ())
    found = [paragraph.text[n.start : n.end] for n in paragraph.names]
    assert found == ["ONU", "Jean Dupont", "Kirkouk"]


def test_an_invented_name_stands_where_the_old_one_stood(tmp_path: Path) -> None:
    """Every span of a renamed paragraph covers one whole invented name, with modern spacing."""
    _, paragraph = read_article(_write(tmp_path))
    rng = random.Random(1)
    renamed = modernise_spacing(rename(paragraph, load_name_lists(), rng, share=1.0), rng)
    assert "Jean Dupont" not in renamed.text
    assert [n.label for n in renamed.names] == ["ORG", "PER", "LOC"]
    doc = make_named_document(make_blank(), renamed)
    assert [e.text for e in doc.ents] == [renamed.text[n.start : n.end] for n in renamed.names]


def test_modern_spacing_moves_the_names_along() -> None:
    """Taking spaces out leaves each name whole."""
    text = "d' Irak , dit-il"
    paragraph = Paragraph(article="x", text=text, names=(NamedSpan(start=3, end=7, label="LOC"),))
    modern = modernise_spacing(paragraph, random.Random(0))
    (name,) = modern.names
    assert modern.text[name.start : name.end] == "Irak"
    assert " ," not in modern.text


def test_the_development_list_names_articles(tmp_path: Path) -> None:
    """Only the article's name is kept."""
    path = tmp_path / "SOURCES.tsv"
    path.write_text("1\t2016\tT\tfr.wikinews.org 2016/11/2016_11_23-001.txt\tx\n", encoding="utf8")
    assert read_development_list(path) == {"2016_11_23-001"}
