"""Django's view of the notices room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Mail out, short messages, the outbox."""

    name = "haicap.edges.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
