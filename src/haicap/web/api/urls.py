"""Addresses of the API."""

from __future__ import annotations

from django.urls import path

from haicap.web.api import (
    addresses,
    asking,
    conversions,
    deadlines,
    dossiers,
    feedback,
    feedback_public,
    guidance,
    law_entering,
    payments,
    powers,
    powers_entering,
    procedures,
    records,
    reference,
    systems,
    units,
)
from haicap.web.api.service import api

app_name = "api"

for _router in (
    units.router,
    addresses.router,
    conversions.router,
    deadlines.router,
    procedures.router,
    law_entering.router,
    powers.router,
    powers_entering.router,
    records.router,
    dossiers.router,
    feedback.router,
    feedback_public.router,
    asking.router,
    guidance.router,
    systems.router,
):
    api.add_router("", _router)

_calls, _app, _namespace = api.urls
# A path is looked for from the top: the verbs of dossiers are most of all calls, and no other path begins as theirs.
_calls = sorted(_calls, key=lambda call: not str(call.pattern).startswith("dossiers"))
urlpatterns = [
    *_calls,
    path("docs", reference.page, name="docs"),
    path("openapi.json", reference.openapi, name="openapi"),
    path("payments/<slug:provider>", payments.notified, name="payment-notice"),
]
