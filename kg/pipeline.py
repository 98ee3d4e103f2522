"""The whole road, from inputs to a graph and the files about it.

Takes paths and settings and gives a store, a Turtle file, a picture, fact lines and a report. Only
this module and `cli.py` know the stages. Articles are read by one process or several, which return
finished records; one bad article never stops the rest.
"""

from __future__ import annotations

import io
import json
import logging
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from kg import __version__
from kg.annotate.annotator import Annotator
from kg.errors import KGError, ReadError, StoreError
from kg.extract.extractor import Extractor
from kg.extract.lexicon import EVENTS, MODES, load_lexicon
from kg.model import Annotation, Article, Reading, Skipped
from kg.rdf.build import triples
from kg.rdf.iris import Iris
from kg.rdf.refresh import refresh
from kg.rdf.turtle import write_trig, write_turtle
from kg.read.drafts import Columns, ReadOptions
from kg.read.identifiers import Identifiers
from kg.read.inputs import list_inputs, read_articles
from kg.read.llm import LanguageModelReader
from kg.resolve.judging import judge
from kg.resolve.readers import merge_readings
from kg.resources import language_file, settle
from kg.settings import SecondReader, Settings
from kg.show.draw import page_of
from kg.show.export import export_text
from kg.show.facts import format_facts, reading_from_facts
from kg.show.graph import load_graph
from kg.show.lines import check_lines
from kg.show.report import Duplicated, Unread, write_report
from kg.show.scene import picture_of
from kg.show.stored import stored_facts
from kg.store.base import Store
from kg.store.opening import open_store
from kg.vocab import KG
from kg.writing import write_atomically

__all__ = [
    "Finished",
    "Run",
    "add",
    "build",
    "draw_store",
    "export_facts",
    "export_store",
    "read_all",
    "remove",
]

_log = logging.getLogger(__name__)

# Articles parsed together: enough to fill the pipeline's batches, few enough to see progress.
_CHUNK = 16


def _nothing() -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """One article read to the end; `fault` says why its second reader gave nothing, if so."""

    reading: Reading
    unread: tuple[Unread, ...] = ()
    fault: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All that one run read and left out.

    `faults` are the articles that the second reader could not read; the rules did. `duplicates` are
    those of the whole store after the run.
    """

    finished: tuple[Finished, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    faults: tuple[Skipped, ...] = ()
    duplicates: tuple[Duplicated, ...] = ()

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The readings in input order."""
        return tuple(each.reading for each in self.finished)


class _Worker:
    """Reads articles in one process: parse, recognise, extract, and the second reader if any."""

    def __init__(self, settings: Settings) -> None:
        # As a string, because spaCy takes that for a package's name as well as for a folder.
        model = str(settings.model) if settings.model is not None else None
        self._annotator = Annotator(settings.lang, model)
        self._extractor = Extractor(settings.lang)
        settle()
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
        mentions = (
            *(mention for event in reading.events for mention in event.mentions),
            *(mention for relation in reading.relations for mention in relation.mentions),
            *(mention for link in reading.links for mention in link.mentions),
        )
        named = [
            (start, token.text)
            for token, start in zip(annotation.doc, annotation.starts, strict=True)
            if token.lemma_.lower() in self._conflict_words
        ]
        found = []
        for sentence in reading.sentences:
            words = [word for at, word in named if sentence.start <= at < sentence.end]
            told = any(m.start < sentence.end and sentence.start < m.end for m in mentions)
            if words and not told:
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


def build(
    inputs: Iterable[str],
    out: Path,
    settings: Settings,
    *,
    on_article: Callable[[], None] = _nothing,
) -> Run:
    """Read inputs and build or update the graph in a folder.

    Writes `store/`, `graph.ttl`, `graph.html`, `facts/ID.jsonl` and `report.md`, each file whole or
    not at all. When no input gives an article, nothing is written.

    Args:
        inputs: Files, folders, or "-" for standard input.
        out: The folder; made when it is not there.
        settings: How articles are read and named.
        on_article: Called after each article or skipped input, to show progress.

    Raises:
        KGError: The language, its model or its rules cannot be loaded, or the store not written.
    """
    paths = list_inputs(inputs, leave_out=out)
    run = read_all(paths, settings, on_article=on_article)
    if not run.finished:
        return run
    with open_store(out / "store", create=True) as store:
        run = _put(store, run, settings)
        turtle = _turtle(store, settings.base)
        page = page_of(picture_of(load_graph(store, lang=settings.lang)))
    write_atomically(out / "graph.ttl", turtle)
    write_atomically(out / "graph.html", page)
    for reading in run.readings:
        write_atomically(out / "facts" / f"{reading.article.id}.jsonl", format_facts(reading))
    write_atomically(out / "report.md", _report(run))
    return run


def add(
    inputs: Iterable[str],
    location: str,
    settings: Settings,
    *,
    on_article: Callable[[], None] = _nothing,
) -> Run:
    """Read inputs into the store at a location; arguments and errors as in `build`."""
    run = read_all(list_inputs(inputs), settings, on_article=on_article)
    if run.finished:
        with open_store(location, create=True) as store:
            run = _put(store, run, settings)
    return run


def remove(articles: Iterable[str], location: str, settings: Settings) -> None:
    """Take articles out of the store at a location, by id; what follows from the rest stays.

    Raises:
        StoreError: There is no store, or none of its articles has one of the ids.
    """
    iris = Iris(settings.base)
    with open_store(location) as store:
        graphs = set(store.graphs())
        wanted = {article: iris.article_graph(article) for article in articles}
        for article, graph in wanted.items():
            if graph not in graphs:
                raise StoreError(
                    f"{location}: no article {article} here. `kg ask articles` lists them."
                )
        for graph in wanted.values():
            store.remove_graph(graph)
        _refresh(store, settings)


def draw_store(
    location: str,
    *,
    title: str = "Graphe",
    focus: str | None = None,
    hops: int = 1,
    lang: str = "fr",
) -> str:
    """Draw the store at a location as an HTML page; arguments as in `kg.show.draw.page_of`.

    Raises:
        StoreError: There is no store.
        KGError: No node has the name of the focus.
    """
    with open_store(location, read_only=True) as store:
        picture = picture_of(load_graph(store, lang=lang))
    return page_of(picture, title=title, focus=focus, hops=hops)


def export_store(location: str, form: str, *, base: str) -> str:
    """Write the store at a location as "turtle", "trig", "facts" or a form of `kg.show.export`

    Raises:
        StoreError: There is no store, or it holds several articles and the form is "facts".
    """
    with open_store(location, read_only=True) as store:
        if form == "turtle":
            return _turtle(store, base)
        if form == "trig":
            text = io.StringIO()
            write_trig(store, text, base=base)
            return text.getvalue()
        if form == "facts":
            facts = stored_facts(store)
            if len(facts) > 1:
                raise StoreError(
                    f"{location}: {len(facts)} articles; their fact lines need a file each. "
                    "Name a folder with -o."
                )
            return "".join(facts.values())
        return export_text(store, form)


def export_facts(location: str) -> dict[str, str]:
    """Give the fact lines of each article of the store at a location, by id.

    Raises:
        StoreError: There is no store.
    """
    with open_store(location, read_only=True) as store:
        return stored_facts(store)


def _turtle(store: Store, base: str) -> str:
    text = io.StringIO()
    write_turtle(store.triples(), text, base=base)
    return text.getvalue()


def _put(store: Store, run: Run, settings: Settings) -> Run:
    """Put a run's articles into a store in place of what it says of them, and renew the rest."""
    iris = Iris(settings.base)
    name = _run_name(settings)
    store.replace_graphs(
        {
            iris.article_graph(reading.article.id): triples(reading, base=settings.base, run=name)
            for reading in run.readings
        }
    )
    return replace(run, duplicates=_refresh(store, settings))


def _refresh(store: Store, settings: Settings) -> tuple[Duplicated, ...]:
    """Renew what follows from the articles of a store; give those that repeat another one."""
    judgements = judge(store)
    refresh(store, base=settings.base, judges=(lambda _: judgements,))
    return tuple(
        Duplicated(
            article=_article_id(each.subject),
            original=_article_id(each.object),
            reason=each.reason,
        )
        for each in judgements
        if each.predicate == KG.nearDuplicateOf
    )


def _article_id(iri: str) -> str:
    return unquote(iri.rpartition("/")[2])


def _run_name(settings: Settings) -> str:
    """Name what reads: program and pipeline with their versions, never a time."""
    model = settings.model or language_file(settings.lang, "model")
    meta = model / "meta.json"
    name = f"kg {__version__}"
    if not meta.is_file():
        return f"{name}, {model.name}"
    described = json.loads(meta.read_text(encoding="utf-8"))
    return f"{name}, {described['lang']}_{described['name']} {described['version']}"


def _report(run: Run) -> str:
    return write_report(
        run.readings,
        skipped=run.skipped,
        faults=run.faults,
        duplicates=run.duplicates,
        unread=[each for finished in run.finished for each in finished.unread],
    )


def read_all(
    paths: Sequence[Path],
    settings: Settings,
    *,
    on_article: Callable[[], None] = _nothing,
) -> Run:
    """Read every article in the files, in order; `on_article` is called after each article or skip.

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
        on_article()
    faults = tuple(
        Skipped(path=each.reading.article.path or each.reading.article.id, reason=each.fault)
        for each in finished
        if each.fault is not None
    )
    return Run(finished=tuple(finished), skipped=tuple(skipped), faults=faults)


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
    try:
        with pool:
            for outcome in pool.map(_read_in_worker, _chunks(articles)):
                yield from outcome
    except BrokenProcessPool as error:
        raise KGError("a reading process died, perhaps out of memory. Try fewer --jobs.") from error


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
