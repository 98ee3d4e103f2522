"""Languages are told apart by their commonest words."""

from __future__ import annotations

import pytest

from kg.read.languages import language_names, other_language

TEXTS = {
    "English": "The army said on Monday that two of its men were killed in the north of the "
    "country by a bomb that had been hidden in a car.",
    "Spanish": "El ejército informó el lunes de que dos de sus soldados murieron en el norte del "
    "país por una bomba que se había ocultado en un coche.",
    "Italian": "L'esercito ha detto lunedì che due dei suoi soldati sono stati uccisi nel nord del "
    "paese da una bomba che era nascosta in una macchina.",
    "Portuguese": "O exército disse na segunda-feira que dois dos seus soldados foram mortos no "
    "norte do país por uma bomba que não foi encontrada em um carro.",
    "German": "Die Armee sagte am Montag, dass zwei ihrer Soldaten im Norden des Landes durch eine "
    "Bombe getötet wurden, die in einem Auto versteckt war.",
    "Russian": "Армия сообщила в понедельник, что двое из её солдат погибли на севере страны от "
    "бомбы, которая была спрятана в машине на дороге.",
    "Arabic": "قال الجيش يوم الاثنين إن اثنين من جنوده قتلا في شمال البلاد من قنبلة كانت مخبأة في "
    "سيارة على الطريق بعد أن تم تفتيشها.",
}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_other_languages_are_named(name: str) -> None:
    """A sentence of each language is recognised by name."""
    assert other_language(TEXTS[name], "fr") == name


def test_a_text_in_another_script_is_not_french() -> None:
    """Chinese has no spaces between words and is recognised by its script."""
    assert other_language("军方周一表示，两名士兵在该国北部被汽车炸弹炸死。" * 2, "fr") == (
        "a language in another script"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sarkol",
        "Breaking news",
        "Deux soldats ont été tués lundi par une bombe dans le nord du pays, a dit l'armée.",
        "L'armée a publié ce message : “The enemy was defeated and the city is in our hands.” "
        "Le porte-parole n'a pas donné de détails sur les pertes de la journée.",
    ],
)
def test_french_and_what_is_too_short_pass(text: str) -> None:
    """French, French with an English quotation, and a few words are not called foreign."""
    assert other_language(text, "fr") is None


def test_every_profile_has_words_and_a_name() -> None:
    """The profiles include the languages that are read."""
    assert language_names()["fr"] == "French"
