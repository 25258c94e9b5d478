"""Django's view of the deadlines room."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """Working calendar, clocks, proofs."""

    name = "haicap.domain.deadlines"
    label = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"
