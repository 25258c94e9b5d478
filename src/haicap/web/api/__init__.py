"""API v1: the door of machines. Every answer is plain JSON; every refusal is a problem document (RFC 9457)."""
