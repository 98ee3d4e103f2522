"""The stored graph as statements, entities and events, ready to be shown.

Takes a `Store` and gives a `Graph`: every statement with its sources, rules and sentences, the
labels and classes of what they speak of, and the direct edges of the fact view. What judgements
hold to be one entity or one event is one here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal

from kg.show.dates import short_date
from kg.show.words import Words
from kg.store.base import Store, Term, plain
from kg.vocab import KG

__all__ = ["Graph", "Span", "Statement", "count_range", "load_graph"]

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_PREFIXES = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX schema: <https://schema.org/>
PREFIX kg: <https://w3id.org/conflict-kg/ns#>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A quote: `exact` stands at `start:end` of its article and at `at` of its sentence."""

    iri: str
    article: str
    start: int
    end: int
    exact: str
    sentence: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement of the graph; `sources` holds its article's IRI when the article says it."""

    iri: str
    subject: str
    predicate: str
    object: Term
    status: str
    article: str | None
    sources: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()

    @property
    def goal(self) -> str | None:
        """The object's IRI, or None when it is a literal."""
        return None if isinstance(self.object, Literal) else plain(self.object)

    @property
    def sayers(self) -> tuple[str, ...]:
        """Those whose word it is; () when the article itself says it."""
        return tuple(source for source in self.sources if source != self.article)


class Graph:
    """Statements and what they speak of, by IRI; iteration order is fixed."""

    def __init__(self, store: Store, words: Words) -> None:
        self.words = words
        self._merged = _judged(store)
        self.articles = _articles(store)
        self.types = self._by_subject(store, "?s a ?o . FILTER(STRSTARTS(STR(?o), STR(kg:)))")
        self.labels = self._labels(store) | _tolls(store)
        self.names = self._by_subject(store, "?s skos:prefLabel|skos:altLabel ?o", all_names=True)
        spans = _spans(store, self.articles)
        self.statements = tuple(self._statements(store, spans))
        self.mentions = self._mentions(store, spans)
        self.about = _index(self.statements)
        self.direct = tuple(self._direct(store))

    def label(self, iri: str) -> str:
        """Give the name a person knows a thing by; without one, the last step of its IRI.

        An event is called by what it is and when: "attaque de drone, 3 janv. 2020".
        """
        if self.words.is_event(self.type_of(iri) or ""):
            date = self.date_of(iri)
            kind = self.kind_of(iri)
            return f"{kind}, {short_date(date, lang=self.words.lang)}" if date else kind
        return self.labels.get(iri) or self.words.label(iri)

    def kind_of(self, event: str) -> str:
        """Give the name of an attack's mode, or of another event's class."""
        modes = [each.goal for each in self._own(event, KG.mode) if each.goal != KG.OtherAttack]
        return (
            self.words.label(modes[0])
            if modes and modes[0]
            else self.words.label(f"{KG.ns}{self.type_of(event)}")
        )

    def date_of(self, event: str) -> str | None:
        """Give an event's date as EDTF, None when the text gives none."""
        dates = [self.text_of(each.object) for each in self._own(event, KG.edtf)]
        return dates[0] if dates else None

    def _own(self, iri: str, predicate: str) -> list[Statement]:
        own = self.about.get(iri, ())
        return [each for each in own if each.subject == iri and each.predicate == predicate]

    def type_of(self, iri: str) -> str | None:
        """Give the local name of a thing's class of the ontology, None when it has none."""
        found = self.types.get(iri)
        return found[0].removeprefix(KG.ns) if found else None

    def text_of(self, term: Term) -> str:
        """Give a term as a person reads it: a label for an IRI, the text of a literal."""
        return term.value if isinstance(term, Literal) else self.label(plain(term))

    def one(self, iri: str) -> str:
        """Give the IRI that stands for a thing after the judgements that merge it."""
        return self._merged.get(iri, iri)

    def _labels(self, store: Store) -> dict[str, str]:
        """Choose one label for each thing: of the reader's language first, the fullest first."""
        rows = store.select(f"{_PREFIXES} SELECT ?s ?o {{ ?s skos:prefLabel ?o }}").rows
        best: dict[str, tuple[int, int, int, str]] = {}
        for subject, label in rows:
            if subject is None or not isinstance(label, Literal):
                continue
            iri = plain(subject)
            other = self.one(iri) != iri
            foreign = label.language not in (None, self.words.lang)
            rank = (int(other), int(foreign), -len(label.value), label.value)
            key = self.one(iri)
            best[key] = min(best.get(key, rank), rank)
        return {iri: rank[3] for iri, rank in sorted(best.items())}

    def _by_subject(
        self, store: Store, pattern: str, *, all_names: bool = False
    ) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for subject, value in store.select(f"{_PREFIXES} SELECT ?s ?o {{ {pattern} }}").rows:
            iri = self.one(plain(subject))
            found.setdefault(iri, {})[plain(value)] = None
        key = (lambda name: (name.casefold(), name)) if all_names else None
        return {iri: tuple(sorted(values, key=key)) for iri, values in sorted(found.items())}

    def _mentions(self, store: Store, spans: Mapping[str, Span]) -> dict[str, tuple[Span, ...]]:
        """Give the stretches of text that speak of a thing, in the order of articles and text."""
        found: dict[str, dict[str, Span]] = {}
        for iri, places in _many(store, "?s kg:mention ?o").items():
            own = found.setdefault(self.one(iri), {})
            own |= {place: spans[place] for place in places if place in spans}
        order = {article: number for number, article in enumerate(self.articles)}
        return {
            iri: tuple(sorted(own.values(), key=lambda span: (order[span.article], span.start)))
            for iri, own in sorted(found.items())
        }

    def _statements(self, store: Store, spans: Mapping[str, Span]) -> Iterator[Statement]:
        sources = _many(store, "?s a kg:Statement ; kg:source ?o")
        rules = _many(store, "?s a kg:Statement ; kg:rule ?o")
        evidence = _many(store, "?s a kg:Statement ; kg:evidence ?o")
        rows = store.select(
            f"""{_PREFIXES} SELECT ?s ?subject ?predicate ?object ?status ?article {{
              ?s a kg:Statement ; rdf:subject ?subject ; rdf:predicate ?predicate ;
                 rdf:object ?object ; kg:status ?status .
              OPTIONAL {{ ?s kg:article ?article }} }}"""
        ).rows
        for row in sorted(rows, key=lambda row: plain(row[0])):
            iri, article = plain(row[0]), plain(row[5])
            said = row[3]
            assert said is not None  # bound by the pattern
            if not isinstance(said, Literal):
                said = type(said)(self.one(plain(said)))
            quotes = [spans[span] for span in evidence.get(iri, ()) if span in spans]
            yield Statement(
                iri=iri,
                subject=self.one(plain(row[1])),
                predicate=plain(row[2]),
                object=said,
                status=self.words.status(plain(row[4])),
                article=article or None,
                sources=tuple(self.one(source) for source in sources.get(iri, ())),
                rules=rules.get(iri, ()),
                spans=tuple(sorted(quotes, key=lambda span: (span.article, span.start, span.end))),
            )

    def _direct(self, store: Store) -> Iterator[tuple[str, str, str]]:
        """Give the derived edges: plain triples between entities that no statement carries."""
        stated = {(each.subject, each.predicate, each.goal) for each in self.statements}
        rows = store.select(
            f"""{_PREFIXES} SELECT DISTINCT ?s ?p ?o {{ ?s ?p ?o .
              FILTER(STRSTARTS(STR(?p), STR(kg:)) && isIRI(?o))
              ?s a ?st . ?o a ?ot .
              FILTER(STRSTARTS(STR(?st), STR(kg:)) && STRSTARTS(STR(?ot), STR(kg:))) }}"""
        ).rows
        found = {(self.one(plain(s)), plain(p), self.one(plain(o))) for s, p, o in rows}
        for triple in sorted(found):
            if triple not in stated and self._are_entities(triple) and triple[0] != triple[2]:
                yield triple

    def _are_entities(self, triple: tuple[str, str, str]) -> bool:
        ends = (self.type_of(triple[0]), self.type_of(triple[2]))
        return all(end is not None and self.words.is_entity(end) for end in ends)


def load_graph(store: Store, *, lang: str = "fr") -> Graph:
    """Read a store into memory; `lang` is the language of the ontology's labels."""
    return Graph(store, Words(lang))


def _index(statements: Iterable[Statement]) -> dict[str, tuple[Statement, ...]]:
    """Give the statements that have a thing as subject or object, by its IRI."""
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        for end in dict.fromkeys((statement.subject, statement.goal)):
            if end is not None:
                found.setdefault(end, []).append(statement)
    return {iri: tuple(each) for iri, each in found.items()}


def _judged(store: Store) -> dict[str, str]:
    """Give for each thing that a judgement merges the one that stands for it."""
    rows = store.select(
        f"{_PREFIXES} SELECT ?s ?o {{ ?s kg:sameEntityAs|kg:sameEventAs ?o }} ORDER BY ?s ?o"
    ).rows
    step = {plain(s): plain(o) for s, o in rows}
    merged = {}
    for start in step:
        seen = {start}
        at = start
        while at in step and step[at] not in seen:
            at = step[at]
            seen.add(at)
        merged[start] = at
    return merged


def _many(store: Store, pattern: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    rows = store.select(f"{_PREFIXES} SELECT ?s ?o {{ {pattern} }}").rows
    for subject, value in sorted((plain(s), plain(o)) for s, o in rows):
        found.setdefault(subject, []).append(value)
    return {subject: tuple(values) for subject, values in found.items()}


def _tolls(store: Store) -> dict[str, str]:
    """Name reported tolls by their number: "25 tués", "au moins 101 blessés"."""
    rows = store.select(
        f"""{_PREFIXES} SELECT ?toll ?kind ?least ?most {{
          VALUES (?low ?high ?kind) {{ (kg:killedMin kg:killedMax "tués")
                                      (kg:woundedMin kg:woundedMax "blessés") }}
          ?toll a kg:Toll ; ?low ?least . OPTIONAL {{ ?toll ?high ?most }} }}"""
    ).records()
    named = {}
    for row in rows:
        least, most = int(row["least"]), _number(row["most"])
        kind = row["kind"].removesuffix("s") if max(least, most or 0) < 2 else row["kind"]
        named[row["toll"]] = f"{count_range(least, most)} {kind}"
    return named


def _number(text: str) -> int | None:
    return int(text) if text else None


def count_range(least: int, most: int | None) -> str:
    """Write a number known up to an interval.

    Example:
        >>> count_range(25, 25), count_range(15, 20), count_range(101, None)
        ('25', '15–20', 'au moins 101')
    """
    if most is None:
        return f"au moins {least}"
    return str(least) if least == most else f"{least}–{most}"


def _articles(store: Store) -> dict[str, dict[str, str]]:
    """Give what is known of each article: id, title, date, source, url and text."""
    rows = store.select(
        f"""{_PREFIXES} SELECT ?article ?id ?title ?date ?source ?url ?text {{
          ?article a schema:NewsArticle .
          OPTIONAL {{ ?article kg:articleId ?id }} OPTIONAL {{ ?article schema:headline ?title }}
          OPTIONAL {{ ?article schema:datePublished ?date }}
          OPTIONAL {{ ?article schema:publisher ?source }}
          OPTIONAL {{ ?article schema:url ?url }}
          OPTIONAL {{ ?article schema:articleBody ?text }} }} ORDER BY ?article"""
    ).records()
    return {row["article"]: {key: row[key] for key in row if key != "article"} for row in rows}


def _spans(store: Store, articles: Mapping[str, Mapping[str, str]]) -> dict[str, Span]:
    rows = store.select(
        f"""{_PREFIXES} SELECT ?span ?article ?start ?end ?exact ?sentence {{
          ?span a kg:Span ; kg:article ?article ; oa:start ?start ; oa:end ?end ; oa:exact ?exact .
          OPTIONAL {{ ?span kg:sentence ?sentence }} }}"""
    ).records()
    return {row["span"]: _span(row, articles.get(row["article"], {})) for row in rows}


def _span(row: Mapping[str, str], article: Mapping[str, str]) -> Span:
    start, end = int(row["start"]), int(row["end"])
    sentence = row["sentence"] or row["exact"]
    first = article.get("text", "").find(sentence, max(0, end - len(sentence)))
    at = start - first if 0 <= first <= start else max(0, sentence.find(row["exact"]))
    return Span(
        iri=row["span"],
        article=row["article"],
        start=start,
        end=end,
        exact=row["exact"],
        sentence=sentence,
        at=at,
    )
