"""The stable address of every open thing: the same for everybody, signed in or not."""

from django.urls import NoReverseMatch, reverse

from samspill.governance.models import OpenEntry
from samspill.governance.states import OpenKind

PATHS = {
    OpenKind.DECISION: "/vedtak/{}/",
    OpenKind.CASE: "/saker/{}/",
    OpenKind.MEETING: "/moter/{}/",
    OpenKind.MINUTES: "/moter/{}/referat/",
    OpenKind.CONSULTATION: "/horinger/{}/",
}


def path_of(kind: str, thing_id: int) -> str:
    """Where a thing of `kind` is read; of minutes, `thing_id` is the meeting's."""
    if kind == OpenKind.PAPER:
        return reverse("governance:open-paper", args=[thing_id])
    try:
        return reverse(f"governance:{OpenKind(kind).value}", args=[thing_id])
    except NoReverseMatch:
        return PATHS[OpenKind(kind)].format(thing_id)


def path_of_entry(entry: OpenEntry) -> str:
    is_minutes = entry.kind == OpenKind.MINUTES
    return path_of(entry.kind, entry.meeting_id if is_minutes and entry.meeting_id else entry.thing_id)


def path_of_body(body_id: int) -> str:
    try:
        return reverse("governance:body", args=[body_id])
    except NoReverseMatch:
        return f"/organer/{body_id}/"
