"""Câu hỏi trợ lý chưa trả lời được, và bài đang được rà soát."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haicap.domain.guidance.models.pieces import Piece
from haicap.domain.guidance.states import Behaviour, FlagKind, QuestionState, Settled


class Question(models.Model):
    """Câu hỏi gửi trợ lý, without personal data; the same words without marks are one question, counted."""

    id = models.BigAutoField(primary_key=True)
    key = models.BinaryField(max_length=32, unique=True)  # SHA-256 of the folded words
    text = models.TextField()
    behaviour = models.TextField()  # of the last time
    first = models.TextField(blank=True)  # what was answered first: code of a procedure or piece
    asked = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)  # refused, or thumb down
    up = models.PositiveIntegerField(default=0)
    down = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    state = models.TextField(default=QuestionState.OPEN)
    how = models.TextField(blank=True)
    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="+", null=True)
    note = models.TextField(blank=True)
    settled_by = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(QuestionState)), name="question_state"),
            models.CheckConstraint(condition=Q(behaviour__in=list(Behaviour)), name="question_behaviour"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(how__in=list(Settled), settled_at__isnull=False),
                name="question_settled_how",
            ),
            models.CheckConstraint(
                condition=~Q(how=Settled.ARTICLE) | Q(piece__isnull=False), name="question_settled_by_piece"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-failed", "-asked", "id"], name="question_open", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"guidance.question:{bytes(self.key).hex()[:20]}"


class Flag(models.Model):
    """Cờ rà soát: what was found about a piece, kept so that it is told once and its days are known."""

    id = models.BigAutoField(primary_key=True)
    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="flags")
    kind = models.TextField()
    act = models.TextField(blank=True)
    clause = models.TextField(blank=True)
    since = models.DateField()  # day the change took effect, or the review was due
    raised_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=list(FlagKind)), name="flag_kind"),
            models.UniqueConstraint(
                fields=["piece", "kind", "act", "clause", "since"],
                condition=Q(gone_at__isnull=True),
                name="flag_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.piece_id} {self.kind} {self.since}"
