"""The door of governance: what the faces above may use (command line, demonstration, web)."""

from samspill.governance.actions.approving import add_addendum, approve_minutes
from samspill.governance.actions.deciding import (
    How,
    NewDissent,
    NewPoint,
    assign_down,
    decide,
    lift,
    note,
    postpone,
    send_back,
    take_in_one_stroke,
)
from samspill.governance.actions.minute_writing import save as write_minutes
from samspill.governance.actions.minutes_out import answer_remark, remark, send_minutes
from samspill.governance.actions.replacing import replace_decision, reverse_decision
from samspill.governance.actions.room import close_meeting, open_item, set_presence, start_meeting
from samspill.governance.actions.standing_items import put_answers_on
from samspill.governance.actions.taking_back import take_back

__all__ = [
    "How",
    "NewDissent",
    "NewPoint",
    "add_addendum",
    "answer_remark",
    "approve_minutes",
    "assign_down",
    "close_meeting",
    "decide",
    "lift",
    "note",
    "open_item",
    "postpone",
    "put_answers_on",
    "remark",
    "replace_decision",
    "reverse_decision",
    "send_back",
    "send_minutes",
    "set_presence",
    "start_meeting",
    "take_back",
    "take_in_one_stroke",
    "write_minutes",
from samspill.governance.actions.bodies import BodyWords, make_body, set_end
from samspill.governance.actions.mandates import MandateWords, set_mandate
from samspill.governance.actions.representation import RuleWords, SeatLine, make_seats, set_rule
from samspill.governance.actions.rounds import (
    Named,
    RoundWords,
    begin_round,
    close_round,
    nominate,
    remind_round,
)
from samspill.governance.actions.tenures import Appointee, appoint, end_tenure
from samspill.governance.models import (
    AppointmentRound,
    Mandate,
    Nomination,
    RepresentationRule,
    Seat,
    Tenure,
)
from samspill.governance.queries.bodies import Composition, composition, mandate_on, rule_on
from samspill.governance.queries.composing import Composed, composed
from samspill.governance.states import Authority, DecisionMethod, Parity, Represents, Role

__all__ = [
    "Appointee",
    "AppointmentRound",
    "Authority",
    "BodyWords",
    "Composed",
    "Composition",
    "DecisionMethod",
    "Mandate",
    "MandateWords",
    "Named",
    "Nomination",
    "Parity",
    "RepresentationRule",
    "Represents",
    "Role",
    "RoundWords",
    "RuleWords",
    "Seat",
    "SeatLine",
    "Tenure",
    "appoint",
    "begin_round",
    "close_round",
    "composed",
    "composition",
    "end_tenure",
    "make_body",
    "make_seats",
    "mandate_on",
    "nominate",
    "remind_round",
    "rule_on",
    "set_end",
    "set_mandate",
    "set_rule",
]
