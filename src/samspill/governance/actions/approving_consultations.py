"""The joint answer goes to a body: a case with a whole brief and the answer as a paper, linked both ways."""

import io

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspill.directory.public import Actor, Bloc, Body, BodyKind, record
from samspill.documents.writing import to_docx
from samspill.governance.actions.briefs import save_part
from samspill.governance.actions.cases import CaseWords, bring_back, report_case, take_up
from samspill.governance.actions.delivering_consultations import reply_of
from samspill.governance.actions.moving_consultations import lock_consultation, move_consultation
from samspill.governance.actions.papers import NewFile, add_paper, add_version
from samspill.governance.actions.passage_states import passage_under_way
from samspill.governance.actions.passages import back_to_preparing, make_ready
from samspill.governance.consultation_paper import paper_of
from samspill.governance.models import Case, CaseText, Consultation
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.consultations import Standing, standing_of
from samspill.governance.queries.wordings import current_text
from samspill.governance.rules.days import long_day
from samspill.governance.states import BriefPart, CaseState, ConsultationState
from samspill.refusal import Refused


def proposed_body(consultation: Consultation) -> Body | None:
    """The strategic committee, which speaks for both sides between partnership meetings."""
    here = Body.objects.filter(community_id=consultation.community_id)
    return here.filter(kind=BodyKind.STRATEGIC).order_by("pk").first()


def send_for_approval(consultation: Consultation, body: Body, *, by: Actor) -> Case:
    """Make the case, or take up the one that was sent back, and put it in the body's queue.

    Its brief is written from the hearing, in the hearing's målform; the secretariat can write on in it.
    """
    check_may_act(by, "consultations.manage", consultation)
    if body.community_id != consultation.community_id:
        raise Refused(
            "consultation.body", gettext_lazy("Choose a body of this helsefellesskap."), field="body"
        )
    with transaction.atomic():
        consultation = lock_consultation(consultation)
        move_consultation(consultation, ConsultationState.FOR_APPROVAL)
        standing = standing_of(consultation, by)
        with translation.override(consultation.language):
            case = _case(consultation, body, by)
            _write_brief(case, standing, body, by)
            _add_answer(case, standing, by)
        make_ready(case, by=by)
        record(by=by, act="consultation.send", on=consultation, words=str(body), case=case.pk)
    return case


def _case(consultation: Consultation, body: Body, by: Actor) -> Case:
    case = consultation.case
    if case is None:
        words = CaseWords(
            title=(_("Answer to the hearing: %(title)s") % {"title": consultation.title})[:200],
            asks=_("Can this be the answer from all of us?"),
            concerns=_("Everybody in the helsefellesskap."),
        )
        case = report_case(words, by=by, language=consultation.language)
        consultation.case = case
        consultation.save(update_fields=["case"])
    if case.state == CaseState.WITHDRAWN:
        bring_back(case, by=by)
    if passage_under_way(case) is None:
        take_up(case, body, by=by)
    case.refresh_from_db()
    return case


def _write_brief(case: Case, standing: Standing, body: Body, by: Actor) -> None:
    """What the hearing knows is written anew; the rest is left as somebody wrote it."""
    known = {BriefPart.SUMMARY, BriefPart.MUNICIPAL_VIEW, BriefPart.HOSPITAL_VIEW}
    for part, text in _brief(standing, body).items():
        saved = current_text(CaseText, {"case": case, "part": part.value})
        if saved.row is None or not saved.row.text.strip() or part in known:
            save_part(case, part.value, text, based_on=saved.row.pk if saved.row else None, by=by)


def _brief(standing: Standing, body: Body) -> dict[BriefPart, str]:
    one = standing.consultation
    asker = one.asked_by or _("The asker")
    count = len(standing.questions)
    summary = ngettext(
        "%(asker)s asks one question. The joint answer is attached.",
        "%(asker)s asks %(count)s questions. The joint answer is attached.",
        count,
    ) % {"asker": asker, "count": count}
    if one.answer_by:
        summary += " " + _("It is due %(day)s.") % {"day": long_day(one.answer_by)}
    in_itself = _("An answer to a hearing binds nobody by itself.")
    return {
        BriefPart.SUMMARY: summary,
        BriefPart.QUESTION: _("Shall this be our joint answer to %(asker)s?") % {"asker": asker},
        BriefPart.BACKGROUND: "\n\n".join(part for part in (one.intro, _questions(standing)) if part),
        BriefPart.MUNICIPAL_VIEW: _who(standing, Bloc.MUNICIPAL),
        BriefPart.HOSPITAL_VIEW: _who(standing, Bloc.HOSPITAL),
        BriefPart.USER_VIEW: _(
            "What the answer means for patients stands under each question in the attachment."
        ),
        BriefPart.ADMINISTRATIVE: in_itself,
        BriefPart.ECONOMIC: in_itself,
        BriefPart.PRIVACY: _("The answer holds nothing about single persons."),
        BriefPart.RECOMMENDATION: _("%(body)s approves the joint answer, and the secretariat delivers it.")
        % {"body": body},
    }


def _questions(standing: Standing) -> str:
    return "\n".join(
        f"{one.question.number or one.question.order}. {one.question.text}" for one in standing.questions
    )


def _who(standing: Standing, bloc: Bloc) -> str:
    said = [
        writer.name
        for writer in standing.writers
        if writer.party
        and writer.party.bloc == bloc
        and any(writer.key in one.said for one in standing.questions)
    ]
    if not said:
        return _("Nobody on this side has contributed in writing.")
    return _("Contributions from %(names)s are taken into the joint answer.") % {"names": ", ".join(said)}


def _add_answer(case: Case, standing: Standing, by: Actor) -> None:
    content = to_docx(paper_of(reply_of(standing, by.today), made_at=timezone.now()))
    file = NewFile(io.BytesIO(content), _("joint-answer") + ".docx", len(content))
    title = _("The joint answer")
    paper = case.papers.filter(title=title, is_removed=False).first()
    if paper is None:
        add_paper(file, case=case, title=title, by=by)
    else:
        add_version(paper, file, by=by)


def take_back_sending(consultation: Consultation, *, by: Actor) -> Consultation:
    """The joint text is written on, and its case waits. Refuses when a meeting has it on its agenda."""
    check_may_act(by, "consultations.manage", consultation)
    with transaction.atomic():
        consultation = lock_consultation(consultation)
        case = consultation.case
        if case is not None and case.state == CaseState.ON_AGENDA:
            raise Refused(
                "consultation.on_agenda",
                gettext_lazy("The case stands on an agenda. Take it off there first."),
            )
        move_consultation(consultation, ConsultationState.COMPILED)
        if case is not None and case.state == CaseState.READY:
            back_to_preparing(case, by=by)
        record(by=by, act="consultation.send_back", on=consultation)
    return consultation
