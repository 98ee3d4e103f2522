"""Where the project's data lives: languages, knowledge, ontology, queries, seeds.

Takes names and gives paths or parsed content. Only this module knows that a wheel carries
`ontology/` and `queries/` inside `kg/_data/` while a checkout has them beside `kg/`.
"""

from __future__ import annotations

import csv
import gc
from pathlib import Path

import yaml

from kg.errors import RuleError

__all__ = [
    "knowledge_file",
    "language_file",
    "languages",
    "ontology_file",
    "queries_dir",
    "read_csv",
    "read_yaml",
    "settle",
]

_PACKAGE = Path(__file__).resolve().parent


def languages() -> tuple[str, ...]:
    """List the language codes that have a folder under `kg/lang/`, sorted."""
    return tuple(sorted(path.name for path in (_PACKAGE / "lang").iterdir() if path.is_dir()))


def language_file(lang: str, name: str) -> Path:
    """Give the path of a file or folder of a language ("fr", "frames.yaml")."""
    return _PACKAGE / "lang" / lang / name


def knowledge_file(name: str) -> Path:
    """Give the path of a file of `kg/knowledge/`, true in every language."""
    return _PACKAGE / "knowledge" / name


def ontology_file(name: str) -> Path:
    """Give the path of a file of the ontology ("kg.ttl")."""
    return _beside("ontology") / name


def queries_dir() -> Path:
    """Give the folder of the documented queries."""
    return _beside("queries")


def read_yaml(path: Path) -> object:
    """Parse a YAML data file.

    Raises:
        RuleError: The file is missing or is not YAML; the message names it and the line.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except FileNotFoundError as error:
        raise RuleError(f"{path}: no such data file. Reinstall kg or name another.") from error
    except yaml.YAMLError as error:
        raise RuleError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from error


def read_csv(path: Path) -> tuple[dict[str, str], ...]:
    """Read a CSV data file with a header line; cells are stripped, missing cells are "".

    Raises:
        RuleError: The file is missing or a row has more cells than the header.
    """
    if not path.is_file():
        raise RuleError(f"{path}: no such data file. Reinstall kg or name another.")
    rows = []
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if None in row:
                raise RuleError(f"{path}: more cells than the header has: {row[None]}")
            rows.append({key: (value or "").strip() for key, value in row.items()})
    return tuple(rows)


def _beside(name: str) -> Path:
    packed = _PACKAGE / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def settle() -> None:
    """Take what is loaded by now out of the garbage collector's rounds.

    A model and its rules live as long as the process; walking them again and again costs a
    twentieth of the time from text to facts. What is made later is collected as ever; what an
    earlier call kept and nobody holds any more goes now.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
