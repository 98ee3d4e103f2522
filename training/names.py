"""Reading WiNER-fr: takes its articles and stand-off annotation, gives paragraphs with named spans.

The corpus marks locations, persons, organisations, events, products, dates and hours. Dates and
hours are left out (the project reads them by rule), and of two spans that overlap the longer one
is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["LABELS", "NamedSpan", "Paragraph", "read_article", "read_development_list"]

LABELS = {
    "Person": "PER",
    "Location": "LOC",
    "Organization": "ORG",
    "Event": "EVENT",
    "Product": "PRODUCT",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSpan:
    """One name, `[start, end)` in its paragraph."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph of an article, its white space collapsed to single spaces."""

    article: str
    text: str
    names: tuple[NamedSpan, ...]


def read_article(path: Path) -> Iterator[Paragraph]:
    """Yield the paragraphs of one article (`….txt` with its `….ann` beside it)."""
    body = path.read_text(encoding="utf8")
    names = _longest(_read_annotation(path.with_suffix(".ann")))
    for match in re.finditer(r"[^\n]+", body):
        text, offsets = _collapse(body, match.start(), match.end())
        inside = [n for n in names if match.start() <= n.start and n.end <= match.end()]
        spans = tuple(
            NamedSpan(start=offsets[n.start], end=offsets[n.end - 1] + 1, label=n.label)
            for n in inside
            if n.start in offsets and n.end - 1 in offsets
        )
        if text:
            yield Paragraph(article=path.stem, text=text, names=spans)


def read_development_list(path: Path) -> frozenset[str]:
    """Give the names of the WiNER articles (`2016_11_23-001`) that a SOURCES.tsv lists."""
    return frozenset(re.findall(r"\d{4}/\d{2}/(\S+?)\.txt", path.read_text(encoding="utf8")))


def _read_annotation(path: Path) -> Iterator[NamedSpan]:
    """Yield the spans of one stand-off file whose label is in `LABELS`."""
    for line in path.read_text(encoding="utf8").splitlines():
        fields = line.split("\t")
        if len(fields) < 2 or not fields[0].startswith("T"):
            continue
        kind, start, *_, end = fields[1].replace(";", " ").split()
        if kind in LABELS:
            yield NamedSpan(start=int(start), end=int(end), label=LABELS[kind])


def _longest(spans: Iterator[NamedSpan]) -> Sequence[NamedSpan]:
    """Keep the longer of two spans that overlap, the first of two as long."""
    kept: list[NamedSpan] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)


def _collapse(body: str, start: int, end: int) -> tuple[str, dict[int, int]]:
    """Collapse white space in `body[start:end]`; map old offsets of what is kept to new ones."""
    text: list[str] = []
    offsets: dict[int, int] = {}
    for index in range(start, end):
        if not body[index].isspace():
            offsets[index] = len(text)
            text.append(body[index])
        elif text and text[-1] != " ":
            text.append(" ")
    return "".join(text).rstrip(), offsets
