"""Journeys of machines: calls as programs make them, through the whole middleware."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from haicap.web.api.clients import allowances
from haicap.web.api.codes import CODES


class Machine:
    """A program that calls the API."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"/api/v1{path}", headers=headers)

    def refused(self, answer: Any) -> str:
        """The code of a problem document; one the reference lists."""
        assert answer.headers["Content-Type"] == "application/problem+json", answer.content
        code: str = json.loads(answer.content)["code"]
        assert code in CODES
        return code

    def read(self, path: str, **headers: str) -> Any:
        answer = self.get(path, **headers)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def post(self, path: str, document: object, **headers: str) -> Any:
        return self.client.post(
            f"/api/v1{path}", json.dumps(document), content_type="application/json", headers=headers
        )


@pytest.fixture
def machine(register) -> Machine:
    allowances.forget()
    return Machine()
