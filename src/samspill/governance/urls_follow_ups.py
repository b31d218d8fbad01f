"""Addresses of governance: follow ups."""

from django.urls import URLPattern, path

from samspill.governance.views import (
    carrying,
    carrying_point,
    follow_up_acts,
    follow_up_page,
    follow_up_table,
    follow_ups,
    stalled,
)

urlpatterns: list[URLPattern] = [
    path("oppfolging/", follow_ups.follow_up_list, name="follow-up-list"),
    path("oppfolging/oppfolging.csv", follow_up_table.as_csv, name="follow-up-csv"),
    path("oppfolging/oppfolging.xlsx", follow_up_table.as_xlsx, name="follow-up-xlsx"),
    path("oppfolging/star-fast/", stalled.stalled_list, name="stalled"),
    path("oppfolging/star-fast/<int:pk>/lukk/", stalled.close_settled, name="close-settled"),
    path("oppfolging/purr/", follow_ups.chase, name="chase"),
    path("oppfolging/purr/<int:event>/angre/", follow_ups.undo_chase, name="undo-chase"),
    path("oppfolging/hull/<int:pk>/", follow_ups.fill_point, name="fill-point"),
    path("oppfolging/<int:pk>/", follow_up_page.follow_up, name="follow-up"),
    path("oppfolging/<int:pk>/si/", follow_up_acts.report, name="report-follow-up"),
    path("oppfolging/<int:pk>/ansvarlig/", follow_up_acts.reassign, name="assign-follow-up"),
    path("oppfolging/<int:pk>/medhjelpere/", follow_up_acts.save_helpers, name="helpers-follow-up"),
    path("oppfolging/<int:pk>/avslutt/", follow_up_acts.end, name="end-follow-up"),
    path("oppfolging/<int:pk>/koble/", follow_up_acts.join_to, name="join-follow-up"),
    path("oppfolging/<int:pk>/koble/<int:link>/fjern/", follow_up_acts.part_from, name="part-follow-up"),
    path("oppfolging/<int:pk>/angre/<int:event>/", follow_up_acts.undo_act, name="undo-follow-up"),
    path("vedtak/innforing/", carrying.of_all, name="carrying-all"),
    path("vedtak/innforing.csv", carrying.all_csv, name="carrying-all-csv"),
    path("vedtak/innforing.xlsx", carrying.all_xlsx, name="carrying-all-xlsx"),
    path("vedtak/innforing/part/", carrying_point.tell_party, name="tell-carrying-party"),
    path("vedtak/innforing/angre/<int:event>/", carrying_point.undo, name="undo-carrying"),
    path("vedtak/<int:pk>/innforing/", carrying.of_decision, name="carrying"),
    path("vedtak/<int:pk>/innforing.csv", carrying.decision_csv, name="carrying-csv"),
    path("vedtak/<int:pk>/innforing.xlsx", carrying.decision_xlsx, name="carrying-xlsx"),
    path("vedtak/<int:pk>/innforing/<int:point>/", carrying_point.point_view, name="carrying-point"),
    path("vedtak/<int:pk>/innforing/<int:point>/alle/", carrying_point.tell_all, name="tell-carrying-row"),
    path("vedtak/<int:pk>/innforing/<int:point>/gjelder/", carrying_point.bind, name="bind"),
    path(
        "vedtak/<int:pk>/innforing/<int:point>/<int:party>/", carrying_point.cell_view, name="carrying-cell"
    ),
    path("vedtak/<int:pk>/innforing/<int:point>/<int:party>/si/", carrying_point.tell, name="tell-carrying"),
]
