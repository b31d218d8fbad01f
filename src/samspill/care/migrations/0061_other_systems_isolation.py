"""What is sent stands behind the wall; a client is found by its name, and a patient by the whole number."""

from django.db import migrations
from django.db.migrations import RunSQL

from samspill.care.isolation import OWN, listed, shield
from samspill.directory.public import isolate

ASKED_CLIENT = "(SELECT NULLIF(current_setting('samspill.client', true), ''))"
ASKED_NUMBER = "(SELECT NULLIF(current_setting('samspill.number', true), ''))"


class Migration(migrations.Migration):
    dependencies = [("care", "0060_other_systems")]

    operations = [
        isolate("care_machineclient"),
        # Before anybody knows in which community it is: by the whole name, which the token says.
        RunSQL(
            f"CREATE POLICY care_machineclient_asked ON care_machineclient FOR SELECT USING (client_id = {ASKED_CLIENT})",
            "DROP POLICY care_machineclient_asked ON care_machineclient",
        ),
        isolate("care_receiver"),
        shield("care_outgoing", also=listed("care_outgoing")),
        # Who has the whole number of somebody learns whether they are here, and decides then.
        RunSQL(
            "CREATE POLICY care_patient_asked ON care_patient FOR SELECT "
            f"USING (care_patient.{OWN} AND national_number = {ASKED_NUMBER})",
            "DROP POLICY care_patient_asked ON care_patient",
        ),
    ]
