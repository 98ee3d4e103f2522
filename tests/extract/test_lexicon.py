"""The trigger lexicon: rule files are checked on reading and indexed by lemma."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import RuleError
from kg.extract.lexicon import EVENTS, Example, load_lexicon, read_frames

RULE = """
- id: attack-01
  event: Attack
  verbs: [bombarder]
  roles: transitive
  source: own French
  matches:
    - "<agent>L'armée</agent> a <event>bombardé</event> <target>un pont</target>."
    - "Le <event>bombardement</event> du <target>port</target> continue."
  rejects: ["Il bombarde le ministre de questions.", {text: "Rien.", xfail: "for the test"}]
"""


@pytest.fixture
def write(tmp_path: Path):
    """Write a rule file with some of its text replaced, and give its path."""

    def _write(*changes: tuple[str, str]) -> Path:
        text = RULE
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        folder = tmp_path / "kg" / "lang" / "fr"
        folder.mkdir(parents=True)
        path = folder / "frames.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return _write


def test_reads_a_rule(write) -> None:
    """A rule becomes a frame whose sentences are plain text with tagged spans."""
    (frame,) = read_frames(write())
    assert (frame.id, frame.event, frame.roles, frame.strength) == (
        "attack-01",
        "Attack",
        "transitive",
        "strong",
    )
    assert frame.matches[0] == Example(
        text="L'armée a bombardé un pont.",
        spans=(("agent", 0, 7), ("event", 10, 18), ("target", 19, 26)),
    )
    assert frame.rejects[1] == Example(text="Rien.", xfail="for the test")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("event: Attack", "event: Atack", "unknown event `kg:Atack`. Did you mean `kg:Attack`?"),
        ("roles: transitive", "roles: transitif", "Did you mean `transitive`?"),
        ("roles: transitive", "mode: shoting\n  roles: transitive", "Did you mean `shooting`?"),
        ("  verbs:", "  verb:", "unknown key `verb`. Did you mean `verbs`?"),
        ("  source: own French\n", "", "no `source`. Add it."),
        ("  verbs: [bombarder]\n", "", "no trigger"),
        ("</target>.", ".", "`<target>` is never closed."),
        ("<agent>", "<actor>", "unknown tag `actor`"),
        ("  source:", "  where: {subj: [humans]}\n  source:", "Did you mean `human`?"),
        ("  source:", "  where: {sujet: [human]}\n  source:", "unknown function `sujet`"),
        ("[bombarder]", "3", "`verbs`"),
    ],
)
def test_names_file_rule_and_remedy(write, old: str, new: str, message: str) -> None:
    """A malformed rule is refused with its file, its id and what to do."""
    path = write((old, new))
    with pytest.raises(RuleError) as caught:
        read_frames(path)
    assert str(caught.value).startswith("kg/lang/fr/frames.yaml, rule `attack-01`")
    assert message in str(caught.value)


def test_only_attacks_have_modes(write) -> None:
    """A mode on another event is refused."""
    path = write(("event: Attack", "event: Clash\n  mode: drone"))
    with pytest.raises(RuleError, match="only an Attack has a mode"):
        read_frames(path)


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    """A mapping in place of a list of rules is refused."""
    path = tmp_path / "frames.yaml"
    path.write_text("id: x", encoding="utf-8")
    with pytest.raises(RuleError, match="a list of rules is expected"):
        read_frames(path)


def test_indexes_words_phrases_and_reflexives() -> None:
    """One-word triggers, phrases and reflexive verbs are found under the verb's lemma."""
    lexicon = load_lexicon("fr")
    assert {frame.event for frame in lexicon.verbs["bombarder"]} == {"Attack"}
    assert any(p.rest == ("feu",) and not p.reflexive for p in lexicon.verb_phrases["ouvrir"])
    assert any(p.rest == () and p.reflexive for p in lexicon.verb_phrases["emparer"])
    assert any(p.rest == ("en",) and p.reflexive for p in lexicon.verb_phrases["prendre"])
    assert any(p.rest == ("faire",) and p.reflexive for p in lexicon.verb_phrases["exploser"])
    assert any(p.rest == ("otage",) for p in lexicon.noun_phrases["prise"])
    assert lexicon is load_lexicon("fr")


def test_longer_phrases_and_strong_frames_come_first() -> None:
    """Longest phrase first, and strong frames before weak ones of the same word."""
    lexicon = load_lexicon("fr")
    for phrases in (*lexicon.verb_phrases.values(), *lexicon.noun_phrases.values()):
        lengths = [len(phrase.rest) for phrase in phrases]
        assert lengths == sorted(lengths, reverse=True)
    for frames in (*lexicon.verbs.values(), *lexicon.nouns.values()):
        weak = [frame.strength == "weak" for frame in frames]
        assert weak == sorted(weak)


def test_every_armed_event_type_has_a_rule() -> None:
    """The shipped lexicon speaks of every type of armed event, with sentences of its own."""
    events = {frame.event for frame in load_lexicon("fr").frames}
    assert set(EVENTS[:11]) <= events
    for frame in load_lexicon("fr").frames:
        for match in frame.matches:
            assert any(role == "event" for role, _, _ in match.spans), (frame.id, match.text)
        assert not any(reject.spans for reject in frame.rejects), frame.id
