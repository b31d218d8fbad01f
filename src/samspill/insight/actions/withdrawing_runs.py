"""Take figures that were published back, since they were wrong or gave somebody away; and undo that."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, record
from samspill.insight.models import IndicatorRun
from samspill.insight.permissions.runs import check_may_withdraw
from samspill.refusal import Refused


def find_run(pk: int) -> IndicatorRun:
    """Refuses a number no run has."""
    found = IndicatorRun.objects.filter(pk=pk).first()
    if found is None:
        raise Refused("run.unknown", _("There is no run %(run)s.") % {"run": pk}, field="run")
    return found


def withdraw_run(run: IndicatorRun, because: str, *, by: Actor) -> IndicatorRun:
    """Pages, files, the API and embedded parts show nothing of it from now on, but why.

    The former run that stands speaks for its indicators again. Refuses a reason that lacks or is too long,
    and a run that is withdrawn already.
    """
    check_may_withdraw(by)
    because = " ".join(because.replace("\x00", " ").split())
    longest = IndicatorRun._meta.get_field("withdrawn_because").max_length or 0
    if not because or len(because) > longest:
        raise Refused(
            "run.because",
            _("Say why the figures are withdrawn, in a sentence or two; it stands where they were shown."),
            field="because",
        )
    with transaction.atomic():
        locked = IndicatorRun.objects.select_for_update().get(pk=run.pk)
        if locked.withdrawn_at:
            raise Refused("run.withdrawn", _("This run is withdrawn already."))
        locked.withdrawn_at, locked.withdrawn_by = timezone.now(), by.name
        locked.withdrawn_because = because
        _save(locked)
        _log("run.withdraw", locked, by, because=because)
    return locked


def take_back_run(run: IndicatorRun, *, by: Actor) -> IndicatorRun:
    """The figures were right after all."""
    check_may_withdraw(by)
    with transaction.atomic():
        locked = IndicatorRun.objects.select_for_update().get(pk=run.pk)
        if not locked.withdrawn_at:
            raise Refused("run.stands", _("This run is not withdrawn."))
        locked.withdrawn_at, locked.withdrawn_by, locked.withdrawn_because = None, "", ""
        _save(locked)
        _log("run.take_back", locked, by)
    return locked


def _save(run: IndicatorRun) -> None:
    run.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])


def _log(act: str, run: IndicatorRun, by: Actor, **details: str) -> None:
    """In the log of the community that did it; the run itself says who withdrew it and why."""
    if by.community_id is not None:
        record(by=by, act=act, on=run, told=details)
