"""The errors `kg` raises; each message says what is wrong, where, and what to do.

Takes nothing and gives the exception classes that every stage raises and only `cli.py` prints.
"""

__all__ = [
    "KGError",
    "OntologyError",
    "QueryError",
    "ReadError",
    "RuleError",
    "StoreError",
]


class KGError(Exception):
    """Any failure that `kg` foresees; its message is one line fit for a user."""


class ReadError(KGError):
    """An input cannot be read as an article; the message names the file."""


class RuleError(KGError):
    """A rule, word list or knowledge file is malformed; the message names file and entry."""


class OntologyError(KGError):
    """The ontology or its shapes are inconsistent with what the code uses."""


class QueryError(KGError):
    """A query is unknown, malformed, or lacks a parameter."""


class StoreError(KGError):
    """A store cannot be opened, read or written."""
