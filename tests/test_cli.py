"""The command line: exit codes, words, JSON."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest

from anlan.figures.indicators import INDICATORS
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City
from anlan.people.models import User
from anlan.site import cli
from anlan.site.models import JobRun

ROOT = Path(__file__).parents[1]
SEPTEMBER = ("--from", "2019-09-01", "--to", "2019-09-30")


def test_without_a_command_it_explains_itself(capsys):
    assert cli.main([]) == cli.USAGE
    assert "verify" in capsys.readouterr().out


def test_an_unknown_command_is_wrong_usage(capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["vanish"])
    assert left.value.code == cli.USAGE


@pytest.mark.parametrize("name", ["serve", "work", "demo", "import", "export", "bulletin", "figures", "verify", "backup",
                                  "restore", "user", "migrate"])  # fmt: skip
def test_every_command_has_help(name, capsys):
    with pytest.raises(SystemExit) as left:
        cli.main([name, "--help"])
    assert left.value.code == 0
    assert name in capsys.readouterr().out


def test_a_taken_port_is_said_in_words(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code = cli.main(["serve", "--port", str(taken.getsockname()[1])])
    assert code == cli.CANNOT
    assert "已被占用" in capsys.readouterr().err


def unread(*words: str, url: str) -> tuple[int, str]:
    """The exit code of a command whose output nobody reads, and what it says of that."""
    own = os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": ""}
    command = [sys.executable, "-m", "anlan", *words]
    with subprocess.Popen(command, env=own, cwd=ROOT, stdout=PIPE, stderr=PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        return running.wait(60), running.stderr.read()


def test_whoever_stops_reading_ends_it_quietly(django_db_setup, tmp_path):
    with django_db_setup.again(tmp_path) as url:
        assert unread("figures", *SEPTEMBER, url=url) == (cli.UNREAD, "")
        assert unread("figures", "--help", url=url) == (cli.UNREAD, "")


@pytest.mark.django_db
def test_an_unknown_indicator_names_the_nearest(capsys):
    assert cli.main(["figures", "--codes", "fuond", *SEPTEMBER]) == cli.FOUND
    assert "found" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_place_of_another_city_is_refused(capsys):
    assert cli.main(["figures", "--place", "9999", *SEPTEMBER]) == cli.FOUND
    assert "没有代码为“9999”的地方" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_period_that_ends_before_it_starts_is_refused(capsys):
    assert cli.main(["bulletin", "--from", "2019-09-30", "--to", "2019-09-01"]) == cli.FOUND
    assert "早于开始日" in capsys.readouterr().err


@pytest.mark.django_db
def test_figures_and_the_bulletin_agree_and_each_figure_has_its_rows(capsys):
    scenes.submitted(City())
    assert (
        cli.main(["figures", "--codes", "found,rectified_general", "--place", "4101", *SEPTEMBER, "--json"])
        == cli.OK
    )
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert figures == {"found": 1, "rectified_general": 1}
    assert cli.main(["bulletin", "--place", "4101", *SEPTEMBER, "--json"]) == cli.OK
    said = json.loads(capsys.readouterr().out)
    assert "郑州市共排查一般隐患1处,重大隐患0处" in said["text"]
    assert all(f["value"] == f["rows"] for f in said["figures"] if not f["code"].endswith("rate"))


@pytest.mark.django_db
def test_verify_exits_with_one_and_names_what_differs_and_is_remembered(capsys):
    h = scenes.submitted(City())
    assert cli.main(["verify"]) == cli.OK
    type(h).everything.filter(pk=h.pk).update(description="改过的")
    assert cli.main(["verify"]) == cli.FOUND
    assert "“description”被直接改动" in capsys.readouterr().out
    assert list(JobRun.objects.filter(name="verify").order_by("started").values_list("ok", flat=True)) == [
        True,
        False,
    ]


@pytest.mark.django_db
def test_the_first_administrator_is_made_on_the_machine_and_must_change_his_password(capsys):
    assert cli.main(["user", "add", "wang", "--name", "王管理", "--administrator"]) == cli.OK
    assert "一次性密码" in capsys.readouterr().out
    user = User.objects.get(username="wang")
    assert user.must_change_password
    assert user.positions.get().role == "administrator"
    assert cli.main(["user", "reset", "nobody"]) == cli.FOUND


@pytest.mark.django_db
def test_a_ledger_goes_out_as_csv_of_what_that_person_may_list(tmp_path, capsys):
    city = City()
    h = scenes.register(city.officer, city.firm, description="=cmd()|隐患")
    user = User.objects.get(pk=city.officer.id)
    assert cli.main(["export", str(tmp_path / "out.csv"), "--as", user.username]) == cli.OK
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert h.number in text
    assert "'=cmd()" in text


def test_every_indicator_says_what_it_counts_and_by_which_date():
    assert len(INDICATORS) >= 12
    assert all(str(i.definition) and str(i.counted_by) and str(i.label) for i in INDICATORS.values())


@pytest.mark.parametrize("scale", ["0.0001", "11", "-1", "viel"])
def test_a_city_of_an_impossible_size_is_wrong_usage(scale, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["demo", "--no-serve", "--scale", scale])
    assert stopped.value.code == cli.USAGE
    assert "--scale" in capsys.readouterr().err
