"""Django's view of the law room."""

from django.apps import AppConfig


class LawConfig(AppConfig):
    """Documents, provisions, what is in force on a day."""

    name = "haicap.domain.law"
    label = "law"
    default_auto_field = "django.db.models.BigAutoField"
