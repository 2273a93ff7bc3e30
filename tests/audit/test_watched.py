"""No page of the desk shows what clients wrote before a reason was given; reading is noted."""

import re
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User

from concierge.accounts.models import Membership
from concierge.audit.models import Act, Entry
from concierge.chat.models import Conversation, Message
from concierge.clients.models import Memory, Note, Visitor
from concierge.gaps.models import Gap

pytestmark = pytest.mark.django_db

CANARY = "Zephyrine Quillon"
PAGES = 400  # of the desk, the most that are looked at
LINKS = re.compile(r'href="(/admin/[^"#]*)"')
AWAY = ("logout", "password", "/mfa", "sign-out", "_popup", "jsi18n")


@pytest.fixture
def said(brand):
    """A conversation whose every word names somebody."""
    guest = Visitor.objects.create(brand=brand)
    talk = Conversation.objects.create(brand=brand, visitor=guest, summary=f"{CANARY} asked.")
    question = Message.objects.create(
        conversation=talk, number=1, role="client", text=f"I am {CANARY}. Who drew the Heron?"
    )
    Message.objects.create(
        conversation=talk,
        number=2,
        role="concierge",
        text=f"Good day, {CANARY}.",
        question=question,
        voice_score=0.5,
        voice_faults=[{"rule": "never", "words": CANARY}],
    )
    Memory.objects.create(visitor=guest, kind="name", text=CANARY, origin="said")
    Note.objects.create(visitor=guest, text=f"{CANARY} telephones.")
    return talk


@pytest.fixture
def gap(brand):
    return Gap.objects.create(
        brand=brand, question="Who has a brother in Lyon?", key="a", support=0.1
    )


@pytest.fixture
def clerk(advisor, brand):
    """Staff of the house with every right there is."""
    user = User.objects.get(username="advisor")
    Membership.objects.get_or_create(user=user, brand=brand)
    user.user_permissions.set(Permission.objects.all())
    return advisor


def crawled(browser):
    """(address, page) of everything at the desk that a link leads to."""
    waiting, seen = ["/admin/"], set()
    while waiting and len(seen) < PAGES:
        address = waiting.pop(0)
        plain = re.sub(r"\d+|[0-9a-f-]{36}", "N", address)
        if plain in seen or any(word in address for word in AWAY):
            continue
        seen.add(plain)
        answer = browser.get(address)
        if answer.status_code != 200:
            continue
        page = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = page.decode(errors="replace")
        waiting += [unescape(link) for link in LINKS.findall(text)]
        yield address, text


@pytest.mark.parametrize("who", ["curator", "clerk"])
def test_no_page_of_the_desk_shows_a_clients_words(request, who, said):
    pages = dict(crawled(request.getfixturevalue(who)))
    assert f"/admin/chat/conversation/{said.pk}/change/" in pages
    assert len(pages) > 30
    assert [address for address, page in pages.items() if CANARY in page] == []


@pytest.mark.parametrize("where", ["chat/conversation", "gaps/gap", "audit/entry", "llm/call"])
def test_no_search_of_the_desk_finds_a_clients_words(curator, said, where):
    page = curator.get(f"/admin/{where}/?q=Zephyr").content.decode()
    assert CANARY not in page


def test_the_consoles_history_keeps_no_words(curator, gap):
    curator.post(f"/admin/gaps/gap/{gap.pk}/change/", {"note": "Ask Lyon.", "status": "open"})
    entry = LogEntry.objects.get()
    assert entry.object_repr == f"knowledge gap {gap.pk}"


def acts(kind):
    rows = Entry.objects.filter(kind=kind).order_by("number")
    return list(rows.values_list("act", "row"))


def test_who_reads_and_changes_a_gap_is_written_down(curator, gap):
    page = f"/admin/gaps/gap/{gap.pk}/change/"
    curator.get("/admin/gaps/gap/")
    curator.get(page)
    curator.post(page, {"note": "Ask Lyon.", "status": "open"})
    curator.post(f"/admin/gaps/gap/{gap.pk}/delete/", {"post": "yes"})
    row = str(gap.pk)
    assert acts("gaps.gap") == [
        (Act.LISTED, ""),
        (Act.READ, row),
        (Act.CHANGED, row),
        (Act.REMOVED, row),
    ]
    assert not any("Lyon" in str(vars(entry)) for entry in Entry.objects.all())


def test_what_is_done_to_many_gaps_at_once_is_written_down_for_each(curator, gap):
    chosen = {"action": "dismiss_them", "_selected_action": [gap.pk]}
    curator.post("/admin/gaps/gap/", chosen)
    assert (Act.CHANGED, str(gap.pk)) in acts("gaps.gap")


def test_the_log_is_read_at_the_desk_and_nothing_else(curator, gap):
    curator.get(f"/admin/gaps/gap/{gap.pk}/change/")
    entry = Entry.objects.first()
    page = curator.get("/admin/audit/entry/").content.decode()
    assert "gaps.gap" in page
    assert "curator" in page
    address = f"/admin/audit/entry/{entry.pk}/"
    assert curator.post(f"{address}change/", {"who": 2}).status_code == 403
    assert curator.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    assert curator.get("/admin/audit/entry/add/").status_code == 403


def test_a_house_sees_the_deeds_of_its_own(clerk, curator, gap, other_brand):
    theirs = Gap.objects.create(brand=other_brand, question="Who?", key="b", support=0.1)
    curator.get(f"/admin/gaps/gap/{theirs.pk}/change/")
    curator.get(f"/admin/gaps/gap/{gap.pk}/change/")
    page = clerk.get("/admin/audit/entry/?act__exact=read").content.decode()
    assert page.count("gaps.gap") == 1


def test_staff_without_the_right_do_not_read_the_log(advisor):
    assert advisor.get("/admin/audit/entry/").status_code == 403


def test_a_visitor_is_sent_to_sign_in(visitor):
    assert visitor.get("/admin/audit/entry/").status_code == 302
