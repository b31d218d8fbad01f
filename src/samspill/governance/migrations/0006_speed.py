"""What is open by the thing it belongs to is looked up by that thing's number, row by row.

Asked as «is it among all that are open», PostgreSQL reads all that are open in every helsefellesskap before it
shows one row, and takes no index to the rows it joins: half a second at 60,000 points. Asked as «does the one
it belongs to exist among them» it reads one row by its key. The conditions are those of 0002, word for word.
"""

from django.db import migrations

from samspill.directory.public import COMMUNITY

ANNOUNCED = "('called', 'under_way', 'held', 'minutes_out', 'minutes_approved')"


def _one(table: str, key: str, rest: str) -> str:
    """The row with this key is there, seen, and as `rest` says."""
    name = table.removeprefix("governance_")
    return f"EXISTS (SELECT FROM {table} the_{name} WHERE the_{name}.id = {key} AND {rest})"


def _case(key: str) -> str:
    return _one("governance_case", key, "the_case.is_open AND the_case.access = 'public'")


def _decision(key: str) -> str:
    return _one("governance_decision", key, "the_decision.is_open")


def _point(key: str) -> str:
    return _one("governance_decisionpoint", key, _decision("the_decisionpoint.decision_id"))


def _follow_up(key: str) -> str:
    return _one("governance_followup", key, _point("the_followup.point_id"))


def _paper(of: str) -> str:
    own = f"{of}is_open AND {of}access = 'public' AND NOT {of}is_removed"
    return f"{own} AND ({of}case_id IS NULL OR {_case(f'{of}case_id')})"


def _question(key: str) -> str:
    published = _one(
        "governance_consultation", "the_consultationquestion.consultation_id", "the_consultation.state = 'published'"
    )
    return _one("governance_consultationquestion", key, published)


SEEN = {
    "casebrief": f"governance_casebrief.access = 'public' AND {_case('governance_casebrief.case_id')}",
    "statement": _case("governance_statement.case_id"),
    "anchoringround": _case("governance_anchoringround.case_id"),
    "anchoringanswer": _one(
        "governance_anchoringround", "governance_anchoringanswer.round_id", _case("the_anchoringround.case_id")
    ),
    "paper": _paper("governance_paper."),
    "paperversion": "governance_paperversion.scan IN ('clean', 'unscanned') AND "
    + _one("governance_paper", "governance_paperversion.paper_id", _paper("the_paper.")),
    "treatment": _case("governance_treatment.case_id"),
    "forwarding": _one(
        "governance_treatment", "governance_forwarding.treatment_id", _case("the_treatment.case_id")
    ),
    "agendaitem": "NOT governance_agendaitem.is_removed AND "
    + _one("governance_meeting", "governance_agendaitem.meeting_id", f"the_meeting.state IN {ANNOUNCED}"),
    "decisionpoint": _decision("governance_decisionpoint.decision_id"),
    "vote": _decision("governance_vote.decision_id"),
    "dissent": _decision("governance_dissent.decision_id"),
    "followup": _point("governance_followup.point_id"),
    "followuphelper": _follow_up("governance_followuphelper.follow_up_id"),
    "followupreport": _follow_up("governance_followupreport.follow_up_id"),
    "decisionparty": _point("governance_decisionparty.point_id"),
    "minutesaddendum": _one(
        "governance_minutes", "governance_minutesaddendum.minutes_id", "the_minutes.state = 'approved'"
    ),
    "jointtext": _question("governance_jointtext.question_id"),
    "consultationquestion": _one(
        "governance_consultation",
        "governance_consultationquestion.consultation_id",
        "the_consultation.state = 'published'",
    ),
}


def _reads() -> list[str]:
    return [
        f"ALTER POLICY governance_{table}_read ON governance_{table} "
        f"USING (governance_{table}.community_id = {COMMUNITY} OR ({seen}))"
        for table, seen in SEEN.items()
    ]


class Migration(migrations.Migration):
    dependencies = [("governance", "0005_consultations")]

    # Backwards nothing has to happen: both forms let the same rows be seen.
    operations = [migrations.RunSQL(_reads(), migrations.RunSQL.noop)]
