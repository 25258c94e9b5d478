"""OpenID Connect: a provider reached by authorisation code with PKCE, as VNeID's single sign-on is.

OpenID Connect Core 1.0 §3.1, RFC 7636 (PKCE), RFC 9700. The network is this module's only: one discovery document, one
set of keys, one exchange a sign-in; addresses must be https, but on this machine itself.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import jwt

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.accounts.identity import Person, Start

_ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "EdDSA"]  # never "none", never a shared secret
_MOST = 1024 * 1024  # bytes of an answer
_SECONDS = 10
_LEEWAY = 60  # seconds of clock difference
_LOCAL = {"localhost", "127.0.0.1", "::1"}


class _Odd(Exception):
    """The provider answered what the standard does not allow."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Secrets are not carried to another address."""


_opener = urllib.request.build_opener(_NoRedirect)


def _call(url: str, data: bytes | None = None, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
        raise _Odd(f"{url} is not https")
    request = urllib.request.Request(url, data, {"Accept": "application/json", **(headers or {})})  # noqa: S310  # scheme checked above
    with _opener.open(request, timeout=_SECONDS) as answer:
        body = answer.read(_MOST + 1)
    if len(body) > _MOST:
        raise _Odd(f"{url} answered too much")
    found = json.loads(body)
    if not isinstance(found, dict):
        raise _Odd(f"{url} answered no object")
    return found


@dataclass(slots=True)
class OpenIdConnect:
    """A provider by its issuer address; everything else it tells itself (OpenID Connect Discovery)."""

    key: str
    label: str
    issuer: str
    client_id: str
    client_secret: str = ""
    scope: str = "openid profile"
    _about: dict[str, Any] = field(default_factory=dict)

    def start(self, *, return_to: str) -> Start:
        """Send the browser to the provider. Refused `identity_failed` when it cannot be reached."""
        memory = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
        challenge = base64.urlsafe_b64encode(hashlib.sha256(memory["verifier"].encode()).digest()).rstrip(
            b"="
        )
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": return_to,
            "scope": self.scope,
            "state": memory["state"],
            "nonce": memory["nonce"],
            "code_challenge": challenge.decode(),
            "code_challenge_method": "S256",
        }
        try:
            where = str(self._discovered()["authorization_endpoint"])
        except (OSError, ValueError, KeyError, _Odd) as error:
            raise _failed() from error
        return Start(f"{where}{'&' if '?' in where else '?'}{urlencode(query)}", memory)

    def finish(self, *, query: Mapping[str, str], memory: Mapping[str, str], return_to: str) -> Person:
        """Judge the answer. Refused `identity_failed` for a strange state, code, signature, audience or nonce."""
        state = memory.get("state", "")
        if not state or not hmac.compare_digest(state.encode(), query.get("state", "").encode()):
            raise _failed()
        if not query.get("code") or query.get("iss", self.issuer) != self.issuer:
            raise _failed()
        try:
            token = self._exchange(query["code"], memory["verifier"], return_to)
            claims = self._claims(token, memory["nonce"])
            return Person(self.key, str(claims["sub"]), str(claims.get("name") or ""))
        except (OSError, ValueError, KeyError, jwt.PyJWTError, _Odd) as error:
            raise _failed() from error

    def _discovered(self) -> dict[str, Any]:
        if not self._about:
            about = _call(self.issuer.rstrip("/") + "/.well-known/openid-configuration")
            if about.get("issuer") != self.issuer:
                raise _Odd("another issuer")
            self._about = about
        return self._about

    def _exchange(self, code: str, verifier: str, return_to: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": return_to,
            "client_id": self.client_id,
            "code_verifier": verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if self.client_secret:
            pair = f"{quote(self.client_id, safe='')}:{quote(self.client_secret, safe='')}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        return str(
            _call(str(self._discovered()["token_endpoint"]), urlencode(form).encode(), headers)["id_token"]
        )

    def _claims(self, token: str, nonce: str) -> dict[str, Any]:
        keys = jwt.PyJWKSet.from_dict(_call(str(self._discovered()["jwks_uri"])))
        header = jwt.get_unverified_header(token)
        found = [k for k in keys.keys if header.get("kid") in (None, k.key_id)]
        if len(found) != 1 or header.get("alg") not in _ALGORITHMS:
            raise _Odd("no one key for this token")
        claims: dict[str, Any] = jwt.decode(
            token,
            found[0],
            algorithms=[header["alg"]],
            audience=self.client_id,
            issuer=self.issuer,
            leeway=_LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
        many = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (many or "azp" in claims) and claims.get("azp") != self.client_id:
            raise _Odd("given to another client")
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise _Odd("another nonce")
        return claims


def _failed() -> Refused:
    return Refused(
        "identity_failed",
        gettext_noop(
            "Không xác nhận được danh tính từ nhà cung cấp. Xin thử lại, hoặc đăng nhập bằng mật khẩu."
        ),
    )
