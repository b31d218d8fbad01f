"""Bodies from a file that `queries.exporting` made: the same bodies, under other numbers.

A body that is here already, just as the file says, stays as it is; one that is here and is otherwise refuses
the whole file. Nothing is written half.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, Body, record
from samspill.governance.actions.importing_records import (
    Files,
    import_minutes,
    import_paper,
    import_way,
    no_files,
)
from samspill.governance.actions.importing_rows import Row, Rows
from samspill.governance.models import (
    AgendaItem,
    Case,
    CaseGist,
    Decision,
    DecisionParty,
    DecisionPoint,
    Dissent,
    FollowUp,
    FollowUpHelper,
    FollowUpReport,
    Mandate,
    Meeting,
    RepresentationRule,
    Seat,
    SeatRule,
    Tenure,
    Treatment,
    Vote,
)
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.exporting import body_values
from samspill.governance.rules.moving_house import check_file
from samspill.governance.states import DecisionState, FollowUpState
from samspill.refusal import Refused

_Later = list[tuple[Any, str, str, Sequence[Any]]]


def import_bodies(said: object, *, by: Actor, files: Files = no_files) -> list[Body]:
    """Make the bodies of a file in the actor's community; returns those that are new.

    `files` gives the papers that came along. Refuses a file of another kind, a party or region that is not
    here, a body that is here otherwise, a package without a paper it names, and minutes unlike their hash.
    """
    check_may_act(by, "bodies.manage")
    file = check_file(said)
    with transaction.atomic():
        new = _moved(file, by.community_id or 0, files)
        for body in new:
            record(by=by, act="body.import", on=body)
    return new


def _moved(file: Row, community_id: int, files: Files) -> list[Body]:
    moving = _Moving(community_id, files)
    try:
        new = [body for row in file["bodies"] if (body := moving.body(row)) is not None]
        moving.join()
    except (KeyError, IndexError, TypeError, AttributeError, AgendaItem.DoesNotExist) as error:
        raise Refused(
            "transfer.incomplete",
            _("The file is not whole: %(what)s. Export it again, and change nothing in it.")
            % {"what": error},
        ) from error
    return new


class _Moving(Rows):
    """One file on its way in: what it has made so far, and what can be joined only when all is there."""

    def __init__(self, community_id: int, files: Files) -> None:
        super().__init__(community_id)
        self.files = files
        self.waiting: list[Row] = []
        self.later: _Later = []
        self.cases: dict[tuple[int, int], Case] = {}
        self.seats: list[tuple[Seat, list[Tenure]]] = []

    def body(self, row: Row) -> Body | None:
        here = Body.objects.filter(community_id=self.community_id, name=row.get("name", "")).first()
        if here is not None:
            if body_values(here) != row:
                raise Refused(
                    "transfer.otherwise",
                    _("«%(body)s» is here already, and is not as in the file. Rename one of them first.")
                    % {"body": here.name},
                )
            return None
        body: Body = self.make(Body, row)
        for one in row["mandates"]:
            self.make(Mandate, one, body=body)
        self._seats(body, row)
        self.meetings: dict[tuple[Any, ...], Meeting] = {}
        for one in row["decisions"]:
            self._decision(body, one)
        for one in row["minutes"]:
            import_minutes(self, one, self._meeting(body, one["meeting"]))
        for one in row["papers"]:
            import_paper(self, one, self.files, meeting=self._meeting(body, one["meeting"]))
        self.waiting += row["cases"]
        return body

    def _meeting(self, body: Body, row: Row) -> Meeting:
        """One meeting for all that is told of it."""
        key = (row["day"], row["starts"], row["number"])
        if key not in self.meetings:
            self.meetings[key] = self.make(Meeting, row, body=body)
        return self.meetings[key]

    def _seats(self, body: Body, row: Row) -> None:
        lines: dict[tuple[int, int], SeatRule] = {}
        for number, one in enumerate(row["rules"]):
            rule = self.make(RepresentationRule, one, body=body)
            for line in one["lines"]:
                lines[number, line["order"]] = self.make(SeatRule, line, rule=rule)
        self.seats = []
        for one in row["seats"]:
            line_of = tuple(one["line"]) if one["line"] else None
            seat = self.make(Seat, one, body=body, seat_rule=lines[line_of] if line_of else None)
            self.seats.append((seat, [self.make(Tenure, each, seat=seat) for each in one["tenures"]]))

    def _decision(self, body: Body, row: Row) -> None:
        meeting = self._meeting(body, row["meeting"])
        case = self._case(row["case"]) if row["case"] else None
        passage = self.make(Treatment, row["passage"], body=body, case=case) if row["passage"] else None
        item = self.make(AgendaItem, row["item"], body=body, meeting=meeting, treatment=passage)
        kept = {**row, "state": DecisionState.ADOPTED} if row["replaced_by"] else row
        decision = self.make(Decision, kept, body=body, item=item, case=case)
        if row["replaced_by"]:
            self.later.append((decision, "replaced_by", row["state"], row["replaced_by"]))
        for one in row["points"]:
            self._point(decision, one)
        for one in row["votes"]:
            seat, tenure = self._sitting(one["by"])
            self.make(Vote, one, decision=decision, seat=seat, tenure=tenure)
        for one in row["dissents"]:
            whose = self._sitting(one["by"])[1] if one["by"] else None
            self.make(Dissent, one, decision=decision, tenure=whose)

    def _sitting(self, place: Sequence[int]) -> tuple[Seat, Tenure]:
        seat, people = self.seats[place[0]]
        return seat, people[place[1]]

    def _case(self, row: Row) -> Case:
        """One case for all its decisions. Refuses a number that another case has here."""
        key = (row["year"], row["number"])
        if key not in self.cases:
            if Case.objects.filter(community_id=self.community_id, year=key[0], number=key[1]).exists():
                raise Refused(
                    "transfer.case",
                    _("There is a case %(year)s/%(number)s here already. The file has another one with it.")
                    % {"year": key[0], "number": key[1]},
                )
            self.cases[key] = self.make(Case, row)
            if row["gist"]:
                self.make(CaseGist, row["gist"], case=self.cases[key])
            for one in row["papers"]:
                import_paper(self, one, self.files, case=self.cases[key])
        return self.cases[key]

    def _point(self, decision: Decision, row: Row) -> None:
        point = self.make(DecisionPoint, row, decision=decision)
        for one in row["parties"]:
            self.make(DecisionParty, one, point=point)
        said = row["follow_up"]
        if said is None:
            return
        kept = {**said, "state": FollowUpState.OPEN} if said["dropped_by"] else said
        follow_up = self.make(FollowUp, kept, point=point)
        if said["dropped_by"]:
            self.later.append((follow_up, "dropped_by", said["state"], said["dropped_by"]))
        for one in said["helpers"]:
            self.make(FollowUpHelper, one, follow_up=follow_up)
        for one in said["reports"]:
            self.make(FollowUpReport, one, follow_up=follow_up)

    def join(self) -> None:
        """The way of cases that wait, and what a later decision took the place of, or let drop."""
        for one in self.waiting:
            import_way(self, one, self._case(one))
        for row, field, state, (body, year, number) in self.later:
            item = AgendaItem.objects.get(
                community_id=self.community_id, body__name=body, year=year, number=number
            )
            row.state = state
            setattr(row, field, item.decision)
            row.save(update_fields=["state", field])
