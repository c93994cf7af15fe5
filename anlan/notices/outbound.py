"""Posting to an address that somebody else wrote down: never into our own network.

The name is resolved once, every address behind it is looked at, and the connection goes to the very
address that was looked at; redirects are not followed. What answers is not read beyond its status.
"""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from anlan.kernel.words import Reason, Refused

CONNECT_S, WHOLE_S = 5.0, 15.0
LONGEST = 300

NOT_HTTPS = Reason("推送地址须以https://开头,写明主机名,不含用户名和密码")
UNKNOWN_HOST = Reason("找不到推送地址的主机,请核对")
PRIVATE = Reason("推送地址指向内部网络或本机,不能使用;请填写可从外部访问的地址")

NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a post goes: the name it is for, and the address that was looked at."""

    parts: SplitResult
    address: str
    port: int


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it. `status` None: nobody answered."""

    status: int | None

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def shaped(url: str) -> SplitResult:
    """An address as it may be written down. Refused otherwise."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused(NOT_HTTPS, "url") from None
    plain = f"{parts.hostname}:{port}" in settings.WEBHOOK_TEST_HOSTS
    if (parts.scheme != "https" and not plain) or not parts.hostname or parts.username or parts.password:
        raise Refused(NOT_HTTPS, "url")
    if len(url) > LONGEST or not url.isascii() or any(c.isspace() for c in url) or port == 0:
        raise Refused(NOT_HTTPS, "url")
    return parts


def looked_at(url: str) -> Target:
    """Resolve and look at every address. Refused where one of them is not out in the open."""
    parts = shaped(url)
    host, port = parts.hostname or "", parts.port or 443
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused(UNKNOWN_HOST, "url") from None
    addresses = [str(entry[4][0]) for entry in found]
    if f"{host}:{port}" not in settings.WEBHOOK_TEST_HOSTS and not all(is_open(a) for a in addresses):
        raise Refused(PRIVATE, "url")
    return Target(parts, addresses[0], port)


def is_open(address: str) -> bool:
    """Whether an address lies outside every private, local, reserved and metadata range."""
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_open(str(inner))
        if ip.teredo is not None:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


class _Pinned(HTTPSConnection):
    """TLS to one address under the name it was asked for: the certificate must be for the name."""

    def __init__(self, target: Target, context: ssl.SSLContext):
        super().__init__(target.parts.hostname or "", target.port, timeout=CONNECT_S, context=context)
        self._target, self._ours = target, context

    def connect(self) -> None:
        plain = socket.create_connection((self._target.address, self._target.port), CONNECT_S)
        self.sock = self._ours.wrap_socket(plain, server_hostname=self.host)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Told:
    """Send it, at most fifteen seconds in all. Raises Refused for an address that may not be used."""
    target = looked_at(url)
    if target.parts.scheme == "https":
        connection: HTTPConnection = _Pinned(target, ssl.create_default_context())
    else:
        connection = HTTPConnection(target.address, target.port, timeout=CONNECT_S)
    path = target.parts.path or "/"
    path += f"?{target.parts.query}" if target.parts.query else ""
    watch = threading.Timer(WHOLE_S, _hang_up, [connection])
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", path, body=body, headers={"Host": target.parts.netloc, **headers})
        return Told(connection.getresponse().status)
    except (OSError, HTTPException):
        return Told(None)
    finally:
        watch.cancel()
        connection.close()


def _hang_up(connection: HTTPConnection) -> None:
    """An answer that drips in for ever keeps nobody waiting."""
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            connection.close()
