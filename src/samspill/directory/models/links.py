"""Joins between things of different apps, and the searchable text of things."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q

from samspill.directory.models.base import CommunityOwned, tracked
from samspill.directory.states import WrittenForm


@tracked()
class Link(CommunityOwned):
    """`from` is joined to `to` in a way that has a name (`registries.LINK_KINDS`): a step of the thread."""

    kind = models.CharField(max_length=40)
    from_kind = models.CharField(max_length=40)
    from_id = models.BigIntegerField()
    to_kind = models.CharField(max_length=40)
    to_id = models.BigIntegerField()
    made_by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "from_kind", "from_id", "to_kind", "to_id"], name="link_once"
            ),
        ]
        indexes = [models.Index(fields=["to_kind", "to_id"], name="link_by_target")]


class SearchEntry(CommunityOwned):
    """One thing as the search box knows it. Written by the thing's app, in the act's transaction."""

    kind = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    title = models.CharField(max_length=500)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=WrittenForm, default=WrittenForm.BOKMAL)
    is_open = models.BooleanField(default=False)
    vector = models.GeneratedField(
        expression=SearchVector(F("title"), config="norwegian", weight="A")
        + SearchVector(F("text"), config="norwegian", weight="C"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "thing_id"], name="search_entry_once")]
        indexes = [GinIndex(fields=["vector"], name="search_words")]

    @staticmethod
    def open_rows() -> Q:
        return Q(is_open=True)
