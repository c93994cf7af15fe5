"""Photos for programs: first the bytes go up, then an act names what was uploaded."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, File, Router, Status
from ninja.files import UploadedFile

from anlan.evidence import intake, pages
from anlan.evidence.forms import PhotosField
from anlan.kernel import api

router = Router(tags=[_("照片")])


def _tokens(field: Any) -> Any:
    return Annotated[
        list[UUID], Field(max_length=field.limit, description=_("先以POST /evidence上传,这里填返回的token"))
    ]


api.TYPES[PhotosField] = _tokens


class Upload(api.Schema):
    """A file in quarantine: used by an act within 24 hours, or swept."""

    token: UUID = Field(description=_("办理时填入photos"))
    sha256: str
    name: str
    taken_at: datetime | None = Field(description=_("照片自己记录的拍摄时间"))
    lng: float | None
    lat: float | None
    expires: datetime
    warnings: list[str]


@router.post("", response={201: Upload}, summary=_("上传一张照片"), operation_id="evidence_upload")
def upload(request: HttpRequest, file: File[UploadedFile]):
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.may("evidence.upload"):
        raise api.Denied(403, pages.NOT_YOURS)
    made = intake.bring(file, by=actor, at=timezone.now())
    return Status(201, pages._described(made))
