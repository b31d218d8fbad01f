"""What is due is opened by itself: closed until a day that has come, and decisions whose minutes are out."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from samspill.directory.public import Actor, record
from samspill.governance.actions.indexing_open import refresh_open
from samspill.governance.models import Case, CaseBrief, Decision, Paper
from samspill.governance.models.base import Screened
from samspill.governance.states import Access, MinutesState


def open_what_is_due(*, by: Actor) -> int:
    """Open cases and papers whose closed days are over, and renew what everybody can find.

    Returns how many were opened. `by` is Samspill in a community. Whether a thing has been released is
    another question, and stays as it was. Done twice, nothing changes.
    """
    assert by.community_id is not None  # noqa: S101  a machine works in a community
    with transaction.atomic():
        opened = [*_unscreened(Case, by), *_unscreened(Paper, by)]
        for case in opened:
            if isinstance(case, Case):
                _open_brief(case)
        again = _open_decisions(by)
        refresh_open(by.community_id, now=timezone.now())
    return len(opened) + again


def _unscreened(model: type[Case] | type[Paper], by: Actor) -> list[Screened]:
    rows = model.objects.select_for_update().filter(
        community_id=by.community_id or 0, screened_until__lte=by.today
    )
    opened: list[Screened] = []
    for thing in rows.exclude(access=Access.PUBLIC):
        law, until = thing.law_reference, thing.screened_until
        thing.access, thing.law_reference, thing.public_title, thing.screened_until = (
            Access.PUBLIC,
            "",
            "",
            None,
        )
        thing.save(update_fields=["access", "law_reference", "public_title", "screened_until"])
        record(by=by, act="screening.end", on=thing, law=law, until=str(until))
        opened.append(thing)
    return opened


def _open_brief(case: Case) -> None:
    """The newest version of the brief once more, open: versions are never changed."""
    newest = CaseBrief.objects.filter(case=case).order_by("-version").first()
    if newest is not None and newest.is_screened:
        CaseBrief.objects.create(
            community_id=case.community_id,
            case=case,
            version=newest.version + 1,
            content=newest.content,
            by_name=newest.by_name,
            by_id=newest.by_id,
        )


def _open_decisions(by: Actor) -> int:
    """Decisions in minutes that are out, in no case or an open one, that were closed with their case."""
    out = [MinutesState.OUT, MinutesState.APPROVED]
    rows = Decision.objects.select_for_update(of=("self",)).filter(
        Q(case__isnull=True) | Q(case__access=Access.PUBLIC, case__is_open=True),
        community_id=by.community_id or 0,
        is_open=False,
        item__meeting__minutes__state__in=out,
    )
    for decision in rows:
        decision.is_open = True
        decision.save(update_fields=["is_open"])
        record(by=by, act="decision.open", on=decision)
    return len(rows)
