"""An answer stopped, restarted, failed or handed to a person, as its reader sees it."""

import asyncio

import pytest
from playwright.async_api import expect

from archive.models import Brand
from concierge.chat.models import Message
from tests.browser.conftest import PATIENCE, opened
from tests.browser.test_conversation import FINISHED, ask, begun, reached
from tests.fake_provider import Gate, Script

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
expect.set_options(timeout=PATIENCE)

ANSWER = (
    "Ottoline drew the kingfisher on the terrace in May [1]. It was printed in nine colours [1]."
)
FINGER = 44  # pixels


@pytest.fixture
def gate(served_provider):
    """Holds the words of the next answer."""
    gate = Gate()
    served_provider.scripts.clear()
    served_provider.will(Script(text=ANSWER, gate=gate))
    yield gate
    gate.release()


async def stopped(page) -> None:
    """What was said stands, with its source, under a word that it is not all."""
    await expect(page.locator(".ended")).to_have_text("Stopped")
    await expect(page.locator(".words")).to_contain_text("terrace in May")
    await expect(page.locator(".words")).not_to_contain_text("nine colours")
    await expect(page.locator(".sources li").first).to_be_visible()
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)
    await expect(page.locator(".act--stop")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
async def test_an_answer_is_stopped_by_its_button(page, gate, width):
    await page.set_viewport_size({"width": width, "height": 800})
    await begun(page, gate)
    button = page.get_by_role("button", name="Stop")
    box = await button.bounding_box()
    assert min(box["width"], box["height"]) >= FINGER
    await button.click()
    await stopped(page)


async def test_an_answer_is_stopped_by_escape(page, gate, served_provider):
    await begun(page, gate)
    request = served_provider.requests[-1]
    await page.keyboard.press("Escape")
    await stopped(page)
    assert await asyncio.to_thread(request.left.wait, 5)


async def test_escape_closes_the_drawer_before_it_stops_anything(page, gate, served_provider):
    gate.release()
    await ask(page)
    await page.click(".sources a >> nth=0")
    await expect(page.locator("#drawer")).to_be_visible()
    held = Gate()
    served_provider.will(Script(text=ANSWER, gate=held))
    await ask(page, "Who drew the kingfisher, again?")
    await reached(held)
    await page.keyboard.press("Escape")
    await expect(page.locator("#drawer")).to_be_hidden()
    await expect(page.locator("[aria-busy=true]")).to_have_count(1)
    held.release()
    await expect(page.locator(FINISHED)).to_have_count(2)


async def test_an_answer_stopped_in_one_tab_is_stopped_in_another(page, visit, gate):
    await begun(page, gate)
    second = await visit.new_page()
    await second.goto(page.url)
    await second.get_by_role("button", name="Stop").click()
    await stopped(second)
    await stopped(page)
    await second.reload()
    await stopped(second)


async def test_a_stopped_answer_is_followed_by_the_next(page, gate):
    await begun(page, gate)
    await ask(page, "Thank you")
    await page.keyboard.press("Escape")
    await expect(page.locator(".ended")).to_have_text("Stopped")
    await expect(page.locator(".words").nth(1)).to_contain_text("With pleasure")


async def test_without_scripts_an_open_answer_can_be_stopped(page, gate, chrome, site):
    await begun(page, gate)
    plain = await opened(chrome, java_script_enabled=False)
    await plain.add_cookies(await page.context.cookies())
    without = await plain.new_page()
    await without.goto(page.url)
    await without.get_by_role("button", name="Stop").click()
    await expect(without.locator(".ended")).to_have_text("Stopped")
    await stopped(page)


async def test_words_taken_back_leave_only_those_of_the_next_rung(page, served_provider):
    """The model breaks off: the archive's own sentences follow, alone."""
    broken = Gate()
    served_provider.scripts.clear()
    script = Script(text=ANSWER, gate=broken, fault="cut", after=6)
    served_provider.will(*[script] * 3)
    broken.release()
    await ask(page)
    await expect(page.locator(FINISHED)).to_have_count(1)
    await expect(page.locator(".message--answer")).to_have_count(1)
    words = await page.locator(".words").inner_text()
    assert words.count("Ottoline drew the kingfisher") == 1


@pytest.fixture
async def answer(page, gate):
    """The answer on the page, as a row to be changed."""
    gate.release()
    await ask(page)
    await expect(page.locator(FINISHED)).to_have_count(1)
    return Message.objects.filter(role="concierge")


async def test_an_answer_that_failed_can_be_asked_for_again(page, answer):
    failed = await answer.aget()
    failed.state, failed.text = "failed", "I am sorry: something went wrong on our side."
    await failed.asave()
    await page.reload()
    await page.fill("#question", "Half a thought")
    again = page.get_by_role("button", name="Try again")
    assert (await again.bounding_box())["height"] >= FINGER
    await again.click()
    await expect(page.locator(".message--client")).to_have_count(2)
    await expect(page.locator(FINISHED)).to_have_count(2)
    await expect(page.locator("#question")).to_have_value("Half a thought")


@pytest.mark.parametrize("width", [1280, 390])
async def test_a_person_is_one_press_away(page, answer, width):
    await page.set_viewport_size({"width": width, "height": 800})
    await Brand.objects.aupdate(contact="+33 4 00 00 18 89, Monday to Saturday")
    await answer.aupdate(person=True)
    await page.reload()
    card = page.get_by_role("region", name="Speak with a person")
    await expect(card.get_by_role("link")).to_have_attribute("href", "tel:+33400001889")
    assert (await card.get_by_role("link").bounding_box())["height"] >= FINGER
    across = await page.evaluate("document.documentElement.scrollWidth")
    assert across <= width
