"""Dates counted from another event: "deux jours après l'attaque", "une semaine avant le scrutin".

Takes matches and expressions, gives the noun or verb that an offset dates when the clause has a
date of its own, and that date.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from kg.annotate.calendar_rules import OPERATIONS
from kg.annotate.patterns import Match
from kg.annotate.periods import Period, day
from kg.annotate.reckoning import Context
from kg.annotate.time_view import CLIMB, View, head_of
from kg.model import TimeExpression

__all__ = ["date_of_complement", "date_offsets", "is_set_against", "new_complement"]

_NEAR = 5  # how far behind "au lendemain de" its noun can stand
_FAR = 20  # how far behind "après que" its verb can stand
_CLAUSE_DAYS = frozenset(
    {"time:date-full", "time:date-day-month", "time:weekday", "time:weekday-this", "time:deictic"}
)


def date_offsets(
    view: View, matches: Sequence[Match], found: Sequence[TimeExpression]
) -> list[TimeExpression]:
    """Date the attack of "Deux jours après l'attaque, …, la ville a été reprise mardi".

    What the clause tells has its own date further on, so the offset leads back to the complement.
    """
    resolved = list(found)
    for k, (match, offset) in enumerate(zip(matches, found, strict=True)):
        complement = _complement_of(view, match, offset)
        if complement is None:
            continue
        after = _date_of_clause(view, found[k + 1 :], offset, complement)
        if after is None or after.when is None:
            continue
        told = Context(article=after.when.latest, story=after.when.latest)
        if match.rule.op == "story_day":
            told = replace(told, last=None)
        period = date_of_complement(match, told)
        if period is not None:
            when = replace(
                after.when,
                edtf=period.edtf,
                text=view.doc[match.first : match.last].text,
                earliest=period.first,
                latest=period.last,
            )
            resolved[k] = replace(offset, head=complement, when=when, is_future=False)
    return resolved


def _complement_of(view: View, match: Match, offset: TimeExpression) -> int | None:
    """Find what an offset counts from: "deux jours après l'attaque", "au lendemain de la prise"."""
    if match.rule.dates_new and "span" in match.slots:
        return _complement(view, match.last) if offset.head == head_of(view, match) else None
    if match.rule.op != "story_day" or match.rule.dates_new or view.words[match.first] != "au":
        return None
    if view.words[match.last : match.last + 1] not in (["de"], ["du"], ["des"], ["d'"]):
        return None
    for i in range(match.last + 1, min(match.last + _NEAR, len(view.words))):
        if view.pos(i) == "NOUN":
            return i
        if view.pos(i) not in ("DET", "ADJ", "ADP", "NUM"):
            return None
    return None


def _date_of_clause(
    view: View, later: Sequence[TimeExpression], offset: TimeExpression, complement: int | None
) -> TimeExpression | None:
    """Find the day that a sentence gives after an offset and outside what the offset names."""
    for time in later:
        if "." in view.words[offset.last : time.first]:
            break
        if time.kind != "DATE" or time.rule not in _CLAUSE_DAYS or time.when is None:
            continue
        above, i = {time.head}, time.head
        while view.head(i) != i:
            i = view.head(i)
            above.add(i)
        if complement not in above:
            return time
    return None


def new_complement(view: View, match: Match, *, is_dated: bool) -> int | None:
    """Find the noun that "une semaine après un attentat" brings in: it is the one that is dated.

    With a known complement ("deux jours après l'attentat") it is the clause that is dated, unless
    the clause has its date already ("mardi, deux jours après l'attentat").
    """
    at = match.last
    if not match.rule.dates_new or at >= len(view.words):
        return None
    if match.rule.op == "story_day" and view.pos(at) in ("NOUN", "PROPN"):
        return at
    is_new = view.pos(at) == "DET" and view.has(at, "Definite=Ind")
    if is_new or match.rule.op == "story_day":
        return view.head(at) if view.head(at) > at else None
    return _complement(view, at) if is_dated or is_set_against(view, match) else None


def is_set_against(view: View, match: Match) -> bool:
    """Tell "L'audience intervient un mois après l'arrestation": the audience is known, it not."""
    verb = view.head(head_of(view, match))
    return view.lemma(verb) in view.grammar.words.occurring


def _complement(view: View, at: int) -> int | None:
    """Find what "deux jours après" counts from: a noun, or the verb of "après s'être emparé"."""
    if view.pos(at) == "DET":
        return view.head(at) if view.head(at) > at else None
    if view.pos(at) == "SCONJ":  # "un mois après qu'un tribunal l'a condamné"
        return next(
            (i for i in range(at, min(at + _FAR, len(view.words))) if _is_verb(view, i)), None
        )
    for i in range(at, min(at + CLIMB, len(view.words))):
        if view.pos(i) == "VERB":
            return i
        if view.pos(i) in ("PUNCT", "NOUN"):
            break
    return None


def _is_verb(view: View, i: int) -> bool:
    """Tell the verb of a clause, finite by itself or by its helper."""
    return view.pos(i) == "VERB" and any(
        view.has(k, "VerbForm=Fin")
        for k in (i, *view.kids(i))
        if k == i or view.dep(k)[:3] == "aux"
    )


def date_of_complement(match: Match, context: Context) -> Period | None:
    """Reckon back from where the story stands, or the article, to the complement's day."""
    if match.rule.op == "story_day":  # "jeudi, au lendemain d'une frappe"
        last = context.last if context.last and context.last.unit == "day" else None
        told = (last.last or last.known) if last else context.story or context.article
        return day(told - datetime.timedelta(days=match.slots["story"])) if told else None
    anchored = replace(context, story=context.story or context.article, is_future=False)
    inverse = {"later": "earlier", "earlier": "later"}[match.rule.op]
    return OPERATIONS[inverse](match.slots, anchored)
