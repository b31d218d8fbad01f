"""Add somebody to a community: a party, a body, a region."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.actor import Actor
from samspill.directory.audit import record
from samspill.directory.models import Body, Community, Party, Region, RegionMunicipality
from samspill.directory.permissions import check_may
from samspill.directory.queries import in_force_on
from samspill.directory.registries import INDEXERS
from samspill.directory.states import PartyKind
from samspill.refusal import Refused


def add_party(
    *, community: Community, kind: str, name: str, by: Actor, orgnr: str = "", municipality_code: str = "",
    short_name: str = "", joined: date | None = None,
) -> Party:  # fmt: skip
    """A new municipality or health trust of the community. Refuses a municipality that is a party already."""
    check_may(by, "directory.manage_parties")
    check_municipality_is_free(municipality_code)
    try:
        with transaction.atomic():
            party = Party.objects.create(
                community=community,
                kind=kind,
                name=name,
                short_name=short_name,
                orgnr=orgnr,
                municipality_code=municipality_code if kind == PartyKind.MUNICIPALITY else "",
                written_form=community.written_form,
                joined=joined,
            )
            record(by=by, act="party.add", on=party)
            INDEXERS["directory"](community.pk)
    except IntegrityError as error:
        if "party_municipality_has_code" in str(error):
            raise Refused(
                "party.no_code", _("A municipality needs its four-digit number."), field="municipality_code"
            ) from error
        raise
    return party


def check_municipality_is_free(code: str) -> None:
    """Refuses a municipality code that a party of any community holds today."""
    holder = (
        Party.objects.filter(municipality_code=code, left__isnull=True).select_related("community").first()
        if code
        else None
    )
    if holder is not None:
        raise Refused(
            "party.code_taken",
            _("Number %(code)s is %(name)s, a party of %(community)s already. Check the number.")
            % {"code": code, "name": holder.name, "community": holder.community.full_name},
            field="municipality_code",
        )


def add_body(
    *,
    community: Community,
    kind: str,
    name: str,
    by: Actor,
    short_name: str = "",
    parent: Body | None = None,
    starts: date | None = None,
    ends: date | None = None,
) -> Body:
    """A new committee, network or secretariat. Refuses a name that is taken and an end before the start."""
    check_may(by, "directory.manage_parties")
    if starts and ends and ends <= starts:
        raise Refused(
            "body.dates", _("The last day is before the first day. Change one of them."), field="ends"
        )
    if Body.objects.filter(community=community, name=name).exists():
        raise Refused(
            "body.name_taken",
            _("There is a body called «%(name)s» already. Choose another name.") % {"name": name},
            field="name",
        )
    with transaction.atomic():
        body = Body.objects.create(
            community=community,
            kind=kind,
            name=name,
            short_name=short_name,
            parent=parent,
            starts=starts,
            ends=ends,
        )
        record(by=by, act="body.add", on=body)
        INDEXERS["directory"](community.pk)
    return body


def add_region(
    *,
    community: Community,
    name: str,
    kind: str,
    municipalities: Sequence[Party],
    from_day: date,
    by: Actor,
) -> Region:
    """Municipalities that speak with one voice from `from_day`; `kind` is what the community calls a region.

    Refuses a region without municipalities, a name that is taken, and a municipality that speaks with
    another voice of the same kind then.
    """
    check_may(by, "directory.manage_parties")
    if not municipalities:
        raise Refused("region.empty", _("Choose the municipalities of the region."), field="municipalities")
    if Region.objects.filter(community=community, kind__iexact=kind, name__iexact=name).exists():
        raise Refused(
            "region.name_taken",
            _("There is a region called «%(name)s» already. Choose another name.") % {"name": name},
            field="name",
        )
    _check_one_voice(community, kind, municipalities, from_day)
    with transaction.atomic():
        region = Region.objects.create(community=community, name=name, kind=kind)
        RegionMunicipality.objects.bulk_create(
            RegionMunicipality(community=community, region=region, party=party, from_day=from_day)
            for party in municipalities
        )
        record(by=by, act="region.add", on=region)
    return region


def _check_one_voice(community: Community, kind: str, parties: Sequence[Party], day: date) -> None:
    held = RegionMunicipality.objects.filter(
        in_force_on(day), community=community, region__kind__iexact=kind, party__in=parties
    )
    taken = held.select_related("party", "region").first()
    if taken is not None:
        raise Refused(
            "region.municipality_taken",
            _("%(municipality)s is in %(region)s already. Choose other municipalities, or a later day.")
            % {"municipality": taken.party, "region": taken.region.name},
            field="municipalities",
        )
