"""Governance is kept apart; what is released and not screened is open to read.

Each condition says the same as the model's `open_rows`.
"""

from django.db import migrations

from samspill.directory.public import ACCOUNT, append_only, isolate

OPEN = "true"
OPEN_CASES = "SELECT id FROM governance_case WHERE is_open AND access = 'public'"
OF_AN_OPEN_CASE = f"case_id IN ({OPEN_CASES})"
ANNOUNCED = "state IN ('called', 'under_way', 'held', 'minutes_out', 'minutes_approved')"
OF_AN_ANNOUNCED_MEETING = f"meeting_id IN (SELECT id FROM governance_meeting WHERE {ANNOUNCED})"
OPEN_DECISIONS = "SELECT id FROM governance_decision WHERE is_open"
OF_AN_OPEN_DECISION = f"decision_id IN ({OPEN_DECISIONS})"
OF_AN_OPEN_POINT = f"point_id IN (SELECT id FROM governance_decisionpoint WHERE {OF_AN_OPEN_DECISION})"
OF_AN_OPEN_FOLLOW_UP = f"follow_up_id IN (SELECT id FROM governance_followup WHERE {OF_AN_OPEN_POINT})"
OPEN_PAPER = f"is_open AND access = 'public' AND NOT is_removed AND (case_id IS NULL OR {OF_AN_OPEN_CASE})"
PUBLISHED = "SELECT id FROM governance_consultation WHERE state = 'published'"
OF_A_PUBLISHED = f"consultation_id IN ({PUBLISHED})"
OPEN_MINUTES = "state IN ('out', 'approved')"
OWN_NOTE = f"account_id = {ACCOUNT}"

WITHOUT_HISTORY = (
    "governance_casetext",
    "governance_casebrief",
    "governance_statement",
    "governance_anchoringanswer",
    "governance_agendaversion",
    "governance_followupreport",
    "governance_minutetext",
    "governance_minutesversion",
    "governance_minutesaddendum",
    "governance_contribution",
    "governance_jointtext",
)


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial"), ("directory", "0002_isolation")]

    operations = [
        isolate("governance_mandate", seen=OPEN),
        isolate("governance_representationrule", seen=OPEN),
        isolate("governance_seatrule", seen=OPEN),
        isolate("governance_seat", seen=OPEN),
        isolate("governance_tenure", seen=OPEN),
        isolate("governance_appointmentround"),
        isolate("governance_nomination"),
        isolate("governance_case", seen="is_open AND access = 'public'"),
        isolate("governance_casetext", history=False),
        isolate("governance_casebrief", seen=f"access = 'public' AND {OF_AN_OPEN_CASE}", history=False),
        isolate("governance_statementrequest"),
        isolate("governance_statement", seen=OF_AN_OPEN_CASE, history=False),
        isolate("governance_anchoringround", seen=OF_AN_OPEN_CASE),
        isolate(
            "governance_anchoringanswer",
            seen=f"round_id IN (SELECT id FROM governance_anchoringround WHERE {OF_AN_OPEN_CASE})",
            history=False,
        ),
        isolate("governance_paper", seen=OPEN_PAPER),
        isolate(
            "governance_paperversion",
            seen=f"scan IN ('clean', 'unscanned') AND paper_id IN (SELECT id FROM governance_paper WHERE {OPEN_PAPER})",
        ),
        isolate("governance_meetingplan", seen=OPEN),
        isolate("governance_meeting", seen=OPEN),
        isolate("governance_onlineroom"),
        isolate("governance_treatment", seen=OF_AN_OPEN_CASE),
        isolate(
            "governance_forwarding",
            seen=f"treatment_id IN (SELECT id FROM governance_treatment WHERE {OF_AN_OPEN_CASE})",
        ),
        isolate("governance_agendaitem", seen=f"NOT is_removed AND {OF_AN_ANNOUNCED_MEETING}"),
        isolate("governance_agendaversion", seen="is_public", history=False),
        isolate("governance_attendance"),
        isolate("governance_itemattendance"),
        isolate("governance_conflictassessment"),
        isolate("governance_privatenote"),
        isolate("governance_raisedpoint"),
        isolate("governance_decision", seen="is_open"),
        isolate("governance_decisionpoint", seen=OF_AN_OPEN_DECISION),
        isolate("governance_vote", seen=OF_AN_OPEN_DECISION),
        isolate("governance_dissent", seen=OF_AN_OPEN_DECISION),
        isolate("governance_followup", seen=OF_AN_OPEN_POINT),
        isolate("governance_followuphelper", seen=OF_AN_OPEN_FOLLOW_UP),
        isolate("governance_followupreport", seen=OF_AN_OPEN_FOLLOW_UP, history=False),
        isolate("governance_decisionparty", seen=OF_AN_OPEN_POINT),
        isolate("governance_minutetext", history=False),
        isolate("governance_minutes", seen=OPEN_MINUTES),
        isolate("governance_minutesversion", seen="is_public", history=False),
        isolate("governance_minuteremark"),
        isolate(
            "governance_minutesaddendum",
            seen="minutes_id IN (SELECT id FROM governance_minutes WHERE state = 'approved')",
            history=False,
        ),
        isolate("governance_consultation", seen="state = 'published'"),
        isolate("governance_consultationquestion", seen=OF_A_PUBLISHED),
        isolate("governance_contribution", history=False),
        isolate(
            "governance_jointtext",
            seen=f"question_id IN (SELECT id FROM governance_consultationquestion WHERE {OF_A_PUBLISHED})",
            history=False,
        ),
        isolate("governance_subscription"),
        isolate("governance_delivery"),
        # A private note is its writer's alone, also from others of the same helsefellesskap.
        migrations.RunSQL(
            [
                f"CREATE POLICY governance_privatenote_own ON governance_privatenote AS RESTRICTIVE "
                f"FOR ALL USING ({OWN_NOTE}) WITH CHECK ({OWN_NOTE})",
                f"CREATE POLICY governance_privatenoteevent_own ON governance_privatenoteevent AS RESTRICTIVE "
                f"FOR ALL USING ({OWN_NOTE}) WITH CHECK ({OWN_NOTE})",
            ],
            [
                "DROP POLICY governance_privatenote_own ON governance_privatenote",
                "DROP POLICY governance_privatenoteevent_own ON governance_privatenoteevent",
            ],
        ),
        append_only(*WITHOUT_HISTORY),
    ]
