"""From text to facts: what a user relies on, in sentences with invented names."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from kg.annotate.annotator import Annotator
from kg.errors import RuleError
from kg.extract import extractor as module
from kg.extract.extractor import Extractor
from kg.model import Article as Text
from kg.model import Event, Reading, Status
from tests.extract.tables import extractor, reading_of

DATE = datetime.date(2024, 5, 15)


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    """The French pipeline, loaded once."""
    return Annotator("fr")


def _read(text: str, annotator: Annotator) -> Reading:
    (annotation,) = annotator.annotate([Text(id="a", text=text, date=DATE, lang="fr")])
    return extractor().read(annotation)


def _of(reading: Reading, kind: str) -> list[Event]:
    return [event for event in reading.events if event.type == kind]


def _names(reading: Reading, entities: list[str]) -> list[str]:
    by_id = {e.id: e.names[0] for e in reading.entities}
    return [by_id[e] for e in entities]


def test_an_empty_article_says_nothing() -> None:
    """No events, no entities, no links."""
    reading = reading_of("")
    assert (reading.events, reading.entities, reading.relations, reading.links) == ((), (), (), ())


def test_a_weight_that_is_no_number_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A misspelt weights file stops loading."""
    path = tmp_path / "merge.yaml"
    path.write_text("bias: high\n", encoding="utf-8")
    monkeypatch.setattr(module, "language_file", lambda lang, name: path)
    with pytest.raises(RuleError, match=r"merge\.yaml"):
        module._read_weights("fr")


def test_a_language_without_rules_is_an_error() -> None:
    """An unknown language stops at once."""
    with pytest.raises(RuleError):
        Extractor("xx")


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Le gouvernement zorénien a accusé les Brigades de Dohar d'avoir attaqué le palais de Sarkol.",
        "La Zorénie accuse les Brigades de Dohar d'avoir tué douze soldats à Sarkol mardi.",
        "Les Brigades de Dohar ont été accusées par la Zorénie d'avoir bombardé un hôpital.",
        "Selon le ministère de la Défense, les Brigades de Dohar auraient attaqué une caserne à Sarkol.",
    ],
)
def test_an_accusation_is_never_a_fact(text: str, annotator: Annotator) -> None:
    """Who is only accused is nowhere the asserted agent of an asserted attack."""
    attacks = _of(_read(text, annotator), "Attack")
    assert attacks
    for attack in attacks:
        assert all(part.status is not Status.ASSERTED for part in attack.agents)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Une bombe a explosé mardi sur un marché de Sarkol, tuant neuf civils. "
        "L'attaque n'a pas été revendiquée.",
        "Des hommes armés non identifiés ont ouvert le feu sur une mosquée de Sarkol.",
        "Six soldats zoréniens ont été tués mardi dans une embuscade près de Sarkol.",
    ],
)
def test_an_unknown_author_stays_unknown(text: str, annotator: Annotator) -> None:
    """Nobody with a name becomes the agent of an attack whose author the text does not name."""
    reading = _read(text, annotator)
    attacks = _of(reading, "Attack")
    assert attacks
    for attack in attacks:
        for name in _names(reading, [part.entity for part in attack.agents]):
            assert name == name.lower()


@pytest.mark.model
def test_conflicting_tolls_stand_side_by_side(annotator: Annotator) -> None:
    """Two sources, two numbers: both are in `tolls`, each with its own words."""
    reading = _read(
        "Un attentat a frappé mardi une caserne de Sarkol. L'attentat a fait douze morts, selon "
        "l'armée zorénienne. Selon l'hôpital de Sarkol, l'attentat a fait dix-neuf morts.",
        annotator,
    )
    tolls = [toll for event in _of(reading, "Attack") for toll in event.tolls]
    assert sorted(t.count.min for t in tolls if t.kind == "killed") == [12, 19]
    assert len({t.evidence.start for t in tolls}) == 2


@pytest.mark.model
def test_a_negated_claim_makes_no_agent(annotator: Annotator) -> None:
    """ "n'a pas revendiqué" alleges nothing: nobody becomes an agent."""
    reading = _read(
        "Un attentat a tué quatre policiers mardi à Sarkol. "
        "Le Front de Dohar n'a pas revendiqué l'attentat.",
        annotator,
    )
    (attack,) = _of(reading, "Attack")
    assert attack.status is Status.ASSERTED
    assert attack.agents == ()
    assert all(e.status is Status.NEGATED for e in _of(reading, "ClaimOfResponsibility"))


@pytest.mark.model
def test_a_claim_is_the_claimant_s_word(annotator: Annotator) -> None:
    """A group that claims an attack is its alleged agent, by itself."""
    reading = _read(
        "Un attentat a tué quatre policiers mardi à Sarkol. "
        "Le Front de Dohar a revendiqué l'attentat.",
        annotator,
    )
    (attack,) = _of(reading, "Attack")
    (agent,) = attack.agents
    assert (agent.status, agent.by) == (Status.ALLEGED, (agent.entity,))
    assert _names(reading, [agent.entity]) == ["Front de Dohar"]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "L'armée zorénienne n'a pas bombardé le village de Dolma.",
        "L'armée zorénienne bombardera le village de Dolma.",
        "L'armée zorénienne bombarderait le village de Dolma.",
        "L'armée zorénienne menace de bombarder le village de Dolma.",
        "L'armée zorénienne pourrait bombarder le village de Dolma.",
        "L'armée zorénienne a démenti avoir bombardé le village de Dolma.",
    ],
    ids=["negated", "future", "hearsay", "threatened", "possible", "denied"],
)
def test_what_did_not_happen_is_not_asserted(text: str, annotator: Annotator) -> None:
    """Negation, future, hearsay, threat, possibility and denial assert no attack."""
    attacks = _of(_read(text, annotator), "Attack")
    assert all(attack.status is not Status.ASSERTED for attack in attacks)


@pytest.mark.model
def test_the_same_text_gives_the_same_bytes(annotator: Annotator) -> None:
    """Two reads of one article are equal, field by field."""
    text = (
        "Des combattants des Brigades de Dohar ont attaqué mardi une base de l'armée zorénienne "
        "près de Sarkol, tuant douze soldats. En représailles, l'aviation a bombardé deux villages."
    )
    first, second = _read(text, annotator), _read(text, annotator)
    assert repr(first) == repr(second)
    assert [link.type for link in first.links] == ["inRetaliationFor"]
