"""Addresses of governance: the meeting room, minutes and decisions."""

from django.urls import URLPattern, path

from samspill.governance.views import decisions, minutes, room

urlpatterns: list[URLPattern] = [
    path("moter/<int:pk>/rom/", room.room, name="room"),
    path("moter/<int:pk>/rom/start/", room.start, name="room-start"),
    path("moter/<int:pk>/rom/avslutt/", room.close, name="room-close"),
    path("moter/<int:pk>/rom/samlet/", room.consent, name="room-consent"),
    path("moter/<int:pk>/rom/oppmote/", room.all_present, name="room-all-present"),
    path("moter/<int:pk>/rom/oppmote/<int:attendance>/", room.presence, name="room-presence"),
    path("moter/<int:pk>/rom/<int:item>/", room.item, name="room-item"),
    path("moter/<int:pk>/rom/<int:item>/apne/", room.open_, name="room-open"),
    path("moter/<int:pk>/rom/<int:item>/lagre/", room.keep, name="room-save"),
    path("moter/<int:pk>/rom/<int:item>/samle/", room.together, name="room-together"),
    path("moter/<int:pk>/rom/<int:item>/angre/", room.undo, name="room-take-back"),
    path("moter/<int:pk>/vis/", room.wall, name="room-wall"),
    path("moter/<int:pk>/referat/", minutes.minutes, name="minutes"),
    path("moter/<int:pk>/referat.docx", minutes.docx, name="minutes-docx"),
    path("moter/<int:pk>/referat.pdf", minutes.pdf, name="minutes-pdf"),
    path("moter/<int:pk>/referat/ferdig/", minutes.send, name="minutes-send"),
    path("moter/<int:pk>/referat/merknad/", minutes.add_remark, name="minutes-remark"),
    path("moter/<int:pk>/referat/merknad/<int:remark>/", minutes.answer, name="minutes-answer"),
    path("moter/<int:pk>/referat/tekst/<int:item>/", minutes.text, name="minutes-text"),
    path("moter/<int:pk>/referat/rettelse/", minutes.addendum, name="minutes-addendum"),
    path("moter/bok/<int:body>/<int:year>/", minutes.book, name="minutes-book"),
    path("moter/bok/<int:body>/<int:year>.docx", minutes.book_docx, name="minutes-book-docx"),
    path("moter/bok/<int:body>/<int:year>.pdf", minutes.book_pdf, name="minutes-book-pdf"),
    path("vedtak/", decisions.decision_list, name="decision-list"),
    path("vedtak.csv", decisions.as_csv, name="decisions-csv"),
    path("vedtak.xlsx", decisions.as_xlsx, name="decisions-xlsx"),
    path("vedtak/<int:pk>/", decisions.decision, name="decision"),
    path("vedtak/<int:pk>/endre/", decisions.change, name="decision-change"),
    path("vedtak/<int:pk>/vedtar/", decisions.adopts, name="decision-adopts"),
]
