"""Answers to queries in the forms that programs read.

Takes the table of a SELECT and gives CSV or JSON text; cells are plain strings, "" where a variable
is unbound. Tables for people are drawn by the command line.
"""

from __future__ import annotations

import csv
import io
import json

from kg.store.base import Table, plain

__all__ = ["table_csv", "table_json"]


def table_csv(table: Table) -> str:
    """Give a table as CSV with a header line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([plain(value) for value in row] for row in table.rows)
    return text.getvalue()


def table_json(table: Table) -> str:
    """Give a table as a JSON list of one object a row; an empty table gives `[]`."""
    return json.dumps(table.records(), ensure_ascii=False, indent=1) + "\n"
