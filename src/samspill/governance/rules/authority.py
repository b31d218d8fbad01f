"""What a body may say about a case: decide, or recommend to the body above."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.governance.states import MAY_DECIDE, Authority, CaseKind, Outcome


@dataclass(frozen=True)
class MaySay:
    """`outcome` is what the body's conclusion is called; `because` says why it only recommends."""

    outcome: Outcome
    because: str | Promise = ""

    @property
    def decides(self) -> bool:
        return self.outcome == Outcome.DECIDED


def may_say(authority: str | None, mandate_words: str, *, kind: str, large: bool, has_above: bool) -> MaySay:
    """What a body with `authority` (None: no mandate) may say on a case of `kind`.

    large      the case has larger administrative or economic consequences
    has_above  there is a body it is lifted to; the topmost body decides large cases itself
    """
    if kind == CaseKind.INFORMATION:
        return MaySay(Outcome.NOTED)
    if authority is None:
        return MaySay(
            Outcome.RECOMMENDED,
            _("The body has no mandate, so it recommends. Give it one, or lift the case."),
        )
    if Authority(authority) not in MAY_DECIDE:
        return MaySay(
            Outcome.RECOMMENDED,
            _("The mandate says that the body advises: «%(words)s»") % {"words": mandate_words},
        )
    if large and has_above and authority != Authority.BINDING:
        return MaySay(
            Outcome.RECOMMENDED,
            _("The case has larger administrative or economic consequences, so the body above decides it."),
        )
    return MaySay(Outcome.DECIDED)
