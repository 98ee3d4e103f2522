"""The French pipeline against the published figures of spaCy's own French models.

    python -m benchmarks.pipeline [--model kg/lang/fr/model]

Takes the shipped model and the corpora (the folder KG_CORPORA, by default ../shared/data); prints
a table in Markdown. The corpora are named in training/README.md.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import spacy

import kg.annotate.lemmas  # noqa: F401  registers the component of the model
from training.corpora import NAME_TEST_MONTHS, CorporaMissing, find_corpora
from training.evaluate import (
    held_out_articles,
    measure_names,
    measure_speed,
    measure_syntax,
    named_documents,
    use_fast_products,
)

# spaCy 3.8, as published with the models; names on WikiNER, the rest on Sequoia 2.8.
PUBLISHED = {
    "UPOS, Sequoia test": ("96.2", "97.1", "97.6", "97.8"),
    "LAS, Sequoia test": ("83.6", "85.9", "85.7", "87.0"),
    "lemmas, Sequoia test": ("90.8", "91.2", "91.4", "97.0"),
    "sentence F1, Sequoia test": ("89.0", "90.3", "86.6", "90.5"),
    "names F1": ("81.4", "83.2", "84.2", "84.0"),
    "size on disk, MB": ("15", "43", "545", "≤ 60"),
    "words/s on one core": ("", "", "", "≥ 8000"),
}


def measure(model: Path, corpora: Path) -> dict[str, str]:
    """Measure a model; the keys are those of `PUBLISHED`, and further rows follow them."""
    use_fast_products()
    nlp = spacy.load(model)
    with tempfile.TemporaryDirectory() as folder:
        gold = named_documents(nlp, held_out_articles(corpora, Path(folder)))
    syntax = measure_syntax(nlp, corpora)
    names = measure_names(nlp, gold)
    texts = [doc.text for doc in gold if len(doc) > 20]
    size = sum(path.stat().st_size for path in model.rglob("*") if path.is_file())
    rows = {
        "UPOS, Sequoia test": f"{100 * syntax.upos:.1f}",
        "LAS, Sequoia test": f"{100 * syntax.las:.1f}",
        "lemmas, Sequoia test": f"{100 * syntax.lemmas:.1f}",
        "sentence F1, Sequoia test": f"{100 * syntax.sentences:.1f}",
        "names F1": f"{100 * names.f1:.1f}",
        "size on disk, MB": f"{size / 1e6:.0f}",
        "words/s on one core": f"{measure_speed(nlp, texts):.0f}",
        "UAS, Sequoia test": f"{100 * syntax.uas:.1f}",
        "features, Sequoia test": f"{100 * syntax.features:.1f}",
        "tokens F1, Sequoia test": f"{100 * syntax.tokens:.1f}",
    }
    for label, (precision, recall, f1) in names.by_label.items():
        rows[f"names, {label}: P, R, F1"] = f"{precision:.3f}, {recall:.3f}, {f1:.3f}"
    return rows


def _hold_to_one_thread() -> None:
    """Start this process anew with one BLAS thread, unless it has one already."""
    if os.environ.get("OMP_NUM_THREADS") != "1":
        os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
        os.execv(sys.executable, [sys.executable, "-m", "benchmarks.pipeline", *sys.argv[1:]])


def main() -> int:
    """Print the table; 2 when the corpora or the model are not there."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", 1)[0])
    parser.add_argument("--model", type=Path, default=Path("kg/lang/fr/model"))
    options = parser.parse_args()
    _hold_to_one_thread()
    try:
        corpora = find_corpora()
    except CorporaMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    if not (options.model / "config.cfg").exists():
        print(f"{options.model}: no model there; run `make model`", file=sys.stderr)
        return 2
    print("| | fr_core_news_sm | md | lg | wanted | this model |")
    print("|---|---|---|---|---|---|")
    for row, value in measure(options.model, corpora).items():
        cells = PUBLISHED.get(row, ("", "", "", ""))
        print(f"| {row} | {' | '.join(cells)} | **{value}** |")
    print(f"\nNames: WiNER articles of {', '.join(NAME_TEST_MONTHS)}, never trained on.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
