"""Registration of the app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Public pages."""

    name = "haicap.web.portal"
    label = "portal"
