"""Statements: the one form in which everything read enters the graph.

Takes subject, predicate, object, status, sources and evidence, and gives triples. A thing said
twice in one article is one statement with two pieces of evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from kg.model import Article, Evidence, Status
from kg.rdf.iris import Iris
from kg.rdf.sentences import SentenceFinder
from kg.rdf.terms import OA, PROV, RDF, language_tag, number, term, text
from kg.vocab import KG, STATUSES

__all__ = ["Said", "StatementWriter", "first_evidence", "weaker"]

# From the firmest to the one that outweighs the others: what is planned has not happened, and what
# is negated or denied of an event holds for all its parts.
_WEAKNESS = (Status.ASSERTED, Status.ALLEGED, Status.PLANNED, Status.DENIED, Status.NEGATED)


def weaker(whole: Status, part: Status) -> Status:
    """Give the status of a part of something: it is no firmer than the whole.

    Example:
        >>> weaker(Status.PLANNED, Status.ASSERTED)
        <Status.PLANNED: 'planned'>
    """
    return max(whole, part, key=_WEAKNESS.index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How a thing is said: how firmly, by whom (IRIs; () for the article) and in which words."""

    status: Status
    sources: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(slots=True)
class _Pending:
    subject: NamedNode
    predicate: NamedNode
    object: NamedNode | Literal
    said: Said
    evidence: dict[Evidence, None] = field(default_factory=dict)


class StatementWriter:
    """Collects the statements of one article and writes them out with their evidence."""

    def __init__(self, article: Article, iris: Iris, run: str) -> None:
        self._article = article
        self._lang = language_tag(article.lang)
        self._iris = iris
        self._iri = iris.article(article.id)
        self._node = NamedNode(self._iri)
        self._run = NamedNode(run)
        self._pending: dict[tuple[str, ...], _Pending] = {}
        self._spans: dict[str, Evidence] = {}

    def state(self, subject: str, predicate: str, goal: str | Literal, said: Said) -> None:
        """Take down one statement; `goal` is an IRI or a literal."""
        key = (subject, predicate, str(goal), said.status, *said.sources)
        pending = self._pending.get(key)
        if pending is None:
            thing = NamedNode(goal) if isinstance(goal, str) else goal
            pending = _Pending(NamedNode(subject), term(predicate), thing, said)
            self._pending[key] = pending
        pending.evidence.update(dict.fromkeys(said.evidence))

    def span(self, evidence: Evidence) -> NamedNode:
        """Give the node of a stretch of the article, which is described in `triples`."""
        iri = self._iris.span(evidence)
        self._spans.setdefault(iri, evidence)
        return NamedNode(iri)

    def triples(self, sentences: Sequence[tuple[int, int]]) -> Iterator[Triple]:
        """Give the triples of all statements and then of all spans they or others used."""
        for key, pending in self._pending.items():
            yield from self._statement(NamedNode(self._iris.statement(self._iri, *key)), pending)
        finder = SentenceFinder(self._article.text, sentences)
        for iri, evidence in self._spans.items():
            yield from self._span(NamedNode(iri), evidence, finder)

    def _statement(self, node: NamedNode, pending: _Pending) -> Iterator[Triple]:
        said = pending.said
        yield Triple(node, term(RDF.type), term(KG.Statement))
        yield Triple(node, term(RDF.type), term(RDF.Statement))
        yield Triple(node, term(RDF.subject), pending.subject)
        yield Triple(node, term(RDF.predicate), pending.predicate)
        yield Triple(node, term(RDF.object), pending.object)
        yield Triple(node, term(KG.status), term(STATUSES[said.status]))
        for source in said.sources or (self._iri,):
            yield Triple(node, term(KG.source), NamedNode(source))
        yield Triple(node, term(KG.article), self._node)
        yield Triple(node, term(PROV.wasGeneratedBy), self._run)
        for rule in dict.fromkeys(evidence.rule for evidence in pending.evidence):
            yield Triple(node, term(KG.rule), text(rule))
        for evidence in pending.evidence:
            yield Triple(node, term(KG.evidence), self.span(evidence))

    def _span(
        self, node: NamedNode, evidence: Evidence, finder: SentenceFinder
    ) -> Iterator[Triple]:
        lang = self._lang
        yield Triple(node, term(RDF.type), term(KG.Span))
        yield Triple(node, term(KG.article), self._node)
        yield Triple(node, term(OA.start), number(evidence.start))
        yield Triple(node, term(OA.end), number(evidence.end))
        yield Triple(node, term(OA.exact), text(evidence.exact, lang))
        start, end = finder.around(evidence.start, evidence.end)
        yield Triple(node, term(KG.sentence), text(self._article.text[start:end], lang))


def first_evidence(*groups: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Give the first group of evidence that holds any, () when none does."""
    for group in groups:
        found = tuple(group)
        if found:
            return found
    return ()
