"""Registration of the app."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Design system and shared pages."""

    name = "haicap.web.common"
    label = "common"
