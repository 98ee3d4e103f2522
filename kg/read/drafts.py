"""What a reader found in one input, before dates, language and identifiers are settled.

Takes nothing and gives the two records that the readers of this folder share: `Draft`, an article
in the words of its file, and `ReadOptions`, how the user wants inputs read.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

__all__ = ["Columns", "Draft", "ReadOptions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The names under which JSON Lines and CSV files keep the parts of an article."""

    text: str = "text"
    title: str = "title"
    date: str = "date"
    source: str = "source"
    url: str = "url"
    lang: str = "lang"
    id: str = "id"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How inputs are read.

    `date` stands in for articles that carry none. `lang` is the language that is read; articles in
    another are skipped. `max_length` is the longest article, in code points.
    """

    date: datetime.date | None = None
    lang: str = "fr"
    columns: Columns = Columns()
    max_length: int = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as its file gives it; `date` is still the file's own wording.

    `name` is what the article's id is made of. `place` tells where in the file it stands
    ("line 3"), for messages; it is "" when the file is the article.
    """

    text: str
    name: str
    place: str = ""
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    lang: str | None = None
