"""Eight clients upon a served installation: two workers of the real server, real sockets, real sessions.

Acts, lists and pages each alone. The clients share the machine with the server, and their own cost is in
the figures. The floor is the health page, which asks the database one question and says two words.
"""

import http.client
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connections

from bench.filling import fill
from bench.lists import FILTERS
from bench.result import Options, Row, median, p95
from bench.scratch import ROOT
from bench.visitor import session_of
from bench.world import world

CLIENTS, WORKERS, LIMIT_MS = 8, 2, 250
HAZARDS = 20_000
TOKEN = "b" * 32  # what a page would have put into its forms; the cookie says the same


@dataclass
class Asked:
    """What one kind of request took; `faults` are answers that were none."""

    times: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds


Request = Callable[["Client", int], None]


class Client:
    """One connection that stays open, signed in as somebody."""

    def __init__(self, port: int, session: str):
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN,
        }  # fmt: skip

    def get(self, path: str) -> None:
        self._ask("GET", path, None, self.headers, 200)

    def post(self, path: str, body: dict[str, object]) -> None:
        said = json.dumps(body, ensure_ascii=False).encode()
        self._ask("POST", path, said, self.headers | {"Content-Type": "application/json"}, 200)

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str], wanted: int) -> None:
        self.http.request(method, path, body, headers)
        answer = self.http.getresponse()
        said = answer.read()
        if answer.status != wanted:
            raise RuntimeError(f"{method} {path}: {answer.status} {said[:200].decode(errors='replace')}")


def measure(options: Options) -> list[Row]:
    here = world()
    fill(here, min(options.hazards, HAZARDS))
    city, officer = session_of(here.clerk), session_of(here.officer)
    acts = [here.found(500) for _ in range(max(1, int(options.seconds * 400 / 500)))]
    keys = [key for some in acts for key in some]
    due = here.order["due_on"].isoformat()
    connections.close_all()

    def act(client: Client, n: int) -> None:
        body: dict[str, object] = {"due_on": due, "requirement": "加装箱门,整理线路"}
        client.post(f"/api/v1/hazards/{keys[n]}/acts/order", body)

    with served() as port:
        asked = [
            ("act by API", 100, officer, act, len(keys)),
            ("API list of 50", 90, city, lambda c, n: c.get(f"/api/v1/hazards?{_query(n)}"), None),
            ("ledger page", 35, city, lambda c, n: c.get(f"/hazards/?{_query(n)}"), None),
        ]
        floor = _together(port, city, lambda c, n: c.get("/health"), options.seconds / 2, None)
        return [
            _row(name, target, _together(port, session, request, options.seconds, at_most), floor)
            for name, target, session, request, at_most in asked
        ]


def _query(n: int) -> str:
    ((name, value),) = FILTERS[n % len(FILTERS)].items()
    return f"{name}={value}"


def _row(name: str, target: int, asked: Asked, floor: Asked) -> Row:
    if asked.faults:
        raise RuntimeError(f"{name}: {len(asked.faults)} faults, the first: {asked.faults[0]}")
    return Row(
        name=f"{CLIENTS} clients, {WORKERS} workers: {name}", target=f"≥ {target}/s, p95 ≤ {LIMIT_MS} ms",
        median=median(asked.times), p95=p95(asked.times), ratio=floor.rate / asked.rate,
        said=f"{asked.rate:.0f}/s; floor {floor.rate:.0f}/s (health page)",
        passed=asked.rate >= target and p95(asked.times) <= LIMIT_MS,
    )  # fmt: skip


def _together(port: int, session: str, request: Request, seconds: float, at_most: int | None) -> Asked:
    """All clients at once, for so long; the first requests, which warm the workers, are not kept."""
    numbers, lock, asked = iter(range(at_most or 10**9)), threading.Lock(), Asked()
    clients = [Client(port, session) for _ in range(CLIENTS)]
    _run(clients, request, numbers, lock, Asked(), seconds / 5)
    began = time.perf_counter()
    _run(clients, request, numbers, lock, asked, seconds)
    asked.seconds = time.perf_counter() - began
    return asked


def _run(
    clients: list[Client],
    request: Request,
    numbers: Iterator[int],
    lock: threading.Lock,
    asked: Asked,
    seconds: float,
) -> None:
    until = time.perf_counter() + seconds

    def work(client: Client) -> None:
        while time.perf_counter() < until:
            with lock:
                n = next(numbers, None)
            if n is None:
                return
            began = time.perf_counter()
            try:
                request(client, n)
            except (OSError, RuntimeError, http.client.HTTPException) as error:
                asked.faults.append(str(error))
                return
            asked.times.append((time.perf_counter() - began) * 1000)

    threads = [threading.Thread(target=work, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextmanager
def served() -> Iterator[int]:
    """This installation, served as `anlan serve` serves it; the port."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    words = ("serve", "--port", str(port), "--workers", str(WORKERS), "--no-work")
    server = subprocess.Popen(
        [sys.executable, "-m", "anlan", *words],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(port, server)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _wait(port: int, server: subprocess.Popen) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError("the server did not start")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer")
