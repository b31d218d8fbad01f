"""Addresses of governance: open."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
