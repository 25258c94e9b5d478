"""Thăm dò: whether systems answer as they should. Technical rows; what follows from them is decided in the feedback room."""
