"""Tài liệu tham chiếu: the OpenAPI document, and a page for people made from it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haicap.web.api.codes import CODES
from haicap.web.api.service import api

PATH = "/api/v1"


@cache
def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document as plain values."""
    schema: dict[str, Any] = json.loads(
        json.dumps(api.get_openapi_schema(path_prefix=f"{PATH}/"), default=str)
    )
    return schema


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    response = HttpResponse(
        json.dumps(document(), ensure_ascii=False, indent=1), content_type="application/json"
    )
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The reference as a page: no script, nothing from elsewhere."""
    schema = document()
    return render(
        request,
        "api/docs.html",
        {
            "info": schema["info"],
            "groups": _groups(schema),
            "shapes": _shapes(schema),
            "codes": CODES.items(),
        },
    )


def _groups(schema: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            row = {
                "method": method.upper(),
                "path": path,
                "id": operation["operationId"],
                "summary": operation.get("summary", ""),
                "text": operation.get("description", ""),
                "parameters": [_parameter(p) for p in operation.get("parameters", [])],
                "body": _body(operation),
                "answer": _name(
                    _json_of(operation["responses"].get("200") or operation["responses"].get("202") or {})
                ),
            }
            groups.setdefault(operation.get("tags", [""])[0], []).append(row)
    return list(groups.items())


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    shape = parameter.get("schema", {})
    return {
        "name": parameter["name"],
        "required": parameter.get("required", False),
        "text": parameter.get("description") or shape.get("description", ""),
        "kind": _name(shape),
        "choices": shape.get("enum", []),
    }


def _json_of(part: dict[str, Any]) -> dict[str, Any]:
    content = part.get("content", {})
    first: dict[str, Any] = next(iter(content.values()), {})
    found: dict[str, Any] = first.get("schema", {})
    return found


def _body(operation: dict[str, Any]) -> str:
    return _name(_json_of(operation.get("requestBody", {})))


def _name(shape: dict[str, Any]) -> str:
    """A shape in a word: the name of a schema, or a plain type."""
    if "$ref" in shape:
        return str(shape["$ref"]).rpartition("/")[2]
    if "anyOf" in shape:
        return " | ".join(_name(s) for s in shape["anyOf"])
    if shape.get("type") == "array":
        return f"{_name(shape.get('items', {}))}[]"
    return str(shape.get("type", shape.get("const", "")))


def _shapes(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "text": shape.get("description", ""),
            "fields": [
                {"name": field, "kind": _name(facts), "text": facts.get("description", "")}
                for field, facts in shape.get("properties", {}).items()
            ],
        }
        for name, shape in sorted(schema.get("components", {}).get("schemas", {}).items())
    ]
