"""What is to be followed up, as a table to take along: CSV and Excel."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, saved_file
from samspill.documents.sheets import CSV, XLSX, csv_of, xlsx_of
from samspill.governance.queries.follow_ups import FollowChoice, FollowRow, follow_list

WIDTHS = (60, 14, 18, 14, 20, 14, 18, 50)


@login_required
@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return saved_file(csv_of(_table(request, actor)), CSV, _file_name("csv", actor))


@login_required
@require_safe
def as_xlsx(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    content = xlsx_of(_table(request, actor), name=_("Follow-up of decisions"), widths=WIDTHS)
    return saved_file(content, XLSX, _file_name("xlsx", actor))


def _file_name(ending: str, actor: Actor) -> str:
    return f"{pgettext('file name', 'follow-up')}-{actor.today}.{ending}"


def _table(request: HttpRequest, actor: Actor) -> list[list[str | int]]:
    """A header, then a line per follow-up that the address asks for."""
    found = follow_list(FollowChoice.read(request.GET.dict()), actor, whole=True)
    head: list[str | int] = [
        _("What was decided"),
        pgettext("column", "Item"),
        _("Body"),
        _("Decided on"),
        _("Answers for it"),
        _("To be done by"),
        _("State"),
        _("Said last"),
    ]
    return [head, *(_cells(row) for row in found.chosen)]


def _cells(row: FollowRow) -> list[str | int]:
    one, decision = row.follow_up, row.follow_up.point.decision
    return [
        str(one.point),
        decision.item.reference,
        str(decision.body),
        decision.decided_on.isoformat(),
        row.answerable,
        one.due.isoformat(),
        str(row.shown.label),
        row.report.sentence if row.report else "",
    ]
