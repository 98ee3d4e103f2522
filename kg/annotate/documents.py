"""One parsed document for each article, with every token tied to the original text.

Takes an article and a spaCy pipeline, gives an `Annotation` that holds the parse and nothing else
yet. Paragraphs are parsed apart, so that a headline or a dateline never runs into the first
sentence, and joined again into one `Doc`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.model import Annotation, Article

__all__ = ["Paragraph", "find_paragraphs", "parse_articles"]

# Longer stretches would pass the parser's limits; no paragraph of prose comes near it.
_LONGEST = 20_000
_FINAL = ".!?…:;"
_CLOSING = "»\"”’')]"
_WORD = re.compile(r"\S+")
# "(Kirkouk) Une roquette", "Kaboul (AFP) - Un", "BAGDAD, 12 février 2020 (AFP) – Des".
_DATELINE = re.compile(
    r"(?:\([^()\n]{2,40}\)|\w[^.!?()\n]{1,60}\([A-Z][\w. /]{1,20}\)\s*[-–—])(?=\s+[\w«\"“])"
)
# "23 novembre 2016 . –": a line that holds a date and no sentence.
_DATE_LINE = re.compile(r"(?:\w+\s+)?\d{1,2}(?:er)?\s+\w+\s+\d{4}[\s.,–—-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A stretch of an article that is parsed by itself.

    `text` has every run of white space replaced by one plain space and none at its ends;
    `positions[i]` is where character `i` of `text` stands in the article.
    """

    text: str
    positions: tuple[int, ...]


def find_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Split a text at its line breaks and set a leading dateline apart.

    A line break inside a sentence (hard-wrapped text) does not end a paragraph. A text without
    letters or signs gives no paragraph.

    Example:
        >>> [p.text for p in find_paragraphs("(Sarkol) Un obus\\u00a0a explosé.\\n\\nPlus tard.")]
        ['(Sarkol)', 'Un obus a explosé.', 'Plus tard.']
    """
    return tuple(
        _normalise(text, start, end)
        for first, last in _blocks(text)
        for begin, stop in _split_dateline(text, first, last)
        for start, end in _split_long(text, begin, stop)
    )


def parse_articles(
    nlp: Language, articles: Iterable[Article], restore: Callable[[str], str] = str
) -> Iterator[Annotation]:
    """Parse articles with a pipeline, in order, giving each as soon as it is ready.

    What is parsed is what `restore` makes of each paragraph: a text of the same length.
    """
    waiting: list[tuple[Article, tuple[Paragraph, ...]]] = []

    def stream() -> Iterator[tuple[str, int]]:
        for article in articles:
            paragraphs = find_paragraphs(article.text)
            waiting.append((article, paragraphs))
            for paragraph in paragraphs:
                yield restore(paragraph.text), len(paragraphs)

    parsed: list[Doc] = []
    for doc, _ in nlp.pipe(stream(), as_tuples=True):
        yield from _empty_first(waiting, nlp.vocab)
        parsed.append(doc)
        if len(parsed) == len(waiting[0][1]):
            article, paragraphs = waiting.pop(0)
            yield _join(article, paragraphs, parsed, nlp.vocab)
            parsed = []
    yield from _empty_first(waiting, nlp.vocab)


def _empty_first(
    waiting: list[tuple[Article, tuple[Paragraph, ...]]], vocab: Vocab
) -> Iterator[Annotation]:
    """Give the articles at the head of the queue that have nothing to parse."""
    while waiting and not waiting[0][1]:
        yield _join(waiting.pop(0)[0], (), [], vocab)


def _join(
    article: Article, paragraphs: tuple[Paragraph, ...], docs: list[Doc], vocab: Vocab
) -> Annotation:
    doc = Doc.from_docs(docs, ensure_whitespace=True) if docs else None
    starts: list[int] = []
    ends: list[int] = []
    ranges: list[tuple[int, int]] = []
    for paragraph, part in zip(paragraphs, docs, strict=True):
        first = len(starts)
        for token in part:
            starts.append(paragraph.positions[token.idx])
            ends.append(paragraph.positions[token.idx + len(token) - 1] + 1)
        ranges.append((first, len(starts)))
    return Annotation(
        article=article,
        doc=Doc(vocab) if doc is None else doc,
        starts=tuple(starts),
        ends=tuple(ends),
        paragraphs=tuple(ranges),
        title=_find_title(article, paragraphs),
    )


def _find_title(article: Article, paragraphs: tuple[Paragraph, ...]) -> int | None:
    """Find the headline: the first paragraph when it is short and does not end as prose does."""
    if len(paragraphs) < 2:
        return None
    text = paragraphs[0].text
    if article.title is not None and " ".join(article.title.split()) == text:
        return 0
    if _is_dateline(text) or len(text) > 250:
        return None
    if text.rstrip(_CLOSING + " ")[-1:] in tuple(_FINAL):
        # "Pourquoi cette guerre ?" over a date line is a headline all the same.
        return 0 if text[-1] in "?!" and _is_dateline(paragraphs[1].text) else None
    return 0


def _is_dateline(text: str) -> bool:
    return _DATE_LINE.fullmatch(text) is not None or (text.startswith("(") and text.endswith(")"))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Give the lines of a text, hard-wrapped ones joined, as offset pairs without outer blanks."""
    lines: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*", text):
        words = line.group().split()
        if words:
            begin = line.start() + line.group().index(words[0][0])
            lines.append((begin, line.start() + len(line.group().rstrip())))
    block: list[tuple[int, int]] = []
    for line_range in lines:
        if block and not _is_wrapped(text, block, line_range):
            yield block[0][0], block[-1][1]
            block = []
        block.append(line_range)
    if block:
        yield block[0][0], block[-1][1]


def _is_wrapped(text: str, block: list[tuple[int, int]], line: tuple[int, int]) -> bool:
    """Tell whether a line goes on with the sentence of the line right above it."""
    above = block[-1]
    if text[above[1] : line[0]].replace("\r\n", "\n").strip(" \t\u00a0") not in ("\n", "\r"):
        return False
    before = text[above[0] : above[1]].rstrip(_CLOSING + "\u00a0\u202f ")
    if not before or before[-1] in _FINAL[:5]:
        # Inside hard-wrapped text a sentence may also end where its line does.
        return len(block) > 1 and above[1] - above[0] > 55
    if text[line[0]].islower():
        return True
    return above[1] - above[0] > 55 and len(block) > 1


def _split_dateline(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    match = _DATELINE.match(text, start, end)
    if match:
        yield start, match.end()
        start = match.end()
        while text[start].isspace():
            start += 1
    yield start, end


def _split_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch that no parser would take whole, at white space where there is some."""
    while end - start > _LONGEST:
        piece = text[start : start + _LONGEST]
        cut = max(piece.rfind(". ") + 1, 0) or piece.rfind(" ")
        cut = cut if cut > 0 else _LONGEST
        yield start, start + len(piece[:cut].rstrip())
        start += cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _normalise(text: str, start: int, end: int) -> Paragraph:
    words: list[str] = []
    positions: list[int] = []
    for word in _WORD.finditer(text, start, end):
        if words:
            positions.append(word.start() - 1)
        words.append(word.group())
        positions.extend(range(word.start(), word.end()))
    return Paragraph(text=" ".join(words), positions=tuple(positions))
