"""The brief of a case: each part is saved by itself, and a version is frozen when a body gets it."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, machine, record, scope
from samspill.governance.actions.indexing_cases import index_case, log_title
from samspill.governance.actions.passage_states import lock_case
from samspill.governance.actions.writing import save_text, settle
from samspill.governance.models import Case, CaseBrief, CaseGist, CaseText
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.briefs import brief_content, standing_texts
from samspill.governance.queries.impartiality import check_not_disqualified
from samspill.governance.queries.wordings import Saved
from samspill.governance.rules.briefs import template_of
from samspill.governance.states import BRIEFED, BriefPart, CaseState
from samspill.refusal import Refused

# Parts that stand on the case as well, for lists and meetings, with the room they have there.
ON_THE_CASE = {BriefPart.SUMMARY: ("summary", 100_000), BriefPart.QUESTION: ("question", 500)}


def check_may_draft(case: Case, by: Actor) -> None:
    """Refuses one who may not write in the brief, and a case whose brief is not written now."""
    check_may_act(by, "cases.draft", case)
    if CaseState(case.state) not in BRIEFED:
        raise Refused(
            "case.not_briefed",
            _("The case is «%(state)s», so nobody writes in its brief now.")
            % {"state": CaseState(case.state).label},
        )


def save_part(case: Case, part: str, text: str, *, based_on: int | None, by: Actor) -> Saved[CaseText]:
    """Save a part of the brief. What somebody else saved in between is kept, and so is this."""
    check_may_draft(case, by)
    check_not_disqualified(by, [case.pk])
    _check_part(case, part, text)
    with transaction.atomic():
        saved = save_text(CaseText, {"case": case, "part": part}, text, based_on, by=by)
        _put_on_case(case, part, saved, by)
    return saved


def settle_part(case: Case, part: str, *, beside: int, over: int, choice: str, by: Actor) -> Saved[CaseText]:
    """Decide about a wording that was kept beside the one that stands."""
    check_may_draft(case, by)
    check_not_disqualified(by, [case.pk])
    with transaction.atomic():
        saved = settle(CaseText, {"case": case, "part": part}, beside=beside, over=over, choice=choice, by=by)
        _put_on_case(case, part, saved, by)
    return saved


def _check_part(case: Case, part: str, text: str) -> None:
    if part not in {one.part for one in template_of(case.kind, case.language)}:
        raise Refused("brief.part", _("The brief of this case has no such part. Open the brief again."))
    limit = ON_THE_CASE.get(BriefPart(part), ("", None))[1]
    if limit and len(text) > limit:
        raise Refused(
            "brief.part_too_long",
            _("This is %(found)s characters long; there is room for %(limit)s. Make it shorter.")
            % {"found": len(text), "limit": limit},
            field="text",
        )


def _put_on_case(case: Case, part: str, saved: Saved[CaseText], by: Actor) -> None:
    column = ON_THE_CASE.get(BriefPart(part), ("", 0))[0]
    stands = saved.stands.text.strip() if saved.stands else ""
    if column and getattr(case, column) != stands:
        locked = lock_case(case)
        gist = CaseGist.objects.filter(case=locked).first() or CaseGist(
            community_id=case.community_id, case=locked
        )
        setattr(gist, column, stands)
        gist.save()
        case.gist = locked.gist = gist
        index_case(locked, by=by)


def freeze_brief(case: Case, *, by: Actor) -> CaseBrief:
    """A numbered version of the brief as it stands; the newest again when nothing has changed since.

    Empty parts are left out. Whether the brief is whole is for the passages to check; refuses an empty one.
    """
    check_may_act(by, "cases.prepare", case)
    check_not_disqualified(by, [case.pk])
    made = freeze_briefs([case], by=by)
    newest = made[0] if made else case.briefs.first()
    if newest is None:
        raise Refused(
            "brief.empty", _("Nothing is written in the brief yet. Write first, then fix a version.")
        )
    return newest


def freeze_briefs(cases: Iterable[Case], *, by: Actor) -> list[CaseBrief]:
    """The same for cases a body gets, for acts that have checked `by`; returns the versions that are new."""
    with transaction.atomic():
        locked = list(
            Case.objects.select_for_update().filter(pk__in=[case.pk for case in cases]).order_by("pk")
        )
        # Whole, also when who sends the notice is shut out of one of the cases.
        with scope(machine(by.community_id, by.today)):
            made = _frozen(locked, by)
        for frozen in made:
            record(
                by=by,
                act="case.freeze",
                on=frozen.case,
                title=log_title(frozen.case),
                version=frozen.version,
            )
    return made


def _frozen(cases: Sequence[Case], by: Actor) -> list[CaseBrief]:
    standing = standing_texts(case.pk for case in cases)
    newest: dict[int, CaseBrief] = {}
    for brief in CaseBrief.objects.filter(case__in=cases).order_by("version"):
        newest[brief.case_id] = brief
    made = []
    for case in cases:
        content, before = brief_content(case, standing.get(case.pk, {})), newest.get(case.pk)
        if content and (before is None or (before.content, before.access) != (content, case.access)):
            made.append(_version(case, content, before.version + 1 if before else 1, by))
    return CaseBrief.objects.bulk_create(made)


def _version(case: Case, content: list[dict[str, str]], version: int, by: Actor) -> CaseBrief:
    return CaseBrief(
        community_id=case.community_id,
        case=case,
        version=version,
        content=content,
        access=case.access,
        law_reference=case.law_reference,
        public_title=case.public_title,
        screened_until=case.screened_until,
        by_id=by.account_id,
        by_name=by.name,
    )
