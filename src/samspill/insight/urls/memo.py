"""Addresses of the memo."""

from django.urls import path

from samspill.insight.views import memo

urlpatterns = [
    path("tall/<slug:slug>/notat/", memo.memo_page, name="memo"),
    path("tall/<slug:slug>/notat/regn/", memo.add_answer, name="memo-answer"),
    path("tall/<slug:slug>/notat/send/", memo.send, name="memo-send"),
    path("tall/<slug:slug>/notat/notat.<str:ending>", memo.download, name="memo-file"),
]
