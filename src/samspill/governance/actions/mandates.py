"""A body gets a mandate, in versions: the newest that has begun holds, and the older ones stay to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Body, record
from samspill.governance.models import Decision, Mandate
from samspill.governance.permissions import check_may_act
from samspill.governance.rules.seating import check_mandate, in_words
from samspill.refusal import Refused


@dataclass(frozen=True)
class MandateWords:
    """What a mandate says; `given_by_words` is the decision that gave it, as people name it."""

    from_day: date
    purpose: str
    authority: str
    tasks: str = ""
    limits: str = ""
    lifts_to: Body | None = None
    reports_to: Body | None = None
    themes: Sequence[str] = ()
    review_on: date | None = None
    given_by: Decision | None = None
    given_by_words: str = ""


def lock_body(body: Body) -> Body:
    """The body as it stands, kept from others until the transaction ends."""
    locked = Body.objects.select_for_update(of=("self",)).filter(pk=body.pk).first()
    if locked is None:
        raise Refused("body.gone", _("The body is not here any more. Go back to the list."))
    return locked


def set_mandate(body: Body, words: MandateWords, *, by: Actor) -> Mandate:
    """The next version of the body's mandate, from a day after that of the last; the same day corrects it.

    Refuses a mandate without authority or purpose, limits that are not written, a body that lifts to itself,
    and a day before the newest version.
    """
    check_may_act(by, "bodies.manage", body)
    check_mandate(words.authority, words.purpose, words.limits)
    _check_others(body, words)
    with transaction.atomic():
        body = lock_body(body)
        newest = Mandate.objects.filter(body=body).order_by("-from_day").first()
        if newest and words.from_day < newest.from_day:
            raise Refused(
                "mandate.earlier",
                _("The newest version holds from %(day)s. Choose that day to correct it, or a later one.")
                % {"day": in_words(newest.from_day)},
                field="from_day",
            )
        corrected = newest if newest and newest.from_day == words.from_day else None
        mandate = corrected or Mandate(
            community_id=body.community_id, body=body, version=_next(body), from_day=words.from_day
        )
        _write(mandate, words)
        record(by=by, act="mandate.set", on=mandate, title=body.name, body=body.pk, version=mandate.version)
    return mandate


def _next(body: Body) -> int:
    return (Mandate.objects.filter(body=body).aggregate(last=Max("version"))["last"] or 0) + 1


def _write(mandate: Mandate, words: MandateWords) -> None:
    mandate.purpose, mandate.tasks = words.purpose.strip(), words.tasks.strip()
    mandate.authority, mandate.limits = words.authority, words.limits.strip()
    mandate.lifts_to, mandate.reports_to = words.lifts_to, words.reports_to
    mandate.themes, mandate.review_on = list(words.themes), words.review_on
    mandate.given_by, mandate.given_by_words = words.given_by, words.given_by_words.strip()[:200]
    mandate.save()


def _check_others(body: Body, words: MandateWords) -> None:
    for field in ("lifts_to", "reports_to"):
        other: Body | None = getattr(words, field)
        if other is not None and (other.pk == body.pk or other.community_id != body.community_id):
            raise Refused("mandate.body", _("Choose another body of the same helsefellesskap."), field=field)
    if words.review_on and words.review_on <= words.from_day:
        raise Refused(
            "mandate.review",
            _("The mandate is to be looked at again after it begins. Choose a later day."),
            field="review_on",
        )
