"""Django's view of the console."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The administration door."""

    name = "haicap.web.console"
    label = "console"
