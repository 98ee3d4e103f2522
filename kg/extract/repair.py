"""Attachments that a parser gets wrong and French word order settles.

Takes a fresh tree and the article's time expressions, changes heads in place. Each rule has a
function of its own, with the sentence that it reads: nothing hangs from inside a date but the
date's own words; what stands behind a date without a preposition is an object; "par …" right
behind a participle belongs to it; a gerund behind a comma is done by the subject; titles with
names make a list; infinitives, clauses and verbs go to the verb or noun that can have them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.extract.tree import NOMINAL, Tree
from kg.model import TimeExpression

__all__ = ["move", "repair", "retag"]

_LOOSE = ("obl", "obl:mod", "obl:arg", "nmod", "dislocated", "nsubj")
_FOLLOWERS = frozenset({"ADV", "PUNCT"})


def repair(
    tree: Tree,
    times: Iterable[TimeExpression],
    demonstratives: frozenset[str],
    approximators: frozenset[str],
    giving: frozenset[str] = frozenset(),
) -> None:
    """Reattach what the rules are sure of; the tree stays a tree."""
    times = [t for t in times if t.kind in ("DATE", "TIME", "DURATION")]
    dated = {i for t in times for i in range(t.first, t.last)}
    for time in times:
        _close_date(tree, time)
        _free_bare(tree, time, dated)
    starts = {t.first: t for t in times}
    for i in range(len(tree)):
        if tree.lower[i] in demonstratives and tree.pos[i] == "PRON":
            _keep_date(tree, i, starts)
        elif tree.lower[i] == "par" and tree.dep[i] == "case":
            _keep_agent(tree, i)
        elif tree.lower[i] in approximators:
            _lift_noun(tree, i)
        elif tree.lower[i : i + 3] in (["de", "même", "que"], ["de", "même", "qu'"]):
            _join_likewise(tree, i)
        elif tree.lower[i] == "ainsi" and i + 1 < len(tree) and tree.lower[i + 1] in ("que", "qu'"):
            _join(tree, i)
        if tree.dep[i] == "acl" and tree.has(i, "VerbForm=Part"):
            _keep_charge(tree, i)
        elif tree.dep[i] == "conj" and tree.pos[i] == "VERB":
            _lift_verb(tree, i)
        if tree.dep[i] in ("nsubj", "nsubj:pass"):
            _split_subject(tree, i)
        if tree.dep[i] == "acl" and tree.lower[i].endswith("ant"):
            _detach(tree, i)
        elif tree.dep[i] == "acl" and tree.pos[i] == "VERB":
            _lift_infinitive(tree, i)
        elif tree.head[i] == i and tree.has(i, "VerbForm=Part"):
            _front(tree, i)
        elif tree.dep[i] == "acl:relcl":
            _lift_cleft(tree, i)
        elif tree.dep[i] == "appos":
            if any(tree.dep[k] == "cc" and k < i for k in tree.kids[i]):
                tree.dep[i] = "conj"  # "le porte-parole, A, ainsi que B"
            else:
                _list_apart(tree, i)
        elif tree.lemma[i] in giving and tree.pos[i] == "VERB":
            _free_object(tree, i)


def retag(tree: Tree, nouns: Collection[str]) -> None:
    """Call a word that the lexicon knows as an event noun a noun when a determiner says so."""
    for i in range(1, len(tree)):
        if tree.pos[i] not in ("VERB", "ADJ", "PROPN", "ADV", "X") or tree.lemma[i] not in nouns:
            continue
        if tree.lower[i] != tree.lemma[i] and tree.lower[i].rstrip("s") != tree.lemma[i]:
            continue
        if tree.pos[i - 1] in ("DET", "NUM") or any(
            tree.dep[k] == "det" and k < i for k in tree.kids[i]
        ):
            tree.pos[i] = "NOUN"


def move(tree: Tree, i: int, head: int, dep: str) -> bool:
    """Hang a token elsewhere unless that would close a circle."""
    if head == i or any(k == i for k in tree.ancestors(head)) or head == tree.head[i]:
        return False
    old = tree.head[i]
    if old != i:
        tree.kids[old].remove(i)
    tree.head[i] = head
    tree.dep[i] = dep
    tree.kids[head] = sorted([*tree.kids[head], i])
    return True


def _close_date(tree: Tree, time: TimeExpression) -> None:
    if time.kind == "DATE" and tree.dep[time.head] in ("obj", "iobj"):
        tree.dep[time.head] = "obl:mod"  # "a menacé mardi de …": a date is no object
    inside = range(time.first, time.last)
    top = tree.head[time.head]
    if top in inside or tree.pos[top] not in ("VERB", "NOUN", "ADJ"):
        return
    for k in inside:
        for c in [c for c in tree.kids[k] if c >= time.last and tree.pos[c] in NOMINAL]:
            owner = _noun_before(tree, time)
            if owner is not None and any(tree.lower[x] == "d'" for x in tree.kids[c]):
                if any(tree.has(x, "Definite=Ind") for x in tree.children(c, "det")):
                    move(tree, c, owner, "nmod")  # "l'assassinat en 2009 d'un consul"
                    continue
            bare = tree.pos[top] == "VERB" and not tree.children(top, "obj")
            partitive = any(tree.lower[x] in ("des", "de", "d'") for x in tree.kids[c])
            if bare and partitive and tree.dep[c] == "nmod":
                for x in [x for x in tree.kids[c] if tree.lower[x] in ("des", "de", "d'")]:
                    tree.dep[x] = "det"
                tree.forget(c)
                move(tree, c, top, "obj")
            elif bare and tree.dep[c] == "obj":
                move(tree, c, top, "obj")
            elif tree.dep[c] == "obl:agent" and tree.pos[top] == "VERB":
                move(tree, c, top, "obl:agent")  # "a été égorgé mercredi par des inconnus"
            elif tree.dep[c] in ("nmod", "obl:mod", "obl:arg", "obl"):
                move(tree, c, top, "obl:mod" if tree.pos[top] == "VERB" else "nmod")


def _noun_before(tree: Tree, time: TimeExpression) -> int | None:
    """Give the noun right before a date and its preposition."""
    k = time.first - 1
    while k > 0 and tree.pos[k] in ("ADP", "DET", "PUNCT"):
        k -= 1
    return k if k >= 0 and tree.pos[k] == "NOUN" else None


def _free_bare(tree: Tree, time: TimeExpression, dated: Collection[int]) -> None:
    """Read "ont tué le 18 janvier deux moines": without a preposition it is an object."""
    i = time.last
    if i >= len(tree):
        return
    noun = next((k for k in (i, *tree.ancestors(i)) if tree.pos[k] in ("NOUN", "PROPN")), None)
    if noun is None or noun in dated or noun < i or tree.span(noun)[0] != i or tree.prep(noun):
        return
    verb = tree.head[noun]
    if tree.pos[verb] != "VERB" or verb > time.first or tree.dep[noun] not in _LOOSE:
        return
    if not tree.children(verb, "obj", "ccomp", "xcomp", "aux:pass", "nsubj:pass"):
        tree.dep[noun] = "obj"


def _lift_verb(tree: Tree, i: int) -> None:
    """Read "dément tout soutien et reproche …": a finite verb is joined to a verb, not a noun."""
    noun = tree.head[i]
    if tree.pos[noun] not in ("NOUN", "PROPN") or noun > i or not tree.has(i, "VerbForm=Fin"):
        return
    if any(tree.dep[k] in ("nsubj", "nsubj:pass", "mark") for k in tree.kids[i]):
        return
    verb = next((k for k in tree.ancestors(noun) if tree.pos[k] == "VERB"), None)
    if verb is not None and verb < noun and any(tree.dep[k] == "cc" for k in tree.kids[i]):
        move(tree, i, verb, "conj")


def _keep_date(tree: Tree, i: int, starts: dict[int, TimeExpression]) -> None:
    """ "celle du 27 décembre dernier qui …": date and clause are the pronoun's."""
    time = starts.get(i + 1)
    if time is None:
        return
    after = time.last
    clause = (
        next((v for v in tree.ancestors(after) if tree.dep[v] in ("acl:relcl", "acl")), None)
        if after < len(tree) and tree.lower[after] in ("qui", "que", "dont")
        else None
    )
    if clause is not None and tree.head[i] == clause:
        move(tree, i, tree.head[clause], "obl:mod")
    move(tree, time.head, i, "nmod")
    if clause is not None:
        move(tree, clause, i, "acl:relcl")


def _keep_agent(tree: Tree, par: int) -> None:
    noun = tree.head[par]
    k = par - 1
    while k > 0 and tree.pos[k] in _FOLLOWERS and tree.lower[k] != ",":
        k -= 1
    if tree.pos[k] not in ("VERB", "ADJ") or k in (noun, tree.head[noun]):
        return
    form = tree.lower[k].rstrip("s").rstrip("e")
    is_form = form.endswith(("é", "i", "u", "it", "is", "rt")) and not form.endswith("qu")
    if is_form and tree.dep[k] in (
        "acl",
        "amod",
        "acl:relcl",
        "advcl",
        "conj",
        "ROOT",
    ):
        move(tree, noun, k, "obl:agent")


def _lift_noun(tree: Tree, i: int) -> None:
    """Let the counted noun stand where the parser put "près" or "plus"."""
    nouns = [
        k
        for k in tree.kids[i]
        if k > i
        and tree.pos[k] in ("NOUN", "PROPN")
        and tree.prep(k) in ("de", "", "près de")
        and any(tree.pos[x] == "NUM" or tree.dep[x] == "nummod" for x in tree.kids[k])
    ]
    top = tree.head[i]
    if not nouns or top == i:
        return
    noun, dep = nouns[0], tree.dep[i]
    if dep == "advmod" and tree.pos[top] == "VERB":
        subjects = tree.children(top, "nsubj", "nsubj:pass")
        objects = tree.children(top, "obj")
        passive = bool(tree.children(top, "aux:pass"))
        if noun < top and not subjects:
            dep = "nsubj:pass" if passive else "nsubj"
        elif noun > top and not objects:
            dep = "obj"
        else:
            return
    for case in [k for k in tree.kids[noun] if tree.dep[k] == "case"]:
        tree.dep[case] = "advmod"
    tree.forget(noun)
    if move(tree, noun, top, dep):
        move(tree, i, noun, "advmod")


def _join(tree: Tree, ainsi: int) -> None:
    """Coordinate what follows "ainsi que" with an argument before it.

    Behind a participle clause ("des bases abritant des troupes ainsi que l'ambassade") it joins the
    noun that the clause describes; else the last object or subject of the verb before it.
    """
    noun = tree.head[ainsi]
    if noun < ainsi or tree.pos[noun] not in ("NOUN", "PROPN"):
        return
    verb = next((k for k in range(ainsi - 1, -1, -1) if tree.pos[k] == "VERB"), None)
    if verb is None or tree.sent[verb] != tree.sent[ainsi]:
        return
    if tree.dep[verb] == "acl" and tree.dep[tree.head[verb]] in ("obj", "nsubj", "nsubj:pass"):
        goal = tree.head[verb]
    elif tree.dep[noun] == "conj" and tree.pos[tree.head[noun]] in ("NOUN", "PROPN"):
        return
    else:
        roles = ("obj", "nsubj", "nsubj:pass", "obl:agent")
        before = [k for k in tree.kids[verb] if k < ainsi and tree.dep[k] in roles]
        if not before:
            return
        goal = before[-1]
    tree.dep[ainsi] = "cc"
    move(tree, noun, goal, "conj")


def _join_likewise(tree: Tree, i: int) -> None:
    """Read "la Russie a condamné la tuerie, de même que Paris": Paris did so too."""
    last = tree.sents[tree.sent[i]][1]
    noun = next((k for k in range(i + 3, last) if tree.pos[k] in ("NOUN", "PROPN")), None)
    verb = next((k for k in range(i - 1, -1, -1) if tree.pos[k] == "VERB"), None)
    if noun is None or verb is None or tree.sent[verb] != tree.sent[i]:
        return
    subjects = [k for k in tree.children(verb, "nsubj", "nsubj:pass") if k < i]
    if not subjects or any(k == subjects[-1] for k in tree.ancestors(noun)):
        return
    for case in [k for k in tree.kids[noun] if tree.dep[k] in ("case", "mark")]:
        tree.dep[case] = "fixed"
    tree.forget(noun)
    if move(tree, noun, subjects[-1], "conj"):
        move(tree, i, noun, "cc")


def _keep_charge(tree: Tree, i: int) -> None:
    """Read "soupçonnés d'avoir tué": the infinitive is what the participle says of the noun."""
    if i + 1 >= len(tree) or tree.lower[i + 1] not in ("de", "d'"):
        return
    verb = tree.head[i + 1]
    if verb > i and tree.head[verb] == tree.head[i] and tree.pos[verb] in ("VERB", "NOUN"):
        move(tree, verb, i, "xcomp")


def _split_subject(tree: Tree, noun: int) -> None:
    """Read "a touché la base et les avions ont décollé": one "et" cannot join nouns and clauses."""
    second = tree.head[noun]
    others = [
        k for k in tree.children(noun, "conj") if any(tree.dep[x] == "cc" for x in tree.kids[k])
    ]
    if not others or second < others[0]:
        return
    start = tree.span(noun)[0]
    first = _verb_before(tree, start)
    if first is None or first == second:
        return
    if move(tree, others[0], second, tree.dep[noun]):
        move(tree, noun, first, "obj")


def _verb_before(tree: Tree, start: int) -> int | None:
    """Find the active verb that still lacks an object, right before a noun phrase."""
    depth = 0
    for k in range(start - 1, tree.sents[tree.sent[start]][0], -1):
        text = tree.text[k]
        depth += (text == ")") - (text == "(")
        if depth:
            continue
        if tree.pos[k] in ("CCONJ", "SCONJ") or text in (",", ";", ":", "«", "»"):
            return None
        if tree.pos[k] == "VERB":
            bare = not tree.children(k, "obj", "ccomp", "xcomp", "aux:pass")
            has_avoir = any(tree.lemma[x] == "avoir" for x in tree.children(k, "aux:tense"))
            return k if bare and has_avoir else None
    return None


def _detach(tree: Tree, i: int) -> None:
    """Read ", tuant dix civils" as what the verb's subject does, not the last noun before it."""
    noun = tree.head[i]
    first = tree.span(i)[0]
    verb = next((k for k in tree.ancestors(noun) if tree.pos[k] == "VERB"), None)
    if verb is None or verb > noun or first == 0 or tree.lower[first] == "en":
        return
    if tree.text[first] == "," or tree.text[first - 1] == ",":
        move(tree, i, verb, "advcl")


def _lift_cleft(tree: Tree, i: int) -> None:
    """Read "c'est l'armée de l'air qui a mené le raid": the clause is of what "c'est" points at."""
    for noun in tree.ancestors(tree.head[i]):
        if tree.dep[noun] not in ("nmod", "ROOT") and tree.head[noun] != noun:
            return
        if any(tree.lower[k] in ("c'", "ce") for k in tree.children(noun, "nsubj", "expl:subj")):
            move(tree, i, noun, "acl:relcl")
            return


def _lift_infinitive(tree: Tree, i: int) -> None:
    """Read "a annoncé en fin de journée avoir arrêté": a bare infinitive is no noun's."""
    if any(tree.dep[k] == "mark" for k in tree.kids[i]) or not any(
        tree.dep[k].startswith("aux") and tree.has(k, "VerbForm=Inf") for k in tree.kids[i]
    ):
        return
    verb = next((k for k in tree.ancestors(i) if tree.pos[k] == "VERB"), None)
    if verb is not None and verb < i:
        move(tree, i, verb, "xcomp")


def _front(tree: Tree, i: int) -> None:
    """Read "Longtemps accusée …, la Turquie a …": the clause behind is the main one."""
    if any(tree.dep[k].startswith(("aux", "nsubj", "cop")) for k in tree.kids[i]):
        return
    for verb in tree.children(i, "advcl", "parataxis", "ccomp", "conj"):
        bearers = [verb, *(k for k in tree.kids[verb] if tree.dep[k].startswith("aux"))]
        subjects = [
            k for b in bearers for k in tree.children(b, "nsubj", "nsubj:pass") if i < k < verb
        ]
        if not subjects or tree.text[tree.span(subjects[0])[0] - 1] != ",":
            continue
        tree.kids[i].remove(verb)
        tree.head[verb], tree.dep[verb] = verb, "ROOT"
        move(tree, subjects[0], verb, tree.dep[subjects[0]])
        if move(tree, i, subjects[0], "acl"):
            for k in [k for k in tree.kids[i] if tree.dep[k] == "punct" and k > verb]:
                move(tree, k, verb, "punct")
        return


def _list_apart(tree: Tree, i: int) -> None:
    """Read "le président A, le ministre B et …" as a list: two names are two people."""
    head = tree.head[i]
    start = tree.span(i)[0]
    if start == 0 or "," not in (tree.text[start], tree.text[start - 1]):
        return
    if tree.pos[i] != "NOUN" or tree.pos[head] != "NOUN":
        return
    joined = next(
        (k for k in range(i, tree.sents[tree.sent[i]][1]) if _is_joining(tree, k, i)), None
    )
    if joined is None or not all(_has_name(tree, k) for k in (i, head)):
        return
    tree.dep[i] = "conj"
    last = tree.head[joined]
    if tree.dep[last] == tree.dep[head] and tree.head[last] == tree.head[head]:
        tree.dep[joined] = "cc"
        move(tree, last, head, "conj")


def _free_object(tree: Tree, verb: int) -> None:
    """Read "a fourni à l'Ukraine des chars": "des" opens an object, not a complement of Ukraine."""
    if tree.children(verb, "obj", "ccomp", "xcomp", "nsubj:pass"):
        return
    for receiver in tree.children(verb, "obl", "obl:arg", "obl:mod"):
        if tree.prep(receiver) != "à":
            continue
        for k in tree.children(receiver, "nmod"):
            cases = [c for c in tree.kids[k] if tree.lower[c] == "des" and c < k]
            if cases and tree.dep[cases[0]] == "case":
                tree.dep[cases[0]] = "det"
                tree.forget(k)
                move(tree, k, verb, "obj")
                return


def _is_joining(tree: Tree, k: int, i: int) -> bool:
    """Tell the "et" or "ainsi que" of a later noun."""
    is_word = tree.dep[k] == "cc" or (
        tree.lower[k] == "ainsi" and k + 1 < len(tree) and tree.lower[k + 1] in ("que", "qu'")
    )
    return is_word and tree.head[k] > i and tree.pos[tree.head[k]] in ("NOUN", "PROPN")


def _has_name(tree: Tree, noun: int) -> bool:
    """Tell a title with a name right behind it ("le Premier ministre Paul Kaba")."""
    return any(
        tree.pos[k] == "PROPN" and not tree.prep(k)
        for j in (noun, *tree.children(noun, "nmod"))
        for k in tree.children(j, "appos", "nmod", "flat:name")
        if k > noun
    )
