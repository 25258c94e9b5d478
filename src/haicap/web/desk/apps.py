"""Django's view of the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The door of officers who work on dossiers."""

    name = "haicap.web.desk"
    label = "desk"
