import threading
from collections.abc import Callable

import pytest
from asgiref.testing import ApplicationCommunicator
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.decorators import sync_and_async_middleware

from concierge.operations.respond import Responder

passed: list[int] = []


@sync_and_async_middleware
def noting(get_response: Callable[[HttpRequest], HttpResponse]):
    def middleware(request: HttpRequest) -> HttpResponse:
        passed.append(threading.get_ident())
        return get_response(request)

    return middleware


def page(request: HttpRequest) -> HttpResponse:
    passed.append(threading.get_ident())
    return HttpResponse("here")


async def waits(request: HttpRequest) -> HttpResponse:
    return HttpResponse("waited")


urlpatterns = [path("page", page), path("waits", waits)]


async def body(address: str) -> bytes:
    scope = {"type": "http", "method": "GET", "path": address, "query_string": b"", "headers": []}
    communicator = ApplicationCommunicator(Responder(), scope)
    await communicator.send_input({"type": "http.request", "body": b""})
    await communicator.receive_output()  # the status
    return (await communicator.receive_output())["body"]


@pytest.fixture(autouse=True)
def small(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [f"{__name__}.noting", f"{__name__}.noting"]
    passed.clear()


async def test_a_request_passes_its_middleware_and_its_view_in_one_thread():
    assert await body("/page") == b"here"
    assert len(passed) == 3
    assert len({*passed}) == 1
    assert threading.get_ident() not in passed


async def test_a_view_that_waits_is_answered_too():
    assert await body("/waits") == b"waited"


@pytest.mark.django_db(transaction=True)
def test_a_view_that_waits_keeps_no_connection():
    connection.ensure_connection()
    Responder().make_view_atomic(waits)
    assert connection.connection is None


@pytest.mark.django_db(transaction=True)
def test_a_view_that_reads_goes_on_with_the_connection_there_is():
    connection.ensure_connection()
    Responder().make_view_atomic(page)
    assert connection.connection is not None
