"""The patient open to somebody who is to do something for them: by which decision, and in which episode."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.care.actions.deciding import Wish
from samspill.care.actions.opening import Opened, opening
from samspill.care.models import CareEpisode
from samspill.care.states import Act, Basis, Right
from samspill.directory.public import Actor
from samspill.refusal import Refused


@dataclass(frozen=True)
class Work:
    """`episode` is the one in which it is done; `episodes` all that are open to the one who does it."""

    opened: Opened
    episode: CareEpisode
    episodes: tuple[CareEpisode, ...]


@contextmanager
def working(
    patient_id: int, *, by: Actor, what: str, right: str = Right.ANSWER, part: str = ""
) -> Iterator[Work]:
    """Refuses as `opening`, and (`care.not_in_a_team`) who follows the patient in no team.

    `part` is the kind of information it is about: where the patient has blocked it, nothing is done with it.
    """
    wish = Wish(right=right, part=part)
    with transaction.atomic(), opening(patient_id, by=by, what=what, act=Act.WRITE, wish=wish) as opened:
        episodes = episodes_of(opened)
        if not episodes:
            raise Refused(
                "care.not_in_a_team",
                _("This is done by a team that follows the patient. Ask the team to do it."),
                forbidden=True,
            )
        yield Work(opened, episodes[0], episodes)


def episodes_of(opened: Opened) -> tuple[CareEpisode, ...]:
    """The open episodes by which the one who looks follows the patient; one's own organisation's first."""
    known = {one.pk: one for one in opened.known.episodes}
    ordered = sorted(opened.decisions, key=lambda one: one.basis == Basis.AGREEMENT)
    return tuple(known[one.episode_id] for one in ordered if one.episode_id in known)
