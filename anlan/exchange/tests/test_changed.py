"""A row that comes again and says otherwise: it is pointed out, and the hazard stays as it is."""

import json

import pytest

from anlan.exchange import intake
from anlan.exchange.tests.sheets import HEADER, row, send, signed_in, text
from anlan.hazards.models import Hazard
from anlan.hazards.tests.scenes import NOW
from anlan.people.models import User
from anlan.site import cli

pytestmark = pytest.mark.django_db
WHEN = (*HEADER, "实际整改完成时间")


def sent(city, path, *rows):
    return intake.bring(text(path, [WHEN, *rows]), by=city.clerk, at=NOW)


def test_a_row_that_says_now_that_it_was_put_right_closes_nothing_and_is_pointed_out(city, tmp_path):
    sent(city, tmp_path / "a.csv", [*row(1), ""], [*row(2), ""])
    again = sent(city, tmp_path / "b.csv", [*row(1, 是否整改="是"), "2019-08-20"], [*row(2), ""])
    assert (again.new, again.already_present, again.refused) == (0, 2, 0)
    [change] = again.changed
    h = Hazard.everything.get(description="1号灭火器过期")
    assert (change.row, change.column, change.value, change.number) == (2, "是否整改", "是", h.number)
    assert "未销号" in str(change.stands)
    assert (h.state, h.closed_on) == ("REGISTERED", None)


def test_another_day_of_completion_and_a_withdrawn_one_are_pointed_out(city, tmp_path):
    done = [*row(1, 是否整改="是"), "2019-08-20"]
    sent(city, tmp_path / "a.csv", done, [*row(2, 是否整改="是"), "2019-08-20"])
    again = sent(city, tmp_path / "b.csv", [*done[:-1], "2019-08-21"], [*row(2), ""])
    assert [(c.row, c.column, c.value) for c in again.changed] == [
        (2, "实际整改完成时间", "2019-08-21"),
        (3, "是否整改", "否"),
    ]
    assert not sent(city, tmp_path / "c.csv", done).changed


def test_page_and_command_say_what_has_changed(city, tmp_path, capsys):
    sent(city, tmp_path / "a.csv", [*row(1), ""])
    path = text(tmp_path / "b.csv", [WHEN, [*row(1, 是否整改="是"), "2019-08-20"]])
    number = Hazard.everything.get().number
    page = send(signed_in(city.clerk), path).content.decode()
    assert "已登记,但表中的内容有变化" in page
    assert number in page
    words = ["import", str(path), "--as", User.objects.get(pk=city.clerk.id).username]
    assert cli.main([*words, "--json"]) == cli.OK
    said = json.loads(capsys.readouterr().out)
    assert said["already_present"] == 1
    assert [(c["row"], c["number"]) for c in said["changed"]] == [(2, number)]
    cli.main(words)
    assert f"第2行已登记为{number}" in capsys.readouterr().out
    assert Hazard.everything.get().state == "REGISTERED"
