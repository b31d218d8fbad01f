"""Addresses of governance: consultations."""

from django.urls import URLPattern, path

from samspill.governance.views import (
    consultation_acts,
    consultation_forms,
    consultations,
    contributions,
    hearing_versions,
    joint_texts,
)

HEARING = "horinger/<int:pk>/"
SAID, ANSWER = HEARING + "bidrag/<int:question>/<slug:who>/", HEARING + "svar/<int:question>/"

urlpatterns: list[URLPattern] = [
    path("horinger/", consultations.consultation_list_page, name="consultation-list"),
    path("horinger/csv/", consultations.consultation_list_csv, name="consultation-list-csv"),
    path("horinger/ny/", consultation_forms.sized_new, name="new-consultation"),
    path(HEARING, consultations.consultation_page, name="consultation"),
    path(HEARING + "endre/", consultation_forms.sized_change, name="consultation-change"),
    path(HEARING + "fordel/", consultation_acts.division, name="consultation-divide"),
    path(HEARING + "steg/", consultation_acts.step, name="consultation-step"),
    path(HEARING + "godkjenning/", consultation_acts.approval, name="consultation-approval"),
    path(HEARING + "bidrag/", contributions.contributions, name="consultation-contributions"),
    path(SAID, contributions.save, name="contribution"),
    path(SAID + "versjoner/", hearing_versions.contribution, name="contribution-versions"),
    path(SAID + "velg/", contributions.settle, name="contribution-settle"),
    path(ANSWER, joint_texts.joint_text, name="joint-text"),
    path(ANSWER + "ta-med/", joint_texts.take, name="joint-text-take-in"),
    path(ANSWER + "ferdig/", joint_texts.done, name="joint-text-done"),
    path(ANSWER + "versjoner/", hearing_versions.joint_text, name="joint-text-versions"),
    path(ANSWER + "velg/", joint_texts.settle, name="joint-text-settle"),
    path(HEARING + "svar.docx", consultations.answer_docx, name="consultation-docx"),
    path(HEARING + "svar.pdf", consultations.answer_pdf, name="consultation-pdf"),
]
