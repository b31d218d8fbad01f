"""Every word in the titles of what can be searched, once: where a misspelt word looks for its neighbours.

Written by triggers of the search entries (migration 0005), put right by night (`nearest_words.renew_words`).
The words of what is open lie apart, without a tenant, because row-level security lets no index of trigrams
be used: PostgreSQL asks every row whether it may be read before it asks what it is like.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from samspill.directory.models.base import CommunityOwned
from samspill.directory.models.communities import OpenQuerySet


class OpenSearchWord(models.Model):
    """A word in the title of something open, and the same with plain letters («ostfold» for «østfold»).

    No constraint says that it stands here once: two who write a new word at the same time would have to wait
    for each other. The night takes the second away.
    """

    word = models.CharField(max_length=60)
    plain = models.CharField(max_length=60)

    objects = OpenQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["word"], name="open_search_word"),
            GinIndex(OpClass("plain", name="gin_trgm_ops"), name="open_search_word_parts"),
        ]

    def __str__(self) -> str:
        return self.word


class SearchWord(CommunityOwned):
    """A word that stands only in titles of what a community has for itself; few beside the open ones."""

    word = models.CharField(max_length=60)
    plain = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["community", "word"], name="search_word_own")]

    def __str__(self) -> str:
        return self.word
