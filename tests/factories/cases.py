"""Cases for tests: reported, with a whole brief, in the queue of a body, on an agenda."""

from datetime import date, time

from factories.bodies import Bodies
from factories.people import TODAY
from samspill.directory.public import Body
from samspill.governance.actions.passages import begin, make_ready
from samspill.governance.models import Case, CaseGist, CaseText, Meeting, Treatment
from samspill.governance.states import REQUIRED_PARTS, BriefPart, CaseKind, CaseState, MeetingState


def reported_case(
    bodies: Bodies,
    *,
    title: str = "Felles kveldspatrulje",
    number: int = 1,
    question: str = "",
    summary: str = "",
    **kwargs: object,
) -> Case:
    """A case the secretariat has before it. Inside a scope."""
    made = Case.objects.create(
        community=bodies.community,
        title=title,
        state=CaseState.REPORTED,
        year=2026,
        number=number,
        **kwargs,
    )
    if question or summary:
        CaseGist.objects.create(community=bodies.community, case=made, question=question, summary=summary)
    return made


def write_brief(case: Case, *, leave_out: frozenset[BriefPart] = frozenset()) -> None:
    """Words in every part that a case of its kind must have."""
    for part in REQUIRED_PARTS[CaseKind(case.kind)] - leave_out:
        CaseText.objects.create(
            community_id=case.community_id, case=case, part=part, text=f"Om {part.value}.", by_name="Randi"
        )


def queued_case(bodies: Bodies, body: Body, **kwargs: object) -> Treatment:
    case = reported_case(bodies, **kwargs)  # type: ignore[arg-type]
    begin(case, body, by=bodies.by)
    write_brief(case)
    return make_ready(case, by=bodies.by)


def meeting_of(body: Body, day: date = TODAY, state: str = MeetingState.DRAFT) -> Meeting:
    return Meeting.objects.create(
        community=body.community, body=body, day=day, starts=time(12), ends=time(15), state=state
    )
