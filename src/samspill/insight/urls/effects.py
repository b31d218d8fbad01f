"""Addresses of the thread: what measures are to move, what happened, and what figures say by themselves."""

from django.urls import path

from samspill.insight.views import effects, indicator_signals

_ONE = "tall/tiltak/<int:measure>/<slug:code>/"
_SIGNALS = "tall/signaler/"

urlpatterns = [
    path(_ONE, effects.happened, name="what-happened"),
    path(f"{_ONE}forventning/", effects.set_expectation, name="expect"),
    path(f"{_ONE}bort/", effects.stop, name="stop-expecting"),
    path("tall/forventninger/<int:event>/angre/", effects.undo, name="undo-expecting"),
    path("tall/indikatorer/<slug:code>/fest/", effects.pin, name="pin"),
    path(_SIGNALS, indicator_signals.signals, name="signals"),
    path(f"{_SIGNALS}<int:number>/", indicator_signals.say, name="say-signal"),
    path(f"{_SIGNALS}<int:number>/angre/", indicator_signals.take_back, name="take-back-signal"),
    path(f"{_SIGNALS}folger/<slug:code>/", indicator_signals.follow, name="follow-indicator"),
]
