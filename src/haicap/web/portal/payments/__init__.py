"""Thanh toán: what is owed, the way to the gateway and back."""
