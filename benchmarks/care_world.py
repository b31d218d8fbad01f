"""A shared nurse service for thirteen municipalities: five thousand patients, four hundred open alerts.

All are invented, and their numbers are of no person: they are written past what reads a number.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samspill.care.models import CareEpisode, CareTeam
    from samspill.directory.public import Account, Community

PATIENTS, ALERTS = 5_000, 400
WEIGHT = "29463-7"
LONG_AGO, LONG_BEFORE = date(2025, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)
GIVEN = ("Astrid", "Bjarne", "Gerd", "Kåre", "Omar", "Inger Lise", "Tormod", "Anne-Grete", "Sverre", "Åse")
FAMILY = ("Lunde", "Holtet", "Nymoen", "Aas", "Rashid", "Fjeld", "Bakke", "Moe", "Dalen", "Berg", "Vik")
LIMITS = {"red_low": "60", "yellow_low": "62", "yellow_high": "70", "red_high": "72"}
OUTSIDE = ("75", "71", "58", "71.5")
EMPTY, SHARED = "Tom liste", "Felles oppfølgingstjeneste"


def fill(community: "Community", *, patients: int = PATIENTS, alerts: int = ALERTS) -> "Account":
    """The service with its patients, a team without any, and the nurse who works in both."""
    from samspill.care.actions.opening import opening_by_duty
    from samspill.directory.public import machine, scope

    by = machine(community.pk, date.today())
    with scope(by):
        nurse, team, agreements = _service(community, by)
    with scope(by), opening_by_duty(by=by):
        episodes = _patients(community, team, agreements, patients)
        _watched(episodes)
        for episode, value in zip(episodes[:alerts], cycle(OUTSIDE), strict=False):
            weigh(episode, value, by)
    return nurse


def weigh(episode: "CareEpisode", value: str, by: Any) -> None:
    """As a weight comes in: held against the limits, with the alert and the list's row."""
    from samspill.care.actions.measuring import Incoming, take_in

    take_in(episode, Incoming(WEIGHT, value, "kg", datetime.now(tz=UTC)), by=by)


def _service(community: "Community", by: Any) -> tuple["Account", "CareTeam", Sequence[Any]]:
    from samspill.care.models import CareTeam, ServiceAgreement, TeamMembership
    from samspill.directory.public import NewMember, Party, add_member

    towns = list(Party.objects.filter(community=community, kind="municipality").order_by("pk"))
    new = NewMember(
        name="Torunn Eikeland", email="torunn@tjenesten.example", role="health_worker", from_day=LONG_AGO
    )
    nurse = add_member(community=community, new=new, by=by).account
    common = {"community": community, "tenant": towns[0], "kind": "nurse_service", "starts": LONG_AGO}
    teams = [CareTeam.objects.create(name=name, **common) for name in (SHARED, EMPTY)]
    for team in teams:
        TeamMembership.objects.create(
            community=community, team=team, account=nurse, function="nurse", from_day=LONG_AGO
        )
    agreements = [
        ServiceAgreement.objects.create(
            community=community,
            tenant=town,
            team=teams[0],
            rights=["read", "measure", "answer", "plan"],
            legal_basis="helse- og omsorgstjenesteloven § 3-1",
            from_day=LONG_AGO,
        )
        for town in towns
    ]
    return nurse, teams[0], agreements


def _patients(
    community: "Community", team: "CareTeam", agreements: Sequence[Any], count: int
) -> list["CareEpisode"]:
    from samspill.care.models import CareEpisode, Patient

    lives = [agreement for agreement, _number in zip(cycle(agreements), range(count), strict=False)]
    made = Patient.objects.bulk_create(
        Patient(
            community=community,
            given_name=GIVEN[number % len(GIVEN)],
            family_name=FAMILY[number % len(FAMILY)],
            number_kind="none",
            birth_date=date(1930, 1, 1) + timedelta(days=number * 4),
            municipality_id=agreement.tenant_id,
        )
        for number, agreement in enumerate(lives)
    )
    return CareEpisode.objects.bulk_create(
        CareEpisode(
            community=community,
            tenant_id=agreement.tenant_id,
            patient=patient,
            team=team,
            agreement=agreement,
            reason="Hjertesvikt",
            from_day=LONG_AGO,
        )
        for patient, agreement in zip(made, lives, strict=True)
    )


def _watched(episodes: Sequence["CareEpisode"]) -> None:
    from samspill.care.models import PatientIndicator, ThresholdSet

    owned = [
        {"community_id": one.community_id, "tenant_id": one.tenant_id, "patient_id": one.patient_id}
        for one in episodes
    ]
    signs = PatientIndicator.objects.bulk_create(
        PatientIndicator(**whose, episode=one, kind="measured", code=WEIGHT, name="Vekt", unit="kg")
        for whose, one in zip(owned, episodes, strict=True)
    )
    ThresholdSet.objects.bulk_create(
        ThresholdSet(
            **whose, indicator=sign, version=1, rule=LIMITS, valid_from=LONG_BEFORE, by_name="Samspill"
        )
        for whose, sign in zip(owned, signs, strict=True)
    )


def next_episodes(team: "CareTeam", after: int) -> Iterator["CareEpisode"]:
    """The patients nothing waits for. The community must be open by duty."""
    from samspill.care.models import CareEpisode

    yield from CareEpisode.objects.filter(team=team).order_by("pk")[after:]
