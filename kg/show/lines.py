"""The form of fact lines, checked at the edge.

Takes JSON objects (gold answers, a language model's answers, exported facts) and gives checked
records, or an error that names the line. The form is that of the evaluation guidelines: three kinds
of line, `event`, `relation` and `link`; unknown keys are errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kg.errors import ReadError
from kg.model import LinkType, RelationType, Status

__all__ = [
    "CountLine",
    "EventLine",
    "FactLine",
    "LinkLine",
    "MentionLine",
    "ParticipantLine",
    "RelationLine",
    "check_lines",
]

Names = Annotated[tuple[str, ...], Field(min_length=1)]


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MentionLine(_Line):
    """Where a fact stands: offsets, or the trigger inside words copied from the article."""

    start: int | None = None
    end: int | None = None
    trigger: str | None = None
    context: str | None = None


class CountLine(_Line):
    """A number known up to an interval, open when `max` is null."""

    min: int
    max: int | None


class ParticipantLine(_Line):
    """Somebody's part in an event, with how firmly it is said and by whom."""

    names: Names
    status: Status = Status.ASSERTED
    by: tuple[str, ...] = ()


class EventLine(_Line):
    """A line of kind `event`."""

    kind: Literal["event"]
    id: str
    type: str
    mentions: tuple[MentionLine, ...]
    mode: str | None = None
    agents: tuple[ParticipantLine, ...] = ()
    targets: tuple[ParticipantLine, ...] = ()
    places: tuple[Names, ...] = ()
    date: str | None = None
    weapons: tuple[str, ...] = ()
    killed: CountLine | None = None
    wounded: CountLine | None = None
    count: CountLine | None = None
    about: str | None = None
    status: Status = Status.ASSERTED
    source: tuple[str, ...] | None = None


class RelationLine(_Line):
    """A line of kind `relation`; `org` goes with `holdsPost` alone."""

    kind: Literal["relation"]
    type: RelationType
    subject: Names
    object: Names
    mentions: tuple[MentionLine, ...]
    org: Names | None = None
    status: Status = Status.ASSERTED
    source: tuple[str, ...] | None = None


class LinkLine(_Line):
    """A line of kind `link`, from one event of the article to another."""

    kind: Literal["link"]
    type: LinkType
    origin: str = Field(alias="from")
    goal: str = Field(alias="to")
    mentions: tuple[MentionLine, ...]
    status: Status = Status.ASSERTED
    source: tuple[str, ...] | None = None


FactLine = EventLine | RelationLine | LinkLine
_ADAPTER: TypeAdapter[FactLine] = TypeAdapter(Annotated[FactLine, Field(discriminator="kind")])


def check_lines(lines: Iterable[Mapping[str, Any]], *, name: str) -> tuple[FactLine, ...]:
    """Check fact lines; `name` says in messages where they come from.

    Raises:
        ReadError: A line is not of the form; the message names the line and what is wrong.
    """
    checked = []
    for number, line in enumerate(lines, 1):
        try:
            checked.append(_ADAPTER.validate_python(line))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise ReadError(f"{name}, line {number}: {where or 'line'}: {first['msg']}") from error
    return tuple(checked)
