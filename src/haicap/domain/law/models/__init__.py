"""Rows of the law room. No writes here: verbs are in actions/."""

from haicap.domain.law.models.documents import Document, LawHead, Provision, ProvisionText
from haicap.domain.law.models.duties import Owed, Problem
from haicap.domain.law.models.relations import Relation

__all__ = ["Document", "LawHead", "Owed", "Problem", "Provision", "ProvisionText", "Relation"]
