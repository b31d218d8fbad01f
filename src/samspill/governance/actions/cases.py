"""A case from the first word to the secretariat's answer: draft, report, take up, return, reject, change.

Here: what comes before and beside the passages. Not here: the passages themselves (`actions.passages`),
what is written in the brief (`actions.briefs`), nor who may read it (`actions.screening`).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, Body, Community, WrittenForm, record
from samspill.directory.register.themes import is_group, themes_of
from samspill.governance.actions.case_numbers import next_reference
from samspill.governance.actions.indexing_cases import index_case, log_title
from samspill.governance.actions.passage_states import lock_case, move_case
from samspill.governance.actions.passages import back_to_preparing, begin, check_enters
from samspill.governance.actions.telling import tell_reporter
from samspill.governance.models import Case, Treatment
from samspill.governance.permissions import check_may_act, is_secretariat
from samspill.governance.queries.suggested import suggested_body
from samspill.governance.rules.identity import check_no_identity
from samspill.governance.states import WRITABLE, CaseKind, CaseState
from samspill.refusal import Refused, reason

TITLE_FITS, CONCERNS_FITS = 200, 500


@dataclass(frozen=True)
class CaseWords:
    """What somebody says who reports a case."""

    title: str = ""
    asks: str = ""
    concerns: str = ""

    def check(self) -> None:
        for field in ("title", "asks", "concerns"):
            check_no_identity(getattr(self, field), field=field)
        if len(self.title) > TITLE_FITS:
            raise Refused("case.title", _("The title is too long. Keep it to one line."), field="title")
        if len(self.concerns) > CONCERNS_FITS:
            raise Refused("case.concerns", _("Say in two or three lines whom it is about."), field="concerns")


def save_draft(words: CaseWords, *, by: Actor, draft: Case | None = None, language: str = "") -> Case:
    """Keep what is written so far. Only its writer sees a draft. A case sent back is written in too."""
    check_may_act(by, "cases.report", draft)
    community_id = _community(by)
    words.check()
    with transaction.atomic():
        case = _own_writable(draft, by) if draft else Case(community_id=community_id)
        case.title, case.asks, case.concerns = words.title.strip(), words.asks.strip(), words.concerns.strip()
        if draft is None:
            case.language = _language(language, community_id)
            case.reported_by_id, case.reporter_name = by.account_id, by.name
        case.save()
    return case


def _community(by: Actor) -> int:
    if by.community_id is None:
        raise Refused(
            "case.no_community",
            _("Sign in to a helsefellesskap first. Cases belong to one."),
            forbidden=True,
        )
    return by.community_id


def _language(language: str, community_id: int) -> str:
    if language in {WrittenForm.BOKMAL, WrittenForm.NYNORSK}:
        return language
    return Community.objects.values_list("written_form", flat=True).get(pk=community_id)


def _own_writable(draft: Case, by: Actor) -> Case:
    case = lock_case(draft)
    if case.reported_by_id != by.account_id:
        raise Refused(
            "case.other_writer", _("Somebody else is writing this. Begin your own."), forbidden=True
        )
    if CaseState(case.state) not in WRITABLE:
        raise Refused(
            "case.sent", _("The case has been sent already. Talk to the secretariat about changes.")
        )
    return case


def report_case(
    words: CaseWords, *, by: Actor, draft: Case | None = None, language: str = "", now: datetime | None = None
) -> Case:
    """Send a case to the secretariat: it gets its number, which it keeps for ever.

    Refuses an empty title and an empty question. One that was sent back keeps its number.
    """
    if not words.title.strip():
        raise Refused("case.title", _("Give the case a title of a few words."), field="title")
    if not words.asks.strip():
        raise Refused("case.asks", _("Write what you want clarified, in a sentence or two."), field="asks")
    now = now or timezone.now()
    with transaction.atomic():
        case = save_draft(words, by=by, draft=draft, language=language)
        if case.number is None:
            case.year, case.number = next_reference(case.community_id, timezone.localtime(now).year)
            case.reported_by_id, case.reporter_name = by.account_id, by.name
            case.reporter_party_id = next(iter(by.party_ids)) if len(by.party_ids) == 1 else None
        suggestion = suggested_body(case, by.today)
        case.proposed_body = suggestion.body if suggestion else None
        put_themes_on(case)
        case.reported_at, case.answer = now, ""
        case.save()
        move_case(case, CaseState.REPORTED)
        index_case(case, by=by)
        record(by=by, act="case.report", on=case, title=log_title(case))
    return case


def put_themes_on(case: Case) -> None:
    """What the case is about and for whom, by the codes that plans are laid side by side by."""
    said = [one.code for one in themes_of(f"{case.title} {case.asks} {case.concerns}")]
    case.patient_groups = [code for code in said if is_group(code)]
    case.themes = [code for code in said if not is_group(code)]


def take_up(case: Case, body: Body, *, by: Actor, answer: str = "") -> Treatment:
    """The secretariat takes a case up for a body, and the reporter is told. Refuses one that is under way."""
    check_no_identity(answer, field="answer")
    with transaction.atomic():
        treatment = begin(case, body, by=by)
        case = lock_case(case)
        _answer(case, answer)
        record(by=by, act="case.take_up", on=case, title=log_title(case), body=str(body))
        tell_reporter(
            case,
            by=by,
            title=_("«%(title)s» is taken up for %(body)s"),
            text=answer,
            values={"body": str(body)},
        )
    return treatment


def return_case(case: Case, *, missing: str, by: Actor) -> Case:
    """Back to the one who reported it, with what is missing."""
    if not missing.strip():
        raise Refused(
            "case.missing", _("Write what is missing, so that the reporter can mend it."), field="answer"
        )
    return _answered(
        case,
        CaseState.RETURNED,
        "case.return",
        missing,
        _("Something is missing in «%(title)s»"),
        by,
    )


def reject(case: Case, *, because: str, by: Actor) -> Case:
    """Not taken up, with the reason. It can be taken up later."""
    if not because.strip():
        raise Refused("case.because", _("Say why the case is not taken up."), field="answer")
    return _answered(case, CaseState.REJECTED, "case.reject", because, _("«%(title)s» is not taken up"), by)


def _answered(case: Case, after: CaseState, act: str, words: str, title: object, by: Actor) -> Case:
    check_may_act(by, "cases.prepare", case)
    check_no_identity(words, field="answer")
    with transaction.atomic():
        case = lock_case(case)
        move_case(case, after)
        _answer(case, words)
        index_case(case, by=by)
        record(by=by, act=act, on=case, title=log_title(case), words=words.strip())
        tell_reporter(case, by=by, title=title, text=words)
    return case


def _answer(case: Case, words: str) -> None:
    case.answer = words.strip()
    case.save(update_fields=["answer"])


def bring_back(case: Case, *, by: Actor) -> Case:
    """Undo a return or a withdrawal: the case lies before the secretariat again."""
    check_may_act(by, "cases.prepare", case)
    with transaction.atomic():
        case = lock_case(case)
        move_case(case, CaseState.REPORTED)
        _answer(case, "")
        record(by=by, act="case.bring_back", on=case, title=log_title(case))
    return case


def withdraw(case: Case, *, by: Actor) -> Case:
    """The one who reported a case, or the secretariat, takes it back before a body has begun."""
    check_may_act(by, "cases.report", case)
    with transaction.atomic():
        case = lock_case(case)
        if case.reported_by_id != by.account_id and not is_secretariat(by):
            raise Refused(
                "case.other_writer",
                _("Only the one who reported the case, or the secretariat, can take it back."),
                forbidden=True,
            )
        if case.treatments.exists():
            raise Refused("case.under_way", _("A body has begun on the case. The secretariat can help you."))
        move_case(case, CaseState.WITHDRAWN)
        record(by=by, act="case.withdraw", on=case, title=log_title(case))
    return case


@dataclass(frozen=True)
class Handling:
    """What the secretariat decides about how a case is treated."""

    title: str
    kind: str
    large_consequence: bool = False
    needs_anchoring: bool = False


def change_case(case: Case, handling: Handling, *, by: Actor) -> Case:
    """Title, kind, large consequences and whether the municipalities must be asked first.

    A case in the queue that is not ready by what is now asked of it is prepared again.
    """
    check_may_act(by, "cases.prepare", case)
    if not handling.title.strip():
        raise Refused("case.title", _("Give the case a title of a few words."), field="title")
    if handling.kind not in CaseKind.values:
        raise Refused("case.kind", _("Choose what the meeting shall do with the case."), field="kind")
    check_no_identity(handling.title, field="title")
    with transaction.atomic():
        case = lock_case(case)
        case.title, case.kind = handling.title.strip()[:TITLE_FITS], handling.kind
        case.large_consequence = handling.large_consequence
        case.needs_anchoring = handling.needs_anchoring
        put_themes_on(case)
        case.save(
            update_fields=[
                "title", "kind", "large_consequence", "needs_anchoring", "themes", "patient_groups",
            ]
        )  # fmt: skip
        index_case(case, by=by)
        if case.state == CaseState.READY and reason(check_enters, case):
            back_to_preparing(case, by=by)
            case.refresh_from_db(fields=["state"])
        record(by=by, act="case.change", on=case, title=log_title(case), kind=case.kind)
    return case
