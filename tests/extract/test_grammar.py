"""Who does what to whom, whatever the shape of the clause."""

from __future__ import annotations

import pytest

from kg.extract.grammar import Clause
from tests.extract.tables import grammar_of

# Sentence, its verb, and what stands as subject and object of that verb in the active.
SHAPES = {
    "active": ("l'/det/2 armée/nsubj/3 bombarde/ROOT/0 le/det/5 village/obj/3", "bombarde"),
    "passive": (
        "le/det/2 village/nsubj:pass/5 a/aux:tense/5 été/aux:pass/5 bombardé/ROOT/0 par/case/8 "
        "l'/det/8 armée/obl:agent/5",
        "bombardé",
    ),
    "passive labelled active": (
        "le/det/2 village/nsubj/4 est/aux:pass/4 bombardé/ROOT/0 par/case/7 l'/det/7 armée/obl/4",
        "bombardé",
    ),
    "participle": (
        "le/det/2 village/nsubj/7 bombardé/acl/2 par/case/6 l'/det/6 armée/obl:agent/3 brûle/ROOT/0",
        "bombardé",
    ),
    "relative subject": (
        "l'/det/2 armée/nsubj/7 qui/nsubj/4 bombarde/acl:relcl/2 le/det/6 village/obj/4 recule/ROOT/0",
        "bombarde",
    ),
    "relative object": (
        "le/det/2 village/nsubj/7 que/obj/6 l'/det/5 armée/nsubj/6 bombarde/acl:relcl/2 brûle/ROOT/0",
        "bombarde",
    ),
    "shared auxiliary": (
        "l'/det/2 armée/nsubj/4 a/aux:tense/4 rejeté/ROOT/0 et/cc/6 bombardé/conj/4 le/det/8 "
        "village/obj/6",
        "bombardé",
    ),
    "gerund": (
        "l'/det/2 armée/nsubj/3 recule/ROOT/0 en/mark/5 bombardant/advcl/3 le/det/7 village/obj/5",
        "bombardant",
    ),
    "subject control": (
        "l'/det/2 armée/nsubj/3 veut/ROOT/0 bombarder/xcomp/3 le/det/6 village/obj/4",
        "bombarder",
    ),
    "object control": (
        "le/det/2 juge/nsubj/3 accuse/ROOT/0 l'/det/5 armée/obj/3 d'/mark/8 avoir/aux:tense/8 "
        "bombardé/xcomp/3 le/det/10 village/obj/8",
        "bombardé",
    ),
}  # fmt: skip


def _clause(sentence: str, verb: str) -> Clause:
    grammar = grammar_of(sentence)
    clause = grammar.clause(grammar.tree.text.index(verb))
    assert clause is not None
    return clause


def _words(sentence: str, verb: str, function: str) -> list[str]:
    text = [token.split("/")[0] for token in sentence.split()]
    return [text[i] for i in _clause(sentence, verb).get(function)]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_arguments_of_the_active_verb(shape: str) -> None:
    """The army is the subject and the village the object, however the clause is built."""
    sentence, verb = SHAPES[shape]
    assert _words(sentence, verb, "subj") == ["armée"]
    assert _words(sentence, verb, "obj") == ["village"]
    assert _clause(sentence, verb).lemma == "bombarder"


def test_a_coordinated_passive_shares_its_auxiliary_and_its_subject() -> None:
    """In "a été pris et incendié" the village is the object of both."""
    sentence = (
        "le/det/2 village/nsubj:pass/5 a/aux:tense/5 été/aux:pass/5 pris/ROOT/0 et/cc/7 "
        "incendié/conj/5"
    )
    assert _clause(sentence, "incendié").is_passive
    assert _words(sentence, "incendié", "obj") == ["village"]
    assert _words(sentence, "incendié", "subj") == []


def test_a_causative_takes_the_subject_that_hangs_from_its_auxiliary() -> None:
    """In "les rebelles ont fait sauter le pont" the rebels blow the bridge up."""
    sentence = "les/det/2 rebelles/nsubj/3 ont-fait/aux:caus/4 sauter/ROOT/0 le/det/6 pont/obj/4"
    assert _clause(sentence, "sauter").is_causative
    assert _words(sentence, "sauter", "subj") == ["rebelles"]
    assert _words(sentence, "sauter", "obj") == ["pont"]


def test_coordinated_arguments_are_spread_out() -> None:
    """Both soldiers and civilians are objects."""
    sentence = "l'/det/2 armée/nsubj/3 tue/ROOT/0 soldats/obj/3 et/cc/6 civils/conj/4"
    assert _words(sentence, "tue", "obj") == ["soldats", "civils"]


def test_a_reflexive_verb_has_no_object_of_its_own() -> None:
    """ "Le général s'est rendu" is neither passive nor has it an object."""
    sentence = "le/det/2 général/nsubj/4 s'/expl:pv/4 rend/ROOT/0"
    assert _clause(sentence, "rend").is_reflexive
    assert not _clause(sentence, "rend").is_passive
    assert _words(sentence, "rend", "obj") == []


def test_obliques_carry_their_preposition() -> None:
    """ "contre le village" stands as `obl:contre`."""
    sentence = "l'/det/2 armée/nsubj/3 marchent/ROOT/0 contre/case/6 le/det/6 village/obl:mod/3"
    assert _words(sentence, "marchent", "obl:contre") == ["village"]


def test_a_noun_without_copula_is_no_clause() -> None:
    """Punctuation and determiners have no clause at all."""
    grammar = grammar_of(SHAPES["active"][0])
    assert grammar.clause(0) is None


@pytest.mark.parametrize(
    ("form", "verb"),
    [("détruites", "détruire"), ("visée", "viser"), ("saisis", "saisir"), ("tué", "tuer")],
)
def test_the_infinitive_behind_a_participle_is_rebuilt(form: str, verb: str) -> None:
    """A participle that the tagger took for an adjective leads back to its verb."""
    assert grammar_of(SHAPES["active"][0]).participle_lemma(form) == verb
