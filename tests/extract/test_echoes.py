"""Words that take up an event told before."""

from __future__ import annotations

import datetime

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.model import Article

pytestmark = pytest.mark.model

SETTING = "\n\nL'armée, la police et la gendarmerie étaient sur place."


def _types(text: str) -> list[tuple[str, str]]:
    article = Article(id="a", text=text + SETTING, date=datetime.date(2024, 5, 15))
    (annotation,) = Annotator("fr").annotate([article])
    stage = Extractor("fr")._stage(annotation)
    return [(stage.tree.text[d.token], d.type) for d in stage.drafts]


def test_the_operation_behind_an_attack_is_that_attack() -> None:
    """A noun that says only that something was done takes the type of the attack before it."""
    text = (
        "Un attentat a visé un marché de Karvine. Le groupe a nié toute part dans cette opération."
    )
    assert ("opération", "Attack") in _types(text)


def test_an_operation_of_its_own_stays_one() -> None:
    """With words of its own the operation is an offensive, whatever stands before it."""
    text = "Un attentat a visé un marché de Karvine. L'armée a lancé une opération contre les rebelles."
    assert ("opération", "Offensive") in _types(text)
