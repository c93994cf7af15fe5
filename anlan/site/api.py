"""The API of the whole system under /api/v1: every module's routes, one door, problems in two languages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from anlan.campaigns.api import plans, receipts
from anlan.campaigns.api import router as campaigns
from anlan.duty.api import router as duty
from anlan.enforcement.api import router as documents
from anlan.evidence.api import router as evidence
from anlan.exchange.api import exports, imports
from anlan.figures.api import router as figures
from anlan.hazards import api_bulk  # noqa: F401  adds to the routes of hazards
from anlan.hazards.api import router as hazards
from anlan.hazards.api_suspensions import four as four_lists
from anlan.hazards.api_suspensions import router as suspensions
from anlan.inspections.api import router as visits
from anlan.inspections.coverage_api import draws
from anlan.inspections.coverage_api import router as coverage
from anlan.kernel.api import Denied, Invalid
from anlan.kernel.words import Reason
from anlan.notices.api import router as notices
from anlan.people.api import router as me
from anlan.people.door import SIGNED_IN
from anlan.register.api import router as enterprises
from anlan.site import errors, problems
from anlan.standards.api import router as standards

VERSION = "1"


class Shapes(OpenAPISchema):
    """A document in which one name never means two shapes."""

    def add_schema_definitions(self, definitions: dict) -> None:
        for name, shape in definitions.items():
            if self.schemas.get(name, shape) != shape:
                raise ValueError(f"two shapes are called {name}")
        super().add_schema_definitions(definitions)


class Anlan(NinjaAPI):
    """Our document: problems declared on every operation."""

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        with override("zh-hans"):
            return problems.declare(Shapes(self, self.get_root_path({})))


api = Anlan(
    title="安澜 Anlan",
    version=VERSION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    auth=SIGNED_IN,
)


def strictly(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse query parameters that the operation does not know, and one that is given twice: no operation
    takes a list in its address, and of two answers neither is more meant than the other."""
    operation: Any = run.__self__  # type: ignore[attr-defined]
    known: set[str] = set()
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            known |= set(getattr(model, "__ninja_flatten_map__", None) or model.model_fields)

    @wraps(run)
    def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if strange := [name for name in request.GET if name not in known]:
            return operation.api.on_exception(request, problems.unknown(strange))
        if twice := [name for name, given in request.GET.lists() if len(given) > 1]:
            return operation.api.on_exception(request, problems.repeated(twice))
        return run(request, **kwargs)

    return checked


api.add_decorator(strictly, mode="view")


@api.exception_handler(Denied)
def denied(request: HttpRequest, error: Denied) -> HttpResponse:
    return problems.answer(request, error.status, error.reason, headers=error.headers)


@api.exception_handler(AuthenticationError)
def nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problems.answer(
        request, 401, Reason("请登录,或在Authorization中提供令牌"), headers={"WWW-Authenticate": "Bearer"}
    )


@api.exception_handler(HttpError)
def plain(request: HttpRequest, error: HttpError) -> HttpResponse:
    reason = Reason("请求正文不是有效的JSON") if error.status_code == 400 else None
    return problems.answer(request, error.status_code, reason)


@api.exception_handler(Http404)
def not_yours(request: HttpRequest, error: Http404) -> HttpResponse:
    return problems.answer(request, 404, errors.SHORT[404])


@api.exception_handler(Invalid)
def not_filled(request: HttpRequest, error: Invalid) -> HttpResponse:
    return problems.answer(request, 422, problems.FIELDS, fields=problems.of_form(error.errors))


@api.exception_handler(ValidationError)
def not_typed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problems.answer(request, 422, problems.FIELDS, fields=problems.of_schema(error.errors))


@api.exception_handler(Exception)
def others(request: HttpRequest, error: Exception) -> HttpResponse:
    """Refusals and what the pages explain too; a defect stays one."""
    told = errors.explained(request, error)
    if told is None:
        raise error
    return told


api.add_router("/me", me)
api.add_router("/hazards", hazards)
api.add_router("/four-lists", four_lists)
api.add_router("/suspensions", suspensions)
api.add_router("/visits", visits)
api.add_router("/coverage", coverage)
api.add_router("/draws", draws)
api.add_router("/campaigns", campaigns)
api.add_router("/plans", plans)
api.add_router("/receipts", receipts)
api.add_router("/roll-calls", duty)
api.add_router("/documents", documents)
api.add_router("/enterprises", enterprises)
api.add_router("/evidence", evidence)
api.add_router("/imports", imports)
api.add_router("/exports", exports)
api.add_router("/figures", figures)
api.add_router("/notices", notices)
api.add_router("", standards)
