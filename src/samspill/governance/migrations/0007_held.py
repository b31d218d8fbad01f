"""No row of governance is saved with somebody's fødselsnummer in any of its texts, whatever wrote it."""

from django.db import migrations

from samspill.governance.identity_guard import FUNCTIONS, NO_FUNCTIONS, guarded

# Not here: what is made again from its thing, an address of a video room, and a reader's own subscription.
WITH_WORDS = (
    "governance_agendaitem",
    "governance_agendaversion",
    "governance_anchoringanswer",
    "governance_anchoringround",
    "governance_appointmentround",
    "governance_case",
    "governance_casebrief",
    "governance_casetext",
    "governance_conflictassessment",
    "governance_consultation",
    "governance_consultationquestion",
    "governance_contribution",
    "governance_decision",
    "governance_decisionparty",
    "governance_decisionpoint",
    "governance_delivery",
    "governance_dissent",
    "governance_followupreport",
    "governance_forwarding",
    "governance_jointtext",
    "governance_mandate",
    "governance_meeting",
    "governance_meetingplan",
    "governance_minuteremark",
    "governance_minutes",
    "governance_minutesaddendum",
    "governance_minutesversion",
    "governance_minutetext",
    "governance_nomination",
    "governance_paper",
    "governance_paperversion",
    "governance_privatenote",
    "governance_raisedpoint",
    "governance_seat",
    "governance_seatrule",
    "governance_statement",
    "governance_statementrequest",
    "governance_tenure",
)


class Migration(migrations.Migration):

    dependencies = [
        ("governance", "0006_speed"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        guarded(*WITH_WORDS),
    ]
