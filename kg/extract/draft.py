"""What extraction works on before it gives records: events in the making.

Takes nothing, gives mutable drafts private to this stage. Participants are token positions with
the entity they stand for; `Event` records are made of drafts at the very end.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.triggers import Trigger
from kg.model import Count, Status, TimeExpression

__all__ = ["Draft", "Part", "TollFound"]


@dataclass(slots=True)
class Part:
    """A participant in the making: token, entity, and who says so when not the article."""

    token: int
    entity: str
    status: Status = Status.ASSERTED
    by: tuple[str, ...] = ()


@dataclass(slots=True)
class TollFound:
    """A number of dead or wounded read at a token; `group` is the counted noun's token."""

    kind: str
    count: Count
    first: int
    last: int
    group: int | None
    is_part: bool = False
    is_latest: bool = False
    is_earlier: bool = False
    is_vague: bool = False
    is_besides: bool = False  # "a aussi tué trois gardes": besides whom it was for
    is_lone: bool = False  # "son chauffeur a également péri": nobody counts him in words
    rivals: list[Count] = field(default_factory=list)  # what other sources say
    status: Status = Status.ASSERTED
    source: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """An event in the making: one trigger at first, several after merging."""

    trigger: Trigger
    type: str
    mode: str | None
    tokens: list[int]
    triggers: list[Trigger] = field(default_factory=list)
    agents: list[Part] = field(default_factory=list)
    targets: list[Part] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    told: list[TimeExpression] = field(default_factory=list)  # when it was said, not done
    weapons: list[tuple[str, int]] = field(default_factory=list)
    tolls: list[TollFound] = field(default_factory=list)
    count: Count | None = None
    about: Draft | None = None
    status: Status = Status.ASSERTED
    source: tuple[str, ...] = ()
    definiteness: str = ""
    is_plural: bool = False
    ordinal: int | None = None
    is_toll: bool = False
    kills: bool = False  # its words say that those it befell are dead
    is_attempt: bool = False  # "une tentative d'assassinat" kills nobody
    is_generic: bool = False
    inherits: Draft | None = None
    sites: list[int] = field(default_factory=list)
    carriers: list[int] = field(default_factory=list)
    drop: bool = False

    @property
    def token(self) -> int:
        """Give the token of the first trigger."""
        return self.trigger.token
