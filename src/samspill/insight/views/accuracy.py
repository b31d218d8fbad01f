"""How often the projection was right: the published trials of all municipalities, and one of one's own."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.analysis.population import Score
from samspill.directory.public import Actor, Community
from samspill.insight.accuracy.people import HORIZON, JUMP_OFF, NORWAY, published
from samspill.insight.actions.calculations import answer_to
from samspill.insight.calculations.backtest import BACKTEST, KEY, trials_of
from samspill.insight.models import PopulationRun
from samspill.insight.queries.figures import figures_of, municipalities_of, names_of, pack_in_use
from samspill.insight.shown.answers import show_passages
from samspill.insight.shown.trials import form_for_all
from samspill.insight.telling import Asked
from samspill.insight.telling.accuracy import AGES, OLD, ROUNDS, beside_official, errors_by_age, table_by_size
from samspill.insight.views.answering import FILE, answer_page, file_asked_for, files_at
from samspill.insight.views.keeping import may_keep
from samspill.insight.views.regions import calculated_from
from samspill.insight.views.trying import MISSING
from samspill.insight.wording import decimal
from samspill.refusal import Refused

TRIAL = "provd"
"""`?provd=2016-10`: from 2016, ten years ahead."""


@require_safe
def accuracy(request: HttpRequest) -> HttpResponse:
    """The published trial of `?provd=`, by age, size and against the official projections."""
    return accuracy_page(request)


def accuracy_page(request: HttpRequest, form: object = None, status: int = 200) -> HttpResponse:
    """`form` is a trial that was asked for and cannot be (`views.long_trials`)."""
    by_trial: dict[tuple[int, int], list[Score]] = {}
    for one in published()[NORWAY]:
        by_trial.setdefault((one.jump_off, one.horizon), []).append(one)
    chosen = _trial(request.GET, list(by_trial)) or (JUMP_OFF, HORIZON)
    ages = request.GET.get("aldre", OLD)
    ages = ages if ages in AGES else OLD
    scores = by_trial[chosen]
    source = _("Statistics Norway (SSB), table 07459, CC BY 4.0. All 357 municipalities.")
    ours = next(one for one in scores if (one.method, one.level, one.ages) == ("samspill", "community", OLD))
    passages = [errors_by_age(scores, level, source) for level in ("community", "municipality")]
    if FILE in request.GET:
        return file_asked_for(request, passages, [(_("Method"), str(ROUNDS))])
    actor: Actor = request.actor  # type: ignore[attr-defined]
    own = _own(actor)
    return render(
        request,
        "insight/people/accuracy.html",
        {
            "trials": _listed(list(by_trial), chosen),
            "first": chosen[0],
            "last": sum(chosen),
            "horizon": chosen[1],
            "missed": decimal(ours.error, 1),
            "passages": show_passages(passages, files_at(request.get_full_path())),
            "ages": [(key, label, key == ages) for key, label in AGES.items()],
            "chosen_ages": ages,
            "chosen_label": AGES[ages],
            "trial": f"{chosen[0]}-{chosen[1]}",
            "sizes": table_by_size(scores, ages),
            "official": beside_official(scores),
            "source": source,
            "own": own,
            "form": form or (form_for_all() if own and may_keep(request, own) else None),
        },
        status=status,
    )


@require_safe
def tried_here(request: HttpRequest, slug: str) -> HttpResponse:
    """The same trial of the community's own municipalities, calculated now from the figures in use."""
    community = get_object_or_404(Community, slug=slug)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        pack = pack_in_use()
        figures = figures_of(pack.version)
        names = names_of(municipalities_of(figures, community))
    except Refused as refused:
        if refused.code not in MISSING:
            raise
        return render(request, "insight/nothing_yet.html", {"shown_community": community})
    trials = trials_of(figures.history.years)
    chosen = _trial(request.GET, trials) or trials[0]
    whole, found = answer_to(KEY, _question(chosen), of=community)
    told = BACKTEST.tell(Asked(community, whole, found, names, calculated_from(pack, actor)))
    return answer_page(
        request,
        "insight/people/backtest.html",
        {
            "shown_community": community,
            "trials": _listed(trials, chosen),
            "trial": f"{chosen[0]}-{chosen[1]}",
            "asked": whole,
        },
        told,
    )


def _trial(data: QueryDict, known: list[tuple[int, int]]) -> tuple[int, int] | None:
    return next((one for one in known if f"{one[0]}-{one[1]}" == data.get(TRIAL)), None)


def _question(trial: tuple[int, int]) -> dict[str, object]:
    return {"jump_off": trial[0], "horizon": trial[1]}


def _listed(trials: list[tuple[int, int]], chosen: tuple[int, int]) -> list[dict[str, object]]:
    """As they are chosen from: «from 2016, 10 years ahead»."""
    return [
        {
            "value": f"{first}-{ahead}",
            "label": _("From %(first)s, %(years)s years ahead") % {"first": first, "years": ahead},
            "is_chosen": (first, ahead) == chosen,
        }
        for first, ahead in sorted(trials, key=lambda one: (-one[1], -one[0]))
    ]


def _own(actor: Actor) -> Community | None:
    """Where one may try it: one's own community when it has figures, else the first that has."""
    runs = PopulationRun.objects.select_related("community").order_by("community__name")
    if actor.community_id is not None:
        mine = runs.filter(community_id=actor.community_id).first()
        if mine is not None:
            return mine.community
    found = runs.first()
    return found.community if found else None
