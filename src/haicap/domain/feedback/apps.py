"""Django's view of the feedback room."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """Tickets, answers, routes, task forces, systems and their incidents."""

    name = "haicap.domain.feedback"
    label = "feedback"
    default_auto_field = "django.db.models.BigAutoField"
