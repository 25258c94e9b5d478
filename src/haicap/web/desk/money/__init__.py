"""Tiền ở quầy: what is owed on a dossier, what was taken, what is to be given back."""
