"""Temporal expressions, resolved against the article's date and the story so far.

Takes an annotation with its parse, gives its time expressions in text order. The words and patterns
are data of `time.yaml`; each rule's `op` names a function here. Conventions follow the evaluation
guidelines: a bare weekday, month or day is the nearest one not after the article unless its verb
speaks of the future; "depuis X" stays open; precision is kept and never invented.

Source: the kinds are those of TimeML (ISO 24617-1), the strings EDTF (ISO 8601-2).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.annotate.calendar_rules import OPERATIONS
from kg.annotate.offsets import (
    date_of_complement,
    date_offsets,
    is_set_against,
    new_complement,
)
from kg.annotate.patterns import Grammar, Match, Scan, find_match, load_grammar
from kg.annotate.periods import Period, day, interval, open_after
from kg.annotate.reckoning import Context
from kg.annotate.time_view import (
    CLIMB,
    View,
    head_of,
    is_due,
    is_future,
    is_looking_back,
    is_present,
    is_told,
    sentence_start,
)
from kg.model import Annotation, Evidence, TimeExpression, When

__all__ = ["find_times"]

_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON", "ADJ", "X", "SYM", "ADV", "DET"})
_FIRST_YEAR, _LAST_YEAR = 1000, 9000
_REACH = 8  # how far before its word of time an expression can begin
_BEFORE_DAY = frozenset({"le", "ce"})
_YEARLESS = frozenset(
    {"date", "day_range", "month", "month_about", "season", "holiday", "eve_of_holiday"}
)
_NAMED_BY_NEXT = frozenset(
    {"time:story-day", "time:same-day", "time:later", "time:earlier", "time:earlier-before"}
)
_NAMING = frozenset(
    {
        "time:date-full",
        "time:date-day-month",
        "time:weekday",
        "time:month",
        "time:month-year",
        "time:month-edge",
    }
)


def find_times(annotation: Annotation, *, lang: str = "fr") -> tuple[TimeExpression, ...]:
    """Find the temporal expressions of an article and resolve those that can be.

    Returns:
        Expressions in text order that never overlap. `when` is None for durations, repetitions and
        clock times, and for dates that need an article date or an earlier date that is not there.
    """
    grammar = load_grammar(lang)
    words = _words(annotation.doc, grammar)
    view = View(words=words, doc=annotation.doc, grammar=grammar, scan=Scan(grammar, words))
    context = Context(article=_usable(annotation.article.date))
    found: list[TimeExpression] = []
    matches: list[Match] = []
    ends = _paragraph_ends(annotation)
    last = 0
    for i in _places(view):
        if i < last:
            continue
        match = _match_at(view, i, found, ends[i])
        if match is None:
            continue
        dated = _has_date(view, match, found)
        expression, period = _resolve(annotation, view, match, context, is_dated=dated)
        found.append(expression)
        matches.append(match)
        if period is not None and match.rule.kind == "DATE":
            moves = _moves_story(view, expression)
            context = context.after(period) if moves else context.beside(period)
            if moves:
                context = replace(context, chronicle=_chronicle(view, match, period, context))
        last = match.last
    return tuple(date_offsets(view, matches, _appositions(view, found)))


def _usable(date: datetime.date | None) -> datetime.date | None:
    """Leave out dates at the ends of the calendar, where no reckoning is possible."""
    return date if date is not None and _FIRST_YEAR <= date.year <= _LAST_YEAR else None


def _places(view: View) -> list[int]:
    """List the tokens near which a word of time or a figure stands, in order."""
    anchors = view.grammar.anchors
    places: list[int] = []
    done = -1
    for i, word in enumerate(view.words):
        if word in anchors or (word[:1].isdigit() and _is_dated(view.words, i)):
            places.extend(range(max(done + 1, i - _REACH), i + 1))
            done = i
    return places


def _is_dated(words: Sequence[str], i: int) -> bool:
    """Tell that a figure may be a date by itself: a year, "3/01/2020", or "le 5"."""
    word = words[i]
    if len(word) == 4 and word.isdigit():
        return True
    return not word.isdigit() or (i > 0 and words[i - 1] in _BEFORE_DAY)


def _appositions(view: View, found: Sequence[TimeExpression]) -> list[TimeExpression]:
    """Let "le lendemain de l'attaque, le 17 février," be the day that the apposition names."""
    resolved = list(found)
    for k in range(len(found) - 1):
        left, right = found[k], found[k + 1]
        if left.rule not in _NAMED_BY_NEXT or right.rule not in _NAMING or right.when is None:
            continue
        gap = view.words[left.last : right.first]
        if gap and gap[-1] == "," and len(gap) <= 6 and gap.count(",") == 1:
            resolved[k] = replace(left, when=right.when, is_future=right.is_future)
    return resolved


def _words(doc: Doc, grammar: Grammar) -> list[str]:
    """Lower-case the words; a capital on a month not after a figure is a name ("de Mars")."""
    words: list[str] = []
    for token in doc:
        word = token.lower_.replace("’", "'")
        if word in grammar.words.classes.month and not token.is_lower:
            after_figure = bool(words) and (words[-1].isdigit() or words[-1] == "1er")
            word = word if after_figure else token.text
        words.append(word)
    return words


def _paragraph_ends(annotation: Annotation) -> list[int]:
    """Give for each token where its paragraph ends: no expression runs over into the next."""
    ends: list[int] = []
    for first, last in annotation.paragraphs:
        ends.extend([last] * (last - first))
    return ends + [len(annotation.doc)] * (len(annotation.doc) - len(ends))


def _match_at(view: View, i: int, found: Sequence[TimeExpression], end: int) -> Match | None:
    """Find the expression that begins at a token, guards included."""

    def accepts(match: Match) -> bool:
        return match.last <= end and _is_allowed(view, match, found)

    return find_match(view.scan, i, accepts=accepts)


def _is_allowed(view: View, match: Match, found: Sequence[TimeExpression]) -> bool:
    """Check a rule's guards on what stands beside the match."""
    rule = match.rule
    if rule.next_not == "noun" and _noun_follows(view, match.last):
        return False
    if rule.next_not == "complement" and _complement_follows(view, match.last):
        return False
    if rule.next_is == "complement" and not _complement_follows(view, match.last):
        return False
    if rule.op == "story_day" and rule.dates_new and not _dates_complement(view, match):
        return False
    if rule.op == "counted_span" and not _is_counted(view, match):
        return False
    if rule.id == "eve-of-event" and _follows_verb(view, match):
        return False
    if rule.not_named and _is_named(view, match):
        return False
    if rule.consecutive and match.slots["year_b"] != match.slots["year"] + 1:
        return False
    return not rule.after_time or _follows_time(view, match, found)


def _is_counted(view: View, match: Match) -> bool:
    """Tell "ont fait 30 morts en deux jours" from "a repris la ville en deux jours"."""
    i = head_of(view, match)
    for _ in range(CLIMB):
        if view.pos(i) in ("VERB", "AUX") or view.head(i) == i:
            break
        i = view.head(i)
    words = view.grammar.words
    counted = words.occurrences | words.casualties
    return not is_future(view, i) and any(
        _counts_happenings(view, k, counted) for k in view.kids(i)
    )


def _follows_verb(view: View, match: Match) -> bool:
    """Tell "s'étaient emparés la veille de deux villages" from "la veille du scrutin"."""
    i = match.first
    return i > 0 and view.words[i] != "à" and view.pos(i - 1) == "VERB"


def _dates_complement(view: View, match: Match) -> bool:
    """Tell "…, au lendemain de la frappe" from "Au lendemain de la frappe, la foule …".

    The one says when the frappe was, the other goes on with a story that has told of it.
    """
    at = match.last
    is_new = (view.pos(at) == "DET" and view.has(at, "Definite=Ind")) or (
        view.words[at - 1] == "d'" and view.pos(at) == "NOUN"
    )
    return is_new or sentence_start(view, match.first) < match.first


def _noun_follows(view: View, at: int) -> bool:
    """Tell that a number counts what comes next ("le 12 pièces", "de 2000 hommes")."""
    if at >= len(view.words):
        return False
    return view.pos(at) in ("NOUN", "PROPN", "NUM") or view.words[at] in ("%", "°")


def _complement_follows(view: View, at: int) -> bool:
    """Tell "deux jours après l'attentat" and "après avoir" from "deux jours après"."""
    if at >= len(view.words):
        return False
    return view.pos(at) in ("DET", "NOUN", "PROPN", "NUM", "PRON", "SCONJ", "ADP", "ADJ") or (
        view.pos(at) in ("AUX", "VERB") and view.has(at, "VerbForm=Inf")
    )


def _is_named(view: View, match: Match) -> bool:
    """Tell a name made of a date ("Mouvement du 23 mars") from a date."""
    at = match.first if view.words[match.first] in ("du", "des", "le") else match.first - 1
    return (
        at > 0
        and view.words[at] in ("du", "des", "le", "de")
        and view.words[at - 1] in view.grammar.words.name_heads
    )


def _follows_time(view: View, match: Match, found: Sequence[TimeExpression]) -> bool:
    """Tell that a bare year goes on with a list of dates ("en 1958, 1977 et 1999")."""
    if not found or found[-1].when is None:
        return False
    between = view.words[found[-1].last : match.first]
    return len(between) <= 1 and all(word in (",", "et", "ou", "puis") for word in between)


def _resolve(
    annotation: Annotation, view: View, match: Match, context: Context, *, is_dated: bool
) -> tuple[TimeExpression, Period | None]:
    """Make the expression of a match, and the period it stands for where there is one."""
    head, period = _reckon(view, match, context, is_dated=is_dated)
    start, end = annotation.starts[match.first], annotation.ends[match.last - 1]
    exact = annotation.article.text[start:end]
    rule = f"time:{match.rule.id}"
    article = context.article
    when, is_ahead = None, is_future(view, head_of(view, match))
    if period is not None:
        is_ahead = article is not None and period.known > article
        when = When(
            edtf=period.edtf,
            text=exact,
            earliest=period.first,
            latest=period.last,
            evidence=Evidence(
                article=annotation.article.id, start=start, end=end, exact=exact, rule=rule
            ),
        )
    expression = TimeExpression(
        start=start,
        end=end,
        first=match.first,
        last=match.last,
        head=head,
        kind=match.rule.kind,
        when=when,
        is_future=is_ahead,
        rule=rule,
    )
    return expression, period


def _reckon(
    view: View, match: Match, context: Context, *, is_dated: bool
) -> tuple[int, Period | None]:
    """Find the token that a match dates and what it means on the calendar."""
    head = head_of(view, match)
    here = replace(context, is_future=is_future(view, head), is_past=is_told(view, head))
    here = replace(here, is_due=is_due(view, head))
    slots = match.slots
    if match.rule.same_year:  # "le 13 novembre de cette année-là"
        last = context.last or (day(context.article) if context.article else None)
        slots = {**slots, "year": last.known.year} if last else slots
    told = new_complement(view, match, is_dated=is_dated)
    if told is not None:
        if is_set_against(view, match):  # what happened then is the news, known from the lead
            news = None if _is_now(view, view.head(head)) else context.news
            here = replace(here, story=news, last=None if news is None else day(news))
        head, period = told, date_of_complement(match, here)
    else:
        period = _in_chronicle(view, match, here) or OPERATIONS[match.rule.op](slots, here)
    if period is not None and match.rule.kind == "DATE":
        period = _since(view, head, period, match.rule.op)
        if match.rule.op in ("since", "since_span") or period.edtf.endswith("/.."):
            period = _close_count(view, head, period, context.article)
    return head, period


def _is_now(view: View, i: int) -> bool:
    """Tell "intervient" from "est intervenu"."""
    return view.has(i, "VerbForm=Fin") and view.has(i, "Tense=Pres")


def _in_chronicle(view: View, match: Match, context: Context) -> Period | None:
    """Read on in a chronicle told in the present: after 2021, "le 27 mars" is that year's.

    "les législatives de novembre" lie before the day that the chronicle has come to.
    """
    told, slots = context.chronicle, match.slots
    if told is None or context.article is None or match.rule.op not in _YEARLESS:
        return None
    if "year" in slots or "direction" in slots or not is_present(view, head_of(view, match)):
        return None
    is_of = view.words[match.first] in ("de", "d'", "du", "des")
    period = OPERATIONS[match.rule.op](slots, replace(context, article=told, is_future=not is_of))
    return period if period is not None and period.known <= context.article else None


def _chronicle(view: View, match: Match, period: Period, context: Context) -> datetime.date | None:
    """Give the day a chronicle comes to: "Le 1er février 2021, l'armée renverse …" opens it."""
    is_opened = match.rule.id == "date-full" or context.chronicle is not None
    is_told = is_opened and is_present(view, head_of(view, match))
    return period.first if is_told else None


def _has_date(view: View, match: Match, found: Sequence[TimeExpression]) -> bool:
    """Tell whether the sentence has given a date before the match."""
    first = sentence_start(view, match.first)
    return any(t.first >= first and t.kind == "DATE" and t.when is not None for t in found)


def _since(view: View, head: int, period: Period, op: str) -> Period:
    """Open a date that says when something began which "depuis" counts from.

    "depuis le début de la crise de 2015" is `2015/..` although "depuis" stands by the beginning.
    """
    if op in ("since", "since_span", "since_unit", "span") or period.edtf.startswith("../"):
        return period
    governor = _governed_by_since(view, head)
    if governor is None:
        return period
    own = governor == head
    return open_after(period) if own or _is_beginning(view, governor) else period


def _is_beginning(view: View, i: int) -> bool:
    return view.lemma(i) in view.grammar.words.beginnings


def _governed_by_since(view: View, head: int) -> int | None:
    """Find the nominal above a date (or the date itself) that "depuis" introduces."""
    i = head
    for _ in range(4):
        for k in view.kids(i):
            if view.words[k] in view.grammar.words.since and view.dep(k) == "case":
                return i
        up = view.head(i)
        if up == i or view.pos(up) not in _NOMINAL:
            return None
        i = up
    return None


def _close_count(view: View, head: int, period: Period, article: datetime.date | None) -> Period:
    """Close "depuis octobre 2019" at the article's date where happenings are counted."""
    if article is None or period.known >= article:
        return period
    i = head
    for _ in range(CLIMB):
        if view.pos(i) in ("VERB", "AUX") or view.head(i) == i:
            break
        i = view.head(i)
    occurrences = view.grammar.words.occurrences
    if any(_counts_happenings(view, k, occurrences) for k in view.kids(i)):
        return interval(replace(period, edtf=period.edtf.split("/")[0]), day(article))
    return period


def _counts_happenings(view: View, i: int, words: frozenset[str]) -> bool:
    """Tell "près de vingt attaques" from "les attaques" and "vingt civils"."""
    if not view.dep(i).startswith(("nsubj", "obj", "obl:arg", "xcomp", "attr")):
        return False
    nearby = [i, *view.kids(i)]
    nearby += [k for kid in nearby[1:] for k in view.kids(kid)]
    numbers = view.grammar.numbers
    counted = any(
        view.pos(k) == "NUM" or view.words[k] in numbers.vague or view.words[k] in numbers.rounds
        for k in nearby
    )
    return counted and any(view.lemma(k) in words for k in nearby)


def _is_far_since(view: View, expression: TimeExpression) -> bool:
    """Tell "depuis son intervention en Syrie le 24 août" by the words alone."""
    for i in range(expression.first - 1, max(expression.first - 8, -1), -1):
        if view.words[i] in view.grammar.words.since:
            return True
        if view.pos(i) in ("VERB", "AUX", "PUNCT"):
            break
    return False


def _moves_story(view: View, expression: TimeExpression) -> bool:
    """Tell whether the story stands on this date now: not for "l'attaque de mardi"."""
    if expression.when is None or expression.is_future or expression.when.earliest is None:
        return False
    head = expression.head
    if _governed_by_since(view, head) not in (None, head) or _is_far_since(view, expression):
        return False
    if is_looking_back(view, head):
        return False
    if view.dep(head) in ("nmod", "amod") and view.words[expression.first] in ("de", "d'", "du"):
        return view.pos(view.head(head)) not in ("NOUN", "PROPN", "PRON")
    return True
