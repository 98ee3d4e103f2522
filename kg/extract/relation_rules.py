"""The relation rules of a language: read from `relations.yaml`, checked, indexed by lemma.

Takes a language code, gives `RelationRules`. What the shapes mean stands in the data file; how they
are matched is the business of `relations.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from kg.errors import RuleError
from kg.model import RelationType
from kg.resources import language_file, read_csv, read_yaml

__all__ = ["RelationRule", "RelationRules", "load_relation_rules"]

_STRICT = ConfigDict(extra="forbid")
_KEYS = {"lists", "prefix_words", "forms", "endings", "rules"}
Shape = Literal["noun", "verb", "adjective", "prefix", "adjacent", "of", "between"]
Tense = Literal["any", "standing", "participle", "infinitive"]


@checked(frozen=True, config=_STRICT, kw_only=True)
class RelationRule:
    """One entry of `rules`; which fields apply depends on the shape."""

    id: str
    type: RelationType
    shape: Shape
    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    preps: tuple[str, ...] = ("de",)
    case: str | None = None
    holder: tuple[str, ...] = ()
    complement: tuple[str, ...] = ()
    subject: str | tuple[str, ...] = "holder"
    object: str | tuple[str, ...] = "complement"
    subject_classes: tuple[str, ...] = ("any",)
    object_classes: tuple[str, ...] = ("any",)
    with_: tuple[str, ...] = ()
    reflexive: bool | None = False
    tense: Tense = "any"
    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    comma: Literal["none", "optional"] = "optional"
    link: str | None = None
    named: bool = False
    post: bool = False
    self_holder: bool = False
    origin: bool = False
    alleged: bool = False
    source: str = "own French"
    matches: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRules:
    """The rules by the word that calls them, the word lists, and the adjectives of origin.

    `nouns` maps a noun lemma to (further words, rule) pairs, the longest first. `origins` maps a
    form of an adjective of origin to the ISO 3166 alpha-3 code of its state.
    """

    rules: tuple[RelationRule, ...]
    lists: dict[str, frozenset[str]]
    nouns: dict[str, tuple[tuple[tuple[str, ...], RelationRule], ...]]
    verbs: dict[str, tuple[RelationRule, ...]]
    words: dict[str, tuple[RelationRule, ...]]
    shaped: dict[str, tuple[RelationRule, ...]]
    origins: dict[str, str]
    state_names: dict[str, str]
    capitals: dict[str, str]
    prefix_words: dict[str, str]
    forms: dict[str, str]
    endings: tuple[str, ...]
    prefixed: dict[str, tuple[str, str]]
    armed_nouns: frozenset[str]


@lru_cache(maxsize=8)
def load_relation_rules(lang: str = "fr") -> RelationRules:
    """Read and check a language's `relations.yaml`, `demonyms.csv` and `countries.csv`.

    Raises:
        RuleError: A file is missing or an entry is malformed; the message names the entry.
    """
    path = language_file(lang, "relations.yaml")
    content = read_yaml(path)
    if not isinstance(content, dict) or set(content) != _KEYS:
        raise RuleError(f"{path}: the keys {', '.join(sorted(_KEYS))} are expected.")
    rules: list[RelationRule] = []
    for number, row in enumerate(content["rules"]):
        if isinstance(row, dict) and "with" in row:
            row["with_"] = row.pop("with")
        try:
            rules.append(TypeAdapter(RelationRule).validate_python(row))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            name = row.get("id", number) if isinstance(row, dict) else number
            raise RuleError(
                f"{path}, rule `{name}`, key `{where}`: {first['msg']}. Correct the entry."
            ) from error
    origins = _origins(lang)
    countries = read_csv(language_file(lang, "countries.csv"))
    return RelationRules(
        rules=tuple(rules),
        lists={name: frozenset(words) for name, words in content["lists"].items()},
        nouns=_index_nouns(rules),
        verbs=_index((verb, rule) for rule in rules for verb in rule.verbs),
        words=_index((word, rule) for rule in rules for word in rule.words),
        shaped=_index((rule.shape, rule) for rule in rules),
        origins=origins,
        prefix_words=dict(content["prefix_words"]),
        forms=dict(content["forms"]),
        endings=tuple(content["endings"]),
        prefixed={  # "prorusse" is written without a hyphen too
            prefix + form: (prefix, form)
            for prefix in sorted({prefix for rule in rules for prefix in rule.prefixes})
            for form in origins
        },
        armed_nouns=frozenset(
            row["lemma"]
            for row in read_csv(language_file(lang, "nouns.csv"))
            if "armed" in row["features"].split()
        ),
        state_names={row["iso3"]: row["name"] for row in countries},
        capitals={row["capital"]: row["iso3"] for row in countries if row["capital"]},
    )


def _index(pairs: Iterable[tuple[str, RelationRule]]) -> dict[str, tuple[RelationRule, ...]]:
    found: dict[str, list[RelationRule]] = {}
    for word, rule in pairs:
        found.setdefault(word, []).append(rule)
    return {word: tuple(rules) for word, rules in found.items()}


def _index_nouns(
    rules: Iterable[RelationRule],
) -> dict[str, tuple[tuple[tuple[str, ...], RelationRule], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], RelationRule]]] = {}
    for rule in rules:
        for noun in rule.nouns:
            head, *rest = noun.split()
            found.setdefault(head, []).append((tuple(rest), rule))
    return {
        head: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for head, pairs in found.items()
    }


def _origins(lang: str) -> dict[str, str]:
    return {
        form: row["iso3"]
        for row in read_csv(language_file(lang, "demonyms.csv"))
        if row["iso3"]
        for form in row["forms"].split(";")
    }
