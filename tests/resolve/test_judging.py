"""Tests of what is judged across articles, on readings made by hand."""

from __future__ import annotations

import datetime

import pytest

from kg.model import (
    Article,
    Count,
    Entity,
    EntityClass,
    Event,
    Evidence,
    Participant,
    Reading,
    Status,
    When,
)
from kg.rdf.check import check
from kg.rdf.iris import Iris
from kg.store.ask import run_select
from kg.store.base import Store
from kg.vocab import KG
from tests.readings import graph_of

DAY = datetime.date(2021, 3, 2)
MARKS = "abcdefghijklmnopqrstuvwxyz"


def entity(
    id_: str, cls: EntityClass, *names: str, key: str | None = None, country: str | None = None
) -> Entity:
    """Give an entity without mentions; `telling` gives it one."""
    return Entity(id=id_, cls=cls, names=names, key=key, country=country)


def telling(
    article: str,
    *entities: Entity,
    day: datetime.date = DAY,
    days: int = 0,
    text: str = "",
    event: str = "Attack",
    mode: str | None = "bombing",
    status: Status = Status.ASSERTED,
    killed: int | None = None,
    place: str | None = None,
) -> Reading:
    """Give an article in which the first entity does something to the second one."""
    # Texts differ from article to article in every word, so that none repeats another.
    body = text or " ".join(f"{article}{letter}" for letter in MARKS)

    def words(at: int) -> Evidence:
        return Evidence(article=article, start=at, end=at + 1, exact=body[at : at + 1], rule="t")

    known = tuple(
        Entity(
            id=each.id,
            cls=each.cls,
            names=each.names,
            key=each.key,
            country=each.country,
            mentions=(words(number),),
        )
        for number, each in enumerate(entities)
    )
    last = day + datetime.timedelta(days=days)
    when = When(edtf=f"{day}/{last}" if days else f"{day}", text="", earliest=day, latest=last)
    happened = Event(
        id="e1",
        type=event,
        mode=mode,
        mentions=(words(9),),
        agents=tuple(Participant(entity=each.id) for each in known[:1]),
        targets=tuple(Participant(entity=each.id) for each in known[1:2]),
        places=(place,) if place else (),
        when=when,
        status=status,
        killed=Count(min=killed, max=killed) if killed is not None else None,
    )
    return Reading(
        article=Article(id=article, text=body, date=last, lang="fr"),
        entities=known,
        events=(happened,),
    )


def judged(store: Store, predicate: str) -> int:
    """Count the judgements of one kind."""
    rows = run_select(store, "judgements").records()
    return sum(KG.ns + row["kind"] == predicate for row in rows)


FRONT = entity("x1", EntityClass.ARMED_GROUP, "Front du Nord", country="VAR")
MARKET = entity("x2", EntityClass.FACILITY, "marché de Sarkol")
SARKOL = entity("x3", EntityClass.PLACE, "Sarkol", country="VAR")


def test_one_name_in_two_articles_is_one_entity() -> None:
    """A proper name of the same class and country is judged one, and facts speak of one."""
    store = graph_of(
        telling("a", FRONT, MARKET), telling("b", FRONT, SARKOL, day=DAY.replace(month=5))
    )
    assert judged(store, KG.sameEntityAs) == 1
    table = store.select(f"SELECT DISTINCT ?who {{ ?event <{KG.agent}> ?who }}")
    assert len(table.rows) == 1
    assert check(store) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FRONT, entity("x1", EntityClass.ARMED_GROUP, "Front du Nord", country="BOR")),
        (FRONT, entity("x1", EntityClass.PLACE, "Front du Nord", country="VAR")),
        (FRONT, entity("x1", EntityClass.ARMED_GROUP, "Front du Sud", country="VAR")),
        (
            entity("x1", EntityClass.POPULATION_GROUP, "deux soldats"),
            entity("x1", EntityClass.POPULATION_GROUP, "deux soldats"),
        ),
        (
            entity("x1", EntityClass.ARMED_GROUP, "rebelles"),
            entity("x1", EntityClass.ARMED_GROUP, "rebelles"),
        ),
        (entity("x1", EntityClass.PERSON, "Ostrem"), entity("x1", EntityClass.PERSON, "Ostrem")),
        (
            entity("x1", EntityClass.INSTITUTION, "Parlement"),
            entity("x1", EntityClass.INSTITUTION, "Parlement"),
        ),
        (
            entity("x1", EntityClass.INSTITUTION, "ONG"),
            entity("x1", EntityClass.INSTITUTION, "ONG"),
        ),
        (entity("x1", EntityClass.PLACE, "S"), entity("x1", EntityClass.PLACE, "S")),
    ],
    ids="country class name description common-noun family-name office acronym letter".split(),
)
def test_what_may_differ_stays_two(one: Entity, other: Entity) -> None:
    """Another country, class or name, a description, or a name that many bear is not joined."""
    day = DAY.replace(month=5)
    store = graph_of(telling("a", one, MARKET), telling("b", other, MARKET, day=day))
    assert judged(store, KG.sameEntityAs) == 0


def test_an_office_of_a_country_is_one() -> None:
    """An institution named by a common noun is one within its country."""
    parliament = entity("x1", EntityClass.INSTITUTION, "Parlement vardanien", country="VAR")
    store = graph_of(
        telling("a", parliament, MARKET), telling("b", parliament, MARKET, day=DAY.replace(month=5))
    )
    assert judged(store, KG.sameEntityAs) == 1


def test_the_name_that_most_use_stands_for_all() -> None:
    """Of one army under two names the commoner label is shown."""
    army = EntityClass.ARMED_FORCE
    short = entity("x1", army, "armée vardanienne", country="VAR")
    full = entity("x1", army, "armée régulière vardanienne", "armée vardanienne", country="VAR")
    store = graph_of(
        *(
            telling(article, each, MARKET, day=DAY.replace(month=month))
            for month, (article, each) in enumerate([("a", short), ("b", full), ("c", short)], 4)
        )
    )
    attackers = {row["attacker"] for row in run_select(store, "who-attacked-whom").records()}
    assert attackers == {"armée vardanienne"}


def test_the_same_attack_in_two_articles_is_judged_one() -> None:
    """Type, day, actor and target agree: one event, counted once, and both tellings stay."""
    store = graph_of(telling("a", FRONT, MARKET, killed=3), telling("b", FRONT, MARKET, killed=5))
    assert judged(store, KG.sameEventAs) == 1
    assert run_select(store, "casualties-by-actor").records() == (
        {"actor": "Front du Nord", "events": "1", "killed": "5", "wounded": "0"},
    )
    events = store.select(f"SELECT ?e {{ ?e a <{KG.Attack}> }}")
    assert len(events.rows) == 2
    (row,) = run_select(store, "corroboration").records()
    assert (row["articles"], row["independent"]) == ("2", "2")
    assert check(store) == ()


@pytest.mark.parametrize(
    "other",
    [
        telling("b", FRONT, MARKET, day=DAY + datetime.timedelta(days=9)),
        telling("b", FRONT, MARKET, mode="shooting"),
        telling("b", FRONT, MARKET, event="Clash", mode=None),
        telling("b", FRONT, entity("x2", EntityClass.FACILITY, "gare de Brin")),
        telling("b", entity("x1", EntityClass.ARMED_GROUP, "Ligue Verte"), MARKET),
        telling("b", FRONT, MARKET, days=30),
        telling("b", FRONT, MARKET, status=Status.PLANNED),
    ],
    ids="day mode type target actor vague planned".split(),
)
def test_attacks_that_differ_stay_two(other: Reading) -> None:
    """Another day, mode, type, target or actor, a vague date, or a plan is another event."""
    store = graph_of(telling("a", FRONT, MARKET), other)
    assert judged(store, KG.sameEventAs) == 0


def test_the_same_country_is_no_place_to_meet() -> None:
    """Two attacks of one day in one country are not one for that."""
    land = entity("x3", EntityClass.STATE, "Vardanie", key="VAR", country="VAR")
    army, mine = (
        entity("x2", EntityClass.POPULATION_GROUP, name) for name in ("civils", "mineurs")
    )
    store = graph_of(
        telling("a", FRONT, army, land, place="x3"), telling("b", FRONT, mine, land, place="x3")
    )
    assert judged(store, KG.sameEventAs) == 0


def test_a_repeated_dispatch_is_one_source() -> None:
    """The same words in two articles are two articles, but one independent source."""
    text = " ".join(f"mot{letter}" for letter in MARKS * 2)
    other = " ".join(f"autre{letter}" for letter in MARKS * 2)
    store = graph_of(
        telling("a", FRONT, MARKET, text=text),
        telling("b", FRONT, MARKET, text=text),
        telling("c", FRONT, MARKET, text=other),
    )
    assert judged(store, KG.nearDuplicateOf) == 1
    (row,) = run_select(store, "corroboration").records()
    assert (row["articles"], row["independent"]) == ("3", "2")


def test_the_order_of_articles_does_not_matter() -> None:
    """Whichever article comes first, the store holds the same triples."""
    readings = [
        telling("a", FRONT, MARKET, killed=3),
        telling("b", FRONT, MARKET, killed=5),
        telling("c", FRONT, SARKOL, day=DAY.replace(month=6)),
    ]
    there = set(graph_of(*readings).triples())
    assert there == set(graph_of(*reversed(readings)).triples())


def test_taking_an_article_out_is_as_if_it_had_never_come() -> None:
    """After one article is removed, the store is that of the others; its own graphs do not move."""
    kept, gone = telling("a", FRONT, MARKET), telling("b", FRONT, MARKET, killed=5)
    store = graph_of(kept, gone)
    before = set(store.triples(Iris().article_graph("a")))
    store.remove_graph(Iris().article_graph("b"))
    graph_of(store=store)
    assert set(store.triples()) == set(graph_of(kept).triples())
    assert set(store.triples(Iris().article_graph("a"))) == before


def test_reading_an_article_anew_replaces_what_it_said() -> None:
    """What an article said before and does not say now is gone."""
    store = graph_of(telling("a", FRONT, MARKET), telling("b", FRONT, SARKOL))
    graph_of(telling("b", FRONT, MARKET, event="Arrest", mode=None), store=store)
    fresh = graph_of(
        telling("a", FRONT, MARKET), telling("b", FRONT, MARKET, event="Arrest", mode=None)
    )
    assert set(store.triples()) == set(fresh.triples())
