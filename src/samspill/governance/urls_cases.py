"""Addresses of governance: cases."""

from django.urls import URLPattern, path

from samspill.governance.views import (
    access_cases,
    anchoring_cases,
    cases,
    drafting,
    papers,
    report_case,
    screening_cases,
    statements,
)

CASE, BRIEF = "saker/<int:pk>/", "saker/<int:pk>/saksframlegg/"
ROUND, PAPER = "saker/<int:pk>/forankring/<int:round_pk>/", "saker/<int:pk>/vedlegg/<int:paper>/"

urlpatterns: list[URLPattern] = [
    path("meld-sak/", report_case.sized_report, name="report-case"),
    path("meld-sak/kladd/", report_case.save, name="save-draft"),
    path("meld-sak/<int:pk>/", report_case.sized_report, name="report-again"),
    path("saker/", cases.case_list_page, name="case-list"),
    path("saker/csv/", cases.case_list_csv, name="case-list-csv"),
    path(CASE, cases.case_page, name="case"),
    path(CASE + "kvittering/", report_case.receipt, name="case-receipt"),
    path(CASE + "trekk/", screening_cases.withdraw_case, name="case-withdraw"),
    path(CASE + "behandling/", screening_cases.screening, name="case-screening"),
    path(CASE + "behandling/ta-opp/", screening_cases.take_up_case, name="case-take-up"),
    path(CASE + "behandling/returner/", screening_cases.return_to_reporter, name="case-return"),
    path(CASE + "behandling/avvis/", screening_cases.reject_case, name="case-reject"),
    path(CASE + "behandling/hent-tilbake/", screening_cases.bring_back_case, name="case-bring-back"),
    path(CASE + "behandling/endre/", screening_cases.handle, name="case-handling"),
    path(CASE + "behandling/klar/", screening_cases.ready, name="case-ready"),
    path(CASE + "behandling/avslutt/", screening_cases.close_case, name="case-close"),
    path(BRIEF, drafting.brief, name="brief"),
    path(BRIEF + "versjoner/", drafting.frozen, name="brief-versions"),
    path(BRIEF + "<slug:part>/", drafting.save, name="brief-part"),
    path(BRIEF + "<slug:part>/velg/", drafting.settle, name="brief-settle"),
    path(BRIEF + "<slug:part>/versjoner/", drafting.versions, name="brief-part-versions"),
    path(CASE + "uttalelser/", statements.statements, name="statements"),
    path(CASE + "uttalelser/gi/", statements.give, name="give-statement"),
    path(CASE + "uttalelser/be/", statements.ask, name="ask-statement"),
    path(CASE + "forankring/", anchoring_cases.anchoring, name="anchoring"),
    path(CASE + "forankring/frafall/", anchoring_cases.waive, name="anchoring-waive"),
    path(ROUND, anchoring_cases.answer, name="anchoring-answer"),
    path(ROUND + "purr/", anchoring_cases.chase, name="anchoring-chase"),
    path(ROUND + "avslutt/", anchoring_cases.end, name="anchoring-close"),
    path(CASE + "vedlegg/", papers.sized_papers, name="papers"),
    path(PAPER + "tilgang/", access_cases.case_access, name="paper-access"),
    path(PAPER + "flytt/", papers.move, name="paper-move"),
    path(PAPER + "fjern/", papers.remove, name="paper-remove"),
    path(PAPER + "<int:version>/", papers.paper_file, name="paper-file"),
    path(CASE + "tilgang/", access_cases.case_access, name="case-access"),
    path(CASE + "tilgang/apne/", access_cases.release, name="case-release"),
]
