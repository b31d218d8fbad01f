"""The community an address names, for who acts there."""

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor
from samspill.refusal import Refused


def acting_in(slug: str, actor: Actor) -> Actor:
    """The actor, when they act in the community with that slug; else refused."""
    if actor.community is None or actor.community.slug != slug:
        raise Refused(
            "insight.elsewhere",
            _("You can try everything here. To keep an answer, sign in for this helsefellesskap."),
            forbidden=True,
        )
    return actor
