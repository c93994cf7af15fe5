"""Webhooks: what is never called, who is told of what, how it is signed, and what happens when nobody answers."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.test import Client

from anlan.hazards import commands as hazards
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City, later
from anlan.kernel.words import Refused
from anlan.notices import jobs, outbound, webhook_commands, webhooks
from anlan.notices.models import Delivery, Notice, Subscription
from anlan.people.models import Position, User
from anlan.site import verify

pytestmark = pytest.mark.django_db


class Receiver(HTTPServer):
    """Another system: remembers what came and answers as it is told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.answers = 204

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/in?x=1"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append(({k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response(self.server.answers)
        if self.server.answers == 302:
            self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    server = Receiver()
    settings.WEBHOOK_TEST_HOSTS = frozenset({f"127.0.0.1:{server.server_port}"})
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def city() -> City:
    return City()


def subscribe(by: Any, url: str, *events: str) -> Subscription:
    return webhook_commands.subscribe(
        by=by,
        at=later(),
        name="园区平台",
        url=url,
        events=list(events or ("hazard.urge",)),
        key=webhooks.new_key(),
    )


def urged(city: City) -> Any:
    h = scenes.register(city.officer, city.firm)
    return hazards.urge(h.pk, by=city.officer, at=later(hours=1), words="王某请尽快")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.100.100.200",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
        "fd00:ec2::254", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1", "ff02::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_inside_are_never_called(address):
    assert not outbound.is_open(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_outside_are(address):
    assert outbound.is_open(address)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://example.org/", "https://开头"),
        ("https://user:word@example.org/", "https://开头"),
        ("ftp://example.org/", "https://开头"),
        ("https://", "https://开头"),
        ("https://example.org:0/", "https://开头"),
        ("https://example.org:99999/", "https://开头"),
        ("https://例子.测试/", "https://开头"),
        ("https://127.0.0.1/", "内部网络或本机"),
        ("https://[::1]/", "内部网络或本机"),
        ("https://localhost/", "内部网络或本机"),
        ("https://169.254.169.254/latest/meta-data", "内部网络或本机"),
        ("https://2130706433/", "内部网络或本机"),
        ("https://0x7f.1/", "内部网络或本机"),
    ],
)
def test_an_address_that_must_not_be_called_is_refused_in_words(url, sentence):
    with pytest.raises(Refused, match=sentence):
        outbound.post(url, b"{}", {})


def test_the_page_refuses_an_inner_address_and_keeps_what_was_typed(city):
    desk = Client()
    desk.force_login(User.objects.get(pk=city.clerk.id))
    said = {"name": "平台", "url": "https://127.0.0.1/in", "events": ["hazard.accept"]}
    page = desk.post("/me/webhooks/", said)
    assert page.status_code == 422
    assert "内部网络或本机" in page.content.decode()
    assert not Subscription.objects.exists()


def test_what_arrives_is_signed_and_holds_no_personal_data(city, receiver):
    s = subscribe(city.clerk, receiver.url)
    h = urged(city)
    assert jobs.deliver(at=later(hours=1)) == 1
    ((headers, body),) = receiver.came
    stamp, mac = (part.split("=", 1)[1] for part in headers["anlan-signature"].split(","))
    expected = hmac.new(webhooks.secret_of(s).encode(), f"{stamp}.".encode() + body, hashlib.sha256)
    assert hmac.compare_digest(mac, expected.hexdigest())
    assert int(stamp) == int(later(hours=1).timestamp())
    said = json.loads(body)
    assert (said["event"], said["subject"]["id"], said["subject"]["version"]) == ("hazard.urge", h.pk, h.seq)
    assert said["id"] == headers["anlan-delivery"]
    for private in ("李强", "王某", "周明", h.description):
        assert private not in body.decode()


def test_a_refused_act_tells_nobody_and_one_that_is_undone_neither(city, receiver):
    subscribe(city.clerk, receiver.url)
    h = scenes.register(city.officer, city.firm)
    with pytest.raises(Refused):
        hazards.urge(h.pk, by=city.officer, at=later(hours=1), words="")
    assert not Delivery.objects.exists()


def test_nobody_is_told_of_what_he_may_not_see(city, receiver):
    user = scenes.account("外区")
    other = scenes.organisation("COUNTY_BUREAU", "二七区应急管理局", county=scenes.ERQI)
    scenes.appoint(user, other, "department_head", "COUNTY", code=scenes.ERQI, sectors=["HAZCHEM"])
    subscribe(scenes.actor(user), receiver.url)
    urged(city)
    assert not Delivery.objects.exists()


def test_a_list_of_acts_is_told_row_by_row(city, receiver):
    subscribe(city.clerk, receiver.url)
    rows = [scenes.register(city.officer, city.firm) for _ in range(3)]
    hazards.urge.many([{"pk": h.pk, "words": "请尽快"} for h in rows], by=city.officer, at=later(hours=1))
    assert Delivery.objects.count() == 3
    assert jobs.deliver(at=later(hours=1)) == 3


def test_who_left_is_told_nothing_more(city, receiver):
    subscribe(city.clerk, receiver.url)
    urged(city)
    Position.objects.filter(pk=city.clerk.position).update(until=scenes.TODAY - timedelta(days=1))
    assert jobs.deliver(at=later(hours=2)) == 0
    assert receiver.came == []
    d = Delivery.objects.get()
    assert (d.state, str(d.why)) == ("DEAD", "订阅人已不担任原职务,或看不到这条记录")
    urged(city)
    assert Delivery.objects.count() == 1


def test_what_is_not_taken_is_tried_later_and_then_dead_and_the_subscriber_is_told(city, receiver):
    receiver.answers = 500
    subscribe(city.clerk, receiver.url)
    urged(city)
    at = later(hours=1)
    waits = []
    for _ in range(len(jobs.BACKOFF)):
        jobs.deliver(at=at)
        d = Delivery.objects.get()
        assert (d.state, str(d.why)) == ("WAITING", "对方回答500")
        waits.append(d.next_at - at)
        assert jobs.deliver(at=d.next_at - timedelta(seconds=1)) == 0
        at = d.next_at
    assert tuple(waits) == jobs.BACKOFF
    jobs.deliver(at=at)
    assert Delivery.objects.get().state == "DEAD"
    assert len(receiver.came) == len(jobs.BACKOFF) + 1
    assert len({h["anlan-delivery"] for h, _ in receiver.came}) == 1
    assert Notice.objects.filter(person=city.clerk.id, subject_kind="subscription").count() == 1


def test_a_redirect_is_not_followed(city, receiver):
    receiver.answers = 302
    subscribe(city.clerk, receiver.url)
    urged(city)
    assert jobs.deliver(at=later(hours=1)) == 0
    assert (Delivery.objects.get().status, len(receiver.came)) == (302, 1)


def test_nobody_answers(city, settings):
    closed = Receiver()
    settings.WEBHOOK_TEST_HOSTS = frozenset({f"127.0.0.1:{closed.server_port}"})
    subscribe(city.clerk, closed.url)
    closed.server_close()
    urged(city)
    jobs.deliver(at=later(hours=1))
    assert str(Delivery.objects.get().why) == "对方没有应答"


def test_a_delivery_in_the_hands_of_one_worker_is_left_by_the_other(city, receiver):
    subscribe(city.clerk, receiver.url)
    urged(city)
    held = Delivery.objects.select_related("subscription").get()
    assert jobs._claimed(held, later(hours=1))
    assert not jobs._claimed(held, later(hours=1))
    assert jobs.deliver(at=later(hours=1)) == 0
    assert jobs.deliver(at=later(hours=1) + jobs.LEASE) == 1


def test_pausing_keeps_what_waits_and_a_new_secret_signs_from_now_on(city, receiver):
    s = subscribe(city.clerk, receiver.url)
    urged(city)
    webhook_commands.pause(s.pk, by=city.clerk, at=later(hours=1))
    assert jobs.deliver(at=later(hours=1)) == 0
    old = webhooks.secret_of(s)
    renewed = webhook_commands.rotate(s.pk, by=city.clerk, at=later(hours=1), key=webhooks.new_key())
    assert webhooks.secret_of(renewed) != old
    webhook_commands.resume(s.pk, by=city.clerk, at=later(hours=2))
    assert jobs.deliver(at=later(hours=2)) == 1
    assert verify.run().holds


def test_a_colleague_manages_only_his_own(city, receiver):
    s = subscribe(city.clerk, receiver.url)
    user = scenes.account("同事")
    scenes.appoint(user, city.office, "office", "CITY")
    with pytest.raises(Refused, match="本人建立"):
        webhook_commands.end(s.pk, by=scenes.actor(user), at=later())
    desk = Client()
    desk.force_login(user)
    assert desk.get(f"/me/webhooks/{s.pk}/").status_code == 404


def test_the_page_shows_the_secret_once_and_sends_again(city, receiver):
    desk = Client()
    desk.force_login(User.objects.get(pk=city.clerk.id))
    page = desk.post("/me/webhooks/", {"name": "平台", "url": receiver.url, "events": ["hazard.urge"]})
    s = Subscription.objects.get()
    assert webhooks.secret_of(s) in page.content.decode()
    assert webhooks.secret_of(s) not in desk.get(f"/me/webhooks/{s.pk}/").content.decode()
    urged(city)
    jobs.deliver(at=later(hours=1))
    d = Delivery.objects.get()
    assert "已送达" in desk.get(f"/me/webhooks/{s.pk}/").content.decode()
    assert desk.post(f"/me/webhooks/{s.pk}/deliveries/{d.pk}/resend/").status_code == 302
    assert Delivery.objects.get().state == "WAITING"
    english = desk.get(f"/me/webhooks/{s.pk}/", headers={"Accept-Language": "en"}).content.decode()
    assert "Waiting" in english


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"events": ["hazard.dance"]}, "请选择要推送的事项"),
        ({"events": []}, "请选择"),
        ({"name": " "}, "名称"),
    ],
)
def test_what_cannot_be_subscribed_to(city, receiver, given, sentence):
    said = {"name": "平台", "url": receiver.url, "events": ["hazard.urge"], "key": webhooks.new_key()} | given
    with pytest.raises(Refused, match=sentence):
        webhook_commands.subscribe(by=city.clerk, at=later(), **said)
