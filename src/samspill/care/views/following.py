"""How a patient is followed: episodes with their history, and those near with what they may."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspill.care.access_forms import NearForm
from samspill.care.actions.deciding import Wish
from samspill.care.actions.opening import Opened, opening
from samspill.care.actions.registering import EPISODE, NEAR, add_near, end_near, move_episode
from samspill.care.models import CareEpisode, RelatedPerson
from samspill.care.states import EPISODE_MOVES, Act, EpisodeState, Right
from samspill.care.views.private import actor_of, number_of, private
from samspill.refusal import Refused

PLAN = Wish(right=Right.PLAN)


def at_work(opened: Opened) -> None:
    """Refuses (`access.right`) the patient's side: those who follow the patient write here."""
    if not all(one.team_id for one in opened.decisions):
        raise Refused("access.right", _("Those who follow the patient do this."), forbidden=True)


@login_required
@private
@require_http_methods(["GET", "HEAD", "POST"])
def episodes(request: HttpRequest, pk: int) -> HttpResponse:
    """Who follows the patient, why, since when; sent, an episode is paused, taken up again or finished."""
    actor = actor_of(request)
    is_sent = request.method == "POST"
    wish, act = (PLAN, Act.WRITE) if is_sent else (Wish(), Act.READ)
    with opening(pk, by=actor, what=EPISODE, act=act, wish=wish) as opened:
        if is_sent:
            at_work(opened)
            number = request.POST.get("forlop", "")
            move_episode(
                number_of(number),
                pk,
                to=request.POST.get("to", ""),
                by=actor,
            )
            messages.success(request, _("It is done, and stands in the history."))
            return HttpResponseRedirect(reverse("care:episodes", args=[pk]), status=303)
        mine = {one.team_id for one in opened.decisions}
        rows = (
            CareEpisode.objects.filter(patient_id=pk).select_related("team", "tenant").order_by("-from_day")
        )
        context = {
            "patient": opened.patient,
            "rows": [(one, _moves(one) if one.team_id in mine else [], _history(one)) for one in rows],
        }
        return render(request, "care/access/episodes.html", context)


def _moves(one: CareEpisode) -> list[tuple[str, str]]:
    names = {
        EpisodeState.PAUSED: _("Pause the follow-up"),
        EpisodeState.ACTIVE: _("Take up the follow-up again"),
        EpisodeState.FINISHED: _("End the follow-up"),
    }
    return [(to, names[to]) for to in names if to in EPISODE_MOVES[one.state]]


def _history(one: CareEpisode) -> list[tuple[object, str]]:
    """When it came to stand as it does, the first first."""
    found: list[tuple[object, str]] = []
    for event in one.events.order_by("pgh_id"):  # type: ignore[attr-defined]
        said = str(EpisodeState(event.state).label)
        if not found or found[-1][1] != said:
            found.append((event.pgh_created_at, said))
    return found


@login_required
@private
@require_http_methods(["GET", "HEAD", "POST"])
def near(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is near the patient; sent, somebody is added or taken away."""
    actor = actor_of(request)
    is_sent = request.method == "POST"
    wish, act = (PLAN, Act.WRITE) if is_sent else (Wish(), Act.READ)
    with opening(pk, by=actor, what=NEAR, act=act, wish=wish) as opened:
        at_work(opened)
        form = NearForm(request.POST if is_sent and "end" not in request.POST else None)
        try:
            if is_sent and "end" in request.POST:
                number = request.POST["end"]
                end_near(
                    number_of(number),
                    pk,
                    by=actor,
                )
                return HttpResponseRedirect(reverse("care:near", args=[pk]), status=303)
            if is_sent and form.is_valid():
                add_near(pk, by=actor, **form.cleaned_data)
                messages.success(request, _("It is kept."))
                return HttpResponseRedirect(reverse("care:near", args=[pk]), status=303)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        rows = (
            []
            if opened.hides("contacts")
            else RelatedPerson.objects.filter(patient_id=pk, to_day__isnull=True)
        )
        context = {"patient": opened.patient, "rows": rows, "form": form}
        return render(request, "care/access/near.html", context, status=422 if form.errors else 200)
