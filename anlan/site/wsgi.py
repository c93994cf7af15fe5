"""The WSGI entry point. Under ASGI a synchronous Django answers several times slower: WSGI only."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anlan.site.settings")
application = get_wsgi_application()
