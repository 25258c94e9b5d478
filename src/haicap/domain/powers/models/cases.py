"""Vụ việc và khảo sát: findings as cases with an owner and a decision; what units say they can do."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from haicap.domain.powers.models.assertions import Power
from haicap.domain.powers.states import Addressee, CaseState, FindingKind, Role, Survey
from haicap.domain.units.models.register import Unit


class Case(models.Model):
    """Phát hiện: a finding of the detectors with what was decided about it. Gone ones stay, with the reason."""

    id = models.BigAutoField(primary_key=True)
    key = models.TextField(unique=True)  # what makes it the same finding at the next check
    kind = models.TextField()
    power = models.ForeignKey(Power, on_delete=models.PROTECT, related_name="cases")
    role = models.TextField()
    units = ArrayField(models.TextField(), default=list)  # uids; empty: everywhere
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    condition = models.TextField(blank=True)
    citations = models.JSONField(default=list)
    assertions = ArrayField(models.TextField(), default=list)  # codes
    reason = models.TextField(blank=True)
    note = models.TextField(blank=True)
    owner = models.TextField(blank=True)  # ministry that answers for the power
    state = models.TextField(default=CaseState.OPEN)
    decision = models.TextField(blank=True)  # in words
    decided_by = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    gone_why = models.TextField(blank=True)  # of `states.Gone`
    gone_by = models.JSONField(default=list)  # codes of assertions or numbers of documents
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=list(FindingKind)), name="case_kind"),
            models.CheckConstraint(condition=Q(role__in=list(Role)), name="case_role"),
            models.CheckConstraint(condition=Q(state__in=list(CaseState)), name="case_state"),
            models.CheckConstraint(
                condition=Q(state=CaseState.GONE, gone_at__isnull=False) & ~Q(gone_why="")
                | ~Q(state=CaseState.GONE) & Q(gone_at__isnull=True),
                name="case_gone_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[CaseState.OPEN, CaseState.GONE])
                | ~Q(decision="") & ~Q(decided_by="") & Q(decided_at__isnull=False),
                name="case_decided_in_words",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "kind"], name="case_board")]

    def __str__(self) -> str:
        return f"{self.kind} {self.power_id}"

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"powers.case:{self.pk}"


class SurveyAnswer(models.Model):
    """Khảo sát khả năng thực hiện: what a unit says of a power in a round; the last answer counts."""

    id = models.BigAutoField(primary_key=True)
    round = models.TextField()  # "137/CV-BCĐ"
    power = models.ForeignKey(Power, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField()
    difficulties = ArrayField(models.TextField(), default=list)
    words = models.TextField(blank=True)
    proposal = models.TextField(blank=True)
    addressee = models.TextField(blank=True)
    answered_by = models.TextField()
    answered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "power", "unit"], name="survey_one_answer"),
            models.CheckConstraint(condition=Q(answer__in=list(Survey)), name="survey_answer"),
            models.CheckConstraint(condition=Q(addressee__in=list(Addressee)), name="survey_addressee"),
            models.CheckConstraint(
                condition=~Q(answer=Survey.DIFFICULT) | ~Q(difficulties=[]), name="survey_says_which"
            ),
            models.CheckConstraint(condition=~Q(answer=Survey.CANNOT) | ~Q(words=""), name="survey_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.power_id} {self.answer}"

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"powers.survey:{self.pk}"
