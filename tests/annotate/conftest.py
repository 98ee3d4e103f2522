"""What the tests of this stage share: the annotator, made once."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from kg.annotate.annotator import Annotator
from kg.model import Annotation, Article


@pytest.fixture(scope="session")
def annotate() -> Callable[[str], Annotation]:
    """Give a function that annotates one text, dated 13 February 2020."""
    annotator = Annotator("fr")

    def run(text: str) -> Annotation:
        article = Article(id="a", text=text, date=datetime.date(2020, 2, 13))
        return next(iter(annotator.annotate([article])))

    return run
