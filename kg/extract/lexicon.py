"""The trigger lexicon: which words speak of which events, with which arguments.

Takes the files of `FRAME_FILES` of a language and gives a `Lexicon`: frames indexed by the lemma
of their trigger, and the lists that tell an attack's mode and its weapons.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from kg.errors import RuleError
from kg.resources import language_file, read_csv, read_yaml

__all__ = [
    "Condition",
    "Example",
    "Frame",
    "Lexicon",
    "Phrase",
    "WeaponWord",
    "load_lexicon",
    "read_frames",
]

EVENTS = (
    "Attack Clash Offensive Seizure Arrest Release Trial Protest Coup Deployment Withdrawal Vote "
    "Election Appointment Resignation Agreement Meeting Sanction Aid Accusation "
    "ClaimOfResponsibility Denial Threat Demand Condemnation Promise"
).split()
MODES = (
    "rocket missile airstrike drone shelling bombing suicide-bombing shooting melee storming "
    "kidnapping sabotage arson balloon cyber other"
).split()
TEMPLATES = "transitive victim weapon mutual mover sender seizer speaker voter".split()
CLASSES = (
    "human armed state institution person place facility weapon equipment event new any"
).split()
ROLES = (
    "agent target place weapon about ignore agent_human target_human target_thing de de_place"
).split()
TAGS = "agent event target place weapon date source about".split()
FRAME_FILES = ("frames.yaml", "politics.yaml", "press.yaml", "speech.yaml", "wordings.yaml")
_FUNCTION = re.compile(r"(subj|obj|iobj|(obl|nmod):[^:?]+)")
_TAG = re.compile(r"<(/?)([^<>]*)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What an argument must be for the frame to hold; an `optional` one may be missing."""

    function: str
    classes: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence of a rule: plain text, and `(role, start, end)` of what was tagged in it.

    `xfail` says why the parser cannot carry the sentence, None where it must work.
    """

    text: str
    spans: tuple[tuple[str, int, int], ...] = ()
    xfail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One rule: words that trigger an event, and how their arguments are read.

    `verbs` and `nouns` are as written in the file named `file`; `Lexicon` holds them split and
    indexed. `roles` names a template; `overrides` maps a function ("obl:contre") to a role. `mode`
    is what the words themselves say, `default_mode` what holds where no weapon says otherwise.
    """

    id: str
    file: str
    event: str
    roles: str
    source: str
    mode: str | None = None
    default_mode: str | None = None
    strength: Literal["strong", "weak"] = "strong"
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    support: bool = True
    overrides: tuple[tuple[str, str], ...] = ()
    where: tuple[Condition, ...] = ()
    not_with: frozenset[str] = frozenset()
    weapon: str | None = None
    toll: Literal["killed", "wounded"] | None = None
    effect: Literal["alleged", "planned", "denied", "negated", "none"] | None = None
    matches: tuple[Example, ...] = ()
    rejects: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A trigger of several words: `rest` are lemmas needed among the first word's dependents.

    `reflexive` asks for a reflexive clitic; a reflexive verb alone has an empty `rest`.
    """

    rest: tuple[str, ...]
    reflexive: bool
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeaponWord:
    """A weapon: the words after its first lemma, its class, and the mode of attack it implies."""

    rest: tuple[str, ...]
    cls: str
    mode: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All frames of a language by trigger lemma; strong frames come before weak ones.

    `verbs` and `nouns` hold triggers of one word; `verb_phrases` and `noun_phrases` those of
    several (longest first) under their first lemma. `modes` maps a weapon or method lemma to the
    mode it implies; `weapons` holds weapon words by first lemma, longest first, and
    `weapon_lemmas` the lemmas that mean a weapon without further words. `armed_nouns` are the
    lemmas and forms that mean people under arms; `fields` says of which fields of life a lemma is.
    """

    frames: tuple[Frame, ...]
    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    verb_phrases: Mapping[str, tuple[Phrase, ...]]
    noun_phrases: Mapping[str, tuple[Phrase, ...]]
    modes: Mapping[str, str]
    weapons: Mapping[str, tuple[WeaponWord, ...]]
    weapon_lemmas: frozenset[str]
    armed_nouns: frozenset[str]
    fields: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tagged:
    """An example written with a reason why it fails."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    text: str
    xfail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A rule as it stands in the file; every key that is not listed is an error."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    event: str
    roles: str
    source: str
    matches: tuple[str | _Tagged, ...]
    rejects: tuple[str | _Tagged, ...]
    mode: str | None = None
    default_mode: str | None = None
    strength: Literal["strong", "weak"] = "strong"
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    support: bool = True
    role_overrides: dict[str, str] = field(default_factory=dict)
    where: dict[str, tuple[str, ...]] = field(default_factory=dict)
    not_with: tuple[str, ...] = ()
    weapon: str | None = None
    toll: Literal["killed", "wounded"] | None = None
    effect: Literal["alleged", "planned", "denied", "negated", "none"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grammar:
    """How phrases are written: the words of `phrases.yaml`."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    reflexives: frozenset[str]
    clitics: frozenset[str]
    ties: frozenset[str]
    causatives: frozenset[str]
    infinitive: str


_ENTRY = TypeAdapter(_Entry)
_GRAMMAR = TypeAdapter(_Grammar)


@cache
def load_lexicon(lang: str) -> Lexicon:
    """Read a language's frames and word lists, once per process.

    Raises:
        RuleError: A file is missing or malformed; the message names file and rule.
    """
    paths = [language_file(lang, name) for name in FRAME_FILES]
    frames = [frame for path in paths if path.is_file() for frame in read_frames(path)]
    _check_unique(frames)
    grammar_file = language_file(lang, "phrases.yaml")
    try:
        grammar = _GRAMMAR.validate_python(read_yaml(grammar_file))
    except ValidationError as error:
        raise RuleError(f"{_shown(grammar_file)}: {_first_fault(error)}") from error
    verbs, verb_phrases = _index(((f, f.verbs) for f in frames), grammar)
    nouns, noun_phrases = _index(((f, f.nouns) for f in frames), grammar)
    weapons = _read_weapons(language_file(lang, "weapons.csv"), grammar)
    return Lexicon(
        frames=tuple(frames),
        verbs=verbs,
        nouns=nouns,
        verb_phrases=verb_phrases,
        noun_phrases=noun_phrases,
        modes=_read_modes(language_file(lang, "modes.csv")),
        weapons=weapons,
        weapon_lemmas=frozenset(
            lemma for lemma, words in weapons.items() if any(not word.rest for word in words)
        ),
        armed_nouns=_read_armed(language_file(lang, "nouns.csv")),
        fields=_read_fields(language_file(lang, "fields.csv")),
    )


def read_frames(path: Path) -> tuple[Frame, ...]:
    """Read the rules of one file, in file order.

    Raises:
        RuleError: The file is missing, or a rule has an unknown key, event, mode, template,
            class, function or tag, or lacks triggers or sentences.
    """
    rows = read_yaml(path)
    if not isinstance(rows, list):
        raise RuleError(f"{_shown(path)}: a list of rules is expected. Begin each with `- id:`.")
    return tuple(_read_frame(path, number, row) for number, row in enumerate(rows, start=1))


def _read_frame(path: Path, number: int, row: object) -> Frame:
    name = row.get("id", f"number {number}") if isinstance(row, dict) else f"number {number}"
    where = f"{_shown(path)}, rule `{name}`"
    try:
        entry = _ENTRY.validate_python(row)
    except ValidationError as error:
        raise RuleError(f"{where}: {_first_fault(error)}") from error
    _check_words(where, entry)
    return Frame(
        id=entry.id,
        file=path.name,
        event=entry.event,
        roles=entry.roles,
        source=entry.source,
        mode=entry.mode,
        default_mode=entry.default_mode,
        strength=entry.strength,
        verbs=entry.verbs,
        nouns=entry.nouns,
        support=entry.support,
        overrides=tuple(entry.role_overrides.items()),
        where=tuple(
            Condition(function=key.rstrip("?"), classes=classes, optional=key.endswith("?"))
            for key, classes in entry.where.items()
        ),
        not_with=frozenset(entry.not_with),
        weapon=entry.weapon,
        toll=entry.toll,
        effect=entry.effect,
        matches=tuple(_read_example(where, example) for example in entry.matches),
        rejects=tuple(_read_example(where, example) for example in entry.rejects),
    )


def _check_words(where: str, entry: _Entry) -> None:
    _check(where, "event", entry.event, EVENTS, prefix="kg:")
    _check(where, "template", entry.roles, TEMPLATES)
    for key, mode in (("mode", entry.mode), ("default_mode", entry.default_mode)):
        if mode is None:
            continue
        _check(where, "mode", mode, MODES)
        if entry.event != "Attack":
            raise RuleError(f"{where}: only an Attack has a mode. Remove `{key}: {mode}`.")
    for function, role in entry.role_overrides.items():
        _check_function(where, function)
        _check(where, "role", role, ROLES)
    for function, classes in entry.where.items():
        _check_function(where, function.rstrip("?"))
        for cls in classes:
            _check(where, "class", cls, CLASSES)
    if not entry.verbs and not entry.nouns:
        raise RuleError(f"{where}: no trigger. Give `verbs` or `nouns`.")
    if len(entry.matches) < 2 or len(entry.rejects) < 2:
        raise RuleError(f"{where}: too few sentences. Give two `matches` and two `rejects`.")


def _check(where: str, kind: str, word: str, known: Sequence[str], prefix: str = "") -> None:
    if word in known:
        return
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    if close:
        advice = f"Did you mean `{prefix}{close[0]}`?"
    else:
        advice = f"Use one of: {', '.join(known)}."
    raise RuleError(f"{where}: unknown {kind} `{prefix}{word}`. {advice}")


def _check_function(where: str, function: str) -> None:
    if not _FUNCTION.fullmatch(function):
        raise RuleError(
            f"{where}: unknown function `{function}`. "
            "Use subj, obj, iobj, obl:PREPOSITION or nmod:PREPOSITION."
        )


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    place = ".".join(str(part) for part in fault["loc"] if not str(part).startswith("_"))
    if fault["type"] == "unexpected_keyword_argument":
        known = list(_Entry.__dataclass_fields__)
        close = difflib.get_close_matches(place, known, n=1)
        advice = f"Did you mean `{close[0]}`?" if close else "Remove it."
        return f"unknown key `{place}`. {advice}"
    if fault["type"] in ("missing", "missing_argument"):
        return f"no `{place}`. Add it."
    return f"`{place}`: {fault['msg']}."


def _read_example(where: str, example: str | _Tagged) -> Example:
    if isinstance(example, _Tagged):
        text, spans = _untag(where, example.text)
        return Example(text=text, spans=spans, xfail=example.xfail)
    text, spans = _untag(where, example)
    return Example(text=text, spans=spans)


def _untag(where: str, tagged: str) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    text, at, spans = "", 0, []
    opened: list[tuple[str, int]] = []
    for tag in _TAG.finditer(tagged):
        text += tagged[at : tag.start()]
        at = tag.end()
        closing, role = tag.groups()
        _check(f"{where}, sentence `{tagged}`", "tag", role, TAGS)
        if not closing:
            opened.append((role, len(text)))
        elif opened and opened[-1][0] == role:
            spans.append((role, opened.pop()[1], len(text)))
        else:
            raise RuleError(f"{where}, sentence `{tagged}`: `</{role}>` closes nothing.")
    if opened:
        raise RuleError(f"{where}, sentence `{tagged}`: `<{opened[-1][0]}>` is never closed.")
    return text + tagged[at:], tuple(sorted(spans, key=lambda span: span[1:]))


def _check_unique(frames: Iterable[Frame]) -> None:
    files: dict[str, str] = {}
    for frame in frames:
        if frame.id in files:
            raise RuleError(
                f"{frame.file}, rule `{frame.id}`: {files[frame.id]} has a rule of this name. "
                "Rename one."
            )
        files[frame.id] = frame.file


def _index(
    triggers: Iterable[tuple[Frame, tuple[str, ...]]], grammar: _Grammar
) -> tuple[Mapping[str, tuple[Frame, ...]], Mapping[str, tuple[Phrase, ...]]]:
    words: dict[str, list[Frame]] = {}
    phrases: dict[str, dict[tuple[tuple[str, ...], bool], list[Frame]]] = {}
    for frame, written in triggers:
        for trigger in written:
            lemma, rest, reflexive = _split(trigger, grammar)
            if rest or reflexive:
                same = phrases.setdefault(lemma, {}).setdefault((rest, reflexive), [])
            else:
                same = words.setdefault(lemma, [])
            if frame not in same:
                same.append(frame)
    return (
        MappingProxyType({lemma: _strong_first(frames) for lemma, frames in words.items()}),
        MappingProxyType(
            {
                lemma: tuple(
                    Phrase(rest=rest, reflexive=reflexive, frames=_strong_first(frames))
                    for (rest, reflexive), frames in sorted(
                        found.items(), key=lambda pair: (-len(pair[0][0]), not pair[0][1])
                    )
                )
                for lemma, found in phrases.items()
            }
        ),
    )


def _strong_first(frames: list[Frame]) -> tuple[Frame, ...]:
    return tuple(sorted(frames, key=lambda frame: frame.strength != "strong"))


def _split(trigger: str, grammar: _Grammar) -> tuple[str, tuple[str, ...], bool]:
    words = trigger.replace("’", "'").replace("'", "' ").split()
    reflexive, clitics = False, []
    while len(words) > 1 and (words[0] in grammar.reflexives or words[0] in grammar.clitics):
        word = words.pop(0)
        if word in grammar.reflexives:
            reflexive = True
        else:
            clitics.append(word)
    rest = [word for word in words[1:] if word not in grammar.ties]
    if words[0] in grammar.causatives and rest and re.search(grammar.infinitive, rest[0]):
        words[0], rest[0] = rest[0], words[0]  # "faire exploser": faire depends on exploser
    return words[0], (*clitics, *rest), reflexive


def _read_modes(path: Path) -> Mapping[str, str]:
    modes: dict[str, str] = {}
    for row in read_csv(path) if path.is_file() else ():
        _check(f"{_shown(path)}, `{row['lemma']}`", "mode", row["mode"], MODES)
        modes[row["lemma"]] = row["mode"]
    return MappingProxyType(modes)


def _read_weapons(path: Path, grammar: _Grammar) -> Mapping[str, tuple[WeaponWord, ...]]:
    found: dict[str, list[WeaponWord]] = {}
    for row in read_csv(path) if path.is_file() else ():
        if row["mode"]:
            _check(f"{_shown(path)}, `{row['lemma']}`", "mode", row["mode"], MODES)
        lemma, rest, _ = _split(row["lemma"], grammar)
        word = WeaponWord(rest=rest, cls=row["class"], mode=row["mode"] or None)
        found.setdefault(lemma, []).append(word)
    return MappingProxyType(
        {
            lemma: tuple(sorted(words, key=lambda word: -len(word.rest)))
            for lemma, words in found.items()
        }
    )


def _read_armed(path: Path) -> frozenset[str]:
    rows = read_csv(path) if path.is_file() else ()
    armed = [row for row in rows if "armed" in row["features"].split()]
    forms = (form for row in armed for form in row["forms"].split(";"))
    return frozenset({row["lemma"] for row in armed} | {form.lower() for form in forms})


def _read_fields(path: Path) -> Mapping[str, tuple[str, ...]]:
    fields: dict[str, tuple[str, ...]] = {}
    for row in read_csv(path) if path.is_file() else ():
        fields[row["lemma"]] = (*fields.get(row["lemma"], ()), row["field"])
    return MappingProxyType(fields)


def _shown(path: Path) -> str:
    """Give a path from the package on, so that a message reads the same on every machine."""
    parts = path.parts
    return str(Path(*parts[parts.index("kg") :])) if "kg" in parts else path.name
