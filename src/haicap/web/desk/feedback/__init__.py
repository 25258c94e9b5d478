"""Phản ánh, kiến nghị: tickets beside dossiers, the hotline, answers, task forces."""
