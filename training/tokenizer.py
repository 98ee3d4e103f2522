"""The tokenizer of the French pipeline: takes nothing, gives a blank pipeline with its rules.

UD French keeps hyphenated words whole (*lance-roquettes*, *États-Unis*, *al-Mouhandis*) and parts
only the clitic pronouns from their verb (*a* + *-t-il*). spaCy's French rules split at every hyphen
that no list excepts. Here the hyphen never splits a word; a suffix rule detaches the clitics.
"""

from __future__ import annotations

import re

import spacy
from spacy.lang.char_classes import (
    ALPHA,
    ALPHA_LOWER,
    ALPHA_UPPER,
    CONCAT_QUOTES,
    CURRENCY,
    LIST_ELLIPSES,
    LIST_ICONS,
    LIST_PUNCT,
    LIST_QUOTES,
    UNITS,
)
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

__all__ = ["ABBREVIATIONS", "make_blank"]

_APOSTROPHES = "'’"
_HYPHENS = "-‐‑"
_ELIDED_WORDS = (*"cdjlmnst", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu")
_ELIDED = f"(?:{'|'.join(_ELIDED_WORDS)})"
_CLITICS = "ce|elles?|en|ils?|je|la|le|les|leur|lui|moi|nous|on|toi|tu|vous|y|là"

ABBREVIATIONS = (
    "M.", "MM.", "Mr.", "Mme.", "Mlle.", "Mgr.", "Dr.", "Pr.", "Me.", "St.", "Ste.",
    "gén.", "Gén.", "col.", "Col.", "lt.", "Lt.", "sgt.", "Sgt.", "cdt.", "Cdt.", "cmdt.",
    "av.", "janv.", "févr.", "avr.", "juill.", "sept.", "oct.", "nov.", "déc.",
    "etc.", "cf.", "Cf.", "p.", "pp.", "vol.", "Vol.", "art.", "env.", "hab.",
    "n°", "N°", "J.-C.", "c.-à-d.", "éd.", "tél.", "boul.", "apr.", "No.",
)  # fmt: skip

# Whole when nothing stands beside it: degrees, and an ending in brackets (*un(e)*, *AUTRE(S)*).
_DEGREES = "°[CFK]"
_KEPT = rf"(?:{_DEGREES}|[{ALPHA}]{{2,}}\((?:e|s|x|es|E|S|X|ES)\)[sS]?)$"

_WHOLE = (
    "aujourd'hui", "quelqu'un", "quelqu'une", "quelques-uns", "quelques-unes", "l'on",
    "c'est-à-dire", "presqu'île", "prud'homme", "prud'hommes", "prud'homal", "prud'homale",
    "main-d'œuvre", "main-d'oeuvre", "chef-d'œuvre", "chefs-d'œuvre", "chef-d'oeuvre", "d'abord",
    "hors-d'œuvre", "entr'ouvert", "celui-là", "celle-là", "ceux-là", "celles-là", "là-bas",
    "jusque-là", "rendez-vous", "garde-à-vous", "au-delà", "par-delà", "voilà", "delà",
    "chez-soi", "va-t-en-guerre", "sauve-qui-peut", "rez-de-chaussée",
)  # fmt: skip
_NOT_WHOLE = {"d'abord", "voilà", "delà"}


def make_blank() -> Language:
    """Build a blank French pipeline whose tokenizer follows UD French on newswire.

    Example:
        >>> [t.text for t in make_blank()("Abou Mehdi al-Mouhandis, dit-il, a fui.")]
        ['Abou', 'Mehdi', 'al-Mouhandis', ',', 'dit', '-il', ',', 'a', 'fui', '.']
    """
    nlp = spacy.blank("fr")
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, Tokenizer)
    tokenizer.rules = _rules()
    tokenizer.prefix_search = compile_prefix_regex(_prefixes(nlp)).search
    tokenizer.suffix_search = compile_suffix_regex(_suffixes()).search
    tokenizer.infix_finditer = compile_infix_regex(_infixes()).finditer
    tokenizer.token_match = re.compile(_KEPT).match
    return nlp


def _rules() -> dict[str, list[dict[int, str]]]:
    """Exceptions: abbreviations with their stop, words whose apostrophe does not part them."""
    rules = {form: [{ORTH: form}] for form in ABBREVIATIONS}
    for form in _WHOLE:
        if form in _NOT_WHOLE:
            continue
        for variant in (form, form[0].upper() + form[1:], form.upper()):
            for apostrophe in _APOSTROPHES:
                written = variant.replace("'", apostrophe)
                rules[written] = [{ORTH: written}]
    for word in _ELIDED_WORDS:
        for variant in (word, word[0].upper() + word[1:], word.upper()):
            for apostrophe in _APOSTROPHES:
                rules[variant + apostrophe] = [{ORTH: variant + apostrophe}]
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZÉ":
        rules[letter + "."] = [{ORTH: letter + "."}]
    return rules


def _prefixes(nlp: Language) -> list[str]:
    """spaCy's own prefixes, the elided words, and a dash stuck to a word."""
    base = [str(p) for p in nlp.Defaults.prefixes or []]
    not_degrees = rf"(?!{_DEGREES}(?![{ALPHA}]))"
    return [
        *(not_degrees + p if p in LIST_ICONS else p for p in base),
        rf"(?:(?i:{_ELIDED})[{_APOSTROPHES}])(?=[{ALPHA}0-9\"«“])",
        rf"[–—-](?=[{ALPHA}«\"“(])",
    ]


def _suffixes() -> list[str]:
    """spaCy's French suffixes, with every clitic pronoun, the euphonic *-t-* included."""
    return [
        *LIST_PUNCT,
        *LIST_ELLIPSES,
        *LIST_QUOTES,
        "[–—]",
        rf"(?<=[{ALPHA_LOWER}])-",
        r"(?<=[0-9])\+",
        rf"(?<=[0-9]){_DEGREES}",
        rf"(?<={_DEGREES})\.",
        rf"(?<=[{ALPHA_LOWER}][{ALPHA_UPPER}])\.",
        r"(?<=[\])»”])\.",
        r"(?<=[0-9])[%‰]",
        rf"(?<=[0-9])(?:{CURRENCY})",
        rf"(?<=[0-9])(?:{UNITS}|h|H)",
        rf"(?<=[0-9{ALPHA_LOWER}%²\-\+(?:{CONCAT_QUOTES})])\.",
        rf"(?<=[{ALPHA_UPPER}0-9][{ALPHA_UPPER}])\.",
        rf"(?<=[{ALPHA}])[{_HYPHENS}]t[{_HYPHENS}](?:ils?|elles?|on)",
        rf"(?<=[{ALPHA}])[{_HYPHENS}](?:{_CLITICS})",
        rf"(?<=[{ALPHA}])[{_HYPHENS}](?:{_CLITICS.upper()})",
    ]


def _infixes() -> list[str]:
    """Places inside a string of letters where a token ends, the hyphen not among them."""
    return [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        r"(?<=[0-9])[+*^](?=[0-9-])",
        rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
        rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9])[:<>=](?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9])[()\[\]](?=[{ALPHA}0-9]{{2}})",
        rf"(?<=[{ALPHA_LOWER}])/(?=[{ALPHA_LOWER}])",
        rf"(?<=[{ALPHA})])(?:--|[–—])(?=[{ALPHA}(])",
        r"(?<=[0-9])[hH](?=[0-9])",
        r"(?<=[0-9][hH])(?=[0-9])",
        rf"(?<=[{ALPHA}][{_APOSTROPHES}])(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}][{_APOSTROPHES}])[«»\"“”](?=[{ALPHA}])",
    ]
