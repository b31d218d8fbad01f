"""Addresses of carrying out: the matrix, «Min kommune», milestones and projects."""

from django.urls import path

from samspill.plans.views import (
    matrix,
    matrix_exports,
    matrix_measure,
    milestones,
    my_municipality,
    projects,
)

urlpatterns = [
    path("planer/<int:pk>/kommunene/", matrix.matrix_view, name="matrix"),
    path("planer/<int:pk>/kommunene.csv", matrix_exports.matrix_csv, name="matrix-csv"),
    path("planer/<int:pk>/kommunene.xlsx", matrix_exports.matrix_xlsx, name="matrix-xlsx"),
    path("planer/<int:pk>/kommunene/kolonne/", matrix.tell_party_column, name="tell-column"),
    path("planer/<int:pk>/kommunene/angre/<int:event>/", matrix.undo, name="undo-told"),
    path("planer/<int:pk>/tiltak/<int:measure>/kommunene/", matrix_measure.row_view, name="matrix-row"),
    path(
        "planer/<int:pk>/tiltak/<int:measure>/kommunene/<int:party>/",
        matrix_measure.cell_view,
        name="matrix-cell",
    ),
    path(
        "planer/<int:pk>/tiltak/<int:measure>/kommunene/<int:party>/si/",
        matrix_measure.tell_cell,
        name="tell",
    ),
    path(
        "planer/<int:pk>/tiltak/<int:measure>/kommunene/alle/",
        matrix_measure.tell_measure_row,
        name="tell-row",
    ),
    path("planer/<int:pk>/tiltak/<int:measure>/gjelder/", matrix_measure.concern, name="concern"),
    path("planer/<int:pk>/tiltak/<int:measure>/milepaeler/", milestones.milestones, name="milestones"),
    path("planer/<int:pk>/tiltak/<int:measure>/milepaeler/ny/", milestones.add, name="add-milestone"),
    path(
        "planer/<int:pk>/tiltak/<int:measure>/milepaeler/<int:milestone>/endre/",
        milestones.edit,
        name="edit-milestone",
    ),
    path(
        "planer/<int:pk>/tiltak/<int:measure>/milepaeler/<int:milestone>/nadd/",
        milestones.reach,
        name="reach-milestone",
    ),
    path(
        "planer/<int:pk>/tiltak/<int:measure>/milepaeler/<int:milestone>/fjern/",
        milestones.remove,
        name="remove-milestone",
    ),
    path(
        "planer/<int:pk>/tiltak/<int:measure>/milepaeler/angre/<int:event>/",
        milestones.undo,
        name="undo-milestone",
    ),
    path("planer/<int:pk>/tiltak/<int:measure>/prosjekt/", projects.join_measure, name="join-project"),
    path(
        "planer/<int:pk>/tiltak/<int:measure>/prosjekt/<int:project>/fjern/",
        projects.part_measure,
        name="part-project",
    ),
    path("min-kommune/", my_municipality.mine, name="my-municipality"),
    path("min-kommune/sak.docx", my_municipality.case, name="case"),
    path("kommuner/<str:code>/planer/", my_municipality.open_view, name="party-plans"),
    path("prosjekter/", projects.project_list, name="project-list"),
    path("prosjekter/nytt/", projects.new_project, name="new-project"),
    path("prosjekter/<int:pk>/", projects.project, name="project"),
    path("prosjekter/<int:pk>/endre/", projects.change_project, name="change-project"),
    path("prosjekter/<int:pk>/tilstand/", projects.move, name="move-project"),
    path("prosjekter/<int:pk>/apne/", projects.publish, name="publish-project"),
    path("prosjekter/<int:pk>/angre/<int:event>/", projects.undo, name="undo-project"),
]
