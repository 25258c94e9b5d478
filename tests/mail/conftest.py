"""Only the way of e-mail is open, as where the notices are tested."""

from haicap.edges.notices.tests.conftest import only_mail

__all__ = ["only_mail"]
