"""Which event answers, causes or is part of which."""

from __future__ import annotations

import datetime

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.extractor import Extractor
from kg.model import Article, Reading
from tests.extract.tables import reading_of

ATTACK = (
    "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 attaqué/ROOT/0 la/det/6 base/obj/4/@base"
)
BOMBING = (
    "en/case/2 représailles/obl:mod/6 l'/det/4 armée/nsubj/6/@army a/aux:tense/6 bombardé/ROOT/0 le/det/8 "
    "village/obj/6/@village"
)  # fmt: skip


def _links(reading: Reading) -> list[tuple[str, str, str]]:
    """Give type, and the first words of the events at both ends."""
    words = {e.id: e.mentions[0].exact for e in reading.events}
    return [(k.type, words[k.origin], words[k.goal]) for k in reading.links]


def test_a_reprisal_answers_the_deed_told_before() -> None:
    """ "En représailles, l'armée a bombardé …" answers the attack of the sentence before."""
    assert _links(reading_of(ATTACK + "\n" + BOMBING)) == [
        ("inRetaliationFor", "bombardé", "attaqué")
    ]


def test_reprisals_make_a_chain() -> None:
    """Each reprisal answers the deed whose victim strikes back, not the first of all."""
    back = (
        "en/case/2 riposte/obl:mod/6 les/det/4 rebelles/nsubj/6/@rebels ont/aux:tense/6 attaqué/ROOT/0 le/det/8 "
        "pont/obj/6/@bridge"
    )  # fmt: skip
    reading = reading_of(
        ATTACK + " lundi/obl:mod/4/%2024-05-13",
        BOMBING + " mardi/obl:mod/6/%2024-05-14",
        back + " mardi/obl:mod/6/%2024-05-15",
    )
    ids = [e.id for e in reading.events]
    assert [(k.type, k.origin, k.goal) for k in reading.links] == [
        ("inRetaliationFor", ids[1], ids[0]),
        ("inRetaliationFor", ids[2], ids[1]),
    ]


def test_without_a_word_of_reprisal_nothing_is_answered() -> None:
    """Two attacks in a row are no chain by themselves."""
    plain = BOMBING.replace("représailles", "mardi")
    assert reading_of(ATTACK + "\n" + plain).links == ()


def test_a_verb_of_causing_links_its_subject_to_its_object() -> None:
    """ "L'attaque a provoqué une manifestation": the attack is the cause."""
    reading = reading_of(
        "l'/det/2 attaque/nsubj/6 des/case/4 rebelles/nmod/2/@rebels a/aux:tense/6 provoqué/ROOT/0 "
        "une/det/8 manifestation/obj/6"
    )
    assert _links(reading) == [("causes", "attaque", "manifestation")]


def test_the_first_of_several_is_part_of_them() -> None:
    """ "la première attaque" is part of the "deux attaques" told before."""
    reading = reading_of(
        "deux/nummod/2/#2 attaques/nsubj/6 des/case/4 rebelles/nmod/2/@rebels ont/aux:tense/6 visé/ROOT/0 "
        "la/det/8 base/obj/6/@base\n"
        "la/det/3 première/amod/3 attaque/nsubj/5 a/aux:tense/5 tué/ROOT/0 le/det/7 maire/obj/5/@mayor"
    )  # fmt: skip
    assert ("partOfEvent", "attaque", "attaques") in _links(reading)


SENTENCES = [
    (
        "La marche de samedi est une réaction à l'assassinat du procureur.",
        {("inRetaliationFor", "Protest", "Attack")},
    ),
    (
        "L'arrestation du chef de l'opposition a provoqué une semaine de manifestations à Lomé.",
        {("causes", "Arrest", "Protest")},
    ),
    (
        "La police a arrêté le chef de l'opposition, provoquant une manifestation à Lomé.",
        {("causes", "Arrest", "Protest")},
    ),
    (
        "L'attentat auquel l'armée a répliqué par des frappes aériennes a fait six morts.",
        {("inRetaliationFor", "Attack", "Attack")},
    ),
    (
        "Le PKK a revendiqué l'attaque contre une usine, à laquelle la Turquie a répliqué par des "
        "dizaines de frappes.",
        {("inRetaliationFor", "Attack", "Attack")},
    ),
    (
        "Les rebelles ont revendiqué l'attentat de Goma, auquel l'armée a riposté par un "
        "bombardement.",
        {("inRetaliationFor", "Attack", "Attack")},
    ),
    ("Les rebelles ont attaqué un pont. L'armée a, en revanche, repris la ville de Bor.", set()),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "links"), SENTENCES)
def test_links_of_whole_sentences(
    annotator: Annotator, text: str, links: set[tuple[str, str, str]]
) -> None:
    """Phrases, predicates, gerunds and relative clauses tie two events; "en revanche" does not."""
    article = Article(id="link", text=text, date=datetime.date(2022, 3, 9), lang="fr")
    (reading,) = (Extractor("fr").read(a) for a in annotator.annotate([article]))
    kinds = {e.id: e.type for e in reading.events}
    assert {(k.type, kinds[k.origin], kinds[k.goal]) for k in reading.links} == links


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    """One pipeline for all sentences."""
    return Annotator("fr")
