"""Patients are kept apart by tenant and decision, and a decision rests on something that is true."""

from pathlib import Path

from django.db import migrations
from django.db.migrations import RunSQL

from samspill.care.isolation import BY_ME, CARRIED, OWN, shield
from samspill.directory.public import ACCOUNT, append_only, isolate, policies

FUNCTIONS = Path(__file__).with_name("0002_decisions.sql").read_text("utf-8")
MY_OWN_LOG = (
    f"EXISTS (SELECT FROM care_accessdecision d WHERE {CARRIED} AND d.basis = 'own_record_patient' "
    "AND (d.patient_id = care_accesslogentry.patient_id OR d.patient_id = ANY (care_accesslogentry.patients)))"
)


class Migration(migrations.Migration):
    dependencies = [("care", "0001_initial"), ("directory", "0002_isolation")]

    operations = [
        isolate("care_careteam"),
        isolate("care_teammembership"),
        isolate("care_serviceagreement"),
        RunSQL(policies("care_accessdecision", read=f"{OWN} AND {BY_ME}", write=f"{OWN} AND {BY_ME}")),
        append_only("care_accessdecision"),
        shield("care_patient", patient="id", tenant="", fact=True),
        shield("care_relatedperson", tenant="", fact=True, also=f"account_id = {ACCOUNT}"),
        shield("care_block", tenant="", fact=True),
        shield("care_careepisode", fact=True),
        RunSQL(
            policies(
                "care_accesslogentry", read=f"{OWN} AND ({BY_ME} OR {MY_OWN_LOG})", write=f"{OWN} AND {BY_ME}"
            )
        ),
        append_only("care_accesslogentry"),
        RunSQL(FUNCTIONS),
    ]
