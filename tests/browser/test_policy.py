"""The console under its content security policy, in a browser that enforces it."""

import pytest
from playwright.async_api import expect

from archive.threads import in_thread
from tests.browser.conftest import PATIENCE
from tests.browser.test_console import PAGES, shelf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
expect.set_options(timeout=PATIENCE)
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
MORE = {
    "brands": "archive/brand/",
    "brand": "archive/brand/{brand}/change/",
    "a new brand": "archive/brand/add/",
    "sources": "archive/source/",
    "a new source": "archive/source/add/",
    "proposals": "archive/proposal/",
    "copies": "archive/likeness/",
    "left out": "archive/drop/",
    "pieces": "catalog/product/",
    "a new piece": "catalog/product/add/",
    "conversations": "chat/conversation/",
    "gaps": "gaps/gap/",
    "approved": "approved/approvedanswer/",
    "a new approved answer": "approved/approvedanswer/add/",
    "budgets": "llm/budget/",
    "schedules": "django_celery_beat/periodictask/",
    "a new schedule": "django_celery_beat/periodictask/add/",
    "people": "auth/user/",
    "a new person": "auth/user/add/",
    "password": "password_change/",
}


@pytest.fixture
async def desk(visit, site, embedded, curator, settings):
    """A curator at their desk. Whatever the policy refuses or a script fails at fails the test."""
    if not site.answers():
        site.start()
    session = curator.cookies[settings.SESSION_COOKIE_NAME]
    await visit.add_cookies([{"name": session.key, "value": session.value, "url": site.url}])
    await visit.add_init_script(WATCH)
    page = await visit.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(f"{page.url} {error}"))
    page.on(
        "console",
        lambda said: (
            said.type in ("error", "warning") and complaints.append(f"{page.url} {said.text}")
        ),
    )
    await page.goto(f"{site.url}/admin/")
    yield page
    assert complaints == []
    assert await page.evaluate("window.refused") == []


async def test_no_page_of_the_console_breaks_the_policy(desk, site, version):
    run = await in_thread(shelf)(version)
    refused = {}
    for name, path in (PAGES | MORE).items():
        address = path.format(
            document=version.document_id, run=run.pk, brand=version.document.brand_id
        )
        answer = await desk.goto(f"{site.url}/admin/{address}")
        assert answer.status == 200, name
        if found := await desk.evaluate("window.refused"):
            refused[name] = found
    assert refused == {}


async def test_the_sidebar_folds_and_stays_folded(desk, site):
    sidebar = desk.locator("#nav-sidebar")
    await expect(sidebar).to_be_visible()
    await desk.locator("[x-on\\:click^='sidebarDesktopOpen']").first.click()
    await expect(sidebar).to_be_hidden()
    await desk.reload()
    await expect(sidebar).to_be_hidden()


async def test_a_list_is_filtered_and_its_actions_appear(desk, site, version):
    await desk.goto(f"{site.url}/admin/archive/document/")
    await desk.get_by_text("Filters").first.click()
    await expect(desk.locator("#changelist-filter")).to_be_visible()
    await desk.keyboard.press("Escape")
    await expect(desk.locator("#changelist-filter")).to_be_hidden()
    await desk.locator("input.action-select").first.check()
    await expect(desk.locator("#changelist-actions")).to_be_visible()


async def test_a_date_is_picked(desk, site, version):
    await desk.goto(f"{site.url}/admin/archive/document/{version.document_id}/change/")
    await desk.locator(".datetimeshortcuts a[id^=calendarlink]").first.click()
    await expect(desk.locator(".calendarbox").first).to_be_visible()
    await desk.locator(".calendarbox td a").first.click()
    await expect(desk.locator("input.vDateField").first).not_to_have_value("")


async def test_the_search_of_the_console_finds_a_page(desk, site):
    await desk.keyboard.press("Control+k")
    field = desk.locator("#search-input-command")
    await expect(field).to_be_visible()
    await field.press_sequentially("documents")
    await expect(desk.locator("#command-results")).to_contain_text("Documents")
    await field.press("Escape")
    await field.press("Escape")
    await expect(field).to_be_hidden()


async def test_fields_appear_where_a_choice_asks_for_them(desk, site, brand):
    await desk.goto(f"{site.url}/admin/archive/source/add/")
    await expect(desk.locator("#id_weekday")).to_be_hidden()
    await desk.locator("#id_rhythm").select_option("weekly")
    await expect(desk.locator("#id_weekday")).to_be_visible()


async def test_bars_are_as_wide_as_their_figures(desk, site, version):
    await desk.goto(f"{site.url}/admin/")
    part = desk.locator("[data-style]").first
    told = await part.get_attribute("data-style")
    assert await part.evaluate("(bar) => bar.style.flexGrow") == told.split(": ")[1]
