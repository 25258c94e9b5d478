"""Bài và các bản của nó: what was said on which days, by whom it was written and approved, what it cites."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from haicap.domain.guidance.states import PARTS, STANDING, Audience, Evidence, PieceKind, VersionState
from haicap.domain.law.models import Document
from haicap.domain.units.models.ranges import Same


class Piece(models.Model):
    """Bài: an article, an answer or a notice, known by its code through all its versions."""

    id = models.BigAutoField(primary_key=True)
    code = models.TextField(unique=True)  # of its page: "mot-cua-cap-xa"
    kind = models.TextField()
    part = models.PositiveSmallIntegerField(default=0)  # of the handbook; 0: not a chapter
    place = models.PositiveSmallIntegerField(default=0)  # order inside the part
    topic = models.TextField(blank=True)  # key of a group of questions: "ho-tich"
    source = models.TextField(blank=True)  # code of the ticket it came from; "" for what editors wrote
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=list(PieceKind)), name="piece_kind"),
            models.CheckConstraint(condition=~Q(code=""), name="piece_named"),
            models.CheckConstraint(
                condition=Q(part=0) | Q(part__in=list(PARTS), kind="article"), name="piece_part"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        """Its stream in the ledger."""
        return f"guidance.piece:{self.code}"


class PieceVersion(models.Model):
    """Bản của một bài. Once published its words stand; only the day it ends and its review are written later."""

    id = models.BigAutoField(primary_key=True)
    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.TextField(default=VersionState.DRAFT)
    valid = DateRangeField(null=True)  # days it counts, [from, to); null until published
    title = models.TextField()
    summary = models.TextField(blank=True)
    body = models.TextField()  # CommonMark without raw HTML and images (`markup/`)
    title_en = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    audiences = ArrayField(models.TextField())
    evidence = models.TextField(default=Evidence.CONFIRMED)
    note = models.TextField(blank=True)  # what is not sure, in words
    source = models.TextField(blank=True)  # where the facts were read
    review_by = models.DateField(null=True)  # day by which somebody looks again
    reviewed_on = models.DateField(null=True)  # day somebody last did; that of publication first
    why = models.TextField(blank=True)  # of a return or a withdrawal
    drafted_by = models.TextField()  # actor; never the one who approves
    drafted_at = models.DateTimeField()
    approved_by = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    folded = models.TextField()  # title, summary and body without marks, for search

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["piece", "number"], name="piece_version_once"),
            models.UniqueConstraint(
                fields=["piece"], condition=Q(state__in=["draft", "submitted"]), name="piece_one_draft"
            ),
            models.CheckConstraint(condition=Q(state__in=list(VersionState)), name="piece_version_state"),
            models.CheckConstraint(condition=Q(evidence__in=list(Evidence)), name="piece_evidence"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(body="") & Q(audiences__len__gt=0), name="piece_words"
            ),
            models.CheckConstraint(
                condition=Q(audiences__contained_by=[a.value for a in Audience]), name="piece_audiences"
            ),
            models.CheckConstraint(
                condition=Q(valid__isnull=True, state__in=["draft", "submitted", "dropped"])
                | Q(valid__isnull=False, state__in=list(STANDING)),
                name="piece_valid_when_published",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(approved_by=F("drafted_by")) | Q(approved_by="system"),
                name="piece_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(evidence="unconfirmed") | ~Q(note=""), name="piece_unconfirmed_says_why"
            ),
            ExclusionConstraint(
                name="piece_one_a_day",
                expressions=[(Same("piece_id"), RangeOperators.OVERLAPS), ("valid", RangeOperators.OVERLAPS)],
                condition=Q(valid__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.piece_id} {self.number}"


class PieceCitation(models.Model):
    """Căn cứ của một bản: the act as printed, its place, and the document of the register it means."""

    id = models.BigAutoField(primary_key=True)
    piece_version = models.ForeignKey(PieceVersion, on_delete=models.CASCADE, related_name="citations")
    position = models.PositiveSmallIntegerField()
    act = models.TextField()  # number as printed
    clause = models.TextField(blank=True)  # "điều 5 khoản 1"
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", null=True
    )  # null: none, several
    path = models.TextField(blank=True)  # "art_5__para_1"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["piece_version", "position"], name="piece_citation_once"),
            models.CheckConstraint(condition=~Q(act=""), name="piece_citation_named"),
        ]

    def __str__(self) -> str:
        return f"{self.act}, {self.clause}" if self.clause else self.act


class GuidanceHead(models.Model):
    """Đầu sổ hướng dẫn: one row. Whoever changes what readers see locks it; `generation` tells readers."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    generation = models.PositiveBigIntegerField(default=0)
    packaged = models.BooleanField(
        default=False
    )  # the pieces of the program are in; answers may be there before them
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="guidance_one_head")]

    def __str__(self) -> str:
        return f"generation {self.generation}"

    @property
    def stream(self) -> str:
        """The stream of the register in the ledger."""
        return "guidance.register:1"
