"""The first upload handler: stops keeping a file that has grown beyond the limit.

It goes on reading, so that the browser gets its answer instead of a broken connection; the page then
refuses the file by its size.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class Beyond(SimpleUploadedFile):
    """A file of which nothing was kept but its name and size."""

    def __init__(self, name: str, content_type: str, size: int):
        super().__init__(name, b"", content_type)
        self.size = size


class Quota(FileUploadHandler):
    """Counts; lets the next handlers keep only what is within EVIDENCE_MAX_BYTES."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.seen += len(raw_data)
        return raw_data if self.seen <= settings.EVIDENCE_MAX_BYTES else None

    def file_complete(self, file_size: int) -> Beyond | None:
        if self.seen <= settings.EVIDENCE_MAX_BYTES:
            return None
        return Beyond(self.file_name or "", self.content_type or "", self.seen)
