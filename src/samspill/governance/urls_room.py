"""Addresses of governance: room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
