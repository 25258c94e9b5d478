"""Cổng thanh toán: the gateways that take money for us, reached by their own protocols. No rows, no truth of its own."""
