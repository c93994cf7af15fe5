"""Problem details (RFC 9457) in the caller's language, and their place in the OpenAPI document.

Beside the standard members a problem tells `reason` (the message before translation) and its `params`,
so that a program can tell refusals apart, and `errors` by field.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja.errors import ValidationError

from anlan.kernel import canonical
from anlan.kernel.told import told
from anlan.kernel.words import Reason

FIELDS = Reason("填写的内容有误,请按提示改正后重新提交")
MEDIA = "application/problem+json"

#: status → (name of the type, title)
KINDS: dict[int, tuple[str, str]] = {
    400: ("bad-request", _("请求有误")),
    401: ("unauthorized", _("没有登录,或令牌无效")),
    403: ("forbidden", _("没有权限")),
    404: ("not-found", _("没有找到")),
    405: ("method-not-allowed", _("这个地址不支持这种方法")),
    409: ("conflict", _("记录已有变化")),
    413: ("too-large", _("内容太大")),
    415: ("unsupported-media-type", _("不支持这种内容类型")),
    422: ("refused", _("没有办理")),
    429: ("too-many-requests", _("请求太频繁")),
    500: ("broken", _("系统出错")),
    503: ("busy", _("系统正忙")),
}
#: what every operation may answer beside its own
DECLARED = (400, 401, 403, 404, 405, 409, 413, 422, 429, 503)
DOCS = "/api/v1/docs"


def body(request: HttpRequest, status: int, reason: Reason, fields: Iterable[Any] = ()) -> dict[str, Any]:
    slug, title = KINDS.get(status, KINDS[500 if status >= 500 else 400])
    said: dict[str, Any] = {
        "type": f"{DOCS}#problem-{slug}",
        "title": gettext(title),
        "status": status,
        "detail": told(reason),
        "instance": request.path,
        "reason": reason.msgid,
        "params": {name: _plain(value) for name, value in reason.params.items()},
    }
    if fields := list(fields):
        said["errors"] = fields
    return said


def _plain(value: Any) -> Any:
    try:
        return canonical.plain(value)
    except TypeError:
        return str(value)


def answer(
    request: HttpRequest, status: int, reason: Reason | None = None, *, field: str = "", fields: Iterable[Any] = (),
    headers: Mapping[str, str] | None = None,
) -> JsonResponse:  # fmt: skip
    """A problem. `field` is the one input at fault; `fields` are several, as {field, message}."""
    why = reason or Reason(KINDS.get(status, KINDS[400])[1])
    fields = list(fields) or ([{"field": field, "message": told(why)}] if field else [])
    said = body(request, status, why, fields)
    response = JsonResponse(
        said, status=status, content_type=MEDIA, json_dumps_params={"ensure_ascii": False}
    )
    response["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response[name] = value
    if status == 503:
        response["Retry-After"] = "5"
    return response


def of_form(errors: Mapping[str, list[str]]) -> list[dict[str, str]]:
    return [{"field": "" if f == "__all__" else f, "message": m} for f, said in errors.items() for m in said]


#: pydantic's kinds of error → what to say; `ctx` fills the places
SAID: dict[str, str] = {
    "missing": _("请填写这一项"),
    "extra_forbidden": _("没有这一项,请删去"),
    "repeated": _("这一项给了不止一次,请只留一个"),
    "int_parsing": _("须为整数"),
    "int_type": _("须为整数"),
    "int_from_float": _("须为整数"),
    "int_parsing_size": _("数字太大"),
    "bool_parsing": _("须为true或false"),
    "bool_type": _("须为true或false"),
    "string_type": _("须为文字"),
    "string_too_long": _("最多%(max_length)s个字"),
    "string_too_short": _("至少%(min_length)s个字"),
    "string_pattern_mismatch": _("格式不对"),
    "enum": _("只能是其中之一:%(expected)s"),
    "literal_error": _("只能是其中之一:%(expected)s"),
    "greater_than_equal": _("不能小于%(ge)s"),
    "less_than_equal": _("不能大于%(le)s"),
    "too_long": _("最多%(max_length)s项"),
    "list_type": _("须为列表"),
    "model_type": _("须为对象"),
    "model_attributes_type": _("须为对象"),
    "dict_type": _("须为对象"),
    "timezone_aware": _("时间须带时区,例如2019-10-02T15:20:00+08:00"),
}
DATES, UUIDS, OTHER = _("须为日期,例如2019-10-02"), _("须为UUID"), _("这一项填写有误")
TIMES = _("须为日期和时间,例如2019-10-02T15:20:00+08:00")
HOLDERS = frozenset({"body", "asked"})


def of_schema(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    return [{"field": _where(e["loc"]), "message": _say(e["type"], e.get("ctx") or {})} for e in errors]


def _where(loc: Iterable[Any]) -> str:
    """The field of an error: without the source, and without the name of the parameter that holds it."""
    parts = [str(part) for part in loc][1:]
    return ".".join(parts[1:] if len(parts) > 1 and parts[0] in HOLDERS else parts)


def _say(kind: str, ctx: Mapping[str, Any]) -> str:
    if kind.startswith("date_"):
        return gettext(DATES)
    if kind.startswith("datetime_"):
        return gettext(TIMES)
    if kind.startswith("uuid"):
        return gettext(UUIDS)
    text = gettext(SAID.get(kind, OTHER))
    return text % ctx if "%(" in text else text


def unknown(names: Iterable[str]) -> ValidationError:
    """Query parameters that nobody declared."""
    return ValidationError([{"type": "extra_forbidden", "loc": ("query", name), "msg": ""} for name in names])


def repeated(names: Iterable[str]) -> ValidationError:
    """Query parameters with more than one value."""
    return ValidationError([{"type": "repeated", "loc": ("query", name), "msg": ""} for name in names])


# -- in the document ---------------------------------------------------------------------------------

PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": _("问题详情(RFC 9457)"),
    "required": ["type", "title", "status", "detail", "instance", "reason", "params"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": _("给人看的一句话,语言按Accept-Language")},
        "instance": {"type": "string"},
        "reason": {"type": "string", "description": _("未翻译、未填入参数的原句,供程序辨认")},
        "params": {"type": "object"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}


def declare(document: Any) -> Any:
    """Name the problems that every operation can answer."""
    components = document["components"]
    for schema in components["schemas"].values():
        schema.pop("description", None)  # a docstring is for who reads the code
    components["schemas"]["Problem"] = PROBLEM
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    components["responses"] = {
        KINDS[status][0]: {"description": KINDS[status][1], "content": content} for status in DECLARED
    }
    named = _named(document["paths"], components["schemas"]) | {"Problem"}
    components["schemas"] = {name: s for name, s in components["schemas"].items() if name in named}
    for path in document["paths"].values():
        for operation in path.values():
            for status in DECLARED:
                ref = {"$ref": f"#/components/responses/{KINDS[status][0]}"}
                operation["responses"].setdefault(status, ref)
    return document


def _named(node: Any, schemas: Mapping[str, Any], found: set[str] | None = None) -> set[str]:
    """The shapes that operations speak of, through one another; those of query strings stand in them already."""
    found = set() if found is None else found
    if isinstance(node, list):
        for one in node:
            _named(one, schemas, found)
    elif isinstance(node, dict):
        name = str(node.get("$ref", "")).removeprefix("#/components/schemas/")
        if name in schemas and name not in found:
            found.add(name)
            _named(schemas[name], schemas, found)
        for value in node.values():
            _named(value, schemas, found)
    return found
