"""What the search box knows of cases. What few may read is found by its public title alone."""

from django.utils.translation import gettext as _

from samspill.directory.public import Actor, SearchEntry, machine, put_many, scope
from samspill.governance.models import Case
from samspill.governance.states import Access, CaseState

CASE = "governance.case"
IN_THE_COMMUNITY = frozenset({Access.PUBLIC, Access.PARTIES})


def index_case(case: Case, *, by: Actor) -> None:
    """Renew the entry of a case; a draft is found by nobody."""
    if case.state == CaseState.DRAFT:
        return
    # Whole, also when who acts is shut out of the case.
    with scope(machine(by.community_id, by.today)):
        put_many([_entry(Case.objects.select_related("gist").get(pk=case.pk))])


def index_community(community_id: int) -> int:
    """Renew the entries of a community's cases; returns how many."""
    cases = (
        Case.objects.select_related("gist").filter(community_id=community_id).exclude(state=CaseState.DRAFT)
    )
    entries = [_entry(case) for case in cases]
    put_many(entries)
    return len(entries)


def _entry(case: Case) -> SearchEntry:
    is_wide = case.access in IN_THE_COMMUNITY
    parts = (case.reference, case.asks, case.concerns, case.question, case.summary) if is_wide else ()
    return SearchEntry(
        kind=CASE,
        thing_id=case.pk,
        community_id=case.community_id,
        title=case.title if is_wide else case.public_title,
        text="\n".join(part for part in parts if part),
        language=case.language,
        is_open=case.is_open and not case.is_screened,
    )


def log_title(case: Case) -> str:
    """What the log calls a case: everybody in the helsefellesskap may read the log, and nobody a draft."""
    if case.state == CaseState.DRAFT:
        return _("A draft")
    return f"{case.reference} {case.public_title if case.is_screened else case.title}".strip()
