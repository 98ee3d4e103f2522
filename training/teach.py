"""Teaching the teacher, and the teacher at work: takes treebanks, gives labelled raw sentences."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.features import AFFIXES, WordTable, count_words
from training.teacher import Scores, Sizes, Teacher
from training.treebanks import Sentence
from training.trees import decode_tree

__all__ = ["Labels", "School", "label_sentences", "load_teacher", "score_teacher", "teach"]

_NONE = -100
_FULL_FEATURES = ("sequoia", "gsd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The label sets of a teacher, in the order of its outputs, and its word list."""

    treebanks: tuple[str, ...]
    parts_of_speech: tuple[str, ...]
    features: tuple[str, ...]
    relations: tuple[str, ...]
    words: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """How a teacher is taught; `shares` is the part of each treebank seen in an epoch.

    `sizes` replace those of `Sizes`.
    """

    epochs: int = 20
    words_in_batch: int = 1100
    rate: float = 2e-3
    seed: int = 1
    shares: Mapping[str, float]
    sizes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """Sentences as tensors, padded; labels that do not count are -100."""

    inputs: tuple[Tensor, Tensor, Tensor, Tensor, Tensor]
    parts_of_speech: Tensor
    features: Tensor
    heads: Tensor
    relations: Tensor


def make_labels(treebanks: Mapping[str, Sequence[Sentence]]) -> Labels:
    """Collect the labels of all treebanks; features only from those that mark them fully."""
    tokens = [t for sentences in treebanks.values() for s in sentences for t in s.tokens]
    full = [t for n in _FULL_FEATURES for s in treebanks.get(n, ()) for t in s.tokens]
    return Labels(
        treebanks=tuple(treebanks),
        parts_of_speech=tuple(sorted({t.upos for t in tokens})),
        features=tuple(sorted({t.feats for t in full})),
        relations=tuple(Counter(t.deprel for t in tokens)),
        words=count_words(
            t.form for n, ss in treebanks.items() if n != "rhapsodie" for s in ss for t in s.tokens
        ),
    )


def teach(
    treebanks: Mapping[str, Sequence[Sequence[Sentence]]],
    dev: Sequence[Sentence],
    vectors: Path,
    target: Path,
    school: School,
) -> dict[str, float]:
    """Train a teacher and keep the one that does best on `dev`.

    Args:
        treebanks: By name, each sentence in several ways of writing it, the original first.
        dev: Sentences to choose by; they are never trained on.
        vectors: A blank pipeline with static vectors.
        target: The file to write.
        school: Length, rate and seed of the training.

    Returns:
        The best figures on `dev`, as `score_teacher` gives them.
    """
    torch.manual_seed(school.seed)
    rng = random.Random(school.seed)
    labels = make_labels({n: [v[0] for v in ways] for n, ways in treebanks.items()})
    words = WordTable(vectors, labels.words)
    teacher = Teacher(
        Sizes(
            words=len(labels.words) + 1,
            vector_input=words.width,
            parts_of_speech=len(labels.parts_of_speech),
            features=len(labels.features),
            relations=len(labels.relations),
            treebanks=len(labels.treebanks),
            **school.sizes,
        )
    )
    optimizer = torch.optim.AdamW(
        teacher.parameters(), lr=school.rate, betas=(0.9, 0.95), weight_decay=1e-4
    )
    seen = sum(
        school.shares[n] * sum(len(v[0].tokens) for v in ways) for n, ways in treebanks.items()
    )
    total = int(school.epochs * seen / school.words_in_batch * 1.07) + 1
    step, best = 0, {"las": -1.0}
    for epoch in range(school.epochs):
        teacher.train()
        for batch_sentences in _batches(_draw(treebanks, school, rng), school, rng):
            batch = _collate(batch_sentences, labels, words)
            fraction = min(1.0, step / total)
            warm = min(1.0, (step + 1) / 150)
            rate = school.rate * warm * (0.02 + 0.49 * (1 + math.cos(math.pi * fraction)))
            for group in optimizer.param_groups:
                group["lr"] = rate
            optimizer.zero_grad(set_to_none=True)
            _loss(teacher, batch).backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(teacher.parameters(), 5.0)
            optimizer.step()
            step += 1
        if epoch % 3 == 2 or epoch >= school.epochs - 3:
            figures = score_teacher([teacher], labels, words, dev)
            print(f"teacher {school.seed}, epoch {epoch}: {figures}", flush=True)
            if figures["las"] > best["las"]:
                best = figures
                torch.save(
                    {
                        "sizes": asdict(teacher.sizes),
                        "labels": asdict(labels),
                        "state": teacher.state_dict(),
                    },
                    target,
                )
    return best


def load_teacher(path: Path) -> tuple[Teacher, Labels]:
    """Read a teacher that `teach` wrote."""
    saved = torch.load(path, weights_only=True)
    teacher = Teacher(Sizes(**saved["sizes"]))
    teacher.load_state_dict(saved["state"])
    return teacher, Labels(**saved["labels"])


def label_sentences(
    teachers: Sequence[Teacher], labels: Labels, words: WordTable, sentences: Sequence[Sentence]
) -> list[Sentence]:
    """Label raw sentences with the mean of the teachers' scores, in the habits of Sequoia."""
    by_length: dict[int, list[int]] = defaultdict(list)
    for index, sentence in enumerate(sentences):
        by_length[len(sentence.tokens)].append(index)
    done: dict[int, Sentence] = {}
    for same in by_length.values():  # sentences of one length need no padding
        for start in range(0, len(same), 64):
            chosen = same[start : start + 64]
            batch = [("sequoia", sentences[i]) for i in chosen]
            done.update(zip(chosen, _label_batch(teachers, labels, words, batch), strict=True))
    return [done[i] for i in range(len(sentences))]


def score_teacher(
    teachers: Sequence[Teacher], labels: Labels, words: WordTable, gold: Sequence[Sentence]
) -> dict[str, float]:
    """Measure on gold tokens and sentences: parts of speech, and trees without punctuation."""
    counts: Counter[str] = Counter()
    for want, got in zip(gold, label_sentences(teachers, labels, words, gold), strict=True):
        for a, b in zip(want.tokens, got.tokens, strict=True):
            counts["tokens"] += 1
            counts["upos"] += a.upos == b.upos
            counts["feats"] += a.feats == b.feats
            if a.deprel != "punct":
                counts["words"] += 1
                counts["uas"] += a.head == b.head
                counts["las"] += a.head == b.head and a.deprel == b.deprel
    return {
        "upos": counts["upos"] / counts["tokens"],
        "feats": counts["feats"] / counts["tokens"],
        "uas": counts["uas"] / counts["words"],
        "las": counts["las"] / counts["words"],
    }


def _draw(
    treebanks: Mapping[str, Sequence[Sequence[Sentence]]], school: School, rng: random.Random
) -> list[tuple[str, Sentence]]:
    """Draw the sentences of one epoch, half of them in another way of writing."""
    drawn = []
    for name, ways in treebanks.items():
        for variants in ways:
            if rng.random() < school.shares[name]:
                drawn.append((name, variants[0] if rng.random() < 0.5 else rng.choice(variants)))
    return drawn


def _batches(
    sentences: list[tuple[str, Sentence]], school: School, rng: random.Random
) -> list[list[tuple[str, Sentence]]]:
    """Make batches of one length where there are enough sentences of that length."""
    rng.shuffle(sentences)
    batches: list[list[tuple[str, Sentence]]] = []
    current: list[tuple[str, Sentence]] = []
    for pair in sorted(sentences, key=lambda p: len(p[1].tokens)):
        length = len(pair[1].tokens)
        filled = len(current) * length
        if current and (
            filled + length > school.words_in_batch
            or (length != len(current[0][1].tokens) and filled > 0.45 * school.words_in_batch)
        ):
            batches.append(current)
            current = []
        current.append(pair)
    batches.append(current)
    rng.shuffle(batches)
    return batches


def _collate(pairs: Sequence[tuple[str, Sentence]], labels: Labels, words: WordTable) -> _Batch:
    """Turn sentences with their treebank's name into tensors."""
    size = max(len(s.tokens) for _, s in pairs)
    shape = (len(pairs), size)
    vectors = torch.zeros(*shape, words.width)
    numbers = torch.zeros(*shape, dtype=torch.long)
    affixes = torch.zeros(*shape, AFFIXES, dtype=torch.long)
    wanted = {name: torch.full(shape, _NONE) for name in ("upos", "feats", "heads", "deprel")}
    index = {
        "upos": {x: i for i, x in enumerate(labels.parts_of_speech)},
        "feats": {x: i for i, x in enumerate(labels.features)},
        "deprel": {x: i for i, x in enumerate(labels.relations)},
    }
    for row, (treebank, sentence) in enumerate(pairs):
        tokens, length = sentence.tokens, len(sentence.tokens)
        forms = [t.form for t in tokens]
        vectors[row, :length] = torch.from_numpy(words.vectors(forms))
        numbers[row, :length] = torch.tensor(words.numbers(forms))
        affixes[row, :length] = torch.tensor(words.affixes(forms))
        known = {name: [index[name].get(getattr(t, name), _NONE) for t in tokens] for name in index}
        if treebank not in _FULL_FEATURES:
            known["feats"] = [_NONE] * length
        known["heads"] = [0 if t.head == i else t.head + 1 for i, t in enumerate(tokens)]
        for name, values in known.items():
            wanted[name][row, :length] = torch.tensor(values)
    lengths = torch.tensor([len(s.tokens) for _, s in pairs])
    treebanks = torch.tensor([labels.treebanks.index(name) for name, _ in pairs])
    return _Batch(
        inputs=(vectors, numbers, affixes, treebanks, lengths),
        parts_of_speech=wanted["upos"],
        features=wanted["feats"],
        heads=wanted["heads"],
        relations=wanted["deprel"],
    )


def _loss(teacher: Teacher, batch: _Batch) -> Tensor:
    """Add up the losses: heads and relations whole, parts of speech half, features a third."""
    scores: Scores = teacher(*batch.inputs)
    relations = teacher.relations(scores, batch.heads.clamp(min=0))
    loss = _entropy(scores.arcs, batch.heads) + _entropy(relations, batch.relations)
    loss = loss + 0.5 * _entropy(scores.parts_of_speech, batch.parts_of_speech)
    if bool((batch.features != _NONE).any()):
        loss = loss + 0.3 * _entropy(scores.features, batch.features)
    return loss


def _entropy(scores: Tensor, wanted: Tensor) -> Tensor:
    """Cross entropy over all words of a batch that have a label."""
    return F.cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=_NONE)


@torch.no_grad()
def _label_batch(
    teachers: Sequence[Teacher],
    labels: Labels,
    words: WordTable,
    pairs: Sequence[tuple[str, Sentence]],
) -> Iterator[Sentence]:
    """Label one batch; the root relation goes to the root and to nothing else."""
    batch = _collate(pairs, labels, words)
    all_scores = []
    for teacher in teachers:
        teacher.eval()
        all_scores.append(teacher(*batch.inputs))
    arcs = _mean([s.arcs for s in all_scores])
    own = torch.arange(arcs.size(1))
    arcs[:, own, own + 1] = -1e9
    heads = torch.zeros(arcs.shape[:2], dtype=torch.long)
    for row, (_, sentence) in enumerate(pairs):
        length = len(sentence.tokens)
        matrix = arcs[row, :length, : length + 1].double().numpy()
        heads[row, :length] = torch.from_numpy(np.asarray(decode_tree(matrix)))
    both = zip(teachers, all_scores, strict=True)
    relations = _mean([teacher.relations(scores, heads) for teacher, scores in both])
    root = labels.relations.index("root")
    relations[..., root] = torch.where(heads == 0, 1e4, -1e4)
    upos = _mean([s.parts_of_speech for s in all_scores]).argmax(-1).tolist()
    feats = _mean([s.features for s in all_scores]).argmax(-1).tolist()
    deprel, found = relations.argmax(-1).tolist(), heads.tolist()
    for row, (_, sentence) in enumerate(pairs):
        yield replace(
            sentence,
            tokens=tuple(
                replace(
                    token,
                    lemma="",
                    upos=labels.parts_of_speech[upos[row][i]],
                    feats=labels.features[feats[row][i]],
                    head=found[row][i] - 1 if found[row][i] else i,
                    deprel=labels.relations[deprel[row][i]],
                )
                for i, token in enumerate(sentence.tokens)
            ),
        )


def _mean(scores: Sequence[Tensor]) -> Tensor:
    """Give the mean of the teachers' log probabilities."""
    return torch.stack([F.log_softmax(s, dim=-1) for s in scores]).mean(0)
