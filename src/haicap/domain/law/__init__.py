"""Văn bản: which rule is in force on a day, where, and by which chain of acts."""
