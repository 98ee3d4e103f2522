"""The ids of articles: made of their file's name, safe in a file name, and unique.

Takes wished-for names and gives ids. The same inputs in the same order give the same ids.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

__all__ = ["Identifiers", "safe_name"]

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 80


def safe_name(name: str) -> str:
    """Make a name fit for a file on any system; "" when nothing is left of it.

    Example:
        >>> safe_name("Été 2020: l'armée")
        'Ete-2020-l-armee'
    """
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", name)
        if not unicodedata.combining(letter)
    )
    return _UNSAFE.sub("-", plain)[:_LONGEST].strip("-.")


class Identifiers:
    """Gives out ids, each once in a run."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, name: str, text: str) -> str:
        """Give an id for an article; a second one of the same name gets a part of its text's hash.

        A name without any safe character (Arabic, Chinese) gets an id from the text alone.
        """
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        identifier = safe_name(name) or f"article-{digest[:12]}"
        # File systems that ignore case must not let one article's facts overwrite another's.
        length = 8
        chosen = identifier
        while chosen.lower() in self._taken and length <= len(digest):
            chosen = f"{identifier}-{digest[:length]}"
            length += 8
        number = 2
        while chosen.lower() in self._taken:
            chosen = f"{identifier}-{number}"
            number += 1
        self._taken.add(chosen.lower())
        return chosen
