"""What a user can set for a run, in one record with its defaults.

Takes nothing and gives `Settings`, which `cli.py` fills from options and `pipeline.py` hands on to
the stages as plain arguments; no stage reads it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

__all__ = ["DEFAULT_BASE", "PARTS", "SecondReader", "Settings"]

DEFAULT_BASE = "https://w3id.org/conflict-kg/id/"

# The parts of an article that a table's columns can hold.
PARTS = ("text", "title", "date", "source", "url", "lang", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReader:
    """A language model that reads after the rules; articles are sent to its `address`.

    `name` marks its facts (`kg:rule "llm:NAME"`). `seconds` is how long one answer may take.
    `key` is sent as a bearer token when the address asks for one.
    """

    address: str
    model: str
    name: str
    seconds: float = 120.0
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How articles are read and named.

    `model` is a spaCy pipeline to use instead of the language's own. `base` is where the IRIs of
    individuals begin. `jobs` is the number of processes that read. `columns` maps the parts of an
    article to the names that tables use for them.
    """

    lang: str = "fr"
    model: Path | None = None
    base: str = DEFAULT_BASE
    jobs: int = 1
    date: datetime.date | None = None
    columns: tuple[tuple[str, str], ...] = ()
    second_reader: SecondReader | None = None
