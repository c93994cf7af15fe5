"""Sheets as street offices send them, made for a test."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anlan.kernel.scope import Actor
from anlan.people.models import User

DATA = Path(__file__).parent / "data"
PUBLISHED = DATA / "published-hazards-21-columns.xlsx"
#: the places of the published sheet, which is another city's
PLACES = {"魏都区": "410105", "桂花镇": "410122", "巢湖市": "410181", "": "410103"}
HEADER = ("行业领域", "企业名称", "属地", "隐患描述", "检查时间", "是否整改")


def row(n: int = 1, **given: str) -> list[str]:
    """A row of the short header; `given` by header."""
    said = dict(
        zip(HEADER, ("消防", "某砚岭商场", "金水区", f"{n}号灭火器过期", "2019-08-01", "否"), strict=True)
    )
    return list((said | given).values())


def xlsx(path: Path, rows: Sequence[Sequence[Any]], **options: Any) -> Path:
    with xlsxwriter.Workbook(str(path), options) as book:
        page = book.add_worksheet()
        for n, cells in enumerate(rows):
            page.write_row(n, 0, cells)
    return path


def text(path: Path, rows: Sequence[Sequence[str]], *, encoding: str = "utf-8", sign: str = ",") -> Path:
    path.write_bytes("\r\n".join(sign.join(cells) for cells in rows).encode(encoding))
    return path


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.id))
    return client


def send(client: Client, path: Path) -> Any:
    """Upload a sheet by the page; the answer that it leads to."""
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return client.post("/sheets/", {"file": file}, follow=True)
