"""The recipe, whole, on very little of the corpora."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from training.corpora import CorporaMissing, find_corpora


def _corpora() -> tuple[Path, Path]:
    """Give the corpora and the list of articles to leave out, or skip the test."""
    try:
        corpora = find_corpora()
    except CorporaMissing as missing:
        pytest.skip(str(missing))
    development = corpora.parent / "eval" / "dev" / "SOURCES.tsv"
    if not development.exists():
        pytest.skip(f"{development} is not there")
    return corpora, development


@pytest.mark.slow
def test_a_small_run_gives_a_pipeline_that_loads(tmp_path: Path) -> None:
    """Every stage runs, and the folder it ends in is a pipeline with all its components."""
    for package in ("floret", "torch", "spacy_lookups_data"):
        pytest.importorskip(package, reason=f"{package} is in the extra `train`")
    corpora, development = _corpora()
    from training.__main__ import run
    from training.build import SAMPLE

    run(corpora, development, tmp_path / "work", tmp_path / "model", SAMPLE)
    nlp = spacy.load(tmp_path / "model")
    assert nlp.pipe_names == [
        "tok2vec",
        "morphologizer",
        "trainable_lemmatizer",
        "lemma_tables",
        "boundaries",
        "parser",
        "ner",
    ]
    doc = nlp("L’armée a visé la base de Kirkouk.")
    assert all(doc.text[t.idx : t.idx + len(t)] == t.text for t in doc)
    assert doc.has_annotation("DEP")
    assert (tmp_path / "model" / "README.md").read_text(encoding="utf8").startswith("# The French")


def test_nothing_trains_on_what_is_reported() -> None:
    """No article of the test or development months, nor of the extraction's set, is trained on."""
    from training.build import TREEBANKS
    from training.corpora import NAME_DEV_MONTHS, NAME_TEST_MONTHS, split_names

    assert not any("sequoia-ud-test" in p or "sequoia-ud-dev" in p for p in TREEBANKS["sequoia"])
    folder = Path("winer-fr")
    months = (*NAME_TEST_MONTHS, *NAME_DEV_MONTHS, "2016/01")

    class Articles:
        """A stand-in for the unpacked corpus."""

        def rglob(self, pattern: str) -> list[Path]:
            return [folder / m / f"{m.replace('/', '_')}_{n}.txt" for m in months for n in "12"]

    split = split_names(Articles(), frozenset({"2016_01_1"}))  # type: ignore[arg-type]
    assert [p.stem for p in split.train] == ["2016_01_2"]
    assert len(split.test) == 2 * len(NAME_TEST_MONTHS)


def test_a_stage_that_was_interrupted_is_run_anew(tmp_path: Path) -> None:
    """What a stage had written when it broke off is not taken for its result."""
    from training.build import SAMPLE, Workshop

    shop = Workshop(tmp_path, tmp_path, tmp_path / "work", SAMPLE)

    def broken(target: Path) -> None:
        target.mkdir()
        (target / "half").touch()
        raise KeyboardInterrupt

    def whole(target: Path) -> None:
        target.mkdir()
        (target / "all").touch()

    with pytest.raises(KeyboardInterrupt):
        shop.make("stage", broken)
    made = shop.make("stage", whole)
    assert [p.name for p in made.iterdir()] == ["all"]
    assert shop.make("stage", broken) == made
