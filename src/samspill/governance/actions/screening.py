"""Who may read a case or a paper: opened to everybody, or closed by law and with a public title."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from samspill.directory.public import Actor, record
from samspill.governance.actions.indexing_cases import index_case, log_title
from samspill.governance.actions.indexing_open import Touched, refresh_open
from samspill.governance.actions.passage_states import lock_case
from samspill.governance.models import Case, Paper
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.impartiality import check_not_disqualified
from samspill.governance.rules.access import check_screening
from samspill.governance.rules.identity import check_no_identity
from samspill.governance.states import Access


@dataclass(frozen=True)
class Screening:
    """Who may read it, by which paragraph, what everybody is told that it is, and until when."""

    access: str
    law_reference: str = ""
    public_title: str = ""
    until: date | None = None


def screen_case(case: Case, screening: Screening, *, by: Actor) -> Case:
    """Change who may read a case. Its frozen briefs keep the state they were sent with."""
    check_may_act(by, "cases.screen", case)
    _check(screening)
    with transaction.atomic():
        case = lock_case(case)
        _put_on(case, screening)
        index_case(case, by=by)
        record(by=by, act="case.screen", on=case, title=log_title(case), access=case.access)
        refresh_open(case.community_id, now=timezone.now(), of=Touched(frozenset({case.pk})))
    return case


def unscreen_case(case: Case, *, by: Actor) -> Case:
    """Nothing is closed any more; whether it is released is another question."""
    return screen_case(case, Screening(Access.PUBLIC), by=by)


def screen_paper(paper: Paper, screening: Screening, *, by: Actor) -> Paper:
    check_may_act(by, "cases.screen", paper)
    check_not_disqualified(by, [paper.case_id])
    _check(screening)
    with transaction.atomic():
        paper = Paper.objects.select_for_update().get(pk=paper.pk)
        _put_on(paper, screening)
        record(
            by=by,
            act="paper.screen",
            on=paper,
            title=paper.public_title if paper.is_screened else paper.title,
            access=paper.access,
        )
    return paper


def release_case(case: Case, *, by: Actor, is_open: bool = True) -> Case:
    """Everybody may read the case and its public papers, or (`is_open=False`) no longer."""
    check_may_act(by, "cases.screen", case)
    check_not_disqualified(by, [case.pk])
    with transaction.atomic():
        case = lock_case(case)
        case.is_open = is_open
        case.save(update_fields=["is_open"])
        case.papers.filter(is_removed=False, access=Access.PUBLIC).update(is_open=is_open)
        index_case(case, by=by)
        record(by=by, act="case.open" if is_open else "case.shut", on=case, title=log_title(case))
        refresh_open(case.community_id, now=timezone.now(), of=Touched(frozenset({case.pk})))
    return case


def _check(screening: Screening) -> None:
    check_screening(screening.access, screening.law_reference, screening.public_title)
    check_no_identity(screening.public_title, field="public_title")


def _put_on(thing: Case | Paper, screening: Screening) -> None:
    is_public = screening.access == Access.PUBLIC
    thing.access = screening.access
    thing.law_reference = "" if is_public else screening.law_reference.strip()
    thing.public_title = "" if is_public else screening.public_title.strip()
    thing.screened_until = None if is_public else screening.until
    thing.save(update_fields=["access", "law_reference", "public_title", "screened_until"])
