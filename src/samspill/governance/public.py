"""The door of governance: what the faces above may use (command line, demonstration, web)."""

from samspill.governance.actions.agenda import (
    Changes,
    add_case,
    allow_late,
    change_item,
    fill_agenda,
    order_items,
)
from samspill.governance.actions.anchoring import (
    answer_anchoring,
    ask_anchoring,
    chase_anchoring,
    close_anchoring,
    waive_anchoring,
)
from samspill.governance.actions.answering import (
    answer_invitation,
    cannot_come,
    own_attendance,
    receive_reply,
)
from samspill.governance.actions.approving import add_addendum, approve_minutes
from samspill.governance.actions.bodies import BodyWords, make_body, set_end
from samspill.governance.actions.briefs import freeze_brief, save_part
from samspill.governance.actions.carrying import set_bound, tell_carrying
from samspill.governance.actions.cases import (
    CaseWords,
    Handling,
    change_case,
    reject,
    report_case,
    return_case,
    save_draft,
    take_up,
    withdraw,
)
from samspill.governance.actions.chasing import chase_parties
from samspill.governance.actions.compiling import (
    compile_consultation,
    mark_done,
    save_joint,
    take_in,
)
from samspill.governance.actions.conflicts import Judgement, conclude_conflict, raise_conflict
from samspill.governance.actions.consultations import ConsultationWords, begin_consultation
from samspill.governance.actions.contributing import save_contribution
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
from samspill.governance.actions.delivering import make_delivery, place_of_delivery, receive_delivery
from samspill.governance.actions.delivering import place_of as _place_of
from samspill.governance.actions.dividing import SECRETARIAT, ask_for_contributions, divide
from samspill.governance.actions.follow_up_cases import close_case
from samspill.governance.actions.follow_up_setting import assign, begin_following, choose_no_follow_up
from samspill.governance.actions.follow_ups import confirm as confirm_follow_up
from samspill.governance.actions.follow_ups import report_follow_up
from samspill.governance.actions.indexing_open import refresh_open
from samspill.governance.actions.mandates import MandateWords, set_mandate
from samspill.governance.actions.meetings import (
    Slot,
    add_meeting,
    cancel_meeting,
    move_meeting,
    plan_meetings,
)
from samspill.governance.actions.minute_writing import save as write_minutes
from samspill.governance.actions.minutes_out import answer_remark, remark, send_minutes
from samspill.governance.actions.notice import send_notice
from samspill.governance.actions.opening import open_what_is_due
from samspill.governance.actions.papers import NewFile, add_paper, add_version, remove_paper
from samspill.governance.actions.passages import begin, make_ready, put_on, take_off
from samspill.governance.actions.preparing_oneself import ask_secretariat, raise_point, save_note
from samspill.governance.actions.replacing import replace_decision, reverse_decision
from samspill.governance.actions.representation import RuleWords, SeatLine, make_seats, set_rule
from samspill.governance.actions.room import close_meeting, open_item, set_presence, start_meeting
from samspill.governance.actions.rounds import (
    Named,
    RoundWords,
    begin_round,
    close_round,
    nominate,
    remind_round,
)
from samspill.governance.actions.screening import (
    Screening,
    release_case,
    screen_case,
    screen_paper,
    unscreen_case,
)
from samspill.governance.actions.standing_items import put_answers_on
from samspill.governance.actions.statements import ask_statement, give_statement
from samspill.governance.actions.subscribing import Asked, confirm, subscribe, unsubscribe
from samspill.governance.actions.taking_back import take_back
from samspill.governance.actions.tenures import Appointee, appoint, end_tenure
from samspill.governance.meeting_calendar import From
from samspill.governance.models import (
    AgendaItem,
    AppointmentRound,
    Case,
    Consultation,
    Decision,
    DecisionPoint,
    Delivery,
    FollowUp,
    Mandate,
    Meeting,
    Nomination,
    RepresentationRule,
    Seat,
    Tenure,
)
from samspill.governance.moving_package import pack_bodies, unpack_bodies
from samspill.governance.queries.bodies import Composition, composition, mandate_on, rule_on
from samspill.governance.queries.composing import Composed, composed
from samspill.governance.queries.consultations import Writer, of_body, of_party
from samspill.governance.queries.meetings import next_meeting_of
from samspill.governance.queries.voices import Voice, voices_of
from samspill.governance.rules.question_sets import FoundQuestion
from samspill.governance.rules.year_plan import Days
from samspill.governance.states import Authority, DecisionMethod, Parity, Represents, Role

__all__ = [
    "SECRETARIAT",
    "AgendaItem",
    "Appointee",
    "AppointmentRound",
    "Asked",
    "Authority",
    "BodyWords",
    "Case",
    "CaseWords",
    "Changes",
    "Composed",
    "Composition",
    "Consultation",
    "ConsultationWords",
    "Days",
    "Decision",
    "DecisionMethod",
    "DecisionPoint",
    "Delivery",
    "FollowUp",
    "FoundQuestion",
    "From",
    "Handling",
    "How",
    "Judgement",
    "Mandate",
    "MandateWords",
    "Meeting",
    "Named",
    "NewDissent",
    "NewFile",
    "NewPoint",
    "Nomination",
    "Parity",
    "RepresentationRule",
    "Represents",
    "Role",
    "RoundWords",
    "RuleWords",
    "Screening",
    "Seat",
    "SeatLine",
    "Slot",
    "Tenure",
    "Voice",
    "Writer",
    "_place_of",
    "add_addendum",
    "add_case",
    "add_meeting",
    "add_paper",
    "add_version",
    "allow_late",
    "answer_anchoring",
    "answer_invitation",
    "answer_remark",
    "appoint",
    "approve_minutes",
    "ask_anchoring",
    "ask_for_contributions",
    "ask_secretariat",
    "ask_statement",
    "assign",
    "assign_down",
    "begin",
    "begin_consultation",
    "begin_following",
    "begin_round",
    "cancel_meeting",
    "cannot_come",
    "change_case",
    "change_item",
    "chase_anchoring",
    "chase_parties",
    "choose_no_follow_up",
    "close_anchoring",
    "close_case",
    "close_meeting",
    "close_round",
    "compile_consultation",
    "composed",
    "composition",
    "conclude_conflict",
    "confirm",
    "confirm_follow_up",
    "decide",
    "divide",
    "end_tenure",
    "fill_agenda",
    "freeze_brief",
    "give_statement",
    "lift",
    "make_body",
    "make_delivery",
    "make_ready",
    "make_seats",
    "mandate_on",
    "mark_done",
    "move_meeting",
    "next_meeting_of",
    "nominate",
    "note",
    "of_body",
    "of_party",
    "open_item",
    "open_what_is_due",
    "order_items",
    "own_attendance",
    "pack_bodies",
    "place_of_delivery",
    "plan_meetings",
    "postpone",
    "put_answers_on",
    "put_on",
    "raise_conflict",
    "raise_point",
    "receive_delivery",
    "receive_reply",
    "refresh_open",
    "reject",
    "release_case",
    "remark",
    "remind_round",
    "remove_paper",
    "replace_decision",
    "report_case",
    "report_follow_up",
    "return_case",
    "reverse_decision",
    "rule_on",
    "save_contribution",
    "save_draft",
    "save_joint",
    "save_note",
    "save_part",
    "screen_case",
    "screen_paper",
    "send_back",
    "send_minutes",
    "send_notice",
    "set_bound",
    "set_end",
    "set_mandate",
    "set_presence",
    "set_rule",
    "start_meeting",
    "subscribe",
    "take_back",
    "take_in",
    "take_in_one_stroke",
    "take_off",
    "take_up",
    "tell_carrying",
    "unpack_bodies",
    "unscreen_case",
    "unsubscribe",
    "voices_of",
    "waive_anchoring",
    "withdraw",
    "write_minutes",
]  # fmt: skip
