"""What somebody outside may follow, and what was delivered to an archive."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Follows(TextChoices):
    """What a subscription is about."""

    COMMUNITY = "community", pgettext_lazy("subscription", "Everything from the helsefellesskap")
    BODY = "body", pgettext_lazy("subscription", "One body")
    CASE = "case", pgettext_lazy("subscription", "One case")
    SEARCH = "search", pgettext_lazy("subscription", "A search")
