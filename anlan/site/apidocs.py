"""The API's reference: the OpenAPI document and a page drawn from it, in the reader's language.

The page needs no script, so it stands under the same content policy as every other.
"""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from anlan.people.scopes import SCOPES
from anlan.site import problems
from anlan.site.api import api

SAYS = frozenset({"title", "description", "summary"})
REF = "#/components/schemas/"


def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document in the language of the request."""
    return _translated(get_language() or "zh-hans")


@cache
def _plain() -> str:
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False)


@cache
def _translated(language: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_plain())
    return found if language.startswith("zh") else _say(found)


def _say(node: Any) -> Any:
    """Every title, description, summary and tag in the reader's language."""
    if isinstance(node, list):
        return [_say(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {k: _said(k, v) for k, v in node.items()}


def _said(key: str, value: Any) -> Any:
    if key in SAYS and isinstance(value, str):
        return gettext(value) if value else value
    if key == "tags":
        return [gettext(tag) for tag in value]
    return _say(value)


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """For programs and generators."""
    text = json.dumps(document(), ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """For people: every operation with its inputs, answers, an example, and every problem."""
    return render(request, "site/api/docs.html", _drawn(get_language() or "zh-hans"))


@cache
def _drawn(language: str) -> dict[str, Any]:
    doc = document()
    groups: dict[str, list[Any]] = {}
    for path, methods in doc["paths"].items():
        for method, op in methods.items():
            groups.setdefault(op["tags"][0], []).append(_operation(doc, path, method, op))
    return {
        "groups": groups,
        "schemas": [
            {"name": name, "about": s.get("description", ""), "fields": _fields(s), "values": s.get("enum")}
            for name, s in sorted(doc["components"]["schemas"].items())
        ],
        "problems": [
            {"status": status, "slug": slug, "title": gettext(title)}
            for status, (slug, title) in problems.KINDS.items()
        ],
        "scopes": list(SCOPES.values()),
    }


def _operation(doc: Any, path: str, method: str, op: Any) -> dict[str, Any]:
    content = op.get("requestBody", {}).get("content", {})
    media: str = next(iter(content), "")
    body: dict[str, Any] = content.get(media, {})
    schema = _resolved(doc, body.get("schema", {}))
    status, answer = next((s, a) for s, a in op["responses"].items() if int(s) < 300)
    told = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return {
        "id": op["operationId"],
        "path": path,
        "method": method.upper(),
        "summary": op["summary"],
        "about": op.get("description", ""),
        "parameters": [
            {
                "name": p["name"],
                "in": p["in"],
                "required": p.get("required", False),
                "kind": _kind(p["schema"]),
                "about": p.get("description", ""),
            }
            for p in op.get("parameters", [])
        ],
        "media": media,
        "inputs": _fields(schema),
        "status": status,
        "answer": _kind(told),
        "example": _example(doc, path, method, op, media, schema),
    }


def _resolved(doc: Any, schema: Any) -> Any:
    if "$ref" in schema:
        return doc["components"]["schemas"][schema["$ref"].removeprefix(REF)]
    return _resolved(doc, schema["allOf"][0]) if "allOf" in schema else schema


def _fields(schema: Any) -> list[dict[str, Any]]:
    required = schema.get("required", ())
    return [
        {
            "name": name,
            "kind": _kind(s),
            "required": name in required,
            "about": " · ".join(
                dict.fromkeys(t for t in (_title(name, s.get("title", "")), s.get("description", "")) if t)
            ),
        }
        for name, s in schema.get("properties", {}).items()
    ]


def _title(name: str, title: str) -> str:
    """A title that says more than the name."""
    return "" if title.lower().replace(" ", "_") == name.lower() else title


def _kind(schema: Any) -> list[dict[str, str]]:
    """What a value is, as words, some of them links to a shape."""
    if "$ref" in schema:
        return [{"text": schema["$ref"].removeprefix(REF), "ref": schema["$ref"].removeprefix(REF)}]
    if {"type": "null"} in schema.get("anyOf", ()):
        return _kind({"anyOf": [s for s in schema["anyOf"] if s != {"type": "null"}]})
    for joined in ("anyOf", "allOf", "oneOf"):
        if joined in schema:
            parts = [_kind(s) for s in schema[joined]]
            return [word for n, part in enumerate(parts) for word in ([{"text": " | "}] if n else []) + part]
    if schema.get("type") == "array":
        return [{"text": "["}, *_kind(schema.get("items", {})), {"text": "]"}]
    if "enum" in schema:
        return [{"text": " | ".join(str(v) for v in schema["enum"])}]
    if "const" in schema:
        return [{"text": str(schema["const"])}]
    kind = schema.get("format") or schema.get("type", "")
    limits = [
        f"{sign} {schema[key]}"
        for key, sign in (("minimum", "≥"), ("maximum", "≤"), ("maxLength", "≤"))
        if key in schema and abs(schema[key]) < 2**31 - 1
    ]
    return [{"text": " ".join([kind, *limits])}]


def _example(doc: Any, path: str, method: str, op: Any, media: str, schema: Any) -> str:
    """The call as it is typed at a shell."""
    shown = path
    for p in op.get("parameters", []):
        if p["in"] == "path":
            shown = shown.replace(f"{{{p['name']}}}", str(_sample(doc, p["schema"], p["name"])))
    lines = [f'curl -H "Authorization: Bearer $TOKEN" "$ANLAN{shown}"']
    if media == "application/json":
        names = [n for n in schema.get("properties", {}) if n == "id" or n in schema.get("required", ())]
        given = {n: _sample(doc, schema["properties"][n], n) for n in names}
        lines += ["-H 'Content-Type: application/json'", f"-d '{json.dumps(given, ensure_ascii=False)}'"]
    elif media:
        lines.append("-F file=@photo.jpg")
    if method != "get" and not media:
        lines.insert(1, f"-X {method.upper()}")
    return " \\\n     ".join(lines)


_SAMPLES = {
    "uuid": "0190a4c2-7b1e-7c3d-9a52-3f6d1f0b7a11",
    "date": "2019-10-09",
    "date-time": "2019-10-02T15:20:00+08:00",
}


def _sample(doc: Any, schema: Any, name: str) -> Any:
    schema = _resolved(doc, schema)
    if "anyOf" in schema:
        return _sample(doc, schema["anyOf"][0], name)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "integer":
            return max(812 if name == "pk" else 1, schema.get("minimum", 0))
        case "boolean":
            return True
        case "array":
            return [_sample(doc, schema.get("items", {}), name)]
        case "string":
            return _SAMPLES.get(schema.get("format", ""), "…")
    return {}
