"""Addresses of governance: bodies."""

from django.urls import URLPattern, path

from samspill.governance.views import bodies, body_forms, body_rule, rounds, seats

urlpatterns: list[URLPattern] = [
    path("organer/", bodies.body_list, name="body-list"),
    path("organer/nytt/", body_forms.new_body, name="new-body"),
    path("organer/<int:pk>/", bodies.body, name="body"),
    path("organer/<int:pk>/medlemmer.csv", bodies.members_csv, name="body-csv"),
    path("organer/<int:pk>/mandat/", body_forms.mandate, name="body-mandate"),
    path("organer/<int:pk>/sammensetning/", body_rule.rule, name="body-rule"),
    path("organer/<int:pk>/siste-dag/", body_forms.end, name="body-end"),
    path("organer/<int:pk>/plasser/<int:seat>/", seats.fill, name="fill-seat"),
    path("organer/<int:pk>/plasser/<int:seat>/vara/<int:tenure>/", seats.step_in, name="step-in"),
    path("organer/<int:pk>/verv/<int:tenure>/avslutt/", seats.leave, name="leave-seat"),
    path("organer/<int:pk>/angre/<int:event>/", seats.undo, name="undo-seat"),
    path("organer/<int:pk>/oppnevning/", rounds.new_round, name="new-round"),
    path("organer/oppnevning/<int:pk>/", rounds.round_page, name="round"),
    path("organer/oppnevning/<int:pk>/plasser/<int:seat>/", rounds.name, name="name-for-seat"),
    path("organer/oppnevning/<int:pk>/sett-inn/", rounds.put_in, name="close-round"),
    path("organer/oppnevning/<int:pk>/purr/", rounds.remind, name="remind-round"),
]
