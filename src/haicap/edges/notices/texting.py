"""Tin nhắn: a gateway for SMS or Zalo that takes JSON over HTTPS, as the operator describes it.

Gateways differ in the names of their fields, so the body is a JSON document of the operator with places in its texts:
{to} 0912345678 · {to84} 84912345678 · {text} the message ({plain} without marks, for SMS) · {id} the same at every try ·
{template} our name of the template, or the operator's for it · {code} the dossier's code · {language}.
"""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

from haicap.edges.notices.addresses import bare, harmless
from haicap.edges.notices.channels import Away, Later, Never, Outgoing

SECONDS = 15
_MOST = 64 * 1024  # bytes of an answer that are read
_PLACE = re.compile(r"\{[a-z0-9]+\}")
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_AWAY = {401, 403, 404, 405}  # key or address of the gateway is wrong: no message is to blame
_LATER = {408, 409, 425, 429}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """The key is not carried to another address."""


_opener = urllib.request.build_opener(_NoRedirect)


@dataclass(frozen=True, slots=True)
class Gateway:
    """What the operator says of a gateway.

    token      sent as "Authorization: Bearer …", or under another header: "Header-Name: value"
    body       the JSON document, with places
    ok         "field=value" the answer must hold ("" = any 2xx is success); "a.b=0" looks inside
    refused    values of the same field that mean: never for this receiver
    templates  our name of a template → the gateway's
    """

    url: str
    token: str
    body: Any
    ok: str = ""
    refused: frozenset[str] = frozenset()
    templates: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
            raise ValueError(f"{self.url} is not https")


class JsonWay:
    """One call a message."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def open(self) -> None:
        """Nothing to do: each message is a call of its own."""

    def close(self) -> None:
        """Nothing to do."""

    def send(self, message: Outgoing) -> None:
        """Hand over one message and judge the answer. `Away`, `Later`, `Never`."""
        try:
            with _opener.open(self._request(message), timeout=SECONDS) as answer:
                found = answer.read(_MOST)
        except HTTPError as error:
            with error:
                said = f"{error.code} {harmless(error.read(500).decode('utf-8', 'replace'), 300)}"
            raise _of_status(error.code)(said) from error
        except OSError as error:
            raise Away(f"{type(error).__name__}: {error}") from error
        self._judge(found)

    def _request(self, message: Outgoing) -> urllib.request.Request:
        name, colon, value = self._gateway.token.partition(": ")
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        headers["Idempotency-Key"] = message.reference
        if self._gateway.token:
            headers |= {name: value} if colon else {"Authorization": f"Bearer {self._gateway.token}"}
        body = json.dumps(filled(self._gateway.body, self._places(message)), ensure_ascii=False)
        return urllib.request.Request(self._gateway.url, body.encode(), headers, method="POST")  # noqa: S310  # scheme checked in Gateway

    def _places(self, message: Outgoing) -> dict[str, str]:
        return {
            "{to}": message.to,
            "{to84}": f"84{message.to[1:]}",
            "{text}": message.text.short,
            "{plain}": bare(message.text.short),
            "{id}": message.reference,
            "{template}": self._gateway.templates.get(message.template, message.template),
            "{code}": message.code,
            "{language}": message.language,
        }

    def _judge(self, answer: bytes) -> None:
        if not self._gateway.ok:
            return
        path, _, wanted = self._gateway.ok.partition("=")
        try:
            found: Any = json.loads(answer)
            for name in path.split("."):
                found = found[name]
        except (ValueError, KeyError, TypeError) as error:
            raise Later("the answer of the gateway cannot be read") from error
        if str(found) != wanted:
            said = harmless(answer.decode("utf-8", "replace"), 300)
            raise (Never if str(found) in self._gateway.refused else Later)(said)


def way(described: Mapping[str, Any]) -> Callable[[], JsonWay]:
    """The way of a gateway with the fields of `Gateway`; the settings describe it so."""
    gateway = Gateway(**described)
    return lambda: JsonWay(gateway)


def _of_status(code: int) -> type[Exception]:
    if code in _AWAY:
        return Away
    return Never if 400 <= code < 500 and code not in _LATER else Later


def filled(body: Any, places: Mapping[str, str]) -> Any:
    """The document with its places filled; only its texts are looked at, so that no value can change its shape."""
    if isinstance(body, Mapping):
        return {key: filled(value, places) for key, value in body.items()}
    if isinstance(body, list):
        return [filled(item, places) for item in body]
    if not isinstance(body, str):
        return body
    # From left to right and once: what fills a place is not looked at again.
    return _PLACE.sub(lambda found: places.get(found.group(), found.group()), body)
