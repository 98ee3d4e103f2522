"""From an annotated article to all that it says: events, relations and links.

Takes an `Annotation`, gives a `Reading`. The order is that of reading: triggers, participants,
firmness, slots, speech, merging, links, records.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import RuleError
from kg.extract.assemble import Assembler
from kg.extract.cast import Cast
from kg.extract.complements import free_complements, free_participles
from kg.extract.coordination import coordinate
from kg.extract.dealings import settle_dealings
from kg.extract.draft import Draft
from kg.extract.factuality import Cues, FactualityReader
from kg.extract.grammar import Constructions, Grammar
from kg.extract.kinds import ARMED
from kg.extract.lexicon import load_lexicon
from kg.extract.links import LinkReader
from kg.extract.merge import Cluster, Merger
from kg.extract.misread import wake_verbs
from kg.extract.modes import ModeReader
from kg.extract.moods import mark_moods
from kg.extract.quotations import turn_quotations
from kg.extract.relations import find_relations
from kg.extract.repair import repair, retag
from kg.extract.reports import ReportReader, load_reporting
from kg.extract.reroot import reroot
from kg.extract.roles import RoleReader
from kg.extract.sharing import Sharer
from kg.extract.sides import part_sides
from kg.extract.slot_words import SlotWords
from kg.extract.slots import SlotReader
from kg.extract.speech import SpeechReader
from kg.extract.story import Story
from kg.extract.tree import Tree
from kg.extract.triggers import find_triggers
from kg.model import Annotation, Reading, Status
from kg.resources import language_file, read_yaml

__all__ = ["Extractor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """An article read up to its drafts, and the readers that merging and linking need."""

    tree: Tree
    grammar: Grammar
    cast: Cast
    slots: SlotReader
    speech: SpeechReader
    drafts: list[Draft]
    merger: Merger


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
        self.reporting = load_reporting(lang)
        self.slot_words = SlotWords(lang)
        self.merge_weights = _read_weights(lang)
        self._weapons = self.lexicon.weapons
        self._carrying = self.words["support_verbs"] | self.words["brokering_verbs"]
        self._carrying |= self.words["attributing_verbs"]

    def read(self, annotation: Annotation) -> Reading:
        """Extract all events, relations and links of one article."""
        stage = self._stage(annotation)
        clusters = stage.merger.cluster(stage.drafts)
        Story(stage.tree, stage.cast, clusters, self.words).complete()
        about = stage.speech.tie_clusters(clusters)
        links = LinkReader(stage.tree, stage.grammar, self.cues, stage.slots, clusters).read()
        relations = find_relations(
            annotation, stage.tree, stage.grammar, cast=stage.cast, cues=self.cues, lang=self.lang
        )
        modes = ModeReader(stage.tree, stage.cast, self.slot_words)
        assembler = Assembler(annotation, stage.tree, stage.cast, self.cues, self.words, modes)
        return assembler.reading(clusters, about, links, relations)

    def units(self, annotation: Annotation) -> tuple[Merger, list[Cluster]]:
        """Give what merging starts from: drafts that syntax has put together, in text order."""
        stage = self._stage(annotation)
        return stage.merger, stage.merger.units(stage.drafts)

    def _stage(self, annotation: Annotation) -> _Stage:
        tree = Tree.of(annotation.doc, self.words.contractions)
        mark_moods(tree, self.words)
        retag(tree, self.lexicon.nouns)
        wake_verbs(tree, self.words)
        reroot(tree, self.lexicon.nouns, self.words.participles, self._carrying)
        repair(
            tree,
            annotation.times,
            self.words["demonstrative_pronouns"],
            self.words["approximators"],
            self.words["giving_verbs"],
        )
        coordinate(tree, annotation.times, self.words["object_control"], self.words["siding_verbs"])
        free_complements(tree, self.lexicon.nouns)
        time_tokens = frozenset(i for t in annotation.times for i in range(t.first, t.last))
        quotations = turn_quotations(tree, time_tokens)
        grammar = Grammar(tree, self.words)
        cast = Cast(
            annotation,
            tree,
            transparent=self.words["transparent_nouns"],
            weapons=self._weapons,
            armed=self.lexicon.armed_nouns,
            sides=self.words["side_nouns"],
            branches=self.words["branch_nouns"],
        )
        free_participles(tree, cast)
        triggers = find_triggers(tree, grammar, cast, self.lexicon)
        roles = RoleReader(tree, grammar, cast, self.words, triggers, time_tokens)
        factuality = FactualityReader(tree, grammar, self.words, self.cues)
        drafts = [roles.draft(trigger) for trigger in triggers]
        for draft in drafts:
            factuality.settle(draft)
        slots = SlotReader(
            annotation, tree, grammar, cast, self.cues, self.lexicon, drafts, self.slot_words
        )
        slots.read()
        speech = SpeechReader(tree, grammar, cast, self.cues, quotations)
        ReportReader(tree, grammar, cast, self.reporting).settle(drafts)
        speech.tie(drafts)
        settle_dealings(drafts, tree, grammar, cast=cast, words=self.words)
        drafts = [d for d in drafts if not d.drop]
        drafts += speech.told(drafts)
        drafts = [d for d in drafts if not (d.drop or _says_nothing(d))]
        drafts.sort(key=lambda d: d.token)
        Sharer(tree, cast, self.words).share(drafts)
        part_sides(drafts, annotation)
        return _Stage(
            tree=tree,
            grammar=grammar,
            cast=cast,
            slots=slots,
            speech=speech,
            drafts=drafts,
            merger=Merger(annotation, tree, grammar, cast, self.merge_weights),
        )


def _says_nothing(draft: Draft) -> bool:
    """A negated attack on nobody ("des projectiles qui n'ont pas été tirés") is no event."""
    return draft.status is Status.NEGATED and draft.type in ARMED and not draft.targets


def _read_weights(lang: str) -> dict[str, float]:
    content = read_yaml(language_file(lang, "merge.yaml"))
    if not isinstance(content, dict) or not all(isinstance(v, float) for v in content.values()):
        raise RuleError(f"{lang}/merge.yaml: a table of feature: weight is expected.")
    return content
