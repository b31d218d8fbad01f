"""What user representatives meet: the cases of their next meeting in plain words, and each other."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Brief, Wanted, in_force_on, read_for
from samspill.governance.meeting_wording import name_and_day
from samspill.governance.models import Meeting, Tenure
from samspill.governance.permissions import is_secretariat
from samspill.governance.queries.bodies import held_by, tenures_of
from samspill.governance.queries.reading import in_plain_words
from samspill.governance.states import ANNOUNCED, COMING


def user_bodies(actor: Actor) -> set[int]:
    """Bodies the actor sits in for patients and their families. 1 query, none for the secretariat."""
    return _for_users(_seats(actor))


def _seats(actor: Actor) -> list[Tenure]:
    if actor.community_id is None or not actor.is_known or is_secretariat(actor):
        return []
    return list(tenures_of(actor))


def _for_users(tenures: Iterable[Tenure]) -> set[int]:
    return {one.seat.body_id for one in tenures if one.seat.is_user_seat}


def _wants(actor: Actor) -> dict[str, Wanted]:
    """Whether the actor sits for patients at all: few do, and everybody is asked."""
    if is_secretariat(actor):
        return {"seats": Wanted(Tenure.objects.none(), {})}
    return {"seats": Wanted(held_by(actor).filter(seat__is_user_seat=True), {})}


def user_view_brief(kind: str, community_id: int, actor: Actor) -> Brief | None:
    """For `BRIEFS["web.start"]` of a user representative: at most 7 queries, 1 for everybody else."""
    if kind != "web.start":
        return None
    if not read_for(_wants, actor)["seats"]:
        return None
    tenures = _seats(actor)
    bodies = _for_users(tenures)
    meeting = _next_called(bodies, actor)
    told = in_plain_words(meeting, actor, tenures) if meeting else []
    heading = (
        _("The cases of %(meeting)s, in plain words") % {"meeting": name_and_day(meeting, actor.today)}
        if meeting
        else _("No meeting of yours is called now")
    )
    context = {
        "heading": heading,
        "meeting": meeting,
        "url": reverse("governance:meeting", args=[meeting.pk]) if meeting else "",
        "reads": [one for one in told if one.case and not one.is_closed],
    }
    return Brief("governance/meetings/user_view.html", context)


def _next_called(bodies: set[int], actor: Actor) -> Meeting | None:
    coming = Meeting.objects.visible_to(actor).filter(
        body_id__in=bodies, state__in=sorted(ANNOUNCED & COMING), day__gte=actor.today
    )
    return coming.select_related("body", "community").order_by("day", "starts", "pk").first()


def other_users(actor: Actor, day: date) -> list[Tenure]:
    """Who else sits in a body for patients and their families on `day`, each person once. 1 query."""
    rows = (
        Tenure.objects.filter(in_force_on(day), community_id=actor.community_id or 0, seat__is_user_seat=True)
        .exclude(Q(person__isnull=False) & Q(person__account=actor.account_id))
        .select_related("person", "seat__body")
        .order_by("name", "pk")
    )
    found: dict[str, Tenure] = {}
    for one in rows:
        found.setdefault(f"{one.person_id or one.name}", one)
    return list(found.values())
