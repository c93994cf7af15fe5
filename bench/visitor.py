"""Somebody signed in, who asks for pages in process: through every middleware, without a socket."""

from django.conf import settings
from django.test import Client

from anlan.kernel.scope import Actor
from anlan.people.models import User

BACKEND = "anlan.people.accounts.Accounts"


def session_of(actor: Actor) -> str:
    """The key of a session in which this person is signed in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.id), backend=BACKEND)
    client.get("/me/")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Visitor:
    """Asks with a session; whatever is not answered with 200 is a fault of the measurement."""

    def __init__(self, actor: Actor):
        self.client = Client()
        self.client.cookies[settings.SESSION_COOKIE_NAME] = session_of(actor)

    def get(self, path: str) -> bytes:
        answer = self.client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        return answer.content
