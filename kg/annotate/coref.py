"""Which phrases of one article speak of the same participant or place.

Takes the phrases of an article, gives `Cluster` records. Names come first (known keys, acronyms,
last names), then appositions and "X est un …", then definite descriptions by class, number, gender
and nearness. Look-alikes stay apart: a join needs the same name, or a construction that says so, or
a description that nothing contradicts.
"""

from __future__ import annotations

from kg.annotate.clusters import Book
from kg.annotate.descriptions import Describer
from kg.annotate.gazetteer import Gazetteer
from kg.annotate.grammar import Grammar
from kg.annotate.joining import Joiner
from kg.annotate.naming import Namer
from kg.annotate.openings import Phrase
from kg.annotate.pairs import find_sides
from kg.annotate.sheets import Sheet
from kg.model import EntityClass

__all__ = ["resolve"]


def resolve(sheet: Sheet, phrases: list[Phrase], grammar: Grammar, gazetteer: Gazetteer) -> Book:
    """Put every phrase of an article into a cluster; gives the book that says which is where."""
    book = Book(sheet, phrases, grammar, gazetteer)
    namer = Namer(book)
    namer.prepare()
    named = [phrase for phrase in phrases if phrase.name is not None]
    for phrase in named:
        book.put(phrase, namer.cluster(phrase))
    joiner = Joiner(book)
    joiner.join_aliases(named)
    joiner.join_equals()
    describer = Describer(book, joiner.beside)
    for phrase in phrases:
        sides = find_sides(phrase, book)
        if sides and id(phrase) not in book.cluster_of:
            phrase.cls = EntityClass.POPULATION_GROUP
            book.put(phrase, book.new(phrase.cls))
            book.members[id(phrase)] = sides
        elif id(phrase) not in book.cluster_of:
            book.put(phrase, describer.cluster(phrase))
        elif phrase.name is None and phrase.det == "dem":
            describer.join_antecedent(phrase)
        book.visit(phrase)
        if phrase.bearers:
            book.members[id(phrase)] = [book.find(bearer) for bearer in phrase.bearers]
        for part in phrase.parts:
            book.put(part, describer.cluster(part))
            book.visit(part)
            book.members.setdefault(id(phrase), []).append(book.find(part))
    return book
