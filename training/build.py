"""The recipe, stage by stage: takes the corpora, gives a pipeline that `spacy.load` reads.

Every stage writes one file or folder under the work folder and is passed over when that is there
already, so that an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

import spacy
import srsly
from spacy import util
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train

from training.boundaries import describe_gaps, fit_weights, make_runs, read_news
from training.corpora import NameSplit, split_names, treebank, unpack_names
from training.documents import (
    chunk_sentences,
    make_named_document,
    make_syntax_document,
    split_spaced_tokens,
    vary_sentence,
)
from training.evaluate import named_documents, syntax_documents, use_fast_products
from training.invent import load_name_lists, modernise_spacing, rename
from training.names import read_article, read_development_list
from training.tokenizer import make_blank
from training.treebanks import Sentence, count_obliques, read_sentences, repair_sentence
from training.vectors import iter_text, train_vectors, write_text

__all__ = ["FULL", "SAMPLE", "Scale", "Workshop"]

CONFIGS = Path(__file__).parent / "configs"
TREEBANKS = {
    "sequoia": ("sequoia-ud-train",),
    "gsd": ("gsd-ud-dev",),
    "pud": ("pud-ud-test",),
    "fqb": ("fqb-ud-test",),
    "rhapsodie": ("rhapsodie-ud-train", "rhapsodie-ud-dev", "rhapsodie-ud-test"),
}
# How much of each treebank the teacher sees in an epoch, and how often the pipeline's corpus
# holds it; questions and speech weigh little.
SHARES = {"sequoia": 1.0, "gsd": 1.0, "pud": 1.0, "fqb": 0.35, "rhapsodie": 0.25}
COPIES = {"sequoia": 5, "gsd": 3, "pud": 2, "fqb": 1, "rhapsodie": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much of everything a run uses; None means all there is."""

    sentences: int | None = None
    articles: int | None = None
    words_of_text: int | None = None
    vectors: Mapping[str, Any]
    teacher_epochs: int = 20
    teacher_seeds: tuple[int, ...] = (1,)
    debates: tuple[int, int] = (13_000, 7_000)
    lines_of_debates: int | None = None
    teacher: Mapping[str, int] = field(default_factory=dict)
    syntax: Mapping[str, Any]
    names: Mapping[str, Any]
    seed: int = 7


FULL = Scale(vectors={}, syntax={}, names={})
SAMPLE = Scale(
    sentences=25,
    articles=8,
    words_of_text=60_000,
    vectors={"dim": 16, "bucket": 2_000, "epoch": 1, "minCount": 2},
    teacher_epochs=1,
    debates=(30, 20),
    lines_of_debates=2_000,
    teacher={"hidden": 24, "layers": 1, "arc": 24, "relation": 12, "tag": 16},
    syntax={
        "training.max_steps": 20,
        "training.eval_frequency": 10,
        "components.tok2vec.model.encode.width": 32,
        "components.tok2vec.model.encode.depth": 2,
    },
    names={"training.max_steps": 20, "training.eval_frequency": 10},
)


class Workshop:
    """One run of the recipe: corpora in, trained parts in the work folder."""

    def __init__(self, corpora: Path, development: Path, work: Path, scale: Scale) -> None:
        self.corpora, self.development, self.work, self.scale = corpora, development, work, scale
        self.seconds: dict[str, float] = {}
        work.mkdir(parents=True, exist_ok=True)
        use_fast_products()

    def make(self, name: str, stage: Callable[[Path], None]) -> Path:
        """Run one stage unless its target is there, and take its time.

        A stage writes beside its target, which takes its name only when the stage is done: what
        an interrupted run leaves is never taken for the whole.
        """
        target, unfinished = self.work / name, self.work / f"unfinished-{name}"
        if not target.exists():
            print(f"== {name}", flush=True)
            start = time.monotonic()
            if unfinished.is_dir():
                shutil.rmtree(unfinished)
            stage(unfinished)
            unfinished.rename(target)
            self.seconds[name] = time.monotonic() - start
        return target

    def split(self) -> NameSplit:
        """Give the WiNER articles by use, each part cut to the scale."""
        articles = unpack_names(self.corpora, self.work)
        whole = split_names(articles, read_development_list(self.development))
        most = self.scale.articles
        return NameSplit(train=whole.train[:most], dev=whole.dev[:most], test=whole.test[:most])

    def treebanks(self) -> dict[str, list[Sentence]]:
        """Read and repair the treebanks to train on; Sequoia is the model and stays as it is."""
        read = {
            name: [
                s
                for part in parts
                for s in islice(read_sentences(treebank(self.corpora, part)), self.scale.sentences)
            ]
            for name, parts in TREEBANKS.items()
        }
        table = count_obliques([*read["sequoia"], *read["gsd"]])
        repaired = {
            name: sentences if name == "sequoia" else [repair_sentence(s, table) for s in sentences]
            for name, sentences in read.items()
        }
        return {name: [split_spaced_tokens(s) for s in ss] for name, ss in repaired.items()}

    def make_blank(self, target: Path) -> None:
        """Write the blank pipeline: the tokenizer."""
        make_blank().to_disk(target)

    def make_vectors(self, target: Path) -> None:
        """Train floret on Europarl and the news to train on; write a blank pipeline with it."""
        text = self.work / "text.txt"
        lines = iter_text(self.corpora, iter(self.split().train))
        write_text(lines, text, most=self.scale.words_of_text)
        table = self.work / "text.floret"
        train_vectors(text, table, threads=2, **self.scale.vectors)
        nlp = spacy.blank("fr")
        from spacy.training.initialize import convert_vectors

        convert_vectors(nlp, table, truncate=-1, prune=-1, mode="floret")
        nlp.to_disk(target)

    def make_teacher(self, seed: int, vectors: Path, target: Path) -> None:
        """Teach one teacher on all treebanks."""
        from training.teach import School, teach

        rng = random.Random(self.scale.seed)
        ways = {
            name: [
                [s, *(vary_sentence(s, rng) for _ in range(3))]
                for s in sentences
                if 1 < len(s.tokens) < 120
            ]
            for name, sentences in self.treebanks().items()
        }
        dev = self._sequoia_dev()
        school = School(
            epochs=self.scale.teacher_epochs, seed=seed, shares=SHARES, sizes=self.scale.teacher
        )
        teach(ways, dev, vectors, target, school)

    def make_silver(self, vectors: Path, teachers: Sequence[Path], target: Path) -> None:
        """Let the teachers label news and debates; keep them as documents of one sentence."""
        from training.features import WordTable
        from training.silver import choose_debates, choose_news
        from training.teach import label_sentences, load_teacher

        rng = random.Random(self.scale.seed)
        nlp = make_blank()
        on_topic, others = self.scale.debates
        raw = [
            *choose_news(self.split().train, nlp, rng),
            *choose_debates(
                self.corpora,
                nlp,
                rng,
                on_topic=on_topic,
                others=others,
                most=self.scale.lines_of_debates,
            ),
        ]
        loaded = [load_teacher(path) for path in teachers]
        labels = loaded[0][1]
        words = WordTable(vectors, labels.words)
        labelled = label_sentences([t for t, _ in loaded], labels, words, raw)
        write_documents((make_syntax_document(nlp.vocab, [s]) for s in labelled), target)

    def make_syntax_corpus(self, silver: Path, target: Path) -> None:
        """Mix gold, several times and written in several ways, with the silver sentences."""
        rng = random.Random(self.scale.seed)
        nlp = make_blank()
        runs: list[tuple[Sentence, ...]] = []
        for name, sentences in self.treebanks().items():
            for _ in range(COPIES[name]):
                runs.extend(chunk_sentences(sentences, rng, most=10))
        runs.extend(chunk_sentences(list(read_silver(silver)), rng, most=5))
        rng.shuffle(runs)
        documents = (
            make_syntax_document(nlp.vocab, [vary_sentence(s, rng) for s in run]) for run in runs
        )
        write_documents(documents, target)

    def make_names_corpus(self, target: Path) -> None:
        """Write each paragraph as it is, with today's spacing, and about invented people."""
        rng = random.Random(self.scale.seed)
        nlp, lists = make_blank(), load_name_lists()
        paragraphs = []
        for path in self.split().train:
            for paragraph in read_article(path):
                paragraphs += [paragraph, modernise_spacing(paragraph, rng)]
                for share in (0.7, 1.0)[: rng.randint(1, 2)]:
                    renamed = rename(paragraph, lists, rng, share=share)
                    if renamed != paragraph:
                        paragraphs.append(modernise_spacing(renamed, rng))
        rng.shuffle(paragraphs)
        write_documents((make_named_document(nlp, p) for p in paragraphs), target)

    def make_boundaries(self, syntax: Path, target: Path) -> None:
        """Fit where sentences begin, on the tags that the trained tagger gives."""
        nlp = spacy.load(syntax)
        news = read_news(self.split().train, make_blank(), self.scale.seed)
        runs = make_runs(self.treebanks(), news, self.scale.seed)
        with nlp.select_pipes(enable=["tok2vec", "morphologizer"]):
            gaps = list(describe_gaps(nlp, runs))
        srsly.write_json(target, fit_weights(gaps, self.scale.seed))

    def make_dev(self, target: Path) -> None:
        """Write the development documents of both models."""
        target.mkdir()
        nlp = make_blank()
        path = treebank(self.corpora, "sequoia-ud-dev")
        syntax = syntax_documents(nlp, path, most=self.scale.sentences)
        write_documents(iter(syntax), target / "syntax.spacy")
        names = named_documents(nlp, self.split().dev)
        write_documents(iter(names), target / "names.spacy")

    def train(self, config: str, paths: Mapping[str, Path], target: Path) -> None:
        """Train one model from a file in `configs/`; its best state is kept."""
        changes = self.scale.syntax if config == "syntax" else self.scale.names
        overrides = {f"paths.{name}": str(path) for name, path in paths.items()} | dict(changes)
        loaded = util.load_config(CONFIGS / f"{config}.cfg", overrides=overrides, interpolate=False)
        nlp = init_nlp(loaded, use_gpu=-1)
        target.mkdir()
        train(nlp, target, use_gpu=-1, stdout=sys.stdout, stderr=sys.stderr)

    def _sequoia_dev(self) -> list[Sentence]:
        """Give the sentences that choose the best state of a teacher."""
        path = treebank(self.corpora, "sequoia-ud-dev")
        sentences = islice(read_sentences(path), self.scale.sentences)
        return [split_spaced_tokens(s) for s in sentences]


def write_documents(documents: Iterator[Any], target: Path) -> None:
    """Write documents into one file."""
    DocBin(docs=documents).to_disk(target)


def read_silver(path: Path) -> Iterator[Sentence]:
    """Read back the sentences that the teachers labelled."""
    from training.silver import sentence_from_span

    nlp: Language = spacy.blank("fr")
    for doc in DocBin().from_disk(path).get_docs(nlp.vocab):
        bare = sentence_from_span(doc[:], "silver")
        tokens = tuple(
            replace(
                token,
                upos=labelled.pos_,
                feats=str(labelled.morph),
                head=labelled.head.i,
                deprel="root" if labelled.dep_ == "ROOT" else labelled.dep_,
            )
            for token, labelled in zip(bare.tokens, doc, strict=True)
        )
        yield replace(bare, tokens=tokens)
