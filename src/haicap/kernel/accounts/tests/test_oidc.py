"""OpenID Connect against a provider on this machine: it answers over HTTP and signs with keys of its own."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from haicap.base.refused import Refused
from haicap.kernel.accounts import actions, identity
from haicap.kernel.accounts.identity import Person
from haicap.kernel.accounts.models import Identity, User
from haicap.kernel.accounts.oidc import OpenIdConnect
from haicap.kernel.accounts.tests.make import AT

BACK = "https://haicap.example/dang-nhap/ve/"


class Provider(BaseHTTPRequestHandler):
    """A whole provider: discovery, keys, the token endpoint with PKCE and client authentication."""

    key = ec.generate_private_key(ec.SECP256R1())
    change: ClassVar = {}
    codes: ClassVar = {}

    def log_message(self, *args):
        """Quiet."""

    @property
    def issuer(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, body, status=200):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def do_GET(self):
        if self.path == "/.well-known/openid-configuration":
            about = {
                "issuer": self.issuer,
                "authorization_endpoint": self.issuer + "/authorize?tenant=vn",
                "token_endpoint": self.issuer + "/token",
                "jwks_uri": self.issuer + "/keys",
            }
            self.answer({**about, **self.change.get("about", {})})
        else:
            jwk = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(self.key.public_key()))
            self.answer(
                self.change.get("keys", {"keys": [{**jwk, "kid": "k1", "use": "sig", "alg": "ES256"}]})
            )

    def do_POST(self):
        form = {
            k: v[0]
            for k, v in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()
        }
        asked = self.codes.pop(form["code"], None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(
            b"="
        )
        basic = "Basic " + base64.b64encode(b"haicap:s%3Acret").decode()
        if (
            not asked
            or asked["code_challenge"] != challenge.decode()
            or self.headers["Authorization"] != basic
        ):
            self.answer({"error": "invalid_grant"}, 400)
            return
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": "079201001234-opaque", "aud": "haicap", "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], "name": "Lê Văn Minh", **self.change.get("claims", {}),
        }  # fmt: skip
        claims = {k: v for k, v in claims.items() if v is not None}
        key = self.change.get("key", self.key)
        token = jwt.encode(
            claims, key, self.change.get("alg", "ES256"), headers={"kid": self.change.get("kid", "k1")}
        )
        self.answer(
            self.change.get("token", {"id_token": token, "access_token": "x", "token_type": "Bearer"})
        )


@pytest.fixture
def provider():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    Provider.change, Provider.codes = {}, {}
    yield OpenIdConnect("vneid", "VNeID", f"http://127.0.0.1:{server.server_port}", "haicap", "s:cret")
    server.shutdown()
    thread.join(10)
    server.server_close()


def come_back(provider, change=None, query=None, memory=None):
    begun = provider.start(return_to=BACK)
    asked = {k: v[0] for k, v in parse_qs(urlsplit(begun.url).query).items()}
    assert (asked["redirect_uri"], asked["tenant"], asked["code_challenge_method"]) == (BACK, "vn", "S256")
    Provider.codes["c0de"] = asked
    Provider.change = change or {}
    back = {"code": "c0de", "state": asked["state"], **(query or {})}
    return provider.finish(query=back, memory={**begun.memory, **(memory or {})}, return_to=BACK)


def test_a_person_comes_back(provider):
    assert come_back(provider) == Person("vneid", "079201001234-opaque", "Lê Văn Minh")
    assert come_back(provider, {"claims": {"aud": ["haicap", "b"], "azp": "haicap"}}).subject


@pytest.mark.parametrize(
    "change",
    [
        {"claims": {"aud": "another"}},
        {"claims": {"aud": ["haicap", "b"], "azp": "b"}},
        {"claims": {"aud": ["haicap", "b"]}},
        {"claims": {"iss": "http://evil.example"}},
        {"claims": {"exp": 1}},
        {"claims": {"exp": None}},
        {"claims": {"nonce": "old"}},
        {"claims": {"nonce": None}},
        {"claims": {"sub": None}},
        pytest.param({"key": ec.generate_private_key(ec.SECP256R1())}, id="another key"),
        {"kid": "k2"},
        {"alg": "HS256", "key": "s:cret" * 9},
        {"alg": "none", "key": None},
        {"keys": {"keys": []}},
        {"keys": []},
        {"token": {}},
        {"token": b"<html>"},
        {"token": b"x" * 2_000_000},
    ],
    ids=lambda change: str(change)[:40],
)
def test_a_strange_answer_is_refused(provider, change):
    with pytest.raises(Refused, match="identity_failed"):
        come_back(provider, change)


@pytest.mark.parametrize(
    "query", [{"state": "x"}, {"state": ""}, {"state": "ắ"}, {"code": ""}, {"code": "y"}, {"iss": "z"}]
)
def test_a_strange_return_is_refused(provider, query):
    with pytest.raises(Refused, match="identity_failed"):
        come_back(provider, query=query)


def test_the_code_belongs_to_this_browser(provider):
    with pytest.raises(Refused, match="identity_failed"):
        come_back(provider, memory={"verifier": "another"})
    with pytest.raises(Refused, match="identity_failed"):
        provider.finish(query={"code": "c", "state": ""}, memory={}, return_to=BACK)


def test_a_provider_away_or_false_is_refused(provider):
    away = OpenIdConnect("x", "X", "http://127.0.0.1:9", "haicap")
    plain = OpenIdConnect("x", "X", "http://provider.example", "haicap")
    local = OpenIdConnect("x", "X", "file:///etc", "haicap")
    Provider.change = {"about": {"issuer": "https://another.example"}}
    for false in (away, plain, local, provider):
        with pytest.raises(Refused, match="identity_failed"):
            false.start(return_to=BACK)


@pytest.mark.django_db
def test_one_person_one_account():
    first = actions.join_identity(
        provider="vneid", subject="s1", display_name="Minh", actor=actions.SELF, at=AT
    )
    again = actions.join_identity(
        provider="vneid", subject="s1", display_name="Khác", actor=actions.SELF, at=AT
    )
    other = actions.join_identity(
        provider="vneid", subject="s2", display_name="Lan", actor=actions.SELF, at=AT
    )
    assert first == again != other
    assert User.objects.count() == Identity.objects.count() == 2
    actions.lock(user=first.public_id, actor="system", at=AT)
    with pytest.raises(Refused, match="account_locked"):
        actions.join_identity(provider="vneid", subject="s1", display_name="", actor=actions.SELF, at=AT)


def test_the_slot(provider):
    identity.register(provider)
    try:
        assert identity.provider("vneid") is provider
        assert provider in identity.providers()
    finally:
        identity.forget("vneid")
    assert identity.provider("vneid") is None
