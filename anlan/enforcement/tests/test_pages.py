"""Documents in the browser: found, drafted, signed, served, taken away as files; strangers get nothing."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import docx
import pytest
from django.test import Client
from django.utils import timezone

from anlan.enforcement.models import Document
from anlan.enforcement.tests.scenes import Bureau, serve
from anlan.evidence import store
from anlan.hazards.tests import scenes
from anlan.kernel.scope import Actor
from anlan.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now().astimezone(UTC) - timedelta(minutes=5)


@pytest.fixture
def city() -> Bureau:
    return Bureau()


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.id))
    return client


def text(answer: Any) -> str:
    return answer.content.decode()


def stranger() -> Actor:
    """An officer of another county."""
    elsewhere = Bureau(county=scenes.ERQI, town="410103001")
    elsewhere.__dict__["bureau"] = scenes.organisation(
        "COUNTY_BUREAU", "二七区应急管理局", county=scenes.ERQI, sectors=["HAZCHEM"], doc_word="二应急"
    )
    return elsewhere._officer("外区员", "")


# -- who gets nothing --------------------------------------------------------------------------------


def test_another_county_another_firm_and_nobody_find_neither_page_nor_file(city, now):
    d = city.order_served(at=now)
    other_firm = scenes.firms.enterprise(city.county, town=city.town, at=now)
    rival = city.of_firm("principal", "别厂长", other_firm)
    for address in (d.get_absolute_url(), f"/documents/{d.pk}.pdf", f"/documents/{d.pk}.docx"):
        for who in (stranger(), rival, city.worker):
            assert browser(who).get(address).status_code == 404, (who.name, address)
        assert Client().get(address).status_code == 302
        assert browser(city.principal).get(address).status_code == 200


def test_the_firm_finds_a_draft_nowhere(city, now):
    d = city.order_approved(at=now)
    firm = browser(city.principal)
    assert firm.get(d.get_absolute_url()).status_code == 404
    assert firm.get(f"/documents/{d.pk}.pdf").status_code == 404
    assert d.number not in text(firm.get("/documents/"))


def test_a_file_that_was_changed_on_the_disk_is_not_handed_out(city, now):
    d = city.order_approved(at=now)
    path = store.path_of(d.pdf_sha256)
    path.chmod(0o600)
    path.write_bytes(b"%PDF forged")
    answer = browser(city.officer).get(f"/documents/{d.pk}.pdf")
    assert answer.status_code == 422
    assert "已被改动" in text(answer)


def test_an_unknown_kind_or_act_or_form_is_not_found(city, now):
    d = city.order_drafted(at=now)
    client = browser(city.officer)
    for address in (
        f"/documents/draft/PENALTY/{d.pk}/",
        f"/documents/{d.pk}/burn/",
        f"/documents/{d.pk}.exe",
    ):
        assert client.get(address).status_code == 404


# -- the way of a paper ------------------------------------------------------------------------------


def test_an_order_goes_from_the_hazard_to_the_firm(city, now):
    h = city.ordered_in_writing(at=now)
    _ = city.heads
    officer, head, firm = browser(city.officer), browser(city.head), browser(city.principal)
    page = text(officer.get(h.get_absolute_url()))
    assert f"/documents/draft/RECTIFY_ORDER/{h.pk}/" in page
    assert "没有已送达的责令限期整改指令书" in page

    form = text(officer.get(f"/documents/draft/RECTIFY_ORDER/{h.pk}/"))
    assert "金水区人民法院" in form
    assert f'value="{city.second.id}@{city.second.position}" selected' in form
    answer = officer.post(
        f"/documents/draft/RECTIFY_ORDER/{h.pk}/",
        {"hazards": [h.pk], "second": f"{city.second.id}@{city.second.position}", "government": "金水区人民政府",
         "court": "金水区人民法院"},
    )  # fmt: skip
    d = Document.everything.get()
    assert answer.status_code == 302
    assert answer["Location"] == d.get_absolute_url()

    assert d.get_absolute_url() in text(head.get("/"))
    assert h.description in text(head.get(f"/documents/{d.pk}/approve/"))
    assert head.post(f"/documents/{d.pk}/approve/", {"seen": d.seq}).status_code == 302
    d.refresh_from_db()
    assert d.number == f"金应急责改〔{timezone.localdate().year}〕1号"

    refused = officer.post(f"/documents/{d.pk}/serve/", _service(receiver=""))
    assert refused.status_code == 422
    assert "请填写签收人" in text(refused)
    assert officer.post(f"/documents/{d.pk}/serve/", _service()).status_code == 302

    page = text(firm.get(d.get_absolute_url()))
    assert d.number in page
    assert "签发" in page
    assert d.number in text(firm.get("/documents/"))
    assert d.number in text(firm.get(h.get_absolute_url()))


def _service(**given: Any) -> dict[str, Any]:
    return {
        "on": timezone.localdate(),
        "how": "DIRECT",
        "receipt": "SIGNED",
        "receiver": "陈厂长",
        "witness": "",
    } | given


def test_the_drafter_sees_the_button_grey_and_the_post_is_refused(city, now):
    _ = city.vice
    d = city.handover_drafted(at=now)
    client = browser(city.clerk)
    assert "起草人不能签发自己起草的文书" in text(client.get(d.get_absolute_url()))
    answer = client.post(f"/documents/{d.pk}/approve/", {})
    assert answer.status_code == 422
    assert Document.everything.get(pk=d.pk).state == "DRAFT"


def test_a_stale_page_is_told_so(city, now):
    d = city.order_drafted(at=now)
    answer = browser(city.head).post(f"/documents/{d.pk}/approve/", {"seen": 99})
    assert answer.status_code == 409


def test_a_double_click_serves_once_and_says_nothing_wrong(city, now):
    d = city.order_approved(at=now)
    client = browser(city.officer)
    page = client.get(f"/documents/{d.pk}/serve/")
    said = _service() | {"act_id": page.context["act_id"], "seen": d.seq}
    for _ in range(2):
        assert client.post(f"/documents/{d.pk}/serve/", said).status_code == 302


def test_files_come_as_attachments_with_the_number_in_their_name(city, now):
    d = city.order_served(at=now)
    client = browser(city.officer)
    for form, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(f"/documents/{d.pk}.{form}")
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        body = b"".join(answer.streaming_content)
        assert body.startswith(begins)
        assert store.sha256(body) == (d.pdf_sha256 if form == "pdf" else d.docx_sha256)
    opened = docx.Document(io.BytesIO(body))
    assert any(d.number in p.text for p in opened.paragraphs)


def test_a_draft_can_be_read_on_paper_before_it_is_signed(city, now):
    d = city.order_drafted(at=now)
    answer = browser(city.head).get(f"/documents/{d.pk}.pdf")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_the_list_narrows_by_kind_state_and_words(city, now):
    order, sheet = city.order_served(at=now), city.handover_drafted(at=now)
    client = browser(city.officer)
    for asked, shown, hidden in (
        ("type=RECTIFY_ORDER", order, sheet),
        ("state=DRAFT", sheet, order),
        (f"text={order.number}", order, sheet),
    ):
        page = text(client.get(f"/documents/?{asked}"))
        assert shown.get_absolute_url() in page
        assert hidden.get_absolute_url() not in page


def test_the_personal_name_of_a_receiver_is_shown_to_whoever_may_see_it(city, now):
    d = serve(city.order_approved(at=now), by=city.officer, at=now, receiver="秘密签收人")
    assert "秘密签收人" in text(browser(city.officer).get(d.get_absolute_url()))
    assert "秘密签收人" not in text(browser(city.auditor).get(d.get_absolute_url()))


@pytest.mark.parametrize("name", ["revise", "send_back", "discard", "approve", "serve", "void"])
def test_every_act_has_a_page_or_says_why_not(city, now, name):
    d = city.order_drafted(at=now)
    for who in (city.officer, city.head):
        assert browser(who).get(f"/documents/{d.pk}/{name}/").status_code in {200, 403}
