"""The whole road, from inputs to a graph and the files about it.

Takes paths and settings and gives a store, a Turtle file, a picture, fact lines and a report. Only
this module and `cli.py` know the stages. Articles are read by one process or several, which return
finished records; one bad article never stops the rest.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from kg.annotate.annotator import Annotator
from kg.errors import ReadError
from kg.extract.extractor import Extractor
from kg.extract.lexicon import EVENTS, MODES, load_lexicon
from kg.model import Annotation, Article, Reading, Skipped
from kg.read.drafts import Columns, ReadOptions
from kg.read.identifiers import Identifiers
from kg.read.inputs import read_articles
from kg.read.llm import LanguageModelReader
from kg.resolve.duplicates import Duplicate, find_duplicates
from kg.resolve.readers import merge_readings
from kg.settings import SecondReader, Settings
from kg.show.facts import reading_from_facts
from kg.show.lines import check_lines
from kg.show.report import Unread

__all__ = ["Finished", "Run", "read_all"]

_log = logging.getLogger(__name__)

# Articles parsed together: enough to fill the pipeline's batches, few enough to see progress.
_CHUNK = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """One article read to the end; `fault` says why its second reader gave nothing, if so."""

    reading: Reading
    unread: tuple[Unread, ...] = ()
    fault: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All that one run read and what it left out."""

    finished: tuple[Finished, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    duplicates: tuple[Duplicate, ...] = field(default=())

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The readings in input order."""
        return tuple(each.reading for each in self.finished)


class _Worker:
    """Reads articles in one process: parse, recognise, extract, and the second reader if any."""

    def __init__(self, settings: Settings) -> None:
        self._annotator = Annotator(settings.lang, settings.model)
        self._extractor = Extractor(settings.lang)
        self._conflict_words = _conflict_words(settings.lang)
        self._second = _Second(settings.second_reader) if settings.second_reader else None

    def read(self, articles: Sequence[Article]) -> list[Finished | Skipped]:
        """Read articles together, or one by one when one of them makes trouble."""
        try:
            return [self._finish(each) for each in self._annotator.annotate(articles)]
        except Exception as error:  # any fault of any article; the next lines find out whose
            _log.debug("a batch of %d articles failed: %s", len(articles), error)
        return [self._read_alone(article) for article in articles]

    def _read_alone(self, article: Article) -> Finished | Skipped:
        try:
            (annotation,) = self._annotator.annotate((article,))
            return self._finish(annotation)
        except Exception as error:  # must not stop the run, and must not vanish
            _log.debug("article %s failed", article.id, exc_info=True)
            reason = " ".join(str(error).split()) or "no message"
            return Skipped(
                path=article.path or article.id, reason=f"{type(error).__name__}: {reason}"
            )

    def _finish(self, annotation: Annotation) -> Finished:
        reading = self._extractor.read(annotation)
        fault = None
        if self._second is not None:
            try:
                reading = merge_readings(reading, self._second.read(reading.article))
            except ReadError as error:
                fault = str(error)
        return Finished(reading=reading, unread=self._unread(annotation, reading), fault=fault)

    def _unread(self, annotation: Annotation, reading: Reading) -> tuple[Unread, ...]:
        """Find the sentences that name a conflict word and gave nothing."""
        facts = (*reading.events, *reading.relations, *reading.links)
        told = [(mention.start, mention.end) for fact in facts for mention in fact.mentions]
        named = [
            (start, token.text)
            for token, start in zip(annotation.doc, annotation.starts, strict=True)
            if token.lemma_.lower() in self._conflict_words
        ]
        found = []
        for sentence in reading.sentences:
            words = [word for at, word in named if sentence.start <= at < sentence.end]
            if words and not any(s < sentence.end and sentence.start < e for s, e in told):
                found.append(
                    Unread(
                        article=reading.article.id,
                        start=sentence.start,
                        end=sentence.end,
                        words=tuple(dict.fromkeys(words)),
                    )
                )
        return tuple(found)


class _Second:
    """The second reader's facts as a reading; a line that is malformed is left out alone."""

    def __init__(self, settings: SecondReader) -> None:
        self._reader = LanguageModelReader(
            settings.address, settings.model, seconds=settings.seconds, key=settings.key
        )
        self._rule = f"llm:{settings.name}"

    def read(self, article: Article) -> Reading:
        """Read an article.

        Raises:
            ReadError: The model cannot be reached or gives no usable answer.
        """
        lines = [line for line in self._reader.read(article) if self._is_sound(article, line)]
        events = {line["id"] for line in lines if line["kind"] == "event"}
        whole = [
            {key: value for key, value in line.items() if key != "about" or value in events}
            for line in lines
            if line["kind"] != "link" or {line["from"], line["to"]} <= events
        ]
        return reading_from_facts(article, whole, rule=self._rule)

    def _is_sound(self, article: Article, line: dict[str, Any]) -> bool:
        known_type = line["kind"] != "event" or line.get("type") in EVENTS
        known_mode = line.get("mode") is None or line["mode"] in MODES
        try:
            check_lines([line], name=article.id)
            alone = {key: value for key, value in line.items() if key != "about"}
            if line["kind"] != "link":
                reading_from_facts(article, [alone], rule=self._rule)
        except ReadError:
            return False
        return known_type and known_mode


def read_all(
    paths: Sequence[Path],
    settings: Settings,
    *,
    on_input: Callable[[], None] = lambda: None,
) -> Run:
    """Read every article in the files, in order; `on_input` is called after each of them.

    Raises:
        KGError: The language, its model or its rules cannot be loaded, or a worker died.
    """
    finished: list[Finished] = []
    skipped: list[Skipped] = []
    for each in _read(_articles(paths, settings), settings):
        if isinstance(each, Skipped):
            skipped.append(each)
        else:
            finished.append(each)
            if each.fault is not None:
                path = each.reading.article.path or each.reading.article.id
                skipped.append(Skipped(path=path, reason=f"second reader: {each.fault}"))
        on_input()
    articles = (each.reading.article for each in finished)
    return Run(
        finished=tuple(finished),
        skipped=tuple(skipped),
        duplicates=find_duplicates(articles),
    )


def _articles(paths: Sequence[Path], settings: Settings) -> Iterator[Article | Skipped]:
    options = ReadOptions(
        date=settings.date, lang=settings.lang, columns=Columns(**dict(settings.columns))
    )
    return read_articles(paths, options, Identifiers())


def _read(
    articles: Iterable[Article | Skipped], settings: Settings
) -> Iterator[Finished | Skipped]:
    """Pass skipped inputs on in their place, and chunks of articles to one worker or several."""
    if settings.jobs <= 1:
        worker = _Worker(settings)
        for chunk in _chunks(articles):
            yield from _read_chunk(chunk, worker)
        return
    # Spawned, not forked: the parent's progress thread and numeric libraries do not survive a fork.
    pool = ProcessPoolExecutor(
        settings.jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(settings,),
    )
    with pool:
        for outcome in pool.map(_read_in_worker, _chunks(articles)):
            yield from outcome


def _chunks(articles: Iterable[Article | Skipped]) -> Iterator[list[Article | Skipped]]:
    stream = iter(articles)
    while chunk := list(islice(stream, _CHUNK)):
        yield chunk


def _read_chunk(chunk: list[Article | Skipped], worker: _Worker) -> Iterator[Finished | Skipped]:
    done = iter(worker.read([each for each in chunk if isinstance(each, Article)]))
    for each in chunk:
        yield each if isinstance(each, Skipped) else next(done)


_own_worker: _Worker | None = None  # one for each process of the pool


def _start_worker(settings: Settings) -> None:
    global _own_worker
    _own_worker = _Worker(settings)


def _read_in_worker(chunk: list[Article | Skipped]) -> list[Finished | Skipped]:
    assert _own_worker is not None  # the pool's initializer ran first
    return list(_read_chunk(chunk, _own_worker))


def _conflict_words(lang: str) -> frozenset[str]:
    """Give the lemmas that always speak of an armed event, to find what the rules missed."""
    lexicon = load_lexicon(lang)
    return frozenset(
        lemma
        for index in (lexicon.verbs, lexicon.nouns)
        for lemma, frames in index.items()
        if any(frame.strength == "strong" and frame.file == "frames.yaml" for frame in frames)
    )


def _write_atomically(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
