"""`anlan user`: accounts from the machine itself, for the first administrator and for emergencies."""

import argparse
from collections.abc import Callable
from datetime import datetime

from axes.utils import reset
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from anlan.kernel.words import Reason, Refused
from anlan.people import commands, passwords, queries
from anlan.people.models import User
from anlan.people.states import Kind

Say = Callable[..., None]


def run(asked: argparse.Namespace, *, say: Say, complain: Say) -> int:
    """Carry out one of add, reset, list, unlock. Passwords are printed once and changed at first login."""
    if asked.what == "list":
        for each in User.objects.order_by("username"):
            held = "、".join(str(p) for p in queries.positions_of(each, on=timezone.localdate()))
            say(f"{each.username:24} {each.name}  {each.get_state_display()}  {held}")
        return 0
    if not asked.username:
        complain("请写明用户名")
        return 2
    at, password = timezone.now(), passwords.one_time()
    if asked.what == "add":
        return _add(asked, at, password, say)
    user = queries.user_named(asked.username)
    if user is None:
        raise Refused(Reason("没有可用的账号“%(name)s”,请核对用户名", {"name": asked.username}))
    if asked.what == "unlock":
        say(f"已解除{reset(username=user.username)}次登录限制")
        return 0
    commands.reset_password(user.pk, by=commands.CONSOLE, at=at, password=make_password(password))
    say(f"{user.username} 的一次性密码:{password}")
    return 0


def _add(asked: argparse.Namespace, at: datetime, password: str, say: Say) -> int:
    name = asked.name or asked.username
    user = commands.open_account(
        by=commands.CONSOLE, at=at, username=asked.username, name=name, password=make_password(password)
    )
    if asked.administrator:
        office = queries.organisations(kinds=[Kind.OFFICE]).first() or commands.found(
            by=commands.CONSOLE, at=at, name="市集中办公室", kind=Kind.OFFICE
        )
        commands.appoint(
            by=commands.CONSOLE,
            at=at,
            user=user.pk,
            organisation=office.pk,
            role="administrator",
            level="CITY",
        )
    say(f"{user.username} 的一次性密码:{password}(首次登录须更改)")
    return 0
