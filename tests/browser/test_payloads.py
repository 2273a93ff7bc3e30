"""Payloads in a real browser, under the product's own policy: they do nothing there."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.conf import settings
from playwright.async_api import expect

from archive.threads import in_thread
from concierge.answering.withhold import seen
from concierge.chat.hold import complete
from concierge.chat.models import Message
from tests.attack.corpus import corpus
from tests.attack.screen import WATCH, Screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EVERY, STEPS = 24, 3  # payloads of which one is shown, and the steps in which it grows
NEVER = datetime(2099, 1, 1, tzinfo=UTC)
SHORT = [each for each in corpus() if each.kind != "oversized"]


@pytest.fixture
async def screen(visit, site, held, browser):
    """The page of somebody whose answer this test writes."""
    if not site.answers():
        site.start()
    await in_thread(Message.objects.filter(pk=held.pk).update)(lease_until=NEVER)
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    await visit.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site.url}])
    page = await visit.new_page()
    await page.goto(f"{site.url}/maison/conversations/{held.conversation_id}/")
    await page.wait_for_selector(".words", state="attached")
    screen = Screen(page)
    screen.watch()
    await page.evaluate(WATCH)
    return screen


async def test_no_payload_does_anything_while_it_grows_or_when_it_stands(screen, held, reply):
    shown = SHORT[::EVERY]
    await screen.grow(held, shown, STEPS)
    text = "\n\n".join(seen(each.text) for each in shown)
    await in_thread(complete)(held, replace(reply, text=f"{text}\n\nOttoline drew it [1]."))
    await screen.page.reload()
    await expect(screen.page.locator(".sources a")).to_have_count(1)
    await screen.page.evaluate(WATCH)
    await screen.looked()
    navigated = [fault for fault in screen.faults if not fault.startswith("navigated")]
    assert navigated == []
    assert len(screen.faults) == 1  # the reload
    assert screen.shown > 3 * len(shown)
