"""The event stream of one conversation: relays what is written, never writes."""

import asyncio
from typing import Any

from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from redis.exceptions import RedisError

from archive.threads import in_thread
from concierge.chat import crowd, stream
from concierge.chat.arrivals import TOO_MANY
from concierge.chat.models import Conversation
from concierge.chat.rights import Right, right_of
from concierge.chat.thread import Shown, thread_update, words_update
from concierge.chat.watch import FRESH, watch
from concierge.clients.spoken import heard

LARGEST = 64 * 1024  # bytes of a frame
NOT_FOUND, TOO_LARGE, TRY_AGAIN = 4404, 1009, 1013
NO_LONGER, TOO_FAST = 4403, 1008
PATIENCE = 5.0  # seconds a page has to take in what it is sent
MESSAGES, SPAN = 20, 10.0  # a page may send so many in so many seconds, and has nothing to say


class ConversationConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """On connecting, the thread as it stands; then, at each poke, what has been added.

    Before anything is sent the conversation is still this person's: a turn is sent on a look of
    this moment, words on one of the last second.
    """

    conversation: Conversation | None = None
    right: Right
    language: str  # of the page
    place: crowd.Place
    awaited: Shown | None = None
    settled = 0
    looked = 0.0  # when the right was last looked at, on the loop's clock
    heard: list[float]  # when the last messages came
    is_over = False

    @property
    def hears(self) -> bool:
        """Whether words flow to this page."""
        return self.awaited is not None

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self.leave()

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Words touch no database, whose connections Channels would look after in a thread."""
        if message["type"] == "chat.more":
            await self.chat_more(message)
        else:
            await super().dispatch(message)

    async def connect(self) -> None:
        asked = str(self.scope["url_route"]["kwargs"]["conversation_id"])
        address = (self.scope.get("client") or ("",))[0]
        self.heard = []
        found = await in_thread(right_of)(self.scope["session"], asked)
        if found is None:
            await self.close(code=NOT_FOUND)
            return
        self.place = crowd.Place.of(self.channel_name, found[1].holder, address)
        if not await crowd.enter(self.place):
            await self.close(code=TOO_MANY)
            return
        self.conversation, self.right = found
        self.language = heard(self.scope, self.conversation.brand)
        self.group = stream.group(self.conversation.pk)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        watch().add(self)
        await self.chat_turn({})

    async def leave(self) -> None:
        if self.conversation is not None:
            watch().remove(self)
            await self.channel_layer.group_discard(self.group, self.channel_name)
            await crowd.leave(self.place)

    async def end(self) -> None:
        """The right to the conversation has ended."""
        if not self.is_over:
            self.is_over = True
            async with asyncio.timeout(PATIENCE):
                await self.close(code=NO_LONGER)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Questions come by POST; whatever comes here is not for us."""
        now = asyncio.get_running_loop().time()
        self.heard = [at for at in self.heard if now - at < SPAN] + [now]
        if len(text_data or bytes_data or "") > LARGEST:
            await self.close(code=TOO_LARGE)
        elif len(self.heard) > MESSAGES:
            await self.close(code=TOO_FAST)
            raise StopConsumer

    async def look(self, fresh: float = 0.0) -> None:
        """Go on only while the right holds, as it was found at most `fresh` seconds ago."""
        now = asyncio.get_running_loop().time()
        if self.is_over:
            raise StopConsumer
        is_due = not self.looked or now - self.looked > fresh
        if is_due and not await watch().holds(self):
            await self.end()
            raise StopConsumer

    async def say(self, html: str) -> None:
        """A page that takes nothing in is let go: what it is to have is not kept for it."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.send(html)
        except TimeoutError:
            raise StopConsumer from None

    async def chat_turn(self, event: dict[str, Any]) -> None:
        """The thread, which a page merges into what it has: all of it at first, then what may
        have changed."""
        assert self.conversation is not None
        await self.look()
        update = await in_thread(thread_update)(self.conversation, self.settled, self.language)
        self.awaited, self.settled = update.awaited, update.settled
        await self.say(update.html)
        if self.awaited and self.awaited.message.attempts:
            await self.chat_more({})

    async def chat_more(self, event: dict[str, Any]) -> None:
        """The words added to the awaited answer since this page's last number."""
        if self.awaited is None:
            return
        await self.look(FRESH)
        answer, shown = self.awaited.message, self.awaited.standing
        attempt = self.awaited.attempt
        try:
            is_new = attempt is not None and await stream.follow(attempt, shown)
        except RedisError:  # the page asks again by itself
            await self.close(code=TRY_AGAIN)
            return
        if shown.done or not answer.attempts:  # it has ended, or its turn has come
            await self.chat_turn({})
        elif is_new:
            await self.say(words_update(answer, shown))


class Nowhere(AsyncWebsocketConsumer):  # type: ignore[misc]
    """An address that holds no conversation, answered as one that is not the visitor's."""

    async def connect(self) -> None:
        await self.close(code=NOT_FOUND)
