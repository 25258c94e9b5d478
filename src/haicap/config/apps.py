"""The last app to be ready: fills the slots once every room is loaded."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Runs config/wiring.py at start."""

    name = "haicap.config"
    label = "haicap_config"

    def ready(self) -> None:
        """Fill the slots."""
        from haicap.config import wiring

        wiring.fill()
