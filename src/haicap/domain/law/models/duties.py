"""Văn bản còn nợ và vướng mắc: what a provision calls for, and what its readers could not settle."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haicap.domain.law.models.documents import EVIDENCE, Document
from haicap.domain.law.states import OwedState, ProblemKind, ProblemState


class Owed(models.Model):
    """Văn bản còn nợ: a provision that calls for a document, who owes it and until when."""

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    path = models.TextField(blank=True)
    kind = models.TextField(blank=True)  # of the document asked for; empty: any
    subject = models.TextField()
    holder = models.TextField()  # kind of organ, or words for a class of them
    due_on = models.DateField(null=True)  # null: no day was set
    state = models.TextField(default=OwedState.OPEN)
    fulfilled_by = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True)
    evidence = models.TextField()
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "path", "subject", "holder"], name="owed_once"),
            models.CheckConstraint(condition=Q(state__in=list(OwedState)), name="owed_state"),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(holder=""), name="owed_named"),
            models.CheckConstraint(
                condition=Q(state=OwedState.ISSUED, fulfilled_by__isnull=False)
                | ~Q(state=OwedState.ISSUED) & Q(fulfilled_by__isnull=True),
                name="owed_issued_by",
            ),
            models.CheckConstraint(condition=EVIDENCE, name="owed_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.holder}: {self.subject}"

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"law.owed:{self.pk}"


class Problem(models.Model):
    """Vướng mắc của một quy định: stays linked to the clause for the next reader."""

    id = models.BigAutoField(primary_key=True)
    code = models.TextField(unique=True)  # "VM-2026-0007"
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="problems")
    path = models.TextField(blank=True)
    kind = models.TextField()
    question = models.TextField()
    raised_by = models.TextField()  # actor
    raised_for = models.TextField()  # kind of organ and uid of its unit: "commune_committee@c-02..."
    raised_at = models.DateTimeField()
    owner = models.TextField(blank=True)  # ministry that answers for the document; empty: nobody known yet
    state = models.TextField(default=ProblemState.OPEN)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    mended_by = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=list(ProblemKind)), name="problem_kind"),
            models.CheckConstraint(condition=Q(state__in=list(ProblemState)), name="problem_state"),
            models.CheckConstraint(condition=~Q(question=""), name="problem_asked"),
            models.CheckConstraint(
                condition=~Q(state=ProblemState.ANSWERED) | ~Q(answer=""), name="problem_answered_in_words"
            ),
            models.CheckConstraint(
                condition=~Q(state=ProblemState.MENDED) | Q(mended_by__isnull=False), name="problem_mended_by"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner"], name="problem_open", condition=Q(state="open")),
            models.Index(fields=["document", "path"], name="problem_place"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"law.problem:{self.code}"
