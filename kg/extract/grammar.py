"""Who does what to whom in a clause, whatever its shape: functions of the ACTIVE verb.

Takes a `Tree` and gives `Clause` records: the arguments of a verb under the names they would have
if the verb were finite and active ("subj", "obj", "iobj", "obl:contre"). Passives, participles,
relative clauses, coordination, gerunds, controlled infinitives and causatives come out alike.
Source of the idea: predicate-argument normalisation over Universal Dependencies, as in
PredPatt (White et al. 2016) and Enhanced UD (Schuster and Manning 2016).
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.tree import NOMINAL, Tree
from kg.resources import language_file, read_yaml

__all__ = ["Clause", "Constructions", "Grammar"]

_SUBJECTS = ("nsubj", "csubj")
_DOUBLED = ("nsubj", "nsubj:pass")
_OBLIQUES = ("obl", "obl:mod", "obl:arg", "obl:agent", "nmod", "dislocated")
_REFLEXIVES = frozenset({"se", "s'"})


class Constructions:
    """The word classes of `constructions.yaml`, each a frozenset of lemmas."""

    def __init__(self, lang: str) -> None:
        path = language_file(lang, "constructions.yaml")
        content = read_yaml(path)
        assert isinstance(content, dict)
        self.contractions: dict[str, str] = content.pop("contractions")
        self.participles: dict[str, str] = content.pop("participles")
        self.templates: dict[str, dict[str, dict[str, str]]] = content.pop("templates")
        self.phrases: dict[str, str] = content.pop("noun_prepositions")
        self.classes: dict[str, frozenset[str]] = {
            name: frozenset(words) for name, words in content.items()
        }

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.classes[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A verb with its normalised arguments.

    `arguments` pairs a function with a token; `is_passive` says that the surface was passive.
    `governor` is the verb that controls an infinitive, participle or gerund, if any.
    """

    verb: int
    lemma: str
    arguments: tuple[tuple[str, int], ...]
    is_passive: bool = False
    is_reflexive: bool = False
    is_causative: bool = False
    is_participle: bool = False
    is_infinitive: bool = False
    governor: int | None = None

    def get(self, function: str) -> list[int]:
        """List the tokens that stand in one function."""
        return [token for name, token in self.arguments if name == function]


class Grammar:
    """Reads clauses off one tree, each verb once."""

    def __init__(self, tree: Tree, words: Constructions) -> None:
        self.tree = tree
        self.words = words
        self._clauses: dict[int, Clause | None] = {}
        self._infinitives: dict[str, str] = {}
        self._relatives = words["relative_pronouns"]
        self._object_control = words["object_control"]
        self._undergoing = words["undergoing_auxiliaries"]

    def verb_lemma(self, i: int) -> str:
        """Give the verb lemma behind a verb, participial adjective or participial noun.

        The tagger may call "tuées" an adjective or a noun; then the lemma is rebuilt.
        """
        tree = self.tree
        lemma = tree.lemma[i]
        if tree.pos[i] in ("VERB", "AUX"):
            return self.words.participles.get(lemma, lemma)
        return self.participle_lemma(lemma)

    def participle_lemma(self, lemma: str) -> str:
        """Guess the infinitive of a past participle in the masculine singular."""
        known = self._infinitives.get(lemma)
        if known is None:
            known = self._infinitives[lemma] = self._infinitive(lemma)
        return known

    def _infinitive(self, lemma: str) -> str:
        for form in (lemma, lemma.rstrip("s"), lemma.rstrip("e"), lemma.removesuffix("es")):
            known = self.words.participles.get(form)
            if known:
                return known
        if lemma.endswith("ée"):
            lemma = lemma[:-1]
        if lemma.endswith("é"):
            return lemma[:-1] + "er"
        if lemma.endswith("i"):
            return lemma + "r"
        return lemma

    def clause(self, i: int) -> Clause | None:
        """Read the clause of a verb or participial adjective; None for any other token."""
        if i not in self._clauses:
            self._clauses[i] = None  # cuts cycles through conjuncts and control
            self._clauses[i] = self._read(i)
        return self._clauses[i]

    def _read(self, i: int) -> Clause | None:
        tree = self.tree
        kids, dep = tree.kids[i], tree.dep
        is_verb = tree.pos[i] in ("VERB", "AUX")
        has_cop = any(dep[k] == "cop" for k in kids)
        if not is_verb and tree.pos[i] not in ("ADJ", "NOUN"):
            return None
        passive = any(dep[k] in ("aux:pass", "nsubj:pass") for k in kids)
        auxiliaries = {tree.lemma[k] for k in kids if dep[k].startswith("aux")}
        finite = has_cop or any(dep[k].startswith("aux") for k in kids)
        participle = is_verb and not finite and self._is_past_form(i)
        present = tree.lower[i].endswith("ant") and (participle or not finite)
        if participle and not present and dep[i] == "conj" and tree.pos[tree.head[i]] == "VERB":
            # "a rejeté l'ultimatum et nommé un ministre": the auxiliary serves both
            first = self.clause(tree.head[i])
            passive = first.is_passive if first is not None else True
            participle = False
        elif participle and not present:
            passive = True
        elif not is_verb:
            passive = self._is_participial(i)
        if not self._may_be_passive(i, auxiliaries):
            passive = False
        ayant = any(dep[k].startswith("aux") and tree.lower[k] in ("ayant", "étant") for k in kids)
        infinitive = is_verb and (
            tree.has(i, "VerbForm=Inf")
            or any(dep[k].startswith("aux") and tree.has(k, "VerbForm=Inf") for k in kids)
        )
        reflexive = any(
            tree.lower[k] in _REFLEXIVES
            and dep[k] in ("expl:pv", "expl:comp", "expl:pass", "expl:subj", "obj", "iobj", "expl")
            for k in kids
        )
        if reflexive and "faire" not in auxiliaries:
            passive = False
        causative = any(dep[k] == "aux:caus" for k in kids)
        found = self._own_arguments(i, passive=passive)
        governor = None
        d = dep[i]
        h = tree.head[i]
        names = {name for name, _ in found}
        mine = "obj" if passive else "subj"
        if d == "acl:relcl" or (d == "acl" and self._is_relative(i, h, names)):
            found = self._with_antecedent(found, h, mine, i)
        elif d == "conj" and tree.dep[h] == "acl:relcl" and self._has_relative(i):
            found = self._with_antecedent(found, tree.head[h], mine, i)
        elif d in ("acl", "amod", "nmod", "appos") and h != i and tree.pos[h] in NOMINAL:
            if mine not in names and (participle or ayant or (not is_verb and d != "nmod")):
                found.append((mine, h))
            elif infinitive:
                governor = self._ruler(i, h)
                if governor != h and mine not in names:
                    found.extend((mine, c) for c in tree.conjuncts(tree.first_conjunct(h)))
        elif h != i and not (
            is_verb and not (participle or infinitive or ayant) and "subj" in names
        ):
            governor, extra = self._controlled(i, mine, found)
            found += extra
        if d == "conj" and mine not in {n for n, _ in found}:
            found += self._shared(i, mine)
        return Clause(
            verb=i,
            lemma=self.verb_lemma(i),
            arguments=tuple(found),
            is_passive=passive,
            is_reflexive=reflexive,
            is_causative=causative,
            is_participle=participle,
            is_infinitive=infinitive,
            governor=governor,
        )

    def _is_relative(self, i: int, noun: int, names: set[str]) -> bool:
        """Tell "le général que les insurgés avaient enlevé" from "la preuve que l'armée a tiré"."""
        tree = self.tree
        if not self._is_que_clause(i) or "subj" not in names or "obj" in names:
            return False
        return tree.pos[noun] in NOMINAL and tree.lemma[noun] not in self.words["content_nouns"]

    def _ruler(self, i: int, noun: int) -> int:
        """Find what rules an infinitive: "accuse l'État hébreu d'avoir tué", "le droit de tuer"."""
        tree = self.tree
        first = tree.first_conjunct(noun)
        verb = tree.head[first]
        is_ruled = verb < first and (
            tree.dep[first] in ("obj", "iobj")
            or (tree.dep[first].startswith("obl") and tree.prep(first) == "à")
        )
        if is_ruled and self.verb_lemma(verb) in self._object_control:
            if any(tree.lower[k] in ("de", "d'", "à") and k < i for k in tree.kids[i]):
                return verb
        return noun

    def _is_past_form(self, i: int) -> bool:
        """Know a participle by its mark, or beside a noun by its ending ("une trêve conclue")."""
        tree = self.tree
        if tree.has(i, "VerbForm=Part"):
            return True
        if tree.dep[i] != "acl" or tree.has(i, "VerbForm=Inf") or not self._is_participial(i):
            return False
        return not any(tree.dep[k] in ("mark", "nsubj", "nsubj:pass") for k in tree.kids[i])

    def _is_participial(self, i: int) -> bool:
        """Tell "visée" from "responsable" where the tagger calls both adjectives."""
        stem = self.tree.lower[i].rstrip("s").rstrip("e")
        if self.tree.dep[i] == "acl" and stem in self.words.participles:
            return True  # "la ville, reprise aux rebelles"
        return stem.endswith(("é", "i", "u")) or self.tree.lemma[i] in self.words.participles

    def _may_be_passive(self, i: int, auxiliaries: set[str]) -> bool:
        """Rule out what French cannot say in the passive, whatever the parser's labels."""
        if self.verb_lemma(i) in self.words["etre_verbs"]:
            return False
        return not auxiliaries or "être" in auxiliaries or auxiliaries == {"faire"}

    def _own_arguments(self, i: int, *, passive: bool) -> list[tuple[str, int]]:
        tree = self.tree
        found: list[tuple[str, int]] = []
        for k in self._dependents(i):
            d = tree.dep[k]
            if not passive and k > i and d in _DOUBLED and self._has_subject_before(i):
                function = "obj"  # "les Afghans ont accusés les Pakistanais"
            elif d == "obj" and k > i and self._is_inverted(i):
                function = "subj"  # "qu'a revendiqué l'organisation"
            elif passive and (d == "nsubj:pass" or d in _SUBJECTS):
                function = "obj"
            elif d in _SUBJECTS or d in ("nsubj:pass", "nsubj:caus"):
                function = "subj"
            elif d in ("obj", "obj:lvc", "obj:agent"):
                # "condamné à deux ans de prison, l'homme …": a participle has no object
                is_front = passive and tree.pos[i] == "VERB" and tree.head[i] > i
                function = "obl:" if is_front else "obj"
            elif d == "iobj":
                function = "iobj"
            elif d in _OBLIQUES:
                prep = tree.prep(k)
                inner = self.inner(k, prep, passive=passive)
                if inner:
                    found.extend(inner)
                    continue
                if (d == "obl:agent" and prep != "à") or (passive and prep == "par"):
                    function = "subj"
                elif not prep and d == "nmod":
                    continue
                elif not passive and (
                    (prep.startswith("jusqu") and self._is_bound(k))
                    or (d == "obl:arg" and self._is_partitive(k, prep))
                    or self._is_share(k, prep)
                ):
                    function = "obj"
                else:
                    function = "obl:" + prep
            else:
                continue
            if function in ("obj", "iobj") and tree.lower[k] in _REFLEXIVES:
                continue
            found.extend((function, c) for c in tree.conjuncts(k))
        return found

    def _has_relative(self, i: int) -> bool:
        return any(self.tree.lower[k] in self._relatives for k in self.tree.kids[i])

    def _is_inverted(self, i: int) -> bool:
        """Tell a clause whose object is the relative pronoun: what follows is its subject."""
        tree = self.tree
        kids = tree.kids[i]
        return any(
            tree.lower[k] in ("que", "qu'") and tree.dep[k] == "obj" and k < i for k in kids
        ) and not any(tree.dep[k] in _DOUBLED for k in kids)

    def _has_subject_before(self, i: int) -> bool:
        tree = self.tree
        return any(k < i and tree.dep[k] in _DOUBLED for k in tree.kids[i]) and not any(
            tree.dep[k] in ("obj", "ccomp", "aux:pass") for k in tree.kids[i]
        )

    def _is_bound(self, k: int) -> bool:
        """Tell the object of "libérer jusqu'à 2.000 prisonniers" from where a road ends."""
        others = self.tree.kids[self.tree.head[k]]
        return any(self.tree.dep[c] == "nummod" for c in self.tree.kids[k]) and not any(
            self.tree.dep[c] == "obj" for c in others
        )

    def inner(self, k: int, prep: str, *, passive: bool = False) -> list[tuple[str, int]]:
        """Look into a preposition with a noun inside: "sous l'égide de l'ONU", "sous égide turque".

        Gives nothing for any other noun. Those "sous les balles de" whom one falls are the doers.
        """
        tree, phrases = self.tree, self.words.phrases
        name = phrases.get(f"{prep} {tree.lower[k]}") or phrases.get(f"{prep} {tree.lemma[k]}")
        if name is None:
            return []
        function = "subj" if name == "par" and passive else "obl:" + name
        owners = [n for n in tree.children(k, "nmod") if tree.prep(n) == "de"]
        if not owners and name == "sous l'égide de":
            return [(function, n) for n in tree.children(k, "amod")]
        if name == "par":  # "sous des obus de mortier pakistanais"
            owners += [n for o in (k, *owners) for n in tree.children(o, "amod")]
        return [(function, c) for n in owners for c in tree.conjuncts(n)]

    def _dependents(self, i: int) -> list[int]:
        """List a verb's dependents, with those that hang from its causative or an adverb.

        "Ils ont fait sauter un pont": the subject may hang from "fait". "Près d'un bus": the noun
        hangs from "près".
        """
        tree = self.tree
        found = []
        for k in tree.kids[i]:
            if tree.dep[k] == "aux:caus":
                found += [c for c in tree.kids[k] if tree.dep[c] in _SUBJECTS]
            elif tree.dep[k] == "advmod" and tree.pos[k] == "ADV":
                found += [c for c in tree.kids[k] if tree.dep[c] in _OBLIQUES and c > k]
            found.append(k)
        return found

    def _is_share(self, k: int, prep: str) -> bool:
        """Tell the object of "abattre 28 des 32 drones", which the parser hangs as an oblique."""
        tree = self.tree
        if prep or tree.pos[k] != "NUM" or k < tree.head[k]:
            return False
        if any(tree.dep[c] == "obj" for c in tree.kids[tree.head[k]]):
            return False
        return any(tree.prep(c) == "de" for c in tree.children(k, "nmod"))

    def _is_partitive(self, k: int, prep: str) -> bool:
        """Tell an object ("évacué des milliers d'habitants") parsed as if "des" were "de les"."""
        tree = self.tree
        cases = [c for c in tree.kids[k] if tree.dep[c] == "case"]
        if not prep:
            return not cases and tree.pos[k] in ("NOUN", "NUM")
        others = [c for c in tree.kids[tree.head[k]] if c != k]
        return (
            any(tree.lower[c] in self.words["partitives"] for c in cases)
            and not any(tree.dep[c] == "obj" or tree.dep[c].startswith("expl") for c in others)
            and all(abs(c - k) > 1 or tree.dep[c] == "punct" for c in others)
        )

    def _with_antecedent(
        self, found: list[tuple[str, int]], noun: int, mine: str, verb: int
    ) -> list[tuple[str, int]]:
        """Put the antecedent in the place of the relative pronoun."""
        tree = self.tree
        out: list[tuple[str, int]] = []
        is_bound = False
        antecedents = self._antecedents(noun, verb)
        for name, token in found:
            if tree.lower[token] in self._relatives:
                is_bound = True
                if tree.lower[token] == "où":
                    name = "obl:dans"
                elif tree.lower[token] == "dont":
                    name = "obl:de"
                out.extend((name, a) for a in antecedents)
            else:
                out.append((name, token))
        names = {name for name, _ in out}
        if not is_bound and self._is_taken(verb):
            return [*out, *(("obl:de", a) for a in antecedents)]
        if not is_bound and mine not in names:
            out.append((mine, noun))
        elif not is_bound and "obj" not in names and self._is_que_clause(verb):
            out.append(("obj", noun))
        return out

    def _is_taken(self, verb: int) -> bool:
        """Tell "la ville dont les rebelles se sont emparés" where "dont" hangs from the rebels."""
        tree = self.tree
        is_reflexive = any(tree.lower[k] in _REFLEXIVES for k in tree.kids[verb])
        return is_reflexive and any(
            tree.lower[c] == "dont" for k in tree.children(verb, *_SUBJECTS) for c in tree.kids[k]
        )

    def _is_que_clause(self, verb: int) -> bool:
        """Tell "que les rebelles avaient attaqué" where the pronoun passes for a conjunction."""
        tree = self.tree
        return any(tree.lower[k] in ("que", "qu'") and k < verb for k in tree.kids[verb])

    def _antecedents(self, noun: int, verb: int) -> list[int]:
        """Let a plural verb speak of all of "Londres et Washington, qui ont …"."""
        tree = self.tree
        forms = [verb, *(k for k in tree.kids[verb] if tree.dep[k].startswith("aux"))]
        if tree.has(noun, "Number=Plur") or not any(
            tree.has(k, "Number=Plur") and tree.has(k, "VerbForm=Fin") for k in forms
        ):
            return [noun]
        return tree.conjuncts(tree.first_conjunct(noun))

    def _controlled(
        self, i: int, mine: str, found: list[tuple[str, int]]
    ) -> tuple[int | None, list[tuple[str, int]]]:
        """Find who controls an infinitive, gerund or detached participle."""
        tree = self.tree
        if tree.dep[i] not in (
            "xcomp",
            "ccomp",
            "advcl",
            "obl",
            "obl:arg",
            "obl:mod",
            "acl",
            "parataxis",
            "dep",
        ):
            return None, []
        governor = self.clause(tree.head[i])
        if governor is None:
            return None, []
        if governor.is_reflexive and governor.lemma in self._undergoing:
            return governor.verb, self._undergone(i, governor, found)
        if mine in {name for name, _ in found}:
            return governor.verb, []
        is_complement = tree.dep[i] != "advcl" or any(
            tree.lower[k] in ("de", "d'") for k in tree.kids[i] if k < i
        )
        if governor.lemma in self._object_control and is_complement:
            tokens = governor.get("obj") or governor.get("iobj") or governor.get("obl:à")
            if tokens:
                return governor.verb, [(mine, t) for t in tokens]
        if governor.is_passive and governor.get("obj"):
            return governor.verb, [(mine, t) for t in governor.get("obj")]
        return governor.verb, [(mine, t) for t in governor.get("subj")]

    def _undergone(
        self, i: int, governor: Clause, found: list[tuple[str, int]]
    ) -> list[tuple[str, int]]:
        """Read "se voir infliger dix ans de prison par un tribunal": the subject undergoes it."""
        names = {name for name, _ in found}
        if "obj" not in names and governor.lemma == "faire":
            return [("subj", t) for t in governor.get("subj")]
        function = "obl:à" if "obj" in names or self.tree.children(i, "xcomp") else "obj"
        doers = [*governor.get("obl:par"), *(t for n, t in found if n == "obl:par")]
        return [(function, t) for t in governor.get("subj")] + [("subj", t) for t in doers]

    def _shared(self, i: int, mine: str) -> list[tuple[str, int]]:
        """Inherit the surface subject of the verb this one is coordinated with."""
        first = self.clause(self.tree.head[i])
        if first is None:
            return []
        theirs = "obj" if first.is_passive else "subj"
        return [(mine, token) for token in first.get(theirs)]
