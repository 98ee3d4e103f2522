"""What opens, heads and closes a noun phrase: questions about single tokens.

Takes the tokens, the names and the tables of an article, gives a `View` that answers them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.annotate.gazetteer import Gazetteer, Noun
from kg.annotate.grammar import Grammar
from kg.annotate.names import Name
from kg.annotate.sheets import Sheet
from kg.model import EntityClass

__all__ = ["Phrase", "View"]


@dataclass(slots=True)
class Phrase:
    """A noun phrase at tokens `[first, last)`; `core` is where it begins without determiner.

    `det` is one of def, dem, poss, indef, num, none, pron. `inner` ends the head with its
    adjectives. `name` is the proper name it consists of or bears ("le groupe Ansaru"); `content`
    is the noun that says what it is where the head only counts ("dizaines de soldats").
    `complements` are its "de" phrases, `states` the states its adjectives speak of. `parts` are
    those that share the noun, each called `label`; `is_apart` tells that noun and state say it all.
    `bearers` are the names behind a plural title.
    """

    first: int
    core: int
    last: int
    head: int
    det: str
    cls: EntityClass
    noun: Noun | None = None
    name: Name | None = None
    inner: int = 0
    content: int = -1
    plural: bool = False
    gender: str = "mf"
    complements: list[Phrase] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    adjectives: list[int] = field(default_factory=list)
    aliases: list[tuple[int, int]] = field(default_factory=list)
    is_proper: bool = False
    rule: str = ""
    parts: list[Phrase] = field(default_factory=list)
    bearers: list[Phrase] = field(default_factory=list)
    label: str = ""
    is_apart: bool = False


class View:
    """An article as the reader of phrases sees it; `name_at[i]` is the name a token lies in."""

    def __init__(
        self,
        sheet: Sheet,
        names: list[Name],
        grammar: Grammar,
        gazetteer: Gazetteer,
        origins: dict[str, tuple[str, ...]],
    ) -> None:
        self.sheet = sheet
        self.grammar = grammar
        self.gazetteer = gazetteer
        self.demonyms = {**gazetteer.demonyms, **origins} if origins else gazetteer.demonyms
        self._prefixes = grammar.demonym_prefixes
        self.name_at: list[Name | None] = [None] * len(sheet)
        for name in names:
            for i in range(name.first, name.last):
                self.name_at[i] = name
        self._towns = {
            tuple(sheet.folded[name.first : name.last])
            for name in names
            if name.first and sheet.lower[name.first - 1] in grammar.locative_strong
        }
        self._states = {
            name.entry.key for name in names if name.entry is not None and name.entry.key
        }

    def is_head(self, i: int) -> bool:
        """Tell whether a noun of the tables heads a phrase here, whatever the parse says."""
        sheet = self.sheet
        pos = sheet.pos[i]
        noun = self.gazetteer.nouns[sheet.lower[i]][0]
        before = sheet.lower[i - 1] if i and not sheet.starts[i] else ""
        if " ".join(sheet.lower[max(i - 2, 0) : i + 1]) in self.grammar.set_phrases:
            return False  # "dans le cadre de"
        if f"{before} {sheet.lower[i]}" in self.grammar.set_phrases:
            return False  # "en poste"
        if before in ("la", "une", "cette", "sa", "ma") and noun.gender == "m":
            # "la mort", "la garde": another word of the same form.
            return any(n.gender != "m" for n in self.gazetteer.nouns[sheet.lower[i]])
        if "capital" in noun.features and not sheet.text[i][0].isupper():
            return False  # "l'état d'urgence"
        is_bare = self.determiner(i - 1) is None and sheet.pos[i - 1] != "NUM"
        if "casualty" in noun.features and not noun.plural and (is_bare or sheet.starts[i]):
            return False  # "Mort du président"
        if "casualty" in noun.features and noun.gender == "f" and noun.lemma != "victime":
            return False  # "et 80 autres blessées" tells what became of them
        if self.heads_person(i):
            return True
        if pos == "NOUN" or pos == "PROPN":
            if "adj" in noun.features and not noun.plural and self.is_unopened(i):
                return False  # "un communiqué militaire", however the parse reads it
            is_behind = before and sheet.pos[i - 1] == "NOUN" and "adj" in noun.features
            return not is_behind or before in self.grammar.prenominal
        if pos not in ("ADJ", "VERB", "X") or "direction" in noun.features or i == 0:
            return False
        if "weak" in noun.features or sheet.starts[i]:
            return False
        if i + 1 < len(sheet) and sheet.pos[i + 1] == "NOUN":
            return False
        return self.determiner(i - 1) is not None or (
            before in self.grammar.prenominal or sheet.pos[i - 1] == "NUM"
        )

    def heads_person(self, i: int) -> bool:
        """Tell whether a title stands before a person's name: "général iranien Arvo Tens"."""
        nouns = self.gazetteer.nouns.get(self.sheet.lower[i])
        if nouns is None or "title" not in nouns[0].features or nouns[0].plural:
            return False
        k = i + 1
        last = min(i + 4, len(self.sheet))
        while k < last and (self.sheet.lower[k] in self.demonyms or self.sheet.pos[k] == "ADJ"):
            k += 1
        name = self.name_at[k] if k < len(self.sheet) else None
        return name is not None and name.first == k and name.cls is EntityClass.PERSON

    def is_unopened(self, i: int) -> bool:
        """Tell whether nothing before a word opens a noun phrase that it could head."""
        before = self.sheet.lower[i - 1]
        is_open = self.determiner(i - 1) is not None or self.sheet.pos[i - 1] in ("NUM", "ADP")
        is_cut = self.sheet.starts[i] or self.sheet.pos[i - 1] in ("PUNCT", "CCONJ", "SCONJ")
        return i > 0 and not (is_open or is_cut or before in self.grammar.prenominal)

    def is_people(self, i: int) -> bool:
        """Tell whether a word of origin stands for people: "les Israéliens", "un kurde"."""
        sheet = self.sheet
        if sheet.text[i][0].isupper() and not sheet.starts[i]:
            return sheet.pos[i] != "ADJ" or self.is_after_opening(i)
        if sheet.starts[i] or (i + 1 < len(sheet) and sheet.pos[i + 1] == "NOUN"):
            return False
        if sheet.pos[i] not in ("NOUN", "PROPN") and sheet.dep[i] in ("amod", "acl", "xcomp"):
            return False
        return self.is_after_opening(i)

    def is_after_opening(self, i: int) -> bool:
        """Tell whether a determiner or a number stands right before."""
        return self.determiner(i - 1) is not None or self.sheet.pos[i - 1] == "NUM"

    def determiner(self, i: int) -> str | None:
        """Say what kind of determiner a token is, None when it is none."""
        if i < 0:
            return None
        low, grammar = self.sheet.lower[i], self.grammar
        if low in grammar.definite:
            return "def"
        if low in grammar.demonstrative:
            return "dem"
        if low in grammar.possessive:
            return "poss"
        if low in grammar.contracted:
            return "def" if self.sheet.pos[i] == "ADP" else "indef"
        if low in grammar.indefinite:
            return "indef"
        return None

    def left_edge(self, head: int) -> tuple[int, int, str]:
        """Go left over adjectives and numbers to the determiner."""
        sheet, i = self.sheet, head
        core = head
        while i > 0 and not sheet.starts[i] and self.name_at[i - 1] is None:
            low = sheet.lower[i - 1]
            kind = self.determiner(i - 1)
            if kind is not None and low not in ("quelque", "autre", "autres", "même"):
                if kind == "indef" and low in ("plusieurs", "certains", "certaines", "quelques"):
                    return i - 1, i - 1, "indef"
                return i - 1, core, kind
            if sheet.pos[i - 1] == "NUM" or low.isdigit():
                core = i - 1
            elif low in self.grammar.prenominal or (
                sheet.pos[i - 1] == "ADJ" and sheet.head[i - 1] == head
            ):
                if sheet.pos[i - 1] in ("ADP", "ADV") and low != "soi-disant":
                    break
                core = i - 1
            elif self.determiner(i - 2) is not None and self.heads_person(head):
                core = i - 1  # "l'influent général Arvo Tens", whatever the parse reads
            else:
                break
            i -= 1
        det = "none"
        if any(sheet.pos[k] == "NUM" or sheet.lower[k].isdigit() for k in range(core, head)):
            det = "num"
        return core, core, det

    def is_many(self, first: int, head: int) -> bool:
        """Tell whether what stands before a noun that never changes makes it plural."""
        words = self.sheet.lower[first:head]
        if any(word in self.grammar.plurals for word in words):
            return True
        if any(
            self.sheet.pos[i] == "NUM" or words[i - first].isdigit() for i in range(first, head)
        ):
            return "un" not in words and "une" not in words
        return "Number=Plur" in self.sheet.morph[head] and first == head

    def states_of(self, i: int) -> list[str]:
        """Give the state that an adjective of origin speaks of, the one in the article first."""
        low = self.sheet.lower[i]
        codes = self.demonyms.get(low, ())
        if len(codes) > 1:
            codes = tuple(c for c in codes if c in self._states) or codes
        return [codes[0]] if codes else []

    def syntactic_head(self, first: int, last: int) -> int:
        """Find the token of a stretch that the parse hangs on something outside it."""
        for i in range(first, last):
            if not first <= self.sheet.head[i] < last or self.sheet.head[i] == i:
                return i
        return first

    def is_adjective(self, phrase: Phrase, i: int) -> bool:
        """Tell whether a token goes on with the adjectives behind a noun."""
        sheet, low = self.sheet, self.sheet.lower[i]
        if phrase.complements or phrase.name is not None:
            # "le Parlement de Sarkol vardanien" does not happen; "armée du Mali libre" is a name.
            return False
        if low in self.demonyms or low in self.gazetteer.peoples:
            return not sheet.text[i][0].isupper()
        if low in self.grammar.participles:
            return True
        noun = self.gazetteer.nouns.get(low)
        if noun is not None and "adj" in noun[0].features:
            return True
        if low.startswith(self._prefixes) and "-" in low:
            return True  # "pro-iranien"
        if sheet.pos[i] != "ADJ":
            return self.is_between(i)
        if low.endswith("ant") and i + 1 < len(sheet) and sheet.pos[i + 1] == "DET":
            return False  # "un camp abritant des soldats"
        return low not in self.grammar.not_complements

    def is_between(self, i: int) -> bool:
        """Tell whether a word the parse missed stands among the adjectives of a noun."""
        sheet = self.sheet
        if i + 1 >= len(sheet) or sheet.pos[i] not in ("NOUN", "VERB", "X"):
            return False
        after = sheet.lower[i + 1]
        is_origin = after in self.demonyms or after in self.gazetteer.peoples
        is_plain = sheet.text[i].islower() and sheet.lower[i] not in self.gazetteer.nouns
        return is_origin and is_plain and sheet.text[i + 1].islower() and not sheet.starts[i + 1]

    def goes_on(self, phrase: Phrase, i: int) -> bool:
        """Tell whether "et" joins two adjectives of one noun ("irakiennes et américaines")."""
        if i + 1 >= len(self.sheet) or phrase.inner != i or i == phrase.head + 1:
            return False
        low = self.sheet.lower[i + 1]
        if self.sheet.lower[i] == ",":
            return self._lists_on(phrase, i)
        if low in self.grammar.prenominal or low in self.grammar.indefinite:
            return False
        is_origin = low in self.demonyms or low in self.gazetteer.peoples
        if not (is_origin or self.sheet.pos[i + 1] == "ADJ"):
            return False
        after = self.sheet.pos[i + 2] if i + 2 < len(self.sheet) else ""
        return after not in ("NOUN", "PROPN") and not self.sheet.text[i + 1][0].isupper()

    def _lists_on(self, phrase: Phrase, i: int) -> bool:
        """Tell whether a comma joins adjectives of origin: "britannique, australien et danois"."""
        sheet = self.sheet
        if i + 2 >= len(sheet) or sheet.lower[i - 1] not in self.demonyms or not phrase.plural:
            return False
        is_origin = sheet.lower[i + 1] in self.demonyms and not sheet.text[i + 1][0].isupper()
        return is_origin and sheet.lower[i + 2] in ("et", ",", "ou")

    def hangs(self, phrase: Phrase, first: int, last: int) -> bool:
        """Tell whether the parse hangs a stretch on something inside the phrase."""
        head = self.sheet.head
        return any(phrase.core <= head[k] < first for k in range(first, min(last, len(head))))

    def is_area(self, name: Name) -> bool:
        """Tell whether a name is that of a region alone, not also of a town."""
        if name.entry is not None:
            return name.entry.kind == "region"
        key = tuple(self.sheet.folded[name.first : name.last])
        return name.city is None and key not in self._towns
