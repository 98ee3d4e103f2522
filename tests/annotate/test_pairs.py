"""Tests of kg/annotate/pairs.py: plurals that stand for several participants."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Annotation

pytestmark = pytest.mark.model
Annotate = Callable[[str], Annotation]


def members(annotation: Annotation, word: str) -> list[str]:
    """Give the names of those that the plural ending with a word stands for."""
    names = {e.id: e.names for e in annotation.entities}
    for mention in annotation.mentions:
        if annotation.doc[mention.first : mention.last].text.lower().endswith(word):
            return sorted(names[member][0] for member in mention.members)
    raise AssertionError(f"no mention ends with {word!r}")


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        (
            "Les gouvernements britannique, australien et danois ont protesté.",
            "danois",
            ["gouvernement australien", "gouvernement britannique", "gouvernement danois"],
        ),
        (
            "Les présidents français et kényan se sont rencontrés à Dakar.",
            "kényan",
            ["président français", "président kényan"],
        ),
        (
            "Les ministres des Affaires étrangères russe et ukrainien ont signé un accord.",
            "ukrainien",
            [
                "ministre des Affaires étrangères russe",
                "ministre des Affaires étrangères ukrainien",
            ],
        ),
        (
            "L'Inde et le Pakistan ont échangé des tirs. Les deux pays ont signé une trêve.",
            "deux pays",
            ["Inde", "Pakistan"],
        ),
        (
            "L'armée soudanaise affronte le Front vardanien. Les deux camps ont accepté une trêve.",
            "deux camps",
            ["Front vardanien", "armée soudanaise"],
        ),
    ],
)
def test_tells_apart_whom_a_plural_stands_for(
    annotate: Annotate, text: str, word: str, wanted: list[str]
) -> None:
    """A noun that several share stands for each of them."""
    assert members(annotate(text), word) == wanted


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Les deux pays ont signé une trêve.", "deux pays"),
        ("Douze soldats français et maliens ont été tués.", "maliens"),
        ("Deux hommes ont ouvert le feu. Les deux hommes ont fui.", "les deux hommes"),
    ],
)
def test_leaves_whole_what_nothing_tells_apart(annotate: Annotate, text: str, word: str) -> None:
    """A count of people, or a pair that nobody was named for, stays one participant."""
    assert members(annotate(text), word) == []
