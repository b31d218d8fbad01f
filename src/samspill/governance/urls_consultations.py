"""Addresses of governance: consultations."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
