"""Files that are too large are refused before they are read: by what the request says, and while it comes.

Django reads a form's files when the CSRF token is looked for, before any view. So the outer view is exempt,
looks at the size, sets the counting handler, and leaves the rest to the inner view, which is protected. The
form's words come before its files in the request, so they stand on the page that says what is wrong.
"""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from samspill.governance.rules.papers import too_large

ROOM_FOR_THE_REST = 1_000_000  # bytes of the other fields
MOST_FILES = 5
View = Callable[..., HttpResponse]


class CountingHandler(FileUploadHandler):
    """Stops as soon as one file is larger than it may be, whatever the request said of its length.

    is_too_long  the request said that it is too long: stop where the first file begins
    What stands in the form before the file has been read by then, and is kept.
    """

    def __init__(self, request: HttpRequest, limit_bytes: int, *, is_too_long: bool) -> None:
        super().__init__(request)
        self.limit_bytes = limit_bytes
        self.is_too_long = is_too_long
        self.seen = 0

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self.seen = 0
        if self.is_too_long:
            self._stop()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.seen > self.limit_bytes:
            self._stop()
        return raw_data

    def _stop(self) -> None:
        self.request.too_large = True  # type: ignore[union-attr]
        raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> None:
        return None


def sized(view: View, *, files: int = MOST_FILES) -> View:
    """`view` for requests that may hold `files` files of the allowed size; it asks `is_too_large` first."""
    inner = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def looked_at(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        limit = settings.PAPER_BYTES
        said = request.META.get("CONTENT_LENGTH") or "0"
        is_too_long = said.isdecimal() and int(said) > files * limit + ROOM_FOR_THE_REST
        request.upload_handlers.insert(0, CountingHandler(request, limit, is_too_long=is_too_long))
        return inner(request, *args, **kwargs)

    return looked_at


def is_too_large(request: HttpRequest, form: forms.Form, field: str) -> bool:
    """Whether a file was too large to be read. Then `form` says so at `field`, with what else was typed."""
    if not getattr(request, "too_large", False):
        return False
    form.is_valid()
    form.errors.pop(field, None)  # that no file came is not what is wrong
    form.add_error(field, too_large(settings.PAPER_BYTES).sentence)
    return True
