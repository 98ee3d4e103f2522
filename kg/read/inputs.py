"""All that a user hands in, as articles.

Takes files, folders and `-` (standard input) and gives an `Article` for each article in them and a
`Skipped` for each input that gave none, with the reason. The first stretch of the road.
"""

from __future__ import annotations

import datetime
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import entry_points
from pathlib import Path

from kg.errors import ReadError
from kg.model import Article, Skipped
from kg.read.dates import find_dateline, parse_date
from kg.read.decoding import decode
from kg.read.drafts import Draft, ReadOptions
from kg.read.feeds import read_feed
from kg.read.identifiers import Identifiers
from kg.read.languages import language_names, other_language
from kg.read.pages import read_page
from kg.read.plain import read_markdown, read_text
from kg.read.tables import read_csv_table, read_json_lines

__all__ = ["STANDARD_INPUT", "Reader", "list_inputs", "read_articles"]

Reader = Callable[[bytes, str, ReadOptions], Iterator[Draft | Skipped]]

STANDARD_INPUT = "-"
_READERS: dict[str, Reader] = {
    ".csv": read_csv_table,
    ".htm": read_page,
    ".html": read_page,
    ".jsonl": read_json_lines,
    ".md": read_markdown,
    ".txt": read_text,
    ".xml": read_feed,
}
_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")
# Files that stand beside an article and belong to it.
_SIDECARS = frozenset({".date"})


def list_inputs(inputs: Iterable[str], *, leave_out: Path | None = None) -> tuple[Path, ...]:
    """List the files that inputs name, folders searched to the bottom in sorted order, each once.

    Hidden files and `.date` files are left out; a path that does not exist stays in the list, so
    that reading it says so.

    Args:
        inputs: Files, folders, or "-" for standard input.
        leave_out: A folder not to search: what an earlier run wrote is no input of the next.
    """
    barred = leave_out.resolve() if leave_out is not None else None
    paths: dict[Path, None] = {}
    for given in inputs:
        path = Path(given)
        if given == STANDARD_INPUT or not path.is_dir():
            paths.setdefault(path, None)
            continue
        for found in _files_below(path):
            if barred is None or not found.resolve().is_relative_to(barred):
                paths.setdefault(found, None)
    return tuple(paths)


def read_articles(
    paths: Iterable[Path], options: ReadOptions, identifiers: Identifiers | None = None
) -> Iterator[Article | Skipped]:
    """Read every article in the files, in order; an unreadable one never stops the rest."""
    identifiers = identifiers or Identifiers()
    for path in paths:
        try:
            for draft in _drafts(path, options):
                yield _finish(draft, path, options, identifiers)
        except ReadError as error:
            yield Skipped(path=str(path), reason=str(error))
        except OSError as error:
            yield Skipped(path=str(path), reason=(error.strerror or str(error)).lower() + ".")


def _files_below(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() not in _SIDECARS:
                yield Path(root, name)


def _drafts(path: Path, options: ReadOptions) -> Iterator[Draft | Skipped]:
    if str(path) == STANDARD_INPUT:
        content = sys.stdin.buffer.read()
        yield from _sniffed_reader(content)(content, "", options)
        return
    if not path.exists():
        raise ReadError("no such file or folder.")
    reader = _reader_for(path.suffix.lower())
    content = path.read_bytes()
    if not content.strip():
        raise ReadError("an empty file.")
    yield from reader(content, path.stem, options)


def _reader_for(suffix: str) -> Reader:
    if reader := _READERS.get(suffix):
        return reader
    for entry in entry_points(group="kg.readers"):
        if entry.name == suffix:
            loaded: Reader = entry.load()
            return loaded
    known = " ".join(sorted(_READERS))
    raise ReadError(f"no reader for `{suffix or 'a file without suffix'}`. Known: {known}")


def _sniffed_reader(content: bytes) -> Reader:
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if not start:
        raise ReadError("nothing on standard input.")
    if start.startswith(b"{"):
        return read_json_lines
    if start.startswith((b"<rss", b"<feed", b"<?xml")):
        return read_feed
    return read_page if start.startswith((b"<!doctype html", b"<html")) else read_text


def _finish(
    draft: Draft | Skipped, path: Path, options: ReadOptions, identifiers: Identifiers
) -> Article | Skipped:
    """Settle date, language and id of one draft, or say why it gives no article."""
    place = draft.path if isinstance(draft, Skipped) else draft.place
    where = f"{path}, {place}" if place else str(path)
    if isinstance(draft, Skipped):
        return Skipped(path=where, reason=draft.reason)
    try:
        _check_text(draft, options)
        date = _date(draft, path, options)
    except ReadError as error:
        return Skipped(path=where, reason=str(error))
    return Article(
        id=identifiers.give(draft.name, draft.text),
        text=draft.text,
        title=draft.title,
        date=date,
        source=draft.source,
        url=draft.url,
        lang=options.lang,
        path=str(path),
    )


def _check_text(draft: Draft, options: ReadOptions) -> None:
    # JSON can escape what no file in UTF-8 holds.
    for words in (draft.text, draft.title, draft.source, draft.url):
        if words is not None and (found := _NO_CHARACTER.search(words)):
            raise ReadError(f"U+{ord(found[0]):04X} at position {found.start()} is no character.")
    length = len(draft.text)
    if not draft.text.strip():
        raise ReadError("an article without text.")
    if length > options.max_length:
        raise ReadError(
            f"{length:,} characters; an article has at most {options.max_length:,}. Split it."
        )
    name = language_names().get(options.lang, options.lang)
    if draft.lang and draft.lang[:2].lower() != options.lang:
        raise ReadError(f"not {name}: its header says `{draft.lang}`.")
    if draft.lang is None and (other := other_language(draft.text, options.lang)):
        raise ReadError(f"not {name}: looks like {other}.")


def _date(draft: Draft, path: Path, options: ReadOptions) -> datetime.date | None:
    if draft.date:
        return parse_date(draft.date, options.lang)
    sidecar = path.with_suffix(".date")
    if not draft.place and str(path) != STANDARD_INPUT and sidecar.is_file():
        try:
            return parse_date(decode(sidecar.read_bytes()), options.lang)
        except ReadError as error:
            raise ReadError(f"its date file {sidecar.name}: {error}") from error
    return options.date or find_dateline(draft.text, options.lang)
