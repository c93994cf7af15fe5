"""What a person reads when something cannot be done.

Everything that goes wrong ends here, as a page, as a fragment for htmx, or as RFC 9457 problem
details for programs. Pages of the 5xx kind are drawn without request and database, so that they
appear when either is broken.
"""

import logging
import sys
from functools import cache
from http import HTTPStatus

from django.apps import apps
from django.core.exceptions import (
    ObjectDoesNotExist,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.template import loader
from django.utils import translation

from anlan.kernel.scope import ChildModel, ScopedModel
from anlan.kernel.words import Conflict, Reason, Refused
from anlan.site import problems
from anlan.site.context import theme_of

log = logging.getLogger("anlan.site")

TOO_BIG = Reason("提交的内容太大。照片和文件请逐个上传,单次提交请减少条数。")
TOO_MANY = Reason("一次提交的栏目或文件太多,请分几次提交。")
UNREADABLE = Reason("没有收到完整的内容,请检查网络后重新提交。")
CONTROL_CHARACTERS = Reason("内容中有无法显示的控制字符,请删除后重新填写。")
OUT_OF_RANGE = Reason("填写的数字或文字超出了允许的范围,请改短或改小后重新提交。")
STALE_FORM = Reason("页面停留太久,或不是从本系统打开的,为保护您的账号没有执行。请返回,刷新页面后重新提交。")
TOO_OFTEN = Reason("一分钟内提交的次数太多,这次没有执行。请稍等一分钟再试。")
NOT_JSON = Reason("接口只接收JSON(Content-Type: application/json),没有执行。请改用JSON重新发送。")
BUSY = Reason("系统正忙,这次没有保存。请过几秒钟再试。")

SHORT = {
    400: Reason("请求有误。"),
    403: Reason("您的职务不能做这件事。"),
    404: Reason("没有这个内容,或者不在您的范围内。"),
    405: Reason("这个地址不能这样打开。"),
    413: TOO_BIG,
    422: Reason("没有执行。"),
    429: Reason("请求太频繁,请稍后再试。"),
    500: Reason("系统出错,没有保存。"),
    503: BUSY,
}


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def answer(request: HttpRequest, status: int, reason: Reason | None = None, field: str = "") -> HttpResponse:
    """The response that tells `reason` in the form in which it was asked."""
    if is_api(request):
        return problems.answer(request, status, reason or SHORT.get(status), field=field)
    context = {"status": status, "reason": reason, "field": field}
    if getattr(request, "htmx", None) and status < HTTPStatus.INTERNAL_SERVER_ERROR:
        response = HttpResponse(loader.render_to_string("ui/refusal.html", context, request), status=status)
        response["HX-Retarget"] = "#flashes"
        response["HX-Reswap"] = "innerHTML show:window:top"
        return response
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        text = loader.render_to_string(f"{status}.html", context | {"theme": theme_of(request)})
    else:
        context["layout"] = "base.html" if getattr(request, "actor", None) else "base_bare.html"
        text = loader.render_to_string(f"{status}.html", context, request)
    response = HttpResponse(text, status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = "5"
    return response


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """422 with the reason; 409 where the record has moved on or the act id was used otherwise."""
    status = HTTPStatus.CONFLICT if isinstance(refusal, Conflict) else HTTPStatus.UNPROCESSABLE_ENTITY
    return answer(request, status, refusal.reason, refusal.field)


def explained(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """The answer to an error that is not a defect of ours, else None."""
    match error:
        case Refused():
            return refused(request, error)
        case ObjectDoesNotExist() if type(error) in _not_yours():
            return answer(request, 404)
        case RawPostDataException():
            return answer(request, 415, NOT_JSON)
        case RequestDataTooBig():
            return answer(request, 413, TOO_BIG)
        case TooManyFieldsSent() | TooManyFilesSent():
            return answer(request, 400, TOO_MANY)
        case DataError():
            return answer(request, 400, OUT_OF_RANGE)
        case OverflowError() if "SQLite" in str(error):
            return answer(request, 400, OUT_OF_RANGE)
        case OperationalError() if _busy(error):
            log.warning("database busy or away at %s: %s", request.path, error)
            return answer(request, 503, BUSY)
    return None


@cache
def _not_yours() -> frozenset[type[Exception]]:
    scoped = (m for m in apps.get_models() if issubclass(m, ScopedModel | ChildModel))
    return frozenset(m.DoesNotExist for m in scoped)


def _busy(error: OperationalError) -> bool:
    """Locked, timed out, or not reachable; a missing table is a defect and stays one."""
    text = str(error).lower()
    return any(
        sign in text
        for sign in ("locked", "timeout", "connection", "connect to", "too many clients", "deadlock")
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return explained(request, exception) or answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Django calls this while it handles the error, also for one raised in a middleware."""
    error = sys.exc_info()[1]
    with translation.override(translation.get_language() or "zh-hans"):
        return explained(request, error) or answer(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, 403, STALE_FORM)
