"""Files that are too large are refused before they are read: by what the request says, and while it comes.

Django reads a form's files when the CSRF token is looked for, before any view. So the outer view is exempt,
looks at the size, sets the counting handler, and leaves the rest to the inner view, which is protected.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from samspill.governance.rules.papers import too_large

ROOM_FOR_THE_REST = 1_000_000  # bytes of the other fields
MOST_FILES = 5
View = Callable[..., HttpResponse]


class CountingHandler(FileUploadHandler):
    """Stops as soon as one file is larger than it may be, whatever the request said of its length."""

    def __init__(self, request: HttpRequest, limit_bytes: int) -> None:
        super().__init__(request)
        self.limit_bytes = limit_bytes
        self.seen = 0

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.seen > self.limit_bytes:
            self.request.too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def sized(view: View, *, files: int = MOST_FILES) -> View:
    """`view` for requests that may hold `files` files of the allowed size; Refused for larger ones."""
    inner = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def looked_at(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        limit = settings.PAPER_BYTES
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdecimal() and int(said) > files * limit + ROOM_FOR_THE_REST:
            raise too_large(limit)
        request.upload_handlers.insert(0, CountingHandler(request, limit))
        if request.method == "POST":
            request.POST  # noqa: B018  read here, so that the handler has counted
            if getattr(request, "too_large", False):
                raise too_large(limit)
        return inner(request, *args, **kwargs)

    return looked_at
