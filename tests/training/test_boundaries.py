"""Strings of sentences, and what is learned from them."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from kg.annotate.boundaries import Boundaries
from training.boundaries import describe_gaps, fit_weights, make_runs, read_news
from training.package import choose_caution, make_cautious
from training.silver import sentence_from_span
from training.tokenizer import make_blank
from training.treebanks import Sentence

NLP = make_blank()


def _sentence(text: str) -> Sentence:
    """A sentence without labels whose tokens are each a root; only its words count here."""
    return sentence_from_span(NLP.make_doc(text), "made up")


def test_news_is_cut_after_stops_and_at_paragraphs(tmp_path: Path) -> None:
    """The title, and both sentences of the paragraph; all tokens of one hang together."""
    path = tmp_path / "article.txt"
    path.write_text("Un titre sans point\nIl pleut. Elle part.\n", encoding="utf8")
    path.with_suffix(".ann").write_text("", encoding="utf8")
    ((title, rain, leave),) = read_news([path], NLP, 1)
    assert [s.text for s in (title, rain, leave)] == [
        "Un titre sans point",
        "Il pleut.",
        "Elle part.",
    ]
    assert {token.head for token in rain.tokens} == {0}


def test_a_gap_is_learned_from_strings_of_sentences(tmp_path: Path) -> None:
    """After the stop a sentence begins, after the comma none does."""
    path = tmp_path / "article.txt"
    path.write_text("Il pleut, dit Luc. Elle part.\n" * 40, encoding="utf8")
    path.with_suffix(".ann").write_text("", encoding="utf8")
    banks: dict[str, list[Sentence]] = {name: [] for name in ("sequoia", "gsd", "pud", "fqb")}
    runs = make_runs(banks, read_news([path], NLP, 1), 1)
    boundaries = Boundaries()
    boundaries.fill(fit_weights(list(describe_gaps(spacy.blank("fr"), runs)), 1))
    sums = boundaries.weigh(NLP.make_doc("Il pleut, dit Luc. Elle part."))
    assert sums[6] > 2
    assert sums.get(3, -9.0) < -2


def _names() -> Language:
    """A pipeline whose names are drawn at random."""
    nlp = make_blank()
    ner = nlp.add_pipe("ner")
    ner.add_label("PER")  # type: ignore[attr-defined]
    nlp.initialize()
    return nlp


@pytest.mark.parametrize("best", [1.0, 0.0])
def test_the_caution_that_scores_best_is_kept(best: float) -> None:
    """The scores are raised by what was chosen and by nothing more; much caution finds no name."""
    nlp = _names()
    upper = nlp.get_pipe("ner").model.get_ref("upper")  # type: ignore[attr-defined]
    before = float(upper.get_param("b").sum())

    def raised() -> float:
        return float(upper.get_param("b").sum()) - before

    assert choose_caution(nlp, lambda _: 1.0 - abs(raised() - best)) == best
    assert raised() == pytest.approx(best, abs=1e-3)
    make_cautious(nlp, 500.0)
    assert not nlp("Luc a vu Paul.").ents
