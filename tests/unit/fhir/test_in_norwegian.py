"""Findings said in bokmål and nynorsk: complete, with the same parameters, and never in between."""

import re
from collections.abc import Iterable, Iterator

import pytest

from factories.fhir_resources import FNR, observation
from samspill.fhir import operation_outcome, validate
from samspill.fhir.profiles.reading import profiles
from samspill.fhir.profiles.rules import Rule
from samspill.fhir.validation.identifiers import NUMBERS
from samspill.fhir.validation.primitives import FORMS, found
from samspill.fhir.validation.sentences import SENTENCES
from samspill.fhir.validation.translating import LANGUAGES, catalogue, in_words


def _said(rules: Iterable[Rule]) -> Iterator[str]:
    for rule in rules:
        yield from filter(None, [rule.says])
        yield from _said(rule.rules)
        for part in rule.slices:
            yield from filter(None, [part.note])
            yield from _said(part.rules)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_there_with_its_parameters(language: str) -> None:
    sentences, _ = catalogue(language)
    assert sentences.keys() == SENTENCES.keys()
    for key, sentence in SENTENCES.items():
        assert set(re.findall(r"{\w+}", sentences[key])) == set(re.findall(r"{\w+}", sentence)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_a_parameter_may_be_is_there(language: str) -> None:
    _, words = catalogue(language)
    rules = {said for profile in profiles().values() for said in _said(profile.rules)}
    kinds = {found(value) for value in (True, "x", [], {}, 1)}
    numbers = {part for number in NUMBERS.values() for part in (number.kind, number.form)}
    forms = {form for _, form in FORMS.values() if re.search(r"[a-z]{4}", form.replace("ss.sss", ""))}
    same_in_norwegian = {"RESH id", "HER-id"}
    assert (rules | kinds | numbers | forms) - same_in_norwegian <= words.keys()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "valueInteger er et tall (integer), men dette er tekst. Send det uten anførselstegn."),
        ("nn-NO", "valueInteger er eit tal (integer), men dette er tekst. Send det utan hermeteikn."),
        ("no", "valueInteger er et tall (integer), men dette er tekst. Send det uten anførselstegn."),
        ("de", "valueInteger is a number (integer), but this is text. Send it without quotation marks."),
    ],
)
def test_a_finding_is_said_in_the_language_asked_for(language: str, sentence: str) -> None:
    outcome = operation_outcome(validate(observation(valueInteger="5")), in_words=in_words(language))
    assert outcome["issue"][0]["details"]["text"] == sentence


def test_a_national_number_is_called_what_it_is_called() -> None:
    subject = {"identifier": {"system": FNR, "value": "13717404088"}}
    (issue,) = validate(observation(subject=subject))
    assert in_words("nb")(issue) == "Fødselsnummeret har feil kontrollsifre. Se over det som er oppgitt."
