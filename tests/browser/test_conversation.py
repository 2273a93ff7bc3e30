"""The whole journey, as a person sees it."""

import asyncio
import re
from datetime import UTC, datetime

import pytest
from playwright.async_api import expect

from archive.threads import in_thread
from concierge.chat.models import Message
from concierge.chat.tasks import finish_orphans
from tests.browser.conftest import PATIENCE, opened
from tests.fake_provider import Gate, Script

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
expect.set_options(timeout=PATIENCE)

QUESTION = "Who drew the kingfisher?"
ANSWER = (
    "Ottoline drew the kingfisher on the terrace in May [1]. It was printed in nine colours [1]."
)
WORDS = re.sub(r" \[1\]", "", ANSWER)
FINISHED = "#thread:not(:has([aria-busy=true])) .message--answer"


async def ask(page, text: str = QUESTION) -> None:
    await page.fill("#question", text)
    await page.press("#question", "Enter")


async def reached(gate: Gate) -> None:
    assert await asyncio.to_thread(gate.reached.wait, 20)


@pytest.fixture
def gate(served_provider):
    """Holds the words of the next answer."""
    gate = Gate()
    served_provider.scripts.clear()
    served_provider.will(Script(text=ANSWER, gate=gate))
    yield gate
    gate.release()


async def begun(page, gate: Gate) -> None:
    """Ask, and stand in the middle of the answer."""
    await ask(page)
    await reached(gate)
    gate.allow(13)  # the first sentence, and some of the second
    await expect(page.locator(".words")).to_contain_text("terrace in May")
    await expect(page.locator("[aria-busy=true]")).to_have_count(1)


async def whole(page) -> None:
    """The answer is there, once, with its words, its source and nothing lost or doubled."""
    await expect(page.locator(FINISHED)).to_have_count(1)
    await expect(page.locator(".message--client")).to_have_count(1)
    shown = await page.locator(".words").inner_text()
    assert re.sub(r"\s*\d(?=\.)", "", " ".join(shown.split())) == WORDS
    await expect(page.locator(".sources li")).to_have_count(2)


async def test_words_appear_before_the_answer_ends(page, gate):
    await begun(page, gate)
    await expect(page.locator(".words")).not_to_contain_text("nine colours")
    gate.release()
    await whole(page)


async def test_a_citation_opens_with_the_quoted_words_marked(page, gate):
    gate.release()
    await ask(page)
    await page.click(".sources a >> nth=0")
    mark = page.locator("#drawer mark")
    await expect(mark).to_be_in_viewport()
    await expect(mark).to_contain_text("Ottoline drew the kingfisher")
    await expect(page.locator("#drawer")).to_contain_text("Page 4")
    await page.keyboard.press("Escape")
    await expect(page.locator("#drawer")).to_be_hidden()
    await expect(page.locator(".sources a").first).to_be_focused()


async def test_a_piece_is_shown_with_image_price_and_stock(page, offered, served_provider):
    served_provider.will(Script(text="The Kingfisher square is from €390 [P1]."))
    await ask(page, "How much is the Kingfisher square?")
    card = page.locator(".piece")
    await expect(card).to_contain_text("from €390")
    await expect(card).to_contain_text("In stock")
    await expect(card.locator("img")).to_have_attribute("alt", "A square of silk")
    await card.click()
    await expect(page.locator("#drawer table")).to_contain_text("€420")


async def test_a_reload_in_mid_answer_loses_nothing(page, gate):
    await begun(page, gate)
    await page.reload()
    await expect(page.locator(".words")).to_contain_text("terrace in May")
    gate.release()
    await whole(page)


async def test_a_socket_lost_in_mid_answer_is_made_good(page, gate):
    await begun(page, gate)
    await page.evaluate(
        """() => {
          const address = document.getElementById("socket").getAttribute("hx-ws:connect");
          window.lost = new Promise((told) =>
            document.addEventListener("htmx:ws:close", told, { once: true }));
          htmx.ext.ws.getRegistry().get(address).socket.close();
          return window.lost.then(() => true);
        }"""
    )
    await expect(page.locator("body")).to_have_class(re.compile("is-offline"))
    gate.release()
    await expect(page.locator("body")).not_to_have_class(re.compile("is-offline"))
    await whole(page)


async def test_a_second_tab_shows_the_same(page, visit, gate):
    await begun(page, gate)
    second = await visit.new_page()
    await second.goto(page.url)
    await expect(second.locator(".words")).to_contain_text("terrace in May")
    gate.release()
    await whole(page)
    await whole(second)


async def test_a_question_of_another_tab_appears_by_itself(page, visit, gate):
    gate.release()
    await ask(page)
    await whole(page)
    second = await visit.new_page()
    await second.goto(page.url)
    await ask(second, "Thank you")
    await expect(page.locator(".message--client")).to_have_count(2)
    await expect(page.locator(FINISHED)).to_have_count(2)


async def test_a_question_asked_meanwhile_waits_for_its_turn(page, gate):
    await begun(page, gate)
    await ask(page, "Thank you")
    await expect(page.locator("[aria-busy=true]")).to_have_count(2)
    gate.release()
    await expect(page.locator(FINISHED)).to_have_count(2)
    await expect(page.locator(".words").nth(1)).to_contain_text("With pleasure")


async def test_an_answer_whose_process_died_is_finished_by_another(page, site, provider, gate):
    await begun(page, gate)
    site.kill()
    long_ago = datetime(2000, 1, 1, tzinfo=UTC)
    await in_thread(Message.objects.filter(state="streaming").update)(lease_until=long_ago)
    provider.will(Script(text=ANSWER))
    await in_thread(finish_orphans)()
    await asyncio.to_thread(site.start)
    await whole(page)
    page.complaints.clear()


async def test_a_page_without_a_socket_still_gets_its_answer(page, gate):
    await page.route_web_socket(re.compile("/ws/"), lambda socket: socket.close())
    await begun_without_words(page, gate)
    gate.release()
    await whole(page)
    page.complaints.clear()


async def begun_without_words(page, gate: Gate) -> None:
    await ask(page)
    await reached(gate)
    await expect(page.locator("[aria-busy=true]")).to_have_count(1)


async def test_without_scripts_the_answer_is_there_after_the_question(chrome, site, embedded, gate):
    gate.release()
    page = await (await opened(chrome, java_script_enabled=False)).new_page()
    await page.goto(f"{site.url}/maison/")
    await page.fill("#question", QUESTION)
    await page.click("#composer button")
    await whole(page)
    await page.click(".sources a >> nth=0")
    await expect(page.locator("mark")).to_contain_text("Ottoline drew the kingfisher")


async def test_another_visitor_finds_nothing(page, chrome, gate, site):
    gate.release()
    await ask(page)
    await whole(page)
    citation = await page.locator(".sources a").first.get_attribute("href")
    stranger = await (await opened(chrome)).new_page()
    for address in (page.url, f"{site.url}{citation}"):
        response = await stranger.goto(address)
        assert response is not None
        assert response.status == 404


async def test_the_page_says_that_an_ai_answers_before_anything_is_asked(page):
    await expect(page.locator(".disclosure")).to_contain_text("You are speaking with an AI")
    await expect(page.locator(".composer__note")).to_be_in_viewport()


@pytest.mark.parametrize("size", [(1280, 800), (1280, 600), (390, 844), (390, 600)])
async def test_what_says_that_an_ai_answers_stands_whole_above_the_composer(page, size):
    await page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    said = await page.locator(".disclosure").bounding_box()
    composer = await page.locator(".composer__line").bounding_box()
    assert said["y"] + said["height"] <= composer["y"]


async def test_shift_and_enter_make_a_new_line(page):
    await page.fill("#question", "One")
    await page.press("#question", "Shift+Enter")
    await page.keyboard.type("Two")
    await expect(page.locator("#question")).to_have_value("One\nTwo")
    await expect(page.locator(".message")).to_have_count(0)


async def test_an_empty_question_is_not_sent(page):
    await page.press("#question", "Enter")
    await expect(page.locator(".message")).to_have_count(0)


async def test_a_question_that_cannot_be_sent_is_kept(page, visit):
    await visit.set_offline(True)
    await ask(page)
    await expect(page.locator("#notice")).to_contain_text("Your question is kept")
    await expect(page.locator("#question")).to_have_value(QUESTION)
    await visit.set_offline(False)
    page.complaints.clear()


async def test_nothing_above_moves_while_words_come(page, gate):
    await begun(page, gate)
    before = await page.locator(".message--client").bounding_box()
    gate.release()
    await whole(page)
    assert await page.locator(".message--client").bounding_box() == before


async def test_the_composer_never_covers_the_end(page, gate):
    gate.release()
    await ask(page)
    await whole(page)
    await page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    last = await page.locator(".sources").bounding_box()
    composer = await page.locator(".composer__line").bounding_box()
    assert last["y"] + last["height"] <= composer["y"]


async def test_the_reply_to_a_question_may_come_after_its_answer(page, gate):
    """The POST's reply is older than what the socket has shown by then: nothing goes back."""
    held_reply: asyncio.Future = asyncio.get_running_loop().create_future()

    async def late(route):
        response = await route.fetch()
        await held_reply
        await route.fulfill(response=response)

    gate.release()
    await ask(page, "Hello")
    await expect(page.locator(FINISHED)).to_have_count(1)
    await page.route("**/messages/", late)
    await ask(page, "Thank you")
    await expect(page.locator(FINISHED)).to_have_count(2)
    await expect(page.locator(".words").nth(1)).to_contain_text("With pleasure")
    held_reply.set_result(None)
    await expect(page.locator("#question")).to_have_value("")
    await expect(page.locator(FINISHED)).to_have_count(2)
    await expect(page.locator(".words").nth(1)).to_contain_text("With pleasure")
