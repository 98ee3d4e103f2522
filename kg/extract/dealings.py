"""Talks and agreements told twice in one clause, and who brokered them.

Takes drafts that have their participants, drops those that only name again what their verb tells
("arrivé à Sarkol pour une visite", "une trêve négociée par le Drovar") and hands over what they
know: mediators of an agreement are agents of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.cast import Cast
from kg.extract.draft import Draft, Part
from kg.extract.grammar import Constructions, Grammar
from kg.extract.tree import Tree
from kg.model import Status

__all__ = ["settle_dealings"]

_TOLD_AGAIN = frozenset({"Meeting", "Agreement", "Election", "Vote", "Sanction"})
_SAME = frozenset({"pour", "à", "lors de", "dans", "en", "par", "au cours de", "de", ""})
_STEPS = 4


def settle_dealings(
    drafts: Sequence[Draft], tree: Tree, grammar: Grammar, *, cast: Cast, words: Constructions
) -> None:
    """Mark what is told again as dropped, and give agreements their mediators."""
    by_word = {w: d for d in drafts for w in d.trigger.words}
    for draft in drafts:
        if draft.type == "Agreement":
            for verb, token in _brokers(draft, tree, grammar, words):
                _add(draft, token, cast)
                told = by_word.get(verb)
                if told is not None and told.type == "Meeting":
                    told.drop = True
    for draft in drafts:
        if draft.type == "Agreement" and tree.lemma[draft.token] == "échange":
            draft.drop = draft.drop or tree.lower[draft.token - 1] == "en"  # a preposition
        if draft.type == "Agreement" and draft.trigger.is_verb:
            marks = [tree.lower[k] for k in tree.kids[draft.token] if tree.dep[k] == "mark"]
            draft.drop = (
                draft.drop or "sans" in marks
            )  # "se sont quittés sans parvenir à un accord"
        if draft.type == "Sanction" and _is_listed(draft, tree):
            draft.drop = True
        elif draft.type == "Sanction" and not draft.trigger.is_verb:
            _read_imposed(draft, tree, grammar, cast=cast, words=words)
        if draft.type == "Aid" and not draft.trigger.is_verb and not draft.agents:
            for token in _donors(draft, tree, grammar, words):
                _add(draft, token, cast)
        if draft.type == "Election" and _is_title(draft, tree):
            draft.drop = True
        if draft.type == "Agreement" and _is_sought(draft, tree, words):
            draft.status = Status.PLANNED
        if draft.type in _TOLD_AGAIN and not draft.trigger.is_verb and not draft.drop:
            other = _teller(draft, by_word, tree)
            if other is not None and not other.drop:
                _hand_over(draft, other)
        if draft.type == "Meeting" and _is_awaited(draft, words):
            draft.status = Status.PLANNED
        is_bare = not (draft.trigger.is_verb or draft.agents or draft.drop)
        if draft.type == "Meeting" and is_bare:
            for token in _travellers(draft, tree, grammar, words):
                _add(draft, token, cast)


def _is_awaited(draft: Draft, words: Constructions) -> bool:
    """Tell "est attendu mardi à Sarkol" from a visit that is made."""
    clause = draft.trigger.clause
    is_told = draft.status is Status.ASSERTED
    return is_told and clause is not None and clause.lemma in words["planning_verbs"]


def _is_sought(draft: Draft, tree: Tree, words: Constructions) -> bool:
    """Tell "des négociations en vue d'une trêve": there is none yet."""
    i = draft.token
    if draft.trigger.is_verb or draft.definiteness not in ("indef", "bare"):
        return False
    if draft.status is not Status.ASSERTED or not tree.dep[i].startswith(("nmod", "obl")):
        return False
    up = tree.head[i]
    if tree.lemma[up] in ("vue", "faveur") and tree.pos[up] == "NOUN":  # "en vue d'une trêve"
        up = tree.head[up]
    return tree.lemma[up] in words["seeking_nouns"]


def _donors(draft: Draft, tree: Tree, grammar: Grammar, words: Constructions) -> Iterator[int]:
    """Find who gives, over counted money: "débloque 50 millions d'euros d'aide"."""
    i = draft.token
    for up in tree.ancestors(draft.token):
        if not tree.dep[i].startswith(("nmod", "obj", "obl:arg")):
            return
        clause = grammar.clause(up) if tree.pos[up] == "VERB" else None
        if clause is not None:
            if clause.lemma in words["donating_verbs"]:
                yield from clause.get("subj")
            return
        i = up


def _read_imposed(
    draft: Draft, tree: Tree, grammar: Grammar, *, cast: Cast, words: Constructions
) -> None:
    """Read "des sanctions imposées à la junte par la Zorénie", "visant douze généraux"."""
    for k in tree.kids[draft.token]:
        clause = grammar.clause(k) if tree.dep[k] in ("acl", "acl:relcl", "amod") else None
        if clause is None or clause.lemma not in words["imposing_verbs"] | words["aiming_verbs"]:
            continue
        is_aimed = clause.lemma in words["aiming_verbs"]
        for token in clause.get("obj") if is_aimed else clause.get("obl:à"):
            entity = cast.entity(token)
            if entity is not None and all(p.entity != entity for p in draft.targets):
                draft.targets.append(Part(token=token, entity=entity))
        for token in () if is_aimed else clause.get("subj"):
            _add(draft, token, cast)


def _is_listed(draft: Draft, tree: Tree) -> bool:
    """Tell "le Hamas, classé terroriste par l'UE" from the day when it was."""
    is_described = draft.trigger.is_verb and tree.dep[draft.token] in ("acl", "amod")
    return is_described and not draft.times


def _is_title(draft: Draft, tree: Tree) -> bool:
    """Tell "le gouvernement élu" and "le président élu" from who was elected at a time."""
    if not draft.trigger.is_verb or tree.dep[draft.token] not in ("acl", "amod"):
        return False
    return not draft.times and tree.head[draft.token] == draft.token - 1


def _brokers(
    draft: Draft, tree: Tree, grammar: Grammar, words: Constructions
) -> Iterator[tuple[int, int]]:
    """Find "négociée par X" and "parrainé par X" beside the words of an agreement."""
    for word in draft.trigger.words:
        for k in tree.kids[word]:
            if tree.dep[k] not in ("acl", "amod") or k < word:
                continue
            clause = grammar.clause(k)
            if clause is not None and clause.lemma in words["brokering_verbs"]:
                for token in clause.get("subj"):
                    yield k, token


def _travellers(draft: Draft, tree: Tree, grammar: Grammar, words: Constructions) -> Iterator[int]:
    """Find who goes to talks: "une délégation est attendue au Caire pour des pourparlers".

    "X, en visite à Sarkol, …": whoever is on a visit stands before it.
    """
    verb = tree.head[draft.token]
    clause = grammar.clause(verb)
    if tree.lower[draft.token - 1] == "en" and not tree.children(draft.token, "det"):
        if clause is not None and verb > draft.token:
            yield from (k for k in clause.get("subj") if k < draft.token)
        elif tree.dep[draft.token] == "nmod":
            yield verb
        return
    if clause is None or clause.lemma not in words["journey_verbs"]:
        return
    if tree.prep(draft.token) in ("pour", "à", "dans", "lors de"):
        yield from clause.get("obj") or clause.get("subj")
        if clause.lemma == "attendre" and draft.status is Status.ASSERTED:
            draft.status = Status.PLANNED


def _add(draft: Draft, token: int, cast: Cast) -> None:
    entity = cast.entity(token)
    if entity is None or not cast.is_a(token, "human"):
        return
    if all(p.entity != entity for p in draft.agents):
        draft.agents.append(Part(token=token, entity=entity))


def _teller(draft: Draft, by_word: dict[int, Draft], tree: Tree) -> Draft | None:
    """Find the draft of the same type over a noun that has no participants of its own."""
    if draft.agents or draft.targets:
        return None
    i = draft.token
    for _ in range(_STEPS):
        up = tree.head[i]
        if up == i or not tree.dep[i].startswith(("obl", "nmod", "obj")):
            return None
        if tree.prep(i) not in _SAME:
            return None
        other = by_word.get(up)
        if other is not None and other is not draft:
            return other if other.type == draft.type else None
        i = up
    return None


def _hand_over(draft: Draft, other: Draft) -> None:
    draft.drop = True
    other.times = other.times or draft.times
    other.places += [p for p in draft.places if p not in other.places]
