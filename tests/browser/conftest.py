"""The product as it is served, and a browser to read it with."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.house import *  # noqa: F403
from tests.site import Site, environment

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


@pytest.fixture(autouse=True)
def _no_script_left(served_provider) -> None:
    """What an earlier test's model was to say and did not is not said to this one."""
    served_provider.scripts.clear()


@pytest.fixture(scope="session")
def site(chromium, django_db_setup, served_provider) -> Iterator[Site]:
    site = Site(environment(served_provider))
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
