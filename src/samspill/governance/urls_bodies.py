"""Addresses of governance: bodies."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
