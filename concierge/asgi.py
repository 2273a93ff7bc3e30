"""HTTP and WebSockets."""

import os
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")
http = get_asgi_application()

# The routes import models, which only exist once Django is set up.
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.sessions import SessionMiddlewareStack  # noqa: E402

from archive.wall.scope import everything, nothing  # noqa: E402
from concierge.chat.arrivals import in_turn  # noqa: E402
from concierge.chat.lifespan import lifespan  # noqa: E402
from concierge.chat.origins import from_own_pages  # noqa: E402
from concierge.chat.routing import websocket_urlpatterns  # noqa: E402

router = ProtocolTypeRouter(
    {
        "http": http,
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
