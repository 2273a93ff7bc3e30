"""The app that the product is set beside, as Chainlit's own guide writes one. It searches nothing.

Run by Chainlit, in an environment of its own.
"""

import os

import chainlit as cl
from openai import AsyncOpenAI

client = AsyncOpenAI(base_url=os.environ["OPENAI_BASE_URL"], api_key="none")
RULES = "You are the concierge of a house of silk, leather and scent."


@cl.on_message
async def answer(message: cl.Message) -> None:
    said = cl.Message(content="")
    stream = await client.chat.completions.create(
        model="m",
        messages=[
            {"role": "system", "content": RULES},
            {"role": "user", "content": message.content},
        ],
        stream=True,
    )
    async for part in stream:
        if part.choices and (words := part.choices[0].delta.content):
            await said.stream_token(words)
    await said.update()
