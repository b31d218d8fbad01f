"""Addresses of care."""

from django.urls import path

from samspill.care.views import entering, safety_net, safety_net_builder

app_name = "care"
_PLANS = "pasienter/<int:pk>/hva-er-innafor/"
urlpatterns = [
    path(_PLANS, safety_net.plan_list, name="plan-list"),
    path(f"{_PLANS}ny/", safety_net.begin_plan, name="begin-plan"),
    path(f"{_PLANS}<int:plan>/", safety_net.plan_page, name="plan"),
    path(f"{_PLANS}<int:plan>/bygg/", safety_net_builder.build, name="build"),
    path(f"{_PLANS}<int:plan>/verdi/", safety_net.answer, name="answer"),
    path(f"{_PLANS}<int:plan>/bekreft/", safety_net.confirm_plan, name="confirm-plan"),
    path(f"{_PLANS}<int:plan>/ark.pdf", safety_net.plan_pdf, name="plan-pdf"),
    path("pasienter/<int:pk>/maling/angre/", entering.undo_entry, name="undo-entry"),
]
