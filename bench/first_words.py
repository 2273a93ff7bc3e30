"""From sending a question to its first words on the page, through the running product.

Asks as a browser does: a POST with the page's form, the answer over the WebSocket. With
`--provider`, a bare client asks that same provider between the questions, and what the product
adds to it is told too. Between them the liveness page is fetched: the least that a request to
this process costs on this machine, and the unit in which the result can be compared elsewhere.

Without a key:

    QUESTIONS_PER_MINUTE=100000 make run
    python -m bench.first_words --brand serance

With a model that is always the same:

    python -m tests.fake_provider --port 8765
    OPENAI_BASE_URL=http://127.0.0.1:8765/v1 QUESTIONS_PER_MINUTE=100000 make run
    python -m bench.first_words --brand serance --provider http://127.0.0.1:8765/v1

Prints JSON, in milliseconds.
"""

import argparse
import asyncio
import json
import re
import time
import uuid
from statistics import median, quantiles
from urllib.parse import urlsplit

import aiohttp

QUESTIONS = (
    "Who drew the heron?",
    "How should I care for a leather bag?",
    "Who founded the house?",
    "What happened to the house during the war?",
    "How is a carré printed?",
    "What is the Night Garden?",
    "When did the house begin to make bags?",
    "Who makes the perfumes?",
)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
CONVERSATION = re.compile(r'name="conversation" value="([^"]+)"')
WORDS = re.compile(r'class="words" id="words-(\d+)"[^>]*>(.*?)</div>', re.S)
TAGS = re.compile(r"<[^>]*>")
WAIT = 60  # seconds for an answer


class Page:
    """One browser's page of the house, its conversation begun and its socket open."""

    def __init__(self, session: aiohttp.ClientSession, url: str, brand: str) -> None:
        self.session, self.url, self.brand = session, url, brand
        self.answered: set[str] = set()

    async def open(self) -> None:
        async with self.session.get(f"{self.url}/{self.brand}/?new") as response:
            html = await response.text()
        self.token = TOKEN.search(html)[1]  # type: ignore[index]
        self.conversation = CONVERSATION.search(html)[1]  # type: ignore[index]
        await self.post(QUESTIONS[0])
        address = f"{self.url}/ws/conversations/{self.conversation}/".replace("http", "ws", 1)
        self.socket = await self.session.ws_connect(address, headers={"Origin": self.url})
        await self.first_words()

    async def post(self, question: str) -> None:
        fields = {
            "csrfmiddlewaretoken": self.token,
            "conversation": self.conversation,
            "client_key": str(uuid.uuid4()),
            "agreed": "1",  # the sentence beside the composer
            "text": question,
        }
        headers = {"HX-Request": "true", "Referer": f"{self.url}/{self.brand}/"}
        address = f"{self.url}/{self.brand}/messages/"
        async with self.session.post(address, data=fields, headers=headers) as response:
            assert response.status < 400, await response.text()

    async def first_words(self) -> None:
        """Wait for words of an answer not seen before."""
        async with asyncio.timeout(WAIT):
            async for frame in self.socket:
                for answer, html in WORDS.findall(frame.data):
                    if answer not in self.answered and TAGS.sub("", html).strip():
                        self.answered.add(answer)
                        return

    async def settled(self) -> None:
        """Wait until the answer has ended: nothing has come for a while."""
        try:
            while True:
                await self.socket.receive(timeout=1.5)
        except TimeoutError:
            return

    async def ask(self, question: str) -> float:
        await self.settled()
        began = time.perf_counter()
        posting = asyncio.create_task(self.post(question))
        await self.first_words()
        taken = (time.perf_counter() - began) * 1000
        await posting
        return taken


async def bare(session: aiohttp.ClientSession, provider: str, question: str) -> float:
    """Milliseconds to the provider's own first word."""
    body = {"model": "m", "stream": True, "messages": [{"role": "user", "content": question}]}
    began = time.perf_counter()
    async with session.post(f"{provider}/chat/completions", json=body) as response:
        async for line in response.content:
            if b'"content": "' in line and b'"content": ""' not in line:
                break
        return (time.perf_counter() - began) * 1000


async def alive(session: aiohttp.ClientSession, url: str) -> float:
    """Milliseconds to the whole of the liveness page."""
    began = time.perf_counter()
    async with session.get(f"{url}/healthz") as response:
        await response.read()
        return (time.perf_counter() - began) * 1000


async def run(url: str, brand: str, rounds: int, provider: str) -> dict[str, object]:
    jar = aiohttp.CookieJar(unsafe=urlsplit(url).hostname == "127.0.0.1")
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        page = Page(session, url, brand)
        await page.open()
        times: dict[str, list[float]] = {"product": [], "healthz": [], "bare": []}
        for number in range(rounds):
            question = QUESTIONS[number % len(QUESTIONS)]
            times["product"].append(await page.ask(question))
            times["healthz"].append(await alive(session, url))
            if provider:
                times["bare"].append(await bare(session, provider, question))
        found: dict[str, object] = {name: percentiles(each) for name, each in times.items() if each}
        found["product_in_healthz"] = round(median(times["product"]) / median(times["healthz"]), 1)
        if provider:
            pairs = zip(times["product"], times["bare"], strict=True)
            found["product_over_bare"] = percentiles([whole - own for whole, own in pairs])
        return found


def percentiles(values: list[float]) -> dict[str, float]:
    cuts = quantiles(values, n=100, method="inclusive")
    return {"p50": round(cuts[49], 1), "p95": round(cuts[94], 1), "max": round(max(values), 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description="Time to the first words, through the product.")
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--brand", required=True)
    parser.add_argument("--rounds", type=int, default=24)
    parser.add_argument("--provider", default="", help="an OpenAI-compatible base URL")
    options = parser.parse_args()
    found = asyncio.run(run(options.url, options.brand, options.rounds, options.provider))
    print(json.dumps({"unit": "ms", "rounds": options.rounds, **found}, indent=2))


if __name__ == "__main__":
    main()
