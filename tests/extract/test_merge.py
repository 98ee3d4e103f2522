"""One event once."""

from __future__ import annotations

import datetime

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.merge import Cluster
from kg.model import Article
from tests.extract.tables import annotation_of, extractor, named, stage_of

ATTACK = "les/det/2 rebelles/nsubj/4/@rebels ont/aux:tense/4 attaqué/ROOT/0 le/det/6 village/obj/4/@village"
DAY = " mardi/obl:mod/4/%2024-05-14"


def _clusters(*tables: str) -> list[Cluster]:
    stage = stage_of(*tables)
    return stage.merger.cluster(stage.drafts)


def _words(*tables: str) -> list[list[str]]:
    text = annotation_of(*tables).doc
    return [[text[d.token].text for d in c.drafts] for c in _clusters(*tables)]


@pytest.mark.parametrize(
    ("date", "together"), [("%2024-05-14", True), ("%2024-05", True), ("%2024-05-13", False)]
)
def test_dates_apart_are_never_one_event(date: str, together: bool) -> None:
    """The same attack with another day is another attack; a month that holds the day is not."""
    told = f"l'/det/2 attaque/nsubj/6 de/case/4 lundi/nmod/2/{date} a/aux:tense/6 choqué/ROOT/0"
    assert len(_words(ATTACK + DAY + "\n" + told)) == (1 if together else 2)


def test_a_demonstrative_takes_up_what_was_told_last() -> None:
    """ "Cette attaque" is the attack of the sentence before, another place or not."""
    told = "cette/det/2 attaque/nsubj/4 a/aux:tense/4 détruit/ROOT/0 le/det/6 pont/obj/4/@bridge"
    assert _words(ATTACK + "\n" + told)[0][:2] == ["attaqué", "attaque"]


def test_a_named_person_is_killed_once() -> None:
    """However far apart, two killings of one named person are one event."""
    told = (
        "Vardan/nsubj:pass/4/@general a/aux:tense/4 été/aux:pass/4 tué/ROOT/0 par/case/7 les/det/7 "
        "rebelles/obl:agent/4/@rebels"
    )
    between = "l'/det/2 armée/nsubj/3/@army bombarde/ROOT/0 la/det/5 base/obj/3/@base"
    again = (
        "un/det/2 assassinat/nsubj/6 de/case/4 Vardan/nmod/2/@general a/aux:tense/6 choqué/ROOT/0"
    )
    assert ["tué", "assassinat"] in _words(told, *[between] * 6, again)
    other = again.replace("Vardan/nmod/2/@general", "Kadar/nmod/2/@mayor")
    assert ["tué", "assassinat"] not in _words(told, *[between] * 6, other)


def test_a_toll_joins_the_deed_of_its_paragraph() -> None:
    """ "Trois soldats ont péri" counts the victims of the attack just told."""
    toll = "trois/nummod/2/#3 soldats/nsubj/4/@soldiers ont/aux:tense/4 péri/ROOT/0"
    (cluster,) = _clusters(ATTACK + "\n" + toll)
    assert cluster.type == "Attack"
    assert [t.count.min for d in cluster.drafts for t in d.tolls] == [3]


def test_a_gerund_tells_its_verb_further() -> None:
    """ "ont attaqué le village, tuant le juge" is one attack."""
    assert _words(ATTACK + " ,/punct/8 tuant/advcl/4 le/det/10 juge/obj/8/@judge") == [
        ["attaqué", "tuant"]
    ]


def test_a_reprisal_is_not_what_it_answers() -> None:
    """ "a bombardé … en riposte à l'attaque" are two events."""
    sentence = (
        "l'/det/2 armée/nsubj/4/@army a/aux:tense/4 bombardé/ROOT/0 le/det/6 village/obj/4/@village en/case/8 "
        "riposte/obl:mod/4 à/case/11 l'/det/11 attaque/nmod/8 de/case/14 la/det/14 base/nmod/11/@base"
    )  # fmt: skip
    told = [set(words) for words in _words(sentence)]
    assert not any({"bombardé", "attaque"} <= words for words in told)
    assert len(told) >= 2


def test_another_attack_is_another_event() -> None:
    """An indefinite noun that counts ("deux attaques") is never what was told before."""
    other = (
        "deux/nummod/2/#2 attaques/nsubj/4 ont/aux:tense/4 visé/ROOT/0 la/det/6 base/obj/4/@base"
    )
    assert len(_words(ATTACK + "\n" + other)) == 2


def test_a_negated_telling_is_not_the_event() -> None:
    """What did not happen and what did are two events."""
    negated = (
        "l'/det/2 armée/nsubj/6/@army n'/advmod/6 a/aux:tense/6 pas/advmod/6 attaqué/ROOT/0 le/det/8 "
        "village/obj/6/@village"
    )
    assert len(_words(ATTACK + "\n" + negated)) == 2


def test_speech_acts_never_join_deeds() -> None:
    """The claim of an attack is an event of its own."""
    claim = "la/det/2 secte/nsubj/4/@sect a/aux:tense/4 revendiqué/ROOT/0 l'/det/6 attaque/obj/4"
    kinds = {(c.type, tuple(named(c.first.agents))) for c in _clusters(ATTACK + "\n" + claim)}
    assert kinds == {("Attack", ("rebels",)), ("ClaimOfResponsibility", ("sect",))}


def test_units_stay_inside_their_sentence() -> None:
    """What training pairs has not been merged across sentences."""
    told = "cette/det/2 attaque/nsubj/4 a/aux:tense/4 choqué/ROOT/0"
    merger, units = extractor().units(annotation_of(ATTACK + "\n" + told))
    assert [len(u.drafts) for u in units] == [1, 1]
    assert merger.compatible(units[1], units[0])
    assert merger.features(units[1], units[0], units[:1])["kind_dem"] == 1.0
    assert not merger.is_speech(units[0])


@pytest.mark.parametrize(
    ("text", "kind", "events"),
    [
        # a day before a comma does not set the raid apart from its verb
        ("La veille, un bombardement avait tué cinq personnes à Khan Younès.", "Attack", 1),
        (
            "De violents combats ont opposé vendredi l'armée afghane aux talibans dans la province "
            "de Kunduz. Trente talibans ont été tués et douze soldats blessés.",
            "Attack",
            0,
        ),
        (
            "L'armée malienne a mené jeudi des frappes aériennes près de la frontière. Une "
            "trentaine de terroristes ont été tués.",
            "Attack",
            1,
        ),
        (
            "Des hommes armés ont attaqué jeudi un village du nord du Mali. Trois assaillants ont "
            "été tués.",
            "Attack",
            2,
        ),
        # what goes on began before the day that is told
        (
            "De violents combats ont éclaté vendredi entre l'armée et les rebelles à Goma. Les "
            "affrontements se poursuivaient samedi.",
            "Clash",
            1,
        ),
        (
            "Des jihadistes ont libéré lundi quatre enseignantes à Maradi. Elles sont arrivées dans "
            "la capitale. Leurs familles les attendaient. Cette libération a été saluée.",
            "Release",
            1,
        ),
        # a headline may call the speaker by another name than the lead, not by another's
        (
            "Niger : la junte accuse la France d'ingérence\n\nLes militaires au pouvoir au Niger "
            "ont accusé lundi la France d'ingérence.",
            "Accusation",
            1,
        ),
        (
            "Sahel : le Mali accuse la France d'ingérence\n\nLe Burkina Faso a accusé lundi la "
            "France d'ingérence.",
            "Accusation",
            2,
        ),
        # a noun set off with more to say of it names the deed before it
        (
            "L'ancien ministre a été condamné vendredi à dix ans de prison par un tribunal de "
            "Tunis, un verdict que ses avocats ont critiqué.",
            "Trial",
            1,
        ),
        ("Les deux camps se sont entendus lundi à Genève sur un cessez-le-feu.", "Agreement", 1),
        # nobody dies twice
        (
            "Le mouvement a confirmé la mort de son chef militaire, tué mardi dans la banlieue de "
            "Damas.",
            "Attack",
            1,
        ),
        # a row of attacks is counted apart from the last of them
        (
            "Les rebelles ont attaqué lundi un camp militaire au Tchad. C'est la troisième attaque "
            "contre ce camp depuis mars.",
            "Attack",
            2,
        ),
        # what happens there is the deed just told
        (
            "Des hommes armés ont attaqué mardi le marché de Bouar. Douze civils y ont péri.",
            "Attack",
            1,
        ),
        # what goes on in a place at no moment is none of its deeds
        (
            "Un gendarme a été tué lundi à Diffa. La région est le théâtre d'attaques de groupes "
            "armés et régulièrement secouée par des attentats.",
            "Attack",
            1,
        ),
        # who takes the passengers has not killed the driver
        (
            "Un chauffeur a été tué lundi près de Bria. Les assaillants ont enlevé les passagers.",
            "Attack",
            2,
        ),
        # a killing noun says whose death it is
        (
            "Le ministre Omar Sabri a été tué lundi à Mossoul. Il était jugé pour le meurtre de deux "
            "journalistes.",
            "Attack",
            2,
        ),
        (
            "La presse a dénoncé le meurtre de son confrère Julio Marin, abattu dimanche devant "
            "chez lui à Tijuana.",
            "Attack",
            1,
        ),
        # a day and means of its own tell another deed
        (
            "Un raid de la coalition a tué dix jihadistes mardi à Boukamal. La veille, deux obus "
            "avaient blessé cinq civils.",
            "Attack",
            2,
        ),
        # a truce is signed on one day and takes effect on another
        (
            "Une trêve est entrée en vigueur mardi à Taëz. Les belligérants s'étaient entendus "
            "vendredi sur cette trêve.",
            "Agreement",
            1,
        ),
        # what a lead brushes is told at length further down
        (
            "Un missile s'est abattu mardi sur Djazan, quelques heures après un raid aérien sur "
            "Sanaa. Dans la matinée, des avions saoudiens avaient bombardé une caserne de Sanaa.",
            "Attack",
            2,
        ),
        # what has gone on since a month is not the deed of one night
        (
            "Des hommes armés ont enlevé lundi 140 élèves à Kaduna. Près de 1.000 élèves ont été "
            "enlevés dans le nord-ouest depuis décembre.",
            "Attack",
            2,
        ),
        (
            "Bogota a plaidé lundi pour un nouveau cessez-le-feu. Le précédent cessez-le-feu, signé "
            "en octobre, a expiré le 9 janvier.",
            "Agreement",
            2,
        ),
    ],
)
def test_tells_each_event_of_a_text_once(text: str, kind: str, events: int) -> None:
    """Plain texts give as many events of a kind as they tell."""
    article = Article(id="told", text=text, date=datetime.date(2024, 5, 14), lang="fr")
    (annotation,) = Annotator("fr").annotate([article])
    assert [e.type for e in extractor().read(annotation).events].count(kind) == events
