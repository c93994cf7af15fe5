"""The screen's whole document out of many hazards, and how soon Chromium has painted it.

The document is measured in process for the city and for a county, beside the bare GROUP BY of the same table.
The page is served by the real server and opened in Chromium (where it is there) as at a wall, 1920 × 1080:
first contentful paint as the browser itself tells it, the front end built before, caches cold.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from anlan.figures import screen
from anlan.kernel import tally
from bench import filling
from bench.result import Options, Row, clocked, interleaved, median, p95
from bench.world import World, world

TARGET_MS, PAINT_MS, TIMES, PAINTS = 100, 1500, 30, 7
CHROMIUM = os.environ.get("ANLAN_CHROMIUM", "/usr/bin/chromium")


def measure(options: Options) -> list[Row]:
    here = world()
    filling.fill(here, options.hazards)
    while tally.fold():
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [*_document(here), *_paint(here)]


def _document(here: World) -> list[Row]:
    since = (here.today - timedelta(days=91)).isoformat()

    def read(place: str) -> None:
        asked = screen.asked(by=here.clerk, on=here.today, place=place, period="last-92-days")
        screen.document(asked, by=here.clerk, on=here.today)

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT found_county, found_sector, grade, count(*) FROM hazards_hazard "
                "WHERE found_on >= %s GROUP BY 1, 2, 3", [since],
            )  # fmt: skip
            cursor.fetchall()

    rows = []
    for name, place in (("the city", ""), ("a county", "410105")):
        ours, floor = interleaved(lambda n, p=place: read(p), lambda n: bare(), times=TIMES)
        rows.append(Row(
            name=f"the screen's whole document, {name}", target=f"at most {TARGET_MS} ms", median=median(ours),
            p95=p95(ours), ratio=median(ours) / median(floor), said=f"bare GROUP BY {median(floor):.1f} ms",
            passed=median(ours) <= TARGET_MS,
        ))  # fmt: skip
    return rows


def _paint(here: World) -> list[Row]:
    name, target = "first paint of the screen in Chromium", f"at most {PAINT_MS} ms"
    if not Path(CHROMIUM).exists():
        return [Row(name=name, target=target, said="no Chromium here")]
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "anlan", "serve", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )  # fmt: skip
    try:
        _wait(port)
        taken = _painted(port, _session(here))
    finally:
        server.terminate()
        server.wait(20)
    first, whole = [f for f, _w in taken], [w for _f, w in taken]
    return [Row(
        name=name, target=target, median=median(first), p95=max(first),
        said=f"map, lines and bars drawn after {median(whole):.0f} ms", passed=median(first) <= PAINT_MS,
    )]  # fmt: skip


def _wait(port: int) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2).close()
            return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("not served")


def _session(here: World) -> str:
    client = Client()
    client.force_login(
        get_user_model().objects.get(pk=here.clerk.id), backend="anlan.people.accounts.Accounts"
    )
    client.get("/me/")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _painted(port: int, session: str) -> list[tuple[float, float]]:
    from playwright.sync_api import sync_playwright

    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        for _ in range(PAINTS):
            context = browser.new_context(viewport={"width": 1920, "height": 1080})
            cookie: Any = {
                "name": settings.SESSION_COOKIE_NAME,
                "value": session,
                "url": f"http://127.0.0.1:{port}",
            }
            context.add_cookies([cookie])
            page = context.new_page()

            def drawn(page: Any = page) -> None:
                page.goto(f"http://127.0.0.1:{port}/screen/?period=last-92-days")
                page.locator("#map canvas").first.wait_for()

            whole = clocked(drawn)
            first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            found.append((float(first), whole))
            context.close()
        browser.close()
    return found
