"""Addresses of the worklist."""

from django.urls import path

from samspill.worklist.views import calendar, links, tasks

app_name = "worklist"
urlpatterns = [
    path("oppgaver/ny/", tasks.new_task, name="new-task"),
    path("oppgaver/purr/", tasks.chase_all_tasks, name="chase-all"),
    path("oppgaver/<int:pk>/", tasks.task_page, name="task"),
    path("oppgaver/<int:pk>/ferdig/", tasks.finish_task, name="finish"),
    path("oppgaver/<int:pk>/utsett/", tasks.snooze_task, name="snooze"),
    path("oppgaver/<int:pk>/overlat/", tasks.hand_over_task, name="hand-over"),
    path("oppgaver/<int:pk>/dropp/", tasks.drop_task, name="drop"),
    path("oppgaver/<int:pk>/purr/", tasks.chase_task, name="chase"),
    path("oppgaver/<int:pk>/angre/<int:event>/", tasks.undo_task, name="undo"),
    path("lenke/<str:token>/", links.link, name="link"),
    path("kalender/", calendar.calendar_page, name="calendar"),
    path("kalender/ny-adresse/", calendar.new_address, name="new-feed-token"),
    path("kalender/<str:token>.ics", calendar.feed, name="feed"),
]
