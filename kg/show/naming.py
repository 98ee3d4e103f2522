"""Entities made out of lists of names.

Takes the checked fact lines of one article, which know participants by their names only, and gives
entities: lists with the same first name are one, and a list is merged into the only other one that
holds all its names. What class an entity is of follows from the part it plays; known actors keep
the class that `kg/knowledge/` gives them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.model import Article, Entity, EntityClass, Evidence
from kg.resources import knowledge_file, read_csv
from kg.show.lines import EventLine, FactLine, RelationLine

__all__ = ["Naming"]

_SUBJECT_CLASSES = {
    "holdsPost": EntityClass.PERSON,
    "leads": EntityClass.PERSON,
    "deputyOf": EntityClass.PERSON,
    "stationedAt": EntityClass.ARMED_FORCE,
    "memberOf": EntityClass.ARMED_GROUP,
    "locatedIn": EntityClass.PLACE,
}
_OBJECT_CLASSES = {
    "memberOf": EntityClass.COALITION,
    "locatedIn": EntityClass.PLACE,
    "stationedAt": EntityClass.PLACE,
    "supportedBy": EntityClass.STATE,
    "deputyOf": EntityClass.PERSON,
}


class Naming:
    """The entities of one article's fact lines, and which list of names means which."""

    def __init__(self, article: Article, lines: Sequence[FactLine], *, rule: str) -> None:
        parts = [names for names, _ in _name_lists(lines)]
        self._groups = _merge(parts, _sayers(lines))
        classes = _classes(lines, self._groups)
        self.entities = tuple(
            Entity(
                id=f"x{number}",
                cls=classes.get(number, EntityClass.POPULATION_GROUP),
                names=names,
                mentions=_occurrences(article, names, rule),
            )
            for number, names in enumerate(self._groups.names, 1)
        )

    def entity_of(self, names: Sequence[str]) -> str:
        """Give the id of the entity that a list of names of these lines means."""
        return f"x{self._groups.number(names)}"

    def entities_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """Give the ids of those a flat list of names speaks of (`by`, `source`), in its order."""
        return tuple(f"x{number}" for number in self._groups.numbers(tuple(names)))


class _Groups:
    """Lists of names put together, numbered from 1 in the order of their first appearance."""

    def __init__(self, names: list[tuple[str, ...]], homes: dict[str, int]) -> None:
        self.names = names
        self._homes = homes
        self._any: dict[str, int] = {}
        for number, group in enumerate(names, 1):
            for name in group:
                self._any.setdefault(_key(name), number)

    def number(self, names: Sequence[str]) -> int:
        return self._homes[_key(names[0])]

    def numbers(self, names: tuple[str, ...]) -> tuple[int, ...]:
        found: dict[int, None] = {}
        group: set[str] = set()
        for key in map(_key, names):
            if key in group:
                continue  # a further name of the one just named
            number = self._homes.get(key) or self._any.get(key)
            if number is not None:
                found[number] = None
                group = {_key(name) for name in self.names[number - 1]}
        return tuple(found)


def _key(name: str) -> str:
    return " ".join(name.replace("’", "'").split()).casefold()


def _name_lists(lines: Iterable[FactLine]) -> Iterator[tuple[tuple[str, ...], EntityClass | None]]:
    """Give every list of names with the class that its place in the line suggests."""
    for line in lines:
        if isinstance(line, EventLine):
            for participant in (*line.agents, *line.targets):
                yield participant.names, None
            for place in line.places:
                yield place, EntityClass.PLACE
        elif isinstance(line, RelationLine):
            yield line.subject, _SUBJECT_CLASSES.get(line.type)
            if line.type != "holdsPost":
                yield line.object, _OBJECT_CLASSES.get(line.type)
            if line.org:
                yield line.org, None


def _sayers(lines: Iterable[FactLine]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        if line.source:
            yield line.source
        if isinstance(line, EventLine):
            for participant in (*line.agents, *line.targets):
                if participant.by:
                    yield participant.by


def _merge(parts: Iterable[tuple[str, ...]], sayers: Iterable[tuple[str, ...]]) -> _Groups:
    """Put lists of names together: same first name, or all names inside one other list's."""
    lists: dict[str, dict[str, str]] = {}
    for part in parts:
        _add(lists, part)
    known = {key for names in lists.values() for key in names}
    for sayer in sayers:
        unknown = tuple(name for name in sayer if _key(name) not in known)
        if unknown:
            _add(lists, unknown)
    groups, homes = lists, {first: first for first in lists}
    while len(merged := _merge_once(groups, homes)) < len(groups):
        groups = merged
    numbers = {first: number for number, first in enumerate(groups, 1)}
    found = [tuple(group.values()) for group in groups.values()]
    return _Groups(found, {first: numbers[home] for first, home in homes.items()})


def _merge_once(
    groups: dict[str, dict[str, str]], homes: dict[str, str]
) -> dict[str, dict[str, str]]:
    """Join groups that mean the same and note in `homes` where each first name now lives."""
    roots: dict[str, str] = {}
    for first in groups:
        wider = [other for other in groups if other != first and _is_inside(first, other, groups)]
        if len(wider) == 1 and _is_name(groups[first][first]):
            _join(roots, first, wider[0], order=list(groups))
    merged: dict[str, dict[str, str]] = {}
    for first, names in groups.items():
        group = merged.setdefault(_root(roots, first), {})
        for key, name in names.items():
            group.setdefault(key, name)
    for first, home in homes.items():
        homes[first] = _root(roots, home)
    return merged


def _add(lists: dict[str, dict[str, str]], names: tuple[str, ...]) -> None:
    group = lists.setdefault(_key(names[0]), {})
    for name in names:
        group.setdefault(_key(name), name)


def _is_inside(first: str, other: str, lists: dict[str, dict[str, str]]) -> bool:
    """Tell whether another list holds this first name and means the same by it."""
    names, wider = lists[first], lists[other]
    if first not in wider:
        return False
    return other in names or (names.keys() <= wider.keys() and wider[other][:1].isupper())


def _root(roots: dict[str, str], first: str) -> str:
    while first in roots:
        first = roots[first]
    return first


def _join(roots: dict[str, str], left: str, right: str, *, order: list[str]) -> None:
    """Make the earlier of two lists' roots the root of both."""
    ends = {_root(roots, left), _root(roots, right)}
    if len(ends) == 2:
        early, late = sorted(ends, key=order.index)
        roots[late] = early


def _is_name(name: str) -> bool:
    """Tell whether a name is a proper one; common nouns ("bases") never merge two lists."""
    return any(character.isupper() for character in name)


def _classes(lines: Sequence[FactLine], groups: _Groups) -> dict[int, EntityClass]:
    classes: dict[int, EntityClass] = {}
    known = _known_classes()
    for names, cls in _name_lists(lines):
        for number in groups.numbers(names[:1]):
            if number not in classes and _key(names[0]) in known:
                classes[number] = known[_key(names[0])]
            elif cls is not None:
                classes.setdefault(number, cls)
    return classes


def _known_classes() -> dict[str, EntityClass]:
    path = knowledge_file("actors.csv")
    if not path.is_file():
        return {}
    known: dict[str, EntityClass] = {}
    for row in read_csv(path):
        for name in row["names"].split(";"):
            known.setdefault(_key(name), EntityClass(row["cls"]))
    return known


def _occurrences(article: Article, names: Sequence[str], rule: str) -> tuple[Evidence, ...]:
    """Find where the text uses any of the names, the longest first, never overlapping."""
    taken: list[tuple[int, int]] = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        start = article.text.find(name)
        while start >= 0:
            end = start + len(name)
            if all(end <= left or right <= start for left, right in taken):
                taken.append((start, end))
            start = article.text.find(name, end)
    return tuple(
        Evidence(article=article.id, start=start, end=end, exact=article.text[start:end], rule=rule)
        for start, end in sorted(taken)
    )
