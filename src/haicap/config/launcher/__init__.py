"""Khởi động: the embedded database and the supervisor behind `haicap run`."""
