"""Cổng thử: the other side of the protocol on this machine, for tests and for trying by hand. No money, loopback only."""

from haicap.edges.payments.demo.counterpart import Choice, Counterpart
from haicap.edges.payments.demo.server import DemoGateway

__all__ = ["Choice", "Counterpart", "DemoGateway"]
