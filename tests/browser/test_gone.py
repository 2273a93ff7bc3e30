"""A page left open while its conversation is forgotten elsewhere, and a slow line."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
expect.set_options(timeout=PATIENCE)

FINISHED = "#thread:not(:has([aria-busy=true])) .message--answer"
GONE = "What stood here is no longer kept: this is a new conversation."


async def ask(page, text: str) -> None:
    await page.fill("#question", text)
    await page.press("#question", "Enter")


async def answered_twice(page) -> None:
    await ask(page, "Hello")
    await expect(page.locator(FINISHED)).to_have_count(1)
    await ask(page, "Thank you")
    await expect(page.locator(FINISHED)).to_have_count(2)


async def forget_everything(page, visit, site) -> None:
    """In another tab of the same browser."""
    second = await visit.new_page()
    await second.goto(f"{site.url}/maison/privacy/forget/")
    await second.click("main form button")
    await expect(second.locator("h1")).to_contain_text("Receipt")
    await second.close()
    await page.bring_to_front()


async def begins_anew(page) -> None:
    await ask(page, "Good evening")
    await expect(page.locator(FINISHED)).to_have_count(1)
    await expect(page.locator(".message--client")).to_have_text(["Good evening"])
    await ask(page, "Thank you")
    await expect(page.locator(FINISHED)).to_have_count(2)
    await expect(page.locator("#notice")).to_have_text("")
    await expect(page.locator("body")).not_to_have_class(re.compile("is-offline"))


async def test_a_page_learns_by_its_socket_that_all_was_forgotten(page, visit, site):
    await answered_twice(page)
    await forget_everything(page, visit, site)
    await expect(page.locator("#notice")).to_have_text(GONE)
    await expect(page.locator(".message")).to_have_count(0)
    await expect(page.locator(".welcome h1")).to_be_visible()
    await begins_anew(page)
    page.complaints.clear()


async def test_a_page_without_a_socket_learns_it_by_its_next_question(page, visit, site):
    await page.route("**/conversations/*/", lambda route: route.abort())
    await page.route_web_socket(re.compile("/ws/"), lambda socket: None)  # says nothing
    await ask(page, "Hello")
    await expect(page.locator(".message--client")).to_have_count(1)
    await forget_everything(page, visit, site)
    await ask(page, "Good evening")
    await expect(page.locator("#notice")).to_have_text(GONE)
    await page.unroute("**/conversations/*/")
    await expect(page.locator(".message--client")).to_have_text(["Good evening"])
    await expect(page.locator(FINISHED)).to_have_count(1)
    page.complaints.clear()


async def test_a_question_that_takes_long_is_said_to_be_on_its_way(page):
    held: asyncio.Future = asyncio.get_running_loop().create_future()

    async def late(route):
        await held
        await route.continue_()

    await page.route("**/messages/", late)
    await ask(page, "Hello")
    await expect(page.locator("#notice")).to_contain_text("on its way")
    held.set_result(None)
    await expect(page.locator(FINISHED)).to_have_count(1)
    await expect(page.locator("#notice")).to_have_text("")
