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
]
