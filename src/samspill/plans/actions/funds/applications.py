"""An application is begun, written by several at once without loss, and sent."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, Party, check_may, record
from samspill.plans.actions.funds.withdrawing import withdraw_changed
from samspill.plans.models import Application, BudgetLine, Call
from samspill.plans.permissions import MAY
from samspill.plans.queries.funds.applications import (
    as_given,
    as_lines,
    community_parties,
    lines_of,
    period_years,
    shares_of,
    standing,
)
from samspill.plans.queries.funds.calls import state_of
from samspill.plans.rules.funds.access import check_acts_for, check_here
from samspill.plans.rules.funds.awards import check_frame
from samspill.plans.rules.funds.budget import LONGEST_YEARS, Line, check_budget, total
from samspill.plans.rules.funds.calls import check_move, check_takes_applications
from samspill.plans.rules.funds.consents import check_consents
from samspill.plans.states import WRITABLE, ApplicationState, BudgetSource
from samspill.refusal import Refused

TEXTS = ("title", "contact_name", "contact_email", "need", "work", "effect", "transfer_value")
FIELDS = (*TEXTS, "patient_groups", "starts", "ends")


class WrittenMeanwhile(Refused):
    """Somebody saved while one wrote. `theirs` holds what stands now, by field, where the two differ, and
    `lines` the budget that stands now, when it is another."""

    def __init__(self, theirs: Mapping[str, Any], lines: list[Line], version: int) -> None:
        super().__init__(
            "funds.version",
            _("Somebody else has saved meanwhile. Both texts stand here: choose what it shall be, and save."),
        )
        self.theirs, self.lines, self.version = theirs, lines, version


def lock_application(application: Application) -> Application:
    """The application as it stands now, kept from others until the transaction ends."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("call__scheme", "applicant")
    return rows.get(pk=application.pk)


def move(application: Application, after: ApplicationState, **values: Any) -> None:
    """Give a locked application its next state. Refuses what the table does not allow."""
    check_move(application.state, after)
    application.state = after
    for name, value in values.items():
        setattr(application, name, value)
    application.save(update_fields=["state", *values])


def check_may_write(application: Application, by: Actor) -> None:
    """Refuses others than the applicant's own and the secretariat, and an application that is sent."""
    check_here(by, application.community_id)
    check_may(by, "funds.apply", MAY)
    check_acts_for(by, application.applicant_id, or_manager_of=application.community_id)
    if application.state not in WRITABLE:
        raise Refused(
            "funds.sent",
            _("The application is sent, so it is not changed. The secretariat can send it back."),
        )


def begin(
    call: Call,
    *,
    applicant: Party,
    title: str,
    by: Actor,
    starts: date | None = None,
    ends: date | None = None,
) -> Application:
    """A draft that only the applicant, those who are asked and the secretariat see."""
    check_here(by, call.community_id)
    check_may(by, "funds.apply", MAY)
    check_acts_for(by, applicant.pk, or_manager_of=call.community_id)
    check_takes_applications(state_of(call, by), call.opens, call.closed_on or call.closes)
    if applicant.community_id != call.community_id or applicant.left:
        raise Refused("funds.applicant", _("Choose a party of this helsefellesskap."), field="applicant")
    _check_period({"title": title.strip(), "starts": starts, "ends": ends})
    with transaction.atomic():
        application = Application.objects.create(
            community_id=call.community_id,
            call=call,
            applicant=applicant,
            title=title.strip()[:200],
            contact_name=by.name,
            starts=starts,
            ends=ends,
        )
        record(by=by, act="fund.begin", on=application, on_behalf_of=applicant)
    return application


def save(
    application: Application,
    *,
    values: Mapping[str, Any],
    lines: Iterable[Line],
    version: int,
    by: Actor,
) -> Application:
    """What is written and the whole budget. The budget may be unfinished.

    Refuses (WrittenMeanwhile) when somebody has saved since `version` was read. A consent to a share that is
    another now falls away.
    """
    with transaction.atomic():
        application = lock_application(application)
        check_may_write(application, by)
        _check_period(values)
        wanted = sorted(lines, key=_order)
        _check_lines(wanted, application)
        texts = {name: values[name] for name in FIELDS if getattr(application, name) != values[name]}
        there = sorted(as_lines(lines_of(application)), key=_order)
        if not texts and wanted == there:
            return application
        if version != application.version:
            theirs = {name: getattr(application, name) for name in texts}
            raise WrittenMeanwhile(theirs, there if wanted != there else [], application.version)
        for name, value in {**texts, "version": application.version + 1}.items():
            setattr(application, name, value)
        application.save(update_fields=[*texts, "version"])
        record(by=by, act="fund.write", on=application, fields=sorted(texts), budget=wanted != there)
        if wanted != there:
            _write_lines(wanted, application)
            withdraw_changed(application, by=by)
    return application


def _write_lines(lines: list[Line], application: Application) -> None:
    BudgetLine.objects.filter(application=application).delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(
            community_id=application.community_id,
            application=application,
            year=line.year,
            source=line.source,
            party_id=line.party_id,
            label=line.label,
            nok=line.nok,
            order=order,
        )
        for order, line in enumerate(lines)
    )


def _check_period(values: Mapping[str, Any]) -> None:
    starts, ends = values["starts"], values["ends"]
    if starts and ends and ends < starts:
        raise Refused(
            "funds.period", _("The work ends before it begins. Choose a later last day."), field="ends"
        )
    if starts and ends and ends.year - starts.year >= LONGEST_YEARS:
        raise Refused(
            "funds.period_long",
            _("A project lasts at most %(years)s calendar years here.") % {"years": LONGEST_YEARS},
            field="ends",
        )
    if not values["title"]:
        raise Refused("funds.title", _("Give the application a title."), field="title")


_SOURCES = [*BudgetSource]


def _order(line: Line) -> tuple[int, str, int, int]:
    return (_SOURCES.index(BudgetSource(line.source)), line.label, line.party_id or 0, line.year)


def _check_lines(lines: list[Line], application: Application) -> None:
    here = {party.pk for party in community_parties(application.community_id)}
    for line in lines:
        if line.source == BudgetSource.PARTY and line.party_id not in here:
            raise Refused("funds.party", _("Choose a party of this helsefellesskap."))
    labels = [(line.source, line.label, line.year) for line in lines if line.label]
    if len(set(labels)) < len(labels):
        raise Refused("funds.label_twice", _("Two lines have the same name. Give each its own, or add them."))


def check_complete(application: Application) -> None:
    """Refuses to send what the reader would ask about."""
    for name, sentence in _NEEDED:
        if not getattr(application, name):
            raise Refused("funds.incomplete", sentence, field=name)


_NEEDED = (
    ("contact_name", _("Write who can be asked about the application.")),
    ("need", _("Write what the need is.")),
    ("work", _("Write what will be done.")),
    ("patient_groups", _("Choose at least one group of patients.")),
    ("effect", _("Write what will be better, and how one will see it.")),
    ("transfer_value", _("Write what others can take from it.")),
    ("starts", _("Choose when the work begins.")),
    ("ends", _("Choose when the work ends.")),
)


def check_sendable(application: Application, by: Actor) -> None:
    """Everything `submit` asks for, so that the page can say what is left."""
    check_may_write(application, by)
    if application.state != ApplicationState.INCOMPLETE:
        call = application.call
        check_takes_applications(state_of(call, by), call.opens, call.closed_on or call.closes)
    check_complete(application)
    check_money(application)
    check_agreed(application)


def check_money(application: Application) -> None:
    lines = as_lines(lines_of(application))
    check_budget(lines, period_years(application))
    check_frame(application.call.frame_nok, 0, total(lines, BudgetSource.GRANT))


def check_agreed(application: Application) -> None:
    """Both sides have said yes, each to its own share (reference: invariant 24)."""
    names = {party.pk: party.name for party in community_parties(application.community_id)}
    check_consents(
        as_given(standing(application)),
        shares_of(application),
        names,
        municipalities_needed=application.call.scheme.municipalities_needed,
    )


def settle(application: Application) -> None:
    """A locked draft becomes endorsed when both sides have said yes, and a draft again when they have not."""
    if application.state not in {ApplicationState.DRAFT, ApplicationState.ENDORSED}:
        return
    try:
        check_money(application)
        check_agreed(application)
    except Refused:
        if application.state == ApplicationState.ENDORSED:
            move(application, ApplicationState.DRAFT)
        return
    if application.state == ApplicationState.DRAFT:
        move(application, ApplicationState.ENDORSED)


def submit(application: Application, *, by: Actor) -> Application:
    """Send it, or send it again. Refuses without a yes from both sides (reference: invariant 24)."""
    with transaction.atomic():
        application = lock_application(application)
        check_sendable(application, by)
        settle(application)
        move(application, ApplicationState.SUBMITTED, submitted_on=by.today, correct_by=None)
        record(by=by, act="fund.submit", on=application, on_behalf_of=application.applicant)
    return application
