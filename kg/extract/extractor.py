"""From an annotated article to all that it says: events, relations and links.

Takes an `Annotation`, gives a `Reading`. The order is that of reading: triggers, participants,
firmness, slots, speech, merging, links, records.
"""

from __future__ import annotations

from kg.extract.assemble import Assembler
from kg.extract.cast import Cast
from kg.extract.factuality import Cues, FactualityReader
from kg.extract.grammar import Constructions, Grammar
from kg.extract.lexicon import load_lexicon
from kg.extract.links import LinkReader
from kg.extract.merge import Merger
from kg.extract.roles import RoleReader
from kg.extract.slots import SlotReader
from kg.extract.speech import SpeechReader
from kg.extract.tree import Tree
from kg.extract.triggers import find_triggers
from kg.model import Annotation, Reading

__all__ = ["Extractor"]


class Extractor:
    """Reads annotated articles of one language; making one loads the rules.

    Raises:
        RuleError: A rule file is missing or malformed.
    """

    def __init__(self, lang: str = "fr") -> None:
        self.lang = lang
        self.lexicon = load_lexicon(lang)
        self.words = Constructions(lang)
        self.cues = Cues(lang)
        self._weapons = frozenset(self.lexicon.weapons)

    def read(self, annotation: Annotation) -> Reading:
        """Extract all events, relations and links of one article."""
        tree = Tree.of(annotation.doc, self.words.contractions)
        grammar = Grammar(tree, self.words)
        cast = Cast(
            annotation,
            tree,
            transparent=self.words["transparent_nouns"],
            weapons=self._weapons,
        )
        triggers = find_triggers(tree, grammar, cast, self.lexicon)
        time_tokens = frozenset(i for t in annotation.times for i in range(t.first, t.last))
        roles = RoleReader(tree, grammar, cast, self.words, triggers, time_tokens)
        factuality = FactualityReader(tree, grammar, self.words, self.cues)
        drafts = [roles.draft(trigger) for trigger in triggers]
        for draft in drafts:
            factuality.settle(draft)
        slots = SlotReader(annotation, tree, grammar, cast, self.cues, self.lexicon, drafts)
        slots.read()
        speech = SpeechReader(tree, grammar, cast, self.cues)
        speech.tie(drafts)
        drafts = [d for d in drafts if not d.drop]
        clusters = Merger(annotation, tree, grammar, cast).cluster(drafts)
        about = speech.tie_clusters(clusters)
        links = LinkReader(tree, grammar, self.cues, slots, clusters).read()
        return Assembler(annotation, tree, cast, self.cues).reading(clusters, about, links)
