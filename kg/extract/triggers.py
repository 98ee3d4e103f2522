"""The words of an article that speak of events, each with the frame that reads it.

Takes a tree and the lexicon, gives `Trigger` records in text order. An ambiguous word needs a
context of conflict and fitting arguments; a word inside another trigger's phrase is not one itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.extract.cast import Cast
from kg.extract.echoes import find_echoes, find_takings_up
from kg.extract.fields import Setting, find_setting
from kg.extract.grammar import Clause, Grammar
from kg.extract.kinds import SPEECH_ACTS
from kg.extract.lexicon import Condition, Frame, Lexicon, Phrase
from kg.extract.mishaps import is_charge, is_mishap
from kg.extract.states import is_habit, is_mission, is_mock, is_posted, is_state
from kg.extract.tree import Tree
from kg.model import EntityClass

__all__ = ["Trigger", "find_triggers"]

_QUOTES = frozenset({"«", "»", '"', "“", "”"})  # no gap in a phrase: se dire « horrifié »
_REACH = 3  # how deep the words of a phrase may hang below its first word
_DEEP = 4  # and its further words: "un convoi de camions chargés de vivres est entré"
_CLAUSES = frozenset({"acl:relcl", "advcl", "ccomp", "xcomp", "parataxis", "conj"})
# What stands beside the speech act whose phrase holds its noun.
_BESIDE_SPEECH = frozenset({
    "Agreement", "Aid", "Sanction", "Resignation", "Meeting", "Election", "Release", "Withdrawal",
    "Deployment", "Trial", "Appointment",
})  # fmt: skip
_LAID_AT_DOORS = frozenset({"Accusation", "ClaimOfResponsibility"})
_CLITICS = frozenset({"l'", "le", "la", "les"})
_TAKING_UP = _CLITICS | {"que", "qu'"}
_WAR = frozenset({
    "Attack", "Clash", "Offensive", "Seizure", "Coup", "Arrest", "Release", "Trial", "Protest",
    "Deployment", "Withdrawal",
})  # fmt: skip
# Whose bare participles tell how somebody or something is held ("un opposant emprisonné").
_HELD = frozenset({"Seizure", "Arrest", "Offensive"})
_WAR_TALK = frozenset({"Threat", "ClaimOfResponsibility"})
_ARMED_CLASSES = (EntityClass.ARMED_GROUP, EntityClass.ARMED_FORCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A word (with the other words of its phrase) read through a frame.

    `clause` is set for verbs; `others` are further frames that the same word could have had.
    """

    token: int
    frame: Frame
    words: tuple[int, ...]
    clause: Clause | None = None

    @property
    def is_verb(self) -> bool:
        """Tell a verbal trigger from a noun."""
        return self.clause is not None


@dataclass(frozen=True, slots=True)
class _Candidate:
    token: int
    words: tuple[int, ...]
    frames: tuple[Frame, ...]
    clause: Clause | None


def find_triggers(tree: Tree, grammar: Grammar, cast: Cast, lexicon: Lexicon) -> list[Trigger]:
    """Find the triggers of an article, in text order, at most one a token."""
    candidates = [c for i in range(len(tree)) for c in _candidates(i, tree, grammar, lexicon)]
    tokens = {c.token for c in candidates}
    armed = {m.entity for m in cast.heads() if m.kind == "name" and m.cls in _ARMED_CLASSES}
    setting = find_setting(tree, lexicon.fields, armed_names=len(armed))
    found: dict[int, Trigger] = {}
    for candidate in candidates:
        if candidate.token in found:
            continue
        is_noun = candidate.clause is None
        if is_noun and _is_likened(candidate.token, tree, grammar):
            continue
        if is_noun and is_charge(candidate.token, tree, grammar):
            continue
        is_name = is_noun and (
            _is_name(candidate.token, tree)
            or _is_label(candidate.token, tree, cast)
            or cast.is_inside_name(candidate.token)
        )
        for frame in candidate.frames:
            if not _fits(frame, setting) or (frame.strength == "weak" and is_name):
                continue
            if frame.event in _WAR and (
                is_habit(candidate.token, tree, grammar, is_verb=not is_noun)
                or is_mock(candidate.token, tree, grammar)
            ):
                continue
            if (
                candidate.clause is not None
                and frame.event == "Attack"
                and is_mishap(candidate.clause, tree, grammar, cast)
            ):
                continue
            if not is_noun and frame.event in _HELD and is_state(candidate.token, tree):
                continue
            if is_noun and frame.event == "Offensive" and is_mission(candidate.token, tree):
                continue
            if is_noun and frame.event == "Clash" and tree.prep(candidate.token) == "sans":
                continue  # "la ville a été prise sans combat"
            if (
                not is_noun
                and frame.event == "Deployment"
                and is_posted(candidate.token, tree, grammar)
            ):
                continue
            if _holds(frame, candidate, tree, grammar, cast, tokens):
                found[candidate.token] = Trigger(
                    token=candidate.token,
                    frame=frame,
                    words=candidate.words,
                    clause=candidate.clause,
                )
                break
    inner = {
        w for t in found.values() for w in t.words if w != t.token and not _tells_of(t, w, found)
    }
    kept = {i: t for i, t in found.items() if i not in inner}
    nouns = {i: t.frame for i, t in kept.items() if not t.is_verb}
    for i, frame in find_echoes(tree, grammar, nouns):
        kept[i] = Trigger(token=i, frame=frame, words=(i,))
    for i, frame in find_takings_up(tree, grammar, {i: t.frame for i, t in kept.items()}):
        kept[i] = replace(kept[i], frame=frame)
    return [kept[i] for i in sorted(kept)]


def _tells_of(trigger: Trigger, word: int, found: Mapping[int, Trigger]) -> bool:
    """Tell "a revendiqué un tir", "tombés dans des combats": the word is an event of its own."""
    inner = found.get(word)
    if inner is None or inner.is_verb:
        return False
    if trigger.frame.event == "ClaimOfResponsibility":
        return inner.frame.event == "Attack"
    if trigger.frame.event in SPEECH_ACTS:  # "réclament la démission", "un appel à une trêve"
        return inner.frame.event in _BESIDE_SPEECH
    return trigger.frame.event == "Attack" and inner.frame.event == "Clash"


def _fits(frame: Frame, setting: Setting) -> bool:
    """Tell whether an article about this may hold such an event under such a word."""
    if setting is Setting.FICTION:
        return False
    if setting is Setting.FOREIGN:
        return frame.strength == "strong" and frame.event not in _WAR | _WAR_TALK
    if frame.strength == "weak" and frame.event in _WAR:
        return setting is Setting.CONFLICT
    return True


def _is_likened(i: int, tree: Tree, grammar: Grammar) -> bool:
    """Tell a noun that something else is only compared with ("claquer comme un coup de feu")."""
    if tree.prep(i) not in grammar.words["likening_words"]:
        return False
    if tree.lemma[tree.head[i]] in grammar.words["naming_verbs"]:
        return False
    return any(tree.has(k, "Definite=Ind") for k in tree.children(i, "det"))


def _is_name(i: int, tree: Tree) -> bool:
    """Tell a word that a capital makes part of a name ("l'Opération Barkhane", "le RAID")."""
    if not tree.text[i][:1].isupper():
        return False
    opens = tree.pos[i - 1] == "PUNCT" and tree.text[i - 1] != "("
    return i > tree.sents[tree.sent[i]][0] and not opens


def _is_label(i: int, tree: Tree, cast: Cast) -> bool:
    """Tell a bare noun that says of what kind its head is ("avion de combat", "chef de guerre")."""
    up = tree.head[i]
    if tree.dep[i] != "nmod" or up != i - 2 or tree.prep(i) != "de":
        return False
    if tree.has(i, "Number=Plur") or any(tree.dep[k] == "det" for k in tree.kids[i]):
        return False
    return tree.lower[i - 1] in ("de", "d'") and cast.classes(up) != frozenset({"any"})


def _candidates(i: int, tree: Tree, grammar: Grammar, lexicon: Lexicon) -> list[_Candidate]:
    pos = tree.pos[i]
    found: list[_Candidate] = []
    mistaken = pos in ("ADJ", "NOUN") and _governs(i, tree)
    formed = pos == "NOUN" and _is_participial(i, tree) and not _is_listed(i, tree, lexicon)
    if pos in ("VERB", "AUX", "ADJ") or mistaken or formed:
        lemma = grammar.verb_lemma(i)
        if (pos == "VERB" or mistaken) and not _is_known(lemma, lexicon):
            lemma = _regular(tree.lower[i], grammar, lexicon) or lemma
        if pos in ("VERB", "AUX") and tree.dep[i].split(":")[0] in ("aux", "cop"):
            lemma = ""
        if lemma in lexicon.verbs or lemma in lexicon.verb_phrases:
            found += _verb(i, lemma, tree, grammar, lexicon)
        for k in tree.kids[i]:
            # "se faire exploser": UD hangs the causative under the infinitive
            if tree.dep[k] == "aux:caus" and tree.lemma[k] in lexicon.verb_phrases:
                found = (
                    _phrases(i, lexicon.verb_phrases[tree.lemma[k]], tree, grammar, lexicon) + found
                )
    if pos in ("NOUN", "PROPN", "X", "ADJ"):
        lemma = _noun_lemma(i, tree, lexicon)
        if lemma:
            if lemma in lexicon.noun_phrases:
                found += _phrases(i, lexicon.noun_phrases[lemma], tree, grammar, lexicon, noun=True)
            if lemma in lexicon.nouns and pos != "ADJ":
                found.append(_Candidate(i, (i,), lexicon.nouns[lemma], None))
    return found


def _is_listed(i: int, tree: Tree, lexicon: Lexicon) -> bool:
    """Tell "un défilé": a noun with its article that is a trigger of its own."""
    if not tree.lower[i].rstrip("s").endswith("é"):
        return False
    has_article = any(tree.dep[k] == "det" for k in tree.kids[i])
    return has_article and _noun_lemma(i, tree, lexicon) in lexicon.nouns


def _governs(i: int, tree: Tree) -> bool:
    """Tell a verb that the tagger took for a noun or adjective: it has an object, no article."""
    deps = {tree.dep[k] for k in tree.kids[i]}
    if deps & {"det", "case", "cop"}:
        return False
    beside = tree.dep[i] == "conj" and tree.pos[tree.head[i]] == "VERB"
    return "obj" in deps or ("nsubj" in deps and "obl:arg" in deps) or beside


def _is_known(lemma: str, lexicon: Lexicon) -> bool:
    return lemma in lexicon.verbs or lemma in lexicon.verb_phrases


def _regular(form: str, grammar: Grammar, lexicon: Lexicon) -> str:
    """Find a regular verb of the lexicon that a form may belong to, where the lemma is unheard of.

    The lemmatizer is trained and now and then makes a verb up ("succombé": "succombér").
    """
    for size in range(min(6, len(form) - 2), 0, -1):
        if form[-size:] in grammar.words["regular_endings"]:
            for infinitive in grammar.words["regular_infinitives"]:
                lemma = form[:-size] + infinitive
                if _is_known(lemma, lexicon):
                    return lemma
    return ""


def _is_participial(i: int, tree: Tree) -> bool:
    lower = tree.lower[i].rstrip("s").rstrip("e")
    if tree.dep[i] == "acl" and not any(tree.dep[k] in ("det", "case") for k in tree.kids[i]):
        lower = lower.rstrip("s")  # "la ville, reprise aux rebelles"
    return lower.endswith(("é", "i", "u", "t"))


def _noun_lemma(i: int, tree: Tree, lexicon: Lexicon) -> str:
    """Find the form under which the lexicon knows a noun; compounds fall back on their head."""
    for form in (tree.lemma[i], tree.lower[i], tree.lower[i].rstrip("sx")):
        if form in lexicon.nouns or form in lexicon.noun_phrases:
            return form
    head, dash, _ = tree.lower[i].partition("-")
    if dash and (head in lexicon.nouns or head in lexicon.noun_phrases):
        return head
    return ""


def _verb(i: int, lemma: str, tree: Tree, grammar: Grammar, lexicon: Lexicon) -> list[_Candidate]:
    found = _phrases(i, lexicon.verb_phrases.get(lemma, ()), tree, grammar, lexicon)
    if lemma in lexicon.verbs:
        found.append(_Candidate(i, (i,), lexicon.verbs[lemma], grammar.clause(i)))
    return found


def _phrases(
    i: int,
    phrases: tuple[Phrase, ...],
    tree: Tree,
    grammar: Grammar,
    lexicon: Lexicon,
    *,
    noun: bool = False,
) -> list[_Candidate]:
    if not phrases:
        return []
    clause = None if noun else grammar.clause(i)
    near: dict[str, int] = {}
    deep: dict[str, int] = {}
    found = []
    for phrase in phrases:
        if phrase.reflexive and (clause is None or not clause.is_reflexive):
            continue
        if phrase.rest and not near:
            near = _below(i, tree, grammar.words["transparent_nouns"])
            deep = _below(i, tree, None, reach=_DEEP)
            for k in tree.children(i, "obj"):  # "a condamné l'opposant à dix ans de prison"
                for j in tree.children(k, "nmod"):
                    if tree.prep(j) not in ("", "de"):
                        near.setdefault(tree.lemma[j], j)
            if clause is not None:  # "une dizaine d'otages ont pu fuir", "l'aide débloquée mardi"
                held = clause.get("subj") if clause.is_infinitive else ()
                if tree.dep[i] == "acl" and tree.lemma[tree.head[i]] not in lexicon.nouns:
                    held = clause.get("obj") if clause.is_passive else held
                for k in held:
                    of = k if tree.lemma[k] in grammar.words["transparent_nouns"] else None
                    for j in (k, *(() if of is None else tree.children(of, "nmod"))):
                        near.setdefault(tree.lemma[j], j)
        words = [near.get(word) for word in phrase.rest[:1]]
        words += [deep.get(word) for word in phrase.rest[1:]]
        if any(word is None for word in words):
            continue
        tokens = tuple(sorted({i, *(w for w in words if w is not None)}))
        if tree.dep[i] == "acl" and tree.head[i] in tokens and phrase.frames[0].event in _WAR:
            continue  # "une foule rassemblée", "les pertes essuyées": they only tell which
        found.append(_Candidate(i, tokens, phrase.frames, clause))
    return found


def _below(
    i: int, tree: Tree, through: frozenset[str] | None, *, reach: int = _REACH
) -> dict[str, int]:
    """Index the lemmas and forms under a token, nearest first.

    Only dependents, and what hangs from them where they are among the nouns of `through` ("faire
    des milliers de morts"); without it, everything down to the reach.
    """
    found: dict[str, int] = {tree.lower[i]: i, tree.lemma[i]: i}
    level = [i]
    for _ in range(reach):
        level = [k for j in level for k in tree.kids[j] if _is_within(k, tree)]
        for k in level:
            found.setdefault(tree.lemma[k], k)
            found.setdefault(tree.lower[k], k)
            found.setdefault(tree.lower[k].rstrip("s'"), k)
        if through is not None:
            level = [k for k in level if tree.lemma[k] in through or tree.pos[k] in ("NUM", "ADV")]
    # a phrase written without a gap holds even where the parser hung its words elsewhere
    for k in range(i + 1, min(i + 4, len(tree))):
        if tree.text[k] in _QUOTES:
            continue
        if tree.pos[k] == "PUNCT":
            break
        found.setdefault(tree.lemma[k], k)
        found.setdefault(tree.lower[k].rstrip("s'"), k)
    return found


def _is_within(k: int, tree: Tree) -> bool:
    """Tell a word of the clause above it: "prêt à la guerre" and "faute de quoi" open none."""
    if tree.dep[k] == "advcl":
        return tree.pos[k] == "NOUN"
    return tree.dep[k] not in _CLAUSES or tree.dep[k] == "xcomp"


def _holds(
    frame: Frame,
    candidate: _Candidate,
    tree: Tree,
    grammar: Grammar,
    cast: Cast,
    triggers: set[int],
) -> bool:
    i = candidate.token
    if frame.not_with and _vetoed(i, candidate.words, frame.not_with, tree):
        return False
    if not frame.where:
        return True
    clause = candidate.clause
    arguments = _verb_sides(clause, tree, cast) if clause else _noun_sides(i, tree)
    is_partial = any(tree.lower[k] in grammar.words["partial_clitics"] for k in tree.kids[i])
    for condition in frame.where:
        named = [
            token
            for name, token in arguments
            if name == condition.function or name.replace("nmod", "obl") == condition.function
        ]
        tokens = [token for token in named if token not in candidate.words]
        if not tokens or _is_pronoun_object(condition.function, tokens, tree):
            is_taken_up = "event" in condition.classes and frame.event in _LAID_AT_DOORS
            # "rappeler des réservistes": the phrase itself says whom
            is_said = bool(named) and not tokens and condition.function == "obj"
            if (
                condition.optional
                or is_said
                or (is_taken_up and _takes_up(i, condition, tree, triggers))
            ):
                continue
            if not tokens:
                return False
        if is_partial and condition.function == "obj" and _is_part(tokens[0], tree, grammar):
            continue  # "en rapatrier une partie": of those spoken of
        if "human" in condition.classes and all(_is_rest(t, tree, grammar) for t in tokens):
            continue  # "la plupart ont été libérés": of those spoken of
        if condition.classes == ("new",) and not all(cast.is_new(t) for t in tokens):
            return False
        if not any(_is_any(t, condition.classes, cast, triggers) for t in tokens):
            return False
    return True


def _is_pronoun_object(function: str, tokens: list[int], tree: Tree) -> bool:
    # beside a pronoun, a noun is an apposition that the parser hung from the verb
    is_clitic = any(tree.lower[t] in _CLITICS and tree.pos[t] == "PRON" for t in tokens)
    return function == "obj" and (is_clitic or all(tree.pos[t] == "PRON" for t in tokens))


def _takes_up(i: int, condition: Condition, tree: Tree, triggers: set[int]) -> bool:
    """Tell "un raid que X impute à Y" and "qui l'a mis sur le compte de": of a deed told before.

    The parser hangs such a clause from whatever noun stands nearest. "Le ministère l'a imputé aux
    rebelles" takes up the sentence before.
    """
    if condition.function != "obj":
        return False
    fronted = [k for k in tree.kids[i] if k < i and tree.lower[k] in _TAKING_UP]
    is_clitic = any(tree.lower[k] in _CLITICS for k in fronted)
    first = tree.sents[max(0, tree.sent[i] - is_clitic)][0]
    return bool(fronted) and any(k in triggers for k in range(first, fronted[0]))


def _is_part(i: int, tree: Tree, grammar: Grammar) -> bool:
    """Tell a part of what a pronoun stands for: "une partie", "deux", "une dizaine d'autres"."""
    if tree.pos[i] == "NUM":
        return not any(tree.pos[k] == "NOUN" for k in tree.kids[i])
    words = grammar.words["partial_words"] | grammar.words["transparent_nouns"]
    return tree.lemma[i] in words


def _is_rest(i: int, tree: Tree, grammar: Grammar) -> bool:
    """Tell "la plupart", which says of whom in the sentence before."""
    is_bare = not tree.children(i, "nmod", "acl", "acl:relcl")
    return is_bare and tree.lemma[i] in grammar.words["rest_words"]


def _is_any(token: int, classes: tuple[str, ...], cast: Cast, triggers: set[int]) -> bool:
    kinds = cast.classes(token)
    if "event" in classes and (token in triggers or cast.tree.lemma[token] == "celui"):
        return True
    if "new" in classes and cast.is_new(token):
        return True
    if any(c in kinds for c in classes):
        return True
    inner = cast.content(token)
    return inner != token and any(c in cast.classes(inner) for c in classes)


def _vetoed(i: int, phrase: tuple[int, ...], words: frozenset[str], tree: Tree) -> bool:
    """Look for a vetoing word among what hangs from the trigger's words, clauses left out."""
    level = [i, *(k for k in phrase if k != i)]
    for _ in range(_REACH):
        level = [k for j in level for k in tree.kids[j] if tree.dep[k] not in _CLAUSES]
        if any(tree.lemma[k] in words or tree.lower[k] in words for k in level):
            return True
    up = tree.head[i]
    if up == i or (tree.pos[i] not in ("NOUN", "ADJ") and tree.dep[i] != "acl"):
        return False
    beside = [k for k in tree.kids[up] if tree.pos[k] != "AUX"] if tree.pos[up] == "VERB" else []
    return any(tree.lemma[k] in words or tree.lower[k] in words for k in (up, *beside))


def _verb_sides(clause: Clause, tree: Tree, cast: Cast) -> list[tuple[str, int]]:
    """Count the aim of a weapon among its verb's arguments: "tirer un missile sur la ville"."""
    found = list(clause.arguments)
    for function, token in clause.arguments:
        inner = cast.content(token)
        if function == "obj" and cast.is_a(inner, "weapon"):
            aims = [(n, k) for n, k in noun_arguments(inner, tree) if n.startswith("nmod:")]
            found += [("obl" + name[4:], k) for name, k in aims]
    return found


def _noun_sides(i: int, tree: Tree) -> list[tuple[str, int]]:
    """Count a possessive among a noun's complements: "leur retrait" is of somebody."""
    owners = [k for k in tree.kids[i] if tree.pos[k] == "DET" and "Poss=Yes" in tree.morph[k]]
    return [*noun_arguments(i, tree), *(("nmod:de", k) for k in owners)]


def noun_arguments(i: int, tree: Tree) -> list[tuple[str, int]]:
    """List the nominal dependents of a noun as `nmod:PREP`, coordination spread out."""
    found: list[tuple[str, int]] = []
    for k in tree.kids[i]:
        if tree.dep[k] in ("nmod", "obl", "obl:arg", "obl:mod", "obl:agent"):
            name = "nmod:" + tree.prep(k)
            found.extend((name, c) for c in tree.conjuncts(k))
        elif tree.dep[k] == "amod":
            found.append(("amod", k))
    return found
