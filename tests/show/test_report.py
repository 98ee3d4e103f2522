"""The report tells what each sentence gave and what was passed over."""

from __future__ import annotations

import datetime

from kg.model import (
    Article,
    Count,
    Entity,
    EntityClass,
    Event,
    Evidence,
    Link,
    Participant,
    Reading,
    Relation,
    Sentence,
    Skipped,
    Status,
    When,
)
from kg.show.report import Duplicated, Unread, write_report

TEXT = "Vardane a bombardé *Sarkol* <b>lundi</b>. Le bombardement a duré. Des tirs ont suivi."


def evidence(words: str, rule: str = "attack-bombard") -> Evidence:
    """Point to words of the text."""
    start = TEXT.index(words)
    return Evidence(article="a", start=start, end=start + len(words), exact=words, rule=rule)


READING = Reading(
    article=Article(id="a", text=TEXT, date=datetime.date(2020, 2, 13), source="Le Fil"),
    entities=(
        Entity(id="x1", cls=EntityClass.STATE, names=("Vardane",)),
        Entity(id="x2", cls=EntityClass.PLACE, names=("Sarkol",)),
    ),
    events=(
        Event(
            id="e1",
            type="Attack",
            mode="shelling",
            mentions=(evidence("bombardé"), evidence("bombardement")),
            agents=(Participant(entity="x1", status=Status.ALLEGED, by=("x2",)),),
            targets=(Participant(entity="x2"),),
            when=When(edtf="2020-02-10", text="lundi"),
            killed=Count(min=3, max=None),
        ),
    ),
    relations=(
        Relation(id="r1", type="locatedIn", subject="x2", object="x1",
                 mentions=(evidence("Sarkol", "located-in"),)),
    ),
    links=(
        Link(id="l1", type="causes", origin="e1", goal="e1", mentions=(evidence("suivi", "link"),)),
    ),
    sentences=(Sentence(start=0, end=41), Sentence(start=42, end=65), Sentence(start=66, end=85)),
)  # fmt: skip


def test_each_sentence_shows_what_it_gave() -> None:
    """Facts stand under their sentences, an event told twice under both."""
    report = write_report([READING])
    first, second, third = report.partition("\n1. ")[2].split("\n2. ")[0], *(
        report.partition("\n2. ")[2].split("\n3. ", 1)
    )  # fmt: skip
    told = (
        "**Attack** (shelling) e1 · agent Vardane (alleged by Sarkol) · target Sarkol · "
        "date 2020-02-10 · killed 3–…"
    )
    assert f"“bombardé” · {told}" in first and "*locatedIn* Sarkol → Vardane" in first
    assert f"“bombardement” · {told}" in second
    assert "*causes* e1 → e1" in third


def test_words_of_an_article_stay_words() -> None:
    """Markup and tags from the text are neutralised."""
    report = write_report([READING])
    assert r"\*Sarkol\* &lt;b>lundi&lt;/b>." in report
    assert "<b>" not in report


def test_what_was_passed_over_is_listed() -> None:
    """Skipped inputs, near-duplicates and silent sentences are named with the reason."""
    report = write_report(
        [READING],
        skipped=[Skipped(path="b.txt", reason="an empty file.")],
        duplicates=[Duplicated(article="c", original="a", reason="90% the same")],
        unread=[Unread(article="a", start=66, end=85, words=("tirs",))],
    )
    assert "| b.txt | an empty file. |" in report
    assert "| c | a | 90% the same |" in report
    assert "- a (tirs): Des tirs ont suivi." in report
    assert "| inputs skipped | 1 |" in report


def test_rules_are_counted() -> None:
    """The rules used stand with their number of mentions, the most used first."""
    rules = write_report([READING]).partition("## Rules used")[2]
    assert (
        rules.split()
        == (
            "| rule | mentions | |---|---| | attack-bombard | 2 | | link | 1 | | located-in | 1 |"
        ).split()
    )


def test_a_run_that_read_nothing_has_a_report() -> None:
    """Without any article the report says so in zeros."""
    report = write_report([])
    assert "| articles read | 0 |" in report and "None." in report
