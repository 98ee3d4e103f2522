"""The whole way from articles to annotations of one language.

Takes articles, gives annotations: the parse with offsets into the original text, times, counts,
mentions of participants and places, and the entities they speak of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import spacy
from spacy.language import Language
from thinc.api import NumpyOps, set_current_ops

from kg.annotate.capitals import read_capitals
from kg.annotate.documents import parse_articles
from kg.annotate.mentions import Recogniser
from kg.annotate.quantities import find_quantities
from kg.annotate.times import find_times
from kg.errors import RuleError
from kg.model import Annotation, Article
from kg.resources import language_file, languages

__all__ = ["Annotator"]


class Annotator:
    """Reads articles of one language into annotations; making one loads the pipeline.

    Raises:
        RuleError: The language has no folder, or its pipeline is not there.
    """

    def __init__(self, lang: str = "fr", model: str | Path | Language | None = None) -> None:
        if lang not in languages():
            raise RuleError(f"language {lang!r}: not one of {', '.join(languages())}.")
        self.lang = lang
        self.nlp: Language = (
            model if isinstance(model, Language) else _load(model or language_file(lang, "model"))
        )
        self._restore = read_capitals(lang).restorer().restore
        self._recogniser = Recogniser(
            lang, lambda name: [token.text for token in self.nlp.make_doc(name)]
        )

    def annotate(self, articles: Iterable[Article]) -> Iterator[Annotation]:
        """Annotate articles in order, giving each as soon as it is ready."""
        for annotation in parse_articles(self.nlp, articles, self._restore):
            yield self.recognise(annotation)

    def recognise(self, annotation: Annotation) -> Annotation:
        """Add times, counts, mentions and entities to a parsed article."""
        annotation = replace(annotation, times=find_times(annotation))
        annotation = replace(annotation, quantities=find_quantities(annotation))
        return self._recogniser.recognise(annotation)


def _load(model: str | Path) -> Language:
    # numpy's own matrix products are half as fast again here as blis on one core
    set_current_ops(NumpyOps(use_blis=False))
    try:
        return spacy.load(model)
    except OSError as error:
        raise RuleError(
            f"{model}: no spaCy pipeline here. Train one (training/) or name another."
        ) from error
