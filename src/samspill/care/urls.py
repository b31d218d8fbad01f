"""Addresses of care."""

from django.urls import path

from samspill.care.urls_access import ACCESS
from samspill.care.views import (
    alerts,
    board,
    entering,
    live,
    outbox,
    own,
    own_app,
    patient,
    patient_assessments,
    patient_measured,
    patient_notes,
    patient_watching,
    safety_net,
    safety_net_builder,
    setting_aside,
)

app_name = "care"
_PLANS = "pasienter/<int:pk>/hva-er-innafor/"
_PATIENT = "pasienter/<int:pk>/"
urlpatterns = [
    path(_PLANS, safety_net.plan_list, name="plan-list"),
    path(f"{_PLANS}ny/", safety_net.begin_plan, name="begin-plan"),
    path(f"{_PLANS}<int:plan>/", safety_net.plan_page, name="plan"),
    path(f"{_PLANS}<int:plan>/bygg/", safety_net_builder.build, name="build"),
    path(f"{_PLANS}<int:plan>/verdi/", safety_net.answer, name="answer"),
    path(f"{_PLANS}<int:plan>/bekreft/", safety_net.confirm_plan, name="confirm-plan"),
    path(f"{_PLANS}<int:plan>/ark.pdf", safety_net.plan_pdf, name="plan-pdf"),
    path("min-side/helse/", own.own_page, name="own"),
    path("min-side/app.webmanifest", own_app.own_manifest, name="own-manifest"),
    path("min-side/app.js", own_app.own_script, name="own-script"),
    path("min-side/uten-nett/", own_app.own_shell, name="own-shell"),
    path("min-side/helse/inn/", own_app.own_sync, name="own-sync"),
    path("pasienter/<int:pk>/maling/", entering.enter_page, name="enter"),
    path("pasienter/<int:pk>/meldinger/", own.write_page, name="write"),
    path("pasienter/<int:pk>/satt-til-side/", setting_aside.aside_page, name="aside"),
    path("pasienter/<int:pk>/satt-til-side/<int:aside>/", setting_aside.settle_aside, name="settle-aside"),
    path("pasienter/<int:pk>/maling/angre/", entering.undo_entry, name="undo-entry"),
    path(_PATIENT, patient.patient_page, name="patient"),
    path(f"{_PATIENT}hendelser/", patient.events, name="events"),
    path(f"{_PATIENT}malinger/", patient_measured.measurements, name="measurements"),
    path(f"{_PATIENT}malinger.csv", patient_measured.measurements_file, name="measurements-file"),
    path(f"{_PATIENT}malinger/<int:number>/", patient_measured.measurement, name="measurement"),
    path(f"{_PATIENT}folges/", patient_watching.watched, name="watch"),
    path(f"{_PATIENT}folges/plan/<int:plan>/", patient_watching.watch_of_plan, name="watch-plan"),
    path(f"{_PATIENT}folges/<int:key>/grenser/", patient_watching.limits, name="limits"),
    path(f"{_PATIENT}folges/<int:key>/tider/", patient_watching.schedule, name="schedule"),
    path(f"{_PATIENT}folges/<int:key>/slutt/", patient_watching.stop, name="stop-watching"),
    path(f"{_PATIENT}pauser/", patient_notes.pauses, name="pause"),
    path(f"{_PATIENT}pauser/<int:number>/slutt/", patient_notes.pause_ends, name="end-pause"),
    path(f"{_PATIENT}notater/", patient_notes.note, name="write-note"),
    path(f"{_PATIENT}notater/<int:number>/lest/", patient_notes.seen, name="see-note"),
    path(f"{_PATIENT}notater/<int:number>/gjort/", patient_notes.done, name="reminder-done"),
    path(f"{_PATIENT}kartlegginger/", patient_assessments.assessments, name="assessments"),
    path(f"{_PATIENT}kartlegginger/<slug:instrument>/", patient_assessments.assessment, name="assess"),
    path("pasienter/", board.board, name="board"),
    path("pasienter/kvitter/", board.acknowledge_many, name="acknowledge-many"),
    path("pasienter/endringer/<int:team>/", live.changes, name="changes"),
    path("pasienter/<int:pk>/varsler/<int:alert>/<slug:act>/", alerts.alert_step, name="alert-step"),
    *ACCESS,
    path("pasienter/utboks/", outbox.outbox, name="outbox"),
    path("pasienter/<int:pk>/utboks/<int:outgoing>/", outbox.send_again, name="send-again"),
]
