"""Answers from a mail: what a municipality says in an anchoring round, and what a party means about a case.

Here: what the links do. Not here: tokens and the confirmation page (`worklist`), nor what an answer means
(`actions.anchoring`, `actions.statements`).
"""

from collections.abc import Callable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, Party
from samspill.governance.actions.anchoring import answer_anchoring
from samspill.governance.actions.statements import give_statement
from samspill.governance.models import AnchoringRound, Case
from samspill.governance.queries.voices import voices_of
from samspill.governance.rules.anchoring import check_answer
from samspill.governance.states import ENDED, CaseState, Stance
from samspill.refusal import Refused
from samspill.worklist.public import SAID, Asked, LinkAct

QUESTIONS = {
    Stance.SUPPORTS: gettext_lazy("Does %(party)s support this?"),
    Stance.WITH_REMARK: gettext_lazy("Does %(party)s support this, with a remark?"),
    Stance.OPPOSES: gettext_lazy("Does %(party)s say no to this?"),
}
REMARK = gettext_lazy("Remark (needed for «with a remark»)")
FIELDS = ("remark", "text")


def _party(arguments: Mapping[str, str]) -> Party:
    return Party.objects.get(pk=int(arguments["party"]))


def _asked(question: str, title: str, arguments: Mapping[str, str], path: str) -> Asked:
    stance = Stance(arguments["stance"])
    asked = str(QUESTIONS[stance]) % {"party": _party(arguments)}
    return Asked(label=str(stance.label), question=asked, title=question or title, path=path)


def _said(arguments: Mapping[str, str], title: str) -> str:
    values = {
        "stance": Stance(arguments["stance"]).label,
        "title": title,
        "party": _party(arguments),
    }
    return _("%(party)s: %(stance)s. «%(title)s»") % values


def _round(thing: int, actor: Actor) -> AnchoringRound:
    found = AnchoringRound.objects.visible_to(actor).filter(pk=thing).select_related("case").first()
    if found is None:
        raise Refused("anchoring.gone", gettext_lazy("The question is not there any more."))
    return found


def _describe_anchoring(thing: int, arguments: Mapping[str, str], actor: Actor) -> Asked:
    found = _round(thing, actor)
    check_answer(arguments["stance"], "-", state=found.state, due=found.due, today=actor.today)
    path = reverse("governance:anchoring-answer", args=[found.case_id, found.pk])
    return _asked(found.question, found.case.title, arguments, path)


def _perform_anchoring(thing: int, arguments: Mapping[str, str], actor: Actor) -> str:
    found = _round(thing, actor)
    _as_the_sentence(
        lambda: answer_anchoring(
            found,
            party=_party(arguments),
            stance=arguments["stance"],
            remark=arguments.get(SAID, ""),
            by=actor,
            via="link",
        )
    )
    return _said(arguments, found.case.title)


def _case(thing: int, actor: Actor) -> Case:
    case = Case.objects.visible_to(actor).filter(pk=thing).first()
    if case is None or CaseState(case.state) in ENDED:
        raise Refused("statement.closed", gettext_lazy("The case is closed, so nobody is asked any more."))
    return case


def _describe_statement(thing: int, arguments: Mapping[str, str], actor: Actor) -> Asked:
    case = _case(thing, actor)
    return _asked(case.question, case.title, arguments, reverse("governance:statements", args=[case.pk]))


def _perform_statement(thing: int, arguments: Mapping[str, str], actor: Actor) -> str:
    case = _case(thing, actor)
    key = f"party:{arguments['party']}"
    voice = next((one for one in voices_of(actor) if one.key == key), None)
    if voice is None:
        raise Refused(
            "statement.voice",
            gettext_lazy("You do not speak for them. Choose somebody else."),
            forbidden=True,
        )
    _as_the_sentence(
        lambda: give_statement(
            case,
            voice=voice,
            stance=arguments["stance"],
            text=arguments.get(SAID, ""),
            by=actor,
            via="link",
        )
    )
    return _said(arguments, case.title)


def _as_the_sentence(act: Callable[[], object]) -> None:
    """What is wrong with the remark is said at the one field the page of a link has."""
    try:
        act()
    except Refused as refused:
        if refused.field in FIELDS:
            raise Refused(refused.code, refused.sentence, field=SAID) from refused
        raise


ANSWER_ANCHORING = LinkAct(describe=_describe_anchoring, perform=_perform_anchoring, asks_for=REMARK)
GIVE_STATEMENT = LinkAct(describe=_describe_statement, perform=_perform_statement, asks_for=REMARK)
