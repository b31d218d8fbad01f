"""An answer from a mail: a party has no remarks to a hearing, or says what it has in a sentence.

Here: what the link does. Not here: tokens and the confirmation page (`worklist`), nor what a contribution is
(`actions.contributing`).
"""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, Party
from samspill.governance.actions.contributing import check_may_contribute, say_no_remarks
from samspill.governance.models import Consultation
from samspill.governance.queries.consultations import Writer, of_party
from samspill.refusal import Refused
from samspill.worklist.public import SAID, Asked, LinkAct


def _found(thing: int, arguments: Mapping[str, str], actor: Actor) -> tuple[Consultation, Writer]:
    found = Consultation.objects.visible_to(actor).select_related("community").filter(pk=thing).first()
    if found is None:
        raise Refused(
            "consultation.gone", gettext_lazy("The hearing is not here any more. Go back to the list.")
        )
    writer = of_party(Party.objects.get(pk=int(arguments["party"])))
    check_may_contribute(found, writer, actor)
    return found, writer


def _describe(thing: int, arguments: Mapping[str, str], actor: Actor) -> Asked:
    found, writer = _found(thing, arguments, actor)
    return Asked(
        label=_("No remarks"),
        question=_("Has %(who)s nothing to add?") % {"who": writer.name},
        title=found.title,
        path=reverse("governance:consultation-contributions", args=[found.pk]) + f"?for={writer.key}",
    )


def _perform(thing: int, arguments: Mapping[str, str], actor: Actor) -> str:
    found, writer = _found(thing, arguments, actor)
    sentence = arguments.get(SAID, "")
    try:
        say_no_remarks(found, writer, sentence, by=actor, via="link")
    except Refused as refused:
        if refused.field == "text":
            raise Refused(refused.code, refused.sentence, field=SAID) from refused
        raise
    return _("%(who)s: «%(said)s». «%(title)s»") % {
        "who": writer.name,
        "said": sentence.strip() or _("No remarks"),
        "title": found.title,
    }


NO_REMARKS_ACT = LinkAct(
    describe=_describe,
    perform=_perform,
    asks_for=gettext_lazy("One sentence instead, if you have something to say"),
)
