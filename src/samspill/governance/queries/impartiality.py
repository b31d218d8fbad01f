"""Who may not read what is closed of a case: their impartiality is in doubt, or they are disqualified."""

from samspill.directory.public import Actor
from samspill.governance.models import Case
from samspill.governance.queries.cases import case_for


def may_read_closed(actor: Actor, case: Case) -> bool:
    """Whether the actor may read what is not public of the case: by its access state and by impartiality.

    Everybody may read what is public, in other words: this asks only about the rest. 3 queries.
    """
    return case_for(case, actor).may_read_closed
