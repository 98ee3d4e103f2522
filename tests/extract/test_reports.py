"""What a reporting word does to the events it reports, read off whole sentences."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from kg.annotate.annotator import Annotator
from kg.errors import RuleError
from kg.extract import reports
from kg.extract.draft import Draft
from kg.extract.extractor import Extractor
from kg.extract.kinds import SPEECH_ACTS
from kg.extract.reports import DISTANCES, ReportReader, load_reporting
from kg.model import Article, Status
from kg.resources import language_file, read_yaml

ENTRIES: Any = read_yaml(language_file("fr", "reporting.yaml"))
REJECTS = [sentence for entry in ENTRIES for sentence in entry["rejects"]]
READ = {
    "Les rebelles avaient prétendu que l'armée avait bombardé le marché.": Status.ALLEGED,
    "Deux hommes soupçonnés d'avoir tué le maire ont été arrêtés.": Status.ALLEGED,
    "La police a soupçonné un groupe islamiste d'avoir tué le juge.": Status.ALLEGED,
    "La Zorénie a démenti avoir bombardé l'hôpital.": Status.DENIED,
    "Le gouvernement a indiqué que les rebelles avaient bombardé le marché.": Status.ASSERTED,
    "L'ONU a précisé que les soldats avaient attaqué un village.": Status.ASSERTED,
}


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    """The French pipeline, loaded once."""
    return Annotator("fr")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """The French rules, loaded once."""
    return Extractor("fr")


def _drafts(text: str, annotator: Annotator, extractor: Extractor) -> list[Draft]:
    article = Article(id="a", text=text, date=datetime.date(2024, 5, 15), lang="fr")
    (annotation,) = annotator.annotate([article])
    stage = extractor._stage(annotation)
    drafts = [draft for draft in stage.drafts if draft.type not in SPEECH_ACTS]
    ReportReader(stage.tree, stage.grammar, stage.cast, load_reporting("fr")).settle(drafts)
    return drafts


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["id"] for entry in ENTRIES])
def test_entries_are_complete(entry: Any) -> None:
    """Each entry has a known distance, words, and two sentences for and against it."""
    assert entry["distance"] in DISTANCES
    kinds = ("verbs", "nouns", "adjectives", "prepositions", "moods", "impersonal")
    assert any(entry.get(kind) for kind in kinds)
    assert len(entry["matches"]) >= 2
    assert len(entry["rejects"]) >= 2


def test_an_unknown_distance_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt distance stops loading with the entry's name."""
    path = tmp_path / "reporting.yaml"
    path.write_text("- {id: report-x, distance: doubtful, verbs: [dire]}\n", encoding="utf-8")
    monkeypatch.setattr(reports, "language_file", lambda lang, name: path)
    with pytest.raises(RuleError, match=r"report-x.*doubtful"):
        load_reporting("fr")


@pytest.mark.model
@pytest.mark.parametrize(("text", "status"), READ.items(), ids=list(READ))
def test_a_report_sets_the_status_of_what_it_reports(
    text: str, status: Status, annotator: Annotator, extractor: Extractor
) -> None:
    """The attack in the sentence has the status that its report gives, its agents likewise."""
    attacks = [d for d in _drafts(text, annotator, extractor) if d.type == "Attack"]
    assert [d.status for d in attacks] == [status]
    assert {part.status for d in attacks for part in d.agents} <= {status}


@pytest.mark.model
@pytest.mark.parametrize("text", REJECTS)
def test_other_senses_report_nothing(text: str, annotator: Annotator, extractor: Extractor) -> None:
    """A reporting word in another sense leaves nothing alleged, denied or planned."""
    firm = {d.status for d in _drafts(text, annotator, extractor)}
    assert firm <= {Status.ASSERTED}


@pytest.mark.model
def test_a_denial_reaches_the_author_of_a_presupposed_event(
    annotator: Annotator, extractor: Extractor
) -> None:
    """Who denies being the author is a denied agent; that the event was stays asserted."""
    text = "Le groupe armé a nié être l'auteur de l'enlèvement du juge."
    (attack,) = [d for d in _drafts(text, annotator, extractor) if d.type == "Attack"]
    assert attack.status is Status.ASSERTED
    assert [part.status for part in attack.agents] == [Status.DENIED]
