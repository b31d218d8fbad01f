"""What rows of governance share: who may read a document, and text that is never overwritten."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from samspill.directory.public import CommunityOwned
from samspill.governance.states import Access


class Screened(CommunityOwned):
    """A document with an access state, public unless screened; screening names the law and a public title.

    access         who may read it
    law_reference  the paragraph that allows the screening, as it stands in the record
    public_title   what those who may not read it are told that it is
    screened_until the day from which it is open by itself; empty when nobody has set one
    is_open        it has been released: sent with a notice, or opened by the secretariat
    """

    access = models.CharField(max_length=12, choices=Access, default=Access.PUBLIC)
    law_reference = models.CharField(max_length=120, blank=True)
    public_title = models.CharField(max_length=200, blank=True)
    screened_until = models.DateField(null=True, blank=True)
    is_open = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(access=Access.PUBLIC) | (~Q(law_reference="") & ~Q(public_title="")),
                name="%(class)s_screened_by_law_with_title",
            ),
        ]

    @property
    def is_screened(self) -> bool:
        return self.access != Access.PUBLIC

    @staticmethod
    def open_rows() -> Q:
        return Q(is_open=True, access=Access.PUBLIC)


class Written(CommunityOwned):
    """A text as somebody saved it. Rows are only added: the newest that is not `beside` stands.

    based_on  the row its writer had before them
    beside    somebody else had saved in between: this text is kept beside the one that stands, until a
              later row takes both in
    """

    text = models.TextField(blank=True)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    beside = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)

    PERSONAL = ("by_name",)

    class Meta:
        abstract = True
        ordering = ["-pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.text[:80]
