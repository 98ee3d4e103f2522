"""What the road from text to facts costs beside the bare language pipeline.

    python -m benchmarks.extraction [FOLDER …] [--rounds 3]

Takes folders of `ID.txt` articles (with `ID.date` beside them; by default those of the tests and
the seeds); prints seconds and words/s of the pipeline alone and of the whole road, and their ratio.
Both run in turns on one thread and each keeps its best round, so that a busy machine weighs less.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.annotate.annotator import Annotator
from kg.annotate.documents import find_paragraphs
from kg.extract.extractor import Extractor
from kg.model import Article
from kg.resources import settle

__all__ = ["main", "measure", "read_folder"]

FOLDERS = (Path("tests/dispatches/text"), Path("tests/counterfactual/text"), Path("seeds"))
ASKED = 1.6
_LEAST_WORDS = 10_000  # fewer are read again and again: a short run measures the clock


def read_folder(folder: Path) -> list[Article]:
    """Read the articles of a folder in the order of their names."""
    articles = []
    for path in sorted(folder.glob("*.txt")):
        stamp = path.with_suffix(".date")
        day = datetime.date.fromisoformat(stamp.read_text().strip()) if stamp.exists() else None
        text = path.read_bytes().decode("utf-8")
        articles.append(Article(id=path.stem, text=text, date=day, lang="fr"))
    return articles


def measure(articles: Sequence[Article], rounds: int) -> tuple[int, float, float]:
    """Give words, best seconds of the pipeline alone, best seconds from text to facts."""
    annotator, extractor = Annotator("fr"), Extractor("fr")
    texts = [paragraph.text for a in articles for paragraph in find_paragraphs(a.text)]
    words = sum(len(annotator.nlp.make_doc(text)) for text in texts)

    def parse() -> None:
        for _ in annotator.nlp.pipe(texts):
            pass

    def read() -> None:
        for annotation in annotator.annotate(articles):
            extractor.read(annotation)

    parse()  # what is loaded on first use is no part of the price
    read()
    settle()  # as `kg build` does
    bare = whole = float("inf")
    for _ in range(rounds):
        bare, whole = min(bare, _seconds(parse)), min(whole, _seconds(read))
    return words, bare, whole


def _seconds(work: Callable[[], None]) -> float:
    start = time.process_time()  # of this process alone, whatever else the machine does
    work()
    return time.process_time() - start


def _hold_to_one_thread() -> None:
    """Start this process anew with one BLAS thread, unless it has one already."""
    if os.environ.get("OMP_NUM_THREADS") != "1":
        os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
        os.execv(sys.executable, [sys.executable, "-m", "benchmarks.extraction", *sys.argv[1:]])


def main() -> int:
    """Print the figures; 2 when there is nothing to read."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", 1)[0])
    parser.add_argument("folders", type=Path, nargs="*", help="folders of .txt articles")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    _hold_to_one_thread()
    articles = [article for folder in options.folders or FOLDERS for article in read_folder(folder)]
    if not articles:
        print("no .txt article in the folders named", file=sys.stderr)
        return 2
    size = sum(len(article.text.split()) for article in articles)
    articles *= 1 + _LEAST_WORDS // max(size, 1)
    words, bare, whole = measure(articles, options.rounds)
    print(f"{len(articles)} articles, {words} tokens, best of {options.rounds} rounds, one thread")
    print(f"language pipeline alone  {bare:6.2f} s  {words / bare:8.0f} tokens/s")
    print(f"text to facts            {whole:6.2f} s  {words / whole:8.0f} tokens/s")
    print(f"ratio                    {whole / bare:6.2f}    (asked: at most {ASKED})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
