"""The records that the stages exchange; no stage imports another, all import these.

Takes nothing and gives frozen dataclasses. Offsets are half-open `[start, end)` in code points of
`Article.text`; token positions are half-open `[first, last)` in the article's spaCy `Doc`. The form
follows the fact lines of the evaluation guidelines, so that a gold answer and a system's answer are
the same records.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = [
    "Annotation",
    "Article",
    "Count",
    "Entity",
    "EntityClass",
    "Event",
    "Evidence",
    "Link",
    "LinkType",
    "Mention",
    "Participant",
    "Quantity",
    "Reading",
    "Relation",
    "RelationType",
    "Sentence",
    "Skipped",
    "Status",
    "TimeExpression",
    "Toll",
    "Weapon",
    "When",
]


class Status(StrEnum):
    """How firmly a thing is said: by the article, by somebody, denied, negated or planned."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    DENIED = "denied"
    NEGATED = "negated"
    PLANNED = "planned"


class EntityClass(StrEnum):
    """The classes of the ontology that an entity can have (local names of `kg:` terms)."""

    PERSON = "Person"
    ARMED_GROUP = "ArmedGroup"
    COALITION = "Coalition"
    STATE = "State"
    INSTITUTION = "Institution"
    ARMED_FORCE = "ArmedForce"
    POPULATION_GROUP = "PopulationGroup"
    PLACE = "Place"
    FACILITY = "Facility"
    EQUIPMENT = "Equipment"


RelationType = Literal[
    "memberOf", "leads", "partOf", "supportedBy", "holdsPost", "deputyOf",
    "affiliatedWith", "rivalOf", "locatedIn", "stationedAt",
]  # fmt: skip
LinkType = Literal["inRetaliationFor", "causes", "partOfEvent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as read: the exact text and what is known about it.

    `text` is never altered after reading; every offset points into it. `id` is made of file-name
    characters only and names `facts/ID.jsonl`.
    """

    id: str
    text: str
    title: str | None = None
    date: datetime.date | None = None
    source: str | None = None
    url: str | None = None
    lang: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """An input that gave no article, with the reason; nothing vanishes silently."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words something was read from: `exact == article.text[start:end]`, and the rule."""

    article: str
    start: int
    end: int
    exact: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number known up to an interval; `max` is None when it is open ("plus de 100")."""

    min: int
    max: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date with the precision the text gives.

    `edtf` is the EDTF string ("2020-01-03", "2020-01", "2019-10/2020-02-13", "2020-01~",
    "2016/.."). `earliest` and `latest` are its calendar bounds, both set or both None (open
    intervals).
    """

    edtf: str
    text: str
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that names or describes an entity.

    `head` is the token that carries the mention's syntactic function. `names` holds the surface
    variants fit for display, the fullest first (no determiner, no relative clause). `key` is the
    knowledge key of a known actor or place. `country` is the ISO 3166 alpha-3 code the mention is
    tied to ("l'armée irakienne" gives IRQ). `entity` is the id of the article's entity that
    coreference put it in ("" before coreference). `members` are the ids of the entities a plural
    stands for together ("les deux camps"), empty when it speaks of one.
    """

    start: int
    end: int
    first: int
    last: int
    head: int
    kind: Literal["name", "nominal", "pronoun"]
    cls: EntityClass
    names: tuple[str, ...]
    key: str | None = None
    country: str | None = None
    count: Count | None = None
    entity: str = ""
    rule: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """A temporal expression resolved against the article's date and the story so far.

    `head` is the token that attaches the expression to its clause. `kind` follows TimeML: DATE,
    DURATION ("pendant trois jours"), TIME ("à 20 h 45"), SET ("chaque jour"). `when` is None when
    the expression cannot be resolved. `is_future` tells that it points after the article's date.
    """

    start: int
    end: int
    first: int
    last: int
    head: int
    kind: Literal["DATE", "DURATION", "TIME", "SET"]
    when: When | None
    is_future: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number expression; `head` is the token it counts ("25 combattants": combattants)."""

    start: int
    end: int
    first: int
    last: int
    count: Count
    head: int | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Who or what an article speaks of; `names[0]` is the canonical name.

    `key` ties it to `kg/knowledge/`; without one it is known by this article alone. `mentions` are
    all the places in the text that speak of it. `count` is the size of a counted group.
    """

    id: str
    cls: EntityClass
    names: tuple[str, ...]
    key: str | None = None
    country: str | None = None
    count: Count | None = None
    mentions: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """An article with its parse and what was recognised in it, ready for extraction.

    `doc` is one spaCy Doc for the whole article (paragraphs parsed apart, then joined); token `i`
    stands at `starts[i]:ends[i]` of `article.text`, and its text is exactly that slice.
    `paragraphs` are half-open token ranges; `title` is the paragraph index of a headline, if any.
    """

    article: Article
    doc: Doc
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    paragraphs: tuple[tuple[int, int], ...]
    title: int | None = None
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An entity's part in an event: how firmly it is said, and by whom when not by the article."""

    entity: str
    status: Status = Status.ASSERTED
    by: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weapon:
    """What was used: the lemma as written, singular ("roquette Katioucha"), and where it stands."""

    name: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """One reported number of dead or wounded; all reported tolls are kept side by side."""

    kind: Literal["killed", "wounded"]
    count: Count
    evidence: Evidence
    of: str | None = None
    status: Status = Status.ASSERTED
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of an article, told once or several times; entity fields hold entity ids.

    `type` is a local name of an event class, `mode` only for attacks. `places` go from the most
    specific to the widest. `killed` and `wounded` are the latest totals; `tolls` all of them.
    `source` says whose word it is when `status` is not asserted. `about` is an event id.
    """

    id: str
    type: str
    mentions: tuple[Evidence, ...]
    mode: str | None = None
    agents: tuple[Participant, ...] = ()
    targets: tuple[Participant, ...] = ()
    places: tuple[str, ...] = ()
    when: When | None = None
    weapons: tuple[Weapon, ...] = ()
    killed: Count | None = None
    wounded: Count | None = None
    tolls: tuple[Toll, ...] = ()
    count: Count | None = None
    about: str | None = None
    status: Status = Status.ASSERTED
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A standing relation between two entities; `org` only for `holdsPost`.

    For `holdsPost`, `post` holds the post's names ("général") and `object` is None.
    """

    id: str
    type: RelationType
    subject: str
    object: str | None
    mentions: tuple[Evidence, ...]
    post: tuple[str, ...] = ()
    org: str | None = None
    status: Status = Status.ASSERTED
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A tie between two events of one article, from the later or smaller to the other."""

    id: str
    type: LinkType
    origin: str
    goal: str
    mentions: tuple[Evidence, ...]
    status: Status = Status.ASSERTED
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the article; `is_title` marks the headline."""

    start: int
    end: int
    is_title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one article says, closed: every id used is defined here."""

    article: Article
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    links: tuple[Link, ...] = ()
    sentences: tuple[Sentence, ...] = field(default=())
