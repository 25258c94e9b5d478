"""Django's view of the probes."""

from django.apps import AppConfig


class ProbesConfig(AppConfig):
    """Checks of systems and their daily counts."""

    name = "haicap.edges.probes"
    label = "probes"
    default_auto_field = "django.db.models.BigAutoField"
