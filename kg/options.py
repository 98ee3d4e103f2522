"""What the commands can be told: arguments and options, and the settings that follow from them.

Takes what typer read from the command line and gives `Settings`. Options that several commands
share are declared once, here.
"""

from __future__ import annotations

import datetime
import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.errors import KGError
from kg.settings import PARTS, SecondReader, Settings

__all__ = [
    "Answer", "Base", "Columns", "Date", "Form", "Inputs", "Jobs", "Lang", "LlmAddress", "LlmModel",
    "LlmName", "LlmSeconds", "Model", "Reader", "Store", "Strict", "Who", "second_reader_from",
    "settings_from", "split_pair",
]  # fmt: skip


class Reader(StrEnum):
    """Who reads the articles."""

    RULES = "rules"
    LLM = "llm"


class Answer(StrEnum):
    """How `kg ask` prints the rows of a SELECT."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TURTLE = "turtle"


class Form(StrEnum):
    """What `kg export` writes."""

    TURTLE = "turtle"
    TRIG = "trig"
    NTRIPLES = "ntriples"
    NQUADS = "nquads"
    JSONLD = "jsonld"
    GRAPHML = "graphml"
    GEXF = "gexf"
    CSV = "csv"
    GEOJSON = "geojson"
    FACTS = "facts"


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Files (.txt .md .html .jsonl .csv .xml), folders, or - for standard input.",
        show_default=False,
    ),
]
Store = Annotated[
    str, typer.Option("-s", "--store", help="A store folder or a SPARQL endpoint's URL.")
]
Date = Annotated[
    str | None,
    typer.Option("--date", help="The date of articles that carry none, as 2020-02-13."),
]
Model = Annotated[
    Path | None,
    typer.Option(
        "--model", help="A spaCy pipeline (folder or package) instead of the language's own."
    ),
]
Lang = Annotated[str, typer.Option("--lang", help="The language to read.")]
Base = Annotated[str, typer.Option("--base", help="Where the IRIs of individuals begin.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit 1 when an article was skipped.")]
Jobs = Annotated[int, typer.Option("-j", "--jobs", min=1, help="Processes that read articles.")]
Who = Annotated[
    Reader,
    typer.Option(
        "--reader",
        help="llm: a language model reads as well; the articles are sent to --llm-address.",
    ),
]
LlmAddress = Annotated[
    str | None,
    typer.Option("--llm-address", help="An OpenAI-compatible address, http://HOST:PORT/v1."),
]
LlmModel = Annotated[
    str | None, typer.Option("--llm-model", help="The model's name at that address.")
]
LlmName = Annotated[
    str | None, typer.Option("--llm-name", help="What marks its facts; the model's name if unset.")
]
LlmSeconds = Annotated[
    float, typer.Option("--llm-seconds", min=0.1, help="How long one answer may take.")
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        help="A column of a .csv or .jsonl file, as PART=NAME; the parts are text, title, date, "
        "source, url, lang and id. Repeat it for each.",
    ),
]


def settings_from(
    date: str | None,
    column: list[str] | None,
    *,
    lang: str,
    model: Path | None,
    base: str,
    jobs: int,
    second: SecondReader | None,
) -> Settings:
    """Settle how articles are read; KGError when the date or a column is not well written."""
    form = f"PART=NAME, PART one of {', '.join(PARTS)}"
    columns = tuple(split_pair(each, "--column", form) for each in column or ())
    for part, name in columns:
        if part not in PARTS:
            raise KGError(f"--column {part}={name}: write {form}.")
    return Settings(
        lang=lang,
        model=model,
        base=base,
        jobs=jobs,
        date=_day(date) if date else None,
        columns=columns,
        second_reader=second,
    )


def split_pair(option: str, name: str, form: str) -> tuple[str, str]:
    """Split an option's value at its first equals sign; KGError when there is none."""
    left, sign, right = option.partition("=")
    if not sign:
        raise KGError(f"{name} {option}: write {form}.")
    return left, right


def second_reader_from(
    reader: Reader, address: str | None, model: str | None, name: str | None, seconds: float
) -> SecondReader | None:
    """Settle who reads after the rules; KGError when the address or the model is missing."""
    if reader is Reader.RULES:
        return None
    if not address or not model:
        raise KGError("--reader llm needs --llm-address and --llm-model.")
    return SecondReader(
        address=address,
        model=model,
        name=name or model,
        seconds=seconds,
        key=os.environ.get("KG_LLM_KEY"),
    )


def _day(wording: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(wording)
    except ValueError as error:
        raise KGError(f"--date: `{wording}` is not a date. Write it as 2020-02-13.") from error
