"""What an article is about is told by its different words, and by the tense of a novel."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.fields import Setting, find_setting
from kg.extract.lexicon import load_lexicon
from kg.extract.tree import Tree

FIELDS = {
    "soldat": ("conflict",),
    "missile": ("conflict",),
    "otage": ("conflict",),
    "rebelle": ("conflict",),
    "match": ("sport",),
    "but": ("sport",),
    "gardien": ("sport",),
    "ligue": ("sport",),
    "finale": ("sport",),
}


def _tree(words: str, *, size: int = 0, morph: str = "") -> Tree:
    """Make an article of lemmas, filled up with empty words to a size."""
    lemmas = words.split()
    lemmas += ["mot"] * max(0, size - len(lemmas))
    count = len(lemmas)
    doc = Doc(
        Vocab(),
        words=lemmas,
        lemmas=lemmas,
        pos=["NOUN"] * count,
        deps=["dep"] * (count - 1) + ["ROOT"],
        heads=[count - 1] * count,
        morphs=[morph] * count,
        sent_starts=[True] + [False] * (count - 1),
    )
    return Tree.of(doc, {})


@pytest.mark.parametrize(
    ("words", "size", "setting"),
    [
        ("soldat", 10, Setting.CONFLICT),
        ("soldat", 100, Setting.OPEN),
        ("soldat missile", 100, Setting.CONFLICT),
        ("soldat soldat soldat", 300, Setting.OPEN),
        ("soldat missile otage", 300, Setting.CONFLICT),
        ("match but gardien ligue soldat", 40, Setting.FOREIGN),
        ("match but soldat missile otage rebelle", 300, Setting.CONFLICT),
        ("mot", 40, Setting.OPEN),
    ],
)
def test_different_words_decide(words: str, size: int, setting: Setting) -> None:
    """The longer the article, the more different words of conflict it needs."""
    assert find_setting(_tree(words, size=size), FIELDS) is setting


def test_named_forces_count_as_words_of_conflict() -> None:
    """An article that names armed groups is about conflict without any other word."""
    tree = _tree("mot", size=40)
    assert find_setting(tree, FIELDS, armed_names=1) is Setting.CONFLICT


def test_simple_pasts_make_fiction() -> None:
    """Only novels tell in the simple past."""
    tree = _tree("soldat", size=10, morph="Mood=Ind|Tense=Past|VerbForm=Fin")
    assert find_setting(tree, FIELDS) is Setting.FICTION


def test_shipped_lists_know_the_fields() -> None:
    """The French lists tell conflict from the fields that borrow its words."""
    fields = load_lexicon("fr").fields
    assert "conflict" in fields["soldat"]
    assert {field for names in fields.values() for field in names} >= {
        "conflict",
        "sport",
        "business",
        "cooking",
        "health",
        "accident",
        "culture",
    }
