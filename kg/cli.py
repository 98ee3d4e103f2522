"""The command line: one verb for each stretch of the road.

Takes arguments and gives files, tables on standard output, and an exit code: 0 fine, 1 findings or
skipped articles under --strict, 2 usage. The only module that prints; progress and messages go to
standard error. Stages are imported inside the commands, so that `kg --help` need not wait for them.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text
from typer.exceptions import TyperException

from kg import __version__, options
from kg.errors import KGError
from kg.settings import DEFAULT_BASE, Settings
from kg.writing import write_atomically

if TYPE_CHECKING:
    from kg.pipeline import Run
    from kg.show.evaluate import Evaluation
    from kg.store.base import Store as OpenStore
    from kg.store.base import Table as Rows
    from kg.store.headers import Query

__all__ = ["app", "main"]

FINE, FINDINGS, USAGE = 0, 1, 2
DEFAULT_STORE = "build/store"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

app = typer.Typer(
    name="kg",
    help="Reads French conflict news into a knowledge graph that can be trusted, asked and seen.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
def build(
    inputs: options.Inputs,
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder to write to.")] = Path(
        "build"
    ),
    date: options.Date = None,
    lang: options.Lang = "fr",
    model: options.Model = None,
    base: options.Base = DEFAULT_BASE,
    jobs: options.Jobs = 1,
    strict: options.Strict = False,
    column: options.Columns = None,
    reader: options.Who = options.Reader.RULES,
    llm_address: options.LlmAddress = None,
    llm_model: options.LlmModel = None,
    llm_name: options.LlmName = None,
    llm_seconds: options.LlmSeconds = 120.0,
) -> None:
    """Read articles and build or update a graph.

    Writes OUT/store/, OUT/graph.ttl, OUT/graph.html, OUT/facts/ID.jsonl and OUT/report.md.
    """
    second = options.second_reader_from(reader, llm_address, llm_model, llm_name, llm_seconds)
    settings = options.settings_from(
        date, column, lang=lang, model=model, base=base, jobs=jobs, second=second
    )
    from kg import pipeline
    from kg.read.inputs import list_inputs

    with _progress(len(list_inputs(inputs))) as step:
        run = pipeline.build(inputs, out, settings, on_article=step)
    _finish_run(run, f"{out}/graph.html shows it, {out}/report.md tells it", strict, inputs)


@app.command()
def add(
    inputs: options.Inputs,
    store: options.Store = DEFAULT_STORE,
    date: options.Date = None,
    lang: options.Lang = "fr",
    model: options.Model = None,
    base: options.Base = DEFAULT_BASE,
    jobs: options.Jobs = 1,
    strict: options.Strict = False,
    column: options.Columns = None,
    reader: options.Who = options.Reader.RULES,
    llm_address: options.LlmAddress = None,
    llm_model: options.LlmModel = None,
    llm_name: options.LlmName = None,
    llm_seconds: options.LlmSeconds = 120.0,
) -> None:
    """Read articles into a store; one that is there already is replaced."""
    second = options.second_reader_from(reader, llm_address, llm_model, llm_name, llm_seconds)
    settings = options.settings_from(
        date, column, lang=lang, model=model, base=base, jobs=jobs, second=second
    )
    from kg import pipeline
    from kg.read.inputs import list_inputs

    with _progress(len(list_inputs(inputs))) as step:
        run = pipeline.add(inputs, store, settings, on_article=step)
    _finish_run(run, f"{store} holds them", strict, inputs)


@app.command()
def remove(
    articles: Annotated[list[str], typer.Argument(metavar="ID", help="Ids of articles.")],
    store: options.Store = DEFAULT_STORE,
    base: options.Base = DEFAULT_BASE,
) -> None:
    """Take articles out of a store, with all that only they said."""
    from kg import pipeline

    pipeline.remove(articles, store, Settings(base=base))
    print(f"{len(articles)} article{'s' * (len(articles) != 1)} removed from {store}")


@app.command()
def ask(
    query: Annotated[
        str | None,
        typer.Argument(
            metavar="[QUERY]",
            help="A query's name, a .rq file, or SPARQL text; without it, the names are listed.",
        ),
    ] = None,
    store: options.Store = DEFAULT_STORE,
    param: Annotated[
        list[str] | None,
        typer.Option("-p", "--param", help="A value for a parameter, as NAME=VALUE. Repeat it."),
    ] = None,
    form: Annotated[
        options.Answer, typer.Option("-f", "--format", help="How a SELECT's rows are printed.")
    ] = options.Answer.TABLE,
) -> None:
    """Ask a store: by a query's name, by a file, or with SPARQL text."""
    from kg.store.ask import find_query, list_queries
    from kg.store.opening import open_store

    if query is None:
        _print_queries(list_queries())
        return
    found = find_query(query)
    params = dict(options.split_pair(each, "--param", "NAME=VALUE") for each in param or ())
    with open_store(store, read_only=True) as opened:
        _print_answer(opened, found, params, form)


@app.command()
def check(
    store: options.Store = DEFAULT_STORE,
    base: options.Base = DEFAULT_BASE,
) -> None:
    """Check shapes, quotes and edges; each finding is a line, and any makes the exit code 1."""
    from kg.rdf import check as checking
    from kg.store.opening import open_store

    with open_store(store, read_only=True) as opened:
        findings = checking.check(opened, base=base)
    for finding in findings:
        print(_visible(f"{finding.kind}: {finding.subject}: {finding.message}"))
    if findings:
        raise typer.Exit(FINDINGS)
    print("no findings")


@app.command()
def draw(
    store: options.Store = DEFAULT_STORE,
    out: Annotated[Path, typer.Option("-o", "--out", help="The HTML file to write.")] = Path(
        "graph.html"
    ),
    focus: Annotated[
        str | None, typer.Option("--focus", help="The name or IRI to begin from; all if unset.")
    ] = None,
    hops: Annotated[
        int, typer.Option("--hops", min=0, help="How far from the focus the first view reaches.")
    ] = 1,
    title: Annotated[str, typer.Option("--title", help="The page's heading.")] = "Graphe",
    lang: options.Lang = "fr",
) -> None:
    """Draw the interactive graph as one HTML file that works with no network."""
    from kg.pipeline import draw_store

    page = draw_store(store, title=title, focus=focus, hops=hops, lang=lang)
    write_atomically(out, page)
    print(out)


@app.command()
def export(
    form: Annotated[options.Form, typer.Option("-f", "--format", help="The form to write.")],
    store: options.Store = DEFAULT_STORE,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            help="The file to write, for facts the folder; standard output if unset.",
        ),
    ] = None,
    base: options.Base = DEFAULT_BASE,
) -> None:
    """Write the graph in a form that other programs read."""
    from kg.pipeline import export_facts, export_store

    if form is options.Form.FACTS and out is not None:
        for article, lines in export_facts(store).items():
            write_atomically(out / f"{article}.jsonl", lines)
        print(out)
        return
    text = export_store(store, form.value, base=base)
    if out is None:
        sys.stdout.write(text)
    else:
        write_atomically(out, text)
        print(out)


@app.command()
def why(
    thing: Annotated[
        str, typer.Argument(metavar="THING", help="A name, an IRI, or an edge as 'A -> B'.")
    ],
    store: options.Store = DEFAULT_STORE,
    lang: options.Lang = "fr",
) -> None:
    """Explain an entity, an event or an edge by its sentences, sources and rules."""
    from kg.show.graph import load_graph
    from kg.show.why import explain, explanation_lines
    from kg.store.opening import open_store

    with open_store(store, read_only=True) as opened:
        graph = load_graph(opened, lang=lang)
    for line in explanation_lines(graph, explain(graph, thing)):
        print(_visible(line))


@app.command()
def serve(
    store: options.Store = DEFAULT_STORE,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen at; this machine alone if unset.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port to listen at.")
    ] = 7878,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.1, help="How long a query may take.")
    ] = 30.0,
    lang: options.Lang = "fr",
) -> None:
    """Serve a store: a SPARQL 1.1 endpoint at /sparql and the explorer in the browser."""
    from kg.pipeline import draw_store
    from kg.show import serve as server
    from kg.store.opening import is_url

    if is_url(store):
        _fail(f"{store} is served already. Name a store's folder.")
    _say(f"http://{host}:{port}/ shows the graph, /sparql answers queries; Ctrl-C stops")
    server.serve(
        Path(store),
        lambda: draw_store(store, lang=lang),
        host=host,
        port=port,
        seconds=seconds,
    )


@app.command(name="eval")
def evaluate_(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="A folder of gold ID.jsonl files.")],
    system: Annotated[
        Path, typer.Argument(metavar="SYSTEM", help="A folder of ID.jsonl files to judge.")
    ],
    errors: Annotated[
        int, typer.Option("--errors", min=0, help="How many faults of each kind to list.")
    ] = 0,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write gold and system side by side here.")
    ] = None,
    text: Annotated[
        Path | None,
        typer.Option("--text", help="The articles' folder, for --html; GOLD/../text if unset."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Compare fact lines with gold ones: precision, recall and F1 per kind of fact."""
    from kg.show.comparison import comparison_page
    from kg.show.evaluate import evaluate, load_facts

    evaluation = evaluate(load_facts(gold), load_facts(system))
    if as_json:
        print(json.dumps({each.name: each.rounded() for each in evaluation.figures}))
    else:
        _print_evaluation(evaluation, errors)
    if html is not None:
        texts = _texts(text or gold.parent / "text")
        write_atomically(html, comparison_page(evaluation, texts))
        _say(f"{html} shows both sides")


def main() -> None:
    """Run `kg`, turning foreseen failures into one line and an exit code."""
    try:
        code = app(prog_name="kg", standalone_mode=False)
    except TyperException as error:
        context = getattr(error, "ctx", None)
        where = context.command_path if context else "kg"
        _fail(f"{error.format_message()} See: {where} --help")
    except KGError as error:
        _fail(str(error))
    except (typer.Abort, KeyboardInterrupt):
        _fail("stopped.")
    except BrokenPipeError:
        # Whoever read our output has had enough; nothing more may be written, at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FINE
    except OSError as error:  # no room, no right to write, a file where a folder should be
        _fail(f"{error.filename or 'the system'}: {error.strerror or error}")
    sys.exit(code if isinstance(code, int) else FINE)


@app.callback(invoke_without_command=True)
def _kg(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Tell what failed where, with tracebacks.")
    ] = False,
) -> None:
    if verbose:
        logging.basicConfig(level=logging.DEBUG, format="%(name)s: %(message)s")
        for noisy in ("httpcore", "httpx", "trafilatura", "htmldate"):
            logging.getLogger(noisy).setLevel(logging.WARNING)
    if version:
        print(f"kg {__version__}")
        raise typer.Exit(FINE)
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(USAGE)


def _texts(folder: Path) -> dict[str, str]:
    """Give the text of each article of a folder by its id."""
    from kg.model import Article
    from kg.read.drafts import ReadOptions
    from kg.read.inputs import list_inputs, read_articles

    articles = read_articles(list_inputs([str(folder)]), ReadOptions())
    return {each.id: each.text for each in articles if isinstance(each, Article)}


def _say(message: str) -> None:
    """Tell the user something beside the output proper."""
    print(message, file=sys.stderr)


def _fail(message: str, code: int = USAGE) -> NoReturn:
    """Stop with one line on standard error."""
    _say(f"kg: {' '.join(message.split())}")
    sys.exit(code)


def _visible(words: str) -> str:
    """Show control characters of a source, which could steer a terminal, as a replacement sign."""
    return _CONTROLS.sub("\ufffd", words)


def _console() -> Console:
    """Give a console that never wraps or colours what a program reads."""
    if sys.stdout.isatty():
        return Console(highlight=False)
    return Console(highlight=False, no_color=True, width=10_000)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """Show a bar on a terminal, nothing elsewhere; gives what advances it by one article."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=total)
        done = 0

        def step() -> None:
            nonlocal done
            done += 1
            # A table or a feed holds more articles than it is files.
            progress.update(task, completed=done, total=max(done, total))

        yield step


def _finish_run(run: Run, where: str, strict: bool, inputs: list[str]) -> None:
    """Tell what a run read and skipped, and settle the exit code."""
    for each in run.skipped:
        _say(f"kg: {each.path}: {each.reason}")
    for each in run.faults:
        _say(f"kg: {each.path}: the second reader gave nothing: {each.reason}")
    for double in run.duplicates:
        _say(f"kg: {double.article} repeats {double.original}: {double.reason}")
    number = len(run.finished)
    events = sum(len(reading.events) for reading in run.readings)
    print(
        f"{number} article{'s' * (number != 1)} read, {len(run.skipped)} skipped, {events} events"
    )
    print(where if number else "nothing was read, so nothing was written")
    if any(each != "-" and not Path(each).exists() for each in inputs):
        raise typer.Exit(USAGE)
    if strict and (run.skipped or run.faults):
        raise typer.Exit(FINDINGS)


def _print_queries(queries: Iterable[Query]) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    for query in queries:
        params = ", ".join(param.name for param in query.params)
        table.add_row(query.name, Text(query.question_en), Text(params, style="dim"))
    _console().print(table)


def _print_answer(
    store: OpenStore, query: Query, params: dict[str, str], form: options.Answer
) -> None:
    from kg.rdf.turtle import write_turtle
    from kg.show.answers import table_csv, table_json
    from kg.store.ask import run_ask, run_construct, run_select

    if query.form == "ASK":
        print("true" if run_ask(store, query, params) else "false")
    elif query.form in ("CONSTRUCT", "DESCRIBE"):
        write_turtle(run_construct(store, query, params), sys.stdout)
    elif form is options.Answer.TURTLE:
        _fail("a SELECT gives rows, not Turtle. Use -f table, csv or json, or a CONSTRUCT.")
    else:
        table = run_select(store, query, params)
        if form is options.Answer.TABLE:
            _print_table(table)
        else:
            sys.stdout.write(table_csv(table) if form is options.Answer.CSV else table_json(table))


def _print_table(rows: Rows) -> None:
    table = Table(box=None, pad_edge=False)
    for column in rows.columns:
        table.add_column(column)
    for record in rows.records():
        # Text, because a cell may hold what rich would take for markup.
        table.add_row(*(Text(_visible(cell)) for cell in record.values()))
    console = _console()
    console.print(table)
    if not rows.rows:
        _say("no rows")


def _print_evaluation(evaluation: Evaluation, errors: int) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("fact")
    for name in ("P", "R", "F1", "gold", "system"):
        table.add_column(name, justify="right")
    for figure in evaluation.figures:
        shares = (f"{share:.3f}" for share in (figure.precision, figure.recall, figure.f1))
        table.add_row(figure.name, *shares, str(figure.gold), str(figure.system))
    console = _console()
    console.print(table)
    kinds = Counter(fault.kind for fault in evaluation.faults)
    console.print()
    for kind, number in kinds.most_common():
        console.print(f"{number:5} {kind}", markup=False)
        for fault in [each for each in evaluation.faults if each.kind == kind][:errors]:
            console.print(
                f"      {fault.article} {fault.type}: gold [{fault.gold}] system [{fault.system}]",
                markup=False,
            )


if __name__ == "__main__":
    main()
