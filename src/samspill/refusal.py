"""The one way to say no.

A check returns nothing or raises `Refused`. Faces (web, command line, FHIR) turn it into their own
form: HTTP 422 or 403 with the sentence, exit code 2 with the sentence on stderr.
"""

from collections.abc import Callable, Mapping


class Sentence:
    """A sentence of a layer without a language, with what it tells of: a face says it in the reader's words.

    `source` is English, with places as `%(limit)s`; a fact that is a sentence itself is said with it.
    """

    def __init__(self, source: str, /, **facts: object) -> None:
        self.source = source
        self.facts = facts

    def __str__(self) -> str:
        return self.in_words(str)

    def in_words(self, translate: Callable[[str], str]) -> str:
        said = {
            name: fact.in_words(translate) if isinstance(fact, Sentence) else fact
            for name, fact in self.facts.items()
        }
        return translate(self.source) % said if said else translate(self.source)


class Refused(Exception):
    """A stable `code` for machines and a `sentence` for people: what, where and how to mend it.

    `sentence` may be a lazy translation, turned into text when it is shown, or a `Sentence`: English, unless
    the face says it `in_words` of another language.
    `field` names the form field the refusal belongs to, if it belongs to one.
    `forbidden` tells that the reason is who you are, not what you sent.
    `facts` are what the sentence tells of (the row, the name), for a face that says it in another language.
    """

    def __init__(
        self,
        code: str,
        sentence: object,
        *,
        field: str = "",
        forbidden: bool = False,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self._sentence = sentence
        self.field = field
        self.forbidden = forbidden
        self.facts = dict(facts or {})

    @property
    def sentence(self) -> str:
        return str(self._sentence)

    def in_words(self, translate: Callable[[str], str]) -> str:
        """The sentence by `translate`, from English; one that has a language already, as it is."""
        own = self._sentence
        return own.in_words(translate) if isinstance(own, Sentence) else str(own)

    def __str__(self) -> str:
        return self.sentence


def reason(check: Callable[..., None], *args: object, **kwargs: object) -> str:
    """The sentence `check` would refuse with, or "" when it would not."""
    try:
        check(*args, **kwargs)
    except Refused as refused:
        return refused.sentence
    return ""
