"""The row of links between the rooms of a community's figures."""

from django import template
from django.template import Context
from django.urls import reverse

from samspill.directory.public import Community
from samspill.insight.rooms import ROOMS

register = template.Library()


@register.inclusion_tag("insight/parts/rooms.html", takes_context=True)
def rooms(context: Context, community: Community, here: str) -> dict[str, object]:
    """`{% rooms community "demand" %}`: `here` is the key of the room one is in."""
    actor = context["actor"]
    works_here = actor.community_id == community.pk
    shown = [room for room in ROOMS.all() if room.is_open or works_here]
    ordered = sorted(shown, key=lambda room: room.order)
    return {
        "rooms": [
            {
                "label": room.label,
                "url": reverse(room.route, args=[community.slug]),
                "is_here": room.key == here,
            }
            for room in ordered
        ]
    }
