"""Habilitet: a person may be disqualified in a case, and the chair or the secretariat concludes."""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Account, Actor, Membership, RoleCode, in_force_on, record
from samspill.governance.actions.answering import place_in
from samspill.governance.actions.calling import invite
from samspill.governance.actions.sitting_out import apply_conflicts, sit_in_again
from samspill.governance.meeting_calendar import From
from samspill.governance.models import AgendaItem, Attendance, ConflictAssessment, Meeting, Tenure
from samspill.governance.permissions import check_may_act, is_secretariat
from samspill.governance.queries.leading import accounts_that_lead, leads
from samspill.governance.states import COMING, ConflictConclusion, ImpartialityGround, MeetingState
from samspill.refusal import Refused
from samspill.worklist.public import Words, notify

LAW = "forvaltningsloven § 6"
"""What is proposed as the reference; it is editable, as the law is being replaced."""


@dataclass(frozen=True)
class Judgement:
    """What is concluded, why, and by which paragraph; «not disqualified» says why as well."""

    conclusion: str
    because: str
    law_reference: str = LAW


def raise_conflict(
    item: AgendaItem, *, ground: str, by: Actor, words: str = "", tenure: Tenure | None = None
) -> ConflictAssessment:
    """Oneself, or (`tenure`, by the secretariat) somebody else. The case's closed papers are shut at once.

    The chair and the secretariat are told. Refuses an item that is no case, and one who is not called to it.
    """
    check_may_act(by, "meetings.take_part", item)
    if item.treatment is None:
        raise Refused("conflict.no_case", gettext_lazy("Nobody is disqualified in an item that is no case."))
    if ground not in ImpartialityGround.values:
        raise Refused("conflict.ground", gettext_lazy("Choose the ground from the list."), field="ground")
    if tenure is not None:
        check_may_act(by, "meetings.manage", item)
    with transaction.atomic():
        whose = tenure or place_in(item.meeting, by).tenure
        conflict, is_new = ConflictAssessment.objects.get_or_create(
            case_id=item.treatment.case_id,
            tenure=whose,
            defaults={
                "community_id": item.community_id,
                "ground": ground,
                "words": words.strip(),
                "raised_by_id": by.account_id,
            },
        )
        if not is_new:
            _raise_again(conflict, ground, words, by)
        record(by=by, act="conflict.raise", on=conflict, ground=ground)
        _tell_those_who_conclude(item, conflict, by)
    return conflict


def _raise_again(conflict: ConflictAssessment, ground: str, words: str, by: Actor) -> None:
    """One that was concluded «not disqualified» may be raised again, with what is new."""
    if conflict.conclusion == ConflictConclusion.DISQUALIFIED:
        return
    conflict.ground, conflict.words = ground, words.strip()
    conflict.raised_by_id, conflict.raised_at = by.account_id, timezone.now()
    conflict.conclusion = ConflictConclusion.RAISED
    conflict.because = conflict.law_reference = ""
    conflict.concluded_by_id = conflict.concluded_at = None
    conflict.save()


def _tell_those_who_conclude(item: AgendaItem, conflict: ConflictAssessment, by: Actor) -> None:
    here = Membership.objects.filter(in_force_on(by.today), community_id=item.community_id)
    secretariat = here.filter(role=RoleCode.SECRETARIAT).values("account")
    told = {*Account.objects.filter(pk__in=secretariat, is_active=True), *accounts_that_lead(item.meeting)}

    def words() -> Words:
        return Words(
            _("%(name)s may be disqualified in «%(case)s»")
            % {"name": conflict.tenure.name, "case": item.public_title},
            _("Conclude before the meeting, with a reason."),
        )

    notify(
        to=[one for one in told if one.pk != by.account_id and not _is_self(conflict, one.pk)],
        key=f"conflict:{conflict.pk}:{conflict.raised_at:%Y%m%d%H%M%S}",
        words=words,
        by=by,
        path=reverse("governance:conflict", args=[item.meeting_id, conflict.pk]),
    )


def check_may_conclude(by: Actor, conflict: ConflictAssessment, meeting: Meeting) -> None:
    """The chair or the secretariat, and nobody about themselves."""
    if not (is_secretariat(by) or leads(by, meeting)) or by.community_id != conflict.community_id:
        raise Refused(
            "conflict.not_yours",
            gettext_lazy("The chair or the secretariat concludes about impartiality."),
            forbidden=True,
        )
    if _is_self(conflict, by.account_id):
        raise Refused(
            "conflict.self",
            gettext_lazy("Nobody concludes about themselves. The deputy chair or the secretariat does."),
            forbidden=True,
        )


def _is_self(conflict: ConflictAssessment, account_id: int | None) -> bool:
    person = conflict.tenure.person_id
    return bool(person and account_id and Account.objects.filter(pk=account_id, person=person).exists())


def conclude_conflict(
    conflict: ConflictAssessment, judgement: Judgement, *, meeting: Meeting, by: Actor, sent: From
) -> ConflictAssessment:
    """Disqualified: out of every item of the case in meetings to come, and the substitute is called to them.

    Not disqualified: in again, and the papers open. Both are written down with reason and law.
    """
    check_may_conclude(by, conflict, meeting)
    _check_whole(judgement)
    with transaction.atomic():
        conflict = (
            ConflictAssessment.objects.select_for_update(of=("self",))
            .select_related("tenure", "tenure__seat", "case")
            .get(pk=conflict.pk)
        )
        conflict.conclusion = judgement.conclusion
        conflict.because, conflict.law_reference = judgement.because.strip(), judgement.law_reference.strip()
        conflict.concluded_by_id, conflict.concluded_at = by.account_id, timezone.now()
        conflict.save()
        record(by=by, act="conflict.conclude", on=conflict, conclusion=judgement.conclusion)
        if judgement.conclusion == ConflictConclusion.DISQUALIFIED:
            _call_substitutes(conflict, by, sent)
        else:
            sit_in_again(conflict)
    return conflict


def _check_whole(judgement: Judgement) -> None:
    if judgement.conclusion not in {ConflictConclusion.DISQUALIFIED, ConflictConclusion.QUALIFIED}:
        raise Refused(
            "conflict.conclusion",
            gettext_lazy("Choose whether the person is disqualified."),
            field="conclusion",
        )
    if not judgement.because.strip():
        raise Refused("conflict.because", gettext_lazy("Write why, in a sentence."), field="because")
    if not judgement.law_reference.strip():
        raise Refused("conflict.law", gettext_lazy("Name the paragraph of the law."), field="law_reference")


def _call_substitutes(conflict: ConflictAssessment, by: Actor, sent: From) -> None:
    coming = Meeting.objects.filter(
        items__treatment__case=conflict.case, items__is_removed=False, state__in=sorted(COMING)
    ).select_related("body")
    for meeting in coming.distinct():
        if not Attendance.objects.filter(meeting=meeting, tenure=conflict.tenure).exists():
            continue  # not called yet: the notice sees to it
        new = apply_conflicts(meeting)
        if new and meeting.state == MeetingState.CALLED:
            invite(meeting, new, by=by, sent=sent, text=_("You are called to one case only."))


def text_for_minutes(conflict: ConflictAssessment) -> str:
    """What the minutes say about it, in the written form of the moment."""
    values = {"name": conflict.tenure.name, "law": conflict.law_reference, "because": conflict.because}
    if conflict.conclusion == ConflictConclusion.DISQUALIFIED:
        return _("%(name)s was disqualified by %(law)s and did not take part. %(because)s") % values
    if conflict.conclusion == ConflictConclusion.QUALIFIED:
        return _("%(name)s was found not disqualified (%(law)s). %(because)s") % values
    return ""
