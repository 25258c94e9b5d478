"""Django's view of the ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The record of every act."""

    name = "haicap.kernel.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
