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
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.annotate.calendar_rules import OPERATIONS, Context
from kg.annotate.patterns import Grammar, Match, Scan, find_match, load_grammar
from kg.annotate.periods import Period, day, interval, open_after
from kg.model import Annotation, Evidence, TimeExpression, When

__all__ = ["find_times"]

_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON", "ADJ", "X", "SYM", "ADV", "DET"})
_WEAK = frozenset({"case", "det", "punct", "mark", "advmod", "cc", "fixed"})
_CLIMB = 8
_FIRST_YEAR, _LAST_YEAR = 1000, 9000
_REACH = 8  # how far before its word of time an expression can begin
_BEFORE_DAY = frozenset({"le", "ce"})
_NAMED_BY_NEXT = frozenset({"time:story-day", "time:same-day"})
_NAMING = frozenset({"time:date-full", "time:date-day-month", "time:weekday"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """The words of an article, and its parse for the few tokens that are looked at."""

    words: Sequence[str]
    doc: Doc
    grammar: Grammar
    scan: Scan

    def pos(self, i: int) -> str:
        """Give the part of speech of a token."""
        return self.doc[i].pos_

    def dep(self, i: int) -> str:
        """Give the syntactic function of a token."""
        return self.doc[i].dep_

    def head(self, i: int) -> int:
        """Give the position of a token's head, its own for a root."""
        return self.doc[i].head.i

    def kids(self, i: int) -> list[int]:
        """Give the positions of a token's dependents."""
        return [kid.i for kid in self.doc[i].children]

    def lemma(self, i: int) -> str:
        """Give the lower-case lemma of a token."""
        return self.doc[i].lemma_.lower()

    def has(self, i: int, feature: str) -> bool:
        """Tell whether a token carries a feature such as "Tense=Fut"."""
        return feature in str(self.doc[i].morph)


def find_times(annotation: Annotation, *, lang: str = "fr") -> tuple[TimeExpression, ...]:
    """Find the temporal expressions of an article and resolve those that can be.

    Returns:
        Expressions in text order that never overlap. `when` is None for durations, repetitions and
        clock times, and for dates that need an article date or an earlier date that is not there.
    """
    grammar = load_grammar(lang)
    words = _words(annotation.doc, grammar)
    view = _View(words=words, doc=annotation.doc, grammar=grammar, scan=Scan(grammar, words))
    context = Context(article=_usable(annotation.article.date))
    found: list[TimeExpression] = []
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
        if period is not None and match.rule.kind == "DATE":
            moves = _moves_story(view, expression)
            context = context.after(period) if moves else context.beside(period)
        last = match.last
    return tuple(_appositions(view, found))


def _usable(date: datetime.date | None) -> datetime.date | None:
    """Leave out dates at the ends of the calendar, where no reckoning is possible."""
    return date if date is not None and _FIRST_YEAR <= date.year <= _LAST_YEAR else None


def _places(view: _View) -> list[int]:
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


def _appositions(view: _View, found: Sequence[TimeExpression]) -> list[TimeExpression]:
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


def _match_at(view: _View, i: int, found: Sequence[TimeExpression], end: int) -> Match | None:
    """Find the expression that begins at a token, guards included."""

    def accepts(match: Match) -> bool:
        return match.last <= end and _is_allowed(view, match, found)

    return find_match(view.scan, i, accepts=accepts)


def _is_allowed(view: _View, match: Match, found: Sequence[TimeExpression]) -> bool:
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
    if rule.not_named and _is_named(view, match):
        return False
    if rule.consecutive and match.slots["year_b"] != match.slots["year"] + 1:
        return False
    return not rule.after_time or _follows_time(view, match, found)


def _dates_complement(view: _View, match: Match) -> bool:
    """Tell "…, au lendemain de la frappe" from "Au lendemain de la frappe, la foule …".

    The one says when the frappe was, the other goes on with a story that has told of it.
    """
    at = match.last
    is_new = (view.pos(at) == "DET" and view.has(at, "Definite=Ind")) or (
        view.words[at - 1] == "d'" and view.pos(at) == "NOUN"
    )
    return is_new or _sentence_start(view, match.first) < match.first


def _noun_follows(view: _View, at: int) -> bool:
    """Tell that a number counts what comes next ("le 12 pièces", "de 2000 hommes")."""
    if at >= len(view.words):
        return False
    return view.pos(at) in ("NOUN", "PROPN", "NUM") or view.words[at] in ("%", "°")


def _complement_follows(view: _View, at: int) -> bool:
    """Tell "deux jours après l'attentat" and "après avoir" from "deux jours après"."""
    if at >= len(view.words):
        return False
    return view.pos(at) in ("DET", "NOUN", "PROPN", "NUM", "PRON", "SCONJ", "ADP") or (
        view.pos(at) in ("AUX", "VERB") and view.has(at, "VerbForm=Inf")
    )


def _is_named(view: _View, match: Match) -> bool:
    """Tell a name made of a date ("Mouvement du 23 mars") from a date."""
    at = match.first if view.words[match.first] in ("du", "des", "le") else match.first - 1
    return (
        at > 0
        and view.words[at] in ("du", "des", "le", "de")
        and view.words[at - 1] in view.grammar.words.name_heads
    )


def _follows_time(view: _View, match: Match, found: Sequence[TimeExpression]) -> bool:
    """Tell that a bare year goes on with a list of dates ("en 1958, 1977 et 1999")."""
    if not found or found[-1].when is None:
        return False
    between = view.words[found[-1].last : match.first]
    return len(between) <= 1 and all(word in (",", "et", "ou", "puis") for word in between)


def _resolve(
    annotation: Annotation, view: _View, match: Match, context: Context, *, is_dated: bool
) -> tuple[TimeExpression, Period | None]:
    head = _head(view, match)
    is_future = _is_future(view, head)
    here = replace(context, is_future=is_future, is_past=_is_told(view, head))
    slots = match.slots
    if match.rule.same_year:  # "le 13 novembre de cette année-là"
        last = context.last or (day(context.article) if context.article else None)
        slots = {**slots, "year": last.known.year} if last else slots
    told = _new_complement(view, match, is_dated=is_dated)
    if told is not None:
        head, period = told, _date_of_complement(match, here)
    else:
        period = OPERATIONS[match.rule.op](slots, here)
    if period is not None and match.rule.kind == "DATE":
        period = _since(view, head, period, match.rule.op)
        if match.rule.op in ("since", "since_span") or period.edtf.endswith("/.."):
            period = _close_count(view, head, period, context.article)
    start, end = annotation.starts[match.first], annotation.ends[match.last - 1]
    exact = annotation.article.text[start:end]
    rule = f"time:{match.rule.id}"
    when = None
    if period is not None:
        evidence = Evidence(
            article=annotation.article.id, start=start, end=end, exact=exact, rule=rule
        )
        when = When(
            edtf=period.edtf,
            text=exact,
            earliest=period.first,
            latest=period.last,
            evidence=evidence,
        )
    article = context.article
    ahead = period is not None and article is not None and period.known > article
    expression = TimeExpression(
        start=start,
        end=end,
        first=match.first,
        last=match.last,
        head=head,
        kind=match.rule.kind,
        when=when,
        is_future=ahead or (period is None and is_future),
        rule=rule,
    )
    return expression, period


def _sentence_start(view: _View, i: int) -> int:
    """Find where the sentence of a token begins, by its punctuation."""
    while i > 0 and view.words[i - 1] not in (".", "!", "?", "…") and "\n" not in view.words[i - 1]:
        i -= 1
    return i


def _has_date(view: _View, match: Match, found: Sequence[TimeExpression]) -> bool:
    """Tell whether the sentence has given a date before the match."""
    first = _sentence_start(view, match.first)
    return any(t.first >= first and t.kind == "DATE" and t.when is not None for t in found)


def _new_complement(view: _View, match: Match, *, is_dated: bool) -> int | None:
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
    if not is_new and match.rule.op != "story_day" and not (is_dated and view.pos(at) == "DET"):
        return None
    return view.head(at) if view.head(at) > at else None


def _date_of_complement(match: Match, context: Context) -> Period | None:
    """Reckon back from where the story stands, or the article, to the complement's day."""
    if match.rule.op == "story_day":  # "jeudi, au lendemain d'une frappe"
        last = context.last if context.last and context.last.unit == "day" else None
        told = (last.last or last.known) if last else context.story or context.article
        return day(told - datetime.timedelta(days=match.slots["story"])) if told else None
    anchored = replace(context, story=context.story or context.article, is_future=False)
    inverse = {"later": "earlier", "earlier": "later"}[match.rule.op]
    return OPERATIONS[inverse](match.slots, anchored)


def _head(view: _View, match: Match) -> int:
    """Find the token of a match whose own head lies outside it, a noun or adverb before others."""
    best = match.first
    for i in range(match.first, match.last):
        head = view.head(i)
        if match.first <= head < match.last and head != i:
            continue
        if view.dep(i) not in _WEAK:
            return i
        best = i
    return best


def _is_future(view: _View, i: int) -> bool:
    """Tell whether the verb that governs a token speaks of what is to come."""
    for _ in range(_CLIMB):
        if view.pos(i) in ("VERB", "AUX") or any(view.dep(k) == "cop" for k in view.kids(i)):
            return _is_future_verb(view, i)
        up = view.head(i)
        if up == i:
            return False
        i = up
    return False


def _is_future_verb(view: _View, i: int) -> bool:
    words = view.grammar.words
    helpers = [k for k in view.kids(i) if view.dep(k).startswith(("aux", "cop"))]
    if any(_has_future_form(view, k) for k in (i, *helpers)):
        return True
    lemma = view.lemma(i)
    if view.has(i, "VerbForm=Part") and not helpers:
        return lemma in words.future_participles
    if any(view.lemma(k) in words.future_finite and not _is_past(view, k) for k in helpers):
        return True
    passive = bool(helpers) and all(
        view.dep(k) == "aux:pass" and view.has(k, "VerbForm=Inf") for k in helpers
    )
    if passive or (view.has(i, "VerbForm=Inf") and not helpers):
        up = view.head(i)
        return (
            up != i
            and view.lemma(up) in words.future_heads
            and (view.lemma(up) not in words.future_finite or not _is_past(view, up))
        )
    if view.has(i, "VerbForm=Part"):  # "est prévu mardi"
        is_passive = any(view.dep(k) == "aux:pass" for k in helpers)
        return is_passive and lemma in words.future_participles and len(helpers) == 1
    if lemma in words.future_present and not helpers:
        return view.has(i, "Tense=Pres") and view.has(i, "Mood=Ind")
    return lemma in words.future_finite and not _is_past(view, i)


def _has_future_form(view: _View, i: int) -> bool:
    """Tell "rouvrira" by its tag or, where the tagger errs, by its ending."""
    if view.has(i, "Tense=Fut"):
        return True
    words, form = view.grammar.words, view.words[i]
    return (
        form.endswith(words.future_endings)
        and form not in words.future_not
        and view.has(i, "VerbForm=Fin")
    )


def _is_told(view: _View, i: int) -> bool:
    """Tell whether the verb that governs a token tells of the past."""
    for _ in range(_CLIMB):
        if view.pos(i) in ("VERB", "AUX"):
            return _is_past(view, i) or any(view.dep(k) == "aux:tense" for k in view.kids(i))
        up = view.head(i)
        if up == i:
            break
        i = up
    return False


def _is_past(view: _View, i: int) -> bool:
    return view.has(i, "Tense=Imp") or view.has(i, "Tense=Past")


def _since(view: _View, head: int, period: Period, op: str) -> Period:
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


def _is_beginning(view: _View, i: int) -> bool:
    return view.lemma(i) in view.grammar.words.beginnings


def _governed_by_since(view: _View, head: int) -> int | None:
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


def _close_count(view: _View, head: int, period: Period, article: datetime.date | None) -> Period:
    """Close "depuis octobre 2019" at the article's date where happenings are counted."""
    if article is None or period.known >= article:
        return period
    i = head
    for _ in range(_CLIMB):
        if view.pos(i) in ("VERB", "AUX") or view.head(i) == i:
            break
        i = view.head(i)
    if any(_counts_happenings(view, k) for k in view.kids(i)):
        return interval(replace(period, edtf=period.edtf.split("/")[0]), day(article))
    return period


def _counts_happenings(view: _View, i: int) -> bool:
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
    return counted and any(view.lemma(k) in view.grammar.words.occurrences for k in nearby)


def _is_far_since(view: _View, expression: TimeExpression) -> bool:
    """Tell "depuis son intervention en Syrie le 24 août" by the words alone."""
    for i in range(expression.first - 1, max(expression.first - 8, -1), -1):
        if view.words[i] in view.grammar.words.since:
            return True
        if view.pos(i) in ("VERB", "AUX", "PUNCT"):
            break
    return False


def _moves_story(view: _View, expression: TimeExpression) -> bool:
    """Tell whether the story stands on this date now: not for "l'attaque de mardi"."""
    if expression.when is None or expression.is_future or expression.when.earliest is None:
        return False
    head = expression.head
    if _governed_by_since(view, head) not in (None, head) or _is_far_since(view, expression):
        return False
    if view.dep(head) in ("nmod", "amod") and view.words[expression.first] in ("de", "d'", "du"):
        return view.pos(view.head(head)) not in ("NOUN", "PROPN", "PRON")
    return True
