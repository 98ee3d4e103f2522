"""The tokenizer on newswire."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.tokenizer import make_blank

NLP = make_blank()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Abou Mehdi al-Mouhandis a fui.", "Abou|Mehdi|al-Mouhandis|a|fui|."),
        ("le lance-roquettes des États-Unis", "le|lance-roquettes|des|États-Unis"),
        ("vers 20 h 45 (20h45)", "vers|20|h|45|(|20|h|45|)"),
        ("M. X et Mme Y, gén. Z", "M.|X|et|Mme|Y|,|gén.|Z"),
        ("L’armée qu'il a-t-il pro-iranien", "L’|armée|qu'|il|a|-t-il|pro-iranien"),
        ("«Non», dit-elle, aujourd’hui.", "«|Non|»|,|dit|-elle|,|aujourd’hui|."),
        ("l' ONU , dit Celui-ci", "l'|ONU|,|dit|Celui-ci"),
        ("25% à 15h. 30 km.", "25|%|à|15|h|.|30|km|."),
        ("de 2 °C à 8 °C. Il (25°C) fait.", "de|2|°C|à|8|°C|.|Il|(|25|°C|)|fait|."),
        ("un(e) blessé(e)s, AUTRE(S).", "un(e)|blessé(e)s|,|AUTRE(S)|."),
        ("Groupe(s) (Kirkouk)", "Groupe(s)|(|Kirkouk|)"),
    ],
)
def test_newswire_falls_into_good_tokens(text: str, tokens: str) -> None:
    """Hyphens hold words together, clitics and elided words stand apart."""
    assert [t.text for t in NLP(text)] == tokens.split("|")


@given(st.text(alphabet="aéL'’-.,« »0h M–\"", max_size=40))
def test_tokens_point_into_the_text(text: str) -> None:
    """Every token is the text between its offsets, and no character is lost."""
    doc = NLP.make_doc(text)
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)
    assert doc.text == text
