"""Training documents: takes sentences and named paragraphs, gives spaCy documents and augmentation.

Sentences of one treebank are strung together into short paragraphs, so that the pipeline learns
where sentences begin; a number written with a space (*50 000*) becomes two tokens, since the
tokenizer parts them, the second a `flat` of the first.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from training.names import Paragraph
from training.treebanks import Sentence, Token

__all__ = [
    "chunk_sentences",
    "make_named_document",
    "make_syntax_document",
    "split_spaced_tokens",
    "vary_sentence",
]


def split_spaced_tokens(sentence: Sentence) -> Sentence:
    """Part every token that holds a space; what follows the first part is `flat` to it."""
    if not any(" " in token.form for token in sentence.tokens):
        return sentence
    starts: list[int] = []
    tokens: list[Token] = []
    for token in sentence.tokens:
        starts.append(len(tokens))
        parts = token.form.split(" ")
        for number, part in enumerate(parts):
            last = number == len(parts) - 1
            tokens.append(
                replace(
                    token,
                    form=part,
                    lemma=token.lemma if len(parts) == 1 else part,
                    head=token.head if number == 0 else -1 - starts[-1],
                    deprel=token.deprel if number == 0 else "flat",
                    space_after=token.space_after if last else True,
                )
            )
    moved = tuple(replace(t, head=starts[t.head] if t.head >= 0 else -1 - t.head) for t in tokens)
    return replace(sentence, tokens=moved)


def chunk_sentences(
    sentences: Sequence[Sentence], rng: random.Random, *, most: int = 6
) -> Iterator[tuple[Sentence, ...]]:
    """Yield runs of 1 to `most` sentences in the order given."""
    start = 0
    while start < len(sentences):
        end = start + rng.randint(1, most)
        yield tuple(sentences[start:end])
        start = end


def vary_sentence(sentence: Sentence, rng: random.Random) -> Sentence:
    """Write a sentence as a newspaper might: other quotes, other dashes, capitals, no full stop.

    Each change is drawn on its own; the labels stay as they are.
    """
    tokens = list(sentence.tokens)
    if rng.random() < 0.5:
        tokens = [replace(t, form=t.form.replace("'", "’")) for t in tokens]
    if rng.random() < 0.5:
        opening, closing = rng.choice((("«", "»"), ("“", "”"), ('"', '"')))
        table = str.maketrans({"«": opening, "»": closing, "“": opening, "”": closing})
        tokens = [replace(t, form=t.form.translate(table)) for t in tokens]
    if rng.random() < 0.3:
        dash = rng.choice("–—-")
        tokens = [replace(t, form=dash) if t.form in ("-", "–", "—", "--") else t for t in tokens]
    if rng.random() < 0.06:
        last = tokens[-1]
        if last.form == "." and len(tokens) > 2 and all(t.head != len(tokens) - 1 for t in tokens):
            tokens = tokens[:-1]
    if rng.random() < 0.03:
        tokens = [replace(t, form=t.form.upper()) for t in tokens]
    return replace(sentence, tokens=tuple(tokens))


def make_syntax_document(vocab: Vocab, sentences: Iterable[Sentence]) -> Doc:
    """Build one document with tags, lemmas, features and trees; its names are left unknown."""
    tokens: list[Token] = []
    heads: list[int] = []
    starts: list[bool] = []
    for sentence in sentences:
        offset = len(tokens)
        heads.extend(t.head + offset for t in sentence.tokens)
        starts.extend(i == 0 for i in range(len(sentence.tokens)))
        tokens.extend(sentence.tokens[:-1])
        tokens.append(replace(sentence.tokens[-1], space_after=True))
    roots = {i for i, head in enumerate(heads) if head == i}
    return Doc(
        vocab,
        words=[t.form for t in tokens],
        spaces=[t.space_after for t in tokens],
        pos=[t.upos for t in tokens],
        morphs=[t.feats for t in tokens],
        lemmas=[t.lemma for t in tokens],
        heads=heads,
        deps=["ROOT" if i in roots else t.deprel for i, t in enumerate(tokens)],
    )


def make_named_document(nlp: Language, paragraph: Paragraph) -> Doc:
    """Build one document with names only; a name that cuts a token in two is widened to it."""
    doc = nlp.make_doc(paragraph.text)
    spans = []
    for name in paragraph.names:
        span = doc.char_span(name.start, name.end, label=name.label, alignment_mode="expand")
        if span is not None and not any(t.ent_type for t in span):
            spans.append(span)
            doc.set_ents(spans, default="outside")
    doc.set_ents(spans, default="outside")
    return doc
