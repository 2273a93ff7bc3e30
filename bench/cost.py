"""A crowd of hostile visitors against the budgets, and a known client among them.

Starts a web process of the product's own against a model on this machine, with small budgets, and
lets VISITORS visitors ask for MINUTES minutes: long questions, several at once, each time without
the cookie they were given, from few addresses. A client who is known from an earlier day asks from
an address of their own meanwhile, one question after another. Told are what was spent beside what
may be, who was served by what, and what the refused were told.

    CONCIERGE_DATA_DIR=... python manage.py load_demo
    CONCIERGE_DATA_DIR=... python -m bench.cost --minutes 10

Prints JSON: US dollars, milliseconds, shares from 0 to 1.
"""

import argparse
import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from statistics import quantiles
from urllib.request import urlopen

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")
import django

django.setup()

import aiohttp
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Sum
from django.utils import timezone

from archive.models import Brand
from concierge.chat.models import Message
from concierge.clients.models import Visitor
from concierge.clients.visitors import KEY
from concierge.llm.budget import pseudonym
from concierge.llm.models import Call, Reservation, Spending
from concierge.operations.embedded import ensure_running
from tests.fake_provider import FakeProvider, Script
from tests.provider_wires import Wire

QUESTIONS = (
    "Who drew the Heron, and when?",
    "How should I care for a silk carré?",
    "What happened in the fire of 1911?",
    "Who created the Relais bag?",
    "How many screens has the Night Garden?",
)
AT_ONCE = 3  # questions a hostile visitor sends together
LENGTH = 1900  # characters of a hostile question
PAUSE = 2.0  # seconds between a client's questions
# It is not the model's time that is measured: a busy machine may take longer.
DEADLINES = ("LLM_TURN", "LLM_FIRST_TOKEN", "LLM_IDLE", "LLM_WHOLE")
PATIENT = "60"  # seconds
READY = 90  # seconds a web process has to answer
ENDING = 60  # seconds for open answers to end
USAGE = (3000, 300)  # tokens in and out that the model says it took
FIELD = re.compile(r'name="(conversation|client_key|agreed|csrfmiddlewaretoken)" value="([^"]+)"')


class Crowd:
    """What was sent and what came back. `statuses` counts replies, `waits` the Retry-After."""

    def __init__(self, url: str, until: float, at_once: int) -> None:
        self.url, self.until, self.at_once = url, until, at_once
        self.statuses: Counter[str] = Counter()
        self.told_to_wait = 0

    async def hostile(self, number: int, addresses: int) -> None:
        """Forget the cookie after every few questions, as long as there is time."""
        sender = {"X-Forwarded-For": f"198.51.100.{number % addresses + 1}"}
        while time.monotonic() < self.until:
            try:
                async with aiohttp.ClientSession(headers=sender, cookie_jar=jar()) as session:
                    fields = await opened(session, self.url)
                    await asyncio.gather(*(self.ask(session, fields) for _ in range(self.at_once)))
            except (aiohttp.ClientError, TimeoutError) as error:
                self.statuses[type(error).__name__] += 1
            await asyncio.sleep(0.5)

    async def ask(self, session: aiohttp.ClientSession, fields: dict[str, str]) -> None:
        asked = QUESTIONS[self.statuses.total() % len(QUESTIONS)]
        own = {"conversation": str(uuid.uuid4()), "client_key": str(uuid.uuid4())}
        text = f"{asked} {'Tell me everything, at length. ' * 90}"[:LENGTH]
        form = fields | own | {"text": text}
        headers = {"HX-Request": "true", "Referer": self.url}
        async with session.post(f"{self.url}messages/", data=form, headers=headers) as reply:
            self.statuses[str(reply.status)] += 1
            self.told_to_wait += reply.status == 429 and "Retry-After" in reply.headers

    async def known(self, cookie: str) -> list[float]:
        """A client's questions, one after another; seconds until each answer was whole."""
        cookies = {settings.SESSION_COOKIE_NAME: cookie}
        sender = {"X-Forwarded-For": "203.0.113.9"}
        took: list[float] = []
        async with aiohttp.ClientSession(
            headers=sender, cookies=cookies, cookie_jar=jar()
        ) as session:
            while time.monotonic() < self.until:
                fields = await opened(session, self.url)
                form = fields | {"text": QUESTIONS[len(took) % len(QUESTIONS)]}
                began = time.monotonic()
                headers = {"Referer": self.url}
                async with session.post(f"{self.url}messages/", data=form, headers=headers) as end:
                    await end.read()
                took.append(time.monotonic() - began)
                await asyncio.sleep(PAUSE)
        return took


def jar() -> aiohttp.CookieJar:
    """One that keeps the cookies of a host without a name."""
    return aiohttp.CookieJar(unsafe=True)


async def opened(session: aiohttp.ClientSession, url: str) -> dict[str, str]:
    async with session.get(f"{url}?new=1") as page:
        return dict(FIELD.findall(await page.text()))


def someone_known(brand: Brand) -> tuple[Visitor, str]:
    """A visitor of two days ago, and the cookie of their browser."""
    visitor = Visitor.objects.create(brand=brand, browser=uuid.uuid4())
    Visitor.objects.filter(pk=visitor.pk).update(created=timezone.now() - timedelta(days=2))
    session = SessionStore()
    session[KEY] = str(visitor.browser)
    session.save()
    return visitor, session.session_key


def served(provider: FakeProvider, options: argparse.Namespace) -> tuple[subprocess.Popen, str]:
    """The product on a port of its own, and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    small = dict.fromkeys(DEADLINES, PATIENT) | {
        "BUDGET_BRAND_DAY": str(options.cap),
        "BUDGET_BRAND_MONTH": "100000",
        "BUDGET_INSTALLATION_DAY": "100000",
        "BUDGET_ADDRESS_DAY": str(options.address_cap),
        "BUDGET_VISITOR_DAY": str(options.address_cap),
        "LLM_ORDER": "openai",
        "OPENAI_API_KEY": "a-key",
        "OPENAI_BASE_URL": provider.openai_url,
        "OPENAI_MODEL": "gpt-5-mini",
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "uvicorn", "concierge.asgi:application", "--port", str(port)]
    command += ["--no-access-log", "--log-level", "error", "--proxy-headers"]
    process = subprocess.Popen([*command, "--forwarded-allow-ips", "*"], env=os.environ | small)
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + READY
    while True:
        try:
            with urlopen(f"{url}/healthz", timeout=5):
                return process, url
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def ended() -> None:
    """Wait until no answer is open any more and no call is under way."""
    deadline = time.monotonic() + ENDING
    while time.monotonic() < deadline:
        open_still = Message.objects.filter(state__in=Message.OPEN).exists()
        if not open_still and not Reservation.objects.exists():
            return
        time.sleep(0.5)


def rungs(answers: object) -> dict[str, int]:
    return dict(Counter(answers.values_list("rung", flat=True)))


def report(brand: Brand, visitor: Visitor, since: object, options: argparse.Namespace) -> dict:
    answers = Message.objects.filter(question__isnull=False, created__gte=since)
    theirs = answers.filter(conversation__visitor=visitor)
    others = answers.exclude(conversation__visitor=visitor)
    calls = Call.objects.filter(created__gte=since)
    spent = Spending.objects.get(scope=f"brand:{brand.pk}", since=timezone.now().date()).spent
    by_address = Spending.objects.filter(scope__startswith="address:", since=timezone.now().date())
    whole = float(calls.aggregate(Sum("cost"))["cost__sum"] or 0)
    own = calls.filter(visitor=pseudonym(visitor.pk.hex))
    return {
        "brand_cap": options.cap,
        "brand_spent": float(spent),
        "ledger_spent": whole,
        "over_cap": max(0.0, float(spent) - options.cap),
        "dearest_address": float(max((row.spent for row in by_address), default=0)),
        "address_cap": options.address_cap,
        "addresses": by_address.count(),
        "calls": calls.count(),
        "dearest_call": float(max((call.cost or 0 for call in calls), default=0)),
        "answers_to_the_crowd": rungs(others),
        "unanswered": others.filter(state__in=Message.OPEN).count(),
        "visitors_made": Visitor.objects.filter(created__gte=since).count(),
        "answers_to_the_client": rungs(theirs),
        "client_share_by_model": theirs.filter(rung="openai").count() / max(1, theirs.count()),
        "client_spent": float(own.aggregate(Sum("cost"))["cost__sum"] or 0),
    }


async def besieged(crowd: Crowd, cookie: str, options: argparse.Namespace) -> list[float]:
    hostile = (crowd.hostile(number, options.addresses) for number in range(options.visitors))
    took, *_ = await asyncio.gather(crowd.known(cookie), *hostile)
    return took


def marks(took: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile in milliseconds; of one, that one; of none, 0."""
    if len(took) < 2:
        return (took[0] * 1000,) * 2 if took else (0.0, 0.0)
    cuts = quantiles(took, n=20, method="inclusive")
    return cuts[9] * 1000, cuts[18] * 1000


def at_least(least: int) -> Callable[[str], int]:
    def number(told: str) -> int:
        if int(told) < least:
            raise argparse.ArgumentTypeError(f"{told} is less than {least}")
        return int(told)

    return number


def main() -> None:
    parser = argparse.ArgumentParser(description="Besiege the budgets.")
    parser.add_argument("--brand", default="serance")
    parser.add_argument("--visitors", type=at_least(1), default=200)
    parser.add_argument("--addresses", type=at_least(1), default=4)
    parser.add_argument(
        "--at-once", type=at_least(1), default=AT_ONCE, help="questions of each of them"
    )
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--cap", type=float, default=0.5, help="US dollars, the brand's day")
    parser.add_argument("--address-cap", type=float, default=0.2, help="US dollars, its day")
    options = parser.parse_args()
    ensure_running(settings.DATA_DIR)
    brand = Brand.objects.get(slug=options.brand)
    Spending.objects.all().delete()
    visitor, cookie = someone_known(brand)
    since = timezone.now()
    with FakeProvider() as provider:
        provider.otherwise = Script(pace=0.01)
        Wire.usage = USAGE
        process, url = served(provider, options)
        try:
            until = time.monotonic() + 60 * options.minutes
            crowd = Crowd(f"{url}/{brand.slug}/", until, options.at_once)
            took = asyncio.run(besieged(crowd, cookie, options))
            ended()
        finally:
            process.terminate()
            process.wait(30)
    p50, p95 = marks(took)
    told = report(brand, visitor, since, options) | {
        "minutes": options.minutes,
        "visitors": options.visitors,
        "replies_to_the_crowd": dict(crowd.statuses),
        "told_to_wait_with_retry_after": crowd.told_to_wait,
        "client_questions": len(took),
        "client_ms_p50": round(p50),
        "client_ms_p95": round(p95),
    }
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
