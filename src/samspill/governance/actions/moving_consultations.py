"""Keep a hearing from others and give it its next state: what every act on hearings begins and ends with."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Ref, put
from samspill.governance.models import Consultation
from samspill.governance.rules.moving import check_move
from samspill.governance.states import CONSULTATION_TRANSITIONS, ConsultationState
from samspill.refusal import Refused

CONSULTATION = "governance.consultation"


def lock_consultation(consultation: Consultation) -> Consultation:
    """The hearing as it stands now, kept from others until the transaction ends."""
    found = Consultation.objects.select_for_update().filter(pk=consultation.pk).first()
    if found is None:
        raise Refused("consultation.gone", _("The hearing is not here any more. Go back to the list."))
    return found


def move_consultation(consultation: Consultation, after: ConsultationState) -> None:
    """Give a locked hearing its next state. Refuses what the table does not allow."""
    check_move(CONSULTATION_TRANSITIONS, consultation.state, after, code="consultation.state")
    consultation.state = after
    consultation.save(update_fields=["state"])
    index_consultation(consultation)


def check_is_in(consultation: Consultation, states: Collection[ConsultationState]) -> None:
    if ConsultationState(consultation.state) not in states:
        raise Refused(
            "consultation.state",
            _("The hearing is «%(state)s» now, so this cannot be done. Look at it again.")
            % {"state": ConsultationState(consultation.state).label},
        )


def index_consultation(consultation: Consultation) -> None:
    """Renew the search entry: its title, who asked, and the questions. Open when it is published."""
    questions = consultation.questions.values_list("text", flat=True)
    put(
        Ref(CONSULTATION, consultation.pk),
        community_id=consultation.community_id,
        title=consultation.title,
        text="\n".join([consultation.asked_by, consultation.intro, *questions]).strip(),
        language=consultation.language,
        is_open=consultation.state == ConsultationState.PUBLISHED,
    )


def index_community(community_id: int) -> int:
    """Renew the entries of every hearing of a community; returns how many."""
    rows = list(Consultation.objects.filter(community_id=community_id))
    for one in rows:
        index_consultation(one)
    return len(rows)
