"""Addresses of governance: what everybody can read, follow and fetch without signing in."""

from django.urls import URLPattern, path

from samspill.governance.views import (
    access_address,
    delivery,
    open_api,
    open_feeds,
    open_machine,
    open_pages,
    open_subscribe,
)

urlpatterns: list[URLPattern] = [
    path("apent/", open_pages.front, name="open"),
    path("apent/treff.csv", open_pages.results_csv, name="open-csv"),
    path("apent/nytt.atom", open_feeds.atom, name="open-atom"),
    path("apent/kalender/", open_pages.calendar_page, name="open-calendar"),
    path("apent/kalender/moter.ics", open_feeds.ics, name="open-ics"),
    path("apent/vedlegg/<int:pk>/", open_feeds.paper, name="open-paper"),
    path("apent/innsyn/", open_machine.access_page, name="open-access"),
    path("apent/innsyn/adresse/", access_address.access_address, name="access-address"),
    path("apent/innsyn/adresse/<int:event>/angre/", access_address.take_back, name="access-address-back"),
    path("apent/data/", open_api.page, name="api-page"),
    path("apent/folg/", open_subscribe.subscribe_page, name="open-subscribe"),
    path("apent/folg/sendt/", open_subscribe.asked_page, name="open-asked"),
    path("apent/folg/ja/<str:token>/", open_subscribe.confirm_page, name="open-confirm"),
    path("apent/folg/slutt/<str:token>/", open_subscribe.end_page, name="open-end"),
    path("api/v1/", open_api.index, name="api"),
    path("api/v1/openapi.json", open_api.document, name="api-openapi"),
    path("api/v1/<slug:name>/", open_api.listed, name="api-list"),
    path("api/v1/<slug:name>/<int:pk>/", open_api.detail, name="api-detail"),
    path("api/v1/<path:rest>", open_api.nothing, name="api-nothing"),
    path("robots.txt", open_machine.robots, name="robots"),
    path("sitemap.xml", open_machine.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", open_machine.sitemap_part, name="sitemap-part"),
    path("moter/<int:pk>/arkiv/", delivery.delivery_page, name="delivery"),
    path("moter/<int:pk>/arkiv/lag/", delivery.make, name="make-delivery"),
    path("moter/<int:pk>/arkiv/<int:delivery_pk>/", delivery.download, name="delivery-zip"),
    path("moter/<int:pk>/arkiv/<int:delivery_pk>/mottatt/", delivery.receive, name="delivery-received"),
]
