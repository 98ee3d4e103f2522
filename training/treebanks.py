"""Reading treebanks: takes CoNLL-U files, gives sentences labelled as UD French-Sequoia labels.

A multiword token (*du* = *de* + *le*) becomes one token, as in spaCy's own French models: it takes
the part of speech, head and relation of its first word that hangs outside it, the features of all
its words, and their lemmas one after the other (*de le*).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

__all__ = [
    "Sentence",
    "Token",
    "ObliqueTable",
    "count_obliques",
    "read_sentences",
    "repair_sentence",
]

_FOREIGN_FEATURES = ("Number[psor]", "Person[psor]", "Case", "ExtPos", "Typo", "Gender[ctxt]")
_REFLEXIVES = ("se", "s'", "s’")
_SUBTYPES = ("obl:arg", "obl:mod", "obl:agent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One token; `head` is the index of its head in the sentence, its own index for the root."""

    form: str
    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str
    space_after: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a treebank, `document` being what its identifier says before the number."""

    ident: str
    document: str
    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The sentence as it was written, without the space after it."""
        return "".join(t.form + " " * t.space_after for t in self.tokens).rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObliqueTable:
    """How often a treebank with subtypes uses each one, by head lemma and preposition."""

    by_head: Mapping[tuple[str, str], Counter[str]]
    by_preposition: Mapping[str, Counter[str]]

    def subtype(self, head: str, preposition: str) -> str:
        """Name the most usual subtype of `obl` for this pair, `obl:mod` when nothing is known."""
        for counts in (
            self.by_head.get((head, preposition)),
            self.by_preposition.get(preposition),
        ):
            if counts:
                return counts.most_common(1)[0][0]
        return "obl:mod"


@dataclass(slots=True)
class _Word:
    """One syntactic word while its sentence is being put together."""

    form: str
    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str
    space_after: bool


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of one CoNLL-U file, multiword tokens merged, nothing repaired.

    Raises:
        ValueError: A line has not ten columns.
    """
    for number, block in enumerate(path.read_text(encoding="utf8").strip().split("\n\n")):
        ident, lines = f"{path.stem}-{number}", []
        for line in block.split("\n"):
            if line.startswith("# sent_id = "):
                ident = line.removeprefix("# sent_id = ").strip()
            elif line and not line.startswith("#"):
                fields = line.split("\t")
                if len(fields) != 10:
                    raise ValueError(f"{path}, sentence {ident}: not ten columns: {line!r}")
                lines.append(fields)
        document = re.sub(r"[-_.]?\d+$", "", ident)
        yield Sentence(ident=ident, document=document, tokens=_merge(lines))


def _merge(lines: Sequence[Sequence[str]]) -> tuple[Token, ...]:
    """Merge the multiword tokens of one sentence given as CoNLL-U fields."""
    words: list[_Word] = []
    spans: list[tuple[int, int, str, bool]] = []
    for ident, form, lemma, upos, _, feats, head, deprel, _, misc in lines:
        spaced = "SpaceAfter=No" not in misc
        if "." in ident:
            continue
        if "-" in ident:
            first, last = (int(part) - 1 for part in ident.split("-"))
            spans.append((first, last, form, spaced))
            continue
        index = len(words)
        parent = index if head == "0" else int(head) - 1
        words.append(
            _Word(form, lemma, upos, feats.replace("_", "", feats == "_"), parent, deprel, spaced)
        )
    return _fuse(words, {first: (last, form, sp) for first, last, form, sp in spans})


def _fuse(words: Sequence[_Word], spans: Mapping[int, tuple[int, str, bool]]) -> tuple[Token, ...]:
    """Replace each span of words by one, and renumber the heads."""
    groups: list[tuple[int, int, str, bool]] = []
    index = 0
    while index < len(words):
        word = words[index]
        last, form, spaced = spans.get(index, (index, word.form, word.space_after))
        groups.append((index, last, form, spaced))
        index = last + 1
    place = {i: g for g, (first, last, _, _) in enumerate(groups) for i in range(first, last + 1)}
    tokens = []
    for number, (first, last, form, spaced) in enumerate(groups):
        members = words[first : last + 1]
        lead = next(
            (w for i, w in enumerate(members, first) if w.head == i or place[w.head] != number),
            members[0],
        )
        tokens.append(
            Token(
                form=form,
                lemma=" ".join(w.lemma for w in members),
                upos=lead.upos,
                feats=_join_features(w.feats for w in members),
                head=place[lead.head],
                deprel=lead.deprel,
                space_after=spaced,
            )
        )
    return tuple(tokens)


def _join_features(features: Iterable[str]) -> str:
    """Unite feature strings, the values of one feature sorted: `A=1`, `A=2|B=3` → `A=1,2|B=3`."""
    values: dict[str, set[str]] = defaultdict(set)
    for part in features:
        for pair in filter(None, part.split("|")):
            name, value = pair.split("=", 1)
            values[name].update(value.split(","))
    return "|".join(f"{name}={','.join(sorted(values[name]))}" for name in sorted(values))


def count_obliques(sentences: Iterable[Sentence]) -> ObliqueTable:
    """Count the subtypes of `obl` by head lemma and preposition, and by preposition."""
    by_head: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    by_preposition: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for index, token in enumerate(sentence.tokens):
            if token.deprel in _SUBTYPES[:2]:
                preposition = _preposition(sentence, index)
                by_head[sentence.tokens[token.head].lemma, preposition][token.deprel] += 1
                by_preposition[preposition][token.deprel] += 1
    return ObliqueTable(by_head=dict(by_head), by_preposition=dict(by_preposition))


def _preposition(sentence: Sentence, index: int) -> str:
    """Give the lemma of the first preposition that hangs on a token, or an empty string."""
    for token in sentence.tokens:
        if token.head == index and token.deprel == "case":
            return token.lemma.split()[0]
    return ""


def repair_sentence(sentence: Sentence, table: ObliqueTable) -> Sentence:
    """Bring the labels of GSD, PUD or FQB to Sequoia's habits.

    Features that Sequoia does not use are dropped, `NumType=Card` and `Voice=Pass` are added where
    it has them, a bare `obl` gets the subtype that `table` knows for its verb and preposition
    (`obl:agent` after *par* in a passive), and reflexive *se* becomes `expl:pv`.
    """
    passives = {t.head for t in sentence.tokens if t.deprel in ("aux:pass", "nsubj:pass")}
    tensed = {t.head for t in sentence.tokens if t.deprel == "aux:tense"} - passives
    repaired = []
    for index, token in enumerate(sentence.tokens):
        deprel = _RELATIONS.get(token.deprel, token.deprel)
        if deprel == "obl":
            preposition = _preposition(sentence, index)
            if preposition == "par" and token.head in passives:
                deprel = "obl:agent"
            else:
                deprel = table.subtype(sentence.tokens[token.head].lemma, preposition)
        elif token.form.lower() in _REFLEXIVES and deprel in ("expl:comp", "obj", "iobj"):
            deprel = "expl:pv"
        is_passive = index in passives or (deprel == "acl" and index not in tensed)
        repaired.append(
            replace(token, deprel=deprel, feats=_repair_features(token, is_passive=is_passive))
        )
    return replace(sentence, tokens=tuple(repaired))


_RELATIONS = {"nmod:appos": "appos", "parataxis:parenth": "parataxis:insert", "flat": "flat:name"}


def _repair_features(token: Token, *, is_passive: bool) -> str:
    """Drop the features that Sequoia lacks and add those that it has."""
    features = dict(pair.split("=", 1) for pair in token.feats.split("|") if pair)
    for name in _FOREIGN_FEATURES:
        features.pop(name, None)
    if features.get("Voice") == "Act":
        del features["Voice"]
    if token.upos == "NUM":
        features["NumType"] = "Card"
    if is_passive and features.get("VerbForm") == "Part" and features.get("Tense") == "Past":
        features["Voice"] = "Pass"
    return "|".join(f"{name}={features[name]}" for name in sorted(features))
