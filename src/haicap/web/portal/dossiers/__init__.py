"""Hồ sơ của công dân: filing question by question, tracking, supplements, results and their public check."""
