"""A page for who comes by a link to what only a button may do."""

from collections.abc import Callable

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.decorators import sync_and_async_middleware

Answer = HttpResponseBase | object


@sync_and_async_middleware
def wrong_method(get_response: Callable[[HttpRequest], Answer]) -> Callable[[HttpRequest], Answer]:
    """Give an empty 405 its words, where a person reads it: after signing in again, say."""

    def said(request: HttpRequest, response: HttpResponse) -> HttpResponse:
        asks = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if response.status_code == 405 and asks and not response.streaming:
            response.content = render_to_string("405.html", request=request).encode()
        return response

    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponse:
            return said(request, await get_response(request))

        return later

    def middleware(request: HttpRequest) -> Answer:
        return said(request, get_response(request))  # type: ignore[arg-type]

    return middleware
