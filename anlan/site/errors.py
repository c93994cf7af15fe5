"""Error pages."""
from django.shortcuts import render


def _page(request, status):
    return render(request, f"{status}.html", status=status)


def bad_request(request, exception=None):
    return _page(request, 400)


def forbidden(request, exception=None):
    return _page(request, 403)


def not_found(request, exception=None):
    return _page(request, 404)


def broken(request):
    return _page(request, 500)


def csrf_failure(request, reason=""):
    return _page(request, 403)
