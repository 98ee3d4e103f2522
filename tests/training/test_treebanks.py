"""Reading and repairing treebanks."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.training.converters import conllu_to_docs

from training.treebanks import Sentence, count_obliques, read_sentences, repair_sentence

CONLLU = """\
# sent_id = doc-0001
# text = Il sort du camp, tué par l'armée.
1	Il	il	PRON	_	Number=Sing|PronType=Prs	2	nsubj	_	_
2	sort	sortir	VERB	_	Mood=Ind|VerbForm=Fin	0	root	_	_
3-4	du	_	_	_	_	_	_	_	_
3	de	de	ADP	_	_	5	case	_	_
4	le	le	DET	_	Definite=Def|PronType=Art	5	det	_	_
5	camp	camp	NOUN	_	Gender=Masc|Number=Sing	2	obl	_	SpaceAfter=No
6	,	,	PUNCT	_	_	7	punct	_	_
7	tué	tuer	VERB	_	Tense=Past|VerbForm=Part	1	acl	_	_
8	par	par	ADP	_	_	10	case	_	_
9	l'	le	DET	_	Definite=Def|PronType=Art	10	det	_	SpaceAfter=No
10	armée	armée	NOUN	_	Number=Sing|Number[psor]=Sing	7	obl:arg	_	SpaceAfter=No
11	.	.	PUNCT	_	_	2	punct	_	_
"""


@pytest.fixture
def sentence(tmp_path: Path) -> Sentence:
    """One sentence with a multiword token."""
    path = tmp_path / "small.conllu"
    path.write_text(CONLLU, encoding="utf8")
    return next(iter(read_sentences(path)))


def test_a_merged_word_is_one_token(sentence: Sentence) -> None:
    """*du* takes its preposition's part of speech and head, and all features and lemmas."""
    token = sentence.tokens[2]
    assert (token.form, token.lemma, token.upos, token.deprel) == ("du", "de le", "ADP", "case")
    assert token.feats == "Definite=Def|PronType=Art"
    assert sentence.tokens[token.head].form == "camp"


def test_the_text_is_what_was_written(sentence: Sentence) -> None:
    """Forms and spaces give back the text."""
    assert sentence.text == "Il sort du camp, tué par l'armée."
    assert sentence.document == "doc"


def test_merging_agrees_with_spacy(sentence: Sentence) -> None:
    """spaCy's own converter gives the same tokens, tags and heads."""
    (doc,) = conllu_to_docs(CONLLU, n_sents=1, merge_subtokens=True, no_print=True)
    assert [t.text for t in doc] == [t.form for t in sentence.tokens]
    assert [t.pos_ for t in doc] == [t.upos for t in sentence.tokens]
    assert [t.head.i for t in doc] == [t.head for t in sentence.tokens]
    assert [str(t.morph) for t in doc][2] == sentence.tokens[2].feats


def test_repair_speaks_sequoia(sentence: Sentence) -> None:
    """A bare `obl` gets a subtype, a passive participle its voice, foreign features go."""
    repaired = repair_sentence(sentence, count_obliques([sentence]))
    assert repaired.tokens[3].deprel == "obl:mod"
    assert "Voice=Pass" in repaired.tokens[5].feats
    assert "psor" not in repaired.tokens[8].feats


def test_a_line_without_ten_columns_is_an_error(tmp_path: Path) -> None:
    """The message names the file and the sentence."""
    path = tmp_path / "bad.conllu"
    path.write_text("# sent_id = x-1\n1\tIl\til\n", encoding="utf8")
    with pytest.raises(ValueError, match="x-1"):
        list(read_sentences(path))
