"""Addresses of governance: cases."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
