"""Django's view of the guidance room."""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    """Handbook, questions and answers, notices; questions nobody could answer."""

    name = "haicap.domain.guidance"
    label = "guidance"
    default_auto_field = "django.db.models.BigAutoField"
