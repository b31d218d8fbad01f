"""Addresses of plans."""

from django.urls import path

from samspill.plans.views import (
    bringing_in,
    comparing,
    contents,
    exports,
    measures,
    plans,
    reading,
    report,
    reviewing,
    source,
)

app_name = "plans"
urlpatterns = [
    path("planer/", plans.plan_list, name="plan-list"),
    path("planer/les-inn/", reading.read_in, name="read-in"),
    path("planer/sammenlign/", comparing.comparison, name="compare"),
    path("planer/sammenlign.csv", comparing.comparison_csv, name="compare-csv"),
    path("planer/<int:pk>/", plans.plan, name="plan"),
    path("planer/<int:pk>/gjennomgang/", reviewing.review, name="review"),
    path("planer/<int:pk>/gjennomgang/godta/", reviewing.accept_many, name="accept-many"),
    path("planer/<int:pk>/tiltak/<int:measure>/vurder/", reviewing.judge_measure, name="judge"),
    path("planer/<int:pk>/tiltak/<int:measure>/del/", reviewing.split_measure, name="split"),
    path("planer/<int:pk>/innhold/", contents.contents, name="contents"),
    path("planer/<int:pk>/kilde/", source.source, name="source"),
    path("planer/<int:pk>/kilde/<int:document>/fil/", source.original, name="original"),
    path("planer/<int:pk>/tiltak.csv", exports.as_csv, name="measures-csv"),
    path("planer/<int:pk>/tiltak.xlsx", exports.as_xlsx, name="measures-xlsx"),
    path("planer/<int:pk>/hent-inn/", bringing_in.bring_in, name="bring-in"),
    path("planer/<int:pk>/hent-inn/<int:table>/", bringing_in.table, name="table"),
    path("planer/<int:pk>/hent-inn/<int:table>/ta-inn/", bringing_in.take, name="table-take"),
    path("planer/<int:pk>/hent-inn/<int:table>/angre/", bringing_in.undo, name="table-undo"),
    path("planer/<int:pk>/hent-inn/<int:table>/fortsett/", bringing_in.go_on, name="table-again"),
    path("planer/<int:pk>/hent-inn/<int:table>/rettes/", bringing_in.to_mend, name="table-to-mend"),
    path("planer/<int:pk>/rapport/", report.report, name="plan-report"),
    path("planer/<int:pk>/rapport.docx", report.report_docx, name="plan-report-docx"),
    path("planer/<int:pk>/vedta/", plans.adopt_plan, name="adopt"),
    path("planer/<int:pk>/publiser/", plans.publish_plan, name="publish"),
    path("planer/<int:pk>/tiltak/<int:measure>/", measures.measure, name="measure"),
    path("planer/<int:pk>/tiltak/<int:measure>/lignende/", comparing.similar, name="similar"),
    path("planer/<int:pk>/tiltak/<int:measure>/tett/<str:hole>/", measures.fill, name="fill"),
    path("planer/<int:pk>/tiltak/<int:measure>/angre/<int:event>/", measures.undo_change, name="undo"),
    path("planer/<int:pk>/tiltak/<int:measure>/status/", measures.report, name="report"),
    path("planer/<int:pk>/tiltak/<int:measure>/ansvarlig/", measures.responsible, name="responsible"),
    path("planer/<int:pk>/tiltak/<int:measure>/frist/", measures.deadline, name="deadline"),
    path("planer/<int:pk>/tiltak/<int:measure>/indikator/", measures.indicator, name="indicator"),
    path("planer/<int:pk>/tiltak/<int:measure>/tekst/", measures.text, name="text"),
]
