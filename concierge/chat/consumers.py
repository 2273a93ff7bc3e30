"""The event stream of one conversation: relays what is written, never writes."""

from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.template.loader import render_to_string

from archive.threads import in_thread
from concierge.chat import stream
from concierge.chat.models import Conversation, Message
from concierge.chat.thread import answer_html_of, held_by, thread_html
from concierge.clients.visitors import visitor_of


class ConversationConsumer(AsyncWebsocketConsumer):
    """On connecting, the thread as it stands; then, at each poke, what has been added."""

    async def connect(self) -> None:
        find = in_thread(lambda: held_by(visitor_of(self.scope["session"]), self.conversation_id))
        self.conversation: Conversation | None = await find()
        if self.conversation is None:
            await self.close(code=4404)
            return
        self.group = stream.group(self.conversation.pk)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        await self.chat_turn({})

    @property
    def conversation_id(self) -> str:
        return str(self.scope["url_route"]["kwargs"]["conversation_id"])

    async def disconnect(self, code: int) -> None:
        if self.conversation is not None:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Questions come by POST; whatever comes here is not for us."""

    async def chat_turn(self, event: dict[str, Any]) -> None:
        """The whole thread, which a page merges into what it has."""
        html, self.answer = await in_thread(thread_html)(self.conversation)
        self.last, self.blocks = 0, dict[int, str]()
        await self.send(html)
        await self.chat_more({})

    async def chat_more(self, event: dict[str, Any]) -> None:
        """The words added to the open answer since this page's last number."""
        if self.answer is None:
            return
        for entry in await stream.read(self.answer.pk, self.answer.attempts, self.last):
            self.last = entry.number
            if entry.kind == "block":
                self.blocks[entry.index] = entry.html
            else:
                self.blocks.clear()
            if entry.kind == "done":
                return await self.send_done(self.answer)
        context = {"message": self.answer, "blocks": list(self.blocks.values())}
        await self.send(render_to_string("chat/partials/words.html", context))

    async def send_done(self, answer: Message) -> None:
        self.answer = None
        await self.send(await in_thread(answer_html_of)(answer.pk))
