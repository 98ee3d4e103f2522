"""Lemmas by table: takes a tagged and lemmatised Doc, gives it the lemmas that a table knows.

The trained lemmatizer edits the ends of words and now and then makes one up (*aimait* → *aimoir*).
This component, after it in the pipeline, replaces its answer wherever a table knows the form under
the token's part of speech. The tables are part of the model, in its folder `lemmas/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import srsly
from spacy.language import Language
from spacy.tokens import Doc

__all__ = ["LemmaTables", "make_lemma_tables", "normal_form"]

_FILE = "tables.json.gz"


def normal_form(text: str) -> str:
    """Give the form under which the tables list a word: lower case, straight apostrophe.

    Example:
        >>> normal_form("L’")
        "l'"
    """
    return text.lower().replace("’", "'")


class LemmaTables:
    """Sets the lemma of every token whose form and part of speech the tables list."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, str]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Replace lemmas in place; a token that no table lists keeps the one it has."""
        for token in doc:
            table = self.tables.get(token.pos_)
            if table is not None:
                lemma = table.get(normal_form(token.text))
                if lemma is not None:
                    token.lemma_ = lemma
        return doc

    def fill(self, tables: Mapping[str, Mapping[str, str]]) -> None:
        """Take over tables: part of speech → normal form → lemma."""
        self.tables = {pos: dict(sorted(table.items())) for pos, table in sorted(tables.items())}

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the tables into the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        srsly.write_gzip_json(folder / _FILE, self.tables)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> LemmaTables:
        """Read the tables from the folder `path`."""
        self.tables = srsly.read_gzip_json(Path(path) / _FILE)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Give the tables as bytes, for a pipeline sent to another process."""
        packed: bytes = srsly.msgpack_dumps(self.tables)
        return packed

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> LemmaTables:
        """Read the tables from what `to_bytes` gave."""
        self.tables = srsly.msgpack_loads(data)
        return self


@Language.factory("kg_lemmas_v1", assigns=["token.lemma"], requires=["token.pos"])
def make_lemma_tables(nlp: Language, name: str) -> LemmaTables:
    """Make the component with empty tables; loading a model fills them."""
    return LemmaTables()
