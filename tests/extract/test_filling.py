"""What may stand in a role, and what it becomes there."""

from __future__ import annotations

import pytest

from tests.extract.tables import drafts_of, named

# Ambiguous words are read where an article is at war.
WAR = "les/det/2 soldats/nsubj/3/@army recule/ROOT/0"


@pytest.mark.parametrize(
    ("noun", "found"),
    [("village/obj/4/@village", ["village"]), ("bilan/obj/4", []), ("quarante/obj/4", [])],
    ids=["a place", "an account", "a bare number"],
)
def test_only_what_can_be_hit_is_a_target(noun: str, found: list[str]) -> None:
    """Nothing can be done to an account or to a number."""
    drafts = drafts_of(
        f"les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 attaqué/ROOT/0 {noun}", WAR
    )
    assert [named(d.targets) for d in drafts if d.type == "Attack"] in ([found], [])


def test_a_bare_thing_does_nothing() -> None:
    """ "Le pont a bombardé le village": no bridge is an agent."""
    drafts = drafts_of(
        "le/det/2 pont/nsubj/4/@bridge a/aux:tense/4 bombardé/ROOT/0 le/det/6 village/obj/4/@village",
        WAR,
    )
    assert all("bridge" not in named(d.agents) for d in drafts)
