"""Addresses of weighing: worked examples to try, and minimetodevurderinger."""

from django.urls import path

from samspill.insight.views import appraisals, assessment_acts, assessment_decisions, assessments

_MODELS = "tall/<slug:slug>/scenarier/modeller/"
_ALL = "tall/<slug:slug>/metodevurderinger/"
_ONE = f"{_ALL}<int:pk>/"

urlpatterns = [
    path(_MODELS, appraisals.model_list, name="models"),
    path(f"{_MODELS}<slug:path>/", appraisals.model, name="model"),
    path(_ALL, assessments.assessment_list, name="assessments"),
    path(f"{_ALL}ny/", assessments.new_assessment, name="new-assessment"),
    path(_ONE, assessments.assessment, name="assessment"),
    path(f"{_ONE}pdf/", assessments.assessment_file, {"ending": "pdf"}, name="assessment-pdf"),
    path(f"{_ONE}docx/", assessments.assessment_file, {"ending": "docx"}, name="assessment-docx"),
    path(f"{_ONE}flytt/", assessment_acts.move, name="move-assessment"),
    path(f"{_ONE}vis/", assessment_acts.show, name="show-assessment"),
    path(f"{_ONE}angre/<int:event>/", assessment_acts.undo, name="undo-assessment"),
    path(f"{_ONE}avgjort/", assessment_decisions.join_decision, name="join-decision"),
    path(f"{_ONE}avgjort/<int:link>/fjern/", assessment_decisions.part_decision, name="part-decision"),
    path(f"{_ONE}ta-over/", assessment_decisions.take_over, name="take-over-assessment"),
    path(f"{_ONE}<slug:path>/", assessment_acts.edit_part, name="assessment-part"),
]
