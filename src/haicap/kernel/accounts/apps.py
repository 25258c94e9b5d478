"""Django's view of the accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "haicap.kernel.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
