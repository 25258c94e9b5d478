"""Django's view of the powers room."""

from django.apps import AppConfig


class PowersConfig(AppConfig):
    """Who may do what, by which rule, until when."""

    name = "haicap.domain.powers"
    label = "powers"
    default_auto_field = "django.db.models.BigAutoField"
