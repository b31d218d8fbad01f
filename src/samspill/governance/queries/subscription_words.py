"""What somebody follows, in words."""

from django.utils.translation import gettext as _

from samspill.directory.public import Body, Community, Party
from samspill.governance.models import OpenEntry
from samspill.governance.queries.open_search import Wanted
from samspill.governance.states import CarriedOut, OpenKind


def in_words(wanted: Wanted) -> str:
    """«Østfold: SSU, «kveldspatrulje»»: only what is open is named. At most 4 queries."""
    if wanted.case_id:
        case = OpenEntry.objects.filter(kind=OpenKind.CASE, thing_id=wanted.case_id).first()
        return _("The case «%(title)s»") % {"title": case.title} if case else _("One case")
    community = Community.objects.filter(pk=wanted.community_id).first() if wanted.community_id else None
    where = community.full_name if community else _("All helsefellesskap")
    parts = [*_names(wanted), f"«{wanted.words}»" if wanted.words else "", str(wanted.year or "")]
    if wanted.kind:
        parts.append(str(OpenKind(wanted.kind).label))
    if wanted.carried:
        parts.append(str(CarriedOut(wanted.carried).label))
    said = ", ".join(part for part in parts if part)
    return f"{where}: {said}" if said else where


def _names(wanted: Wanted) -> list[str]:
    body = Body.objects.filter(pk=wanted.body_id).first() if wanted.body_id else None
    party = Party.objects.filter(pk=wanted.party_id).first() if wanted.party_id else None
    return [one.name for one in (body, party) if one]
