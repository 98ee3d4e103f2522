"""The headers of documented queries: question, parameters, columns.

Takes the text of a `.rq` file and gives a `Query`. A header line begins with `#+` and a key; the
question stands once in French and once in English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import QueryError
from kg.resources import queries_dir

__all__ = ["Column", "Parameter", "Query", "find_query", "list_queries", "parse_query"]

_LINE = re.compile(r"#\+\s*(?P<key>[a-z]+)(?P<lang>@[a-z]{2})?\s*:\s*(?P<value>.*)")
_PARAMETER = re.compile(
    r"(?P<name>\w+)\s*\((?P<type>iri|text|xsd:date|xsd:integer)[,;]?\s*(?P<meaning>[^)]*)\)"
)
_COLUMN = re.compile(r"(?P<name>\w+)\s*(?:\((?P<meaning>[^)]*)\))?")
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value that a query can be given; without it the query answers for all."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a query's table and what stands in it."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query with what its header says; `name` is "" for one given as text."""

    name: str
    text: str
    question_fr: str = ""
    question_en: str = ""
    params: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()

    @property
    def form(self) -> str:
        """The query's form: SELECT, ASK, CONSTRUCT or DESCRIBE, "" when it is none of them."""
        match = _FORM.search(_COMMENT.sub("", self.text))
        return match.group().upper() if match else ""


def list_queries(folder: Path | None = None) -> tuple[Query, ...]:
    """Give the documented queries of a folder (the project's own), by name."""
    folder = folder or queries_dir()
    return tuple(
        parse_query(path.read_text(encoding="utf-8"), name=path.stem)
        for path in sorted(folder.glob("*.rq"))
    )


def find_query(wanted: str) -> Query:
    """Find a query by its name in `queries/`, by the path of a file, or take the text itself.

    Raises:
        QueryError: It is none of these; the message names the query that comes nearest.
    """
    if _FORM.search(wanted) and any(mark in wanted for mark in "{?"):
        return parse_query(wanted)
    own = queries_dir() / f"{wanted.removesuffix('.rq')}.rq"
    path = own if own.is_file() and "/" not in wanted else Path(wanted)
    if path.is_file():
        try:
            return parse_query(path.read_text(encoding="utf-8"), name=path.stem)
        except UnicodeDecodeError as error:
            raise QueryError(f"{path}: not a text in UTF-8.") from error
    raise QueryError(f"{wanted}: no such query or file.{_suggestion(wanted)}")


def parse_query(text: str, *, name: str = "") -> Query:
    """Read a query's header; a query without one is a query all the same.

    Raises:
        QueryError: A parameter of the header has no known type.
    """
    values: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        match = _LINE.match(line.strip())
        if match is not None:
            key = match["key"] + (match["lang"] or "")
            values[key] = f"{values[key]}, {match['value']}" if key in values else match["value"]
    return Query(
        name=name,
        text=text,
        question_fr=values.get("question@fr", ""),
        question_en=values.get("question@en", values.get("question", "")),
        params=_parameters(values.get("params", ""), name),
        columns=tuple(
            Column(name=match["name"], meaning=match["meaning"] or "")
            for match in _COLUMN.finditer(values.get("columns", ""))
        ),
    )


def _parameters(line: str, name: str) -> tuple[Parameter, ...]:
    found = tuple(
        Parameter(name=match["name"], type=match["type"], meaning=match["meaning"])
        for match in _PARAMETER.finditer(line)
    )
    if line.strip() and line.strip() != "none" and not found:
        raise QueryError(
            f"{name}: the header's params {line!r} name no type. "
            "Write `name (text, what it is)`; types are iri, text, xsd:date and xsd:integer."
        )
    return found


def _suggestion(wanted: str) -> str:
    from rapidfuzz import process  # only a mistake pays for the import

    names = [path.stem for path in queries_dir().glob("*.rq")]
    best = process.extractOne(wanted, sorted(names), score_cutoff=60)
    return f" Did you mean `{best[0]}`?" if best else " `kg ask` without a query lists them."
