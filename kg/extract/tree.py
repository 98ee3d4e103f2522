"""A parse as plain lists: what the rules ask of a token costs one list look-up.

Takes a spaCy `Doc` and gives a `Tree`. Labels are those of Universal Dependencies; the words that
stand for a function (relative pronouns, auxiliaries, contracted prepositions) are French data of
`constructions.yaml`, handed in as a `Grammar`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["NOMINAL", "Tree"]

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"})
_JOINING = frozenset({"conj"})


@dataclass(slots=True)
class Tree:
    """Token attributes of one article as lists, indexed by token position in the `Doc`.

    `head[i] == i` for a root. `kids[i]` are in text order. `prep(i)` is the canonical preposition
    of a nominal ("du" gives "de", "à l'encontre de" stays whole), "" when it has none.
    """

    text: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    morph: list[str]
    kids: list[list[int]]
    sent: list[int]
    sents: list[tuple[int, int]]
    contractions: dict[str, str]
    _preps: dict[int, str]

    @classmethod
    def of(cls, doc: Doc, contractions: dict[str, str]) -> Tree:
        """Read the lists off a parsed document.

        `contractions` maps a lower-case word form to its canonical preposition ("du": "de").
        """
        rows = doc.to_array([LEMMA, POS, DEP, HEAD, MORPH]).tolist()
        strings = doc.vocab.strings
        names: dict[int, str] = {0: ""}

        def name(key: int) -> str:
            found = names.get(key)
            if found is None:
                found = names[key] = strings[key]
            return found

        text = [token.text for token in doc]
        size = len(text)
        head = []
        for i, row in enumerate(rows):
            offset = row[3]
            if offset >= 1 << 63:  # to_array gives unsigned numbers; heads to the left wrap round
                offset -= 1 << 64
            head.append(i + offset)
        kids: list[list[int]] = [[] for _ in range(size)]
        for i, h in enumerate(head):
            if h != i:
                kids[h].append(i)
        sent, sents = [0] * size, []
        for number, span in enumerate(doc.sents):
            sents.append((span.start, span.end))
            for i in range(span.start, span.end):
                sent[i] = number
        lower = [word.lower().replace("’", "'") for word in text]
        lemma = [
            (name(row[0]).lower().replace("’", "'") or low)
            for row, low in zip(rows, lower, strict=True)
        ]
        return cls(
            text=text,
            lower=lower,
            lemma=lemma,
            pos=[name(row[1]) for row in rows],
            dep=[name(row[2]) for row in rows],
            head=head,
            morph=[name(row[4]) for row in rows],
            kids=kids,
            sent=sent,
            sents=sents,
            contractions=contractions,
            _preps={},
        )

    def __len__(self) -> int:
        return len(self.text)

    def has(self, i: int, feature: str) -> bool:
        """Tell whether a morphological feature ("Mood=Cnd") is on the token."""
        return feature in self.morph[i]

    def has_finite(self, i: int) -> bool:
        """Tell whether a verb is finite, by itself or by its auxiliary."""
        bearers = (i, *(k for k in self.kids[i] if self.dep[k].startswith("aux")))
        return any("VerbForm=Fin" in self.morph[k] for k in bearers)

    def children(self, i: int, *deps: str) -> list[int]:
        """List the dependents with one of these labels, in text order."""
        dep = self.dep
        return [k for k in self.kids[i] if dep[k] in deps]

    def prep(self, i: int) -> str:
        """Give the canonical preposition of a nominal, "" when it has none."""
        found = self._preps.get(i)
        if found is None:
            found = self._preps[i] = self._read_prep(i)
        return found

    def forget(self, i: int) -> None:
        """Read the token's preposition anew: its dependents have changed."""
        self._preps.pop(i, None)

    def _read_prep(self, i: int) -> str:
        words: list[int] = []
        for k in self.kids[i]:
            if self.dep[k] == "case" or (self.dep[k] == "mark" and k < i):
                words.append(k)
                words += [f for f in self.kids[k] if self.dep[f] == "fixed"]
            elif k > i:
                break
        if not words:
            return ""
        first = words[0]
        # "près de", "autour de", "au nord de": the adverb or noun before "de" may hang elsewhere
        before = self.lower[first - 1] if first > 0 else ""
        parts = [self.contractions.get(self.lower[k], self.lower[k]) for k in words]
        if before + " " + parts[0] in self.contractions:
            return self.contractions[before + " " + parts[0]]
        joined = " ".join(parts)
        return self.contractions.get(joined, joined)

    def conjuncts(self, i: int) -> list[int]:
        """List a nominal and what is coordinated with it ("A, B et C"), first to last."""
        found = [i]
        for k in found:  # grows while it is walked: chains of conj
            for c in self.kids[k]:
                if self.dep[c] in _JOINING and c not in found and self.pos[c] in NOMINAL:
                    found.append(c)
        # without "et", "ou", "ainsi que" a second noun describes the first
        if not any(self.dep[k] == "cc" and k < f for f in found[1:] for k in self.kids[f]):
            return [i]
        return sorted(found)

    def first_conjunct(self, i: int) -> int:
        """Give the first of a coordination that the token belongs to, or the token itself."""
        seen = 0
        while self.dep[i] == "conj" and self.head[i] != i and seen < 50:
            i = self.head[i]
            seen += 1
        return i

    def ancestors(self, i: int) -> Iterator[int]:
        """Walk from the head upwards to the root, at most 60 steps."""
        for _ in range(60):
            up = self.head[i]
            if up == i:
                return
            yield up
            i = up

    def span(self, i: int) -> tuple[int, int]:
        """Give the half-open token range of the whole subtree."""
        first = last = i
        stack = [i]
        while stack:
            k = stack.pop()
            first, last = min(first, k), max(last, k)
            stack.extend(self.kids[k])
        return first, last + 1

    def is_fronted(self, i: int) -> bool:
        """Tell the phrase that opens its sentence before a comma: "À Bamako, l'armée …"."""
        first = self.span(i)[0]
        is_head = first == 0 or self.sent[first - 1] != self.sent[first]
        return is_head and "," in self.lower[i + 1 : i + 3]

    def subtree(self, i: int) -> list[int]:
        """List the tokens of the subtree in text order, the token itself included."""
        found, stack = [], [i]
        while stack:
            k = stack.pop()
            found.append(k)
            stack.extend(self.kids[k])
        return sorted(found)
