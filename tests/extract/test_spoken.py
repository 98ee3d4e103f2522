"""Speech acts that the words around a quotation tell."""

from __future__ import annotations

from kg.extract.draft import Draft
from tests.extract.tables import drafts_of, named

VOW = (
    "«/punct/3 nous/nsubj/3 attaqueront/ROOT/0 le/det/5 village/obj/3/@village »/punct/3 ,/punct/9 "
    "a/aux:tense/9 affirmé/parataxis:insert/3 le/det/11 maire/nsubj/9/@mayor"
)


def _speeches(table: str) -> list[tuple[str, list[str]]]:
    acts: list[Draft] = [d for d in drafts_of(table) if d.type in ("Promise", "Threat", "Demand")]
    return [(d.type, named(d.agents)) for d in acts]


def test_what_we_are_going_to_strike_is_threatened() -> None:
    """ "« Nous attaquerons le village », a affirmé le maire" threatens."""
    assert _speeches(VOW) == [("Threat", ["mayor"])]


def test_what_others_are_going_to_do_is_only_reported() -> None:
    """ "« Les rebelles attaqueront », a affirmé le maire" neither threatens nor promises."""
    assert _speeches(VOW.replace("nous/nsubj/3", "rebelles/nsubj/3/@rebels")) == []


def test_the_article_itself_vows_nothing() -> None:
    """Without a speaker behind the quotation there is no speech act."""
    assert _speeches("nous/nsubj/2 attaqueront/ROOT/0 le/det/4 village/obj/2/@village") == []
