"""Rows of the powers room. No writes here: verbs are in actions/."""

from haicap.domain.powers.models.assertions import Assertion, Power, PowersHead
from haicap.domain.powers.models.cases import Case, SurveyAnswer

__all__ = ["Assertion", "Case", "Power", "PowersHead", "SurveyAnswer"]
