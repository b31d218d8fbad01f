"""Addresses of governance: follow ups."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
