"""Accents that print leaves off capitals, put back before parsing.

Takes the text of a paragraph, gives one of the same length: "A Bamako, le chef de l'Etat" reads
"À Bamako, le chef de l'État". Offsets stay true, and the article itself is never changed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from kg.errors import RuleError
from kg.resources import language_file, read_yaml

__all__ = ["Capitals", "read_capitals"]

_ACCENTS = {"E": "É"}
# Where a sentence may begin: a paragraph, or behind a closing sign, with or without a quote.
_HEAD = r"(?:(?<=^)|(?<=[.!?:…»”\"–—-] )|(?<=[«“\"(])|(?<=[«“] ))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capitals:
    """Prepositions with their accented form, and beginnings of words that carry an accent."""

    prepositions: dict[str, str]
    beginnings: tuple[str, ...]

    def restorer(self) -> Restorer:
        """Give what puts the accents back."""
        return Restorer(self)


class Restorer:
    """Puts accents back on capitals; the patterns are made once."""

    def __init__(self, capitals: Capitals) -> None:
        self._accented = capitals.prepositions
        words = "|".join(sorted(map(re.escape, capitals.prepositions)))
        self._preposition = re.compile(rf"{_HEAD}({words})(?= [^\W_])") if words else None
        starts = "|".join(sorted(map(re.escape, capitals.beginnings)))
        self._beginning = re.compile(rf"\b(?:{starts})") if starts else None

    def restore(self, text: str) -> str:
        """Give the text with its accents; it keeps its length.

        Example:
            >>> read_capitals("fr").restorer().restore("A Sarkol, les Etats-Unis ont frappé.")
            'À Sarkol, les États-Unis ont frappé.'
        """
        if self._preposition is not None:
            text = self._preposition.sub(lambda m: self._accented[m[1]], text)
        if self._beginning is not None:
            text = self._beginning.sub(lambda m: _ACCENTS[m[0][0]] + m[0][1:], text)
        return text


_ADAPTER = TypeAdapter(Capitals)


def read_capitals(lang: str) -> Capitals:
    """Read the capitals of a language.

    Raises:
        RuleError: The file is malformed, or an accented form is longer than the printed one.
    """
    path = language_file(lang, "capitals.yaml")
    try:
        capitals = _ADAPTER.validate_python(read_yaml(path))
    except ValidationError as error:
        raise RuleError(f"{path}: {error}") from error
    for plain, accented in capitals.prepositions.items():
        if len(plain) != len(unicodedata.normalize("NFC", accented)):
            raise RuleError(f"{path}: {accented!r} is not as long as {plain!r}.")
    unknown = [word for word in capitals.beginnings if word[:1] not in _ACCENTS]
    if unknown:
        raise RuleError(f"{path}: {unknown[0]!r} begins with no letter of {''.join(_ACCENTS)}.")
    return capitals
