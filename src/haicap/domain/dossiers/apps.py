"""Django's view of the dossiers room."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """Dossiers from filing to result."""

    name = "haicap.domain.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"
