"""Communities, bodies and who sits in them. OParl calls a body Organization; Popolo calls a seat a Post."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Bloc, Body, BodyKind, Community
from samspill.governance.models import Tenure
from samspill.governance.open_api.shapes import (
    DAY,
    FLAG,
    ID,
    LANGUAGE,
    SOME_DAY,
    SOME_ID,
    TEXT,
    URL,
    Field,
    Filter,
    Resource,
    one_of,
    some_of,
)
from samspill.governance.queries.open_addresses import path_of_body
from samspill.governance.states import Represents, Role

OF_COMMUNITY = Filter("community", ID, _("Only of the helsefellesskap with this id"))
HTML = Field(URL, _("The page for people"))
COMMUNITY = Field(ID, _("The helsefellesskap it belongs to"))


def _community(row: Community, origin: str) -> dict[str, Any]:
    return {
        "id": row.pk,
        "code": row.code,
        "name": row.name,
        "fullName": row.full_name,
        "language": row.written_form,
        "healthRegion": row.health_region,
        "html": origin + reverse("directory:community", args=[row.slug]),
    }


def _body(row: Body, origin: str) -> dict[str, Any]:
    return {
        "id": row.pk,
        "community": row.community_id,
        "name": row.name,
        "shortName": row.short_name,
        "classification": row.kind,
        "parent": row.parent_id,
        "startDate": row.starts and row.starts.isoformat(),
        "endDate": row.ends and row.ends.isoformat(),
        "html": origin + path_of_body(row.pk),
    }


def _tenure(row: Tenure, origin: str) -> dict[str, Any]:
    return {
        "id": row.pk,
        "community": row.community_id,
        "body": row.seat.body_id,
        "name": row.name,
        "title": row.title,
        "role": row.role,
        "post": str(row.seat),
        "represents": row.seat.represents,
        "bloc": row.seat.bloc or None,
        "votingRight": row.seat.may_vote,
        "startDate": row.from_day.isoformat(),
        "endDate": row.to_day and row.to_day.isoformat(),
        "html": origin + path_of_body(row.seat.body_id),
    }


COMMUNITIES = Resource(
    "communities",
    "Community",
    _("Helsefellesskap"),
    _("A hospital trust and its municipalities, as equal partners."),
    {
        "id": Field(ID, _("Its number here")),
        "code": Field(TEXT, _("Its code in the register")),
        "name": Field(TEXT, _("What it is called for short")),
        "fullName": Field(TEXT, _("Its whole name")),
        "language": Field(LANGUAGE, _("The written form it uses")),
        "healthRegion": Field(TEXT, _("The health region")),
        "html": HTML,
    },
    lambda: Community.objects.all(),
    _community,
)
BODIES = Resource(
    "bodies",
    "Body",
    _("Bodies"),
    _("Committees, networks and secretariats."),
    {
        "id": Field(ID, _("Its number here")),
        "community": COMMUNITY,
        "name": Field(TEXT, _("Its whole name")),
        "shortName": Field(TEXT, _("What its people call it")),
        "classification": Field(one_of(BodyKind), _("What kind of body it is")),
        "parent": Field(SOME_ID, _("The body above it")),
        "startDate": Field(SOME_DAY, _("Its first day")),
        "endDate": Field(SOME_DAY, _("The day it was ended")),
        "html": HTML,
    },
    lambda: Body.objects.filter(Body.open_rows()),
    _body,
    {"community": OF_COMMUNITY, "classification": Filter("kind", one_of(BodyKind), _("Only of this kind"))},
)
MEMBERSHIPS = Resource(
    "compositions",
    "Membership",
    _("Compositions"),
    _("Who holds or held which seat in which body, from when until when."),
    {
        "id": Field(ID, _("Its number here")),
        "community": COMMUNITY,
        "body": Field(ID, _("The body")),
        "name": Field(TEXT, _("Who it is")),
        "title": Field(TEXT, _("What they work as")),
        "role": Field(one_of(Role), _("What they are in the body")),
        "post": Field(TEXT, _("The seat, by whom it speaks for")),
        "represents": Field(one_of(Represents), _("What kind of voice the seat is")),
        "bloc": Field(some_of(Bloc), _("The side it counts for")),
        "votingRight": Field(FLAG, _("Whether the seat has a vote")),
        "startDate": Field(DAY, _("The first day")),
        "endDate": Field(SOME_DAY, _("The day it ended; that day is not counted")),
        "html": HTML,
    },
    lambda: Tenure.objects.filter(Tenure.open_rows()).select_related(
        "seat__party", "seat__region", "seat__organisation"
    ),
    _tenure,
    {"community": OF_COMMUNITY, "body": Filter("seat__body", ID, _("Only of the body with this id"))},
)
