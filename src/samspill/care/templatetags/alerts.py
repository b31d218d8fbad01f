"""An alert as a card, for whichever page of a patient shows it."""

from typing import Any

from django import template
from django.utils import timezone

from samspill.care.models import Alert
from samspill.care.queries.alert_cards import Card, card_of
from samspill.care.queries.board import teams_of

register = template.Library()
_TEAMS = "care_teams_of_the_one_who_looks"


@register.simple_tag(takes_context=True)
def alert_card(context: Any, alert: Alert) -> Card:
    """What `care/parts/alert_acts.html` shows. The teams of the one who looks are read once for a page."""
    actor = context["actor"]
    request = context["request"]
    if not hasattr(request, _TEAMS):
        setattr(request, _TEAMS, frozenset(one.pk for one in teams_of(actor)))
    mine = getattr(request, _TEAMS)
    return card_of(alert, account=actor.account_id, mine=mine, now=timezone.now())
