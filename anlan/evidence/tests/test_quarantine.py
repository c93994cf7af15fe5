"""From quarantine to a record and back out: claiming, attaching once, sweeping, verifying."""

import copy
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django import forms
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from anlan.evidence import jobs, models, queries, store, verify
from anlan.evidence.commands import Claimed, attachments_for, claim, follow
from anlan.evidence.forms import PhotosField
from anlan.evidence.models import Attachment, Item, Upload
from anlan.evidence.tests.scenes import (
    COLLEAGUE,
    FIRM,
    NOW,
    OFFICER,
    STRANGER,
    Record,
    actor,
    attached,
    brought,
    photo,
    sent,
)  # fmt: skip
from anlan.kernel import canonical
from anlan.kernel.command import _refusal_of
from anlan.kernel.journal import snapshot
from anlan.kernel.scope import SYSTEM, Access, Level, ScopeNotSet, acting_as
from anlan.kernel.words import Refused

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(hours=26)


# -- claiming -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "token", ["", "x", "../..", "6f1f5f0e-3c1b-4b51-9d0e-0d7f5a2a9c11", "{}", "' or 1=1 --"]
)
def test_an_unknown_token_is_refused_in_words(token):
    with pytest.raises(Refused, match="请重新上传"):
        claim([token], by=OFFICER, at=NOW)


def test_a_colleague_cannot_use_what_he_did_not_bring():
    token = brought().token
    with pytest.raises(Refused, match="请重新上传"):
        claim([token], by=COLLEAGUE, at=NOW)


def test_after_a_day_the_upload_is_gone():
    token = brought().token
    with pytest.raises(Refused, match="24小时"):
        claim([token], by=OFFICER, at=TOMORROW)


def test_an_upload_is_used_once_and_the_second_use_is_refused_in_words():
    upload = brought()
    attached(upload)
    [again] = attachments_for(
        [upload], subject=Record(pk=78), kind="matter", by=OFFICER, at=NOW, label="AFTER"
    )
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        again.save()
    assert "已经用在别处" in str(_refusal_of(broken.value).reason)


def test_the_same_act_sent_twice_says_the_same_to_the_journal():
    upload = brought()
    [first] = claim([str(upload.token)], by=OFFICER, at=NOW)
    attached(upload)
    [second] = claim([str(upload.token)], by=OFFICER, at=NOW)
    files_again = Claimed.of(brought())
    assert canonical.plain(first) == canonical.plain(second) == canonical.plain(files_again)
    assert canonical.plain(first) != canonical.plain(Claimed.of(brought(photo(2))))


def test_tokens_keep_their_order_and_count_once():
    first, second = brought(photo(1)), brought(photo(2))
    found = claim([second.token, str(first.token), second.token], by=OFFICER, at=NOW)
    assert [c.token for c in found] == [second.token, first.token]


# -- attaching ------------------------------------------------------------------------------------


def test_an_attachment_carries_the_coordinates_and_the_hash_of_what_it_shows():
    upload = brought()
    a = attached(upload)
    assert (a.county, a.town, a.sector, a.enterprise_id) == ("410105", "410105001", "fire", 900)
    assert (a.sha256, a.shown_sha256) == (upload.item.sha256, upload.shown.sha256)
    assert a.taken_at == upload.item.taken_at


def test_the_journal_reads_the_same_before_and_after_the_database():
    made = attached()
    before = snapshot(made)
    assert before == snapshot(Attachment.everything.get(pk=made.pk))


def test_the_same_picture_twice_in_one_act_counts_once():
    upload = Claimed.of(brought())
    other = Claimed.of(brought(photo(2)))
    made = attachments_for(
        [upload, other, upload.again()], subject=Record(), kind="matter", by=OFFICER, at=NOW, label="BEFORE"
    )
    assert [a.sha256 for a in made] == [upload.item.sha256, other.item.sha256]


def test_a_label_that_is_none_is_a_fault():
    with pytest.raises(ValueError):
        attachments_for([brought()], subject=Record(), kind="matter", by=OFFICER, at=NOW, label="NICE")


def test_attachments_follow_a_record_that_is_moved():
    a = attached()
    assert follow([a], subject=Record()) == []
    assert follow([a], subject=Record(county="410122", town="")) == [a]
    assert (a.county, a.town) == ("410122", "")


# -- who sees -------------------------------------------------------------------------------------


def test_nobody_sees_anything_without_acting():
    item = attached().item
    with pytest.raises(ScopeNotSet):
        queries.may_see(item, by=OFFICER, at=NOW)


def seen(item, by):
    with acting_as(by):
        return queries.may_see(item, by=by, at=NOW)


def test_another_county_sees_neither_photo_nor_copy_nor_gallery():
    a = attached()
    assert seen(a.item, STRANGER) is None
    assert seen(a.shown, STRANGER) is None
    with acting_as(STRANGER):
        assert queries.gallery(kind="matter", subject=77) == {}


def test_the_county_and_the_firm_see_by_place():
    a = attached()
    assert seen(a.item, COLLEAGUE) == a
    assert seen(a.item, FIRM) == a
    assert seen(a.item, actor(9, sectors=frozenset({"mine"}))) is None
    assert seen(a.item, actor(9, level=Level.TOWN, code="410105002")) is None


def test_who_was_handed_the_record_sees_its_photos_until_the_last_day():
    a = attached()
    Access.objects.create(kind="matter", subject=77, person=STRANGER.id, until=date(2026, 10, 1))
    assert seen(a.item, STRANGER) == a
    assert seen(a.item, actor(3, code="410122", organisation=60, today=date(2026, 10, 2))) is None
    Access.objects.create(kind="matter", subject=77, organisation=60)
    assert seen(a.item, actor(8, code="410122", organisation=60)) == a
    with acting_as(actor(8, code="410122", organisation=60)):
        assert [s.sha256 for s in queries.gallery(kind="matter", subject=77)["BEFORE"]] == [a.sha256]


def test_an_admission_to_another_kind_of_record_opens_nothing():
    a = attached()
    Access.objects.create(kind="visit", subject=77, person=STRANGER.id)
    assert seen(a.item, STRANGER) is None


def test_a_record_that_opens_shows_its_photos_wherever_they_were_filed(monkeypatch):
    a = attached()
    opened = SimpleNamespace(objects=SimpleNamespace(opening=lambda pk: Item.objects.filter(pk=a.item_id)))
    monkeypatch.setattr(models, "_scoped", lambda kind: opened)
    assert seen(a.item, STRANGER) == a


def test_one_photo_on_two_records_shows_each_county_its_own_watermark():
    here = attached(brought())
    there = attached(
        brought(at=NOW + timedelta(minutes=5), by=STRANGER), record=Record(78, "410122", "", "fire", 901)
    )
    assert here.item == there.item
    assert seen(here.item, STRANGER) == there
    assert seen(here.shown, STRANGER) is None
    assert seen(there.shown, STRANGER) == there


def test_only_who_brought_it_sees_an_upload():
    upload = brought()
    assert seen(upload.item, OFFICER) == upload
    assert seen(upload.shown, OFFICER) == upload
    assert seen(upload.item, COLLEAGUE) is None
    with acting_as(OFFICER):
        assert queries.may_see(upload.item, by=OFFICER, at=TOMORROW) is None


def test_a_firm_without_a_file_sees_no_photo_of_nobody():
    a = attached(record=Record(enterprise_id=None))
    assert seen(a.item, actor(4, level=Level.ENTERPRISE, code="", enterprise=None)) is None


# -- a form ---------------------------------------------------------------------------------------


class Form(forms.Form):
    words = forms.CharField()
    photos = PhotosField(label="照片")

    def __init__(self, *args, actor=OFFICER, now=NOW, **kwargs):
        self.actor, self.now = actor, now
        super().__init__(*args, **kwargs)


def filled(query="", files=(), **kwargs):
    return Form(QueryDict(query), MultiValueDict({"photos": list(files)}), **kwargs)


def test_a_form_without_a_photo_says_what_is_missing():
    form = filled("words=x")
    assert form.errors["photos"] == ["请至少上传一张照片"]


def test_a_refused_form_keeps_what_was_uploaded():
    form = filled("", [sent(photo(1)), sent(photo(2))])
    assert "words" in form.errors
    tokens = [k.token for k in form.fields["photos"].kept]
    html = str(form["photos"])
    assert len(tokens) == 2
    assert all(f'name="photos" value="{t}"' in html for t in tokens)
    again = filled("words=x&" + "&".join(f"photos={t}" for t in tokens))
    assert again.is_valid()
    assert [str(c.token) for c in again.cleaned_data["photos"]] == tokens


def test_one_bad_photo_is_told_and_the_good_ones_are_kept():
    form = filled("words=x", [sent(photo(1)), sent(b"GIF89a....", "tanz.gif")])
    assert "“tanz.gif”是GIF动图" in form.errors["photos"][0]
    assert len(form.fields["photos"].kept) == 1


def test_a_token_that_is_gone_is_told_and_drops_out():
    good = brought().token
    form = filled(f"words=x&photos={good}&photos={uuid4()}")
    assert "请重新上传" in form.errors["photos"][0]
    assert [k.token for k in form.fields["photos"].kept] == [str(good)]


def test_a_photo_that_is_not_wanted_any_more_is_left_out():
    first, second = brought(photo(1)).token, brought(photo(2)).token
    form = filled(f"words=x&photos={first}&photos={second}&photos-drop={first}")
    assert form.is_valid()
    assert [c.token for c in form.cleaned_data["photos"]] == [second]


def test_too_many_photos_are_refused_and_none_is_taken(monkeypatch):
    form = Form(QueryDict("words=x"), MultiValueDict({"photos": [sent(photo(n)) for n in range(3)]}))
    form.fields["photos"].limit = 2
    assert "一次最多2张" in form.errors["photos"][0]
    assert not Upload.objects.exists()


def test_a_form_that_only_asks_to_confirm_carries_the_tokens():
    token = brought().token
    form = filled(f"words=x&photos={token}")
    assert form.is_valid()
    assert str(form["photos"].as_hidden()).strip() == f'<input type="hidden" name="photos" value="{token}">'


def test_forms_of_two_people_share_nothing():
    first = filled("words=x", [sent(photo(1))])
    assert first.is_valid()
    assert filled("words=x").fields["photos"].kept == []
    assert copy.deepcopy(Form.base_fields["photos"]).kept == []


def test_what_was_uploaded_before_is_offered_to_who_brought_it_until_it_is_used():
    mine, used, others = brought(photo(1)), brought(photo(2)), brought(photo(3), by=COLLEAGUE)
    attached(used)
    html = str(Form()["photos"])
    assert f'type="checkbox" class="form-check-input" name="photos" value="{mine.token}"' in html
    assert str(used.token) not in html
    assert str(others.token) not in html


def test_a_form_lends_its_words_to_the_watermark():
    class About(Form):
        about, place = "隐患 郑隐0001号", "农业路1号"

    html = str(About()["photos"])
    assert "/evidence/upload/?mark=" in html
    plain, marked = filled("words=x", [sent(photo())]), About(
        QueryDict("words=x"), MultiValueDict({"photos": [sent(photo())]})
    )  # fmt: skip
    assert plain.is_valid()
    assert marked.is_valid()
    assert plain.cleaned_data["photos"][0].shown != marked.cleaned_data["photos"][0].shown


# -- sweeping -------------------------------------------------------------------------------------


def test_what_nobody_used_is_gone_after_a_day_files_included():
    brought()
    assert jobs.sweep(at=NOW + timedelta(hours=24)) == 0
    assert jobs.sweep(at=TOMORROW) == 3
    assert not Item.objects.exists()
    assert list(store.files()) == []


def test_what_was_used_stays_and_only_its_upload_is_forgotten():
    a = attached()
    assert jobs.sweep(at=TOMORROW) == 0
    assert not Upload.objects.exists()
    assert len(list(store.files())) == 3
    with acting_as(SYSTEM):
        assert list(verify.check()) == []
    assert Attachment.everything.get() == a


def test_a_watermark_that_no_record_shows_goes_and_the_original_stays():
    attached(brought())
    brought(at=NOW + timedelta(minutes=1))
    assert jobs.sweep(at=TOMORROW) == 1
    assert len(list(store.files())) == 3


def test_the_database_keeps_what_a_record_shows():
    a = attached()
    with pytest.raises(models.models.ProtectedError):
        a.item.delete()


# -- verifying ------------------------------------------------------------------------------------


def findings():
    with acting_as(SYSTEM):
        return [str(f.reason) for f in verify.check()]


def test_a_sound_store_has_no_findings():
    attached()
    brought(photo(2))
    assert findings() == []


def test_a_changed_file_is_named_even_when_its_size_is_the_same():
    a = attached()
    path = store.path_of(a.sha256)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(data))
    assert findings() == [f"照片{a.sha256[:12]}的文件已被改动,请从备份恢复"]


def test_a_missing_file_is_named():
    a = attached()
    store.remove(a.shown_sha256)
    assert findings() == [f"照片{a.shown_sha256[:12]}的文件不见了,请从备份恢复"]


def test_a_file_exchanged_together_with_its_row_is_named():
    a = attached()
    other = photo(9)
    store.keep(other, sha=store.sha256(other))
    rows = models.models.QuerySet(Item)
    rows.filter(pk=a.item_id).update(sha256=store.sha256(other), bytes=len(other))
    [said] = findings()
    assert a.sha256[:12] in said
    assert "登记被直接改动" in said


def test_a_time_moved_by_hand_is_named():
    a = attached()
    models.models.QuerySet(Item).filter(pk=a.item_id).update(taken_at=NOW)
    assert "登记被直接改动" in findings()[0]


def test_the_backup_is_told_every_file_once():
    attached()
    brought(photo(2))
    listed = list(store.files())
    assert len(listed) == len(dict(listed)) == 6
    assert all(path.is_file() and path.name == sha for sha, path in listed)
