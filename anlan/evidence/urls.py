"""Addresses of evidence. A file is named by its hash; the hash alone opens nothing."""

from django.urls import path, register_converter

from anlan.evidence import pages


class Sha:
    """64 hexadecimal digits."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Sha, "sha256")

app_name = "evidence"
urlpatterns = [
    path("upload/", pages.upload, name="upload"),
    path("<sha256:sha>/thumb", pages.thumb, name="thumb"),
    path("<sha256:sha>/view", pages.view, name="view"),
    path("<sha256:sha>/original", pages.original, name="original"),
]
