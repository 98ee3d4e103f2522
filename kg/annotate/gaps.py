"""What tells where sentences begin: takes a tagged Doc, describes the gaps in it.

A gap is the place before a token, and goes by that token's index. Its features are named: signs,
capitals, parts of speech, what was counted since the last stop. `kg.annotate.boundaries` weighs
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

__all__ = ["gap_features", "may_begin"]

_STOPS = frozenset((".", "!", "?", "…", "..."))
_PAUSES = _STOPS | {";", ":"}
_CLOSING = frozenset(')]»”"')
_NEVER_FIRST = frozenset("»”)],;:.!?…%")
_NESTING = {"«": 1, "“": 1, "(": 4, "[": 4, "»": -1, "”": -1, ")": -4, "]": -4}
_DEEPEST = 5
_GRAMMAR = frozenset(("DET", "ADP", "PRON", "CCONJ", "SCONJ", "AUX", "ADV"))
_LENGTHS = ((7, "4-6"), (13, "7-12"), (26, "13-25"))
_EDGE = ("^", "^")  # before the first token and after the last: kind and shape


class _Run(NamedTuple):
    """What stands since the last stop, or is still to come before the next pause, `sign`."""

    words: int
    verb: bool
    sign: str = "end"
    capitals: int = 0
    quotes: int = 0
    depth: int = 0


def may_begin(doc: Doc, index: int) -> bool:
    """Tell whether a sentence may begin at a token: after a space, and not small after a word.

    Example:
        >>> from spacy.vocab import Vocab
        >>> doc = Doc(Vocab(), words=["Il", "dort", ".", "Elle"], spaces=[1, 0, 1, 0])
        >>> [may_begin(doc, index) for index in (1, 2, 3)]
        [False, False, True]
    """
    before, text = doc[index - 1], doc[index].text
    if not before.whitespace_ or text in _NEVER_FIRST:
        return False
    return not (text[0].islower() and before.text[-1].isalnum())


def gap_features(doc: Doc, gaps: Sequence[int]) -> list[list[str]]:
    """Name the features of each gap, thirty-four of them."""
    if not gaps:
        return []
    tokens = list(doc)
    last = len(tokens)
    behind, ahead = _count_behind(tokens), _count_ahead(tokens)
    looks = {-1: _EDGE, last: _EDGE, last + 1: _EDGE}
    for k in sorted({k for i in gaps for k in range(max(0, i - 2), min(last, i + 3))}):
        looks[k] = _kind(tokens[k]), _shape(tokens[k].text)
    return [
        _features(tokens, i, [looks[k] for k in range(i - 2, i + 3)], behind[i], ahead[i])
        for i in gaps
    ]


def _features(
    doc: Sequence[Token], i: int, looks: Sequence[tuple[str, str]], behind: _Run, ahead: _Run
) -> list[str]:
    """Name the features of one gap; `looks` are those of two tokens before and three after."""
    (k1, s1), (k2, s2), (k, s), (k3, s3), (k4, s4) = looks
    if i > 1 and doc[i - 2].whitespace_:
        s1 += "_"
    if doc[i].whitespace_:
        s3 = "_" + s3
    before, word = doc[i - 1].text.lower(), doc[i].text.lower()
    closed = i > 1 and before in _CLOSING and doc[i - 2].text in _STOPS
    grammar = word if doc[i].pos_ in _GRAMMAR or not word[0].isalnum() else "*"
    after = f"{k2} {s}"
    since, until = f"{_length(behind.words)} {behind.verb:d}", f"{_length(ahead.words)}"
    nesting = f"nesting {behind.quotes} {min(behind.depth, _DEEPEST)} {k2}"
    return [
        "bias",
        f"before {k2}",
        f"before {s2}",
        f"before {before}",
        f"word {word}",
        f"word {s}",
        f"word {k}",
        f"next {k3}",
        f"second {k1}",
        f"shapes {s2} {s}",
        f"kinds {k2} {k}",
        f"after {after}",
        f"after {after} {k}",
        f"after {after} {k} {k3}",
        f"after {k1} {after}",
        f"shapes {s1} {s2} {s} {s3}",
        f"shapes {s1} {s2} {s}",
        f"shapes {s} {s3}",
        f"shapes {s} {s3} {s4}",
        f"kinds {k} {k3} {k4}",
        f"since {since}",
        f"since {since} {s2} {s}",
        f"since {since} {after}",
        f"until {until} {ahead.verb:d}",
        f"until {until} {ahead.sign} {after}",
        f"until {until} {ahead.sign} {after} {ahead.verb:d}",
        f"verbs {behind.verb:d} {ahead.verb:d} {after}",
        f"verbs {behind.verb:d} {ahead.verb:d} {after} {k}",
        f"{nesting} {s}",
        f"{nesting} {k}",
        f"capitals {0 < behind.words == behind.capitals:d} {s2} {s}",
        f"grammar {grammar} {k2}",
        f"before {before} {s}",
        f"closed {closed:d} {after} {k}",
    ]


def _count_behind(tokens: Sequence[Token]) -> list[_Run]:
    """Count, for every token, what stands between it and the last stop before it."""
    counts = []
    words, verb, capitals, quotes, depth = 0, False, 0, 0, 0
    for token in tokens:
        counts.append(_Run(words, verb, "", capitals, quotes, depth))
        text = token.text
        if text in _STOPS and token.whitespace_:
            words, verb, capitals, depth = 0, False, 0, 0
            continue
        words += 1
        verb = verb or _is_finite(token)
        capitals += len(text) > 1 and text.isupper()
        quotes ^= text == '"'
        depth = max(0, depth + _NESTING.get(text, 0))
    return counts


def _count_ahead(tokens: Sequence[Token]) -> list[_Run]:
    """Count, for every token, what stands from it to the next stop, semicolon or colon."""
    counts = []
    words, verb, sign = 0, False, "end"
    for token in reversed(tokens):
        if token.text in _PAUSES:
            words, verb, sign = 0, False, token.text
        words += 1
        verb = verb or _is_finite(token)
        counts.append(_Run(words, verb, sign))
    return counts[::-1]


def _is_finite(token: Token) -> bool:
    """Tell whether a token is tagged as a finite verb."""
    return token.pos_ in ("VERB", "AUX") and "VerbForm=Fin" in str(token.morph)


def _kind(token: Token) -> str:
    """Give the part of speech of a word, and a sign itself."""
    if token.pos_ in ("PUNCT", "SYM") or not token.text[0].isalnum():
        return token.text[:2]
    return token.pos_


def _shape(text: str) -> str:
    """Give how a token is written: digits, capitals, or the sign that it begins with.

    Example:
        >>> [_shape(text) for text in ("12", "2e", "ONU", "A", "Le", "le", "...")]
        ['d', 'dx', 'XX', 'X', 'Xx', 'x', '.']
    """
    if text[0].isdigit():
        return "d" if text.isdigit() else "dx"
    if not text[0].isalnum():
        return text[0]
    if text.isupper():
        return "XX" if len(text) > 1 else "X"
    return "Xx" if text[0].isupper() else "x"


def _length(words: int) -> str:
    """Give a number of words as a class."""
    return str(words) if words < 4 else next((c for n, c in _LENGTHS if words < n), "26+")
