"""Indicators as things one can point at. Their definitions stand in `indicators/*.yaml`."""

from django.db import models
from django.utils.translation import get_language

from samspill.directory.public import Actor
from samspill.insight.states import Direction

FALLBACK = "nb"


class IndicatorQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "IndicatorQuerySet":
        """What we count and how is open to everybody."""
        return self.all()

    def of_ages(self) -> "IndicatorQuerySet":
        """Those in use that need inhabitants by age group alone, and can be worked out ahead."""
        return self.filter(
            is_in_use=True,
            definition__numerator__table__isnull=True,
            definition__denominator__table__isnull=True,
        )


class Indicator(models.Model):
    """A definition from a file, with a number so that links can point at it. The file is the truth.

    The texts are in the reader's language unless another is named.
    """

    code = models.SlugField(max_length=60, unique=True)
    definition = models.JSONField()
    direction = models.CharField(max_length=8, choices=Direction)
    is_in_use = models.BooleanField(default=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title(FALLBACK)

    def title(self, language: str = "") -> str:
        return self._in_words("title", language)

    def means(self, language: str = "") -> str:
        return self._in_words("means", language)

    def unit(self, language: str = "") -> str:
        return self._in_words("unit", language)

    def caveats(self, language: str = "") -> str:
        return self._in_words("caveats", language)

    def _in_words(self, key: str, language: str) -> str:
        texts: dict[str, str] = self.definition[key]
        return texts.get(language or get_language() or FALLBACK) or texts[FALLBACK]
