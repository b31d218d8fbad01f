"""Who comes to the FHIR face, and what each should be told there: by `factories.followed`, nothing else."""

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from django.db import models
from django.test import override_settings
from django.utils import timezone

from factories.followed import NEAR, PATIENTS, SYSTEMS, Society, hidden_from, may_see
from factories.machines import KEY, System, system
from samspill.care.actions.opening import opening_by_duty
from samspill.care.models import (
    Alert,
    Block,
    CareEpisode,
    Measurement,
    MeasurementSource,
    MedicationLine,
    MedicationList,
    Message,
    Patient,
    PatientIndicator,
    RelatedPerson,
    SafetyNetPlan,
)
from samspill.directory.public import Account, scope
from samspill.directory.trust.public import LocalIssuer

ISSUER = "https://helseid.example"
_ids = count(1)


@dataclass(frozen=True)
class Told:
    """Which rows a type of resource tells of, and as which kind of information a patient blocks them."""

    of: type[models.Model]
    part: str = ""
    only: tuple[tuple[str, Any], ...] = ()
    own: bool = False


ABOUT = {
    "CarePlan": Told(SafetyNetPlan, "safety_net"),
    "Communication": Told(Message, "messages"),
    "Consent": Told(Block, own=True),
    "EpisodeOfCare": Told(CareEpisode),
    "Goal": Told(PatientIndicator, "measurements", (("limits__isnull", False),)),
    "List": Told(MedicationList, "medication", (("signed_at__isnull", False),)),
    "MedicationStatement": Told(MedicationLine, "medication", (("list__signed_at__isnull", False),)),
    "Observation": Told(Measurement, "measurements"),
    "Patient": Told(Patient),
    "Provenance": Told(MeasurementSource, "measurements"),
    "QuestionnaireResponse": Told(Measurement, "measurements", (("indicator__kind", "asked"),)),
    "RelatedPerson": Told(RelatedPerson, "contacts"),
    "ServiceRequest": Told(PatientIndicator, "measurements"),
    "Task": Told(Alert, "measurements"),
}
"""By type. Consents are told to the patient alone; the log is tried by itself (`AuditEvent`)."""
Rows = dict[str, dict[str, set[tuple[str, int | None]]]]
"""Patient -> type -> (id of the resource, organisation in whose record it stands; None: in all)."""


def every_row(society: Society) -> Rows:
    """What there is, as Samspill itself sees it on duty."""
    world, found = society.world, defaultdict[str, dict[str, set[tuple[str, int | None]]]](dict)
    with scope(world.machine), opening_by_duty(by=world.machine):
        for kind, told in ABOUT.items():
            rows = list(told.of._default_manager.filter(**dict(told.only)).distinct())
            for name in PATIENTS:
                pk = world.patients[name].pk
                found[name][kind] = {
                    (_id(row, pk), getattr(row, "tenant_id", None) if _is_of_a_record(told.of) else None)
                    for row in rows
                    if (row.pk if told.of is Patient else row.patient_id) == pk
                }
    return found


def _is_of_a_record(model: type[models.Model]) -> bool:
    """The patient, those near and the patient's no are the same in every record."""
    return model not in (Patient, RelatedPerson, Block)


def _id(row: Any, patient: int) -> str:
    return str(patient) if isinstance(row, Patient) else f"{patient}-{row.pk}"


def may_be_told(who: str, name: str, rows: Rows, society: Society) -> dict[str, set[str]]:
    """By type, the ids of all that `who` may be told about the patient, and no others."""
    records = {society.world.parties[one].pk for one in may_see(who, name)}
    hidden = hidden_from(who, name)
    return {
        kind: {
            pk
            for pk, tenant in rows[name][kind]
            if records
            and told.part not in hidden
            and tenant in {None, *records}
            and (not told.own or who == name)
        }
        for kind, told in ABOUT.items()
    }


@contextmanager
def callers(society: Society, folder: Path) -> Iterator[dict[str, System]]:
    """Every system, and every person with a token of an issuer we trust, by name."""
    found = {
        one.who: system(society.world, one.team, name=f"system-{one.team}".casefold()) for one in SYSTEMS
    }
    issuer = LocalIssuer(ISSUER, "samspill", KEY, lambda: f"token-{next(_ids)}")
    trusted = folder / "issuers.json"
    trusted.write_text(
        json.dumps([{"issuer": ISSUER, "audience": "samspill", "jwks": issuer.published_keys()}]), "utf-8"
    )
    any_system = next(iter(found.values()))
    with override_settings(FHIR_ISSUERS=str(trusted)):
        for who, actor in society.people.items():
            Account.objects.filter(pk=actor.account_id).update(issuer=ISSUER, subject=who)
            found[who] = replace(any_system, token=_token(issuer, who))
        yield found


def _token(issuer: LocalIssuer, who: str) -> str:
    is_citizen = any(one.who == who for one in NEAR) or who in PATIENTS
    return issuer.person_token(
        client_id="an app",
        subject=who,
        pid="13916990094",
        name=who,
        scopes=("patient/*.rs",) if is_citizen else ("user/*.rs",),
        now=timezone.now().timestamp(),
        thumbprint=str(KEY.thumbprint()),
    )
