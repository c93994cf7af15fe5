"""The two reads with which every request begins: its session, and the account with its positions. Both ask
the database every time, by SQL that is worked out once: whoever is put out is out at the next click.
"""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from anlan.kernel.clock import day_of
from anlan.kernel.kept import kept
from anlan.people import queries
from anlan.people.models import User


@kept
def _session(key: Any, now: Any) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


@kept
def _account(pk: Any) -> QuerySet[User]:
    return User.objects.filter(pk=pk)


class SessionStore(db.SessionStore):
    """Sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        found = _session(key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None
        return found[0] if found else None


class Accounts(ModelBackend):
    """Accounts with passwords of their own."""

    def get_user(self, user_id: int) -> User | None:
        on = day_of(timezone.now())
        held = queries.held(user_id, on=on)
        own = [p.user for p in held if p.user_id == user_id] or _account(pk=user_id)
        if not own or not self.user_can_authenticate(own[0]):
            return None
        own[0].came_with = (on, held)
        return own[0]
