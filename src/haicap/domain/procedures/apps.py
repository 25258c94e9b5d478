"""Django's view of the procedures room."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """The catalogue of administrative procedures."""

    name = "haicap.domain.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"
