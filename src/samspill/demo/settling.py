"""Regions, bodies and people of a community."""

from datetime import date

from samspill.demo.cast import Player
from samspill.demo.stage import Stage
from samspill.demo.world import PersonFact, RoleFact, on
from samspill.directory import register
from samspill.directory.public import (
    Account,
    Body,
    Community,
    NewMember,
    Party,
    add_body,
    add_member,
    add_region,
    machine,
    parties_of,
    scope,
)


def settle(stage: Stage) -> None:
    """Everybody who is there before the plan: first who they act for, then themselves."""
    _make_regions(stage)
    _make_bodies(stage)
    for person in stage.world.people:
        let_in(person, stage)


def _make_regions(stage: Stage) -> None:
    """The register knows which municipalities speak with one voice; what such a region is called we know."""
    if not stage.world.region_kind:
        return
    parties = {party.municipality_code: party for party in parties_of(stage.community, stage.today)}
    for fact in register.regions(stage.community.code):
        add_region(
            community=stage.community,
            name=fact.name,
            kind=stage.world.region_kind,
            municipalities=[parties[code] for code in fact.municipality_codes],
            from_day=register.COMPLETE_FROM,
            by=stage.machine,
        )


def _make_bodies(stage: Stage) -> None:
    made: dict[str, Body] = {}
    for fact in stage.world.bodies:
        made[fact.short] = add_body(
            community=stage.community,
            kind=fact.kind,
            name=fact.name,
            short_name=fact.short,
            parent=made.get(fact.parent),
            starts=fact.starts,
            by=stage.machine,
        )


def let_in(person: PersonFact, stage: Stage) -> None:
    """With every role; who is on the sign-in page gets a password."""
    player = stage.cast[person.key]
    for role in person.roles:
        account = _give_role(player, person.title, role, stage)
    if player.password:
        account.set_password(player.password)
        account.save(update_fields=["password"])


def _give_role(player: Player, title: str, role: RoleFact, stage: Stage) -> Account:
    community = Community.objects.get(slug=role.community) if role.community else stage.community
    by = machine(community.pk, stage.today)
    with scope(by):
        return add_member(
            community=community,
            new=NewMember(
                name=player.name,
                email=player.email,
                role=role.role,
                from_day=on(role.since, stage.today),
                to_day=_end(role, stage.today),
                title=title,
            ),
            party=_party(role, community),
            body=_body(role, community),
            by=by,
        ).account


def _end(role: RoleFact, today: date) -> date | None:
    return None if role.until is None else on(role.until, today)


def _party(role: RoleFact, community: Community) -> Party | None:
    return Party.objects.get(community=community, short_name=role.party) if role.party else None


def _body(role: RoleFact, community: Community) -> Body | None:
    return Body.objects.get(community=community, short_name=role.body) if role.body else None
