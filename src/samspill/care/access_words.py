"""The log in words a relative understands: what was looked at, why it was allowed, and what is noticed."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from samspill.care.states import Act, Basis, Purpose

KINDS: Mapping[str, object] = {
    "care.patient": _("the front page of your record here"),
    "care.timeline": _("what has happened lately"),
    "care.measurements": _("your measurements"),
    "care.enter": _("a measurement that was entered"),
    "care.alerts": _("what was outside the limits"),
    "care.list": _("your name on the team's list"),
    "care.board": _("your name on the team's list"),
    "care.escalated": _("what was outside the limits"),
    "care.notes": _("notes about you"),
    "care.assessments": _("assessments of how you manage"),
    "care.watch": _("what is measured, and the limits"),
    "care.pauses": _("when you need not measure"),
    "care.entry": _("a measurement that was entered"),
    "care.safety_net": _("the plan «What is usual»"),
    "care.medication": _("your medicines"),
    "care.messages": _("messages between you and the team"),
    "care.contacts": _("who is near you, and their phone numbers"),
    "care.own": _("your own page"),
    "care.own_page": _("your own page"),
    "care.outbox": _("what was sent to another system"),
    "care.log": _("this page: who has looked"),
    "care.emergency": _("emergency access was opened"),
    "care.find": _("your name in a search"),
    "care.register": _("your name and number, when you were added"),
    "care.episode": _("who follows you, and why"),
    "care.blocks": _("whom you have blocked"),
    "care.consent": _("what you have agreed to"),
    "care.coordinator": _("who coordinates your plan"),
    "fhir": _("information sent to another system"),
}
"""Code in the log -> what it is. The part before the last point stands in for one that is not here."""
SOMETHING = _("information in your record here")

WHY: Mapping[str, object] = {
    Basis.TEAM: _("is in the team that follows you"),
    Basis.EPISODE: _("works where you are followed"),
    Basis.AGREEMENT: _("works for your municipality under an agreement"),
    Basis.OWN: _("is you"),
    Basis.RELATIVE: _("is somebody you have let in"),
    Basis.BREAK_GLASS: _("used emergency access"),
    Basis.LIST: _("is in the team that follows you, and read the team's list"),
    Basis.DUTY: _("is Samspill itself"),
}
WHAT_FOR: Mapping[str, object] = {
    Purpose.TREATMENT: _("to help you"),
    Purpose.EMERGENCY: _("to help you at once"),
    Purpose.COORDINATION: _("to coordinate your services"),
    Purpose.BREAK_GLASS: _("because life or health was in danger"),
    Purpose.OWN: _("to see your own record"),
    Purpose.RELATIVE: _("to see it on your behalf"),
    Purpose.DUTY: _("to watch over limits and due times"),
}
_SEEN = "%(what)s"  # that it was on a list or in a search is in what it is called
DID: Mapping[str, object] = {
    Act.READ: _SEEN,
    Act.LIST: _SEEN,
    Act.SEARCH: _SEEN,
    Act.WRITE: _("wrote: %(what)s"),
    Act.EXPORT: _("took a copy of %(what)s"),
}
NOTICED: Mapping[str, object] = {
    "own_record": _("their own record"),
    "relative": _("somebody near"),
    "same_surname": _("the same surname"),
    "same_address": _("the same address"),
    "after_hours": _("outside working hours"),
    "many_patients": _("many patients in a short time"),
    "address_protected": _("a protected address"),
    "deceased": _("somebody who is dead"),
    "break_glass": _("emergency access"),
    "no_relation": _("no relation to the patient"),
    "passed_block": _("passed a block"),
}

STOPPED: Mapping[str, object] = {
    "access.purpose": _("a purpose they may not have"),
    "access.level": _("signed in at too low a level"),
    "access.list": _("asked for a list"),
    "access.right": _("a right they do not have"),
    "access.break_glass": _("emergency access was not confirmed"),
    "access.reason": _("emergency access without a reason"),
    "access.deceased": _("the patient is dead"),
    "access.no_relation": _("no relation to the patient"),
    "access.blocked": _("the patient has blocked it"),
}


def stopped(code: str) -> str:
    return str(STOPPED.get(code, _("another reason")))


def kind(code: str) -> str:
    """ "care.safety_net.pdf" is told as "care.safety_net"; what nobody has named, in general words."""
    while code:
        if code in KINDS:
            return str(KINDS[code])
        code = code.rpartition(".")[0]
    return str(SOMETHING)


def done(act: str, what: str) -> str:
    """What somebody saw, or did: «målingene dine», «tok en kopi av målingene dine»."""
    return str(DID[act]) % {"what": kind(what)}


def noticed(flags: list[str]) -> list[str]:
    return [str(NOTICED.get(one, one)) for one in flags]
