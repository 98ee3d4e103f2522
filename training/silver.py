"""Raw sentences for the teacher to label: takes Europarl and news, gives unlabelled sentences.

Half of the Europarl sentences speak of what the project reads about: war, police, elections,
states. Nothing is varied here: the teacher reads what was written, `documents.vary_sentence` comes
after it.
"""

from __future__ import annotations

import lzma
import random
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from training.invent import modernise_spacing
from training.names import read_article
from training.treebanks import Sentence, Token

__all__ = ["choose_debates", "choose_news", "sentence_from_span", "split_document"]

_TOPICS = re.compile(
    r"\b(irak|iran|syrie|israël|palestin|liban|afghan|tchétch|kosovo|bosnie|soudan|darfour|somalie"
    r"|congo|rwanda|milit|soldat|armée|attaqu|attentat|bomb|guerre|tué|victime|otage|terroris"
    r"|milice|rebel|police|arrêt|assassin|ministre|président|gouvernement|manifest|élection|accus"
    r"|condamn|frontière|réfugi|otan|onu|états-unis|russie|moscou|chine|turqu|kurd|missile|arme"
    r"|combat|violence|conflit|paix|cessez|prison|tribunal|parlement)",
    re.IGNORECASE,
)
_ENDS = frozenset(".!?…")
_CLOSING = frozenset(')»”"]')
_OPENING = frozenset("«“—–(0123456789")


def choose_debates(
    corpora: Path,
    nlp: Language,
    rng: random.Random,
    *,
    on_topic: int,
    others: int,
    most: int | None = None,
) -> Iterator[Sentence]:
    """Draw sentences of 4 to 48 words from Europarl, so many on the project's topics.

    Only the first `most` lines are read.
    """
    chosen: tuple[list[str], list[str]] = ([], [])
    seen: set[str] = set()
    with lzma.open(corpora / "europarl_fr.txt.xz", "rt", encoding="utf8") as lines:
        for line in map(str.strip, islice(lines, most)):
            words = line.count(" ") + 1
            if not 4 <= words <= 48 or line in seen or not _begins_and_ends_once(line):
                continue
            seen.add(line)
            hits = len(_TOPICS.findall(line))
            chosen[0 if hits >= 2 or (hits and words < 20) else 1].append(line)
    for group, most in zip(chosen, (on_topic, others), strict=True):
        for text in rng.sample(group, min(most, len(group))):
            doc = nlp.make_doc(re.sub(r"\s+", " ", text))
            yield sentence_from_span(doc[:], "europarl")


def choose_news(articles: Iterable[Path], nlp: Language, rng: random.Random) -> Iterator[Sentence]:
    """Give every sentence of the articles, wiki spacing taken out."""
    for path in articles:
        for paragraph in read_article(path):
            doc = nlp.make_doc(modernise_spacing(paragraph, rng).text)
            for span in split_document(doc):
                if 2 <= len(span) <= 70:
                    yield sentence_from_span(span, path.stem)


def split_document(doc: Doc) -> Iterator[Span]:
    """Split a tokenised paragraph after every stop that a capital or an opening sign follows."""
    start = 0
    for index, token in enumerate(doc[:-1]):
        stop = token.text in _ENDS or (
            token.text in _CLOSING and index > 0 and doc[index - 1].text in _ENDS
        )
        following = doc[index + 1].text
        begins = following[0].isupper() or following[0] in _OPENING
        if stop and token.whitespace_ and begins:
            yield doc[start : index + 1]
            start = index + 1
    yield doc[start:]


def sentence_from_span(span: Span | Doc, ident: str) -> Sentence:
    """Give the tokens of a span as a sentence without labels."""
    return Sentence(
        ident=ident,
        document=ident,
        tokens=tuple(
            Token(
                form=token.text,
                lemma="",
                upos="",
                feats="",
                head=index,
                deprel="",
                space_after=bool(token.whitespace_),
            )
            for index, token in enumerate(span)
        ),
    )


def _begins_and_ends_once(line: str) -> bool:
    """Tell whether a line begins like a sentence and no second sentence begins within it."""
    if not (line[0].isupper() or line[0] in '«"('):
        return False
    return not re.search(r"[.!?] +[A-ZÉÈÀ]", line.replace("M. ", "M "))
