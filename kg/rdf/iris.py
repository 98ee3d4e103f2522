"""The IRIs of individuals, made from what they are.

Takes records and gives IRIs. The same content gives the same IRI: a gazetteer key where there is
one, else a hash of the article and of the offsets. There are no blank nodes and no counters.
"""

from __future__ import annotations

import hashlib
from urllib.parse import quote, unquote

from kg.model import Article, Entity, Event, Evidence

__all__ = ["DEFAULT_BASE", "KINDS", "Iris"]

DEFAULT_BASE = "https://w3id.org/conflict-kg/id/"

# What an individual can be; each is a path step after the base and a prefix in Turtle.
KINDS = (
    "article", "entity", "event", "graph", "judgement", "post", "run", "source", "span",
    "statement", "toll", "weapon",
)  # fmt: skip


class Iris:
    """Mints the IRIs of individuals under one base."""

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        self.base = base if base.endswith(("/", "#")) else f"{base}/"

    @property
    def knowledge_graph(self) -> str:
        """The named graph of what `kg/knowledge/` says of the entities in use."""
        return self.of("graph", "knowledge")

    @property
    def judgement_graph(self) -> str:
        """The named graph of the reader's own judgements across articles."""
        return self.of("graph", "judgements")

    @property
    def fact_graph(self) -> str:
        """The named graph of the fact view: plain triples and derived edges."""
        return self.of("graph", "facts")

    @property
    def knowledge(self) -> str:
        """The source of everything in the knowledge graph."""
        return self.of("source", "knowledge")

    @property
    def reader(self) -> str:
        """The source of every judgement: `kg` itself."""
        return self.of("source", "kg")

    def article(self, article: str) -> str:
        """Give the IRI of an article by its id."""
        return self.of("article", article)

    def article_graph(self, article: str) -> str:
        """Give the named graph of an article by its id."""
        return self.of("graph", f"article-{article}")

    def entity(self, article: Article, entity: Entity) -> str:
        """Give the IRI of an entity: by its key, else by the article and its first mention."""
        if entity.key is not None:
            return self.known(entity.key)
        places = [f"{mention.start}-{mention.end}" for mention in entity.mentions[:1]]
        digest = self.digest("entity", article.id, entity.cls.value, *places, *entity.names)
        return self.of("entity", f"x-{digest}")

    def known(self, key: str) -> str:
        """Give the IRI of an entity of the knowledge files."""
        return self.of("entity", key)

    def key_of(self, iri: str) -> str | None:
        """Give the key of an entity of the knowledge files from its IRI, None for anything else."""
        start = self.of("entity", "")
        return unquote(iri.removeprefix(start)) if iri.startswith(start) else None

    def weapon(self, name: str) -> str:
        """Give the IRI of a kind of weapon by its lemma, the same in every article."""
        return self.of("weapon", self.digest("weapon", name))

    def post(self, name: str, org: str) -> str:
        """Give the IRI of a post by its name and the IRI of its organisation ("" for none)."""
        return self.of("post", self.digest("post", name, org))

    def event(self, article: Article, event: Event) -> str:
        """Give the IRI of an event by its article, its type and the words that tell of it."""
        places = [f"{mention.start}-{mention.end}" for mention in event.mentions]
        return self.of("event", self.digest("event", article.id, event.type, *places))

    def span(self, evidence: Evidence) -> str:
        """Give the IRI of a stretch of an article."""
        return self.of("span", f"{evidence.article}_{evidence.start}-{evidence.end}")

    def toll(self, event: str, *parts: str) -> str:
        """Give the IRI of a reported toll of an event."""
        return self.of("toll", self.digest("toll", event, *parts))

    def statement(self, *parts: str) -> str:
        """Give the IRI of a statement by its article and all that it says."""
        return self.of("statement", self.digest("statement", *parts))

    def judgement(self, *parts: str) -> str:
        """Give the IRI of a judgement by what it joins."""
        return self.of("judgement", self.digest("judgement", *parts))

    def run(self, name: str) -> str:
        """Give the IRI of the run that wrote a statement, by the name of what ran."""
        return self.of("run", self.digest("run", name))

    def of(self, kind: str, name: str) -> str:
        """Give the IRI of a kind of individual and a name of it, safe for any IRI."""
        return f"{self.base}{kind}/{quote(name, safe=':')}"

    @staticmethod
    def digest(*parts: str) -> str:
        """Hash parts to 16 hexadecimal digits; no two lists of parts are taken for one.

        Example:
            >>> Iris.digest("a", "bc") == Iris.digest("ab", "c")
            False
        """
        text = "\x1f".join(parts)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
