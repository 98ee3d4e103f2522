"""Tests of kg/annotate/annotator.py."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.annotator import Annotator
from kg.errors import RuleError
from kg.model import Article

BLANK = Annotator("fr", model=spacy.blank("fr"))
WORDS = "Le l' la du de des Front armée Gao soldats ( ) « » , . EI 12 Voss chef et à"


def test_unknown_language_is_named() -> None:
    """A language without a folder is refused with the list of those there are."""
    with pytest.raises(RuleError, match="xx"):
        Annotator("xx")


def test_missing_pipeline_is_named(tmp_path: Path) -> None:
    """A pipeline that is not there is refused by its path."""
    with pytest.raises(RuleError, match="nowhere"):
        Annotator("fr", model=tmp_path / "nowhere")


@settings(deadline=None, max_examples=80)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=25))
def test_any_words_give_a_closed_annotation(words: list[str]) -> None:
    """Whatever the words, and without a parse, mentions and entities fit together."""
    (annotation,) = BLANK.annotate([Article(id="a", text=" ".join(words))])
    known = {entity.id for entity in annotation.entities}
    for mention in annotation.mentions:
        assert mention.entity in known
        assert annotation.starts[mention.first] == mention.start < mention.end
    assert all(entity.names for entity in annotation.entities)


def test_an_empty_article_has_nothing() -> None:
    """An article without words gives no mention, time, count or entity."""
    (annotation,) = BLANK.annotate([Article(id="a", text=" \n ")])
    assert not (annotation.mentions or annotation.entities or annotation.times)
