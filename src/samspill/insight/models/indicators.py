"""Indicators as things one can point at. Their definitions stand in `indicators/*.yaml`."""

from django.db import models

from samspill.directory.public import Actor
from samspill.insight.states import Direction


class IndicatorQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "IndicatorQuerySet":
        """What we count and how is open to everybody."""
        return self.all()


class Indicator(models.Model):
    """A definition from a file, with a number so that links can point at it. The file is the truth."""

    code = models.SlugField(max_length=60, unique=True)
    definition = models.JSONField()
    direction = models.CharField(max_length=8, choices=Direction)
    is_in_use = models.BooleanField(default=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title("nb")

    def title(self, language: str) -> str:
        return self.definition["title"].get(language) or self.definition["title"]["nb"]

    def means(self, language: str) -> str:
        return self.definition["means"].get(language) or self.definition["means"]["nb"]

    def caveats(self, language: str) -> str:
        return self.definition["caveats"].get(language) or self.definition["caveats"]["nb"]
