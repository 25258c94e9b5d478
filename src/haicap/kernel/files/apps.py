"""Django's view of the files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Attachments."""

    name = "haicap.kernel.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
