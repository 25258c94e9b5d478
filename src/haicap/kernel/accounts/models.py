"""Rows of the accounts. Only actions.py writes what is durable; sessions and throttles are technical."""

from __future__ import annotations

from typing import ClassVar, NoReturn

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from haicap.base.ids import uuid7
from haicap.kernel.accounts.states import UserKind
from haicap.kernel.ledger.chain import NOTHING, Head


class User(AbstractBaseUser):
    """Người dùng: a person who signs in. Rights come from appointments (units), never from this row.

    `public_id` is the opaque id that events carry as actor; it stays when the person is erased.
    """

    last_login = None  # the ledger knows; one write less at each sign-in

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.TextField(choices=[(k.value, k.value) for k in UserKind])
    name = models.TextField(
        unique=True, null=True
    )  # what is typed to sign in: NFC, casefolded; null once erased
    display_name = models.TextField(default="", blank=True)
    email = models.TextField(default="", blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(
        default=False
    )  # may keep accounts of others; says nothing about dossiers
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=NOTHING)

    USERNAME_FIELD = "name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in UserKind]), name="user_kind"),
            models.CheckConstraint(
                condition=Q(name__isnull=False, erased_at__isnull=True)
                | Q(name__isnull=True, display_name="", email="", is_active=False, erased_at__isnull=False),
                name="user_erased_leaves_nothing",
            ),
            models.CheckConstraint(
                condition=Q(is_operator=False) | Q(kind="officer"), name="user_operator_is_officer"
            ),
        ]

    @property
    def actor(self) -> str:
        """The opaque id that events carry."""
        return str(self.public_id)

    @property
    def stream(self) -> str:
        """The stream of this person's events."""
        return f"user:{self.public_id}"

    @property
    def ledger_head(self) -> Head:
        """Where the stream stands."""
        return Head(self.version, bytes(self.head))

    def check_password(self, raw_password: str | None) -> NoReturn:
        """Closed: Django's version writes the row when it upgrades a hash. Use `signing_in`."""
        raise NotImplementedError("use haicap.kernel.accounts.signing_in")

    def __str__(self) -> str:
        return self.display_name or self.name or str(self.public_id)


class Totp(models.Model):
    """Bộ tạo mã: the second factor of one person (RFC 6238)."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="totp")
    secret = models.BinaryField()  # encrypted with a key made from SECRET_KEY
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)  # newest 30-second step used: a code counts once

    def __str__(self) -> str:
        return f"second factor of {self.user_id}"


class RecoveryCode(models.Model):
    """Mã dự phòng: stands in once for a lost second factor. Only its keyed hash is kept; deleted when used."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=32, unique=True)

    def __str__(self) -> str:
        return f"recovery code of {self.user_id}"


class Token(models.Model):
    """Khoá truy cập: lets a machine act for a person. Only its SHA-256 is kept."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    label = models.TextField()
    digest = models.BinaryField(max_length=32, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("created_at")), name="token_span"),
        ]

    def __str__(self) -> str:
        return f"token {self.public_id}"


class Identity(models.Model):
    """Định danh ngoài: a person as another provider (VNeID) knows them."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    provider = models.TextField()
    subject = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "subject"], name="identity_once")
        ]

    def __str__(self) -> str:
        return f"{self.provider} identity of {self.user_id}"


class Session(AbstractBaseSession):
    """Phiên: one browser. Technical row; the key kept here is the hash of the cookie, so a leak opens nothing."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    began_at = models.DateTimeField(null=True)
    address = models.TextField(default="")
    agent = models.TextField(default="")


class Throttle(models.Model):
    """Phanh: how often one key (keyed hash of a name, an address or both) was tried lately. Technical row."""

    key = models.BinaryField(max_length=32, primary_key=True)
    tries = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    blocked_until = models.DateTimeField(null=True)
    blocks = models.PositiveIntegerField(default=0)  # each block in a row is longer than the one before

    def __str__(self) -> str:
        return f"{self.tries} tries"


class MailRequest(models.Model):
    """Thư phải gửi: someone typed a name and asked for a link. Technical row, gone when answered.

    It is written for known and unknown names alike, and the worker decides: the page cannot tell them apart.
    """

    id = models.BigAutoField(primary_key=True)
    purpose = models.TextField()
    name = models.TextField()
    language = models.TextField(default="vi")
    asked_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"
