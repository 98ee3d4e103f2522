"""Where the corpora are and how they are split: takes the folder KG_CORPORA, gives paths.

Every test part is named here once, so that nothing else can train on it.
"""

from __future__ import annotations

import os
import tarfile
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "COMMITS",
    "NAME_DEV_MONTHS",
    "NAME_TEST_MONTHS",
    "CorporaMissing",
    "NameSplit",
    "find_corpora",
    "split_names",
    "treebank",
    "unpack_names",
]

COMMITS = {
    "UniversalDependencies/UD_French-Sequoia": "f5b0496",
    "UniversalDependencies/UD_French-GSD": "830e278",
    "UniversalDependencies/UD_French-PUD": "c245786",
    "UniversalDependencies/UD_French-FQB": "d585d0f",
    "UniversalDependencies/UD_French-Rhapsodie": "e638b81",
    "YoannDupont/WiNER-fr": "0fe35f0",
}
NAME_TEST_MONTHS = ("2016/10", "2017/06", "2018/01")
NAME_DEV_MONTHS = ("2016/11", "2018/04")
_NEEDED = ("ud/fr_sequoia-ud-train.conllu", "winer-fr.tar.xz", "europarl_fr.txt.xz")


class CorporaMissing(Exception):
    """The folder of corpora, or a file in it, is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSplit:
    """The WiNER articles by use; `train` holds none of the extraction's development articles."""

    train: tuple[Path, ...]
    dev: tuple[Path, ...]
    test: tuple[Path, ...]


def find_corpora() -> Path:
    """Give the folder of corpora: the variable KG_CORPORA, or `../shared/data`.

    Raises:
        CorporaMissing: The folder or one of its main files is not there.
    """
    folder = Path(os.environ.get("KG_CORPORA", "../shared/data"))
    for name in _NEEDED:
        if not (folder / name).exists():
            raise CorporaMissing(
                f"{folder / name}: not found. Set KG_CORPORA to the folder that holds the corpora"
                " named in training/README.md"
            )
    return folder


def treebank(corpora: Path, name: str) -> Path:
    """Give the path of one treebank part, such as `sequoia-ud-train`."""
    return corpora / "ud" / f"fr_{name}.conllu"


def unpack_names(corpora: Path, work: Path) -> Path:
    """Unpack WiNER-fr into the work folder once; give the folder of its years."""
    target = work / "winer-fr"
    if not target.exists():
        with tarfile.open(corpora / "winer-fr.tar.xz") as archive:
            archive.extractall(work, filter="data")
    return target


def split_names(articles: Path, development: frozenset[str]) -> NameSplit:
    """Split the articles by month, leaving those named in `development` out of training."""
    train, dev, test = [], [], []
    for path in sorted(articles.rglob("*.txt")):
        month = "/".join(path.parts[-3:-1])
        if month in NAME_TEST_MONTHS:
            test.append(path)
        elif month in NAME_DEV_MONTHS:
            dev.append(path)
        elif path.stem not in development:
            train.append(path)
    return NameSplit(train=tuple(train), dev=tuple(dev), test=tuple(test))
