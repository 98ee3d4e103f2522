"""Participants told together, known apart: "les deux camps", "les armées malienne et tchadienne".

Takes drafts with the participants their sentences give, puts in place of such a plural those it
stands for.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.draft import Draft, Part
from kg.model import Annotation

__all__ = ["part_sides"]


def part_sides(drafts: Iterable[Draft], annotation: Annotation) -> None:
    """Replace plural participants of drafts by the entities they stand for, in place."""
    members = {m.entity: m.members for m in annotation.mentions if m.members}
    if not members:
        return
    for draft in drafts:
        draft.agents = _parted(draft.agents, members)
        draft.targets = _parted(draft.targets, members)


def _parted(parts: list[Part], members: dict[str, tuple[str, ...]]) -> list[Part]:
    found: dict[str, Part] = {}
    for part in parts:
        for entity in members.get(part.entity, (part.entity,)):
            own = Part(token=part.token, entity=entity, status=part.status, by=part.by)
            found.setdefault(entity, own)
    return list(found.values())
