"""Who is really asking, where a proxy stands in front.

Every request then comes from the proxy's address, so one impatient visitor would use up the limit of everybody.
The header `X-Forwarded-For` says who asked the proxy; anybody can write it, so it is read only where the
request comes from a proxy that the installation names (`ANLAN_PROXIES`), from its end, up to the first
address that is no such proxy.
"""

from collections.abc import Callable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Networks = Sequence[IPv4Network | IPv6Network]


def asked_from(remote: str, forwarded: str, proxies: Networks) -> str:
    """The nearest address that is none of `proxies`; `remote` itself where the header says nothing usable."""
    nearest = remote
    for said in [remote, *(part.strip() for part in reversed(forwarded.split(",")) if part.strip())]:
        try:
            address = ip_address(said)
        except ValueError:
            return nearest
        nearest = str(address)
        if not any(address in network for network in proxies):
            return nearest
    return nearest


class Proxies:
    """Puts the address of who asked where the rest of the product reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PROXIES:
            request.META["REMOTE_ADDR"] = asked_from(
                request.META.get("REMOTE_ADDR", ""),
                request.META.get("HTTP_X_FORWARDED_FOR", ""),
                settings.PROXIES,
            )
        return self.get_response(request)


proxies = Proxies
