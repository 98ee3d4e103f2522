"""Annotated articles in a short notation, for tests that no language model should decide.

Takes one string for each paragraph with one sentence a line, gives an `Annotation`. A token is
`word/label/head`, the head counted from 1 inside the sentence and 0 for the root; lemma, part of
speech and morphology come from `WORDS`. Marks may follow, each behind a slash: `@rebels` (the word
heads a mention of that entity of `CAST`), `#3` or `#100..` (the word counts its head),
`%2024-05-14` or `%2023-10..` (the word belongs to a date; neighbours with the same date are one expression).
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.draft import Draft, Part
from kg.extract.extractor import Extractor, _Stage
from kg.extract.grammar import Constructions, Grammar
from kg.extract.tree import Tree
from kg.model import (
    Annotation,
    Article,
    Count,
    Entity,
    EntityClass,
    Evidence,
    Mention,
    Participant,
    Quantity,
    Reading,
    TimeExpression,
    When,
)

__all__ = [
    "DAY",
    "annotation_of",
    "drafts_of",
    "extractor",
    "grammar_of",
    "named",
    "reading_of",
    "stage_of",
    "tree_of",
    "words_of",
]

DAY = datetime.date(2024, 5, 15)
# Entity -> class; one in capitals is a known state, and that is its key.
CAST = {
    "rebels": "ArmedGroup",
    "sect": "ArmedGroup",
    "army": "ArmedForce",
    "soldiers": "PopulationGroup",
    "civilians": "PopulationGroup",
    "jihadists": "PopulationGroup",
    "dead": "PopulationGroup",
    "general": "Person",
    "mayor": "Person",
    "judge": "Person",
    "police": "Institution",
    "village": "Place",
    "sarkol": "Place",
    "base": "Facility",
    "bridge": "Facility",
    "ZOR": "State",
    "KAD": "State",
}
# Form -> lemma, part of speech, morphology.
WORDS = {
    **dict.fromkeys(("le", "la", "les", "l'"), "le DET Definite=Def|PronType=Art"),
    **dict.fromkeys(("un", "une"), "un DET Definite=Ind|PronType=Art"),
    **dict.fromkeys(("cette", "cet"), "ce DET PronType=Dem"),
    **dict.fromkeys(("du", "des"), "de ADP Definite=Def|PronType=Art"),
    **dict.fromkeys(("de", "d'"), "de ADP"),
    **dict.fromkeys(("au", "aux"), "à ADP Definite=Def|PronType=Art"),
    **dict.fromkeys(("a", "ont"), "avoir AUX Mood=Ind|Tense=Pres|VerbForm=Fin"),
    **dict.fromkeys(("avait", "avaient"), "avoir AUX Mood=Ind|Tense=Imp|VerbForm=Fin"),
    **dict.fromkeys(("est", "sont"), "être AUX Mood=Ind|Tense=Pres|VerbForm=Fin"),
    "auraient": "avoir AUX Mood=Cnd|Tense=Pres|VerbForm=Fin",
    "avoir": "avoir AUX VerbForm=Inf",
    "été": "être AUX Tense=Past|VerbForm=Part",
    "ont-fait": "faire AUX Mood=Ind|VerbForm=Fin",
    "qui": "qui PRON PronType=Rel",
    "que": "que PRON PronType=Rel",
    "si": "si SCONJ",
    "quand": "quand SCONJ",
    "qu'": "que SCONJ",
    "nous": "nous PRON PronType=Prs",
    "aucun": "aucun DET PronType=Neg",
    "dément": "dément ADV",
    "c'": "ce PRON PronType=Dem",
    "inacceptable": "inacceptable ADJ",
    "seront": "être AUX Mood=Ind|Tense=Fut|VerbForm=Fin",
    "comme": "comme ADP",
    "ainsi": "ainsi ADV",
    "près": "près ADV",
    "celle": "celui PRON PronType=Dem",
    "ce": "ce PRON PronType=Dem",
    "et": "et CCONJ",
    "ne": "ne ADV",
    "n'": "ne ADV",
    "pas": "pas ADV",
    "s'": "se PRON PronType=Prs|Reflex=Yes",
    **{p: f"{p} ADP" for p in ("à", "par", "contre", "en", "pour", "sur", "depuis", "selon")},
    **{p: f"{p} PUNCT" for p in (".", ",", ":", "«", "»", "–")},
    **{n: f"{n} NUM NumType=Card" for n in ("deux", "trois", "sept", "vingt", "quarante")},
    "première": "premier ADJ NumType=Ord",
    "dernier": "dernier ADJ",
    "premier": "premier ADJ",
    "lourd": "lourd ADJ",
    "zoréniens": "zorénien ADJ",
    "responsable": "responsable ADJ",
    **{n: f"{n} PROPN" for n in ("Vardan", "Sarkol", "Zorénie", "Kadar")},
    **{f"{n}s": f"{n} NOUN Number=Plur" for n in (
        "rebelle", "soldat", "civil", "jihadiste", "attaque", "raid", "mort", "victime", "riposte",
        "manifestation",
    )},
    "représailles": "représailles NOUN Number=Plur",
    **{n: f"{n} NOUN Number=Sing" for n in (
        "rebelle", "village", "armée", "base", "pont", "général", "maire", "juge", "police", "raid",
        "attaque", "attentat", "assassinat", "frappe", "projet", "risque", "bilan", "riposte",
        "roquette", "pays", "secte", "retrait", "mardi", "lundi", "octobre", "manifestation", "raison",
    )},
    **{f: f"{v} VERB Tense=Past|VerbForm=Part" for f, v in (
        ("attaqué", "attaquer"), ("bombardé", "bombarder"), ("tué", "tuer"), ("mené", "mener"),
        ("subi", "subir"), ("visé", "viser"), ("touché", "toucher"), ("attribuée", "attribuer"),
        ("rejeté", "rejeter"), ("pris", "prendre"), ("incendié", "incendier"), ("fait", "faire"),
        ("déjoué", "déjouer"), ("péri", "périr"), ("revendiqué", "revendiquer"),
        ("démenti", "démentir"), ("menacé", "menacer"), ("détruit", "détruire"),
        ("accusé", "accuser"), ("exigé", "exiger"), ("assuré", "assurer"), ("dénoncé", "dénoncer"),
        ("affirmé", "affirmer"), ("traqués", "traquer"),
        ("soumis", "soumettre"), ("poursuivi", "poursuivre"),
        ("provoqué", "provoquer"), ("choqué", "choquer"), ("échoué", "échouer"),
    )},
    **{f: f"{v} VERB VerbForm=Inf" for f, v in (
        ("attaquer", "attaquer"), ("bombarder", "bombarder"), ("sauter", "sauter"),
    )},
    **{f: f"{v} VERB Mood=Ind|Tense=Pres|VerbForm=Fin" for f, v in (
        ("bombarde", "bombarder"), ("recule", "reculer"), ("brûle", "brûler"),
        ("marchent", "marcher"), ("partent", "partir"), ("veulent", "vouloir"),
        ("attaquent", "attaquer"), ("accuse", "accuser"), ("affirme", "affirmer"),
        ("craint", "craindre"), ("tue", "tuer"), ("rend", "rendre"), ("veut", "vouloir"),
    )},
    "attaqueront": "attaquer VERB Mood=Ind|Tense=Fut|VerbForm=Fin",
    "prêts": "prêt ADJ Number=Plur", "passe": "passe NOUN Number=Sing", "pu": "pouvoir VERB VerbForm=Part",
    "sont": "être AUX Mood=Ind|VerbForm=Fin",
    "pourraient": "pouvoir VERB Mood=Cnd|Tense=Pres|VerbForm=Fin",
    "bombardant": "bombarder VERB Tense=Pres|VerbForm=Part",
    "tuant": "tuer VERB Tense=Pres|VerbForm=Part",
}  # fmt: skip
_EXTRACTOR: list[Extractor] = []


def extractor() -> Extractor:
    """Give the French rules, loaded once."""
    if not _EXTRACTOR:
        _EXTRACTOR.append(Extractor("fr"))
    return _EXTRACTOR[0]


def words_of() -> Constructions:
    """Give the words of `constructions.yaml`."""
    return extractor().words


def tree_of(*tables: str) -> Tree:
    """Give the tree of an article."""
    return Tree.of(annotation_of(*tables).doc, words_of().contractions)


def grammar_of(*tables: str) -> Grammar:
    """Give the grammar of an article."""
    return Grammar(tree_of(*tables), words_of())


def stage_of(*tables: str, title: int | None = None) -> _Stage:
    """Give an article read up to its drafts."""
    return extractor()._stage(annotation_of(*tables, title=title))


def drafts_of(*tables: str) -> list[Draft]:
    """Give the drafts of an article, in text order."""
    return stage_of(*tables).drafts


def reading_of(*tables: str, title: int | None = None, day: datetime.date | None = DAY) -> Reading:
    """Give all that the rules read in an article."""
    return extractor().read(annotation_of(*tables, title=title, day=day))


def named(parts: Iterable[Part] | Iterable[Participant]) -> list[str]:
    """Give the entities of participants."""
    return [part.entity for part in parts]


def annotation_of(
    *tables: str, title: int | None = None, day: datetime.date | None = DAY
) -> Annotation:
    """Give the annotation that the tables describe, one table a paragraph."""
    rows: list[list[str]] = []
    heads: list[int] = []
    paragraphs: list[tuple[int, int]] = []
    for table in tables:
        before = len(rows)
        for line in table.strip().splitlines():
            first = len(rows)
            rows += [token.split("/") for token in line.split()]
            heads += [int(row[2]) - 1 + first if row[2] != "0" else first + n
                      for n, row in enumerate(rows[first:])]  # fmt: skip
        paragraphs.append((before, len(rows)))
    known = [_known(row[0]) for row in rows]
    doc = Doc(
        Vocab(),
        words=[row[0] for row in rows],
        lemmas=[word[0] for word in known],
        pos=[word[1] for word in known],
        morphs=["".join(word[2:]) for word in known],
        deps=[row[1] for row in rows],
        heads=heads,
    )
    starts = tuple(token.idx for token in doc)
    ends = tuple(token.idx + len(token) for token in doc)
    article = Article(id="a", text=doc.text, date=day, lang="fr")
    annotation = Annotation(
        article=article,
        doc=doc,
        starts=starts,
        ends=ends,
        paragraphs=tuple(paragraphs),
        title=title,
    )
    mentions = tuple(_mentions(annotation, rows))
    return replace(
        annotation,
        mentions=mentions,
        entities=tuple(_entities(annotation, mentions)),
        times=tuple(_times(annotation, rows)),
        quantities=tuple(_quantities(annotation, rows)),
    )


def _known(word: str) -> list[str]:
    return (WORDS.get(word) or WORDS[word.lower()]).split()


def _marked(row: list[str], sign: str) -> str | None:
    return next((cell[1:] for cell in row[3:] if cell[0] == sign), None)


def _mentions(annotation: Annotation, rows: list[list[str]]) -> Iterator[Mention]:
    for i, row in enumerate(rows):
        entity = _marked(row, "@")
        if entity is None:
            continue
        pos = annotation.doc[i].pos_
        quote = _quote(annotation, i, i + 1)
        yield Mention(
            start=quote.start,
            end=quote.end,
            first=i,
            last=i + 1,
            head=i,
            kind="pronoun" if pos in ("PRON", "DET") else "nominal" if pos == "NOUN" else "name",
            cls=EntityClass(CAST[entity]),
            names=(row[0],),
            entity=entity,
            key=entity if entity.isupper() else None,
            country=entity if entity.isupper() else None,
        )


def _entities(annotation: Annotation, mentions: tuple[Mention, ...]) -> Iterator[Entity]:
    by_entity: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_entity.setdefault(mention.entity, []).append(mention)
    for entity, group in by_entity.items():
        yield Entity(
            id=entity,
            cls=group[0].cls,
            names=tuple(dict.fromkeys(m.names[0] for m in group)),
            key=group[0].key,
            country=group[0].country,
            mentions=tuple(_quote(annotation, m.first, m.last) for m in group),
        )


def _quote(annotation: Annotation, first: int, last: int) -> Evidence:
    start, end = annotation.starts[first], annotation.ends[last - 1]
    text = annotation.article.text[start:end]
    return Evidence(article=annotation.article.id, start=start, end=end, exact=text, rule="table")


def _times(annotation: Annotation, rows: list[list[str]]) -> Iterator[TimeExpression]:
    for edtf, group in groupby(range(len(rows)), key=lambda i: _marked(rows[i], "%")):
        if edtf is None:
            continue
        tokens = list(group)
        quote = _quote(annotation, tokens[0], tokens[-1] + 1)
        edtf = edtf.replace("..", "/..")
        earliest, latest = _bounds(edtf)
        yield TimeExpression(
            start=quote.start,
            end=quote.end,
            first=tokens[0],
            last=tokens[-1] + 1,
            head=next(i for i in tokens if annotation.doc[i].head.i not in tokens),
            kind="DATE",
            when=When(edtf=edtf, text=quote.exact, earliest=earliest, latest=latest),
            is_future=earliest is not None and earliest > DAY,
        )


def _bounds(edtf: str) -> tuple[datetime.date, datetime.date] | tuple[None, None]:
    if ".." in edtf:
        return None, None
    if edtf.count("-") == 2:
        day = datetime.date.fromisoformat(edtf)
        return day, day
    year, month = map(int, edtf.split("-"))
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, 1), datetime.date(year, month, last)


def _quantities(annotation: Annotation, rows: list[list[str]]) -> Iterator[Quantity]:
    for i, row in enumerate(rows):
        mark = _marked(row, "#")
        if mark is None:
            continue
        low, dots, _ = mark.partition("..")
        yield Quantity(
            start=annotation.starts[i],
            end=annotation.ends[i],
            first=i,
            last=i + 1,
            count=Count(min=int(low), max=None if dots else int(low)),
            head=annotation.doc[i].head.i,
            rule="count:table",
        )
