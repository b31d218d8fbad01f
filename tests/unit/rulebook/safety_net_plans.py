"""Plans for invented people, ready to be sent, for tests to spoil."""

from dataclasses import replace
from datetime import UTC, date, datetime

from samspill.rulebook.safety_net import LanguageCheck, Medication, Plan, Recipient, begin, template

PHONES = {
    "gp": "69 00 00 20", "home_care": "69 00 00 30", "follow_up_service": "69 00 00 10",
    "ward": "69 00 00 40",
}  # fmt: skip


def ready(condition: str = "heart_failure", language: str = "nb", kind: str = "safety_net") -> Plan:
    """A plan with nothing in the way; the usual weight is 70 kilos."""
    begun = begin(
        template(condition),
        language=language,
        person="Åse",
        valid_from=date(2026, 11, 9),
        valid_to=date(2027, 2, 3),
        kind=kind,
        baselines={"weight": 70},
        phones=PHONES,
    )
    return replace(
        begun,
        medication=Medication(reconciled_by="Overlege Henrik Aasgaard"),
        language_check=LanguageCheck("Sykepleier Mona Ødegård", datetime(2026, 11, 9, 10, tzinfo=UTC)),
        recipients=(Recipient("Rakkestad kommune", True), Recipient("Datteren")),
    )
