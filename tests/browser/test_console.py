"""The staff console, as a curator sees it."""

import pytest
from playwright.async_api import expect

from archive.ingestion import journey
from archive.models import Document, IngestionItem, IngestionRun
from archive.review import notices
from archive.threads import in_thread
from tests.browser.conftest import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
expect.set_options(timeout=PATIENCE)

PAGES = {
    "desk": "",
    "documents": "archive/document/",
    "document": "archive/document/{document}/change/",
    "quality": "archive/document/{document}/quality/",
    "delete": "archive/document/{document}/delete/",
    "changes": "archive/change/",
    "notices": "archive/notice/",
    "bring": "archive/ingestionrun/bring/",
    "runs": "archive/ingestionrun/",
    "run": "archive/ingestionrun/{run}/change/",
    "items": "archive/ingestionrun/{run}/items/",
    "voice": "voice/voiceversion/",
    "writing a voice": "voice/voiceversion/{brand}/en/",
}


@pytest.fixture
async def desk(visit, site, embedded, curator, settings):
    """A curator at their desk. Whatever the browser complains of fails the test."""
    if not site.answers():
        site.start()
    session = curator.cookies[settings.SESSION_COOKIE_NAME]
    await visit.add_cookies([{"name": session.key, "value": session.value, "url": site.url}])
    page = await visit.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    await page.goto(f"{site.url}/admin/")
    yield page
    assert complaints == []


def shelf(version):
    """A document with a notice, and a run in which one file failed."""
    run = IngestionRun.objects.create(brand=version.document.brand, origin="press/")
    for state, reason in (("created", ""), ("failed", "This PDF could not be read.")):
        IngestionItem.objects.create(
            run=run, key=f"{state}.pdf", file_name=f"{state}.pdf", state=state, reason=reason
        )
    notices.tell(version.document, "unread_pages", "Page 2 has no text.")
    return run


@pytest.mark.parametrize("width", [1280, 390])
async def test_every_page_fits_its_window(desk, site, version, width):
    run = await in_thread(shelf)(version)
    await desk.set_viewport_size({"width": width, "height": 800})
    for name, path in PAGES.items():
        address = path.format(
            document=version.document_id, run=run.pk, brand=version.document.brand_id
        )
        answer = await desk.goto(f"{site.url}/admin/{address}")
        assert answer.status == 200, name
        assert await desk.evaluate("document.documentElement.scrollWidth") <= width, name


async def test_a_curator_brings_files_in_and_watches_them(desk, site, brand, tmp_path):
    for name in ("heron.md", "ferns.md"):
        (tmp_path / name).write_text(f"# {name}\n\nIt stands in the water.\n")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    await desk.goto(f"{site.url}/admin/archive/ingestionrun/bring/")
    await desk.set_input_files("#id_files", [str(path) for path in tmp_path.glob("*.*")])
    await desk.get_by_role("button", name="Bring them in").click()
    await expect(desk.get_by_role("status")).to_contain_text("0 of 3 files done")
    items = [pk async for pk in IngestionItem.objects.values_list("pk", flat=True)]
    for item in items:
        await in_thread(journey.work)(item)
    await expect(desk.get_by_role("status")).to_contain_text("2 passages; 1 failed.")
    await expect(desk.get_by_role("img", name="2 created, 1 failed")).to_be_visible()


async def test_a_curator_publishes_and_takes_it_back(desk, site, version):
    await Document.objects.aupdate(status="review")
    await desk.goto(f"{site.url}/admin/archive/document/{version.document_id}/change/")
    await expect(desk.get_by_text("Nobody reads it yet: it is in review.")).to_be_visible()
    await desk.get_by_role("button", name="Publish").click()
    await expect(desk.get_by_text("Everyone reads it.")).to_be_visible()
    await desk.locator("form.told").get_by_role("button", name="Undo").click()
    await expect(desk.get_by_text("Nobody reads it yet: it is in review.")).to_be_visible()
