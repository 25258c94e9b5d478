"""Soi tệp: whether a file is a paper an office can open without harm. Read from its bytes; nothing is run or kept unpacked."""

from haicap.kernel.files.inspection.judging import ACCEPTED, ENDINGS, documents_only, look

__all__ = ["ACCEPTED", "ENDINGS", "documents_only", "look"]
