"""Where sentences begin, and what tells."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.tokens import Doc

from kg.annotate.boundaries import Boundaries
from kg.annotate.gaps import gap_features, may_begin


def _doc() -> Doc:
    """A title without a stop, a sentence, and a quotation that closes after its stop."""
    tokens = [
        ("Bilan", "NOUN", True),
        ("Une", "DET", True),
        ("mine", "NOUN", True),
        ("explose", "VERB", False),
        (".", "PUNCT", False),
        ('"', "PUNCT", True),
        ("puis", "ADV", True),
        ("Rien", "PRON", False),
        (".", "PUNCT", False),
    ]
    return Doc(
        spacy.blank("fr").vocab,
        words=[word for word, _, _ in tokens],
        pos=[pos for _, pos, _ in tokens],
        spaces=[space for _, _, space in tokens],
    )


def test_no_sentence_begins_without_a_space_or_small_after_a_word() -> None:
    """Only after white space, and not with a small letter right after a word."""
    doc = _doc()
    assert [doc[i].text for i in range(1, len(doc)) if may_begin(doc, i)] == ["Une", "puis", "Rien"]


def test_features_tell_both_sides_of_a_gap() -> None:
    """The gap after the closing quote knows the stop before it; no gap gives no features."""
    doc = _doc()
    title, after_quote = gap_features(doc, [1, 6])
    assert "after NOUN Xx DET" in title
    assert 'closed 1 " x ADV' in after_quote
    assert gap_features(doc, []) == []


def test_clear_gaps_are_set_and_others_left_to_the_parser() -> None:
    """A heavy sum makes a start, what may not begin is none, the rest stays open."""
    boundaries = Boundaries()
    boundaries.fill({"word une": 5.0, "word puis": -1.0, "word rien": -5.0})
    doc = boundaries(_doc())
    assert doc[1].is_sent_start is True
    assert doc[3].is_sent_start is False
    assert doc[6].is_sent_start is None
    assert doc[7].is_sent_start is False


def test_without_weights_nothing_is_set() -> None:
    """A component that was never filled leaves the parser alone."""
    assert all(token.is_sent_start is None for token in Boundaries()(_doc())[1:])


def test_weights_come_back_from_disk_and_bytes(tmp_path: Path) -> None:
    """Writing and reading changes nothing."""
    boundaries = Boundaries()
    boundaries.fill({"word une": 5.0})
    boundaries.to_disk(tmp_path / "boundaries")
    assert Boundaries().from_disk(tmp_path / "boundaries").weights == boundaries.weights
    assert Boundaries().from_bytes(boundaries.to_bytes()).weights == boundaries.weights
