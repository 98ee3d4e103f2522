"""What the relations of one article are written into: ends resolved, each relation once.

Takes tokens and rules from the readers of `relations.py` and `places.py`, gives `Relation` records.
It knows which entity a token stands for as the end of a relation, and of what kind it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.cast import Cast
from kg.extract.nominals import NounReader
from kg.extract.relation_rules import RelationRule, RelationRules
from kg.extract.tree import Tree
from kg.model import (
    Annotation,
    Entity,
    EntityClass,
    Evidence,
    Mention,
    Relation,
    RelationType,
    Status,
)

__all__ = ["Found", "Ledger"]

_POLITICAL = ("affiliatedWith", "supportedBy", "rivalOf", "leads", "memberOf")
_FIRMEST_FIRST = (Status.ASSERTED, Status.ALLEGED, Status.PLANNED, Status.DENIED, Status.NEGATED)


@dataclass(slots=True)
class Found:
    """A relation in the making; `mentions` grows as the article says it again."""

    type: RelationType
    subject: str
    object: str | None
    post: tuple[str, ...]
    org: str | None
    status: Status
    mentions: list[Evidence] = field(default_factory=list)


class Ledger:
    """Collects the relations of one article; `cast.extra` grows by states that adjectives name."""

    def __init__(
        self,
        annotation: Annotation,
        tree: Tree,
        cast: Cast,
        rules: RelationRules,
        nouns: NounReader,
    ) -> None:
        self.tree = tree
        self.cast = cast
        self.rules = rules
        self.nouns = nouns
        self._found: dict[tuple[str, str, str], Found] = {}
        self._states: dict[str, str] = {
            entity.key or entity.country or "": entity.id
            for entity in annotation.entities
            if entity.cls is EntityClass.STATE
        }

    def records(self) -> Iterator[Relation]:
        """Give the records in text order of their first mention."""
        kept = [found for key, found in self._found.items() if not self._is_mere_rank(key, found)]
        ordered = sorted(kept, key=lambda found: found.mentions[0].start)
        for number, found in enumerate(ordered, start=1):
            yield Relation(
                id=f"r{number}",
                type=found.type,
                subject=found.subject,
                object=found.object,
                mentions=tuple(found.mentions),
                post=found.post,
                org=found.org,
                status=found.status,
            )

    def _is_mere_rank(self, key: tuple[str, str, str], found: Found) -> bool:
        """Tell the rank of somebody who has an office: "le gouverneur, le colonel X"."""
        ranks = self.rules.lists["ranks"]
        if found.type != "holdsPost" or found.org is not None or key[2] not in ranks:
            return False
        return any(
            other.type == "holdsPost" and other.subject == found.subject and rest not in ranks
            for (_, _, rest), other in self._found.items()
        )

    def fits(self, i: int, classes: tuple[str, ...]) -> bool:
        """Tell whether a token may be one of some classes of thing; no classes allow anything."""
        if not classes or not self.nouns.kinds(i).isdisjoint(classes):
            return True
        if "people" not in self.nouns.kinds(i) or not {"armed", "force"} & set(classes):
            return False
        return self.tree.lemma[i] in self.rules.armed_nouns

    def is_capital(self, i: int, rule: RelationRule) -> bool:
        """Tell a capital that stands for its state ("allié de Damas")."""
        return (
            rule.type in _POLITICAL
            and self.tree.text[i] in self.rules.capitals
            and "place" in self.nouns.kinds(i)
        )

    def state(self, iso3: str, i: int) -> str:
        """Give the entity of a state that only an adjective speaks of, made if need be."""
        held = self._states.get(iso3)
        if held is not None:
            return held
        name = self.rules.state_names.get(iso3, iso3)
        entity = Entity(
            id=f"s{iso3}",
            cls=EntityClass.STATE,
            names=(name,),
            key=iso3,
            country=iso3,
            mentions=(self.cast.quote(i, i + 1, "origin"),),
        )
        self.cast.extra[entity.id] = self.cast.entities[entity.id] = entity
        self._states[iso3] = entity.id
        return entity.id

    def end(self, i: int, rule: RelationRule) -> str | None:
        """Give a token's entity; "en territoire nigérian" is Nigeria, Damascus as an ally Syria."""
        mention = self.nouns.covering(i)
        is_land = self.tree.lemma[i] in self.rules.lists["lands"] and not self.nouns.is_named(i)
        if is_land and mention is not None and mention.country is not None:
            return self.state(mention.country, i)
        if self.is_capital(i, rule):
            return self.state(self.rules.capitals[self.tree.text[i]], i)
        return self.cast.entity(i)

    def add(
        self, rule: RelationRule, i: int, left: int, right: int, *, status: Status = Status.ASSERTED
    ) -> None:
        """Enter a relation between what two tokens stand for, if they stand for somebody."""
        subject, obj = self.end(left, rule), self.end(right, rule)
        if subject is not None and obj is not None:
            self.put(rule, i, subject, obj, status)

    def put(self, rule: RelationRule, i: int, subject: str, obj: str, status: Status) -> None:
        """Enter a relation between two entities, unless they are one or a state lies in a place."""
        if subject != obj and not self._is_upside_down(rule, subject, obj):
            found = Found(rule.type, subject, obj, (), None, status)
            self.keep((rule.type, subject, obj), found, (i, i + 1), rule)

    def _is_upside_down(self, rule: RelationRule, subject: str, obj: str) -> bool:
        """Tell a known state, or a person, that would lie in a place."""
        inner, outer = self.cast.entities[subject], self.cast.entities[obj]
        is_state = inner.cls is EntityClass.STATE and bool(inner.key)
        is_land = outer.cls is EntityClass.STATE
        return rule.type == "locatedIn" and (
            inner.cls is EntityClass.PERSON or (is_state and not is_land)
        )

    def keep(
        self, key: tuple[str, str, str], found: Found, trigger: tuple[int, int], rule: RelationRule
    ) -> None:
        """Enter a relation, or its mention where the article has said it before."""
        held = self._found.setdefault(key, found)
        held.mentions.append(self.cast.quote(*trigger, rule.id))
        if _FIRMEST_FIRST.index(found.status) < _FIRMEST_FIRST.index(held.status):
            held.status = found.status
        held.post = tuple(dict.fromkeys((*held.post, *found.post)))
        held.org = held.org or found.org

    def is_place_noun(self, i: int) -> bool:
        """Tell a noun that comes before the name of a place ("province")."""
        return self.tree.lemma[i] in self.rules.lists["place_nouns"]

    def is_known_place(self, i: int) -> bool:
        """Tell a place with a name of its own, "la province de Dohar" included."""
        if self.nouns.is_named(i):
            return True
        mention = self.nouns.covering(i)
        return mention is not None and self.bears_name(mention)

    def bears_name(self, mention: Mention) -> bool:
        """Tell "la province de Dohar" from "la province"."""
        inside = range(mention.head + 1, mention.last)
        return self.is_place_noun(mention.head) and any(self.tree.pos[k] == "PROPN" for k in inside)

    def is_place(self, i: int) -> bool:
        """Tell a real place from "sur place" and "à la frontière"."""
        return self.tree.lemma[i] not in self.rules.lists["no_places"]

    def is_direction(self, i: int) -> bool:
        """Tell "le nord", "le centre", which are no place by themselves."""
        return self.tree.lower[i] in self.rules.lists["directions"]

    def is_placed(self, i: int) -> bool:
        """Tell that a wider place is known by name or by its state ("en territoire nigérian")."""
        mention = self.nouns.covering(i)
        is_land = self.tree.lemma[i] in self.rules.lists["lands"]
        return (is_land and mention is not None and mention.country is not None) or (
            self.is_known_place(i)
        )
