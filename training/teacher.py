"""The teacher: a tagger and biaffine parser in PyTorch, too slow to ship, that labels raw text.

Takes hashed word features and static vectors, gives scores for parts of speech, features, heads
and relations. Each treebank has its own small embedding, so that the habits of one do not blur
those of another; raw text is parsed with the habits of Sequoia.

Source: Dozat and Manning 2017, on a three-layer BiLSTM.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.features import AFFIX_ROWS, AFFIXES

__all__ = ["Scores", "Sizes", "Teacher"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """The sizes of a teacher; the last six follow from its training data."""

    hidden: int = 256
    layers: int = 3
    word_width: int = 64
    vector_width: int = 96
    affix_width: int = 32
    treebank_width: int = 12
    arc: int = 256
    relation: int = 96
    tag: int = 192
    dropout: float = 0.33
    group_dropout: float = 0.12
    words: int
    vector_input: int
    parts_of_speech: int
    features: int
    relations: int
    treebanks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What the network says of a batch; `arcs` is words × (root and words)."""

    parts_of_speech: Tensor
    features: Tensor
    arcs: Tensor
    relation_heads: Tensor
    relation_words: Tensor


class Teacher(nn.Module):
    """Tagger and biaffine parser over one BiLSTM."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        s = sizes
        self.vector = nn.Linear(s.vector_input, s.vector_width, bias=False)
        self.word = nn.Embedding(s.words, s.word_width)
        self.affix = nn.ModuleList(
            [nn.Embedding(AFFIX_ROWS, s.affix_width) for _ in range(AFFIXES)]
        )
        self.treebank = nn.Embedding(s.treebanks, s.treebank_width)
        for table in (self.word, *self.affix):
            nn.init.normal_(table.weight, std=0.1)
        width = s.vector_width + s.word_width + AFFIXES * s.affix_width + s.treebank_width
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList(
            [
                nn.LSTM(
                    width if i == 0 else 2 * s.hidden,
                    s.hidden,
                    bidirectional=True,
                    batch_first=True,
                )
                for i in range(s.layers)
            ]
        )
        out = 2 * s.hidden
        self.tag = nn.Sequential(nn.Linear(out, s.tag), nn.GELU(), nn.Dropout(s.dropout))
        self.part_of_speech = nn.Linear(s.tag, s.parts_of_speech)
        self.feature = nn.Linear(s.tag, s.features)
        self.root = nn.Parameter(torch.randn(out) * 0.05)
        self.arc_head, self.arc_word = nn.Linear(out, s.arc), nn.Linear(out, s.arc)
        self.relation_head = nn.Linear(out, s.relation)
        self.relation_word = nn.Linear(out, s.relation)
        self.arc_weight = nn.Parameter(torch.zeros(s.arc + 1, s.arc))
        nn.init.orthogonal_(self.arc_weight)
        self.relation_weight = nn.Parameter(
            torch.randn(s.relations, s.relation + 1, s.relation + 1) * 0.01
        )

    def forward(
        self, vectors: Tensor, words: Tensor, affixes: Tensor, treebanks: Tensor, lengths: Tensor
    ) -> Scores:
        """Score a batch of sentences padded to one length."""
        x = self._encode(vectors, words, affixes, treebanks, lengths)
        tag = self.tag(x)
        rooted = torch.cat([self.root.expand(x.size(0), 1, -1), x], dim=1)
        head = self._drop(F.gelu(self.arc_head(rooted)))
        word = _with_bias(self._drop(F.gelu(self.arc_word(x))))
        arcs = word @ self.arc_weight @ head.transpose(1, 2)
        beyond = torch.arange(arcs.size(2))[None, :] > lengths[:, None]
        return Scores(
            parts_of_speech=self.part_of_speech(tag),
            features=self.feature(tag),
            arcs=arcs.masked_fill(beyond[:, None, :], -1e9),
            relation_heads=self._drop(F.gelu(self.relation_head(rooted))),
            relation_words=self._drop(F.gelu(self.relation_word(x))),
        )

    def relations(self, scores: Scores, heads: Tensor) -> Tensor:
        """Score the relations of each word to the head it is given (0 is the root)."""
        width = scores.relation_heads.size(2)
        chosen = scores.relation_heads.gather(1, heads[:, :, None].expand(-1, -1, width))
        head, word = _with_bias(chosen), _with_bias(scores.relation_words)
        batch, length, width = word.shape
        folded = self.relation_weight.permute(1, 0, 2).reshape(width, -1)
        mixed = (head.reshape(-1, width) @ folded).view(batch * length, -1, width)
        return torch.bmm(mixed, word.reshape(-1, width, 1)).view(batch, length, -1)

    def _encode(
        self, vectors: Tensor, words: Tensor, affixes: Tensor, treebanks: Tensor, lengths: Tensor
    ) -> Tensor:
        """Run the BiLSTM; while training, whole groups of features of a word go missing."""
        parts = [self.vector(vectors), self.word(words)]
        parts += [table(affixes[:, :, i]) for i, table in enumerate(self.affix)]
        if self.training:
            keep = 1 - self.sizes.group_dropout
            parts = [p * torch.empty(*p.shape[:2], 1).bernoulli_(keep) for p in parts]
        parts.append(self.treebank(treebanks)[:, None, :].expand(-1, words.size(1), -1))
        x = self._drop(self.norm(torch.cat(parts, dim=-1)))
        same = bool((lengths == lengths[0]).all())
        for layer in self.layers:
            if same:
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    x, _ = layer(x)
                x = x.float()
            else:
                packed = nn.utils.rnn.pack_padded_sequence(
                    x, lengths, batch_first=True, enforce_sorted=False
                )
                x, _ = nn.utils.rnn.pad_packed_sequence(layer(packed)[0], batch_first=True)
            x = self._drop(x)
        return x

    def _drop(self, x: Tensor) -> Tensor:
        """Drop the same dimensions at every word of a sentence."""
        if not self.training:
            return x
        keep = 1 - self.sizes.dropout
        return x * torch.empty(x.size(0), 1, x.size(2)).bernoulli_(keep) / keep


def _with_bias(x: Tensor) -> Tensor:
    """Add a last dimension that is always one."""
    return torch.cat([x, torch.ones(*x.shape[:-1], 1)], dim=-1)
