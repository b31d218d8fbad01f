"""Where everybody writes to when they ask for access: chosen by the secretariat, and taken back."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, AuditEvent, record
from samspill.governance.models import AccessAddress
from samspill.governance.permissions import check_may_act
from samspill.refusal import Refused

CHOSEN, TAKEN_BACK = "access_address.choose", "access_address.back"
LONGEST = 254


def choose_access_address(email: str, *, by: Actor) -> AuditEvent:
    """Requests for access to the actor's helsefellesskap go to `email`; "" is the secretariat's own again."""
    check_may_act(by, "access.choose")
    email = email.strip()
    _check_email(email)
    with transaction.atomic():
        row = _locked(by)
        if row.email == email:
            raise Refused("access_address.same", _("It is this address already."), field="email")
        return _keep(row, email, by, CHOSEN)


def take_back_access_address(event: AuditEvent, *, by: Actor) -> AuditEvent:
    """What it was before `event`. Refuses when somebody has chosen another since."""
    check_may_act(by, "access.choose")
    with transaction.atomic():
        row = _locked(by)
        if row.email != event.details["after"]:
            raise Refused(
                "access_address.changed",
                _("The address has been changed since, so that cannot be undone. It stands here as it is."),
            )
        return _keep(row, event.details["before"], by, TAKEN_BACK)


def _check_email(email: str) -> None:
    try:
        if email:
            validate_email(email)
        if len(email) <= LONGEST:
            return
    except ValidationError:
        pass
    raise Refused(
        "access_address.email",
        _("This is no e-mail address. Check that it has a name, an @ and a place."),
        field="email",
    )


def _locked(by: Actor) -> AccessAddress:
    """The row of the actor's helsefellesskap, kept from others until the transaction ends."""
    assert by.community_id is not None  # noqa: S101  a role is held in a helsefellesskap
    here = by.community_id
    AccessAddress.objects.bulk_create([AccessAddress(community_id=here)], ignore_conflicts=True)
    return AccessAddress.objects.select_for_update().get(community_id=here)


def _keep(row: AccessAddress, email: str, by: Actor, act: str) -> AuditEvent:
    before, row.email = row.email, email
    row.save(update_fields=["email"])
    return record(by=by, act=act, on=row, title=str(row.community), before=before, after=email)
