"""The sentences of findings in Norwegian: `sentences.nb.yaml` and `sentences.nn.yaml`, complete by a test.

Not here: the sentences of R4's own invariants, which are HL7's and stay in English.
"""

from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files

import yaml

from samspill.fhir.validation.issue import Issue

LANGUAGES = ("nb", "nn")


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> tuple[dict[str, str], dict[str, str]]:
    """The sentences by key, and what the words of parameters are called, in one of `LANGUAGES`."""
    text = files(__package__).joinpath(f"sentences.{language}.yaml").read_text("utf-8")
    raw = yaml.safe_load(text)
    return raw["sentences"], {str(word): str(said) for word, said in raw["words"].items()}


def in_words(language: str) -> Callable[[Issue], str]:
    """How to say an issue in a language (`nb`, `nn`, `nb-NO` …); in English when it is none of ours."""
    name = language.lower().partition("-")[0]
    name = "nb" if name == "no" else name
    if name not in LANGUAGES:
        return lambda issue: issue.sentence
    sentences, words = catalogue(name)

    def said(issue: Issue) -> str:
        parameters = {key: words.get(value, value) for key, value in issue.parameters.items()}
        return sentences[issue.key].format(**parameters)

    return said
