"""Articles of a store that repeat each other, judged.

Takes a store and gives one judgement for each article that repeats another, so that both count as
one source.
"""

from __future__ import annotations

import datetime

from kg.model import Article
from kg.resolve.duplicates import find_duplicates
from kg.store.base import Judgement, Store
from kg.vocab import KG

__all__ = ["judge_dispatches"]

_ARTICLES = f"""
PREFIX schema: <https://schema.org/>
SELECT ?article ?body ?date
WHERE {{
  ?article a schema:NewsArticle ; schema:articleBody ?body .
  OPTIONAL {{ ?article schema:datePublished ?date }}
  FILTER EXISTS {{ ?article <{KG.articleId}> ?id }}
}}
ORDER BY ?article
"""


def judge_dispatches(store: Store) -> tuple[Judgement, ...]:
    """Judge which articles of a store repeat another one; the fullest text stands for both."""
    articles = []
    for row in store.select(_ARTICLES).records():
        date = datetime.date.fromisoformat(row["date"]) if row["date"] else None
        articles.append(Article(id=row["article"], text=row["body"], date=date))
    return tuple(
        Judgement(
            subject=duplicate.article,
            predicate=KG.nearDuplicateOf,
            object=duplicate.original,
            score=duplicate.score,
            reason=duplicate.reason,
            rule="resolve/dispatches",
        )
        for duplicate in find_duplicates(articles)
    )
