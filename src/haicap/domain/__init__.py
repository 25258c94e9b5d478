"""Domain: the rooms of local government. Knows nothing of HTTP."""
