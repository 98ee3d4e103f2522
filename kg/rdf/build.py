"""Readings written as triples: the content of an article's named graph.

Takes a `Reading` and gives the triples of its article, its entities, its events, and one statement
for each thing read. The plain triples are not here: they are the fact view, which `derive.py` makes
from the statements, so that nothing can stand in it that no statement carries.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pyoxigraph import NamedNode, Triple

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
)
from kg.rdf.entities import describe_entity, describe_shared
from kg.rdf.iris import DEFAULT_BASE, Iris
from kg.rdf.knowledge import find_town
from kg.rdf.labels import event_label, event_term, mode_term
from kg.rdf.statements import Said, StatementWriter, first_evidence, weaker
from kg.rdf.terms import PROV, RDF, RDFS, SCHEMA, SKOS, date, language_tag, number, term, text
from kg.vocab import KG, STATUSES

__all__ = ["triples"]

_LABEL_LENGTH = 80


def triples(reading: Reading, *, base: str = DEFAULT_BASE, run: str = "kg") -> tuple[Triple, ...]:
    """Give the triples of one article's graph, each once, in a fixed order.

    Args:
        reading: What the article says; every id used in it is defined in it.
        base: Where the IRIs of individuals begin.
        run: What read the article (name and version of reader and model), never a time.

    Raises:
        OntologyError: An event has a type or a mode that the ontology lacks.
    """
    return tuple(dict.fromkeys(_ReadingWriter(reading, Iris(base), run).triples()))


class _ReadingWriter:
    """Writes one reading."""

    def __init__(self, reading: Reading, iris: Iris, run: str) -> None:
        self._reading = reading
        self._article: Article = reading.article
        self._lang = language_tag(reading.article.lang)
        self._iris = iris
        self._run = run
        self._described = tuple(map(_as_known, reading.entities))
        self._entities = {
            entity.id: iris.entity(self._article, entity) for entity in self._described
        }
        self._events = {event.id: event for event in reading.events}
        self._event_iris = _distinct(
            {event.id: iris.event(self._article, event) for event in reading.events}
        )
        self._writer = StatementWriter(self._article, iris, iris.run(run))

    def triples(self) -> Iterator[Triple]:
        yield from self._run_triples()
        yield from self._article_triples()
        for entity in self._described:
            node = NamedNode(self._entities[entity.id])
            yield from describe_entity(node, entity, self._lang)
            for mention in entity.mentions:
                yield Triple(node, term(KG.mention), self._writer.span(mention))
        for event in self._reading.events:
            yield from self._event(event)
        for relation in self._reading.relations:
            yield from self._relation(relation)
        for link in self._reading.links:
            self._link(link)
        sentences = [(sentence.start, sentence.end) for sentence in self._reading.sentences]
        yield from self._writer.triples(sentences)

    def _run_triples(self) -> Iterator[Triple]:
        node = NamedNode(self._iris.run(self._run))
        yield from describe_shared(node, PROV.Activity, (self._run,), None)

    def _article_triples(self) -> Iterator[Triple]:
        article = self._article
        node = NamedNode(self._iris.article(article.id))
        digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
        yield Triple(node, term(RDF.type), term(SCHEMA.NewsArticle))
        yield Triple(node, term(KG.articleId), text(article.id))
        yield Triple(node, term(RDFS.label), text(article.title or article.id))
        yield Triple(node, term(KG.textHash), text(digest))
        yield Triple(node, term(SCHEMA.articleBody), text(article.text, self._lang))
        if article.date is not None:
            yield Triple(node, term(SCHEMA.datePublished), date(article.date))
        if self._lang:
            yield Triple(node, term(SCHEMA.inLanguage), text(self._lang))
        if article.title:
            yield Triple(node, term(SCHEMA.headline), text(article.title, self._lang))
        if article.source:
            yield Triple(node, term(SCHEMA.publisher), text(article.source))
        if article.url:
            yield Triple(node, term(SCHEMA.url), text(article.url))

    def _event(self, event: Event) -> Iterator[Triple]:
        iri = self._event_iris[event.id]
        said = self._said(event.status, event.source, event.mentions)
        yield from self._describe_event(NamedNode(iri), event)
        self._writer.state(iri, RDF.type, event_term(event.type), said)
        if event.mode is not None:
            self._writer.state(iri, KG.mode, mode_term(event.mode), said)
        for participant in event.agents:
            self._participant(iri, KG.agent, event, participant)
        for participant in event.targets:
            self._participant(iri, KG.target, event, participant)
        for place in event.places:
            self._writer.state(iri, KG.place, self._entities[place], said)
        if event.about is not None:
            self._writer.state(iri, KG.about, self._event_iris[event.about], said)
        yield from self._weapons(iri, event)
        self._dates(iri, event, said)
        self._count(iri, (KG.countMin, KG.countMax), event.count, said)
        yield from self._tolls(iri, event)

    def _describe_event(self, node: NamedNode, event: Event) -> Iterator[Triple]:
        yield Triple(node, term(RDF.type), term(event_term(event.type)))
        yield Triple(node, term(KG.status), term(STATUSES[event.status]))
        if event.mentions:
            words = " ".join(event.mentions[0].exact.split())[:_LABEL_LENGTH]
            yield Triple(node, term(SKOS.prefLabel), text(words, self._lang))
        yield Triple(node, term(RDFS.label), text(event_label(event, self._lang)))
        for mention in event.mentions:
            yield Triple(node, term(KG.mention), self._writer.span(mention))

    def _weapons(self, iri: str, event: Event) -> Iterator[Triple]:
        for weapon in event.weapons:
            used = self._iris.weapon(weapon.name)
            yield from describe_shared(NamedNode(used), KG.Equipment, (weapon.name,), self._lang)
            said = self._said(event.status, event.source, (weapon.evidence,))
            self._writer.state(iri, KG.weapon, used, said)

    def _participant(self, iri: str, role: str, event: Event, part: Participant) -> None:
        said = self._said(
            weaker(event.status, part.status),
            part.by or event.source,
            first_evidence(part.evidence, event.mentions),
        )
        self._writer.state(iri, role, self._entities[part.entity], said)

    def _dates(self, iri: str, event: Event, said: Said) -> None:
        when = event.when
        if when is None:
            return
        if when.evidence is not None:
            said = self._said(event.status, event.source, (when.evidence,))
        self._writer.state(iri, KG.edtf, text(when.edtf), said)
        if when.text:
            self._writer.state(iri, KG.dateText, text(when.text), said)
        if when.earliest is not None and when.latest is not None:
            self._writer.state(iri, KG.earliestDate, date(when.earliest), said)
            self._writer.state(iri, KG.latestDate, date(when.latest), said)

    def _count(self, iri: str, bounds: tuple[str, str], count: Count | None, said: Said) -> None:
        if count is None:
            return
        self._writer.state(iri, bounds[0], number(count.min), said)
        if count.max is not None:
            self._writer.state(iri, bounds[1], number(count.max), said)

    def _tolls(self, iri: str, event: Event) -> Iterator[Triple]:
        """Write the latest totals on the event and every reported toll as a thing of its own."""
        for kind, latest in (("killed", event.killed), ("wounded", event.wounded)):
            same = [
                toll.evidence for toll in event.tolls if toll.kind == kind and toll.count == latest
            ]
            words = first_evidence(same, event.mentions)
            bounds = _TOLL_BOUNDS[kind]
            self._count(iri, bounds, latest, self._said(event.status, event.source, words))
        for toll in event.tolls:
            yield from self._toll(iri, event, toll)

    def _toll(self, event_iri: str, event: Event, toll: Toll) -> Iterator[Triple]:
        status = weaker(event.status, toll.status)
        sources = toll.source or event.source
        victims = self._entities[toll.of] if toll.of is not None else ""
        least, most = toll.count.min, toll.count.max
        iri = self._iris.toll(event_iri, toll.kind, str(least), str(most), victims)
        node = NamedNode(iri)
        lower, upper = _TOLL_BOUNDS[toll.kind]
        yield Triple(node, term(RDF.type), term(KG.Toll))
        yield Triple(node, term(lower), number(least))
        if most is not None:
            yield Triple(node, term(upper), number(most))
        said = self._said(status, sources, (toll.evidence,))
        self._writer.state(event_iri, KG.reportedToll, iri, said)
        if victims:
            self._writer.state(iri, KG.victims, victims, said)

    def _relation(self, relation: Relation) -> Iterator[Triple]:
        said = self._said(relation.status, relation.source, relation.mentions)
        subject = self._entities[relation.subject]
        if relation.object is not None:
            goal = self._entities[relation.object]
            self._writer.state(subject, f"{KG.ns}{relation.type}", goal, said)
        elif relation.post:
            org = self._entities[relation.org] if relation.org is not None else ""
            post = self._iris.post(relation.post[0], org)
            yield from describe_shared(NamedNode(post), KG.Post, relation.post[:1], self._lang)
            self._writer.state(subject, f"{KG.ns}{relation.type}", post, said)
            if org:
                self._writer.state(post, KG.postIn, org, said)

    def _link(self, link: Link) -> None:
        # What is done in return for something is no firmer than that it is done at all.
        status = weaker(self._events[link.origin].status, link.status)
        said = self._said(status, link.source, link.mentions)
        origin, goal = self._event_iris[link.origin], self._event_iris[link.goal]
        self._writer.state(origin, f"{KG.ns}{link.type}", goal, said)

    def _said(self, status: Status, source: Iterable[str], evidence: Iterable[Evidence]) -> Said:
        sources = tuple(self._entities[entity] for entity in source)
        return Said(status=status, sources=sources, evidence=tuple(evidence))


_TOLL_BOUNDS = {
    "killed": (KG.killedMin, KG.killedMax),
    "wounded": (KG.woundedMin, KG.woundedMax),
}


def _as_known(entity: Entity) -> Entity:
    """Give a town that its name and country tell the key of the gazetteer, if it has none."""
    if entity.key is not None or entity.cls is not EntityClass.PLACE or entity.country is None:
        return entity
    return replace(entity, key=find_town(entity.names[0], entity.country))


def _distinct(iris: dict[str, str]) -> dict[str, str]:
    """Part events that the same words tell of ("two attacks"), in the order of the article."""
    taken: dict[str, int] = {}
    parted = {}
    for event, iri in iris.items():
        number_ = taken[iri] = taken.get(iri, 0) + 1
        parted[event] = iri if number_ == 1 else f"{iri}-{number_}"
    return parted
