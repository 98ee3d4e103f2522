"""Static word vectors: takes raw French text, gives a floret table (subword vectors, hashed).

The text is Europarl and the news of WiNER's training months, roughly tokenised by one expression
that agrees with the pipeline's tokenizer on nearly every word. Case is kept.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["FLORET_SETTINGS", "iter_text", "train_vectors", "write_text"]

FLORET_SETTINGS: dict[str, Any] = {
    "mode": "floret",
    "model": "skipgram",
    "dim": 96,
    "bucket": 50_000,
    "hashCount": 2,
    "minn": 3,
    "maxn": 5,
    "minCount": 8,
    "ws": 4,
    "neg": 5,
    "epoch": 2,
    "lr": 0.05,
    "t": 1e-4,
}

_TOKEN = re.compile(
    r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’]"
    r"|-t-(?:ils?|elles?|on)\b|-(?:ce|elles?|ils?|je|nous|on|vous|tu|là)\b"
    r"|\w+(?:[-.]\w+)*?(?=-t-(?:il|elle|on)|-(?:ce|elles?|ils?|je|nous|on|vous|tu)\b)"
    r"|\w+(?:[-.]\w+)*'?|[^\w\s]",
    re.IGNORECASE,
)


def iter_text(corpora: Path, articles: Iterator[Path]) -> Iterator[str]:
    """Yield the lines of Europarl, then those of the articles given, five times over."""
    with lzma.open(corpora / "europarl_fr.txt.xz", "rt", encoding="utf8") as lines:
        yield from lines
    news = [line for path in articles for line in path.read_text(encoding="utf8").splitlines()]
    for _ in range(5):
        yield from news


def write_text(lines: Iterator[str], target: Path, *, most: int | None = None) -> int:
    """Write the lines one per line, tokens parted by spaces; give the number of tokens written.

    `most` ends the writing after that many tokens.
    """
    count = 0
    with target.open("w", encoding="utf8") as out:
        for line in lines:
            tokens = _TOKEN.findall(line)
            count += len(tokens)
            if tokens:
                out.write(" ".join(tokens) + "\n")
            if most is not None and count >= most:
                break
    return count


def train_vectors(text: Path, target: Path, *, threads: int = 2, **changes: Any) -> None:
    """Train floret on tokenised text and write its table for `spacy init vectors --mode floret`.

    `changes` replace entries of `FLORET_SETTINGS`. One thread gives the same table every time;
    more threads are faster and vary in the last digits.
    """
    import floret

    model = floret.train_unsupervised(str(text), thread=threads, **{**FLORET_SETTINGS, **changes})
    model.save_floret_vectors(str(target))
