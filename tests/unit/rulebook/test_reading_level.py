"""How hard a text is, counted as Björnsson did, and the words a reader may stumble over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.refusal import Refused
from samspill.rulebook.plain_words import find_words
from samspill.rulebook.reading_level import Kind, look, measure


@pytest.mark.parametrize(
    ("text", "words", "sentences", "long_words"),
    [
        ("Ring oss.", 2, 1, 0),
        ("Ring oss", 2, 1, 0),
        ("Ring oss. Vi svarer!", 4, 2, 0),
        ("Hvorfor? Fordi kroppen samler vann.", 5, 2, 2),
        ("Møtet er 9. november i Oslo.", 6, 1, 1),
        ("Hun var syk i uke 9. Nå er hun frisk.", 10, 2, 0),
        ("Vei deg f.eks. hver dag, ca. kl. 8.", 8, 1, 0),
        ("Han fikk mat, drikke osv. Så sov han.", 8, 2, 0),
        ("Spør dr. Hansen. Han vet det.", 6, 2, 0),
        ("Mål 37.5 grader kl. 10:30. Skriv det ned.", 8, 2, 0),
        ("Overskrift\n\nEn tekst her.", 4, 2, 1),
        ("Se etter:\n- tung pust\n- hovne bein", 6, 3, 0),
        ("En setning som\ngår over to linjer.", 7, 1, 1),
        ("sykehus-lege og e-post", 3, 1, 1),
        ("Vent … så ring.", 3, 2, 0),
        ("Hva?! Nei ...", 2, 2, 0),
        ("123456789 kr", 2, 1, 0),
        ("", 0, 0, 0),
        (" \n... - – !", 0, 0, 0),
    ],
)
def test_words_sentences_and_long_words_are_counted(
    text: str, words: int, sentences: int, long_words: int
) -> None:
    counted = measure(text)
    assert (counted.words, counted.sentences, counted.long_words) == (words, sentences, long_words)


def test_lix_is_words_a_sentence_and_long_words_in_a_hundred() -> None:
    text = "Hjertet pumper for svakt. Kroppen samler vann. Ring sykepleieren."  # 9 words, 3 sentences
    assert measure(text).lix == 9 / 3 + 100 * 3 / 9
    assert look(text).lix == 36
    assert measure("").lix is None and look("").band is None


@pytest.mark.parametrize(
    ("words", "band"),
    [
        (29, "very_easy"),
        (30, "easy"),
        (39, "easy"),
        (40, "medium"),
        (50, "hard"),
        (59, "hard"),
        (60, "very_hard"),
    ],
)
def test_a_band_begins_at_its_number(words: int, band: str) -> None:
    told = look("en " * words)
    assert told.lix == words and told.band is not None and told.band.code == band


@pytest.mark.parametrize(
    ("language", "text", "said", "suggestion"),
    [
        ("nb", "Pasienten har Dyspné i hvile", "Dyspné", "tung pust"),
        ("nb", "Ta diuretika om morgenen", "diuretika", "vanndrivende medisin"),
        ("nb", "Ved eksaserbasjonen øker hosten", "eksaserbasjonen", "forverring"),
        ("nb", "Nedsatt allmenntilstand over tid", "Nedsatt allmenntilstand", "i dårlig form"),
        ("nn", "Vi må monitorere vekta", "monitorere", "følgje med på"),
        ("en", "Watch for an exacerbation", "exacerbation", "flare-up"),
    ],
)
def test_a_hard_word_is_told_with_what_to_say_instead(
    language: str, text: str, said: str, suggestion: str
) -> None:
    (one,) = look(text, language).findings
    assert (one.said, one.kind, one.suggestion) == (said, Kind.HARD_WORD, suggestion)
    assert text[one.start : one.end] == said and one.explanation


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        ("Mål SpO2 hver dag", "SpO2", Kind.ABBREVIATION),
        ("Hun har KOLS", "KOLS", Kind.ABBREVIATION),
        ("Ring XYZ nå", "XYZ", Kind.ABBREVIATION),
        ("Ta to tbl. i dag", "tbl.", Kind.ABBREVIATION),
        ("Blodtrykk 120 mmHg", "mmHg", Kind.ABBREVIATION),
        ("Diagnosen er J44.1 nå", "J44.1", Kind.CODE),
        ("Ta C03CA01 om morgenen", "C03CA01", Kind.CODE),
        ("Mål 59408-5 hver dag", "59408-5", Kind.CODE),
        ("Funn 1104051000000101 i dag", "1104051000000101", Kind.CODE),
    ],
)
def test_codes_and_short_forms_are_told(text: str, said: str, kind: Kind) -> None:
    told = look(text)
    assert [(one.said, one.kind) for one in told.findings] == [(said, kind)]
    assert told.has_unexplained


@pytest.mark.parametrize(
    "text",
    [
        "Ring 113 hvis det haster. Ring 116 117 om natten.",
        "Mål vekten kl. 8 hver dag. Den skal være under 72,5 kg.",
        "Ta vitamin B12. Skriv det på et A4-ark.",
        "Oksygen 88–92 prosent er vanlig for Åse.",
        "Diuretika (vanndrivende medisin) hjelper. Ta diuretika hver dag.",
        "Sykdom i lungene (KOLS) gir tung pust. KOLS går ikke over.",
        "SpO2 (oksygen i blodet) måles på fingeren.",
        "Ring Mona Ødegård i Rakkestad på tlf. 69 00 00 10.",
        "STOPP og RING",
    ],
)
def test_what_is_plain_or_explained_is_left_in_peace(text: str) -> None:
    assert [one for one in look(text).findings if one.said not in ("STOPP", "RING")] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("KOLS er vanskelig. Sykdom i lungene (KOLS) går ikke over. KOLS varer.", ["KOLS"]),
        ("Nedsatt allmenntilstand (i dårlig form) er et tegn.", []),
        ("Diuretika (C03CA01) hjelper.", ["Diuretika"]),
        ("SpO2 (se side 2) er lav.", []),
        ("(SpO2) er lav.", ["SpO2"]),
    ],
)
def test_an_explanation_holds_from_where_it_stands(text: str, told: list[str]) -> None:
    assert [one.said for one in look(text).findings] == told


@pytest.mark.parametrize(
    "sign", ["a", "A", ".", "(", ")", "\n", " ", "-", "Ab ", "SpO2 ", "a. ", "(a ", "1", "1-", "diuretika "]
)
def test_a_long_text_of_one_sign_is_looked_at_all_the_same(sign: str) -> None:
    """Each would take hours if a pattern tried everything again from every place."""
    text = sign * (60_000 // len(sign)) + "x"
    assert look(text).measures.words >= 1


def test_a_long_sentence_is_told_whole() -> None:
    text = "Kort. " + "ord " * 21 + "slutt. Kort."
    (one,) = look(text).findings
    assert one.kind is Kind.LONG_SENTENCE and one.said.endswith("slutt.")
    assert text[one.start : one.end] == one.said


def test_another_language_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        look("Hei", "se")
    assert refused.value.code == "reading.language"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_no_suggestion_is_itself_a_hard_word(language: str) -> None:
    words = find_words(language)
    for _pattern, plain, explain in words.entries:
        for said in (plain, explain):
            kinds = {one.kind for one in look(said, language).findings}
            assert not kinds, (said, kinds)


@given(st.text(max_size=300), st.sampled_from(["nb", "nn", "en"]))
def test_any_text_can_be_looked_at(text: str, language: str) -> None:
    told = look(text, language)
    counted = told.measures
    assert 0 <= counted.long_words <= counted.words and counted.sentences <= counted.words
    assert (counted.sentences > 0) is (counted.words > 0)
    assert all(text[one.start : one.end] == one.said for one in told.findings)
