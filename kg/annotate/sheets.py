"""The tokens of one article as plain lists, read off the parse once.

Takes a spaCy `Doc`, gives a `Sheet`; what a rule asks of a token costs one list look-up.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, SENT_START, SPACY
from spacy.tokens import Doc

from kg.annotate.gazetteer import fold

__all__ = ["Sheet"]

_CLOSING = frozenset('.!?…»"”:;)–—')
_COLUMNS = [LEMMA, POS, DEP, HEAD, MORPH, ENT_TYPE, ENT_IOB, SENT_START, SPACY]


@dataclass(slots=True)
class Sheet:
    """Token attributes as lists indexed by token position; `head[i] == i` at a root.

    `entity[i]` is the number of the pipeline's named entity the token lies in, -1 outside;
    `label[i]` its type. `starts[i]` tells that a sentence begins at the token.
    """

    text: list[str]
    lower: list[str]
    folded: list[str]
    lemma: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    morph: list[str]
    label: list[str]
    entity: list[int]
    starts: list[bool]
    sent: list[int]
    spaces: list[bool]

    @classmethod
    def of(cls, doc: Doc, paragraphs: tuple[tuple[int, int], ...] = ()) -> Sheet:
        """Read the lists off a parsed document; what a pipeline does not fill stays "".

        A sentence begins where a paragraph does, or where the parse says so behind a closing sign:
        parsers like to cut behind an unknown name.
        """
        firsts = {first for first, _ in paragraphs}
        strings = doc.vocab.strings
        rows = doc.to_array(_COLUMNS).tolist()
        names = {key: strings[key] if key else "" for row in rows for key in (*row[:3], *row[4:6])}
        text = [token.text for token in doc]
        folds: dict[str, str] = {}
        folded = []
        for word in text:
            known = folds.get(word)
            if known is None:
                known = folds[word] = fold(word)
            folded.append(known)
        head, entity, sent, starts = [], [], [], []
        number, sentence = -1, -1
        for i, row in enumerate(rows):
            # to_array gives unsigned numbers; heads to the left wrap round.
            head.append(i + (row[3] if row[3] < 1 << 63 else row[3] - (1 << 64)))
            number += row[6] == 3
            entity.append(number if row[5] else -1)
            is_start = i == 0 or i in firsts or (row[7] == 1 and text[i - 1][-1] in _CLOSING)
            sentence += is_start
            starts.append(is_start)
            sent.append(sentence)
        return cls(
            text=text,
            lower=[word.lower().replace("’", "'") for word in text],
            folded=folded,
            lemma=[names[row[0]].lower() for row in rows],
            pos=[names[row[1]] for row in rows],
            dep=[names[row[2]] for row in rows],
            head=head,
            morph=[names[row[4]] for row in rows],
            label=[names[row[5]] for row in rows],
            entity=entity,
            starts=starts,
            sent=sent,
            spaces=[bool(row[8]) for row in rows],
        )

    def __len__(self) -> int:
        return len(self.text)
