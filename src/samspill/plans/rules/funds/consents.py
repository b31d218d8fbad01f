"""Who must have said yes before an application is sent and money is given (reference: invariant 24)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from samspill.plans.rules.funds.budget import same_share
from samspill.plans.states import CONSENTING, Consent
from samspill.refusal import Refused


@dataclass(frozen=True)
class Given:
    """A party's answer ("" while it waits), and the share per year it was given to."""

    party_id: int
    name: str
    is_municipality: bool
    answer: str
    share: Mapping[Any, int]

    @property
    def is_yes(self) -> bool:
        return self.answer in CONSENTING


def check_consents(
    given: Iterable[Given],
    shares: Mapping[int, Mapping[int, int]],
    names: Mapping[int, str],
    *,
    municipalities_needed: int,
) -> None:
    """Refuses unless every party that pays has said yes to what it pays, and so have enough municipalities
    and the hospital, paying or not. `shares` and `names` are by party.
    """
    given = list(given)
    said_no = next((one for one in given if one.answer == Consent.NO), None)
    if said_no:
        raise Refused(
            "funds.consent_no",
            _("%(party)s has said no. Change the application, and ask again.") % {"party": said_no.name},
        )
    yes = {one.party_id: one for one in given if one.is_yes}
    waiting = {one.party_id for one in given if not one.answer}
    for party_id, share in shares.items():
        answer = yes.get(party_id)
        if answer is None and party_id in waiting:
            raise Refused(
                "funds.consent_waits",
                _("%(party)s is asked and has not answered yet.") % {"party": names[party_id]},
            )
        if answer is None or not same_share(answer.share, share):
            raise Refused(
                "funds.consent_missing",
                _("%(party)s has not said yes to its share. Ask for consent first.")
                % {"party": names[party_id]},
            )
    if sum(one.is_municipality for one in yes.values()) < municipalities_needed:
        raise Refused(
            "funds.consent_municipality",
            ngettext_lazy(
                "At least one municipality must have said yes. Ask the municipality that takes part.",
                "At least %(count)s municipalities must have said yes. Ask those who take part.",
                municipalities_needed,
            )
            % {"count": municipalities_needed},
        )
    if all(one.is_municipality for one in yes.values()):
        raise Refused(
            "funds.consent_hospital",
            _("The hospital must have said yes, because the money is for what you do together. Ask it."),
        )


def check_answer(answer: str, words: str) -> None:
    """A no has its reason, a remark its words."""
    if answer not in Consent.values:
        raise Refused("funds.answer", _("Choose yes, yes with a remark, or no."), field="answer")
    if answer == Consent.NO and not words.strip():
        raise Refused("funds.no_reason", _("Say why not, so that the applicant can mend it."), field="words")
    if answer == Consent.REMARK and not words.strip():
        raise Refused("funds.no_remark", _("Write the remark, or choose a plain yes."), field="words")
