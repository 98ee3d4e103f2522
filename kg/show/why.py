"""An entity, an event or an edge explained by the sentences it was read from.

Takes a `Graph` and what a person names (a label, an IRI, or "A -> B") and gives the statements that
speak of it, each with its status, who says it, the words, the article and the rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.errors import QueryError
from kg.show.graph import RDF_TYPE, Graph, Span, Statement
from kg.show.names import suggestion
from kg.show.scene import events_between, parts_of, say
from kg.vocab import KG

__all__ = ["Explanation", "Quote", "Reason", "explain", "explanation_lines"]

_ARROW = re.compile(r"\s+(?:->|→|=>)\s+")
_SHOWN = 8  # candidates named in a message at most
# The parts of dates and tolls say nothing that the date and the toll do not say.
_TECHNICAL = frozenset(
    {
        KG.earliestDate, KG.latestDate, KG.dateText, KG.reportedToll,
        KG.killedMax, KG.woundedMax, KG.countMax,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words in their sentence: they stand at `at[0]:at[1]` of `sentence`."""

    sentence: str
    at: tuple[int, int]
    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One statement in words, how firmly it is said, by whom, and where."""

    statement: str
    says: str
    status: str
    sayers: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that the graph holds on one thing; `reasons` go by article, then by place in the text."""

    title: str
    iris: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()


def explain(graph: Graph, thing: str) -> Explanation:
    """Explain an entity, an event or an edge.

    Args:
        graph: The stored graph.
        thing: An IRI, a name in whole or in part (case and accents of the case are ignored), or two
            of them with an arrow between: "États-Unis -> Soleimani".

    Raises:
        QueryError: Nothing has the name, several things have it, or no edge joins the two.
    """
    ends = _ARROW.split(thing.strip())
    if len(ends) == 2:
        return _explain_edge(graph, _find(graph, ends[0]), _find(graph, ends[1]))
    iri = _find(graph, thing.strip())
    own = [each for each in graph.about.get(iri, ()) if each.predicate not in _TECHNICAL]
    return Explanation(title=_title(graph, iri), iris=(iri,), reasons=tuple(_reasons(graph, own)))


def explanation_lines(graph: Graph, explanation: Explanation) -> Iterator[str]:
    """Write an explanation out for a terminal: sentence by sentence, what was read from it.

    The quoted words stand between ⟦ and ⟧. What no article says (knowledge) comes last.
    """
    yield explanation.title
    by_sentence: dict[tuple[str, str], list[tuple[Reason, Quote]]] = {}
    for reason in explanation.reasons:
        for quote in reason.quotes:
            by_sentence.setdefault((quote.article, quote.sentence), []).append((reason, quote))
    told: set[str] = set()
    for (article, sentence), read in sorted(by_sentence.items(), key=_first_place):
        yield ""
        yield f"« {_marked(sentence, [quote.at for _, quote in read])} »"
        yield f"  {_article_line(graph, article)}"
        for reason, quote in read:
            if reason.statement not in told:
                told.add(reason.statement)
                yield f"  {_reason_line(graph, reason)} · caractères {quote.start}–{quote.end}"
    for reason in explanation.reasons:
        if not reason.quotes:
            yield f"  {_reason_line(graph, reason)}"


def _first_place(
    group: tuple[tuple[str, str], Sequence[tuple[Reason, Quote]]],
) -> tuple[str, int]:
    (article, _), read = group
    return article, min(quote.start for _, quote in read)


def _marked(sentence: str, spans: Iterable[tuple[int, int]]) -> str:
    """Put ⟦ ⟧ around the quotes of a sentence; overlapping ones become one."""
    inside = [False] * (len(sentence) + 1)
    for start, end in spans:
        inside[start:end] = [True] * (end - start)
    marked = []
    for index, letter in enumerate([*sentence, ""]):
        before = index > 0 and inside[index - 1]
        if inside[index] and not before:
            marked.append("⟦")
        elif before and not inside[index]:
            marked.append("⟧")
        marked.append(letter)
    return " ".join("".join(marked).split())


def _reason_line(graph: Graph, reason: Reason) -> str:
    status = graph.words.status_label(reason.status)
    said = f" — selon {', '.join(reason.sayers)}" if reason.sayers else ""
    return f"[{status}] {reason.says}{said} · règle {', '.join(reason.rules) or '–'}"


def _article_line(graph: Graph, iri: str) -> str:
    article = graph.articles.get(iri, {})
    known = [article.get(key, "") for key in ("source", "date", "title", "id")]
    return " · ".join(each for each in known if each)


def _explain_edge(graph: Graph, one: str, other: str) -> Explanation:
    stated = [
        each
        for each in graph.about.get(one, ())
        if {each.subject, each.goal} == {one, other} and each.subject != each.goal
    ]
    derived = [edge for edge in graph.direct if (edge[0], edge[2]) == (one, other)]
    words = [graph.words.label(predicate) for _, predicate, _ in derived]
    words += [graph.words.label(each.predicate) for each in stated]
    events = dict.fromkeys(
        event
        for _, predicate, _ in derived
        for event in events_between(graph, one, other, predicate.removeprefix(KG.ns))
    )
    parts = [each for event in events for each in _edge_parts(graph, event, (one, other))]
    if not words:
        names = f"{graph.label(one)!r} to {graph.label(other)!r}"
        raise QueryError(f"no edge leads from {names}. Ask `kg why` for each of them alone.")
    title = f"{graph.label(one)} → {graph.label(other)} : {', '.join(dict.fromkeys(words))}"
    return Explanation(
        title=title, iris=(one, other), reasons=tuple(_reasons(graph, [*stated, *parts]))
    )


def _edge_parts(graph: Graph, event: str, ends: tuple[str, str]) -> Iterator[Statement]:
    """Give what makes an event an edge: its kind, its two parts, and who speaks of it."""
    for each in graph.about[event]:
        is_kind = each.subject == event and each.predicate == RDF_TYPE
        is_place = each.subject == event and each.goal in ends and each.predicate == KG.place
        if is_kind or is_place or (each.goal == event and each.predicate == KG.about):
            yield each
    for entity, statements in parts_of(graph, event):
        if entity in ends:
            yield from statements


def _reasons(graph: Graph, statements: Iterable[Statement]) -> Iterator[Reason]:
    unique = {each.iri: each for each in statements}
    for each in sorted(unique.values(), key=_place):
        yield Reason(
            statement=each.iri,
            says=say(graph, each),
            status=each.status,
            sayers=tuple(graph.label(sayer) for sayer in each.sayers),
            rules=each.rules,
            quotes=tuple(
                Quote(
                    sentence=span.sentence,
                    at=(span.at, span.at + span.end - span.start),
                    article=span.article,
                    start=span.start,
                    end=span.end,
                )
                for span in each.spans
            ),
        )


def _place(statement: Statement) -> tuple[str, int, str, str]:
    first = statement.spans[0].start if statement.spans else -1
    return statement.article or "", first, statement.predicate, statement.iri


def _title(graph: Graph, iri: str) -> str:
    kind = graph.type_of(iri) or ""
    if graph.words.is_event(kind):
        told = graph.mentions.get(iri, ())
        return f"{graph.label(iri)} (« {told[0].exact} »)" if told else graph.label(iri)
    return f"{graph.label(iri)} ({graph.words.of(kind)})" if kind else graph.label(iri)


def _find(graph: Graph, name: str) -> str:
    """Give the IRI of what a person names.

    Raises:
        QueryError: Nothing has the name, or several things do.
    """
    if graph.one(name) in graph.types:
        return graph.one(name)
    wanted = _fold(name)
    found: list[str] = []
    if wanted:
        calls = {iri: _calls(graph, iri, wanted) for iri in graph.types}
        best = max(calls.values(), default=0)
        found = [iri for iri, rank in calls.items() if rank == best > 0]
    if not found:
        known = (each for iri in graph.types for each in graph.names.get(iri, ()))
        raise QueryError(f"{name!r} is nothing in this graph. {suggestion(name, known)}")
    if len(found) > 1:
        raise QueryError(f"{name!r} may mean {_listing(graph, found)}. Give its IRI.")
    return found[0]


def _calls(graph: Graph, iri: str, wanted: str) -> int:
    """Rate how well words name a thing: 3 a whole name, 2 a part of one, 0 not at all.

    An event is also named by words of a sentence that tells of it, if its trigger is among them
    ("l'attaque de décembre"): 1.
    """
    kind = graph.type_of(iri) or ""
    if graph.words.is_entity(kind):
        names = [_fold(each) for each in graph.names.get(iri, ())]
        return 3 if wanted in names else 2 if any(wanted in name for name in names) else 0
    if not graph.words.is_event(kind):
        return 0
    spans = graph.mentions.get(iri, ())
    triggers = [_fold(span.exact) for span in spans]
    if wanted in triggers or any(wanted in trigger for trigger in triggers):
        return 3 if wanted in triggers else 2
    return int(any(_is_around(span, wanted) for span in spans))


def _is_around(span: Span, wanted: str) -> bool:
    """Tell whether the words stand in a quote's sentence around the quote."""
    before, quote = _fold(span.sentence[: span.at]), _fold(span.exact)
    sentence = _fold(span.sentence)
    trigger = sentence.find(quote, max(0, len(before) - 1))
    at = sentence.find(wanted)
    while at >= 0:
        if at <= trigger and trigger + len(quote) <= at + len(wanted):
            return True
        at = sentence.find(wanted, at + 1)
    return False


def _fold(name: str) -> str:
    return " ".join(name.replace("’", "'").split()).casefold()


def _listing(graph: Graph, iris: Sequence[str]) -> str:
    named = [f"{_title(graph, iri)} <{iri}>" for iri in iris[:_SHOWN]]
    more = f" and {len(iris) - _SHOWN} more" if len(iris) > _SHOWN else ""
    return f"{', '.join(named)}{more}"
