"""Giấy cho cuộc họp: a list of findings, a report, set in type from plain values. Nothing a person wrote is markup."""

from haicap.web.common.papers.typeset import pdf

__all__ = ["pdf"]
