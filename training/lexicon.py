"""Lemma tables: takes treebanks and open word lists, gives form → lemma by part of speech.

What the treebanks show nine times in ten comes first, then the word lists of spacy-lookups-data
where they name a single lemma that agrees with the ending. What neither knows is left to the
trained lemmatizer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any

import srsly

from training.treebanks import Sentence

__all__ = ["build_tables", "count_lemmas", "read_word_lists"]

_LISTED = {"ADJ": "adj", "AUX": "aux", "NOUN": "noun", "VERB": "verb"}
_AGREEMENT = 0.9
Tables = dict[str, dict[str, str]]


def count_lemmas(sentences: Iterable[Sentence]) -> dict[tuple[str, str], Counter[str]]:
    """Count the lemmas of every normal form and part of speech, proper names left out."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for token in sentence.tokens:
            if token.upos not in ("PROPN", "X", "NUM", "SYM", "PUNCT"):
                form = token.form.lower().replace("’", "'")
                counts[token.upos, form][token.lemma] += 1
    return counts


def read_word_lists() -> tuple[dict[str, Any], dict[str, Any]]:
    """Read spaCy's French list of irregular forms and its index of lemmas."""
    folder = resources.files("spacy_lookups_data").joinpath("data")
    loaded = []
    for name in ("exc", "index"):
        with resources.as_file(folder.joinpath(f"fr_lemma_{name}.json.gz")) as path:
            loaded.append(srsly.read_gzip_json(path))
    return loaded[0], loaded[1]


def build_tables(
    counts: Mapping[tuple[str, str], Counter[str]],
    exceptions: Mapping[str, Mapping[str, Sequence[str]]],
    index: Mapping[str, Sequence[str]],
) -> Tables:
    """Put the tables together; a form that the treebanks contradict is in no table.

    Example:
        >>> counts = {("VERB", "aimait"): Counter({"aimer": 3})}
        >>> build_tables(counts, {"noun": {"yeux": ["œil"]}}, {"noun": ["chat"]})
        {'NOUN': {'chat': 'chat', 'yeux': 'œil'}, 'VERB': {'aimait': 'aimer'}}
    """
    tables: dict[str, dict[str, str]] = defaultdict(dict)
    for pos, name in _LISTED.items():
        for form, lemmas in exceptions.get(name, {}).items():
            if len(set(lemmas)) == 1 and " " not in form:
                tables[pos][form] = lemmas[0]
        for form in index.get(name, ()):
            if " " not in form:
                tables[pos].setdefault(form, form)
    for (pos, form), seen in counts.items():
        lemma, number = seen.most_common(1)[0]
        if number >= _AGREEMENT * sum(seen.values()):
            tables[pos][form] = lemma
        else:
            tables[pos].pop(form, None)
    return {pos: dict(sorted(table.items())) for pos, table in sorted(tables.items())}
