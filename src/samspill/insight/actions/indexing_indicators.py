"""What the search box knows of indicators. They are for all: each has one entry, which stands with the first
community and is open, so that everybody finds it and no two write it.
"""

from collections.abc import Sequence

from django.utils import timezone

from samspill.directory.public import Community, SearchEntry, machine, put_many, scope
from samspill.insight.models import Indicator

INDICATOR = "insight.indicator"


def index_indicators(community_id: int) -> int:
    """Write the entries of indicators in use anew, when the community is the first; returns how many."""
    if community_id != _first():
        return 0
    found = list(Indicator.objects.filter(is_in_use=True))
    SearchEntry.objects.filter(kind=INDICATOR).exclude(thing_id__in=[one.pk for one in found]).delete()
    put_many(_entries(found, community_id))
    return len(found)


def index_where_they_stand() -> int:
    """The same from outside any community, after the definitions were renewed; 0 before there is one."""
    first = _first()
    if first is None:
        return 0
    with scope(machine(first, timezone.localdate())):
        return index_indicators(first)


def _first() -> int | None:
    return Community.objects.order_by("pk").values_list("pk", flat=True).first()


def _entries(found: Sequence[Indicator], community_id: int) -> list[SearchEntry]:
    """The title in bokmål; both målformer, English and the words it is known by are searched."""
    return [
        SearchEntry(
            kind=INDICATOR,
            thing_id=one.pk,
            community_id=community_id,
            title=one.title("nb"),
            text=_text(one),
            language="nb",
            is_open=True,
        )
        for one in found
    ]


def _text(one: Indicator) -> str:
    texts = [one.means("nb"), one.title("nn"), one.means("nn"), one.title("en")]
    return ". ".join([*dict.fromkeys(texts), ", ".join(one.definition["words"])])
