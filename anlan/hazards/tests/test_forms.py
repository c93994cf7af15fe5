"""Every form of an act opens for everybody to whom the act is offered."""

import pytest
from django.urls import reverse

from anlan.hazards.tests.scenes import City
from anlan.people.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["officer", "principal", "manager", "worker", "clerk", "head", "second"])
@pytest.mark.parametrize("name", ["register", "fix_on_spot"])
def test_the_form_of_a_finding_opens_for_whoever_may_find(client, who, name):
    actor = getattr(City(), who, None)
    if actor is None:
        pytest.skip(f"no {who} in the scene")
    client.force_login(User.objects.get(pk=actor.id))
    answer = client.get(reverse(f"hazards:{name}"))
    assert answer.status_code == (200 if actor.may(f"hazard.{name}") else 404), answer.status_code
