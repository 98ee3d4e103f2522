"""The closed classes of words that noun phrases and names of one language are built with.

Takes `mentions.yaml` of a language's folder, gives a `Grammar`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from kg.errors import RuleError
from kg.resources import knowledge_file, language_file, read_csv, read_yaml

__all__ = ["Grammar", "read_grammar"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Word classes as sets of lower-case forms; each is described where it stands in the file."""

    definite: frozenset[str]
    demonstrative: frozenset[str]
    possessive: frozenset[str]
    indefinite: frozenset[str]
    contracted: frozenset[str]
    plurals: frozenset[str]
    of: frozenset[str]
    articles: frozenset[str]
    locative: frozenset[str]
    locative_strong: frozenset[str]
    locative_of: frozenset[str]
    particles: frozenset[str]
    particles_of: frozenset[str]
    naming_words: frozenset[str]
    not_joined: frozenset[str]
    titles: dict[str, str]
    not_names: frozenset[str]
    events: frozenset[str]
    alias_words: frozenset[str]
    alias_phrases: tuple[str, ...]
    prenominal: frozenset[str]
    participles: frozenset[str]
    not_complements: frozenset[str]
    quotes_open: frozenset[str]
    quotes_close: frozenset[str]
    pronouns: dict[str, tuple[str, bool, str]]
    latter: dict[str, tuple[str, bool]]
    demonym_endings: tuple[str, ...]
    demonym_prefixes: tuple[str, ...]
    org_links: frozenset[str]
    speaking: frozenset[str]
    metonym_prepositions: frozenset[str]
    metonym_before_of: frozenset[str]
    giving: frozenset[str]
    addressing: frozenset[str]
    vehicle_of: frozenset[str]
    set_phrases: frozenset[str]
    impersonal: frozenset[str]
    alike: dict[str, frozenset[str]]
    companions: frozenset[str]
    causes: frozenset[str]
    placing: frozenset[str]
    pair_numbers: dict[str, int]
    pair_nouns: dict[str, str]
    adjectives_of: frozenset[str]
    retellings: frozenset[str]
    followers: frozenset[str]
    given: dict[str, str] = field(default_factory=dict)

    def begins_joined(self, word: str) -> bool:
        """Tell whether a word is a name joined to a lower-case article ("al-Bab")."""
        head, hyphen, rest = word.partition("-")
        if not hyphen or not rest[:1].isupper() or not 1 < len(head) <= 4:
            return False
        return head.islower() and head not in self.not_joined


_ADAPTER = TypeAdapter(Grammar)
_SPACES = re.compile(r"\s+")


def read_grammar(lang: str) -> Grammar:
    """Read the word classes of a language.

    Raises:
        RuleError: A class is missing, unknown or not a list of words.
    """
    path = language_file(lang, "mentions.yaml")
    content = read_yaml(path)
    given = {
        row["name"].lower(): row["gender"] for row in read_csv(knowledge_file("given_names.csv"))
    }
    try:
        return _ADAPTER.validate_python({**content, "given": given})  # type: ignore[dict-item]
    except (ValidationError, TypeError) as error:
        raise RuleError(f"{path}: {_SPACES.sub(' ', str(error))}") from error
