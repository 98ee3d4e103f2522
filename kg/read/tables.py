"""JSON Lines and CSV: many articles in one file, a line or a row each.

Takes the bytes of a file and gives one draft a line. The names of the columns are options, because
archives call them as they like. A bad line is reported and the others are read.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping

from kg.errors import ReadError
from kg.model import Skipped
from kg.read.decoding import decode
from kg.read.drafts import Draft, ReadOptions

__all__ = ["read_csv_table", "read_json_lines"]


def read_json_lines(content: bytes, name: str, options: ReadOptions) -> Iterator[Draft | Skipped]:
    """Read a `.jsonl` file: one JSON object a line.

    Raises:
        ReadError: The bytes are not UTF-8 text.
    """
    for number, line in enumerate(decode(content).split("\n"), start=1):
        place = f"line {number}"
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            yield Skipped(path=place, reason=f"not JSON: {error}")
            continue
        if not isinstance(record, dict):
            yield Skipped(path=place, reason="not a JSON object with a text in it.")
            continue
        yield _draft(record, place, name, options)


def read_csv_table(content: bytes, name: str, options: ReadOptions) -> Iterator[Draft | Skipped]:
    """Read a `.csv` file with a header row; commas, semicolons and tabs are told apart.

    Raises:
        ReadError: The bytes are not UTF-8 text, or the text column is missing.
    """
    text = decode(content)
    # An article is a long cell; the default limit of 131,072 characters cuts real ones.
    csv.field_size_limit(sys.maxsize)
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    if options.columns.text not in (rows.fieldnames or ()):
        found = ", ".join(rows.fieldnames or ()) or "none"
        raise ReadError(
            f"no column `{options.columns.text}` (columns: {found}). "
            "Name it with --column text=NAME."
        )
    try:
        for row in rows:
            yield _draft(row, f"line {rows.line_num}", name, options)
    except csv.Error as error:
        yield Skipped(path=f"line {rows.line_num}", reason=f"not CSV: {error}")


def _draft(
    record: Mapping[str, object], place: str, name: str, options: ReadOptions
) -> Draft | Skipped:
    columns = options.columns
    text = record.get(columns.text)
    if not isinstance(text, str):
        return Skipped(path=place, reason=f"no text under `{columns.text}`.")
    key = _cell(record, columns.id)
    return Draft(
        text=text,
        name=key or f"{name}-{place.removeprefix('line ')}",
        place=place,
        title=_cell(record, columns.title),
        date=_cell(record, columns.date),
        source=_cell(record, columns.source),
        url=_cell(record, columns.url),
        lang=_cell(record, columns.lang),
    )


def _cell(record: Mapping[str, object], column: str) -> str | None:
    value = record.get(column)
    return str(value).strip() or None if isinstance(value, str | int) else None
