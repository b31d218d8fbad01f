"""The baseline of `fhir_ingest`: a bare view that validates with fhir.resources and does the same inserts.

No middleware, no token, no decision, no limits looked up: whose transaction it is and the decision it rests
on are given to the process, and set in one statement so that the database lets the rows in.
"""

import hashlib
import json
import os
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.config.settings")

import django
from django.conf import settings

settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "benchmarks.fhir_bare"
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402
from fhir.resources.R4B.observation import Observation  # noqa: E402

from samspill.care import models  # noqa: E402

GIVEN = json.loads(os.environ.get("BENCH_FHIR", "{}"))
SCOPE = (
    "SELECT set_config('samspill.community', %s, true), set_config('samspill.account', %s, true),"
    " set_config('samspill.decisions', %s, true)"
)
LONG = timedelta(minutes=1)


def keep(request: HttpRequest) -> HttpResponse:
    """One Observation in, the same rows written as Samspill writes, the Observation out."""
    said = json.loads(request.body)
    checked = Observation.model_validate(said)
    patient = GIVEN["patients"][said["subject"]["identifier"]["value"]]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SCOPE, [GIVEN["community"], GIVEN["account"], f"{{{patient['decision']}}}"])
        made = _insert(said, patient)
    answer = checked.model_dump_json() if made else ""
    return HttpResponse(answer, status=201, content_type="application/fhir+json")


def _insert(said: dict[str, Any], patient: dict[str, int]) -> models.Measurement:
    now = datetime.now(UTC)
    about: dict[str, Any] = {
        "community_id": GIVEN["community"],
        "tenant_id": GIVEN["tenant"],
        "patient_id": patient["id"],
    }
    print_of_it = hashlib.sha256(json.dumps(said).encode()).hexdigest()
    models.UsedId.objects.create(key=hashlib.sha256(uuid.uuid4().bytes).hexdigest(), until=now + LONG)
    models.AccessLogEntry.objects.create(
        community_id=GIVEN["community"], decision_id=patient["decision"], by_id=GIVEN["account"],
        by_name="bare", patient_id=patient["id"], act="write", what="fhir.Observation",
    )  # fmt: skip
    parts = {
        one["code"]["coding"][0]["code"]: str(one["valueQuantity"]["value"]) for one in said["component"]
    }
    measurement = models.Measurement.objects.create(
        **about, indicator_id=patient["indicator"], code="85354-9", value=parts, unit="mm[Hg]",
        sent_value=said["component"], sent_unit="mm[Hg]", entered="system", by_name="bare",
        effective=said["effectiveDateTime"], fingerprint=print_of_it, by_id=GIVEN["account"],
    )  # fmt: skip
    models.MeasurementSource.objects.create(
        **about, measurement=measurement, system="bare", number=print_of_it, by_id=GIVEN["account"]
    )
    models.TriageResult.objects.create(
        **about, measurement=measurement, colour="green", kind="inside", engine="bare"
    )
    models.Outgoing.objects.create(
        **about, receiver_id=GIVEN["receiver"], team_id=GIVEN["team"], number=uuid.uuid4(),
        measurement=measurement, made=now, next_try=now,
    )  # fmt: skip
    return measurement


urlpatterns = [path("fhir/Observation", keep), path("fhir/metadata", lambda request: HttpResponse())]
application = get_wsgi_application()
