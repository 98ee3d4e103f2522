"""Near-duplicate dispatches are found, look-alikes are kept apart."""

from __future__ import annotations

import datetime

from kg.model import Article
from kg.resolve.duplicates import find_duplicates

STORY = (
    "Deux soldats vardaniens ont été tués lundi dans l'explosion d'une mine au passage de leur "
    "convoi près de Sarkol, dans le nord du pays, a annoncé l'armée dans un communiqué. "
    "L'attaque n'a pas été revendiquée. La région est le théâtre d'affrontements réguliers entre "
    "l'armée et le Front de Kalmor, un groupe armé qui réclame l'autonomie de la province depuis "
    "2011. Trois civils avaient péri dans la même zone la semaine dernière, selon la police."
)


def article(name: str, text: str, day: int = 1) -> Article:
    """Build an article of January 2021."""
    return Article(id=name, text=text, date=datetime.date(2021, 1, day))


def test_an_updated_dispatch_repeats_the_fuller_one() -> None:
    """A version with a few words changed and a sentence less points to the fuller text."""
    short = STORY.replace("a annoncé l'armée", "a indiqué l'armée").rpartition("Trois civils")[0]
    found = find_duplicates([article("first", short), article("update", STORY, day=2)])
    assert [(each.article, each.original) for each in found] == [("first", "update")]
    assert 0.75 <= found[0].score < 1.0
    assert "word sequences" in found[0].reason


def test_a_flash_inside_a_story_repeats_it() -> None:
    """One sentence that the full story begins with is a repetition of it."""
    found = find_duplicates([article("full", STORY), article("flash", STORY.split(". ")[0] + ".")])
    assert [(each.article, each.original) for each in found] == [("flash", "full")]


def test_of_equal_texts_the_earliest_is_the_original() -> None:
    """Of the same text sent three times, the two later ones point to the first day's."""
    copies = [article("c", STORY, 3), article("a", STORY, 1), article("b", STORY, 2)]
    found = find_duplicates(copies)
    assert [(each.article, each.original) for each in found] == [("c", "a"), ("b", "a")]


def test_the_same_words_about_others_are_another_story() -> None:
    """A stereotyped dispatch with other names and numbers is kept apart."""
    other = STORY
    for old, new in (("Sarkol", "Menabad"), ("Kalmor", "Ourène"), ("2011", "1998"),
                     ("Deux", "Cinq"), ("Trois", "Huit"), ("Front", "Mouvement")):  # fmt: skip
        other = other.replace(old, new)
    assert find_duplicates([article("a", STORY), article("b", other)]) == ()


def test_nothing_repeats_nothing() -> None:
    """No article and one article give no duplicate."""
    assert find_duplicates([]) == ()
    assert find_duplicates([article("a", STORY)]) == ()
