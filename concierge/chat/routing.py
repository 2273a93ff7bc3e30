"""The socket's address."""

from django.urls import path, re_path

from concierge.chat.consumers import ConversationConsumer, Nowhere
from concierge.chat.walled import walled

websocket_urlpatterns = [
    path("ws/conversations/<uuid:conversation_id>/", walled(ConversationConsumer.as_asgi())),
    re_path(r"", Nowhere.as_asgi()),
]
