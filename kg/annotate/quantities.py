"""Numbers in an article as intervals, each tied to the noun it counts.

Takes an annotation with its parse, gives its quantities in text order. Words and phrases are data
of `numbers.yaml`; the intervals are those of the evaluation guidelines. What a number measures
(years, kilometres, money, percentages, ages, dates, hours, labels) is kept apart by the rule's
name: "measure:…" instead of "count:…".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.annotate.numbers import Number, NumberWords, load_number_words, number_at
from kg.model import Annotation, Count, Quantity

__all__ = ["find_quantities", "is_count"]

_COUNTED = frozenset({"NOUN", "PROPN"})
_QUALIFYING = frozenset({"ADJ", "VERB"})
_FAR = 6
_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrases:
    """Phrases by their first or last word, so that a token costs one look-up."""

    before: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    after: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    starters: frozenset[str]
    measures: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """The token attributes that are looked at, as lists."""

    words: Sequence[str]
    pos: Sequence[str]
    participle: Sequence[bool]
    table: NumberWords
    phrases: _Phrases


def find_quantities(annotation: Annotation, *, lang: str = "fr") -> tuple[Quantity, ...]:
    """Find the numbers of an article, as intervals, with the token each one counts.

    Returns:
        Quantities in text order that never overlap; empty for an empty article. The rule says how
        the interval came about ("count:nearly") or what is measured ("measure:money").
    """
    doc = annotation.doc
    table = load_number_words(lang)
    view = _View(
        words=[token.lower_.replace("’", "'") for token in doc],
        pos=[token.pos_ for token in doc],
        participle=["VerbForm=Part" in str(token.morph) for token in doc],
        table=table,
        phrases=_phrases(lang),
    )
    found: list[Quantity] = []
    i, size = 0, len(view.words)
    starters = view.phrases.starters
    while i < size:
        word = view.words[i]
        if not (word in starters or word[:1].isdigit() or _is_spelled(word, table)):
            i += 1
            continue
        quantity = _read(annotation, view, i)
        if quantity is None:
            i += 1
            continue
        found.append(quantity)
        i = quantity.last
    return tuple(found)


def is_count(quantity: Quantity) -> bool:
    """Tell whether a quantity counts something, rather than measuring or labelling it."""
    return quantity.rule.startswith("count")


def _read(annotation: Annotation, view: _View, i: int) -> Quantity | None:
    """Read the quantity that begins at a token: modifier, number or range, what it counts."""
    words, table = view.words, view.table
    if words[i] in table.vague and not _is_plural_round(view, i):
        low, high = table.vague[words[i]]
        return _make(annotation, view, (i, i + 1), Count(min=low, max=high), "count:vague")
    if words[i] in table.none_before or words[i] in table.without:
        return _nothing(annotation, view, i)
    modifier, at = _modifier(view, i)
    ranged = _between(view, at) if modifier is None else None
    if ranged is not None:
        count, end = ranged
        return _make(annotation, view, (i, end), count, "count:range")
    number = number_at(words, at, table) if at < len(words) else None
    if number is None:
        return None
    if _is_pronoun_one(view, at, number):
        return None
    if modifier == "nearly" and number.value <= _FEW and not number.is_noun:
        return None  # "près d'un bus", "près de deux villages": where, not how many
    pair = _pair(view, at, number)
    if pair is not None:
        second, end = pair
        count = Count(min=min(number.low, second.low), max=max(number.low, second.low))
        return _make(annotation, view, (i, end), count, "count:range")
    end = number.end
    if modifier is None:
        modifier, end = _modifier_after(view, end)
    rule = f"count:{modifier or ('round' if number.is_round else 'number')}"
    return _make(
        annotation, view, (i, end), _interval(number, modifier, table), rule, number=number
    )


def _is_spelled(word: str, table: NumberWords) -> bool:
    """Tell that a hyphenated word begins with a number word ("vingt-cinq")."""
    return "-" in word and word.partition("-")[0] in table.words


def _is_plural_round(view: _View, i: int) -> bool:
    """Tell "plusieurs centaines de" from "plusieurs hommes"."""
    return number_at(view.words, i, view.table) is not None


def _is_pronoun_one(view: _View, at: int, number: Number) -> bool:
    """Tell "l'un des chefs", "les uns", which count nothing, from "un soldat"."""
    if number.end != at + 1 or number.value != 1 or number.is_figure or number.is_round:
        return False
    return view.pos[at] == "PRON" or (at > 0 and view.words[at - 1] in ("l'", "les", "quelques"))


def _modifier(view: _View, i: int) -> tuple[str | None, int]:
    """Match the longest phrase before a number ("près d'"), give its kind and where it ends."""
    for phrase, kind in view.phrases.before.get(view.words[i], ()):
        end = i + len(phrase)
        if tuple(view.words[i:end]) == phrase:
            return kind, end
    return None, i


def _modifier_after(view: _View, end: int) -> tuple[str | None, int]:
    if end >= len(view.words):
        return None, end
    for phrase, kind in view.phrases.after.get(view.words[end], ()):
        stop = end + len(phrase)
        # "sept au moins", but "sept environ cent" belongs to what follows
        if tuple(view.words[end:stop]) == phrase and (
            stop >= len(view.words) or number_at(view.words, stop, view.table) is None
        ):
            return kind, stop
    return None, end


def _between(view: _View, i: int) -> tuple[Count, int] | None:
    """Read "entre 10 et 20" and "de 10 à 20"."""
    words, table = view.words, view.table
    joint = {"entre": "et", "de": "à"}.get(words[i])
    if joint is None or i + 1 >= len(words):
        return None
    first = number_at(words, i + 1, table)
    if first is None or first.end + 1 >= len(words) or words[first.end] != joint:
        return None
    second = number_at(words, first.end + 1, table)
    if second is None:
        return None
    low = _scale_up(first, second)
    if low >= second.low:
        return None
    return Count(min=low, max=second.low), second.end


def _pair(view: _View, at: int, first: Number) -> tuple[Number, int] | None:
    """Read the second number of "10 à 20", "trois ou quatre", "10-15"."""
    words, table = view.words, view.table
    if first.end + 1 >= len(words) or words[first.end] not in ("à", "ou"):
        return None
    second = number_at(words, first.end + 1, table)
    if second is None or second.is_round or first.is_round:
        return None
    if _scale_up(first, second) >= second.low:
        return None
    return second, second.end


def _scale_up(first: Number, second: Number) -> int:
    """Let "deux à trois mille" be two thousand to three thousand."""
    if not first.is_noun and (second.is_noun or not second.is_figure) and second.low >= 1000:
        for scale in (1_000_000_000, 1_000_000, 1000):
            if second.low >= scale and second.low % scale == 0 and first.low < second.low // scale:
                return first.low * scale
    return first.low


def _interval(number: Number, modifier: str | None, table: NumberWords) -> Count:
    """Turn a number and its modifier into bounds."""
    value = int(number.value)
    step = _step(value, table)
    if number.high is None and modifier is not None:
        return Count(min=number.low, max=None)
    match modifier:
        case "more":
            return Count(min=value + 1, max=None)
        case "least":
            return Count(min=value, max=None)
        case "about":
            return Count(min=max(value - step, min(value, 1)), max=value + step)
        case "nearly":
            return Count(min=max(value - step, min(value, 1)), max=value)
        case "upto":
            return Count(min=min(1, value), max=value)
        case "less":
            return Count(min=1, max=max(value - 1, 1))
        case "exact":
            return Count(min=value, max=value)
    return Count(min=number.low, max=number.high)


def _step(value: int, table: NumberWords) -> int:
    for bound, step in table.steps:
        if value < bound:
            return step
    return value // 10


def _nothing(annotation: Annotation, view: _View, i: int) -> Quantity | None:
    """Read zero: "pas de victimes", "ni mort ni blessé", "sans faire de victimes"."""
    words, pos, table = view.words, view.pos, view.table
    at = i + 1
    if words[i] in table.without and at < len(words) and pos[at] in ("VERB", "AUX"):
        at += 1
        while at < len(words) and pos[at] == "ADV" and at < i + 4:
            at += 1
    elif words[i] in table.without:
        return None
    if at >= len(words):
        return None
    if words[at] in ("de", "d'"):
        at += 1
    elif words[i] != "ni":
        return None
    if at >= len(words) or pos[at] not in (*_COUNTED, "ADJ"):
        return None
    if words[i] == "ni" and pos[at] == "PROPN":
        return None
    return _build(annotation, (i, at), Count(min=0, max=0), "count:none", _first_noun(view, at))


def _make(
    annotation: Annotation,
    view: _View,
    span: tuple[int, int],
    count: Count,
    rule: str,
    *,
    number: Number | None = None,
) -> Quantity | None:
    """Find what a number counts, or name what it measures instead."""
    first, end = span
    measure = _measure(view, first, end)
    if measure is not None:
        return _build(annotation, span, count, f"measure:{measure[0]}", measure[1])
    head, end = _counted(view, end, is_noun=number is not None and number.is_noun)
    if head is None and number is not None and number.is_figure and _is_label(view, first):
        return _build(annotation, span, count, "measure:label", None)
    return _build(annotation, (first, end), count, rule, head)


def _build(
    annotation: Annotation, span: tuple[int, int], count: Count, rule: str, head: int | None
) -> Quantity:
    first, last = span
    return Quantity(
        start=annotation.starts[first],
        end=annotation.ends[last - 1],
        first=first,
        last=last,
        count=count,
        head=head,
        rule=rule,
    )


def _measure(view: _View, first: int, end: int) -> tuple[str, int] | None:
    """Name the measure of a number from the word it stands before ("12 km", "300 euros")."""
    words, measures = view.words, view.phrases.measures
    at = end
    while at < len(words) and (words[at] in view.table.between or words[at] in ("de", "d'")):
        at += 1
    if at + 1 < len(words) and words[at] in ("et", "ou", "à"):
        second = number_at(words, at + 1, view.table)  # "14 et 17 ans", "les 28 et 29 avril"
        at = second.end if second is not None and second.is_figure else at
    if at < len(words) and words[at] in measures:
        name = measures[words[at]]
        if name == "time" and first > 0:
            near = words[max(first - 3, 0) : first]
            if any(word in view.table.age_before for word in near):
                name = "age"
        return name, at
    if end == first + 1 and words[first][:1].isdigit():
        before = words[first - 1] if first else ""
        if measures.get(before) == "time" and words[first].isdigit():
            return "time", first  # the minutes of "20 h 45"
        if before in view.table.date_before and (words[first].isdigit()):
            return "date", first
        if _is_year(words[first]) and (
            before in view.table.year_before
            or end >= len(words)
            or view.pos[end] not in (*_COUNTED, "ADJ")
        ):
            return "date", first
        if before in view.table.label_before:
            return "label", first
    return None


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and 1000 <= int(word) <= 2100


def _is_label(view: _View, first: int) -> bool:
    """Tell a number that names what stands before it ("résolution 2254", "Windows 8")."""
    return first > 0 and view.pos[first - 1] == "PROPN"


def _counted(view: _View, end: int, *, is_noun: bool) -> tuple[int | None, int]:
    """Find the token a number counts, and where the quantity ends ("une dizaine de" | blessés)."""
    words, table = view.words, view.table
    at = end
    if at >= len(words) or words[at] not in table.partitives:
        return _first_noun(view, at), end
    link = at + 1
    while link < len(words) and words[link] in table.partitive_links:
        link += 1
    if is_noun and words[at] in ("de", "d'") and link == at + 1:
        return _first_noun(view, link), link
    if link > at + 1 or words[at] in ("des", "parmi"):
        return _first_noun(view, link, pronouns=link > at + 1), end
    return _first_noun(view, at), end


def _first_noun(view: _View, at: int, *, pronouns: bool = False) -> int | None:
    """Find the first noun from a token on; without one, the last adjective or participle."""
    words, pos, between = view.words, view.pos, view.table.between
    qualifying: int | None = None
    for k in range(at, min(at + _FAR, len(words))):
        if words[k] in between:
            qualifying = k
            continue
        if pos[k] in _COUNTED or (pronouns and pos[k] == "PRON"):
            return k
        if pos[k] in _QUALIFYING and (qualifying is None or words[qualifying] in between):
            if not _is_participle(view, k):
                break
            qualifying = k
            continue
        break
    return qualifying


def _is_participle(view: _View, k: int) -> bool:
    """Tell "55 blessés" from "25 ont été tués": adjectives and participles count, verbs do not."""
    return view.pos[k] == "ADJ" or view.participle[k]


@lru_cache(maxsize=8)
def _phrases(lang: str) -> _Phrases:
    table = load_number_words(lang)
    before = _by_first_word(table.before)
    starters = {
        *table.words, *table.vague, *table.none_before, *table.without, *table.plural_determiners,
        *table.halves, *before, "entre", "de",
    }  # fmt: skip
    return _Phrases(
        before=before,
        after=_by_first_word(table.after),
        starters=frozenset(starters),
        measures={word: name for name, words in table.measures.items() for word in sorted(words)},
    )


def _by_first_word(
    phrases: dict[str, str],
) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Index phrases by their first word, the longest first."""
    grouped: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, kind in phrases.items():
        words = tuple(phrase.replace("'", "' ").split())
        grouped.setdefault(words[0], []).append((words, kind))
    return {
        word: tuple(sorted(group, key=lambda pair: -len(pair[0])))
        for word, group in grouped.items()
    }
