"""Tables of answers as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json

from pyoxigraph import Literal, NamedNode

from kg.show.answers import table_csv, table_json
from kg.store.base import Table

TABLE = Table(
    columns=("who", "whom"),
    rows=((Literal('a "b", c\nd'), NamedNode("urn:x")), (Literal("é"), None)),
)


def test_csv_gives_back_every_cell() -> None:
    """Quotes, commas, line breaks and unbound cells survive being read back."""
    rows = list(csv.reader(io.StringIO(table_csv(TABLE), newline="")))
    assert rows == [["who", "whom"], ['a "b", c\nd', "urn:x"], ["é", ""]]


def test_json_is_a_list_of_rows() -> None:
    """Each row is an object by column; no row gives an empty list."""
    assert json.loads(table_json(TABLE))[1] == {"who": "é", "whom": ""}
    assert json.loads(table_json(Table(columns=("a",), rows=()))) == []
