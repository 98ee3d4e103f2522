"""The recipe as one command.

    python -m training [--sample] [--work build/training] [--out kg/lang/fr/model]

Takes the corpora in the folder KG_CORPORA, gives the French pipeline with its card.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

import srsly

from training.build import FULL, SAMPLE, Scale, Workshop
from training.card import write_card
from training.corpora import CorporaMissing, find_corpora
from training.evaluate import measure_names, measure_syntax, named_documents
from training.package import assemble, choose_caution, install

__all__ = ["main", "run"]


def run(corpora: Path, development: Path, work: Path, out: Path, scale: Scale) -> None:
    """Run every stage and install the pipeline; `development` is the SOURCES.tsv to leave out."""
    shop = Workshop(corpora, development, work, scale)
    blank = shop.make("blank", shop.make_blank)
    vectors = shop.make("vectors", shop.make_vectors)
    teachers = [
        shop.make(f"teacher-{seed}.pt", partial(shop.make_teacher, seed, vectors))
        for seed in scale.teacher_seeds
    ]
    silver = shop.make("silver.spacy", partial(shop.make_silver, vectors, teachers))
    dev = shop.make("dev", shop.make_dev)
    trained = {}
    for name, corpus in (
        ("syntax", shop.make("syntax.spacy", partial(shop.make_syntax_corpus, silver))),
        ("names", shop.make("names.spacy", shop.make_names_corpus)),
    ):
        paths = {
            "train": corpus,
            "dev": dev / f"{name}.spacy",
            "vectors": vectors,
            "blank": blank,
        }
        trained[name] = shop.make(name, partial(shop.train, name, paths))
    syntax = trained["syntax"] / "model-best"
    boundaries = shop.make("boundaries.json", partial(shop.make_boundaries, syntax))
    treebanks = shop.treebanks()
    nlp = assemble(
        syntax,
        trained["names"] / "model-best",
        [*treebanks["sequoia"], *treebanks["gsd"]],
        srsly.read_json(boundaries),
    )
    choosing = named_documents(nlp, shop.split().dev)
    caution = choose_caution(nlp, lambda trial: measure_names(trial, choosing).f1)
    measured = measure_syntax(nlp, corpora, most=scale.sentences)
    names = measure_names(nlp, named_documents(nlp, shop.split().test))
    figures = {
        "syntax": asdict(measured),
        "names": asdict(names),
        "caution": caution,
        "seconds": shop.seconds,
    }
    install(nlp, out, figures=figures, card=write_card(measured, names, shop.seconds))
    print(f"{out}: UPOS {measured.upos:.3f}, LAS {measured.las:.3f}, names {names.f1:.3f}")


def main() -> int:
    """Read the options and run; 2 when the corpora are not there."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--sample", action="store_true", help="a small run of the same stages")
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--out", type=Path, default=Path("kg/lang/fr/model"))
    options = parser.parse_args()
    try:
        corpora = find_corpora()
    except CorporaMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    development = corpora.parent / "eval" / "dev" / "SOURCES.tsv"
    if not development.exists():
        print(
            f"{development}: not found. It lists the articles kept out of training", file=sys.stderr
        )
        return 2
    scale = SAMPLE if options.sample else FULL
    run(corpora, development, options.work, options.out, scale)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
