"""The event stream of one conversation: relays what is written, never writes."""

from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from redis.exceptions import RedisError

from archive.threads import in_thread
from concierge.chat import stream
from concierge.chat.models import Conversation
from concierge.chat.thread import held_here, thread_update, words_update

LARGEST = 64 * 1024  # bytes of a frame
NOT_FOUND, TOO_LARGE, TRY_AGAIN = 4404, 1009, 1013


class ConversationConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """On connecting, the thread as it stands; then, at each poke, what has been added."""

    conversation: Conversation | None = None
    settled = 0

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Words touch no database, whose connections Channels would look after in a thread."""
        if message["type"] == "chat.more":
            await self.chat_more(message)
        else:
            await super().dispatch(message)

    async def connect(self) -> None:
        asked = str(self.scope["url_route"]["kwargs"]["conversation_id"])
        session = self.scope["session"]
        self.conversation = await in_thread(held_here)(session, asked)
        if self.conversation is None:
            await self.close(code=NOT_FOUND)
            return
        self.group = stream.group(self.conversation.pk)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        await self.chat_turn({})

    async def disconnect(self, code: int) -> None:
        if self.conversation is not None:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Questions come by POST; whatever comes here is not for us."""
        if len(text_data or bytes_data or "") > LARGEST:
            await self.close(code=TOO_LARGE)

    async def chat_turn(self, event: dict[str, Any]) -> None:
        """The thread, which a page merges into what it has: all of it at first, then what may
        have changed."""
        assert self.conversation is not None
        update = await in_thread(thread_update)(self.conversation, self.settled)
        self.awaited, self.settled = update.awaited, update.settled
        await self.send(update.html)
        if self.awaited and self.awaited.message.attempts:
            await self.chat_more({})

    async def chat_more(self, event: dict[str, Any]) -> None:
        """The words added to the awaited answer since this page's last number."""
        if self.awaited is None:
            return
        answer, standing = self.awaited.message, self.awaited.standing
        attempt = self.awaited.attempt
        try:
            news = await stream.read(attempt, standing.number) if attempt else []
        except RedisError:  # the page asks again by itself
            await self.close(code=TRY_AGAIN)
            return
        standing.take(news)
        if standing.done or not answer.attempts:  # it has ended, or its turn has come
            await self.chat_turn({})
        elif news:
            await self.send(words_update(answer, standing))


class Nowhere(AsyncWebsocketConsumer):  # type: ignore[misc]
    """An address that holds no conversation, answered as one that is not the visitor's."""

    async def connect(self) -> None:
        await self.close(code=NOT_FOUND)
