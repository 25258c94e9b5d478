"""Django's view of the units room."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """Units over time, organs, posts."""

    name = "haicap.domain.units"
    label = "units"
    default_auto_field = "django.db.models.BigAutoField"
