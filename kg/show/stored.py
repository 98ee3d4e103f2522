"""Fact lines out of a store, article by article, as `kg export -f facts` writes them.

Takes a store and gives the fact lines that its statements amount to. Ids are numbered anew in the
order of the text; what a reading knows and the graph does not keep (the order of places and of
weapons) is put in a fixed order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from kg.show.graph import RDF_TYPE, Graph, Statement, load_graph
from kg.show.scene import firmest
from kg.store.base import Store, plain
from kg.vocab import KG, MODES

__all__ = ["stored_facts"]

_LINKS = {KG.inRetaliationFor, KG.causes, KG.partOfEvent}
_PLACES = ("Facility", "Place", "State")  # from the most specific class to the widest
_MODES = {iri: mode for mode, iri in MODES.items()}


def stored_facts(store: Store) -> dict[str, str]:
    """Give for each article id the text of its `facts/ID.jsonl`."""
    graph = load_graph(store)
    names = _names_by_article(store, graph)
    found: dict[str, str] = {}
    for iri, article in graph.articles.items():
        lines = _ArticleFacts(graph, iri, names.get(iri, {})).lines()
        text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        found[article["id"]] = text
    return found


def _names_by_article(store: Store, graph: Graph) -> dict[str, dict[str, list[str]]]:
    """Give the names that each article uses for each thing, the longest first."""
    rows = store.select(
        """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        PREFIX schema: <https://schema.org/>
        SELECT ?article ?thing ?name {
          GRAPH ?graph { ?article a schema:NewsArticle .
                         ?thing skos:prefLabel|skos:altLabel ?name } }"""
    ).rows
    found: dict[str, dict[str, list[str]]] = {}
    for article, thing, name in rows:
        own = found.setdefault(plain(article), {})
        own.setdefault(graph.one(plain(thing)), []).append(plain(name))
    for own in found.values():
        for names in own.values():
            names.sort(key=lambda name: (-len(name), name))
    return found


class _ArticleFacts:
    """The fact lines of one article."""

    def __init__(self, graph: Graph, article: str, names: dict[str, list[str]]) -> None:
        self._graph = graph
        self._article = article
        self._names = names
        self._own = [each for each in graph.statements if each.article == article]
        self._by: dict[str, list[Statement]] = {}
        for each in self._own:
            self._by.setdefault(each.subject, []).append(each)
        events = [
            each.subject
            for each in self._own
            if each.predicate == RDF_TYPE and self._is_event(each.subject)
        ]
        ordered = sorted(dict.fromkeys(events), key=lambda iri: (self._first(iri), iri))
        self._ids = {iri: f"e{number}" for number, iri in enumerate(ordered, 1)}

    def lines(self) -> list[dict[str, Any]]:
        """Give events, relations and links, each in the order of the text."""
        events = [self._event(iri) for iri in self._ids]
        rest = sorted(self._own, key=lambda each: (_start(each), each.predicate, each.iri))
        relations = [self._relation(each) for each in rest if self._is_relation(each)]
        links = [self._link(each) for each in rest if each.predicate in _LINKS]
        return [*events, *relations, *links]

    def _is_event(self, iri: str | None) -> bool:
        return self._graph.words.is_event(self._graph.type_of(iri or "") or "")

    def _is_relation(self, each: Statement) -> bool:
        is_between = not self._is_event(each.subject) and each.goal is not None
        is_part = each.predicate in (KG.postIn, KG.victims, RDF_TYPE)
        return is_between and not is_part and each.subject in self._graph.types

    def _first(self, iri: str) -> int:
        own = [span.start for span in self._spans(iri)]
        return min(own, default=0)

    def _spans(self, iri: str) -> list[Any]:
        spans = self._graph.mentions.get(iri, ())
        return [span for span in spans if span.article == self._article]

    def _called(self, iri: str) -> list[str]:
        own = self._names.get(iri, [])
        return list(dict.fromkeys([self._graph.label(iri), *own]))

    def _event(self, iri: str) -> dict[str, Any]:
        own = self._by[iri]
        status = firmest(each for each in own if each.predicate == RDF_TYPE)
        mode = self._goals(own, KG.mode)
        about = [self._ids[goal] for goal in self._goals(own, KG.about) if goal in self._ids]
        line: dict[str, Any] = {
            "kind": "event",
            "id": self._ids[iri],
            "type": self._graph.type_of(iri),
        }
        if mode:
            line["mode"] = _MODES[mode[0]]
        line["mentions"] = [{"start": span.start, "end": span.end} for span in self._spans(iri)]
        line["agents"] = self._parts(own, KG.agent, status)
        line["targets"] = self._parts(own, KG.target, status)
        places = sorted(self._goals(own, KG.place), key=self._width)
        line["places"] = [self._called(place) for place in places]
        line["date"] = next(iter(self._texts(own, KG.edtf)), None)
        count = self._range(own, KG.countMin, KG.countMax)
        if count is not None:
            line["count"] = count
        line["weapons"] = sorted(self._graph.label(goal) for goal in self._goals(own, KG.weapon))
        line["killed"] = self._range(own, KG.killedMin, KG.killedMax)
        line["wounded"] = self._range(own, KG.woundedMin, KG.woundedMax)
        if about:
            line["about"] = about[0]
        line["status"] = status
        line["source"] = self._sayers(each for each in own if each.predicate == RDF_TYPE)
        return line

    def _parts(self, own: list[Statement], role: str, status: str) -> list[dict[str, Any]]:
        parts = []
        for each in sorted(own, key=lambda each: (_start(each), each.iri)):
            if each.predicate != role or each.goal is None:
                continue
            # A part is no firmer than its event: only a firm event's part can be weaker than it.
            is_own = status in ("asserted", "alleged") or each.status != status
            part: dict[str, Any] = {
                "names": self._called(each.goal),
                "status": each.status if is_own else "asserted",
            }
            by = self._sayers([each])
            if by and is_own and each.status in ("alleged", "denied"):
                part["by"] = by
            parts.append(part)
        return parts

    def _width(self, place: str) -> tuple[int, str]:
        kind = self._graph.type_of(place) or ""
        return _PLACES.index(kind) if kind in _PLACES else 1, self._graph.label(place)

    def _relation(self, each: Statement) -> dict[str, Any]:
        goal = each.goal or ""
        line: dict[str, Any] = {
            "kind": "relation",
            "type": each.predicate.removeprefix(KG.ns),
            "subject": self._called(each.subject),
            "object": self._called(goal),
        }
        if each.predicate == KG.holdsPost:
            bodies = self._goals(self._by.get(goal, []), KG.postIn)
            line["org"] = self._called(bodies[0]) if bodies else None
        return line | self._said(each)

    def _link(self, each: Statement) -> dict[str, Any]:
        ends = {"from": self._ids.get(each.subject), "to": self._ids.get(each.goal or "")}
        line = {"kind": "link", "type": each.predicate.removeprefix(KG.ns), **ends}
        said = self._said(each)
        del said["source"]
        return line | said

    def _said(self, each: Statement) -> dict[str, Any]:
        return {
            "status": each.status,
            "source": self._sayers([each]),
            "mentions": [{"start": span.start, "end": span.end} for span in each.spans],
        }

    def _sayers(self, statements: Iterable[Statement]) -> list[str] | None:
        sayers = dict.fromkeys(sayer for each in statements for sayer in each.sayers)
        names = [name for sayer in sayers for name in self._called(sayer)]
        return names or None

    def _goals(self, own: list[Statement], predicate: str) -> list[str]:
        return sorted(each.goal for each in own if each.predicate == predicate and each.goal)

    def _texts(self, own: list[Statement], predicate: str) -> list[str]:
        return [self._graph.text_of(each.object) for each in own if each.predicate == predicate]

    def _range(self, own: list[Statement], least: str, most: str) -> dict[str, int | None] | None:
        low, high = self._texts(own, least), self._texts(own, most)
        if not low:
            return None
        return {"min": int(low[0]), "max": int(high[0]) if high else None}


def _start(statement: Statement) -> int:
    return statement.spans[0].start if statement.spans else 0
