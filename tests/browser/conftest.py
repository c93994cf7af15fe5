"""A served instance with the demonstration in it, as whoever runs `make demo` has it, and a browser."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

CHROMIUM = os.environ.get("ANLAN_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PASSWORD = "Anlan-2019"
ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_S = 600


@dataclass
class Served:
    """Where it is served, and the environment in which its command line works."""

    url: str
    environment: dict[str, str]

    def anlan(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "anlan", *words], env=self.environment, cwd=ROOT, capture_output=True, text=True,
            check=False,
        )  # fmt: skip


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if os.environ.get("ANLAN_BROWSER") != "1":
        pytest.skip("needs Chromium: ANLAN_BROWSER=1 (runs in .ci/run)")
    folder, port = tmp_path_factory.mktemp("data"), _free_port()
    environment = dict(os.environ) | {"ANLAN_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    given, name = os.environ.get("DATABASE_URL", ""), ""
    if given.startswith("postgres"):
        import psycopg

        name = f"anlan_journey_{secrets.token_hex(4)}"
        with psycopg.connect(given, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        environment["DATABASE_URL"] = given.rsplit("/", 1)[0] + f"/{name}"
    else:
        environment.pop("DATABASE_URL", None)
    log = (folder / "served.log").open("wb")
    served_today = [sys.executable, "-m", "anlan", "demo", "--scale", "0", "--port", str(port)]
    process = subprocess.Popen(served_today, env=environment, cwd=ROOT, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process, folder / "served.log")
        yield Served(url, environment)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        log.close()
        if name:
            with psycopg.connect(given, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _wait(url: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"not served: {log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def sign_in(served: Served, chromium) -> Iterator[Callable]:
    """`sign_in(username, width=…)` → a page of somebody signed in; nothing may be refused by the content policy.

    `new_password`: chosen where the first one was given for once.
    """
    contexts, complaints = [], []

    def enter(
        username: str, *, width: int = 1440, locale: str = "zh-CN", password: str = PASSWORD, new_password: str = ""
    ):  # fmt: skip
        context = chromium.new_context(viewport={"width": width, "height": 900}, locale=locale)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda m: complaints.append(m.text) if "Content Security Policy" in m.text else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{served.url}/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        if new_password:
            page.fill("input[name=old]", password)
            page.fill("input[name=new]", new_password)
            page.fill("input[name=again]", new_password)
            page.press("input[name=again]", "Enter")
        page.wait_for_url(f"{served.url}/")
        return page

    yield enter
    for context in contexts:
        context.close()
    assert not complaints, complaints
