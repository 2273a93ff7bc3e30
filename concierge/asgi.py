"""HTTP and WebSockets."""

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")
django.setup(set_prefix=False)

# The routes import models, which only exist once Django is set up.
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.sessions import SessionMiddlewareStack  # noqa: E402

from archive.wall.scope import everything, nothing  # noqa: E402
from concierge.chat.arrivals import in_turn  # noqa: E402
from concierge.chat.lifespan import lifespan  # noqa: E402
from concierge.chat.origins import from_own_pages  # noqa: E402
from concierge.chat.routing import websocket_urlpatterns  # noqa: E402
from concierge.operations.respond import Responder  # noqa: E402

router = ProtocolTypeRouter(
    {
        "http": Responder(),
        "lifespan": lifespan,
        "websocket": from_own_pages(
            in_turn(SessionMiddlewareStack(URLRouter(websocket_urlpatterns)))
        ),
    }
)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """A request and a socket see nothing, until it is known whose they are."""
    with everything() if scope["type"] == "lifespan" else nothing():
        await router(scope, receive, send)
