"""One JSON object a line, with the request's id, never a message's text, and nobody's data."""

import json
import logging
import re
import time
import traceback
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import TypeAlias

from asgiref.sync import iscoroutinefunction
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware

from concierge.operations.shown_path import shown_path
from concierge.redaction.blank import logged, logged_value

HEADER = "X-Request-ID"
ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")
current_request: ContextVar[str] = ContextVar("current_request", default="")
log = logging.getLogger("concierge.requests")

# What every LogRecord carries, and the extras of Django and Celery that hold whole objects.
STANDARD = set(logging.makeLogRecord({}).__dict__) | {
    "message",
    "asctime",
    "taskName",
    "request",
    "server_time",
    "color_message",
    "data",
}
# Probes come every few seconds and say nothing when they succeed.
PROBES = ("/healthz", "/readyz", "/metrics")
FAILED = 400  # of an answer's status, and above
# Their messages come from the machine. Any other exception may quote what a person wrote.
QUOTABLE = (OSError, OperationalError)

Answer: TypeAlias = HttpResponse | Awaitable[HttpResponse]
ExcInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class JsonFormatter(logging.Formatter):
    """Time (UTC), level, logger, event, request id and the fields given by `extra=`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": logged(event(record)),
        }
        if request := current_request.get():
            line["request"] = request
        extra = {key: value for key, value in record.__dict__.items() if key not in STANDARD}
        line.update(logged_value(extra))
        if record.exc_info:
            line["exception"] = logged(self.formatException(record.exc_info))
        return json.dumps(line, default=str, ensure_ascii=False)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - logging's name
        """The chain of types and the places they passed, newest first, without their words."""
        return "\n".join(line for error in chain(ei[1]) for line in told(error))


def event(record: logging.LogRecord) -> str:
    """The message; Celery's on a failed task says the exception's words, which are left out.

    Django's on a page that is not there says its address.
    """
    if record.name == "django.request" and isinstance(record.args, tuple):
        is_path = (isinstance(each, str) and each.startswith("/") for each in record.args)
        told = zip(record.args, is_path, strict=True)
        return str(record.msg) % tuple(
            shown_path(str(each), answered=False) if is_shown else each for each, is_shown in told
        )
    if isinstance(record.args, dict) and "exc" in record.args:
        kind = type(record.exc_info[1]).__name__ if record.exc_info else "an exception"
        return str(record.msg) % {**record.args, "exc": kind, "traceback": ""}
    return record.getMessage()


def chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def told(error: BaseException) -> Iterator[str]:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    yield f"{kind}: {error}" if isinstance(error, QUOTABLE) else kind
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} {frame.name}"


@sync_and_async_middleware
def request_id(
    get_response: Callable[[HttpRequest], Answer],
) -> Callable[[HttpRequest], Answer]:
    """Give each request an id, the caller's own when it is well formed, and log how it went."""

    def begin(request: HttpRequest) -> tuple[str, float]:
        given = request.headers.get(HEADER, "")
        chosen = given if ACCEPTED.fullmatch(given) else uuid.uuid4().hex
        current_request.set(chosen)
        return chosen, time.perf_counter()

    def finish(request: HttpRequest, response: HttpResponse, chosen: str, start: float) -> None:
        response[HEADER] = chosen
        told = {
            "method": request.method,
            # Without the query, where people's words may be.
            "path": shown_path(request.path, answered=response.status_code < FAILED),
            "status": response.status_code,
            "ms": round(1000 * (time.perf_counter() - start)),
        }
        log.log(logging.DEBUG if request.path in PROBES else logging.INFO, "answered", extra=told)

    if iscoroutinefunction(get_response):

        async def async_middleware(request: HttpRequest) -> HttpResponse:
            chosen, start = begin(request)
            response: HttpResponse = await get_response(request)
            finish(request, response, chosen, start)
            return response

        return async_middleware

    def middleware(request: HttpRequest) -> Answer:
        chosen, start = begin(request)
        response: HttpResponse = get_response(request)  # type: ignore[assignment]
        finish(request, response, chosen, start)
        return response

    return middleware
