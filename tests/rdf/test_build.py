"""Tests of kg/rdf/build.py: what a reading says as the triples of its article's graph."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode

from kg.errors import OntologyError
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
    Status,
    Toll,
    Weapon,
    When,
)
from kg.rdf.build import triples
from kg.rdf.check import check
from kg.rdf.iris import Iris
from kg.store.base import Store
from kg.vocab import KG
from tests.readings import graph_of, seed_reading

PREFIXES = f"""
PREFIX kg: <{KG.ns}>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""
TEXT = "Mardi, l'armée a bombardé Sarkol. L'armée dément."


def words(start: int, end: int, rule: str = "test") -> Evidence:
    """Give a stretch of TEXT."""
    return Evidence(article="a", start=start, end=end, exact=TEXT[start:end], rule=rule)


def reading(**changes: object) -> Reading:
    """Give a reading of TEXT: the army shelled Sarkol, with changes to the event."""
    event = Event(
        id="e1",
        type="Attack",
        mode="shelling",
        mentions=(words(15, 25),),
        agents=(Participant(entity="x1"),),
        targets=(Participant(entity="x2"),),
        places=("x2",),
        when=When(
            edtf="2021-03-02",
            text="Mardi",
            earliest=datetime.date(2021, 3, 2),
            latest=datetime.date(2021, 3, 2),
            evidence=words(0, 5),
        ),
    )
    return Reading(
        article=Article(id="a", text=TEXT, date=datetime.date(2021, 3, 3), lang="fr"),
        entities=(
            Entity(
                id="x1",
                cls=EntityClass.ARMED_FORCE,
                names=("armée", "l'armée"),
                mentions=(words(7, 14), words(34, 41)),
            ),
            Entity(id="x2", cls=EntityClass.PLACE, names=("Sarkol",), mentions=(words(26, 32),)),
        ),
        events=(dataclasses.replace(event, **changes),),  # type: ignore[arg-type]
    )


def ask(store: Store, pattern: str) -> bool:
    """Ask whether a pattern is in a store."""
    return store.ask(f"{PREFIXES} ASK {{ {pattern} }}")


AGENT = "?e kg:agent ?g . ?g skos:prefLabel 'armée'@fr"
ALLEGED = "?e kg:allegedAgent ?g . ?g skos:prefLabel 'armée'@fr"


def test_the_accusation_is_no_fact() -> None:
    """The December attack has no agent, but an alleged one, on the word of the United States."""
    store = graph_of(seed_reading())
    december = """?e a kg:Attack ; kg:earliestDate "2019-12-27"^^xsd:date .
        ?g skos:prefLabel|skos:altLabel "brigades du Hezbollah"@fr ."""
    assert not ask(store, f"{december} ?e kg:agent ?g")
    assert not ask(store, f"{december} ?e kg:agent ?anybody")
    assert ask(store, f"{december} ?e kg:allegedAgent ?g")
    assert ask(
        store,
        f"""{december} ?s rdf:subject ?e ; rdf:predicate kg:agent ; rdf:object ?g ;
        kg:status kg:Alleged ; kg:source/skos:prefLabel "États-Unis"@fr ;
        kg:evidence/oa:exact "ont accusé"@fr""",
    )


def test_an_asserted_participant_is_a_fact_with_a_statement() -> None:
    """What the article tells as true is a plain triple and a statement with its words."""
    store = graph_of(reading())
    assert ask(store, AGENT)
    assert not ask(store, ALLEGED)
    assert ask(
        store,
        f"""{AGENT} . ?s a kg:Statement, rdf:Statement ; rdf:subject ?e ; rdf:predicate kg:agent ;
        rdf:object ?g ; kg:status kg:Asserted ; kg:source ?article ; kg:article ?article ;
        kg:rule "test" ; prov:wasGeneratedBy ?run ; kg:evidence ?span .
        ?span oa:start 15 ; oa:end 25 ; oa:exact "a bombardé"@fr ;
        kg:sentence "Mardi, l'armée a bombardé Sarkol."@fr""",
    )


@pytest.mark.parametrize("status", [Status.DENIED, Status.NEGATED, Status.PLANNED])
def test_what_is_not_so_stands_in_statements_alone(status: Status) -> None:
    """A denied, negated or planned event has neither facts nor allegations."""
    store = graph_of(reading(status=status))
    assert not ask(store, AGENT)
    assert not ask(store, ALLEGED)
    assert not ask(store, "?e kg:earliestDate|kg:place|kg:mode ?any")
    assert ask(store, f"?s rdf:predicate kg:agent ; kg:status <{KG.ns}{status.value.capitalize()}>")


def test_parts_of_an_alleged_event_are_alleged() -> None:
    """An event that is only alleged gives alleged participants, and no fact at all."""
    store = graph_of(reading(status=Status.ALLEGED, source=("x1",)))
    assert ask(store, ALLEGED)
    assert ask(store, "?e kg:allegedTarget ?place")
    assert not ask(store, "?e kg:agent|kg:target|kg:place|kg:mode|kg:edtf ?any")
    assert ask(store, "?s kg:status kg:Alleged ; kg:source ?g . ?g skos:prefLabel 'armée'@fr")


def test_a_denied_part_of_an_asserted_event_is_no_fact() -> None:
    """Who is said not to have done it is neither agent nor alleged agent."""
    agents = (Participant(entity="x1", status=Status.DENIED, by=("x1",)),)
    store = graph_of(reading(agents=agents))
    assert ask(store, "?e kg:target ?place")
    assert not ask(store, AGENT)
    assert not ask(store, ALLEGED)


def test_the_same_thing_said_twice_is_one_statement() -> None:
    """Two participants of one entity, role and status give one statement with all evidence."""
    agents = (
        Participant(entity="x1", evidence=(words(7, 14),)),
        Participant(entity="x1", evidence=(words(34, 41),)),
    )
    store = graph_of(reading(agents=agents))
    rows = store.select(
        f"{PREFIXES} SELECT ?s ?span {{ ?s rdf:predicate kg:agent ; kg:evidence ?span }}"
    ).records()
    assert len({row["s"] for row in rows}) == 1
    assert len(rows) == 2


def test_every_toll_is_kept_and_the_latest_stands_on_the_event() -> None:
    """Two reported tolls are two statements with their sources; the event has the latest total."""
    tolls = (
        Toll(kind="killed", count=Count(min=3, max=3), evidence=words(0, 5), source=("x1",)),
        Toll(kind="killed", count=Count(min=8, max=None), evidence=words(15, 25), of="x1"),
    )
    store = graph_of(reading(killed=Count(min=8, max=None), tolls=tolls))
    assert ask(store, "?e kg:killedMin 8 ; kg:status kg:Asserted")
    assert not ask(store, "?e kg:killedMax ?any ; kg:status ?status")
    assert ask(store, "?e kg:reportedToll/kg:killedMin 3")
    assert ask(store, "?toll kg:killedMin 8 ; kg:victims/skos:prefLabel 'armée'@fr")
    assert ask(store, "?s rdf:predicate kg:reportedToll ; kg:source/skos:prefLabel 'armée'@fr")


def test_a_date_has_both_bounds_or_none() -> None:
    """An open date keeps its EDTF string and its words, and has no calendar bounds."""
    store = graph_of(reading(when=When(edtf="2016/..", text="depuis 2016")))
    assert ask(store, '?e kg:edtf "2016/.." ; kg:dateText "depuis 2016"')
    assert not ask(store, "?e kg:earliestDate|kg:latestDate ?day")


def test_links_relations_weapons_and_posts_are_written() -> None:
    """Everything that a reading can hold is found again in its graph."""
    base = reading(weapons=(Weapon(name="obus", evidence=words(15, 25)),))
    second = dataclasses.replace(base.events[0], id="e2", mentions=(words(42, 48),), about="e1")
    full = dataclasses.replace(
        base,
        events=(*base.events, second),
        relations=(
            Relation(
                id="r1", type="stationedAt", subject="x1", object="x2", mentions=(words(0, 5),)
            ),
            Relation(
                id="r2", type="holdsPost", subject="x1", object=None, post=("général",), org="x2",
                mentions=(words(0, 5),),
            ),
        ),
        links=(Link(id="l1", type="causes", origin="e1", goal="e2", mentions=(words(15, 25),)),),
    )  # fmt: skip
    store = graph_of(full)
    assert ask(store, "?a kg:causes ?b . ?b kg:about ?a")
    assert ask(store, "?a kg:stationedAt/skos:prefLabel 'Sarkol'@fr")
    assert ask(store, "?a kg:holdsPost ?p . ?p skos:prefLabel 'général'@fr ; kg:postIn ?org")
    assert ask(store, "?a kg:weapon ?w . ?w a kg:Equipment ; skos:prefLabel 'obus'@fr")
    assert check(store) == ()


def test_a_planned_answer_is_no_retaliation_yet() -> None:
    """A link from an event that is only planned is no fact."""
    base = reading()
    planned = dataclasses.replace(
        base.events[0], id="e2", mentions=(words(42, 48),), status=Status.PLANNED
    )
    link = Link(id="l1", type="inRetaliationFor", origin="e2", goal="e1", mentions=(words(0, 5),))
    store = graph_of(dataclasses.replace(base, events=(*base.events, planned), links=(link,)))
    assert not ask(store, "?a kg:inRetaliationFor ?b")
    assert ask(store, "?s rdf:predicate kg:inRetaliationFor ; kg:status kg:Planned")


def test_there_are_no_blank_nodes() -> None:
    """Everything has an IRI."""
    graph = triples(seed_reading())
    assert not [t for t in graph if isinstance(t.subject, BlankNode)]
    assert not [t for t in graph if isinstance(t.object, BlankNode)]


def test_the_same_reading_gives_the_same_triples() -> None:
    """Same input, same triples in the same order, each once."""
    first, second = triples(seed_reading()), triples(seed_reading())
    assert first == second
    assert len(first) == len(set(first))


def test_the_base_moves_every_individual() -> None:
    """`base` is where all IRIs of individuals begin."""
    base = "https://example.org/g"
    for triple in triples(seed_reading(), base=base):
        assert triple.subject.value.startswith(f"{base}/"), triple  # type: ignore[union-attr]


def test_an_empty_article_has_a_graph() -> None:
    """An article that says nothing is there with its text."""
    store = graph_of(Reading(article=Article(id="empty", text="")))
    assert ask(store, "?a kg:articleId 'empty' ; kg:textHash ?hash")
    assert check(store) == ()


def test_two_parts_told_by_the_same_words_stay_two() -> None:
    """Two events of one type with the same words get two IRIs."""
    base = reading()
    twin = dataclasses.replace(base.events[0], id="e2", agents=())
    store = graph_of(dataclasses.replace(base, events=(*base.events, twin)))
    table = store.select(f"{PREFIXES} SELECT (COUNT(?e) AS ?n) {{ ?e a kg:Attack }}")
    assert table.records() == ({"n": "2"},)


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=60), st.data())
def test_any_text_survives(text: str, data: st.DataObject) -> None:
    """Whatever characters an article holds, its quotes are found at their offsets."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    evidence = Evidence(article="a", start=start, end=end, exact=text[start:end], rule="test")
    entity = Entity(id="x1", cls=EntityClass.PLACE, names=("lieu",), mentions=(evidence,))
    article = Article(id="a", text=text, lang="fr")
    graph = triples(Reading(article=article, entities=(entity,)))
    span = Iris().span(evidence)
    found = {t.predicate.value: t.object for t in graph if str(t.subject) == f"<{span}>"}
    assert found["http://www.w3.org/ns/oa#exact"].value == text[start:end]  # type: ignore[union-attr]


@pytest.mark.parametrize("changes", [{"type": "Atack"}, {"type": "ns"}, {"mode": "rockett"}])
def test_a_misspelt_type_is_an_error(changes: dict[str, str]) -> None:
    """A type or mode that the ontology lacks is named, and mints no term."""
    with pytest.raises(OntologyError, match=f"'{next(iter(changes.values()))}' is no"):
        triples(reading(**changes))
