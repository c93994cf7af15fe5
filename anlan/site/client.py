"""The typed Python client, printed from the OpenAPI document: one method an operation, one shape a record.

It is committed under clients/python and needs nothing but the standard library; `make check` fails when
it is out of date.
"""

import re
from typing import Any

from django.utils.translation import gettext, override

REF = "#/components/schemas/"
PATH = "clients/python/anlan_client/__init__.py"
WIDE = 100

HEAD = '''"""Anlan's API, typed. Printed by `make docs` from the OpenAPI document; do not edit by hand.

    from anlan_client import Anlan, Problem

    anlan = Anlan("https://anlan.example.org", token="anlan_…")
    for hazard in anlan.every(anlan.hazards_list, when="overdue"):
        print(hazard["number"], hazard["days_left"])
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, Literal, NotRequired, TypedDict
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import uuid4


class Problem(Exception):
    """What was not carried out (RFC 9457). `reason` and `params` are for programs, `detail` for people."""

    def __init__(self, status: int, told: dict[str, Any]):
        self.status, self.told = status, told
        self.detail: str = told.get("detail", "")
        self.reason: str = told.get("reason", "")
        self.params: dict[str, Any] = told.get("params", {})
        self.errors: list[dict[str, str]] = told.get("errors", [])
        super().__init__(f"{status}: {self.detail}")
'''

CORE = '''
class Anlan:
    """One installation, called with one token. `language` is zh or en."""

    def __init__(self, address: str, *, token: str, language: str = "zh", timeout: float = 30.0):
        self.address, self.token = address.rstrip("/"), token
        self.language, self.timeout = language, timeout

    def every(self, listing: Callable[..., Any], **asked: Any) -> Iterator[Any]:
        """Each item of a list, page after page."""
        cursor: str | None = ""
        while cursor is not None:
            page = listing(**asked, **({"cursor": cursor} if cursor else {}))
            yield from page["items"]
            cursor = page["next"]

    def _call(
        self, method: str, path: str, *, asked: dict[str, Any] | None = None, body: dict[str, Any] | None = None,
        file: tuple[str, bytes] | None = None,
    ) -> Any:
        """One request; an act that broke off on the way is sent once more under the same id."""
        given = {k: v for k, v in (asked or {}).items() if v is not None}
        url = self.address + path + (f"?{urlencode(given)}" if given else "")
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Accept-Language": self.language,
            "Accept": "application/json",
        }
        data: bytes | None = None
        if file is not None:
            edge = uuid4().hex
            headers["Content-Type"] = f"multipart/form-data; boundary={edge}"
            name = file[0].replace('"', "")
            head = f'--{edge}\\r\\nContent-Disposition: form-data; name="file"; filename="{name}"\\r\\n\\r\\n'
            data = head.encode() + file[1] + f"\\r\\n--{edge}--\\r\\n".encode()
        elif body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps({k: v for k, v in body.items() if v is not None}).encode()
        request = Request(url, data=data, headers=headers, method=method)
        again = method == "GET" or (body is not None and bool(body.get("id")))
        try:
            return self._open(request)
        except (URLError, ConnectionError):
            if not again:
                raise
            return self._open(request)

    def _open(self, request: Request) -> Any:
        try:
            with urlopen(request, timeout=self.timeout) as answer:
                said, kind = answer.read(), answer.headers.get("Content-Type", "")
        except HTTPError as error:
            raise self._problem(error) from None
        if not kind.startswith("application/json"):
            return said or None
        return json.loads(said) if said else None

    def _problem(self, error: HTTPError) -> Problem:
        try:
            return Problem(error.code, json.loads(error.read()))
        except ValueError:
            return Problem(error.code, {"detail": str(error.reason)})
'''


def text() -> str:
    """The whole module."""
    from anlan.site.api import api

    document = api.get_openapi_schema()
    schemas = document["components"]["schemas"]
    bodies = {_name(b) for b in _bodies(document)}
    shapes = [_shape(name, s) for name, s in sorted(schemas.items()) if name not in bodies | {"Problem"}]
    with override("en"):
        methods = [
            _method(schemas, path, method, operation)
            for path, operations in document["paths"].items()
            for method, operation in operations.items()
        ]
    top = "\n\n\n".join(part.strip("\n") for part in [HEAD, *shapes, CORE])
    return top + "\n\n" + "\n\n".join(methods) + "\n"


def _bodies(document: Any) -> list[Any]:
    return [
        content["schema"]
        for methods in document["paths"].values()
        for operation in methods.values()
        for content in operation.get("requestBody", {}).get("content", {}).values()
    ]


def _name(schema: Any) -> str:
    return schema.get("$ref", "").removeprefix(REF)


def _type(schema: Any, *, quoted: bool = False) -> str:
    if "$ref" in schema:
        return f'"{_name(schema)}"' if quoted else _name(schema)
    for joined in ("anyOf", "oneOf", "allOf"):
        if joined in schema:
            said = [_type(s) for s in schema[joined]]
            both = " | ".join(dict.fromkeys(said))
            return f'"{both}"' if quoted and any("$ref" in s for s in schema[joined]) else both
    if "enum" in schema or "const" in schema:
        values = schema.get("enum", [schema.get("const")])
        return f"Literal[{', '.join(repr(v).replace(chr(39), chr(34)) for v in values)}]"
    match schema.get("type"):
        case "array":
            inner = _type(schema.get("items", {}))
            return f'"list[{inner}]"' if quoted and "$ref" in schema.get("items", {}) else f"list[{inner}]"
        case "integer":
            return "int"
        case "number":
            return "float"
        case "boolean":
            return "bool"
        case "null":
            return "None"
        case "string":
            return "str"
    return "dict[str, Any]" if schema.get("type") == "object" else "Any"


def _shape(name: str, schema: Any) -> str:
    if "properties" not in schema:
        return f"{name} = {_type(schema)}"
    required = set(schema.get("required", ()))
    lines = [f"class {name}(TypedDict):"]
    for field, s in schema["properties"].items():
        kind = _type(s, quoted=True)
        lines.append(f"    {field}: {kind if field in required else f'NotRequired[{kind}]'}")
    return "\n".join(lines)


def _method(schemas: Any, path: str, method: str, operation: Any) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    media = next(iter(content), "")
    body = schemas[_name(content[media]["schema"])] if media == "application/json" else {}
    taken = [p for p in operation.get("parameters", []) if p["in"] in ("path", "query")]
    inside = [p for p in taken if p["in"] == "path"]
    beside = [p for p in taken if p["in"] == "query"]
    required = set(body.get("required", ()))
    fields = sorted(body.get("properties", {}).items(), key=lambda pair: pair[0] not in required)
    positional = ["self", *(f"{p['name']}: {_type(p['schema'])}" for p in inside)]
    named = [_argument(p["name"], p["schema"], p.get("required", False)) for p in beside]
    named += [_argument(name, s, name in required) for name, s in fields]
    if media == "multipart/form-data":
        positional += ["file: bytes", 'name: str = "photo.jpg"']
    answer = next(a for s, a in operation["responses"].items() if int(s) < 300)
    told = answer.get("content", {}).get("application/json", {}).get("schema")
    returns = "None" if told is None else _type(told)
    if "application/octet-stream" in answer.get("content", {}):
        told, returns = {}, "bytes"
    where = re.sub(r"\{(\w+)\}", r"{\1}", path)
    called = [f'"{method.upper()}"', f'f"{where}"' if inside else f'"{where}"']
    if beside:
        called.append("asked={" + ", ".join(f'"{p["name"]}": {p["name"]}' for p in beside) + "}")
    if media == "application/json":
        called.append("body={" + ", ".join(f'"{n}": {_sent(n)}' for n, _s in fields) + "}")
    elif media:
        called.append("file=(name, file)")
    arguments = ", ".join([*positional, *(["*", *named] if named else [])])
    head = f"    def {operation['operationId']}({arguments}) -> {returns}:"
    if len(head) > WIDE:
        lines = "".join(f"        {a},\n" for a in [*positional, *(["*", *named] if named else [])])
        head = f"    def {operation['operationId']}(\n{lines}    ) -> {returns}:"
    call = "self._call(\n" + "".join(f"            {c},\n" for c in called) + "        )"
    kept = f"told: {returns} = {call}\n        return told" if told is not None else call
    return f'{head}\n        """{gettext(operation["summary"])}."""\n        {kept}'


def _argument(name: str, schema: Any, required: bool) -> str:
    kind = _type(schema)
    if required:
        return f"{name}: {kind}"
    return f"{name}: {kind if 'None' in kind.split(' | ') else f'{kind} | None'} = None"


def _sent(name: str) -> str:
    """An act has an id even where the caller gives none, so that it can be sent again."""
    return "id or str(uuid4())" if name == "id" else name
