"""One JSON object a line, with the request's id and never a message's text."""

import json
import logging
import re
import uuid
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from datetime import UTC, datetime

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware

HEADER = "X-Request-ID"
ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")
current_request: ContextVar[str] = ContextVar("current_request", default="")

# What every LogRecord carries, and Django's own extras that hold whole objects.
STANDARD = set(logging.makeLogRecord({}).__dict__) | {
    "message",
    "asctime",
    "taskName",
    "request",
    "server_time",
    "color_message",
}

Answer = HttpResponse | Awaitable[HttpResponse]


class JsonFormatter(logging.Formatter):
    """Time (UTC), level, logger, event, request id and the fields given by `extra=`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if request := current_request.get():
            line["request"] = request
        line.update((k, v) for k, v in record.__dict__.items() if k not in STANDARD)
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


@sync_and_async_middleware
def request_id(
    get_response: Callable[[HttpRequest], Answer],
) -> Callable[[HttpRequest], Answer]:
    """Give each request an id, the caller's own when it is well formed, and send it back."""

    def begin(request: HttpRequest) -> str:
        given = request.headers.get(HEADER, "")
        chosen = given if ACCEPTED.fullmatch(given) else uuid.uuid4().hex
        current_request.set(chosen)
        return chosen

    if iscoroutinefunction(get_response):

        async def async_middleware(request: HttpRequest) -> HttpResponse:
            chosen = begin(request)
            response: HttpResponse = await get_response(request)
            response[HEADER] = chosen
            return response

        return async_middleware

    def middleware(request: HttpRequest) -> Answer:
        chosen = begin(request)
        response = get_response(request)
        response[HEADER] = chosen  # type: ignore[index]
        return response

    return middleware
