"""Who follows the patient, why, and what is watched: EpisodeOfCare, CareTeam and ServiceRequest."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from samspill.care.public import CareEpisode, CareTeam, Opened, PatientIndicator, TeamMembership, ThresholdSet
from samspill.fhir.http.addresses import joined_id
from samspill.fhir.http.reply import Call, Json
from samspill.fhir.mapping.common import (
    OWN,
    coded,
    measured,
    period,
    reference,
    resource,
    without_nothing,
)
from samspill.fhir.mapping.limits import limits_extension
from samspill.fhir.serving.kinds import Kind
from samspill.fhir.serving.parameters import beginning, day, token


def _episodes(call: Call, opened: Opened | None) -> QuerySet:
    assert opened is not None  # noqa: S101 - a kind of a patient is asked for inside `opening`
    return CareEpisode.objects.filter(patient=opened.patient).select_related("team", "tenant")


def _episode(row: CareEpisode, call: Call, opened: Opened | None) -> Json:
    made = resource("EpisodeOfCare", joined_id(row.patient_id, row.pk)) | {
        "status": row.state,
        "type": [{"text": row.reason}],
        "patient": reference("Patient", row.patient_id),
        "managingOrganization": reference("Organization", row.tenant_id, str(row.tenant)),
        "period": period(row.from_day, row.to_day),
        "team": [reference("CareTeam", row.team_id, row.team.name)],
    }
    return without_nothing(made)


EPISODES = Kind(
    "EpisodeOfCare",
    _episodes,
    _episode,
    filters={"status": token("state"), "date": day("from_day")},
)


def _teams(call: Call, opened: Opened | None) -> QuerySet:
    members = TeamMembership.objects.filter(
        Q(to_day__isnull=True) | Q(to_day__gt=call.actor.today), from_day__lte=call.actor.today
    )
    return (
        CareTeam.objects.visible_to(call.actor)
        .select_related("tenant")
        .prefetch_related(Prefetch("memberships", members.select_related("account"), to_attr="now"))
    )


def _team(row: Any, call: Call, opened: Opened | None) -> Json:
    is_over = row.ends is not None and row.ends <= call.actor.today
    made = resource("CareTeam", str(row.pk)) | {
        "status": "inactive" if is_over else "active",
        "category": [coded(OWN, row.kind)],
        "name": row.name,
        "period": period(row.starts, row.ends),
        "participant": [
            {"member": reference("PractitionerRole", one.pk, one.account.name)} for one in row.now
        ],
        "managingOrganization": [reference("Organization", row.tenant_id, str(row.tenant))],
        "telecom": [{"system": "phone", "value": row.phone}] if row.phone else [],
    }
    return without_nothing(made)


TEAMS = Kind(
    "CareTeam",
    _teams,
    _team,
    filters={
        "name": beginning("name"),
        "category": token("kind"),
    },
    order=("name", "pk"),
    of_patient=False,
)


def _indicators(call: Call, opened: Opened | None) -> QuerySet:
    assert opened is not None  # noqa: S101 - as above
    limits = ThresholdSet.objects.order_by("-version")
    return (
        PatientIndicator.objects.filter(patient=opened.patient)
        .select_related("episode")
        .prefetch_related(Prefetch("limits", limits, to_attr="versions"))
    )


def _indicator(row: Any, call: Call, opened: Opened | None) -> Json:
    newest = row.versions[0] if row.versions else None
    made = resource("ServiceRequest", joined_id(row.patient_id, row.pk)) | {
        "extension": limits_extension(newest.version, newest.rule, row.unit) if newest else [],
        "status": "completed" if row.ends else "active",
        "intent": "order",
        "code": measured(row.code) | {"text": row.name},
        "subject": reference("Patient", row.patient_id),
        "occurrencePeriod": period(row.episode.from_day, row.ends),
        "performer": [reference("CareTeam", row.episode.team_id)],
    }
    return without_nothing(made)


INDICATORS = Kind(
    "ServiceRequest",
    _indicators,
    _indicator,
    part="measurements",
    filters={"code": token("code")},
    order=("order", "pk"),
)
