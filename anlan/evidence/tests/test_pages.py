"""Files over the wire: what is answered to whom, and with which headers."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from anlan.evidence import handlers, pages, queries, store
from anlan.evidence.forms import SIGNER
from anlan.evidence.models import Attachment, Upload
from anlan.evidence.tests.scenes import (
    COLLEAGUE,
    OFFICER,
    PDF,
    STRANGER,
    actor,
    attached,
    brought,
    photo,
    sent,
)
from anlan.kernel import accesslog
from anlan.kernel.scope import acting_as

pytestmark = pytest.mark.django_db
MEMBER = actor(1, can=frozenset({"see", "evidence.upload", "evidence.original"}))


def ask(page, *args, by=OFFICER, method="get", data=None, query="", **headers):
    request = getattr(RequestFactory(), method)(f"/evidence/{query}", data or {}, headers=headers)
    request.actor = by
    if by is None:
        return page(request, *args)
    with acting_as(by):
        return page(request, *args)


def post(*files, by=OFFICER, query=""):
    return ask(
        pages.upload, by=by, method="post", data={"file": list(files)}, query=query, accept="application/json"
    )


@pytest.fixture
def noted(monkeypatch):
    looks = []
    monkeypatch.setattr(accesslog, "note", lambda **said: looks.append((said["what"], said["by"].id)))
    return looks


# -- in -------------------------------------------------------------------------------------------


def test_who_may_not_upload_is_told_so():
    answer = post(sent(photo()), by=actor(5, can=frozenset({"see"})))
    assert answer.status_code == 403
    assert json.loads(answer.content)["detail"] == "您的职务不能上传照片"
    with pytest.raises(PermissionDenied):
        ask(pages.upload, by=actor(5, can=frozenset({"see"})), method="post")
    with pytest.raises(Http404):
        ask(pages.upload, by=None)


def test_nothing_sent_is_told():
    answer = post()
    assert answer.status_code == 422
    assert "请选择照片" in json.loads(answer.content)["detail"]


def test_a_file_that_is_no_photo_is_a_422_with_the_sentence():
    answer = post(sent(b"<svg onload=alert(1) xmlns=x>", "a.svg", "image/svg+xml"))
    assert answer.status_code == 422
    assert "“a.svg”" in json.loads(answer.content)["detail"]


def test_a_file_too_big_is_a_413_with_the_sentence(settings):
    settings.EVIDENCE_MAX_BYTES = 1024
    answer = post(sent(photo()))
    assert answer.status_code == 413
    assert "超过" in json.loads(answer.content)["detail"]


def test_of_several_files_the_good_ones_are_kept():
    answer = post(sent(photo(1)), sent(b"", "leer.jpg"), sent(photo(2)))
    said = json.loads(answer.content)
    assert answer.status_code == 422
    assert len(said["uploads"]) == 2
    assert said["refused"] == ["“leer.jpg”是空文件,请重新选择照片"]


def test_one_photo_is_answered_with_its_token_its_time_and_its_place():
    answer = post(sent(photo()))
    said = json.loads(answer.content)
    upload = Upload.objects.get()
    assert answer.status_code == 201
    assert said["token"] == str(upload.token)
    assert said["thumbnail"].endswith(f"/{upload.item.sha256}/thumb")
    assert said["taken_at"] == "2026-10-01T07:20:00+00:00"
    assert (said["lng"], said["lat"]) == (113.6253, 34.7466)
    assert "no-store" in answer["Cache-Control"]


def test_a_document_is_taken_only_where_documents_are_asked_for():
    assert post(sent(PDF, "a.pdf")).status_code == 422
    assert post(sent(PDF, "a.pdf"), query="?documents=1").status_code == 201


def test_only_a_form_of_ours_writes_on_the_watermark(monkeypatch):
    said = []
    monkeypatch.setattr(
        pages.intake, "watermark", lambda **given: said.append((given["about"], given["place"])) or ["x"]
    )
    mark = SIGNER.sign_object({"about": "隐患1号", "place": "农业路"})
    for query in (
        f"?mark={mark}",
        f"?mark={mark[:-1]}",
        "?mark=eyJhIjoxfQ:x",
        "?about=假的&mark=",
        "?mark=%ff",
    ):
        assert post(sent(photo()), query=query).status_code == 201
    assert said == [("隐患1号", "农业路"), ("", ""), ("", ""), ("", ""), ("", "")]


def test_the_page_for_people_tells_what_waits_and_what_was_refused(monkeypatch):
    shown = []
    monkeypatch.setattr(
        pages,
        "render",
        lambda request, name, context, status: shown.append(context) or pages.HttpResponse(status=status),
    )
    answer = ask(
        pages.upload,
        method="post",
        data={"files": [sent(photo()), sent(b"", "leer.jpg")]},
        accept="text/html",
    )
    assert answer.status_code == 422
    assert shown[0]["refused"] == ["“leer.jpg”是空文件,请重新选择照片"]
    assert [w["name"] for w in shown[0]["waiting"]] == ["IMG_0001.jpg"]
    assert ask(pages.upload, accept="text/html").status_code == 200


# -- out ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [pages.thumb, pages.view, pages.original])
def test_another_county_finds_nothing(page, noted):
    a = attached()
    with pytest.raises(Http404):
        ask(page, a.sha256, by=STRANGER)
    with pytest.raises(Http404):
        ask(page, "0" * 64)
    with pytest.raises(Http404):
        ask(page, a.sha256, by=None)
    assert noted == []


def test_having_the_picture_already_is_no_permission():
    a = attached()
    with pytest.raises(Http404):
        ask(pages.view, a.shown_sha256, by=STRANGER, if_none_match=f'"{a.shown_sha256}"')


def test_a_copy_is_no_way_to_the_original_and_the_original_no_copy():
    a = attached()
    with pytest.raises(Http404):
        ask(pages.original, a.shown_sha256, by=MEMBER)
    with pytest.raises(Http404):
        ask(pages.thumb, a.shown_sha256)


def test_seeing_a_photo_is_no_right_to_its_original():
    a = attached(by=COLLEAGUE)
    with pytest.raises(PermissionDenied):
        ask(pages.original, a.sha256)
    assert ask(pages.original, a.sha256, by=COLLEAGUE).status_code == 200
    assert ask(pages.original, a.sha256, by=MEMBER).status_code == 200


def body(answer):
    return b"".join(answer.streaming_content)


def test_the_watermarked_picture_is_shown_and_nothing_in_it_can_run(noted):
    a = attached()
    answer = ask(pages.view, a.shown_sha256)
    assert body(answer) == store.path_of(a.shown_sha256).read_bytes()
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-cache"
    assert noted == [("evidence.view", OFFICER.id)]
    assert body(ask(pages.view, a.sha256)) == store.path_of(a.shown_sha256).read_bytes()


def test_the_original_is_only_ever_a_download(noted):
    a = attached()
    answer = ask(pages.original, a.sha256, by=MEMBER)
    assert body(answer) == store.path_of(a.sha256).read_bytes()
    assert answer["Content-Disposition"] == f'attachment; filename="{a.sha256[:12]}.jpg"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert noted == [("evidence.original", MEMBER.id)]


def test_a_picture_that_has_not_changed_is_not_sent_again_but_the_look_is_noted(noted):
    a = attached()
    answer = ask(pages.view, a.shown_sha256, if_none_match=f'"{a.shown_sha256}"')
    assert answer.status_code == 304
    assert answer["ETag"] == f'"{a.shown_sha256}"'
    assert len(noted) == 1


def test_a_thumbnail_is_small_and_not_noted(noted):
    a = attached()
    assert len(body(ask(pages.thumb, a.sha256))) < 30_000
    assert noted == []


def test_a_picture_without_a_watermarked_copy_is_shown_small_and_never_as_it_came():
    a = attached()
    Attachment.everything.update(shown=None, shown_sha256="")
    with acting_as(OFFICER):
        [shot] = queries.gallery(kind="matter", subject=a.subject, in_hand=True)["BEFORE"]
    assert shot.href == reverse("evidence:view", args=[a.sha256])
    shown = body(ask(pages.view, a.sha256))
    assert shown == body(ask(pages.thumb, a.sha256))
    assert shown != store.path_of(a.sha256).read_bytes()


def test_who_brought_a_photo_sees_it_before_it_is_used():
    upload = brought(at=timezone.now())
    assert ask(pages.thumb, upload.item.sha256).status_code == 200
    with pytest.raises(Http404):
        ask(pages.thumb, upload.item.sha256, by=COLLEAGUE)
    Upload.objects.update(expires=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Http404):
        ask(pages.thumb, upload.item.sha256)


def test_a_file_missing_on_the_disk_is_not_found():
    a = attached()
    store.remove(a.shown_sha256)
    with pytest.raises(Http404):
        ask(pages.view, a.shown_sha256)


# -- the handler that counts ----------------------------------------------------------------------


def test_a_file_that_grows_too_large_is_not_kept_and_still_answered(settings, tmp_path):
    settings.EVIDENCE_MAX_BYTES = 300_000
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    request = RequestFactory().post(
        "/evidence/upload/",
        {"file": [sent(b"\xff\xd8" + b"\0" * 3_000_000, "riesig.jpg"), sent(photo(1))]},
        headers={"accept": "application/json"},
    )
    request.actor = OFFICER
    request.upload_handlers = [
        handlers.Quota(request), MemoryFileUploadHandler(request), TemporaryFileUploadHandler(request)
    ]  # fmt: skip
    with acting_as(OFFICER):
        answer = pages.upload(request)
    said = json.loads(answer.content)
    assert answer.status_code == 413
    assert "“riesig.jpg”有3 MB,超过0 MB" in said["detail"]
    assert len(said["uploads"]) == 1
