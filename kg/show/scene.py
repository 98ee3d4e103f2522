"""The picture of a stored graph.

Takes a `Graph` and gives a `Picture`: entities and events as nodes, participations and relations as
edges drawn with the events, derived triples as edges drawn when the events are folded away, each
with the sentences behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten

from pyoxigraph import Literal

from kg.show.dates import short_date
from kg.show.graph import RDF_TYPE, Graph, Statement, count_range
from kg.show.picture import Edge, Node, Picture, Shown, Source
from kg.show.words import derived_from
from kg.vocab import KG

__all__ = ["events_between", "firmest", "parts_of", "picture_of", "say"]

# The firmest first: what one article asserts stands, whatever another merely alleges.
_FIRM = ("asserted", "alleged", "planned", "denied", "negated")
_HIDDEN_CLASSES = frozenset({"Equipment", "Post"})  # shown as notes of what they belong to
_PARTS = (KG.agent, KG.target)
_COUNTS = {
    KG.killedMin: ("tués", KG.killedMax),
    KG.woundedMin: ("blessés", KG.woundedMax),
    KG.countMin: ("nombre", KG.countMax),
}
_EVENT_NOTES = (RDF_TYPE, KG.edtf, KG.weapon, KG.killedMin, KG.woundedMin, KG.countMin)


def picture_of(graph: Graph) -> Picture:
    """Draw up the picture of all entities and events of a graph, in a fixed order."""
    return _Scene(graph).picture()


def firmest(statements: Iterable[Statement]) -> str:
    """Give the firmest status that any of these statements has; without any, "asserted"."""
    return min((each.status for each in statements), key=_FIRM.index, default="asserted")


def say(graph: Graph, statement: Statement) -> str:
    """Put a statement in words: subject, property, object."""
    goal = graph.text_of(statement.object)
    if statement.predicate == RDF_TYPE:
        return graph.words.label(goal_iri) if (goal_iri := statement.goal) else goal
    if statement.predicate == KG.edtf:
        goal = short_date(goal, lang=graph.words.lang)
    label = "date" if statement.predicate == KG.edtf else graph.words.label(statement.predicate)
    if statement.predicate in _COUNTS:
        label, most = _COUNTS[statement.predicate]
        goal = _range([goal], _values(graph, statement, most))
    kind = graph.type_of(statement.subject) or ""
    if not graph.words.is_event(kind):
        return f"{graph.label(statement.subject)} · {label} · {goal}"
    mark = " : " if isinstance(statement.object, Literal) else " · "
    return f"{graph.words.of(kind)} · {label}{mark}{goal}"


def _values(graph: Graph, statement: Statement, predicate: str) -> list[str]:
    """Give what the same article says of the same subject under another property."""
    return [
        graph.text_of(each.object)
        for each in graph.about[statement.subject]
        if each.predicate == predicate and each.article == statement.article
    ]


def events_between(graph: Graph, one: str, other: str, name: str) -> tuple[str, ...]:
    """Give the events behind a derived edge: both take part, and its query speaks of their kind.

    Args:
        graph: The stored graph.
        one: The IRI of the edge's subject.
        other: The IRI of its object.
        name: The local name of the derived property ("attacked").
    """
    wanted = derived_from().get(name)
    theirs = _part_events(graph, other)
    return tuple(
        event
        for event in _part_events(graph, one)
        if event in theirs
        and (not wanted or graph.type_of(event) in wanted)
        and firmest(_kinds(graph, event)) in ("asserted", "alleged")
    )


def _kinds(graph: Graph, event: str) -> list[Statement]:
    return [each for each in graph.about[event] if each.predicate == RDF_TYPE]


def parts_of(graph: Graph, event: str) -> Iterator[tuple[str, tuple[Statement, ...]]]:
    """Give who takes part in an event, as agent, target or victim, with the statements of it."""
    for each in graph.about[event]:
        if each.subject != event or each.goal is None:
            continue
        if each.predicate in _PARTS:
            yield each.goal, (each,)
        elif each.predicate == KG.reportedToll:
            for of in graph.about[each.goal]:
                if of.predicate == KG.victims and of.goal is not None:
                    yield of.goal, (each, of)


def _part_events(graph: Graph, entity: str) -> dict[str, None]:
    found: dict[str, None] = {}
    for each in graph.about.get(entity, ()):
        if each.predicate in _PARTS:
            found[each.subject] = None
        elif each.predicate == KG.victims:
            tolls = graph.about[each.subject]
            found |= {of.subject: None for of in tolls if of.predicate == KG.reportedToll}
    return found


class _Scene:
    """Draws up the picture of one graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._words = graph.words
        kinds = {iri: graph.type_of(iri) or "" for iri in graph.types}
        self._entities = [
            iri
            for iri, kind in kinds.items()
            if self._words.is_entity(kind) and kind not in _HIDDEN_CLASSES
        ]
        self._events = [iri for iri, kind in kinds.items() if self._words.is_event(kind)]
        self._are_events = frozenset(self._events)
        self._drawn = {*self._entities, *self._events}
        self._edtf = {
            each.subject: graph.text_of(each.object)
            for each in graph.statements
            if each.predicate == KG.edtf
        }

    def picture(self) -> Picture:
        """Give the picture; things that nothing ties or states are left out."""
        stated = tuple(self._stated_edges())
        drawn = {(edge.origin, edge.goal) for edge in stated}
        victims = [edge for edge in self._victim_edges() if (edge.origin, edge.goal) not in drawn]
        edges = (*stated, *victims, *self._post_edges(), *self._direct_edges())
        told = {end for edge in edges for end in (edge.origin, edge.goal)}
        nodes = [self._entity(iri) for iri in self._entities if self._is_told(iri, told)]
        nodes += [self._event(iri) for iri in self._events]
        shown = [s for each in self._graph.statements for s in self._shown(each)]
        return Picture(
            articles=tuple(self._article(iri) for iri in self._graph.articles),
            nodes=tuple(nodes),
            edges=edges,
            statements=tuple(shown),
            type_labels=self._words.labels(),
        )

    def _is_told(self, iri: str, told: set[str]) -> bool:
        """Tell whether an entity is drawn: something ties it, or a post says who it is."""
        own = self._graph.about.get(iri, ())
        return iri in told or any(each.predicate == KG.holdsPost for each in own)

    def _article(self, iri: str) -> Source:
        known = self._graph.articles[iri]
        opening = shorten(known["text"], width=90, placeholder="…")
        return Source(
            iri=iri,
            title=known["title"] or opening or known["id"],
            date=known["date"] or None,
            source=known["source"] or None,
            url=known["url"] or None,
        )

    def _entity(self, iri: str) -> Node:
        own = self._graph.about.get(iri, ())
        posts = [each for each in own if each.predicate == KG.holdsPost and each.subject == iri]
        return Node(
            iri=iri,
            kind="entity",
            type=self._graph.type_of(iri) or "",
            label=self._graph.label(iri),
            names=self._graph.names.get(iri, ()),
            notes=tuple((self._words.of("Post"), self._post(each)) for each in posts),
            statements=self._keys(posts),
        )

    def _post(self, statement: Statement) -> str:
        post = statement.goal or ""
        holders = self._graph.about.get(post, ())
        bodies = [each.goal for each in holders if each.predicate == KG.postIn and each.goal]
        inside = f" ({', '.join(self._graph.label(body) for body in bodies)})" if bodies else ""
        return self._graph.label(post) + inside

    def _event(self, iri: str) -> Node:
        own = [each for each in self._graph.about.get(iri, ()) if each.subject == iri]
        kinds = [each for each in own if each.predicate == RDF_TYPE]
        status = firmest(kinds)
        edtf = self._edtf.get(iri)
        return Node(
            iri=iri,
            kind="event",
            type=self._graph.type_of(iri) or "",
            label=self._card(iri, status, edtf),
            names=self._graph.names.get(iri, ()),
            status=status,
            edtf=edtf,
            earliest=min(self._texts(own, KG.earliestDate), default=None),
            latest=max(self._texts(own, KG.latestDate), default=None),
            notes=tuple(self._notes(own)),
            statements=self._keys([each for each in own if each.predicate in _EVENT_NOTES]),
        )

    def _card(self, iri: str, status: str, edtf: str | None) -> str:
        """Write an event's card: what, when, and how firmly when it is not asserted."""
        what = self._graph.kind_of(iri)
        rows = [what[:1].upper() + what[1:]]
        if edtf is not None:
            rows.append(short_date(edtf, lang=self._words.lang))
        if status != "asserted":
            rows.append(self._words.status_label(status))
        return "\n".join(rows)

    def _texts(self, own: Iterable[Statement], predicate: str) -> list[str]:
        return [self._graph.text_of(each.object) for each in own if each.predicate == predicate]

    def _notes(self, own: Sequence[Statement]) -> Iterator[tuple[str, str]]:
        values: dict[str, list[str]] = {}
        for each in own:
            values.setdefault(each.predicate, []).append(self._graph.text_of(each.object))
        for predicate in (KG.mode, KG.weapon):
            if predicate in values:
                yield self._words.label(predicate), ", ".join(dict.fromkeys(values[predicate]))
        for least, (name, most) in _COUNTS.items():
            if least in values:
                yield name, _range(values[least], values.get(most, []))

    def _stated_edges(self) -> Iterator[Edge]:
        groups: dict[tuple[str, str, str], list[Statement]] = {}
        for each in self._graph.statements:
            goal = each.goal
            is_drawn = goal in self._drawn and each.subject in self._drawn
            if is_drawn and goal != each.subject and each.predicate != RDF_TYPE:
                groups.setdefault((each.subject, each.predicate, goal or ""), []).append(each)
        for (subject, predicate, goal), statements in sorted(groups.items()):
            is_part = subject in self._are_events or goal in self._are_events
            # An agent points at what it does, so that agent, event and target read in a row.
            ends = (goal, subject) if predicate == KG.agent else (subject, goal)
            status = firmest(statements)
            yield Edge(
                id=f"{subject} {predicate} {goal}",
                origin=ends[0],
                goal=ends[1],
                type=predicate.removeprefix(KG.ns),
                label=self._words.label(predicate),
                view="events" if is_part else "both",
                status=status,
                by=self._sayers(each for each in statements if each.status == status),
                statements=self._keys(statements),
            )

    def _victim_edges(self) -> Iterator[Edge]:
        """Tie an event to those whom a reported toll counts."""
        for event in self._events:
            for entity, statements in parts_of(self._graph, event):
                if statements[-1].predicate == KG.victims and entity in self._drawn:
                    yield Edge(
                        id=f"{event} {statements[-1].iri}",
                        origin=event,
                        goal=entity,
                        type="victims",
                        label=self._words.of("victims"),
                        view="events",
                        status=statements[0].status,
                        by=self._sayers(statements[:1]),
                        statements=self._keys(statements),
                    )

    def _post_edges(self) -> Iterator[Edge]:
        """Tie who holds a post to the body it is in, with the post's name on the edge."""
        for held in self._graph.statements:
            if held.predicate != KG.holdsPost or held.subject not in self._drawn:
                continue
            for inside in self._graph.about.get(held.goal or "", ()):
                is_other = inside.goal in self._drawn and inside.goal != held.subject
                if inside.predicate == KG.postIn and is_other:
                    yield Edge(
                        id=f"{held.iri} {inside.iri}",
                        origin=held.subject,
                        goal=inside.goal or "",
                        type="holdsPost",
                        label=self._graph.label(held.goal or ""),
                        view="both",
                        status=held.status,
                        by=self._sayers([held]),
                        statements=self._keys([held, inside]),
                    )

    def _direct_edges(self) -> Iterator[Edge]:
        """Give one edge for each pair and status, with all that one did to the other."""
        groups: dict[tuple[str, str, str], list[str]] = {}
        known = set(self._graph.direct)
        for subject, predicate, goal in self._graph.direct:
            is_second = subject > goal and (goal, predicate, subject) in known  # holds both ways
            if is_second or subject not in self._drawn or goal not in self._drawn:
                continue
            name = predicate.removeprefix(KG.ns)
            status = "alleged" if name.startswith("alleged") else "asserted"
            groups.setdefault((subject, goal, status), []).append(name)
        for (subject, goal, status), names in groups.items():
            events = dict.fromkeys(
                event
                for name in names
                for event in events_between(self._graph, subject, goal, name)
            )
            parts = [
                each
                for event in events
                for entity, statements in parts_of(self._graph, event)
                for each in statements
                if entity in (subject, goal)
            ]
            yield Edge(
                id=f"{subject} {status} {goal}",
                origin=subject,
                goal=goal,
                type=names[0],
                label=", ".join(self._words.of(name) for name in names),
                view="direct",
                status=status,
                by=self._sayers(parts) if status == "alleged" else (),
                events=tuple(events),
                statements=self._keys(parts),
            )

    def _sayers(self, statements: Iterable[Statement]) -> tuple[str, ...]:
        sayers = dict.fromkeys(sayer for each in statements for sayer in each.sayers)
        return tuple(self._graph.label(sayer) for sayer in sayers)

    def _keys(self, statements: Iterable[Statement]) -> tuple[str, ...]:
        return tuple(f"{each.iri}#{n}" for each in statements for n in range(len(each.spans)))

    def _shown(self, statement: Statement) -> Iterator[Shown]:
        edtf = self._edtf.get(statement.subject)
        for number, span in enumerate(statement.spans):
            yield Shown(
                key=f"{statement.iri}#{number}",
                says=say(self._graph, statement),
                status=statement.status,
                article=span.article,
                sentence=span.sentence,
                start=span.at,
                end=span.at + span.end - span.start,
                rule=", ".join(statement.rules),
                source=tuple(self._graph.label(sayer) for sayer in statement.sayers),
                date=edtf,
            )


def _range(least: Sequence[str], most: Sequence[str]) -> str:
    return count_range(min(map(int, least)), max(map(int, most), default=None))
