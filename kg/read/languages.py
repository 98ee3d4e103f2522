"""The language of a text, from how often the commonest words of each language stand in it.

Takes a text and gives a language's name when it is not the one that is read. The words are data
(`kg/knowledge/languages.csv`); a few dozen function words tell written languages apart from some
twenty words on (Cavnar and Trenkle 1994 reach the same with letter sequences).
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.resources import knowledge_file, read_csv

__all__ = ["language_names", "other_language"]

_SAMPLE = 6_000
_WORD = re.compile(r"[^\W\d_]+")
# Below this many words a headline or a list of names decides nothing.
_FEW = 12
# Scripts without spaces between words, by block: their texts have no words to count.
_UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


def language_names() -> dict[str, str]:
    """Map the codes of the languages that are recognised to their English names."""
    return {code: name for code, name, _ in _profiles()}


def other_language(text: str, lang: str) -> str | None:
    """Name the language of a text when it is clearly not `lang`; None when it is or may be.

    Example:
        >>> other_language("The army said on Monday that two of its men were killed in the "
        ...                "north of the country by a bomb that was hidden in a car.", "fr")
        'English'
    """
    sample = text[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    letters = sum(map(len, words))
    if letters and len(_UNSPACED.findall(sample)) * 3 > letters:
        return "a language in another script"
    if len(words) < _FEW:
        return None
    shares = {
        code: sum(word in common for word in words) / len(words) for code, _, common in _profiles()
    }
    best = max(sorted(shares), key=shares.__getitem__)
    # The margin keeps a French text with long quotations in another language.
    if best != lang and shares[best] > max(0.12, 1.3 * shares.get(lang, 0.0)):
        return language_names()[best]
    return None


@lru_cache
def _profiles() -> tuple[tuple[str, str, frozenset[str]], ...]:
    rows = read_csv(knowledge_file("languages.csv"))
    return tuple((row["code"], row["name"], frozenset(row["words"].split())) for row in rows)
