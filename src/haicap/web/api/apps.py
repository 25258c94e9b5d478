"""Django's view of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The door of machines."""

    name = "haicap.web.api"
    label = "haicap_api"
