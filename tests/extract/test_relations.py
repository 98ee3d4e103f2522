"""Tests of kg/extract/relations.py: every sentence of relations.yaml, and what merging keeps."""

from __future__ import annotations

import re

import pytest

from kg.annotate.annotator import Annotator
from kg.extract.cast import Cast
from kg.extract.factuality import Cues
from kg.extract.grammar import Constructions, Grammar
from kg.extract.relation_rules import RelationRule, load_relation_rules
from kg.extract.relations import find_relations
from kg.extract.tree import Tree
from kg.model import Article, Entity, Relation, Status

RULES = load_relation_rules().rules
WORDS = Constructions("fr")
CUES = Cues("fr")
_TAG = re.compile(r"<(/?)(\w)>")


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    """The French pipeline with its names, once for all sentences."""
    return Annotator("fr")


def _read(text: str, annotator: Annotator) -> tuple[tuple[Relation, ...], dict[str, Entity]]:
    annotation = next(iter(annotator.annotate([Article(id="a", text=text)])))
    tree = Tree.of(annotation.doc, WORDS.contractions)
    cast = Cast(annotation, tree, transparent=WORDS["transparent_nouns"], weapons={})
    relations = find_relations(annotation, tree, Grammar(tree, WORDS), cast=cast, cues=CUES)
    return relations, cast.entities


def _untag(tagged: str) -> tuple[str, dict[str, str]]:
    return _TAG.sub("", tagged), dict(re.findall(r"<(\w)>(.*?)</\1>", tagged))


def _is(entity: Entity, words: str) -> bool:
    """Tell whether an entity is what the tagged words name."""
    names = [name.casefold() for name in entity.names]
    quotes = [mention.exact.casefold() for mention in entity.mentions]
    words = words.casefold()
    return any(name in words or words in name for name in [*names, *quotes])


@pytest.mark.model
@pytest.mark.parametrize(
    ("rule", "tagged"),
    [(rule, text) for rule in RULES for text in rule.matches],
    ids=lambda value: value.id if isinstance(value, RelationRule) else None,
)
def test_every_matching_sentence_gives_its_relation(
    rule: RelationRule, tagged: str, annotator: Annotator
) -> None:
    """Each `matches` sentence gives the rule's relation between the tagged ends."""
    text, ends = _untag(tagged)
    relations, entities = _read(text, annotator)
    for relation in relations:
        if relation.type != rule.type or not _is(entities[relation.subject], ends["s"]):
            continue
        if rule.post and ends["o"].casefold() in [post.casefold() for post in relation.post]:
            return
        if rule.shape == "prefix" and relation.object is not None:
            return  # the object is named by an adjective
        if relation.object is not None and _is(entities[relation.object], ends["o"]):
            return
    pytest.fail(f"{text}: {[(r.type, r.subject, r.object or r.post) for r in relations]}")


@pytest.mark.model
@pytest.mark.parametrize(
    ("rule", "text"),
    [(rule, text) for rule in RULES for text in rule.rejects],
    ids=lambda value: value.id if isinstance(value, RelationRule) else None,
)
def test_no_rejecting_sentence_gives_its_relation(
    rule: RelationRule, text: str, annotator: Annotator
) -> None:
    """A rule stays silent on its `rejects` sentences."""
    relations, _ = _read(text, annotator)
    assert [m.rule for r in relations for m in r.mentions if m.rule == rule.id] == []


def test_every_rule_brings_its_proof() -> None:
    """Each rule has two sentences it matches and two it rejects."""
    assert [r.id for r in RULES if len(r.matches) < 2 or len(r.rejects) < 2] == []


@pytest.mark.model
def test_a_relation_said_twice_is_one_with_two_mentions(annotator: Annotator) -> None:
    """Saying a post again adds evidence, not a second relation."""
    text = (
        "Karam Doumani, président de la Syrie, a parlé. "
        "« Non », a répondu Karam Doumani, président de la Syrie."
    )
    relations, _ = _read(text, annotator)
    (post,) = [r for r in relations if r.type == "holdsPost"]
    assert len(post.mentions) == 2
    for mention in post.mentions:
        assert text[mention.start : mention.end] == mention.exact == "président"


@pytest.mark.model
def test_hearsay_and_negation_show_in_the_status(annotator: Annotator) -> None:
    """A conditional and an accusation are hearsay, "ne … pas" denies."""
    relations, _ = _read("Karam Doumani serait le chef du Front vardanien.", annotator)
    assert {r.status for r in relations if r.type == "leads"} == {Status.ALLEGED}
    relations, _ = _read("Karam Doumani n'est pas le chef du Front vardanien.", annotator)
    assert {r.status for r in relations if r.type == "leads"} == {Status.NEGATED}
    relations, _ = _read("L'Iran est accusé d'armer les Houthis.", annotator)
    assert {r.status for r in relations if r.type == "supportedBy"} == {Status.ALLEGED}


@pytest.mark.model
def test_an_empty_article_has_no_relations(annotator: Annotator) -> None:
    """Nothing in, nothing out."""
    assert _read("", annotator)[0] == ()
