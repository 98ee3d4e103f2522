"""Words of events that tell of a habit, a mission or a state."""

from __future__ import annotations

import datetime

import pytest

from kg.extract.extractor import Extractor
from kg.extract.states import is_state
from kg.model import Article
from tests.extract.tables import tree_of


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("le/det/2 village/nsubj/4/@village attaqué/acl/2 brûle/ROOT/0", True),
        (
            "le/det/2 village/nsubj/7/@village attaqué/acl/2 par/case/6 les/det/6 "
            "rebelles/obl:agent/3/@rebels brûle/ROOT/0",
            False,
        ),
        ("le/det/2 village/nsubj:pass/3/@village attaqué/ROOT/0", False),
    ],
    ids=["bare participle", "with its author", "verb of the sentence"],
)
def test_a_bare_participle_tells_a_state(table: str, expected: bool) -> None:
    """ "Le village attaqué" only describes; with an author, or as a verb, it tells the event."""
    assert is_state(2, tree_of(table)) is expected


@pytest.mark.model
@pytest.mark.parametrize(
    "sentence",
    [
        "Des secouristes ont participé à un exercice simulant un attentat.",
        "Les attaques se multiplient dans l'est du pays.",
        "Le sort des opposants emprisonnés reste inconnu.",
    ],
    ids=["played", "multiplied", "held"],
)
def test_what_is_played_multiplied_or_held_is_no_event(sentence: str) -> None:
    """Exercises, attacks without number and bare participles of detention tell of none."""
    from kg.annotate.annotator import Annotator

    day = datetime.date(2024, 5, 15)
    text = f"{sentence}\n\nL'armée, la police et la gendarmerie étaient sur place."
    (annotation,) = Annotator("fr").annotate([Article(id="a", text=text, date=day)])
    assert Extractor("fr").read(annotation).events == ()
