"""A file is sent, looked at and brought in; a version is taken in use, refused or withdrawn."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspill.analysis.intake import FileMapping, find_table, guess, look, parse_mapping, write_mapping
from samspill.directory.public import Actor
from samspill.insight import data_waiting
from samspill.insight.actions.data_sets import bring_in, check_version, make_data_set
from samspill.insight.actions.data_taking import refuse, take_in_use, withdraw
from samspill.insight.forms.data_sets import FileForm, MappingForm, key_of
from samspill.insight.jobs_data import put_to_check, put_to_refresh
from samspill.insight.models import DataSet, DataVersion
from samspill.insight.permissions.data_sets import check_may_keep_data
from samspill.insight.shown.data_sets import shown_faults
from samspill.insight.states.data_sets import Origin
from samspill.insight.views.data_sets import page
from samspill.insight.wording.data_tables import TABLES
from samspill.insight.wording.refusals import in_words
from samspill.refusal import Refused

LONG_BYTES = 5_000_000  # a file that takes longer to check than a page may wait
OPEN_TABLES = [(name, label) for name, label in TABLES.items() if name not in ("platform",)]


def _tables() -> list[tuple[str, Any]]:
    """Those that hold no rows about persons: such are brought in on the machine itself."""
    return [(name, label) for name, label in OPEN_TABLES if not _has_persons(name)]


def _has_persons(table: str) -> bool:
    found = find_table(table)
    return found is None or found.persons


@login_required
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """The file is kept for the sender alone until it has been looked at."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_may_keep_data(actor, "data.bring_in")
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()), tables=_tables())
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        waiting = data_waiting.keep(
            file.chunks(), str(file.name), form.cleaned_data["table"], actor.account_id or 0
        )
        return HttpResponseRedirect(reverse("insight:data-look", args=[waiting.token]), status=303)
    return render(request, "insight/data/send.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def look_at(request: HttpRequest, token: str) -> HttpResponse:
    """How the file would be understood; `se` looks again by a changed mapping, otherwise it is brought in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_may_keep_data(actor, "data.bring_in")
    waiting = data_waiting.find(token, actor.account_id)
    if waiting is None:
        raise Http404
    known, proposed = _proposed(waiting, actor)
    text = request.POST.get("mapping") or proposed
    brings = request.method == "POST" and "se" not in request.POST
    choices = _choices(text)
    chosen = request.POST.get("data_set", known)
    initial = {**request.POST.dict(), "mapping": text, "data_set": chosen}
    form = MappingForm(request.POST if brings else None, initial=initial, data_sets=choices)
    mapping, wrong = _parsed(text)
    if brings and mapping and form.is_valid():
        try:
            with transaction.atomic():
                version = _bring(waiting, mapping, form.cleaned_data, actor)
        except Refused as refused:
            if refused.forbidden:
                raise
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            address = reverse("insight:data-version", args=[version.data_set.key, version.number])
            return HttpResponseRedirect(address, status=303)
    context = {"form": form, "waiting": waiting, "wrong": wrong, **_looked(waiting, mapping, actor)}
    return render(request, "insight/data/look.html", context, status=422 if brings or wrong else 200)


def _proposed(waiting: data_waiting.Waiting, actor: Actor) -> tuple[str, str]:
    """The data set whose columns the file has, the one with the newest version first, and its mapping.

    Otherwise no data set yet, and a guess.
    """
    guessed = guess(waiting.file, today=actor.today, table=waiting.table)
    columns = set(look(waiting.file, guessed, today=actor.today).columns)
    alike = _of_files(guessed.table).exclude(mapping="")
    for known in alike.annotate(newest=Max("versions__pk")).order_by(F("newest").desc(nulls_last=True)):
        if set(parse_mapping(known.mapping).sources()) <= columns:
            return known.key, known.mapping
    return "", write_mapping(guessed)


def _of_files(table: str) -> QuerySet[DataSet]:
    return DataSet.objects.filter(table=table, origin=Origin.FILE)


def _parsed(text: str) -> tuple[FileMapping | None, str]:
    """The mapping, or why it cannot be used here."""
    try:
        mapping = parse_mapping(text)
    except Refused as refused:
        return None, in_words(refused)
    if mapping.of.persons:
        return None, _("Rows about persons are brought in on the machine itself: samspill data take")
    return mapping, ""


def _looked(waiting: data_waiting.Waiting, mapping: FileMapping | None, actor: Actor) -> dict[str, Any]:
    if mapping is None:
        return {}
    found = look(waiting.file, mapping, today=actor.today)
    return {
        "table": TABLES[mapping.table],
        "head": [_("Row"), *(_head(name, one.source) for name, one in mapping.columns.items())],
        "rows": [[str(number), *(value for _text, value in cells)] for number, cells in found.rows],
        "unread": ", ".join(found.unread),
        "faults": shown_faults(found.faults),
    }


def _head(name: str, source: str) -> str:
    """A column as the file calls it, and as we do."""
    return f"{source} ({name})" if source and source != name else name


def _choices(text: str) -> list[tuple[str, str]]:
    """The data sets of files that hold the table of the mapping."""
    try:
        table = parse_mapping(text).table
    except Refused:
        return []
    return [(one.key, one.title(get_language() or "nb")) for one in _of_files(table)]


def _bring(
    waiting: data_waiting.Waiting, mapping: FileMapping, said: dict[str, Any], actor: Actor
) -> DataVersion:
    data_set = DataSet.objects.filter(key=said["data_set"], origin=Origin.FILE).first() or _made(
        mapping, said, actor
    )
    version = bring_in(
        data_set,
        waiting.file,
        mapping=mapping,
        retrieved_at=timezone.now(),
        by=actor,
        name=Path(waiting.name).name,
    )
    if waiting.file.stat().st_size > LONG_BYTES:
        put_to_check(version)
    else:
        version = check_version(version, by=actor)
    waiting.throw_away()
    return version


def _made(mapping: FileMapping, said: dict[str, Any], actor: Actor) -> DataSet:
    taken = frozenset(DataSet.objects.values_list("key", flat=True))
    return make_data_set(
        key_of(said["title"], mapping.table, taken),
        mapping.table,
        by=actor,
        titles={"nb": said["title"].strip(), "nn": said["title"].strip()},
        source=said["source"].strip(),
        licence=said["licence"].strip(),
    )


@login_required
@require_POST
def act(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """`gjor`: ta-i-bruk, avvis or trekk (with `fordi`)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    version = get_object_or_404(DataVersion, data_set__key=key, number=number)
    try:
        said = _done(request.POST.get("gjor", ""), version, request.POST.get("fordi", ""), actor)
    except Refused as refused:
        if refused.forbidden:
            raise
        return page(request, version.data_set, version, status=422, error=refused.sentence)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("insight:data-version", args=[key, number]), status=303)


def _done(what: str, version: DataVersion, because: str, actor: Actor) -> str:
    if what == "ta-i-bruk":
        take_in_use(version, by=actor)
        return _("Version %(number)s is in use.") % {"number": version.number}
    if what == "avvis":
        refuse(version, by=actor)
        return _("Version %(number)s is refused. Its rows are gone.") % {"number": version.number}
    if what == "trekk":
        withdraw(version, because, by=actor)
        return _("Version %(number)s is withdrawn.") % {"number": version.number}
    raise Http404


@login_required
@require_POST
def refresh(request: HttpRequest, key: str) -> HttpResponse:
    """The source is asked now, in the background."""
    check_may_keep_data(request.actor, "data.bring_in")  # type: ignore[attr-defined]
    found = get_object_or_404(DataSet, key=key, origin=Origin.CONNECTOR)
    put_to_refresh(found)
    messages.success(request, _("The source is being asked. What it answers comes here."))
    return HttpResponseRedirect(reverse("insight:data-set", args=[key]), status=303)
