"""Bring the nineteen communities and their parties into the database from the register. Safe to repeat."""

from datetime import date

from django.db import transaction

from samspill.directory import register
from samspill.directory.actor import machine
from samspill.directory.isolation import scope
from samspill.directory.models import Community, Party
from samspill.directory.registries import INDEXERS
from samspill.directory.states import PartyKind


def sync_register(*, today: date) -> int:
    """Make communities, health trusts and municipalities as the register has them on `today`.

    Names follow the register; a municipality that is no longer there gets a `left` day and is kept.
    Returns how many parties were made or changed.
    """
    changed = 0
    with transaction.atomic():
        for fact in register.communities():
            community, _ = Community.objects.update_or_create(
                code=fact.code,
                defaults={
                    "slug": fact.slug,
                    "name": fact.name,
                    "full_name": fact.full_name,
                    "written_form": fact.written_form,
                    "health_region": fact.health_region,
                },
            )
            with scope(machine(community.pk, today)):
                here = _sync_parties(community, fact, today)
                if here:
                    INDEXERS["directory"](community.pk)
                changed += here
    return changed


def _sync_parties(community: Community, fact: register.CommunityFact, today: date) -> int:
    wanted = {
        municipality.code: municipality.name
        for municipality in register.municipalities(today)
        if municipality.community_code == fact.code
    }
    parties = list(Party.objects.filter(community=community))
    known = {party.municipality_code: party for party in parties if party.kind == PartyKind.MUNICIPALITY}
    trusts = {party.orgnr: party for party in parties if party.kind == PartyKind.HEALTH_TRUST}
    changed = _sync_trust(community, fact, trusts.get(fact.trust_orgnr))
    for code, name in wanted.items():
        changed += _sync_municipality(community, code, name, known.get(code))
    gone = [party for code, party in known.items() if code not in wanted and party.left is None]
    for party in gone:
        party.left = today
        party.save(update_fields=["left"])
    return changed + len(gone)


def _sync_municipality(community: Community, code: str, name: str, party: Party | None) -> int:
    if party is None:
        Party.objects.create(
            community=community,
            kind=PartyKind.MUNICIPALITY,
            name=f"{name} kommune",
            short_name=name,
            municipality_code=code,
            written_form=community.written_form,
        )
        return 1
    if party.short_name == name and party.left is None:
        return 0
    party.name, party.short_name, party.left = f"{name} kommune", name, None
    party.save(update_fields=["name", "short_name", "left"])
    return 1


def _sync_trust(community: Community, fact: register.CommunityFact, party: Party | None) -> int:
    if party is not None:
        return 0
    Party.objects.create(
        community=community,
        kind=PartyKind.HEALTH_TRUST,
        name=fact.trust_name,
        short_name=fact.trust_short_name,
        orgnr=fact.trust_orgnr,
        written_form=community.written_form,
    )
    return 1
