"""Addresses for machines: liveness, readiness, figures."""

from django.urls import path

from concierge.operations import health, metrics

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics.show, name="metrics"),
]
