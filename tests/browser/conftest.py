"""The product as it is served, and a browser to read it with."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from urllib.request import urlopen

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.house import *  # noqa: F403

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
PATIENCE = 20_000  # milliseconds a condition may take on a busy machine


@pytest.fixture(scope="session")
def chromium() -> str:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("Chromium is missing, and here the browser tests may not be skipped.")
    if found is None:
        pytest.skip("Chromium is missing (on Debian: apt-get install chromium)")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(autouse=True)
def _no_script_left(served_provider) -> None:
    """What an earlier test's model was to say and did not is not said to this one."""
    served_provider.scripts.clear()


@dataclass
class Site:
    """The product, served by a process of its own from the test's own rows."""

    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "uvicorn", "concierge.asgi:application"]
        command += ["--port", str(self.port), "--ws-max-size", "65536", "--no-access-log"]
        command += ["--timeout-graceful-shutdown", "1", "--log-level", "warning"]
        self.process = subprocess.Popen(command, env=os.environ | self.environment)
        deadline = time.monotonic() + 60
        while not self.answers():
            assert self.process.poll() is None, "the server ended at once"
            assert time.monotonic() < deadline, "the server does not answer"

    def answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=5):
                return True
        except OSError:
            return False

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        assert self.process
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture(scope="session")
def site(chromium, django_db_setup, served_provider) -> Iterator[Site]:
    from django.conf import settings
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    words = conninfo_to_dict(settings.DATABASE_URL)
    words["dbname"] = settings.DATABASES["default"]["NAME"]
    site = Site(
        {
            "DATABASE_URL": make_conninfo(**words),
            "REDIS_URL": settings.REDIS_URL,
            "CONCIERGE_DATA_DIR": str(settings.DATA_DIR),
            "LLM_ORDER": "openai",
            "OPENAI_API_KEY": "a-key",
            "OPENAI_BASE_URL": served_provider.openai_url,
            "QUESTIONS_PER_MINUTE": "1000",
            "ORPHANS_EVERY": "3600",  # tests have orphans of their own
        }
    )
    site.start()
    yield site
    site.stop()


@pytest.fixture
async def chrome(chromium) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        await browser.close()


async def opened(chrome: Browser, **options: object) -> BrowserContext:
    """Without motion, so that what is measured stands still."""
    context = await chrome.new_context(
        viewport={"width": 1280, "height": 800}, reduced_motion="reduce", **options
    )
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
async def visit(chrome) -> BrowserContext:
    """One person's browser."""
    return await opened(chrome)


@pytest.fixture
async def page(visit, site, embedded) -> AsyncIterator[Page]:
    """That person on the page of the house. Whatever the console complains of fails the test."""
    if not site.answers():  # a test that failed may have left it killed
        site.start()
    page = await visit.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" else None,
    )
    page.complaints = complaints  # a test that cuts the line expects some
    await page.goto(f"{site.url}/maison/")
    yield page
    assert complaints == []
