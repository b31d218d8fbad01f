"""What the search box knows of figures: one entry per community that has a projection."""

from django.utils.translation import override

from samspill.directory.public import Community, Ref, forget, put
from samspill.insight.age_groups import AGE_GROUPS
from samspill.insight.models import Indicator
from samspill.insight.queries.profiles import profile_of

PROFILE = "insight.profile"
TITLE = {"nb": "Framskriving av folketallet", "nn": "Framskriving av folketalet"}
"""Titles are kept in the community's own målform; what is shown is made when it is shown."""


def index_community(community_id: int) -> int:
    """Renew the entry of a community's profile, inside its scope; returns how many there are (0 or 1)."""
    community = Community.objects.get(pk=community_id)
    profile = profile_of(community, ["80+"])
    ref = Ref(PROFILE, community_id)
    if profile is None:
        forget(ref)
        return 0
    language = community.written_form
    with override(language):
        groups = [str(group.label) for group in AGE_GROUPS]
    words = [place.name for place in profile.places] + groups
    words += [one.title(language) for one in Indicator.objects.filter(is_in_use=True)]
    put(
        ref,
        community_id=community_id,
        title=f"{TITLE[language]}, {community.name}",
        text=". ".join(words),
        language=language,
        is_open=True,
    )
    return 1
