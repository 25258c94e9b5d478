"""Câu trả lời: written once, for one ticket or many; approved by another hand; public without personal data."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haicap.domain.units.models import Organ


class Answer(models.Model):
    """An answer; not changed any more once it is approved.

    text       what the senders receive; public_question and public_text what everybody reads
    citations  list of {"document": slug, "path": place, "citation": as printed}
    public     whether it is to be published; piece: code of the guidance it became
    """

    id = models.BigAutoField(primary_key=True)
    code = models.TextField(unique=True)  # "TL261122-7K3MQ2XD"
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    public = models.BooleanField(default=True)
    public_question = models.TextField(blank=True)
    public_text = models.TextField(blank=True)
    private_reason = models.TextField(blank=True)
    citations = models.JSONField(default=list)
    kept = models.JSONField(default=list)  # what looks personal in the public text and was looked at
    audience = models.TextField(default="citizen")
    drafted_by = models.TextField()
    drafted_at = models.DateTimeField()
    approved_by = models.TextField(blank=True)
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    piece = models.TextField(blank=True)
    likes = models.PositiveIntegerField(default=0)
    dislikes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="answer_in_words"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | (Q(approved_at__isnull=False) & ~Q(public_text="")),
                name="answer_published_after_approval",
            ),
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=F("drafted_by")), name="answer_four_eyes"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-published_at", "-id"], name="answer_public", condition=Q(published_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.code
