"""Addresses of governance: meetings."""

from django.urls import path

from samspill.governance.views import (
    case_file,
    meeting,
    meeting_acts,
    meeting_changes,
    meetings,
    offline,
    user_view,
)

_ITEM = "moter/<int:pk>/punkt/<int:item>/"

urlpatterns = [
    path("moter/", meetings.meeting_list, name="meeting-list"),
    path("moter/kalender.ics", meetings.meeting_feed, name="meeting-feed"),
    path("moter/frakoblet.js", offline.offline_script, name="offline-script"),
    path("moter/ordliste/", user_view.word_list, name="word-list"),
    path("moter/plan/", meeting_changes.year_plan, name="year-plan"),
    path("moter/nytt/", meeting_changes.new_meeting, name="new-meeting"),
    path("moter/<int:pk>/", meeting.meeting, name="meeting"),
    path("moter/<int:pk>/mote.ics", meeting.meeting_ics, name="meeting-ics"),
    path("moter/<int:pk>/sakspapir/", case_file.whole, name="case-file"),
    path("moter/<int:pk>/sakspapir.pdf", case_file.as_pdf, name="case-file-pdf"),
    path("moter/<int:pk>/sakspapir.zip", case_file.as_zip, name="case-file-zip"),
    path("moter/<int:pk>/fyll/", meeting_acts.fill, name="fill-agenda"),
    path("moter/<int:pk>/rekkefolge/", meeting_acts.order, name="order-items"),
    path("moter/<int:pk>/ta-av/", meeting_acts.remove, name="take-away"),
    path("moter/<int:pk>/legg-tilbake/", meeting_acts.restore, name="put-back"),
    path("moter/<int:pk>/legg-til/", meeting_acts.add, name="add-case"),
    path("moter/<int:pk>/innkalling/", meeting_acts.notice, name="send-notice"),
    path("moter/<int:pk>/svar/", meeting_acts.answer, name="answer"),
    path("moter/<int:pk>/kan-ikke/", meeting_acts.cannot, name="cannot-come"),
    path("moter/<int:pk>/samtale/", user_view.talk, name="talk"),
    path("moter/<int:pk>/flytt/", meeting_changes.move, name="move-meeting"),
    path("moter/<int:pk>/avlys/", meeting_changes.cancel, name="cancel-meeting"),
    path("moter/<int:pk>/habilitet/<int:conflict>/", meeting_changes.conflict, name="conflict"),
    path(_ITEM, meeting_acts.change, name="change-item"),
    path(f"{_ITEM}ja/", meeting_acts.take_late, name="take-late"),
    path(f"{_ITEM}notat/", meeting_acts.note, name="note"),
    path(f"{_ITEM}ta-opp/", meeting_acts.point, name="raise-point"),
    path(f"{_ITEM}ikke-ta-opp/", meeting_acts.point_back, name="take-point-back"),
    path(f"{_ITEM}spor/", meeting_acts.ask, name="ask-secretariat"),
    path(f"{_ITEM}inhabil/", meeting_acts.conflict, name="raise-conflict"),
]
